"""The retriever: passages for a question, found by meaning and by words, fused, and put in a learned order.

The time of a question has its say (see `qa.time_reading`): passages of articles that fit it move up, and
where it names the days of the reports, these days are searched on their own too, so that their articles
are found among any number of others. The order is that of `qa.ranking`; the best are read for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.archive import Archive
from index.browsing import last_day
from index.filters import EVERYTHING, Filters
from qa.answer import Hit
from qa.filter_words import only
from qa.models import load_reader
from qa.periods import DAY
from qa.question import analyse
from qa.reader import Reader
from qa.reranking import READ_PASSAGES, rerank, rerank_by_reading
from qa.time_preference import REPORTED_WITHIN, beside_best, factor
from qa.time_reading import TimeReading, TimeUse, read_time

# Ranks beyond these add nothing to the top of the fused list.
DEPTH = 50

# Of the fused list so many are put in the learned order: what stands below does not come to the top of it. On
# 152 quiz questions of 2022 the MRR@10 is .78 with 25, 30 or 50, and once read .82 with 30, .81 with 50.
CANDIDATES = 30

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

    `reader` reads the best `reads` of the passages found, by default the one that comes with the package;
    with `reads` = 0 none is read, which takes half the time and finds the answer less often at the top.

    >>> Retriever(archive).search("who met Milley?", k=5)  # doctest: +SKIP
    """

    def __init__(self, archive: Archive, *, reader: Reader | None = None, reads: int = READ_PASSAGES) -> None:
        self.archive = archive
        self._reader = reader
        self._reads = reads

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
        reading = read_time(question, asked_on or date.today(), last_day(self.archive.database))
        wanted = only(filters, reading)
        if wanted is None:
            return []
        found = fuse(*self._searches(question, max(DEPTH, k), wanted, reading))
        fits = self._fits(found, reading)
        best = timely(found, fits)[: max(CANDIDATES, k)]
        asked = analyse(question)
        hits = rerank(asked, self._hits(asked.text, best), fits)
        if self._reads and hits:
            reader = self._reader or load_reader()
            hits = rerank_by_reading(self.archive, asked, hits, reader, self._reads)
        return hits[:k]

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
        return Lists(*self.archive.search_both(question, depth, filters), weight)

    def _fits(self, found: Sequence[Fused], reading: TimeReading) -> dict[int, float]:
        """How well the day of each passage fits the question's time, in [0, 1]."""
        published = self.archive.published([item.passage for item in found])
        values = beside_best(reading, [published.get(item.passage) for item in found])
        return {item.passage: value for item, value in zip(found, values, strict=True)}

    def _hits(self, question: str, found: Sequence[Fused]) -> list[Hit]:
        """The passages with their articles; what was removed since it was found is left out."""
        passages = self.archive.passages([item.passage for item in found])
        here = [item for item in found if item.passage in passages]
        articles = {passages[item.passage].article_id for item in here}
        loaded = {article_id: self.archive.article(article_id) for article_id in articles}
        unmeasured = [item.passage for item in here if item.dense is None]
        cosines = self.archive.meaning(question, unmeasured) if unmeasured else {}
        return [
            Hit(
                article=loaded[passages[item.passage].article_id],
                passage=passages[item.passage],
                rank=rank,
                score=item.score,
                dense=cosines.get(item.passage) if item.dense is None else item.dense,
                lexical=item.lexical,
            )
            for rank, item in enumerate(here, start=1)
        ]


def timely(found: Sequence[Fused], fits: Mapping[int, float]) -> list[Fused]:
    """The fused list in the order that the question's time gives it; the scores stay."""
    return sorted(found, key=lambda item: (-item.score * factor(fits[item.passage]), item.passage))


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
