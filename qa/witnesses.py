"""What other articles say to the question that one has answered: the same, or something else.

Of every further article that was read, one sentence counts. It does not have to be likely enough to be an
answer by itself. One that says the same must tell of what is asked (see `qa.predicates`); whether one with
another value answers the same question is told by a model (see `qa.rivals`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Span
from qa.answer import Evidence
from qa.answer_days import days_in, part_of
from qa.models import load_rivals
from qa.part_counts import counts_part
from qa.person_names import name_parts
from qa.predicates import tells_a_part, tells_of
from qa.quantities import find_quantities, quantities
from qa.question import Question
from qa.rivals import LEAST_SHARE, Rival, rivals, valued
from qa.values import Kind, Verdict, compare, kind_of

SAME_SHARE = 0.02
"""How likely a sentence must be beside the best one to say the same."""

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
    one can differ (see `qa.values`). Of an article that gives several the likeliest counts.
    """
    same: list[Evidence] = []
    other: list[Evidence] = []
    for article in told_apart(question, best, judged):
        if rival := load_rivals().likeliest(article.rivals):
            other.append(rival)
        elif article.agreeing:
            same.append(article.agreeing)
    return tuple(same[:MOST]), tuple(other[:MOST])


@dataclass(frozen=True, slots=True)
class Told:
    """What a further article gives: its likeliest piece with the same answer, likelier ones with others."""

    agreeing: Evidence | None
    rivals: list[Rival]


def told_apart(question: Question, best: Evidence, judged: Sequence[Evidence]) -> list[Told]:
    """What each further article gives beside the best piece."""
    kind = kind_of(question, best)
    found: list[Told] = []
    for pieces in _by_article(judged, best):
        given = [valued(question, kind, best, piece) for piece in pieces]
        at, agreeing = next(_agreeing_in(question, kind, best, given), (len(given), None))
        found.append(Told(agreeing, rivals(question, kind, best, given[:at]) if kind else []))
    return found


def _agreeing_in(
    question: Question, kind: Kind | None, best: Evidence, pieces: Sequence[Evidence]
) -> Iterator[tuple[int, Evidence]]:
    for at, piece in enumerate(pieces):
        if piece.confidence < SAME_SHARE * best.confidence:
            continue
        agreeing = _agreeing(kind, best, piece)
        if agreeing and says_so(question, kind, best, agreeing):
            yield at, agreeing


def says_so(question: Question, kind: Kind | None, best: Evidence, piece: Evidence) -> bool:
    """Whether a piece with the best one's value gives it for what is asked.

    A small number may be that of anything, so the sentence must tell of the question. That a day or a full
    name stands there again is less by chance: beside it a part of the question is enough.
    """
    if kind is Kind.NUMBER and counts_part(question, piece):
        return False
    if tells_of(question, piece):
        return True
    day = kind is Kind.DATE and best.days is not None and best.days.first == best.days.last
    name = kind is not Kind.NUMBER and len(name_parts(best.answer)) > 1
    return (day or name) and tells_a_part(question, piece)


def with_witnesses(evidence: Sequence[Evidence], agreeing: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence and the agreeing pieces of articles that it does not have for that answer; best first."""
    known = {piece.article.id for piece in evidence if piece.says_the_same(evidence[0])}
    further = [piece for piece in agreeing if piece.article.id not in known]
    return tuple(sorted([*evidence, *further], key=lambda piece: -piece.confidence))


def _by_article(judged: Sequence[Evidence], best: Evidence) -> Iterator[list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for piece in judged:
        if piece.article.id != best.article.id and piece.confidence >= LEAST_SHARE * best.confidence:
            found.setdefault(piece.article.id, []).append(piece)
    yield from found.values()


def _agreeing(kind: Kind | None, best: Evidence, piece: Evidence) -> Evidence | None:
    """The piece, if its answer is the best one's, or with the same value found elsewhere in its sentence."""
    same = compare(kind, best, piece) is Verdict.SAME if kind else best.says_the_same(piece)
    return piece if same else restated(kind, best, piece)


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
