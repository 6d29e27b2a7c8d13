"""The questions of RealTimeQA that a given archive can answer."""

from collections.abc import Sequence
from pathlib import Path

from eval.gold import Gold
from eval.realtimeqa import QUESTIONS, SINCE, askable, by_day, gold_of
from index.archive import Archive
from index.errors import UsageError


def answerable_questions(data: Path, archive: Archive, number: int | None) -> Sequence[Gold]:
    """Of the first `number` questions (None: all), by day, those with an article that answers in the archive.

    Raises:
        UsageError: if a file of `data` will not do, or no question is left.
    """
    candidates, _ = askable(data / QUESTIONS, SINCE, None)
    there = {article.id for article in archive.articles()}
    chosen = [question for question in candidates[:number] if question.answer_in & there]
    if not chosen:
        raise UsageError(f"{archive.folder}: has no article that answers one of the questions")
    return [gold_of(question) for question in sorted(chosen, key=by_day)]
