"""What kind of words answers are made of, and whether a sentence has such words besides the question's."""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache

from index.word_tables import MONTHS, ROLES, WEEKDAYS
from index.words import Word, spell_out, stem, words
from qa.question import Question, QuestionKind


class AnswerType(StrEnum):
    """What the answer should be; ANY where the question does not tell."""

    PERSON = "person"
    PLACE = "place"
    TIME = "time"
    DURATION = "duration"
    NUMBER = "number"
    AMOUNT = "amount"
    REASON = "reason"
    MANNER = "manner"
    NAME = "name"
    SPEECH = "speech"
    TRUTH = "truth"
    ANY = "any"


_BY_KIND = {
    QuestionKind.WHO: AnswerType.PERSON,
    QuestionKind.WHERE: AnswerType.PLACE,
    QuestionKind.WHEN: AnswerType.TIME,
    QuestionKind.HOW_LONG: AnswerType.DURATION,
    QuestionKind.HOW_MANY: AnswerType.NUMBER,
    QuestionKind.HOW_MUCH: AnswerType.AMOUNT,
    QuestionKind.WHY: AnswerType.REASON,
    QuestionKind.HOW: AnswerType.MANNER,
    QuestionKind.YES_NO: AnswerType.TRUTH,
}
_PLACE_FOCUS = """
    country city state town place location region area island continent nation capital province
    village venue
"""
_NAME_FOCUS = """
    company organization organisation newspaper agency group party team university school band club
    outlet magazine league network airline bank firm river mountain ship book film movie song album
    show language religion
"""
_NUMBER_FOCUS = """
    vote score margin tally toll odds population turnout
"""
_AMOUNT_FOCUS = """
    price cost jackpot salary budget fine
"""
TOLD_APART = tuple(kind for kind in AnswerType if kind not in (AnswerType.ANY, AnswerType.TRUTH))
"""Types whose words can be looked for in a sentence."""

PRONOUNS = frozenset(
    {"he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "those"}
)

_VERBS_OF_SAYING = """
    said say tell told add warn argue claim call state write announce describe tweet reply insist
"""
_SAYS = frozenset(map(stem, _VERBS_OF_SAYING.split()))
_SAYING = re.compile(
    r"\bwhat (?:did|does|do|has|had) .*\b(?:say|said|tell|told|claim|argue|think|believe|call|warn)\b", re.I
)

_TIME = re.compile(
    r"""\b(?:1[0-9]{3}|20[0-9]{2})s?\b | \b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b
    | \bcentur(?:y|ies)\b | \b\d\d?(?:st|nd|rd|th)\b | \b(?:when|once)\b
    | \b(?:yesterday|today|tonight|tomorrow|midnight|noon|morning|afternoon|evening|weekend)\b
    | \b(?:spring|summer|autumn|winter)\b
    | \b(?:last|next|this|previous|following|same|earlier|later)\s(?:week|month|year|night|day|decade)
    | \b(?:days?|weeks?|months?|years?|hours?|decades?)\s(?:ago|later|earlier|before|after|from\snow)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DURATION = re.compile(
    r"""(?:\d|\b(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|few|several|many|half|dozen|couple\sof)\b)[\w\s.,-]{0,14}?
    [\s-](?:second|minute|hour|day|night|week|month|year|decade|centur)""",
    re.IGNORECASE | re.VERBOSE,
)
_AMOUNT = re.compile(
    r"""[$€£¥₩]\s?\d | \d\s?%
    | \b\d{6,}\b
    | \d[\d.,]*\s?(?:percent|per\scent|million|billion|trillion|dollars|euros|pounds|yen|won)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REASON = re.compile(
    r"""\b(?:because|due\sto|owing\sto|since|as\s(?:a|the)\s(?:result|way|means)|in\sorder\sto|so\sthat|therefore|thus|reasons?|
    caused?|after|amid|over|led\sto|prompt\w*|blam\w+|fear\w*|concern\w*|despite|following|thanks\sto|given|out\sof|for\s\w+ing|to\s[a-z]{3,})\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MANNER = re.compile(r"\b(?:by|through|with|via|using|\w{3,}ly|as|like|per|in\sa|from)\b", re.IGNORECASE)
_QUOTE = re.compile(
    r"[\"“”„«»]|\b(?:said|says|told|added|warned|argued|claimed|called|stated|described)\b", re.I
)
_PLACE = re.compile(
    r"\b(?:in|at|to|from|near|into|across|outside|inside|toward|towards|throughout|around|off|on|of|over)\s+"
    r"(?:the\s+|a\s+|an\s+)?(?:[a-z]+\s+){0,2}?(?=[A-Z])"
)
_PLACE_NOUN = re.compile(
    r"\b(?:in|at|to|from|near|into|outside|inside|on|across)\s+(?:the\s|a\s|an\s|his\s|her\s|their\s|its\s)?(?:\w+\s){0,2}?"
    r"(?:house|home|hospital|school|church|street|city|town|village|border|airport|hotel|court|office|building|center|centre|region|area|"
    r"country|province|state|sea|river|island|mountains?|north|south|east|west|capital|camp|base|station|park|university|market|museum)\b",
    re.I,
)


@lru_cache(maxsize=256)
def expected(question: Question) -> AnswerType:
    """The type of answer that the question word and the noun after it call for."""
    if _SAYING.search(question.asks):
        return AnswerType.SPEECH
    if question.kind in _BY_KIND:
        return _BY_KIND[question.kind]
    if question.focus in _FOCUS_FORMS:
        return _FOCUS_FORMS[question.focus]
    return AnswerType.ANY


def _focus_forms() -> dict[str, AnswerType]:
    table = {stem(noun): AnswerType.PLACE for noun in _PLACE_FOCUS.split()}
    table |= {stem(noun): AnswerType.NAME for noun in _NAME_FOCUS.split()}
    table |= {stem(noun): AnswerType.NUMBER for noun in _NUMBER_FOCUS.split()}
    table |= {stem(noun): AnswerType.AMOUNT for noun in _AMOUNT_FOCUS.split()}
    table |= {stem(noun): AnswerType.PERSON for noun in ROLES}
    return table


_FOCUS_FORMS = _focus_forms()


def has_answer(question: Question, sentence: str) -> bool:
    """True if `sentence` has words of the expected type that the question does not already hold."""
    return _TESTS[expected(question)](question, spell_out(sentence))


def new_runs(question: Question, sentence: str) -> Iterator[tuple[Word, ...]]:
    """Runs of capitalised words with a word that is not in the question, first words of sentences aside."""
    asked = frozenset(question.content)
    for run in _capital_runs(sentence):
        if any(word.form not in asked for word in run):
            yield run


@lru_cache(maxsize=20_000)
def _capital_runs(sentence: str) -> tuple[tuple[Word, ...], ...]:
    runs: list[list[Word]] = []
    previous: Word | None = None
    for place, word in enumerate(words(sentence)):
        if _is_name(word, place):
            joined = previous is not None and re.fullmatch(
                r"[\s.-]*", spell_out(sentence)[previous.end : word.start]
            )
            if joined and runs:
                runs[-1].append(word)
            else:
                runs.append([word])
            previous = word
        else:
            previous = None
    return tuple(tuple(run) for run in runs)


def _is_name(word: Word, place: int) -> bool:
    if not word.is_capitalised or word.form in MONTHS | WEEKDAYS:
        return False
    return not word.is_stop and (place > 0 or len(word.text) > 2)


def _person(question: Question, sentence: str) -> bool:
    if any(any(len(word.text) > 1 for word in run) for run in new_runs(question, sentence)):
        return True
    asked = frozenset(question.content)
    return any(word.text.lower() in ROLES and word.form not in asked for word in words(sentence))


def _place(question: Question, sentence: str) -> bool:
    starts = {match.end() for match in _PLACE.finditer(sentence)}
    if any(any(word.start in starts for word in run) for run in new_runs(question, sentence)):
        return True
    return bool(_PLACE_NOUN.search(sentence))


def _time(question: Question, sentence: str) -> bool:
    asked = question.text.lower()
    if any(match[0].lower() not in asked for match in _TIME.finditer(sentence)):
        return True
    return any(
        w.form in MONTHS | WEEKDAYS and w.form not in question.numbers
        for w in words(sentence)
        if w.is_capitalised
    )


def _number(question: Question, sentence: str) -> bool:
    found = [word for word in words(sentence) if word.is_number or word.text.lower() == "one"]
    return any(word.form not in question.numbers for word in found)


def counts(question: Question, sentence: str) -> bool:
    """True if a number that is not in the question stands up to three words before the noun asked for."""
    told = words(sentence)
    places = [place for place, word in enumerate(told) if word.form == question.focus]
    before = [word for place in places for word in told[max(0, place - 3) : place]]
    return any(word.is_number and word.form not in question.numbers for word in before)


def speaks(question: Question, sentence: str) -> bool:
    """True if a name of the question stands within three words of a verb of saying."""
    told = words(sentence)
    names = set(question.names or question.content)
    places = [place for place, word in enumerate(told) if word.form in _SAYS]
    around = [word for place in places for word in told[max(0, place - 3) : place + 4]]
    return any(word.form in names and word.form not in _SAYS for word in around)


def _by_pattern(pattern: re.Pattern[str]) -> Callable[[Question, str], bool]:
    def test(_: Question, sentence: str) -> bool:
        return bool(pattern.search(sentence))

    return test


def _name(question: Question, sentence: str) -> bool:
    return next(new_runs(question, sentence), None) is not None


def _always(_: Question, __: str) -> bool:
    return True


_TESTS: dict[AnswerType, Callable[[Question, str], bool]] = {
    AnswerType.PERSON: _person,
    AnswerType.PLACE: _place,
    AnswerType.TIME: _time,
    AnswerType.DURATION: _by_pattern(_DURATION),
    AnswerType.NUMBER: _number,
    AnswerType.AMOUNT: lambda q, s: bool(_AMOUNT.search(s)) or _number(q, s),
    AnswerType.REASON: _by_pattern(_REASON),
    AnswerType.MANNER: _by_pattern(_MANNER),
    AnswerType.NAME: _name,
    AnswerType.SPEECH: _by_pattern(_QUOTE),
    AnswerType.TRUTH: _always,
    AnswerType.ANY: _always,
}
