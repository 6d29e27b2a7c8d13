"""Which number of a sentence answers a question, where another sentence has told what kind of number does.

The words read in a sentence may be another of its numbers. Beside an answer, the number counts that stands
with the noun asked for ("38 sites"), or nearest to another word of the question ("earned $141 million and
paid $44 million").
"""

import re
from dataclasses import replace
from itertools import takewhile

from index.article import Span
from index.words import Word, stem, words
from qa.answer import Evidence
from qa.predicates import PEOPLE, alike, core_of
from qa.quantities import TIMES, find_quantities, of_other_size, quantities
from qa.question import Question

FOLLOWING = 80
"""Characters from a number on in which the noun it counts is looked for."""

NEAR = 30
"""Characters between a number and a word of the question that still belong together."""


PEOPLE_NAMED = PEOPLE | {stem("people")}

# "How many older adults" asks for people, and "10,000 deaths a year" counts no years.
_NO_NOUNS = frozenset(map(stem, ("older", "younger")))
_TIMES = frozenset(map(stem, ("year", "month", "week", "day")))


def _noun_asked(question: Question) -> bool:
    """Whether a noun is asked for that is no word for people."""
    return question.focus != "" and question.focus not in PEOPLE_NAMED | _NO_NOUNS


def counts_else(question: Question, text: str, number: Span, end: int) -> bool:
    """True if the noun after a number is another one of the question, or people, who are not asked for.

    `number` is in characters of the `text`, `end` the end of its sentence.
    """
    if not _noun_asked(question):
        return False
    after = nouns_after(text, number, end)
    if any(alike(question.focus, form) for form in after):
        return False
    asked = [form for form in question.content if form not in question.names]
    if after and any(alike(after[0], form) and after[0] != form for form in asked):
        asked = [form for form in asked if form not in _TIMES]
    return any(form in asked or form in PEOPLE for form in after)


def counts_focus(question: Question, piece: Evidence, *, default: bool = False) -> bool:
    """True if the noun asked for, not people, stands right after the piece's number ("38 sites").

    `default` where it cannot be told: people are asked for, or no noun follows.
    """
    if not _noun_asked(question):
        return default
    after = nouns_after(piece.article.text, piece.span, piece.sentence.end)
    if not after or not PEOPLE_NAMED.isdisjoint(after):
        return default
    return any(alike(question.focus, form) for form in after)


def refocused(question: Question, best: Evidence, piece: Evidence) -> Evidence:
    """The piece with the number of its sentence that answers, if the one read in it does not seem to."""
    places = _candidates(best, piece)
    own = next(
        (place for place in places if place.start < piece.span.end and piece.span.start < place.end), None
    )
    if own is None or len(places) < 2:
        return piece
    text, end = piece.article.text, piece.sentence.end
    if counts_else(question, text, own, end):
        found = [p for p in places if any(alike(question.focus, f) for f in nouns_after(text, p, end))]
        return replace(piece, span=found[0]) if found else piece
    nearest = min(places, key=lambda place: _distance(question, piece, place))
    near, mine = _distance(question, piece, nearest), _distance(question, piece, own)
    return replace(piece, span=nearest) if near <= NEAR < mine else piece


def of_one_size(best: Evidence, piece: Evidence) -> Evidence:
    """The piece with the one sum of its sentence that is of the best one's size, if its own is not.

    "Forgiving up to $20,000 for each will cost $420 billion": beside $400 billion the sum of all counts.
    """
    wanted = quantities(best.answer)[:1]
    own = quantities(piece.answer)[:1]
    if not (wanted and own and wanted[0].is_money and of_other_size(wanted[0], own[0])):
        return piece
    sizes = [
        place
        for place in _candidates(best, piece)
        if not of_other_size(wanted[0], quantities(place.of(piece.article.text))[0])
    ]
    return replace(piece, span=sizes[0]) if len(sizes) == 1 else piece


def _candidates(best: Evidence, piece: Evidence) -> list[Span]:
    """The numbers of the piece's sentence of the best one's unit, in characters of the article.

    Beside a count that has none a time is no candidate: "200,000 came in three days".
    """
    wanted, by = quantities(best.answer), piece.sentence.start
    return [
        Span(place.start + by, place.end + by)
        for place, found in find_quantities(piece.quote)
        if wanted
        and found.comparable(wanted[0])
        and found.unit == (wanted[0].unit or found.unit)
        and (wanted[0].unit or found.unit not in TIMES)
    ]


def nouns_after(text: str, number: Span, end: int) -> list[str]:
    """Forms of the first two words after a number that tell something, up to the next number or break."""
    rest = _CLOSES.split(_OF_CAUSE.sub("", text[number.end : min(end, number.end + FOLLOWING)]))[0]
    told = takewhile(lambda word: not word.is_number, words(rest))
    return [word.form for word in told if not word.is_stop][:2]


# "748 heat-related deaths" counts deaths.
_OF_CAUSE = re.compile(r"(?i)\b\w+-(?:related|linked|caused|induced)\b")
_CLOSES = re.compile(r"[;:,.?!]\s")


def _distance(question: Question, piece: Evidence, place: Span) -> int:
    """Characters between a number and the nearest word of the question before it, or right after it."""
    core = core_of(question)
    told = [word for word in words(piece.quote) if any(alike(form, word.form) for form in core)]
    start, end = place.start - piece.sentence.start, place.end - piece.sentence.start
    return min((_gap(word, start, end) for word in told), default=len(piece.quote))


def _gap(word: Word, start: int, end: int) -> int:
    return start - word.end if word.end <= start else max(0, word.start - end)
