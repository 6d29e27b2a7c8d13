"""Passages that were not read, and that may give another value than the answer.

Eight passages are read for an answer, often most of them of one article. Of a toll that rose, a jackpot or a
date that was put off the reports of other days stand behind these, and not always with the passage that has
the value. So the further passages that were found are looked through: those with a sentence on the matter
that has another value of the answer's kind are read too, and where nobody bears it out, those with its own.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from index.archive import Archive
from index.article import Article, Span
from qa.answer import Evidence, Hit
from qa.answer_days import days_in, same_days
from qa.answer_types import new_runs
from qa.corroboration import without_copies
from qa.periods import Period
from qa.predicates import asks_what_comes
from qa.quantities import find_quantities, quantities
from qa.question import Question
from qa.rivals import may_be_rival
from qa.values import Kind, kind_of
from qa.witnesses import restated, says_so

MOST = 5
MOST_AGREEING = 2
"""No more passages with another value are read, one of an article, and with the same: eight and three told of
no more on the cases that may be tuned on, and each takes some 12 ms."""


def may_differ(
    archive: Archive, question: Question, best: Evidence, known: Set[str], found: Sequence[Hit]
) -> list[Hit]:
    """The first unread passages with a sentence on the matter that has another value of the best one's kind.

    `known` are the articles whose answer is known, by id; neither they nor the best one's own are looked at.
    """
    kind = kind_of(question, best)
    if kind is None:
        return []
    settled = {best.article.id, *known}
    unread = [hit for hit in found if hit.reading is None and hit.article.id not in settled]
    chosen: dict[str, Hit] = {}
    for hit in without_copies(unread, len(unread))[0]:
        if len(chosen) == MOST:
            break
        if hit.article.id not in chosen and _has_other_value(archive, kind, question, best, hit):
            chosen[hit.article.id] = hit
    return [*chosen.values()]


def may_agree(archive: Archive, question: Question, best: Evidence, found: Sequence[Hit]) -> list[Hit]:
    """The first unread passages of other articles that have the best piece's value in a sentence."""
    kind = kind_of(question, best)
    chosen: dict[str, Hit] = {}
    for hit in found:
        if len(chosen) == MOST_AGREEING:
            break
        if hit.reading is None and hit.article.id not in {best.article.id, *chosen}:
            pieces = (Evidence(hit.article, s, s, 0.0) for s in _sentences_of(archive, hit))
            said = (again for piece in pieces if (again := restated(kind, best, piece)))
            if any(says_so(question, kind, best, piece) for piece in said):
                chosen[hit.article.id] = hit
    return [*chosen.values()]


def judged_beside(best: Evidence, known: Set[str], judged: Sequence[Evidence]) -> list[Evidence]:
    """What was judged of articles whose answer is not known yet, as likely as it is beside the best piece.

    `judged` has the best piece's sentence again, where it was judged anew with the others.
    """
    again = next((p for p in judged if p.same_sentence(best)), best)
    share = best.confidence / max(again.confidence, 1e-9)
    return [
        replace(piece, confidence=min(best.confidence, piece.confidence * share))
        for piece in judged
        if piece.article.id not in known
    ]


def _has_other_value(archive: Archive, kind: Kind, question: Question, best: Evidence, hit: Hit) -> bool:
    """Whether a sentence of a passage tells of the matter and has another value than the best one."""
    return any(
        may_be_rival(question, kind, best, piece)
        for sentence in _sentences_of(archive, hit)
        for piece in _values_in(kind, question, best, hit.article, sentence)
    )


def _sentences_of(archive: Archive, hit: Hit) -> list[Span]:
    """The sentences of an article that stand in a passage, whole or in part."""
    start, end = hit.passage.start, hit.passage.end
    return [s for s in archive.sentences(hit.article.id) if s.start < end and start < s.end]


def _values_in(
    kind: Kind, question: Question, best: Evidence, article: Article, sentence: Span
) -> Iterator[Evidence]:
    """The sentence with each value of the best one's kind as its answer."""
    piece = Evidence(article, sentence, sentence, 0.0)
    for place in _places(kind, question, best, piece):
        yield replace(piece, span=place)


def _places(kind: Kind, question: Question, best: Evidence, piece: Evidence) -> Iterator[Span]:
    by = piece.sentence.start
    if kind is Kind.DATE:
        day = piece.article.published
        for place, days in days_in(piece.article.text, piece.sentence, day):
            # What is to come is seldom of the day of the report.
            if not (day and asks_what_comes(question) and same_days(days, Period(day, day))):
                yield place
    elif kind is Kind.NAME:
        for run in new_runs(question, piece.quote):
            yield Span(by + run[0].start, by + run[-1].end)
    else:
        wanted = quantities(best.answer)
        for place, found in find_quantities(piece.quote):
            year = _YEAR.fullmatch(place.of(piece.quote)) is not None
            if wanted and found.comparable(wanted[0]) and found.unit == wanted[0].unit and not year:
                yield Span(by + place.start, by + place.end)


# Of numbers that answer "how many?" none is a year, as far as it can be told.
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
