"""Put every gold question to an archive: its hits, its answer, and a row that says how it went."""

from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import Protocol

from eval.gold import Gold
from eval.judge import Reply, Row, failed, judge
from index.archive import Archive
from qa.answer import Answer, Evidence, Hit

# No gold question, so that nothing about one is cached before it is timed.
WARM_UP = "Who announced the decision, and when?"


class System(Protocol):
    """What is measured; an archive in earnest, a fake in tests. It must not look at gold's answers."""

    def search(self, gold: Gold, k: int) -> Sequence[Hit]:
        """The k best hits, best first."""

    def ask(self, gold: Gold, threshold: float | None) -> Answer:
        """The answer; None is the system's own threshold for abstaining, 0.0 answers if anything is found."""

    def reading(self, gold: Gold, candidate: Evidence, /) -> float | None:
        """The reader's own score of the candidate, larger is surer; None if the system does not tell."""

    def text(self, article_id: str) -> str:
        """The text of an article as it is stored."""


class ArchiveSystem:
    """The product itself: the retriever and `ask` over an archive."""

    def __init__(self, archive: Archive) -> None:
        from qa import Retriever, ask

        self._archive = archive
        self._retriever = Retriever(archive)
        self._ask = ask

    def search(self, gold: Gold, k: int) -> Sequence[Hit]:
        """The k best hits, best first."""
        return self._retriever.search(gold.question, k=k, asked_on=gold.asked_on)

    def ask(self, gold: Gold, threshold: float | None) -> Answer:
        """The answer as the chat and the command line give it."""
        return self._ask(self._archive, gold.question, threshold=threshold, asked_on=gold.asked_on)

    def reading(self, _gold: Gold, _candidate: Evidence, /) -> float | None:
        """None: the passages that were read are not known here."""
        return None

    def text(self, article_id: str) -> str:
        """The text of an article as it is stored."""
        return self._archive.article(article_id).text


def run(system: System, gold: Iterable[Gold], *, depth: int, threshold: float | None = None) -> list[Row]:
    """One row a question, in the order given; one that raises keeps its error, and the run goes on.

    `threshold` is how sure an answer must be to be given, None for the system's own.
    """
    return [_row(system, question, depth, threshold) for question in gold]


def warm_up(system: System, article_id: str = "") -> float:
    """Ask once, not counted, so that no question pays for loading models; the milliseconds it took.

    `article_id` is for a system that reads the article it is told to. An error is left for the rows to
    report: NaN.
    """
    start = perf_counter()
    try:
        system.ask(Gold(WARM_UP, (), article_id), None)
    except Exception:  # noqa: BLE001
        return float("nan")
    return (perf_counter() - start) * 1000


def count_broken_quotes(system: System, answer: Answer) -> int:
    """Pieces of evidence whose answer or quote is not, character for character, in the stored article."""
    return sum(not _is_verbatim(system.text(item.article.id), item) for item in answer.evidence)


def _row(system: System, gold: Gold, depth: int, threshold: float | None) -> Row:
    try:
        return judge(gold, _reply(system, gold, depth, threshold))
    except Exception as error:  # noqa: BLE001  whatever went wrong belongs to this question, not to the run
        return failed(gold, error)


def _reply(system: System, gold: Gold, depth: int, threshold: float | None) -> Reply:
    start = perf_counter()
    answer = system.ask(gold, threshold)
    took_ms = (perf_counter() - start) * 1000
    # Only now: a search for the same question before it would warm caches for the time measured.
    hits = system.search(gold, depth)
    candidate = _withheld(system, gold) if answer.abstained else answer.evidence[0]
    reading = system.reading(gold, candidate) if candidate else None
    return Reply(hits, answer, candidate, took_ms, count_broken_quotes(system, answer), reading)


def _withheld(system: System, gold: Gold) -> Evidence | None:
    """The candidate behind an abstention, None if nothing at all was found."""
    answer = system.ask(gold, 0.0)
    return next(iter(answer.evidence), answer.near_miss)


def _is_verbatim(text: str, item: Evidence) -> bool:
    span, sentence = item.span, item.sentence
    nested = 0 <= sentence.start <= span.start < span.end <= sentence.end <= len(text)
    return nested and span.of(text) == item.answer and sentence.of(text) == item.quote
