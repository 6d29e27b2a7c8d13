"""The retriever: passages for a question, found by meaning and by words, the lists fused.

The time of a question has its say (see `qa.time_reading`): passages of articles that fit it move up, and
where it names the days of the reports, these days are searched on their own too, so that their articles
are found among any number of others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.archive import Archive
from index.filters import EVERYTHING, Filters
from qa.answer import Hit
from qa.filter_words import only
from qa.periods import DAY
from qa.time_preference import REPORTED_WITHIN, factors
from qa.time_reading import TimeReading, TimeUse, read_time

# Ranks beyond these add nothing to the top of the fused list.
DEPTH = 50

# Reciprocal rank fusion (Cormack, Clarke, Büttcher 2009, https://doi.org/10.1145/1571941.1572114).
RRF_K = 60

# What the lists of the days of the reports count beside those of all days. On 75 quiz questions of 2022 that
# say "this week" and the like, 0.25 and 0.5 gave the best MRR@10; 1 loses passages that are older.
PERIOD_LISTS = 0.5


@dataclass(frozen=True, slots=True)
class Lists:
    """What one search found by meaning and by words: (passage id, score), best first; and what it counts."""

    dense: Sequence[tuple[int, float]]
    lexical: Sequence[tuple[int, float]]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage and its score: the sum of weight / (RRF_K + rank) over the lists it is in."""

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

    def search(
        self, question: str, k: int = 5, *, filters: Filters = EVERYTHING, asked_on: date | None = None
    ) -> list[Hit]:
        """The k best passages for a question or keywords, best first; fewer if the archive has fewer.

        Only articles that `filters` accept are ranked. `asked_on` is the day of asking, None for today.
        Passages without a vector yet are found by their words alone.

        Raises:
            ValueError: if k < 1.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        if not question.strip():
            return []
        reading = read_time(question, asked_on or date.today())
        wanted = only(filters, reading)
        if wanted is None:
            return []
        fused = fuse(*self._searches(question, max(DEPTH, k), wanted, reading))
        return self._hits(self._timely(fused, reading), k)

    def _searches(self, question: str, depth: int, filters: Filters, reading: TimeReading) -> Iterator[Lists]:
        """One search of all that the filters accept, and one of the days of the reports, if it names them."""
        yield self._lists(question, depth, filters)
        period = reading.period
        if reading.use is TimeUse.REPORTS and period and period.last:
            reported = max(period.last, min(reading.asked_on, period.last + REPORTED_WITHIN * DAY))
            of_days = filters.within(period.first, reported)
            if of_days is not None:
                yield self._lists(question, depth, of_days, PERIOD_LISTS)

    def _lists(self, question: str, depth: int, filters: Filters, weight: float = 1.0) -> Lists:
        return Lists(
            self.archive.search_meaning(question, depth, filters),
            self.archive.search_words(question, depth, filters),
            weight,
        )

    def _timely(self, fused: list[Fused], reading: TimeReading) -> list[Fused]:
        """The fused list in the order that the question's time gives it."""
        published = self.archive.published([item.passage for item in fused])
        days = [published.get(item.passage) for item in fused]
        scored = [
            replace(item, score=item.score * factor)
            for item, factor in zip(fused, factors(reading, days), strict=True)
        ]
        return sorted(scored, key=lambda item: (-item.score, item.passage))

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


def fuse(*lists: Lists) -> list[Fused]:
    """Weighted reciprocal rank fusion of what several searches found; ties to the lower id."""
    by_meaning: dict[int, float] = {}
    by_words: dict[int, float] = {}
    scores: dict[int, float] = {}
    for found in lists:
        for ranked, told in ((found.dense, by_meaning), (found.lexical, by_words)):
            told.update(ranked)
            for rank, (passage, _) in enumerate(ranked, start=1):
                scores[passage] = scores.get(passage, 0.0) + found.weight / (RRF_K + rank)
    order = sorted(scores, key=lambda passage: (-scores[passage], passage))
    return [Fused(p, scores[p], by_meaning.get(p), by_words.get(p)) for p in order]
