"""Cases of articles that agree or differ, and the archive they are asked of: see eval/README.md, Agreement.

A case is a question that several articles answer, all alike (agree) or not (differ). Its line holds ids of
articles only: the texts are those of BASIL and of RealTimeQA (2023 and later), read from the data folder.
All cases are asked of one archive, of the articles of every case and of others of RealTimeQA that appeared
before 2023, so that none of those is about the same events.
"""

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.basil_task import StoryArticle, read_events
from eval.gold import read_text
from eval.quiz import read_articles
from eval.realtimeqa import ARTICLES
from eval.records import Record
from index.errors import UsageError

CASES = Path(__file__).parent / "gold" / "agreement.jsonl"
OTHERS = 150
OTHERS_BEFORE = "2022/12"  # as the articles' days are written; a month apart from the first case

OUTLETS = {"fox": "Fox News", "hpo": "HuffPost", "nyt": "The New York Times"}


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the ids of the articles that answer it, and what they say.

    `answers` are the distinct answers, each in its spellings; one for a case that agrees. `outlets` is how
    many outlets give an answer. `part` is "tune" for what may be looked at while working, else "report".
    """

    id: str
    part: str
    differs: bool
    question: str
    asked_on: date
    articles: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]
    outlets: int


@dataclass(frozen=True, slots=True)
class Task:
    """The cases and the articles of the archive; `record.url` tells articles apart."""

    cases: tuple[Case, ...]
    records: tuple[Record, ...]


def read_task(data: Path, *, cases: Path = CASES, part: str | None = None, others: int = OTHERS) -> Task:
    """The cases, of one part or of both, and the articles of all of them, whichever part is asked.

    Raises:
        UsageError: if a file is not there or not what it should be, or lacks an article of a case.
    """
    every = read_cases(cases)
    asked = tuple(case for case in every if part in (None, case.part))
    if not asked:
        raise UsageError(f"{cases}: no case of the part {part!r}")
    wanted = {article for case in every for article in case.articles}
    events = {a.id: _of_event(a) for a in read_events(data) if a.id in wanted}
    told = wanted - events.keys()
    records = read_articles(data / ARTICLES, told | set(_other_ids(data / ARTICLES, others)))
    return Task(asked, tuple(record for _, record in sorted((events | records).items())))


def read_cases(path: Path) -> list[Case]:
    """The cases of a file of JSON lines, in its order.

    Raises:
        UsageError: if the file cannot be read or a line is no case; the line is named.
    """
    lines = enumerate(read_text(path).split("\n"), start=1)
    return [_case(line, f"{path}:{number}") for number, line in lines if line.strip()]


def _case(line: str, place: str) -> Case:
    try:
        fields: dict[str, Any] = json.loads(line)
        case = Case(
            id=fields["id"],
            part={"tune": "tune", "report": "report"}[fields["part"]],
            differs={"agree": False, "differ": True}[fields["expected"]],
            question=fields["question"],
            asked_on=date.fromisoformat(fields["asked_on"]),
            articles=tuple(fields["articles"]),
            answers=tuple(tuple(spellings) for spellings in fields["answers"]),
            outlets=int(fields["outlets"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{place}: not a case ({error!r})") from error
    if len(case.articles) < 2 or (len(case.answers) > 1) != case.differs or not all(case.answers):
        raise UsageError(f"{place}: expected two articles, and one answer if they agree, else several")
    return case


def _of_event(article: StoryArticle) -> Record:
    return Record(
        title=article.title,
        text=article.text,
        url=f"basil:{article.id.replace(' ', ':')}",
        source=OUTLETS.get(article.source, article.source),
        published=article.day.isoformat(),
        id=article.id.replace(" ", "-"),
    )


def _other_ids(path: Path, count: int) -> Sequence[str]:
    """The articles of the smallest hashes among those that appeared early: always the same ones."""
    return sorted(_early(path), key=lambda one: sha256(f"agreement {one}".encode()).hexdigest())[:count]


def _early(path: Path) -> Iterator[str]:
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["publish_date"] < OTHERS_BEFORE:
                    yield article["id"]
    except (OSError, EOFError, lzma.LZMAError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: cannot be read as articles ({error!r})") from error
