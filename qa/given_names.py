"""Given names that are common in English news, by what pronoun they call for; no code."""

_MALE_NAMES = """
    aaron abdul abraham adam adrian ahmed alan albert alejandro alexander ali allen alvin andre andrew andy
    angelo anthony antonio antony arthur asa ben benjamin bernard bernie bill billy blake bob boris brad
    brandon brent brett brian bruce bryan byron caleb calvin carl carlos cesar charles charlie chris
    christian christopher chuck clarence clark claude clifford clint colin connor craig curtis cyrus dale
    damon dan daniel danny darren dave david dean dennis derek devin dick diego dmitry don donald doug
    douglas duncan dwight earl ed eddie edgar edward edwin elijah elon emmanuel eric ernest ethan eugene
    evan felix fernando francis francisco frank franklin fred frederick gabriel gary gavin gene geoffrey
    george gerald gilbert glen glenn gordon graham greg gregory guy harold harry harvey hector henry herbert
    herman howard hugh hunter ian ibrahim igor isaac ivan jack jacob jake jamal james jared jason javier jay
    jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joe joel johan john johnny jon jonathan jorge
    jose joseph josh joshua juan julian justin karl keith ken kenneth kevin kirk kurt kyle lance larry
    lawrence lee leo leon leonard leroy lewis liam lloyd lou louis lucas luis luke malcolm manuel marc marco
    marcus mario mark marshall martin marvin matt matthew maurice max melvin michael miguel mike mikhail
    mitch mitt mohammed morris moses muhammad nathan nathaniel neal neil nicholas nick nigel noah norman
    oliver omar oscar owen patrick paul pedro perry pete peter phil philip phillip pierre rafael ralph ramon
    randall randy ray raymond recep rex ricardo richard rick ricky rob robert roberto rodney roger roland
    ron ronald ronnie ross roy russell ryan salvador sam samuel scott sean sergei sergio seth shane shaun
    shawn sheldon sidney simon spencer stanley stephen steve steven stewart stuart ted terrence theodore
    thomas tim timothy todd tom tommy tony travis trevor troy tyler tyre vernon victor vincent vladimir
    volodymyr wallace walter warren wayne wesley will william winston xavier zachary
"""
_FEMALE_NAMES = """
    abigail ada adele agnes alexandra alexandria alice alicia alison allison amanda amber amelia amy ana
    andrea angela angelina anita ann anna anne annie april ariel ashley audrey ava barbara beatrice becky
    bella bernice beth betsy betty beverly bonnie brenda bridget brittany camilla carla carmen carol
    caroline carolyn catherine cathy celia charlotte chelsea cheryl chloe christina christine cindy claire
    clara claudia colleen connie courtney crystal cynthia daisy dana danielle dawn debbie deborah debra
    denise diana diane dolores donna dora doris dorothy edith eileen elaine eleanor elena elise elizabeth
    ella ellen elsie emily emma erica erika erin esther ethel eva evelyn faith fiona florence frances
    gabrielle gail gina gladys gloria grace greta gretchen gwen gwyneth hannah harriet hazel heather heidi
    helen helena hilary hillary holly hope ida ingrid irene iris isabel isabella ivanka jackie jacqueline
    jane janet janice jasmine jean jeanne jen jenna jennifer jenny jessica jill joan joanna jocelyn
    josephine joyce juanita judith judy julia juliana julie june kamala karen kate katherine kathleen
    kathryn kathy katie kayla kelly kellyanne kimberly kristen kristi kristin laura lauren leah lena liana
    lillian linda lindsey lisa liz lois loretta lori lorraine lucia lucille lucy lydia mabel madeline
    madison maggie mandy marcia margaret maria marian marie marilyn marina marjorie martha mary maureen
    megan meghan melania melinda melissa mercedes meredith michele michelle mildred millie miranda molly
    monica nadia nancy naomi natalie nicola nicole nikki nina nora norma olga olivia pamela patricia patty
    paula pauline peggy penelope phyllis priscilla rachel rashida rebecca regina renee rhonda rita roberta
    robin rosa rosalynn rose rosemary roxanne ruby ruth sabrina sally samantha sandra sara sarah savannah
    shannon sharon sheila shelby sheryl shirley simone sofia sonia sonya sophia sophie stacey stacy stella
    stephanie sue susan suzanne sylvia tamara tammy tanya tara taylor teresa theresa tiffany tina tracy
    ursula valerie vanessa vera veronica vicki victoria viola violet virginia vivian wanda wendy whitney
    wilma yolanda yvonne zoe
"""
MALE = frozenset(_MALE_NAMES.split())
FEMALE = frozenset(_FEMALE_NAMES.split())

SHORT_FORMS = {
    "abe": "abraham", "al": "albert", "alex": "alexander", "andy": "andrew", "ben": "benjamin",
    "bernie": "bernard", "beth": "elizabeth", "bill": "william", "billy": "william", "bob": "robert",
    "bobby": "robert", "charlie": "charles", "chris": "christopher", "chuck": "charles", "dan": "daniel",
    "danny": "daniel", "dave": "david", "debbie": "deborah", "dick": "richard", "don": "donald",
    "doug": "douglas", "ed": "edward", "eddie": "edward", "fred": "frederick", "geoff": "geoffrey",
    "greg": "gregory", "jack": "john", "jake": "jacob", "jeff": "jeffrey", "jen": "jennifer",
    "jenny": "jennifer", "jerry": "gerald", "jim": "james", "jimmy": "james", "joe": "joseph",
    "joey": "joseph", "jon": "jonathan", "josh": "joshua", "kate": "katherine", "kathy": "katherine",
    "ken": "kenneth", "larry": "lawrence", "liz": "elizabeth", "matt": "matthew", "maggie": "margaret",
    "mike": "michael", "mitch": "mitchell", "nick": "nicholas", "pat": "patrick", "pete": "peter",
    "phil": "philip", "rick": "richard", "rob": "robert", "ron": "ronald", "sam": "samuel",
    "sandy": "sandra", "steve": "steven", "stephen": "steven", "sue": "susan", "ted": "edward",
    "tim": "timothy", "tom": "thomas", "tommy": "thomas", "tony": "anthony", "val": "valerie",
    "vicki": "victoria", "will": "william",
}  # fmt: skip
"""Short form -> the name in full."""
