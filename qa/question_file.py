"""Question files: one JSON object a line, of which asking needs `question` (eval/README.md, Gold)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import UsageError


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a file, with the questions asked before it."""

    question: str
    history: tuple[str, ...] = ()


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
    return AskedQuestion(question, tuple(map(str, history)))
