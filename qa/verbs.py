"""Verbs of questions: their base form, so that "who met Milley?" can become "when did X meet Milley?"."""

import re
from functools import cache

from index.word_tables import IRREGULAR

AUXILIARIES = frozenset(
    """
    is are was were do does did has have had can could will would should shall may might must
    """.split()
)
BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
HAVE = frozenset(["has", "have", "had"])

_COMMON = """
    abandon accept accuse achieve acquire act adapt add address admit adopt advise affect agree aim allow
    announce answer apologise apologize appear apply appoint approve argue arrange arrest arrive ask assess
    attack attempt attend attract authorise authorize avoid award back ban base battle bear beat become
    begin believe benefit bite blame block board boost borrow break breed bring broadcast build burn buy
    call campaign cancel capture care carry cast catch cause celebrate challenge change charge choose cite
    claim clash clear climb close collapse collect come command comment commit compare compete complain
    complete concern conclude condemn conduct confirm consider contain continue control convict cost cover
    crash create criticise criticize cross cut damage deal debate decide declare decline defeat defend delay
    delete deliver demand deny depart deploy describe design destroy detain deter develop die direct
    disagree disappear disclose discover discuss dismiss dispute dominate donate draw drive drop earn eat
    elect eliminate emerge emphasise emphasize employ encourage end endorse enjoy enter erupt escape establish
    estimate evacuate examine exceed exclude execute expand expect expel experience explain explode export
    express extend face fail fall fear feature feel fight file find fine finish fire flee fly follow force
    form found free fund gain gather generate get give go grant grow guide halt handle hang happen harm hate
    head hear help hide hire hit hold honour honor host hunt identify ignore illustrate impact impose
    improve include increase inform injure inspire install intend introduce invade invent invest investigate
    invite involve issue join judge jump keep kill kiss know lack land last launch lead learn leave lend let
    lie lift like limit link live locate look lose love lower maintain make manage mark marry mean meet
    mention move murder name need nominate note notice obtain occur offer open operate oppose order organise
    organize own pass pay perform permit persuade pick place plan play plead pledge point postpone praise
    predict prefer prepare present preserve prevent produce prohibit promise promote propose prosecute
    protect protest prove provide publish pull purchase pursue push put question quit raise reach react read
    realise realize recall receive recognise recognize recommend record recover recruit reduce refer refuse
    regard regulate reject release rely remain remember remove renew repair repeat replace reply report
    represent request require rescue resign resolve respond restore restrict result resume retire return
    reveal rise risk rule run sack sail say score search secure see seek seize sell send sentence separate
    serve set settle shake share shoot show shut sign signal sing sink sit slow smuggle solve speak spend
    split spot spread stab stage stand star start state stay steal step stop storm strengthen strike
    struggle study submit succeed sue suffer suggest supply support surrender survive suspect suspend swear
    swim take talk target teach tell test testify thank threaten throw tie touch tour track trade train
    transfer travel treat trigger try turn understand unveil urge use vaccinate visit volunteer vote wait
    walk want warn wash watch wear welcome win wish withdraw work worry wound write
    abolish acquit administer allege annex apprehend assassinate bolster collide concede conquer contribute
    curb deem demolish derail detect determine devastate diagnose discharge disqualify dissolve drown dub
    enact evict expire extinguish formalise formalize hospitalise hospitalize ignite impeach implode
    imprison indict induct infect inherit legalise legalize merge mourn nationalise oust outlaw overthrow
    overturn participate plummet plunge privatise quarantine reclaim rejoin relocate rename repatriate
    repay resettle resurrect retain retrieve reunite revive revoke ruin save select sever smash soar
    surpass sustain terminate thwart topple uncover undergo uproot vanish vow waive weigh withhold
"""
# `index.words` brings forms together for comparing; these are the true bases of what it leaves alone.
_PAST = {"won": "win", "had": "have", "did": "do", "withdrew": "withdraw", "withdrawn": "withdraw",
         "understood": "understand", "overcame": "overcome", "bound": "bind", "hit": "hit", "cut": "cut",
         "put": "put", "set": "set", "shut": "shut", "quit": "quit", "cost": "cost", "split": "split",
         "spread": "spread", "read": "read", "hurt": "hurt", "let": "let", "found": "find", "bore": "bear",
         "led": "lead",
         "went": "go", "lay": "lie", "borne": "bear", "dug": "dig", "stung": "sting",
         "spun": "spin", "foresaw": "foresee", "outran": "outrun", "undertook": "undertake"}  # fmt: skip
_NOT_VERBS = frozenset(
    """
    person people able life man men woman women child foot wife analyse use
    """.split()
)
_SOFT_END = re.compile(
    r"(?:[aeiou](?:[gcvzs]|r)|at|[^aeiou][aiou]k|[lrpc]od|it(?=\Z)|iz|[lrn][cgsv]|dg|u|[bcdfgkpt]l)$"
)
_DOUBLED = re.compile(r"([bdfgklmnprt])\1$")


@cache
def base_verbs() -> frozenset[str]:
    """The base forms that are known."""
    irregular = {base for base in IRREGULAR.values() if base not in _NOT_VERBS}
    return frozenset(_COMMON.split()) | irregular | frozenset(_PAST.values())


def known_base(word: str) -> str | None:
    """The base form of a word that is a form of a known verb, None for any other word.

    >>> known_base("met"), known_base("cancelled"), known_base("accuses"), known_base("minister")
    ('meet', 'cancel', 'accuse', None)
    """
    word = word.lower()
    if word in _PAST:
        return _PAST[word]
    base = IRREGULAR.get(word)
    if base in base_verbs() and not word.endswith(("th", "sion", "al", "tion", "s")):
        return base
    return next((form for form in _candidates(word) if form in base_verbs()), None)


def base_of(word: str) -> str:
    """The base form of a word that must be a verb, guessed by its ending if it is none that is known.

    >>> base_of("razed"), base_of("quarantined"), base_of("blogs")
    ('raze', 'quarantine', 'blog')
    """
    known = known_base(word)
    if known:
        return known
    word = word.lower()
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ed") and len(word) > 4:
        rest = word[:-2]
        if _DOUBLED.search(rest) and not rest.endswith("ll"):
            return rest[:-1]
        return f"{rest}e" if rest.endswith(("in", "z")) or _SOFT_END.search(rest) else rest
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def is_past(word: str) -> bool:
    """True for a form that speaks of the past: "met", "delayed"."""
    lowered = word.lower()
    return lowered.endswith("ed") or (known_base(lowered) is not None and known_base(lowered) != lowered
                                      and not lowered.endswith(("s", "ing")))  # fmt: skip


def _candidates(word: str) -> list[str]:
    found = [word]
    for suffix, put in (("ied", "y"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""),
                        ("ing", ""), ("ing", "e")):  # fmt: skip
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) >= 2:
            found.append(rest + put)
            if not put and _DOUBLED.search(rest):
                found.append(rest[:-1])
    return found


_OF_PEOPLE = frozenset(
    """
    accept accuse admit agree announce apologise apologize appeal argue arrest ask believe blame call
    celebrate claim comment complain confirm criticise criticize decide demand deny discuss dismiss
    emphasise emphasize endorse explain express fear feel hear hire hope insist invite know like love marry
    mention need offer plan plead praise predict promise propose react realise realize recall recognise
    recognize recommend refuse reject reply report request respond say see sign speak suggest talk tell
    testify thank think threaten tweet understand urge vote vow want warn wish write respond meet travel
    visit work wear study live
    """.split()
)
_EVENTS = {
    "meet": "the meeting", "visit": "the visit", "attack": "the attack", "decide": "the decision",
    "vote": "the vote", "talk": "the talks", "discuss": "the discussion", "crash": "the crash",
    "explode": "the explosion", "collapse": "the collapse", "win": "the win", "die": "the death",
    "kill": "the killing", "resign": "the resignation", "arrive": "the arrival", "launch": "the launch",
    "announce": "the announcement", "agree": "the agreement", "arrest": "the arrest", "ban": "the ban",
    "protest": "the protest", "elect": "the election", "acquire": "the acquisition",
    "propose": "the proposal",
    "invade": "the invasion", "delay": "the delay", "strike": "the strike", "test": "the test",
    "fight": "the fight",
    "sign": "the signing", "marry": "the wedding", "approve": "the approval", "recall": "the recall",
    "erupt": "the eruption",
    "discover": "the discovery", "shoot": "the shooting", "flood": "the flood", "play": "the game",
}  # fmt: skip


def done_by_people(word: str) -> bool:
    """True for a form of a verb whose subject is a person or a group: "said", "discuss"."""
    return known_base(word) in _OF_PEOPLE


def event_of(word: str) -> str | None:
    """What a verb that happened is called: "met" is "the meeting"; None if no word for it is known."""
    base = known_base(word)
    return _EVENTS.get(base) if base else None
