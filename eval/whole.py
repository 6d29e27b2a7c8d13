"""RealTimeQA over the whole archive: every article there is, every question that can be asked.

Each question is asked of the archive of all articles. A share of them is asked once more, of a copy from
which the articles that answer any of these were taken out. A filter would not do: how rare a word is, and
whether a name is known at all, would still be told by the articles filtered out. In a copy nothing is left
of them, and as none but these questions are asked of it, no other question loses its answer with them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.archives import article_ids, record_archive
from eval.copies import take_out, temporary_copy
from eval.gold import Gold
from eval.quiz import read_articles
from eval.realtimeqa import ARTICLES, QUESTIONS, SINCE, askable, by_day, giving_articles, gold_of, is_drawn
from eval.records import Record
from eval.run import ArchiveSystem
from index.archive import Archive
from index.encoder import Encoder
from qa.answer import Answer, Evidence, Hit


@dataclass(frozen=True, slots=True)
class WholeTask:
    """All articles; the questions, by day, then those of them asked again without an answer.

    `skipped` questions need their choices. `giving` are the addresses of the articles that answer the latter.
    """

    records: tuple[Record, ...]
    gold: tuple[Gold, ...]
    skipped: int
    giving: frozenset[str]


def read_whole(
    data: Path, *, since: date = SINCE, until: date | None = None, questions: int | None = None
) -> WholeTask:
    """The task of the whole archive, with the first `questions` of the questions (None: all).

    Raises:
        UsageError: if a file of `data` is not there or not what it should be, or no question is left.
    """
    candidates, skipped = askable(data / QUESTIONS, since, until)
    chosen = sorted(candidates[:questions], key=by_day)
    records = read_articles(data / ARTICLES)
    lowered = {article: record.text.lower() for article, record in records.items()}
    drawn = [question for question in chosen if is_drawn(question)]
    giving = {article for question in drawn for article in giving_articles(question, lowered)}
    return WholeTask(
        records=tuple(records.values()),
        gold=(*map(gold_of, chosen), *(gold_of(question, withheld=True) for question in drawn)),
        skipped=skipped,
        giving=frozenset(records[article].url for article in giving),
    )


class WholeSystem:
    """The product over two archives: one with every answer, one without those of the withheld questions."""

    def __init__(self, whole: Archive, reduced: Archive) -> None:
        self._whole, self._reduced = ArchiveSystem(whole), ArchiveSystem(reduced)
        self._in_whole, self._in_reduced = article_ids(whole), article_ids(reduced)

    def articles(self, gold: Gold) -> frozenset[str]:
        """The ids of the articles in the archive that the question is put to."""
        return self._in_whole if gold.answerable else self._in_reduced

    def search(self, gold: Gold, k: int) -> Sequence[Hit]:
        """The k best hits, best first."""
        return self._of(gold).search(gold, k)

    def ask(self, gold: Gold, threshold: float | None) -> Answer:
        """The answer as the chat and the command line give it."""
        return self._of(gold).ask(gold, threshold)

    def reading(self, _gold: Gold, _candidate: Evidence, /) -> float | None:
        """None: the passages that were read are not known here."""
        return None

    def text(self, article_id: str) -> str:
        """The text of an article as it is stored."""
        return self._whole.text(article_id)  # the same in both: the copy only has fewer

    def _of(self, gold: Gold) -> ArchiveSystem:
        return self._whole if gold.answerable else self._reduced


@contextmanager
def whole_system(
    task: WholeTask, folder: Path | None, encoder: Encoder | None
) -> Iterator[tuple[Archive, WholeSystem, int]]:
    """The archive (kept in `folder`, else temporary), what answers, and how many articles were taken out."""
    with record_archive(task.records, folder, encoder=encoder) as whole, temporary_copy(whole) as reduced:
        gone = take_out(reduced, task.giving)
        yield whole, WholeSystem(whole, reduced), gone
