"""Question files: one JSON object a line, of which asking needs `question` (eval/README.md, Gold)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.errors import UsageError
from index.filters import EVERYTHING, Filters
from qa.asking import read_day, read_filters


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a file, with the questions asked before it, the day of asking and which articles count.

    `asked_on` is None where the line does not tell.
    """

    question: str
    history: tuple[str, ...] = ()
    asked_on: date | None = None
    filters: Filters = EVERYTHING


def read_questions(path: Path) -> Iterator[AskedQuestion]:
    """The questions of a file in its order; blank lines are skipped.

    Raises:
        UsageError: if the file cannot be read, or a line is not a question; the line is named.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _question(line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as a question file ({error})") from error


def _question(line: str, place: str) -> AskedQuestion:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place}: not JSON ({error})") from error
    question = fields.get("question") if isinstance(fields, dict) else None
    history = fields.get("history", []) if isinstance(fields, dict) else []
    if not isinstance(question, str) or not isinstance(history, list):
        raise UsageError(f'{place}: expected {{"question": "...", ...}} with text in it')
    return AskedQuestion(
        question,
        tuple(map(str, history)),
        read_day(_text(fields, "asked_on", place), f"{place}: asked_on"),
        read_filters(
            _sources(fields, place),
            _text(fields, "after", place),
            _text(fields, "before", place),
            prefix=f"{place}: ",
        ),
    )


def _text(fields: Mapping[str, object], key: str, place: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{place}: {key}: expected text, found {value!r}")
    return value or None


def _sources(fields: Mapping[str, object], place: str) -> list[str]:
    """One outlet, or a list of them; none if the line names none."""
    value = fields.get("source")
    named = value if isinstance(value, list) else [] if value is None else [value]
    sources = [source for source in named if isinstance(source, str)]
    if len(sources) < len(named):
        raise UsageError(f"{place}: source: expected an outlet or a list of them, found {value!r}")
    return sources
