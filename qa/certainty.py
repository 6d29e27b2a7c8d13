"""How certain a sentence is of what it tells: a plan, a denial, a question, hearsay.

Told by words and shown with them, never judged: "reportedly" before the answer makes hearsay of it, "is
scheduled to" a plan. A word counts only in the clause of the answer, or where what it governs reaches to it
("denied that ..."); words inside somebody's quotation are theirs and count as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.article import Span

LONGEST = 2_000
"""Longer sentences are lists and tables; nothing is looked for in them."""


class Certainty(StrEnum):
    """What a sentence is if it is no plain report."""

    PLAN = "plan"
    DENIAL = "denial"
    QUESTION = "question"
    HEARSAY = "hearsay"


@dataclass(frozen=True, slots=True)
class Flag:
    """That a sentence is uncertain, and the characters of the article that tell it."""

    certainty: Certainty
    cue: Span


def flags(text: str, sentence: Span, answer: Span) -> tuple[Flag, ...]:
    """What speaks against taking an answer for a plain fact, one flag of each kind, in order of the words.

    `sentence` and `answer` are characters of the `text`, the answer inside the sentence.
    """
    if sentence.end - sentence.start > LONGEST:
        return ()
    found = sorted(_found(text, sentence, answer), key=lambda flag: flag.cue.start)
    first: dict[Certainty, Flag] = {}
    for flag in found:
        first.setdefault(flag.certainty, flag)
    return tuple(first.values())


def _found(text: str, sentence: Span, answer: Span) -> Iterator[Flag]:
    quote = sentence.of(text)
    clause = _clause(quote, answer.start - sentence.start, answer.end - sentence.start)
    for certainty, pattern in _IN_CLAUSE:
        for match in pattern.finditer(quote, clause.start, clause.end):
            yield Flag(certainty, _placed(match, sentence))
    for certainty, pattern in _BEFORE:
        for match in pattern.finditer(quote, 0, max(0, answer.start - sentence.start)):
            if not _STOPS.search(quote, match.end(), answer.start - sentence.start):
                yield Flag(certainty, _placed(match, sentence))
    if mark := _ASKS.search(quote):
        yield Flag(Certainty.QUESTION, Span(sentence.start + mark.start(1), sentence.start + mark.end(1)))


def _clause(quote: str, start: int, end: int) -> Span:
    """The clause that the characters [start, end) of a sentence stand in."""
    breaks = [match.span() for match in _BREAK.finditer(quote)]
    low = max((after for _, after in breaks if after <= start), default=0)
    high = min((before for before, _ in breaks if before >= end), default=len(quote))
    return Span(low, high)


def _placed(match: re.Match[str], sentence: Span) -> Span:
    return Span(sentence.start + match.start(), sentence.start + match.end())


# Commas in numbers and dates end no clause.
_BREAK = re.compile(
    r"""[;:()—–“”"]|,(?![0-9]{3})(?!\s[12][0-9]{3}\b)\s|\s(?:who|which|that|because|although|but|while|whereas|after|before)\s"""
)
_STOPS = re.compile(r"[;“”\"]|\sbut\s")
_ADVERB = r"(?:\w+ly\s|now\s|also\s|still\s)?"
_IN_CLAUSE = (
    (
        Certainty.PLAN,
        re.compile(
            rf"""(?ix)\b(?:(?:is|are|was|were|be|been)\s{_ADVERB}(?:scheduled|slated|due|set|expected|planned|supposed|poised
              |projected|likely)\s(?:to|for|on|in)\b|(?:plan|intend|aim|hope|expect)(?:s|ed|ning|ing)?\sto\b|(?-i:will)\b(?!\s+of\b)
              |would\b|shall\b|(?<=\w)[’']ll\b|(?:may|might|could(?!\snot\b))\s(?:be|have|also|not|[a-z]+)\b|is\sto\s(?:be|[a-z]+)\b
              |(?:upcoming|planned|proposed|scheduled)\b)""",
        ),
    ),
    (
        Certainty.HEARSAY,
        re.compile(
            r"""(?ix)\b(?:reportedly|allegedly|supposedly|purportedly|apparently|alleged|unconfirmed|rumou?r(?:s|ed)?|suspected
              |(?:is|are|was|were)\s(?:said|believed|thought|rumou?red|reported|alleged|feared|understood)\s(?:to|that)\b
              |feared\sdead|presumed\sdead)\b""",
        ),
    ),
    (
        Certainty.DENIAL,
        re.compile(
            r"""(?ix)\b(?:(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could|should)(?:\snot\b(?!\sonly)|n[’']t\b)
              |cannot\b|never\b|no\slonger\b|neither\b)""",
        ),
    ),
)
# These govern what follows them, over commas too.
_BEFORE = (
    (
        Certainty.DENIAL,
        re.compile(
            r"""(?ix)\b(?:den(?:y|ies|ied|ying)|refut(?:es?|ed|ing)|disput(?:es?|ed|ing)|reject(?:s|ed|ing)?\s(?:claims?|reports?
              |allegations?|accusations?)|dismiss(?:es|ed|ing)?\s(?:claims?|reports?|allegations?)|no\sevidence|false(?:ly)?)\b""",
        ),
    ),
    (
        Certainty.HEARSAY,
        re.compile(
            r"(?i)\b(?:rumou?rs? (?:that|of)|unconfirmed reports?"
            r"|it is (?:believed|said|thought|rumou?red))\b"
        ),
    ),
    (
        Certainty.QUESTION,
        re.compile(
            r"(?i)\b(?:unclear|unknown|uncertain|not (?:clear|known|certain)|asked|wonder(?:s|ed)?)"
            r" (?:if|whether)\b"
        ),
    ),
)
_ASKS = re.compile(r"(\?)[\s\"”’')\]]*$")
