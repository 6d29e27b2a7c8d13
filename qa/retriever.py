"""The retriever: passages for a question, found by meaning and by words, the two lists fused."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.archive import Archive
from qa.answer import Hit

# Ranks beyond these add nothing to the top of the fused list.
DEPTH = 50

# Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009, https://doi.org/10.1145/1571941.1572114).
RRF_K = 60


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage with its place in the fused list: the sum of 1 / (RRF_K + rank) over the lists it is in."""

    passage: int
    score: float
    dense: float | None
    lexical: float | None


class Retriever:
    """Finds passages in an archive.

    >>> Retriever(archive).search("who met Milley?", k=5)  # doctest: +SKIP
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def search(self, question: str, k: int = 5) -> list[Hit]:
        """The k best passages for a question or keywords, best first; fewer if the archive has fewer.

        Passages without a vector yet are found by their words alone.

        Raises:
            ValueError: if k < 1.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        if not question.strip():
            return []
        depth = max(DEPTH, k)
        dense = self.archive.search_meaning(question, depth)
        lexical = self.archive.search_words(question, depth)
        return self._hits(fuse(dense, lexical), k)

    def _hits(self, fused: list[Fused], k: int) -> list[Hit]:
        # An article may have been removed since its passage was found: look up a few more than asked for.
        passages = self.archive.passages([item.passage for item in fused[: 2 * k]])
        found = [item for item in fused[: 2 * k] if item.passage in passages][:k]
        articles = {passages[item.passage].article_id for item in found}
        loaded = {article_id: self.archive.article(article_id) for article_id in articles}
        return [
            Hit(
                article=loaded[passages[item.passage].article_id],
                passage=passages[item.passage],
                rank=rank,
                score=item.score,
                dense=item.dense,
                lexical=item.lexical,
            )
            for rank, item in enumerate(found, start=1)
        ]


def fuse(dense: Iterable[tuple[int, float]], lexical: Iterable[tuple[int, float]]) -> list[Fused]:
    """Reciprocal rank fusion of two lists of (passage id, score), best first; ties to the lower id."""
    by_meaning, by_words = dict(dense), dict(lexical)
    scores: dict[int, float] = {}
    for ranked in (by_meaning, by_words):
        for rank, passage in enumerate(ranked, start=1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (RRF_K + rank)
    order = sorted(scores, key=lambda passage: (-scores[passage], passage))
    return [Fused(p, scores[p], by_meaning.get(p), by_words.get(p)) for p in order]
