"""Copies of one text are one witness, however many outlets run it: they are read once and counted once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Article, Span
from index.stories_copies import same_text
from index.stories_sets import components
from qa.answer import Evidence, Hit


@dataclass(frozen=True, slots=True)
class Support:
    """How much stands behind an answer: `articles`, the `outlets` that ran them, `independent` texts.

    Articles that name no outlet count as one outlet together. Copies and updates of one text, at whatever
    outlets, are one independent text.
    """

    articles: int
    outlets: int
    independent: int


def support(evidence: Sequence[Evidence]) -> Support:
    """Count what supports an answer, given all evidence for it; zeros for none."""
    articles = {piece.article.id: piece.article for piece in evidence}
    outlets = {article.source.casefold() for article in articles.values()}
    return Support(len(articles), len(outlets), len(_texts(list(articles.values()))))


def _texts(articles: Sequence[Article]) -> list[list[int]]:
    """The articles, by place, in groups that are versions of one text."""
    rows = range(len(articles))
    copies = (
        (one, other)
        for other in rows
        for one in range(other)
        if same_text(articles[one].text, articles[other].text)
    )
    return components(rows, copies)


def without_copies(hits: Sequence[Hit], most: int) -> tuple[list[Hit], list[Hit]]:
    """The first `most` hits of different texts, and the copies of them that stand among these.

    Reading the same words again says nothing new, and the passage below them might.
    """
    read: list[Hit] = []
    copies: list[Hit] = []
    for hit in hits:
        if any(hit.article.id != other.article.id and same_text(hit.text, other.text) for other in read):
            copies.append(hit)
        elif len(read) == most:
            break
        else:
            read.append(hit)
    return read, copies


def with_copies(evidence: Sequence[Evidence], copies: Sequence[Hit]) -> tuple[Evidence, ...]:
    """The evidence and the same sentences where they stand to the letter in the copies, as sure as there.

    Best first, a sentence before its copies.
    """
    further = [piece for hit in copies for piece in _found_in(hit, evidence)]
    return tuple(sorted([*evidence, *further], key=lambda piece: -piece.confidence))


def _found_in(hit: Hit, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    for piece in evidence:
        at = hit.text.find(piece.quote)
        if at >= 0:
            moved = hit.passage.start + at - piece.sentence.start
            yield replace(
                piece,
                article=hit.article,
                span=_moved(piece.span, moved),
                sentence=_moved(piece.sentence, moved),
            )


def _moved(span: Span, characters: int) -> Span:
    return Span(span.start + characters, span.end + characters)
