"""What readers say of answers, kept as gold questions: a line each in the archive's `feedback.jsonl`.

The file is read by `citewire eval FILE`. A reader who calls an answer wrong without giving the right one
leaves no gold: such a line goes to `doubts.jsonl`, for somebody who knows to complete.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from chat.turns import Turn, filters_json, questions
from index.errors import UsageError
from qa.rendering import Json

LONGEST = 500  # characters of a right answer
MOST_BYTES = 10_000_000  # of a file: a page open to others must not fill the disk
THANKS = "Noted, thank you."


def gold(turn: Turn, before: Sequence[Turn], said: Mapping[str, object], day: date) -> Json:
    """The gold line of a verdict: `said` has `verdict` ("right" or "wrong"), and `answer` or `none`.

    `answers` is missing where the reader did not give the right answer.

    Raises:
        UsageError: if the verdict is none, or the right answer too long.
    """
    verdict, shown = said.get("verdict"), turn.answer
    if verdict not in ("right", "wrong") or shown is None:
        raise UsageError("There is nothing here to judge.")
    record: Json = {"question": turn.question}
    right = " ".join(str(said.get("answer") or "").split())
    if len(right) > LONGEST:
        raise UsageError(f"Please give the right answer in at most {LONGEST} characters.")
    if verdict == "right":
        record["answers"] = [shown["answer"]] if shown["answer"] else []
    elif right or said.get("none") is True:
        record["answers"] = [right] if right else []
    if record.get("answers"):
        record["article_id"] = _article_of(record["answers"][0], shown)
    return {
        **record,
        "kind": "feedback",
        "history": questions(before),
        "asked_on": day.isoformat(),
        "verdict": verdict,
        "given": shown["answer"],
        **_filters(turn),
    }


def keep(folder: Path, record: Json) -> Path:
    """Append a line to the archive's feedback, or to its doubts if it has no `answers`; where it went.

    Raises:
        UsageError: if it cannot be written.
    """
    file = folder / ("feedback.jsonl" if "answers" in record else "doubts.jsonl")
    line = json.dumps(record, ensure_ascii=False) + "\n"
    try:
        if file.exists() and file.stat().st_size > MOST_BYTES:
            raise UsageError("The file of feedback is full; move it away to start another.")
        with file.open("a", encoding="utf-8", errors="replace") as lines:
            lines.write(line)
    except OSError as error:
        raise UsageError(f"It could not be kept ({error.strerror}).") from error
    return file


def _article_of(answer: str, shown: Json) -> str:
    """The article among the evidence that says so, "" if none does: then any article will do."""
    for piece in shown["evidence"]:
        if answer.casefold() in " ".join(piece["quote"].split()).casefold():
            return str(piece["article"]["id"])
    return ""


def _filters(turn: Turn) -> Json:
    """The filters, with the names that question files have."""
    named = filters_json(turn.filters)
    return {"source" if name == "sources" else name: value for name, value in named.items() if value}
