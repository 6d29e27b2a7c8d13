"""The questions and articles of RealTimeQA (https://realtimeqa.github.io) as its files have them."""

import json
import lzma
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.gold import read_text
from eval.records import Record
from index.errors import UsageError

# Quizzes offer choices, which the archive does not see. Skipped is what only they make a question of:
# "Which of these ...", gaps to fill in, exceptions, negations in the sentence that asks, true or false.
_NEEDS_CHOICES = re.compile(
    r"\bof (?:these|those|the following)\b|_{2,}|\bexcept:?$|\btrue or false\b|\bnot\b(?=[^.!?]*[.!?:]?$)",
    re.I,
)
_QUOTATION_MARKS = "\"“”'‘’ \t\n"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the data set has it, with the articles retrieved for it and those with the answer."""

    id: str
    asked_on: date
    text: str
    answers: tuple[str, ...]
    retrieved: tuple[str, ...]
    answer_in: frozenset[str]

    @property
    def needs_choices(self) -> bool:
        """True if it makes no sense without the choices of the quiz, or not even with them."""
        true_or_false = {answer.lower() for answer in self.answers} <= {"true", "false"}
        return not self.text or true_or_false or _NEEDS_CHOICES.search(self.text) is not None


def read_questions(path: Path) -> list[Question]:
    """All questions of a file of JSON lines, in its order.

    Raises:
        UsageError: if the file cannot be read or a line is not a question; the line is named.
    """
    lines = enumerate(read_text(path).split("\n"), start=1)
    return [_question(line, f"{path}:{number}") for number, line in lines if line.strip()]


def _question(line: str, place: str) -> Question:
    try:
        record = json.loads(line)
        return Question(
            id=str(record["question_id"]),
            asked_on=date.fromisoformat(record["question_date"].replace("/", "-")),
            text=record["question_sentence"].strip(),
            answers=tuple(
                bare for answer in record["answer_text"] if (bare := answer.strip(_QUOTATION_MARKS))
            ),
            retrieved=tuple(record["retrieved"]),
            answer_in=frozenset(record["answer_in"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{place}: not a question of RealTimeQA ({error!r})") from error


def read_articles(path: Path, wanted: set[str] | None = None) -> dict[str, Record]:
    """The wanted articles (None: all) by id, out of a file of JSON lines packed with xz.

    Raises:
        UsageError: if the file cannot be read, or lacks one of them.
    """
    try:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            lines = (json.loads(line) for line in file)
            found = {line["id"]: _record(line) for line in lines if wanted is None or line["id"] in wanted}
    except (OSError, EOFError, lzma.LZMAError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: cannot be read as the articles of RealTimeQA ({error!r})") from error
    if missing := (wanted or set()) - found.keys():
        raise UsageError(f"{path}: lacks {len(missing)} of the articles retrieved, {min(missing)!r} for one")
    return found


def _record(line: Mapping[str, str]) -> Record:
    return Record(line["title"], line["text"], line["url"], published=line["publish_date"], id=line["id"])
