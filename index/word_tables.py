"""Word lists that the comparison of words rests on; no code."""

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each either else ever every few for from
    further get gets got had has have having he her here hers herself him himself his how i if in into is it its
    itself just let many may me might more most much must my myself no nor not now of off on once one only onto or
    other our ours out over own per please s same say says said shall she should since so some such t tell than that
    the their theirs them themselves then there these they this those through to too under until up upon us very
    was we were what when where which while who whom whose why will with within without would you your yours
    according article mention mentioned happen happened happens name named give given""".split()
)

IRREGULAR = {
    form: base
    for base, forms in {
        "arise": "arose arisen", "beat": "beaten", "become": "became", "begin": "began begun", "bear": "bore born",
        "bite": "bit bitten", "blow": "blew blown", "break": "broke broken", "bring": "brought", "build": "built",
        "burn": "burnt", "buy": "bought", "catch": "caught", "choose": "chose chosen choice", "come": "came",
        "deal": "dealt", "die": "died dying dead death deaths", "do": "did done", "draw": "drew drawn",
        "drink": "drank drunk", "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen", "feed": "fed",
        "feel": "felt", "fight": "fought", "find": "found", "flee": "fled", "fly": "flew flown flight",
        "forbid": "forbade forbidden", "forget": "forgot forgotten", "forgive": "forgave forgiven",
        "freeze": "froze frozen", "get": "got gotten", "give": "gave given", "go": "went gone", "grow": "grew grown growth",
        "hang": "hung", "hear": "heard", "hide": "hid hidden", "hold": "held", "keep": "kept", "know": "knew known",
        "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "lie": "lay lain", "light": "lit",
        "lose": "lost loss losses", "make": "made", "man": "men", "mean": "meant", "meet": "met", "pay": "paid",
        "person": "people persons", "prove": "proven proof", "ride": "rode ridden", "ring": "rang rung",
        "rise": "rose risen", "run": "ran", "say": "said", "see": "saw seen", "seek": "sought", "sell": "sold sale sales",
        "send": "sent", "shake": "shook shaken", "shoot": "shot", "shrink": "shrank shrunk", "sing": "sang sung",
        "sink": "sank sunk", "sit": "sat", "sleep": "slept", "speak": "spoke spoken speech", "spend": "spent",
        "stand": "stood", "steal": "stole stolen", "stick": "stuck", "strike": "struck stricken", "sue": "sued suing",
        "swear": "swore sworn", "swim": "swam swum", "take": "took taken", "teach": "taught", "tear": "tore torn",
        "tell": "told", "think": "thought", "throw": "threw thrown", "wake": "woke woken", "wear": "wore worn",
        "win": "winning", "woman": "women", "child": "children", "write": "wrote written", "life": "lives",
        "decide": "decision decisions", "arrive": "arrival arrivals", "propose": "proposal proposals",
        "approve": "approval", "refuse": "refusal", "remove": "removal", "destroy": "destruction",
        "produce": "production", "reduce": "reduction", "receive": "reception", "respond": "response responses",
        "defend": "defence defense", "succeed": "success", "marry": "marriage",
        "able": "ability", "use": "used using", "wife": "wives", "foot": "feet", "analyse": "analysis analyze",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Irregular form -> base. "won" is left alone: it is a name and a currency too."""

ABBREVIATIONS = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "sgt": "sergeant", "capt": "captain", "adm": "admiral",
    "sen": "senator", "rep": "representative", "gov": "governor", "pres": "president", "sec": "secretary",
    "sept": "september", "jan": "january", "feb": "february", "aug": "august", "oct": "october",
    "nov": "november", "dec": "december", "dept": "department", "prof": "professor", "usa": "america", "uk": "britain",
    "percent": "%",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson",
    "chairwoman": "chairman", "chairperson": "chairman", "cop": "police", "mom": "mother", "tv": "television",
}  # fmt: skip

DEMONYMS = {
    "american": "america", "americans": "america", "korean": "korea", "koreans": "korea", "japanese": "japan",
    "chinese": "china", "russian": "russia", "russians": "russia", "british": "britain", "french": "france",
    "german": "germany", "germans": "germany", "italian": "italy", "italians": "italy", "spanish": "spain",
    "greek": "greece", "greeks": "greece", "turkish": "turkey", "iranian": "iran", "iranians": "iran",
    "iraqi": "iraq", "iraqis": "iraq", "israeli": "israel", "israelis": "israel", "syrian": "syria",
    "syrians": "syria", "egyptian": "egypt", "egyptians": "egypt", "saudi": "saudi", "saudis": "saudi",
    "palestinian": "palestine", "palestinians": "palestine", "afghan": "afghanistan", "afghans": "afghanistan",
    "pakistani": "pakistan", "indian": "india", "indians": "india", "ukrainian": "ukraine", "ukrainians": "ukraine",
    "polish": "poland", "swedish": "sweden", "norwegian": "norway", "danish": "denmark", "dutch": "netherlands",
    "belgian": "belgium", "swiss": "switzerland", "austrian": "austria", "hungarian": "hungary", "irish": "ireland",
    "scottish": "scotland", "mexican": "mexico", "mexicans": "mexico", "canadian": "canada", "canadians": "canada",
    "brazilian": "brazil", "argentine": "argentina", "venezuelan": "venezuela", "cuban": "cuba",
    "colombian": "colombia", "australian": "australia", "vietnamese": "vietnam", "thai": "thailand",
    "taiwanese": "taiwan", "filipino": "philippines", "indonesian": "indonesia", "nigerian": "nigeria",
    "kenyan": "kenya", "african": "africa", "africans": "africa", "european": "europe", "europeans": "europe",
    "asian": "asia", "libyan": "libya", "lebanese": "lebanon", "yemeni": "yemen", "ethiopian": "ethiopia",
}  # fmt: skip

NUMBER_WORDS = {
    "zero": "0", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30",
    "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000",
    "dozen": "12", "dozens": "12s", "hundreds": "100s", "thousands": "1000s", "millions": "1000000s",
}  # fmt: skip

MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

ROLES = frozenset(
    """president minister secretary chairman general senator governor mayor spokesperson ambassador director chief
    officer leader king queen prince judge justice attorney professor doctor captain colonel lieutenant admiral
    commander sergeant coach manager founder author writer singer actor actress reporter journalist analyst
    official officials lawmaker lawmakers congressman congresswoman representative commissioner premier chancellor
    pope bishop archbishop sheriff detective prosecutor lawyer envoy diplomat scientist researcher economist
    executive owner activist man woman boy girl son daughter wife husband brother sister mother father police
    soldiers troops teacher student players team staff residents workers company firm agency committee group
    government ministry parliament congress senate court council party union department bank army navy
    pentagon kremlin authorities regulators voters families doctors scientists researchers people""".split()
)
