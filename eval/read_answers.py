"""Where the articles say the answers to RealTimeQA's questions, as found by reading.

Gold's words in an article do not make it answer, and an article may answer in other words. So a question is
put into a group by the places that were read (`gold/realtimeqa_read.jsonl`, eval/README.md): those that state
the answer, and those from which it only follows.
"""

import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from eval.gold import Gold, Group, Holding, read_text
from index.article import Span
from index.errors import UsageError

READ = Path(__file__).parent / "gold" / "realtimeqa_read.jsonl"
Key = tuple[str, date | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of an article's text, by the article's id."""

    article_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What was read for one question: places that state its answer, places that hint at it, other words.

    `silent` are the other places that were read, where the file tells.
    `asked_on` is None unless the data set gives the same id to two questions.
    """

    question_id: str
    says: tuple[Place, ...]
    hints: tuple[Place, ...]
    other: tuple[str, ...]
    asked_on: date | None = None
    silent: tuple[Place, ...] = ()

    def group(self, articles: Set[str]) -> Group:
        """The group of the question in an archive of these articles."""
        if any(place.article_id in articles for place in self.says):
            return Group.STATED
        hinted = any(place.article_id in articles for place in self.hints)
        return Group.HINTED if hinted else Group.ABSENT


def with_holdings(
    gold: Sequence[Gold], articles: Callable[[Gold], Set[str]], *, path: Path = READ
) -> tuple[Gold, ...]:
    """The questions, those that were read with what the archive they are put to holds.

    `articles` gives the ids of the articles in that archive.

    Raises:
        UsageError: if the file cannot be read, or a line is no question that was read; the line is named.
    """
    read = read_answers(path)
    return tuple(_with_holding(item, read, articles) for item in gold)


def read_answers(path: Path = READ) -> dict[Key, ReadAnswer]:
    """What was read, by the question's id and, where that does not tell, its day.

    Raises:
        UsageError: if the file cannot be read, or a line is no question that was read; the line is named.
    """
    lines = enumerate(read_text(path).split("\n"), start=1)
    found = [_read_answer(line, f"{path}:{number}") for number, line in lines if line.strip()]
    return {(answer.question_id, answer.asked_on): answer for answer in found}


def _with_holding(gold: Gold, read: Mapping[Key, ReadAnswer], articles: Callable[[Gold], Set[str]]) -> Gold:
    answer = read.get((gold.id, gold.asked_on)) or read.get((gold.id, None))
    if answer is None:
        return gold
    holding = Holding(answer.group(articles(gold)), gold.answers or gold.withheld, answer.other)
    return replace(gold, holding=holding)


def _read_answer(line: str, place: str) -> ReadAnswer:
    try:
        record = json.loads(line)
        day = record.get("question_date")
        return ReadAnswer(
            question_id=record["question_id"],
            says=tuple(_place(*item) for item in record["says"]),
            hints=tuple(_place(*item) for item in record["hints"]),
            other=tuple(word for word in record["other"] if word.strip()),
            asked_on=date.fromisoformat(day) if day else None,
            silent=tuple(_place(*item) for item in record.get("silent", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{place}: not a question that was read ({error!r})") from error


def _place(article_id: str, start: int, end: int) -> Place:
    if not 0 <= start < end:
        raise ValueError(f"no characters from {start} to {end}")
    return Place(article_id, Span(start, end))
