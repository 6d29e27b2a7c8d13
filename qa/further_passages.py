"""Passages that were found and not read, and that may give another value than the answer.

Eight passages are read for an answer. Of a toll that rose, or a jackpot, the reports of other days often
stand behind these: those that have such a value in a sentence on the matter are read too.
"""

from collections.abc import Iterator, Sequence, Set

from index.archive import Archive
from index.article import Span
from qa.answer import Evidence, Hit
from qa.answer_days import days_in
from qa.passage_reading import sentences_in
from qa.predicates import answers_alike, tells_of
from qa.quantities import find_quantities, quantities
from qa.question import Question
from qa.values import Kind, kind_of

MOST = 4
"""No more passages are read for it, one of an article; chosen for the time they take, some 12 ms each."""


LEAST_SHARE = 0.05
"""How likely a sentence of them must be beside the best one: more than one that was read for the answer."""


def may_differ(
    archive: Archive, question: Question, best: Evidence, known: Set[str], found: Sequence[Hit]
) -> list[Hit]:
    """The passages with a sentence on the matter that has a value of the best one's kind, best first.

    `known` are the articles whose answer is known, by id; neither they nor the best one's own are looked at,
    and what was read of others said nothing.
    """
    kind = kind_of(question, best)
    if kind is None or kind is Kind.NAME or not tells_of(question, best):
        return []
    kept: dict[str, Hit] = {}
    for hit in found:
        if len(kept) == MOST:
            break
        if hit.reading is None and hit.article.id not in {best.article.id, *known, *kept}:
            pieces = _valued(kind, best, hit, archive.sentences(hit.article.id))
            if any(tells_of(question, piece) and answers_alike(question, kind, piece) for piece in pieces):
                kept[hit.article.id] = hit
    return list(kept.values())


def surer_of(hits: Sequence[Hit], best: Evidence, judged: Sequence[Evidence]) -> list[Evidence]:
    """The evidence in articles of the hits that is likely enough to be set beside the best piece."""
    articles = {hit.article.id for hit in hits}
    least = LEAST_SHARE * best.confidence
    return [piece for piece in judged if piece.article.id in articles and piece.confidence >= least]


def _valued(kind: Kind, best: Evidence, hit: Hit, sentences: Sequence[Span]) -> Iterator[Evidence]:
    """The sentences of a passage with a value of the best one's kind, that value as their answer."""
    for _, part in sentences_in(hit, sentences):
        sentence = Span(part.start + hit.passage.start, part.end + hit.passage.start)
        place = _value_in(kind, best, hit, sentence)
        if place is not None:
            yield Evidence(hit.article, place, sentence, 0.0)


def _value_in(kind: Kind, best: Evidence, hit: Hit, sentence: Span) -> Span | None:
    if kind is Kind.DATE:
        return next((place for place, _ in days_in(hit.article.text, sentence, hit.article.published)), None)
    wanted = quantities(best.answer)
    for place, found in find_quantities(sentence.of(hit.article.text)):
        if wanted and found.comparable(wanted[0]) and found.unit == wanted[0].unit:
            return Span(sentence.start + place.start, sentence.start + place.end)
    return None
