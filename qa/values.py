"""Answers as values that can be compared: numbers with units, days, names. No model: words decide.

Two answers are different only where a rule says so; what no rule covers is unclear, and unclear answers are
never called a disagreement. A question with many right answers ("who met Milley?") has no different ones.
"""

import re
from datetime import date
from enum import StrEnum

from qa.answer import Evidence
from qa.answer_days import apart, same_days
from qa.answer_types import AnswerType, expected
from qa.person_names import name_parts, same_person
from qa.place_names import names_one
from qa.quantities import TIMES, Quantity, of_other_size, quantities, same_quantities
from qa.question import Question
from qa.sameness import names_day, same_words


class Kind(StrEnum):
    """What kind of value answers a question."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


class Verdict(StrEnum):
    """How two answers stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "unclear"


_NUMBERS = frozenset({AnswerType.NUMBER, AnswerType.AMOUNT, AnswerType.DURATION})
# "Who is the chairman?", "who won the election?": one name is right. "Who met Milley?" takes any number.
_ONE_NAME = re.compile(
    r"(?i)\bwho(?:['’]s|\s+(?:is|was|are|were))\s+(?:(?:\w+\s+){0,3}?the\b|[\w.'’ -]{1,60}?['’]s?\s+\w+"
    r"|named|elected|appointed|chosen|picked|nominated)"
    r"|\bwho\s+(?:won|leads?|led|heads?|headed|runs|ran|owns?|founded|invented|wrote|directed|succeeds?|succeeded"
    r"|replaces?|replaced|beat|defeated|became|chairs?|commands?|designed|discovered|coach(?:es|ed)|manages?|managed"
    r"|hosts?|hosted|captains?)\b|\bwhose\b"
    r"|\bwho(?:m)?\s+(?:did|has|have|will|does|do)\s+(?:[\w.'’-]+\s+){1,8}?(?:nominated?|pick(?:ed)?|choose|chosen|named?"
    r"|appoint(?:ed)?|elect(?:ed)?|hired?|select(?:ed)?|draft(?:ed)?|replaced?|succeed(?:ed)?|marry|married)\b"
    r"|\bwhat\s+(?:is|was)\s+the\s+(?:name|capital)\b"
    r"|\bwhich\s+(?:team|country|city|company|party|club|film|movie)\s+(?:won|is|was)\b"
)
# A date that a text gives for another thing than the event is as often in its sentence.
_DAY_QUESTION = re.compile(
    r"(?i)\b(?:when|what (?:day|date|year|month)|which (?:day|year|month)|since when)\b"
)

# "How rich was he?" asks for a number where one answers; "how did he do it?" never does.
_HOW_SO = re.compile(
    r"(?i)\bhow\s+(?:rich|wealthy|hot|cold|warm|strong|likely|wide|thick|loud|bad|popular|powerful|dry|wet"
    r"|effective|valuable|steep|severe|small|young|close|late)\b"
)


def kind_of(question: Question, answer: Evidence) -> Kind | None:
    """The kind of value that answers the question, as its first answer shows; None if it is no such value."""
    type_ = expected(question)
    asks_day = type_ is AnswerType.TIME or _DAY_QUESTION.search(question.text)
    if answer.days and (asks_day or (type_ is AnswerType.ANY and names_day(answer.answer))):
        return Kind.DATE
    if type_ in _NUMBERS or type_ is AnswerType.ANY or _HOW_SO.search(question.text):
        return Kind.NUMBER if _numbers(answer) else None
    if type_ is AnswerType.PLACE and any(number.unit == "%" for number in _numbers(answer)):
        return Kind.NUMBER  # "Where does the rate stand?"
    if type_ in (AnswerType.PERSON, AnswerType.NAME) and _ONE_NAME.search(question.text):
        parts = set(name_parts(answer.answer))
        asked = set(re.findall(r"[^\W\d_]+", question.text.lower()))
        return Kind.NAME if parts - asked else None  # a name of the question is no answer to it
    return None


def compare(kind: Kind, one: Evidence, other: Evidence) -> Verdict:
    """How the answers of two pieces stand to each other, as values of a kind."""
    return {Kind.NUMBER: _compare_numbers, Kind.DATE: _compare_days, Kind.NAME: _compare_names}[kind](
        one, other
    )


def _compare_numbers(one: Evidence, other: Evidence) -> Verdict:
    first, second = _numbers(one), _numbers(other)
    if same_quantities(first, second):
        return Verdict.SAME
    clear = len(first) == len(second) > 0 and all(
        a.comparable(b) and not of_other_size(a, b) and not _count_and_time(a, b)
        for a, b in zip(first, second, strict=True)
    )
    return Verdict.DIFFERENT if clear else Verdict.UNCLEAR


def _count_and_time(one: Quantity, other: Quantity) -> bool:
    """Whether one is as many as no age is, and the other a time: "214 million" and "three years"."""
    for count, time in ((one, other), (other, one)):
        if time.unit in TIMES and not count.unit and count.value > _OLDEST:
            return True
    return False


_OLDEST = 150


def _numbers(piece: Evidence) -> tuple[Quantity, ...]:
    """The numbers of an answer that is a number; () for one that names a day or tells more than numbers."""
    words = set(re.findall(r"[^\W\d_]+", piece.answer.lower()))
    return quantities(piece.answer) if len(words) <= _MOST_WORDS and not names_day(piece.answer) else ()


# "more than 75,000 health care workers and support staff"; a longer answer tells more than a number.
_MOST_WORDS = 9


def _compare_days(one: Evidence, other: Evidence) -> Verdict:
    if one.days is None or other.days is None:
        return Verdict.SAME if same_words(one.answer, other.answer) else Verdict.UNCLEAR
    if same_days(one.days, other.days) or _same_without_year(one, other):
        return Verdict.SAME
    return Verdict.DIFFERENT if apart(one.days, other.days) else Verdict.UNCLEAR


def _same_without_year(one: Evidence, other: Evidence) -> bool:
    """Whether both name the same day of a month and one tells no year, in reports less than a year apart.

    Which year is meant is read from the tense around it, and may be read wrongly.
    """
    first, second = _one_day(one), _one_day(other)
    mine, yours = one.article.published, other.article.published
    if first is None or second is None or mine is None or yours is None:
        return False
    both_told = _YEAR.search(one.answer) and _YEAR.search(other.answer)
    same = (first.month, first.day) == (second.month, second.day)
    return same and not both_told and abs((mine - yours).days) < _A_YEAR


def _one_day(piece: Evidence) -> date | None:
    days = piece.days
    return days.first if days and days.first == days.last else None


_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
_A_YEAR = 365


def _compare_names(one: Evidence, other: Evidence) -> Verdict:
    if same_words(one.answer, other.answer) or same_person(one.answer, other.answer):
        return Verdict.SAME
    # "Ukraine won" and "Kalush Orchestra won": whom a country sends is no other answer.
    if names_one("country", one.answer) != names_one("country", other.answer):
        return Verdict.UNCLEAR
    first, second = name_parts(one.answer), name_parts(other.answer)
    return Verdict.DIFFERENT if first and second and set(first).isdisjoint(second) else Verdict.UNCLEAR
