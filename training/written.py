"""Questions on news that were written for this project, with the words that answer them marked.

`questions/news.jsonl` has eight for each article: three as people type them, two asked in other words, and
three that look as if the article answered them, which it does not. The articles are not part of it; they are
read from the data folder, and each marked place is checked against their text.
"""

import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from eval.gold import read_text
from eval.quiz import read_articles
from eval.realtimeqa import ARTICLES
from eval.records import Record
from index.article import Span
from index.errors import UsageError

QUESTIONS = Path(__file__).parent / "questions" / "news.jsonl"
YES_NO = QUESTIONS.with_name("yes_no.jsonl")
CONVERSATIONS = QUESTIONS.with_name("conversations.jsonl")
ALLSIDES = Path("corpus", "allsides_articles.jsonl.xz")

IN_CONTEXT = "context"
"""The kind of a question that stands as typed in a conversation, with the turns before it."""

Part = Literal["reader", "choice"]

READ_SHARE = 0.7
"""Share of the articles that the reader learns from.

On the others it is measured, and the choice of sentence is fitted.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A question on an article: the places of its answers, () if the article does not say.

    Places are characters of the article's text. `near` is the sentence that comes nearest to an answer where
    there is none, else None. `kind` is "plain", "reworded" or "near", or what a question of yes or no is
    answered with (training/README.md).
    """

    text: str
    kind: str
    answers: tuple[Span, ...]
    near: Span | None


@dataclass(frozen=True, slots=True)
class WrittenOn:
    """An article with the questions on it."""

    record: Record
    questions: tuple[Written, ...]

    @property
    def part(self) -> Part:
        """What is learnt from it."""
        return part_of(self.record.id)


def part_of(article: str) -> Part:
    """What is learnt from an article, by a hash of its id: always the same."""
    drawn = int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) / 16**8
    return "reader" if drawn < READ_SHARE else "choice"


def learnt_from(*files: Path) -> frozenset[str]:
    """Ids of the articles in some files that the reader learns from, by default in both of this project.

    Raises:
        UsageError: if a file cannot be read.
    """
    lines = [line for file in files or (QUESTIONS, CONVERSATIONS) for line in read_text(file).splitlines()]
    articles = {str(json.loads(line)["article"]) for line in lines}
    return frozenset(article for article in articles if part_of(article) == "reader")


def read_written(data: Path, questions: Path = QUESTIONS) -> list[WrittenOn]:
    """All articles with questions, in the order of the file; the lines of an article stand together there.

    Raises:
        UsageError: if a file cannot be read, an article is not in `data`, or an answer not at its place.
    """
    lines = [json.loads(line) for line in read_text(questions).splitlines()]
    articles = read_records(data, {str(line["article"]) for line in lines})
    grouped = groupby(lines, key=lambda line: str(line["article"]))
    return [
        WrittenOn(articles[name], tuple(_question(line, articles[name].text) for line in group))
        for name, group in grouped
    ]


def read_records(data: Path, wanted: set[str]) -> Mapping[str, Record]:
    """The articles of these ids, of RealTimeQA and AllSides.

    Raises:
        UsageError: if a file cannot be read, or an article is not in `data`.
    """
    quizzed = {name for name in wanted if name.startswith("rtqa-")}
    found = read_articles(data / ARTICLES, quizzed) | dict(_allsides(data / ALLSIDES, wanted - quizzed))
    if missing := wanted - found.keys():
        raise UsageError(f"{data}: lacks {len(missing)} articles with questions, {min(missing)!r} for one")
    return found


def _allsides(path: Path, wanted: set[str]) -> Iterator[tuple[str, Record]]:
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                told = json.loads(line)
                name = f"allsides-{told['id']}"
                if name in wanted:
                    yield (
                        name,
                        Record(told["title"], told["text"], told["url"], told["source"], told["date"], name),
                    )
    except (OSError, EOFError, lzma.LZMAError, ValueError, KeyError) as error:
        raise UsageError(f"{path}: cannot be read as articles ({error!r})") from error


def _question(line: Mapping[str, Any], text: str) -> Written:
    return Written(line["question"], line["kind"], *answers_of(line, text))


def answers_of(line: Mapping[str, Any], text: str) -> tuple[tuple[Span, ...], Span | None]:
    """The places that answer, and the one that comes nearest where there is none, as a line tells them.

    Raises:
        UsageError: if an answer does not stand at its place.
    """
    answers = tuple(Span(start, start + len(words)) for start, words in line["answers"])
    for span, (_, words) in zip(answers, line["answers"], strict=True):
        if text[span.start : span.end] != words:
            raise UsageError(f"{line['article']}: {words!r} is not at character {span.start}")
    return answers, Span(*line["near"]) if line["near"] else None
