"""What other articles say to the question that one has answered: the same, or something else.

Of every further article that was read, one sentence counts: the most probable that gives the same answer or
another. It does not have to be likely enough to be an answer by itself, but must tell of what is asked (see
`qa.predicates`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.article import Span
from qa.answer import Evidence
from qa.answer_days import days_in, part_of
from qa.focused_numbers import counts_else, counts_focus, of_one_size, refocused
from qa.part_counts import counts_part
from qa.predicates import answers_alike, tells_of
from qa.quantities import find_quantities, quantities
from qa.question import Question
from qa.values import Kind, Verdict, compare, kind_of

# How likely a sentence must be beside the best one: to say the same, and to say something else.
SAME_SHARE = 0.02
OTHER_SHARE = 0.02

# Numbers from this on, and names of as many letters, are the same by more than chance where they stand again.
TELLING = 20
FEWEST_LETTERS = 5

MOST = 8
"""No more further articles are told of."""


def witnesses(
    question: Question, best: Evidence, judged: Sequence[Evidence]
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The pieces of further articles that give the best piece's answer, and those that give another.

    `judged` are all sentences read, most probable first. Only numbers, days and names that are the only right
    one can differ (see `qa.values`).
    """
    same: list[Evidence] = []
    other: list[Evidence] = []
    kind = kind_of(question, best)
    telling = kind is not None and tells_of(question, best)
    for pieces in _by_article(judged, best):
        for found in pieces:
            if not tells_of(question, found):
                continue
            piece = refocused(question, best, of_one_size(best, found)) if kind is Kind.NUMBER else found
            if kind is Kind.NUMBER and counts_part(question, piece):
                continue
            if agreeing := _agreeing(kind, best, piece):
                same.append(agreeing)
                break
            if telling and _differs(question, kind, best, piece):
                other.append(piece)
                break
    return tuple(same[:MOST]), tuple(other[:MOST])


def with_witnesses(evidence: Sequence[Evidence], agreeing: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence and the agreeing pieces of articles that it does not have for that answer; best first."""
    known = {piece.article.id for piece in evidence if piece.says_the_same(evidence[0])}
    further = [piece for piece in agreeing if piece.article.id not in known]
    return tuple(sorted([*evidence, *further], key=lambda piece: -piece.confidence))


def _by_article(judged: Sequence[Evidence], best: Evidence) -> Iterator[list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for piece in judged:
        if piece.article.id != best.article.id and piece.confidence >= SAME_SHARE * best.confidence:
            found.setdefault(piece.article.id, []).append(piece)
    yield from found.values()


def _agreeing(kind: Kind | None, best: Evidence, piece: Evidence) -> Evidence | None:
    """The piece, if its answer is the best one's, or with the same value found elsewhere in its sentence."""
    same = compare(kind, best, piece) is Verdict.SAME if kind else best.says_the_same(piece)
    return piece if same else restated(kind, best, piece)


def _differs(question: Question, kind: Kind | None, best: Evidence, piece: Evidence) -> bool:
    return (
        kind is not None
        and piece.confidence >= OTHER_SHARE * best.confidence
        and compare(kind, best, piece) is Verdict.DIFFERENT
        and answers_alike(question, kind, piece, best)
        and not (kind is Kind.NUMBER and _counts_else(question, best, piece))
    )


def _counts_else(question: Question, best: Evidence, piece: Evidence) -> bool:
    """Whether the piece's number measures ("7.8-magnitude") or counts something other than the best one's."""
    if _MEASURES.match(piece.article.text[piece.span.end : piece.sentence.end]):
        return True
    if counts_else(question, piece.article.text, piece.span, piece.sentence.end):
        return True
    return counts_focus(question, best) and not counts_focus(question, piece, default=True)


_MEASURES = re.compile(r"-[a-z]{3}")


def restated(kind: Kind | None, best: Evidence, piece: Evidence) -> Evidence | None:
    """The piece with the best one's value as its answer, where its sentence has that; else None.

    A small bare number may count anything, and a short word be anything: they are not looked for.
    """
    look = {Kind.NUMBER: _number_in, Kind.DATE: _days_in}.get(kind, _words_in) if kind else _words_in
    place = look(best, piece)
    return replace(piece, span=place) if place else None


def _number_in(best: Evidence, piece: Evidence) -> Span | None:
    wanted = quantities(best.answer)
    if len(wanted) != 1 or (wanted[0].value < TELLING and not wanted[0].unit):
        return None
    places = (
        place
        for place, found in find_quantities(piece.quote)
        if found.same(wanted[0]) and not _FROM.search(piece.quote[: place.start])
    )
    return _placed(next(places, None), piece)


# "Rose to 106 from 99" says no more that it is 99.
_FROM = re.compile(r"(?i)\b(?:up|down)?\s?from\s{1,3}(?:\w+\s{1,3}){0,2}$")


def _days_in(best: Evidence, piece: Evidence) -> Span | None:
    """The best one's days, or some of them: "in 2022" is too little to be 14 November 2022 by itself."""
    found = days_in(piece.article.text, piece.sentence, piece.article.published)
    return next((place for place, days in found if best.days and part_of(days, best.days)), None)


def _words_in(best: Evidence, piece: Evidence) -> Span | None:
    answer = best.answer
    if len(answer) < FEWEST_LETTERS or not answer[:1].isupper():
        return None
    match = re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", piece.quote)
    return _placed(Span(*match.span()), piece) if match else None


def _placed(place: Span | None, piece: Evidence) -> Span | None:
    """Characters of the quotation as characters of the article."""
    by = piece.sentence.start
    return Span(place.start + by, place.end + by) if place else None
