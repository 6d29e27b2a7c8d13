"""Gold: questions with their acceptable answers, read from question files (eval/README.md) or SQuAD JSON.

The format is told by the content, gzip or not. Messages of bad files name file and line.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path

from index.errors import UsageError


class Group(StrEnum):
    """What the archive asked holds of a question's answer, as found by reading."""

    STATED = "stated"  # a passage says it
    HINTED = "hinted"  # it only follows, by inference, by calculation, from a plan
    ABSENT = "absent"  # neither, in all that was read


@dataclass(frozen=True, slots=True)
class Holding:
    """The group of a question, and what a passage says that states its answer.

    `answers` are gold's, also where gold says that there is none; `other` are words of the passages read that
    answer as rightly.
    """

    group: Group
    answers: tuple[str, ...]
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """A question, the answers that are right (none: unanswerable) and the article they stand in.

    `article_id` is "" where any article will do. `kind` groups questions in the report. `history` holds
    the questions asked before, `asked_on` the day of asking. `id` is the data set's, "" if it gives none;
    `withheld` are the answers that were taken out of the archive; `holding` is None if nobody has read.
    """

    question: str
    answers: tuple[str, ...]
    article_id: str = ""
    kind: str = ""
    history: tuple[str, ...] = ()
    asked_on: date | None = None
    id: str = ""
    withheld: tuple[str, ...] = ()
    holding: Holding | None = None

    @property
    def answerable(self) -> bool:
        """True if the archive is said to hold an answer."""
        return bool(self.answers)


def read_bytes(path: Path) -> bytes:
    """The content of a gold file, unpacked if it is gzip.

    Raises:
        UsageError: if the file cannot be read.
    """
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except (OSError, EOFError) as error:
        raise UsageError(f"{path}: cannot be read as a gold file ({error})") from error


def read_text(path: Path) -> str:
    """The text of a gold file, which is UTF-8, with or without a byte order mark.

    Raises:
        UsageError: if the file cannot be read, or is not UTF-8; then the line is named.
    """
    content = read_bytes(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: not UTF-8 ({error.reason}); save the file as UTF-8") from error


def read_questions(text: str, path: Path, *, limit: int | None = None) -> list[Gold]:
    """The first `limit` questions (None: all) of a question file; blank lines are skipped.

    Raises:
        UsageError: if a line is not a question, or if there is none at all.
    """
    lines = ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    gold = [_gold(line, f"{path}:{number}") for number, line in islice(lines, limit)]
    if not gold:
        raise UsageError(
            f'{path}:1: no questions; expected {{"question": ..., "answers": [...]}} on each line'
        )
    return gold


def _gold(line: str, place: str) -> Gold:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{place}: not JSON ({error})") from error
    if not isinstance(record, dict):
        raise UsageError(f"{place}: expected a JSON object with question and answers, found {line[:40]!r}")
    if "answers" not in record:
        raise UsageError(f"{place}: no answers; give a list of strings, empty if the question has no answer")
    return Gold(
        question=_text(record, "question", place, required=True),
        answers=_texts(record, "answers", place),
        article_id=_text(record, "article_id", place),
        kind=_text(record, "kind", place),
        history=_texts(record, "history", place),
        asked_on=_day(record, "asked_on", place),
    )


def _text(record: Mapping[str, object], key: str, place: str, *, required: bool = False) -> str:
    value = record.get(key)
    value = "" if value is None else value
    if not isinstance(value, str) or (required and not value.strip()):
        raise UsageError(f"{place}: {key} must be a string with text in it, found {value!r}")
    return value


def _texts(record: Mapping[str, object], key: str, place: str) -> tuple[str, ...]:
    value = record.get(key)
    value = [] if value is None and key != "answers" else value
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise UsageError(f"{place}: {key} must be a list of non-empty strings, found {value!r}")
    return tuple(value)


def _day(record: Mapping[str, object], key: str, place: str) -> date | None:
    text = _text(record, key, place)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{place}: {key} must be a date such as 2021-12-01, found {text!r}") from error
