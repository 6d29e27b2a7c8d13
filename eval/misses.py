"""The misses of a saved run, sorted by cause, to be read by a person: python -m eval misses RUN.

RUN is the folder of the run's results. What can be told from a row is told; whether gold itself is at fault
is only suspected, by words, and left to the reader, for whom each miss has a free line in misses.jsonl.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from eval.commands import Exit, Json
from eval.gold import Group, Holding
from eval.judge import Row, Verdict
from eval.metrics import normalise, token_f1
from index.errors import UsageError
from index.files import write_text

LIMIT = 100  # what a person reads in an afternoon
_FEWEST_LETTERS = 3  # gold answers such as "34" or "7" stand in many sentences by chance


class Cause(StrEnum):
    """Where the answer was lost, the earliest first."""

    GOLD_DOUBTFUL = "gold doubtful"
    NOT_RETRIEVED = "not retrieved"
    NOT_READ = "retrieved but not read"
    WRONG_SENTENCE = "wrong sentence"
    ABSTAINED = "abstained, with the right sentence"
    ABSTAINED_WRONG = "abstained, with a wrong sentence"
    ANSWERED = "answered though the archive does not say"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Miss:
    """A row that went wrong, and why."""

    cause: Cause
    row: Row


def main(arguments: Sequence[str]) -> int:
    """Sort, print the counts and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the folder holds no run.
    """
    options = _options(arguments[1:])
    found = misses(read_rows(options.run / "questions.jsonl"), read=options.read)
    shown = sample(found, options.limit)
    write_text(options.run / "misses.jsonl", "".join(_line(miss) for miss in shown))
    write_text(options.run / "misses.md", _markdown(found, shown))
    for cause, count in counts(found).items():
        print(f"{cause:42} {count:>6}")
    print(f"\n{len(found)} misses, {len(shown)} of them in {options.run / 'misses.md'}")
    return Exit.DONE


def misses(rows: Iterable[Row], *, read: int) -> list[Miss]:
    """The rows whose answer is not quoted, or that should have had none; `read` passages are read."""
    return [Miss(cause, row) for row in rows if (cause := cause_of(row, read=read)) is not None]


def cause_of(row: Row, *, read: int) -> Cause | None:
    """Why a row went wrong, None if it did not: a right sentence counts, however its span is cut."""
    if row.verdict is Verdict.ERROR:
        return Cause.ERROR
    if not row.gold:
        return None if row.abstained else Cause.ANSWERED
    if not row.abstained and row.correct:
        return None
    if is_doubtful(row):
        return Cause.GOLD_DOUBTFUL
    if row.abstained and row.correct:
        return Cause.ABSTAINED
    if row.rank is None:
        return Cause.NOT_RETRIEVED
    # Copies of other passages are not read but counted among the hits: near the limit this may err by a few.
    if row.rank > read:
        return Cause.NOT_READ
    return Cause.ABSTAINED_WRONG if row.abstained else Cause.WRONG_SENTENCE


def is_doubtful(row: Row) -> bool:
    """True if gold may be at fault: next to nothing, or other words for what the best candidate says."""
    short = all(len(normalise(answer)) < _FEWEST_LETTERS for answer in row.gold)
    return short or (not row.correct and token_f1(row.forced or "", row.gold) > 0)


def counts(found: Sequence[Miss]) -> dict[Cause, int]:
    """How many misses each cause has, most first."""
    return dict(Counter(miss.cause for miss in found).most_common())


def sample(found: Sequence[Miss], limit: int) -> list[Miss]:
    """`limit` of the misses, the same ones each time, by cause."""
    drawn = sorted(found, key=lambda miss: sha256(miss.row.question.encode()).digest())[:limit]
    order = list(Cause)
    return sorted(drawn, key=lambda miss: order.index(miss.cause))


def read_rows(path: Path) -> list[Row]:
    """The rows of a run.

    Raises:
        UsageError: if the file cannot be read, or a line is no row of this version.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_row(json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"{path}: not the questions of a run of this version ({error}); run `python -m eval` again"
        ) from error


def _row(record: Mapping[str, object]) -> Row:
    values = {field.name: record[field.name] for field in fields(Row) if field.name in record}
    gold = tuple(str(answer) for answer in record["gold"])  # type: ignore[attr-defined]
    made = {"gold": gold, "verdict": Verdict(str(record["verdict"])), "holding": _holding(record)}
    return Row(**{**values, **made})  # type: ignore[arg-type]


def _holding(record: Mapping[str, object]) -> Holding | None:
    found: Json | None = record.get("holding")  # type: ignore[assignment]
    return Holding(Group(found["group"]), tuple(found["answers"]), tuple(found["other"])) if found else None


def _line(miss: Miss) -> str:
    row = miss.row
    record: Json = {
        "cause": miss.cause,
        "question": row.question,
        "gold": row.gold,
        "best": row.forced,
        "sentence": row.forced_quote,
        "confidence": row.confidence,
        "rank": row.rank,
        "found": row.found,
        "reason": row.reason,
        "note": "",
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _markdown(found: Sequence[Miss], shown: Sequence[Miss]) -> str:
    parts = ["# Misses by cause", *(f"- {cause}: {count}" for cause, count in counts(found).items()), ""]
    last = None
    for miss in shown:
        if miss.cause is not last:
            parts += [f"## {miss.cause}", ""]
            last = miss.cause
        row = miss.row
        parts += [
            f"**{_flat(row.question)}**  ",
            f"gold: {_flat(' / '.join(row.gold) or 'none')}  ",
            f"best: {_flat(row.forced)} ({row.confidence:.2f}) in: {_flat(row.forced_quote)}  ",
            f"hit {row.rank or '–'}: {_flat(row.found)}",
            "",
        ]
    return "\n".join(parts) + "\n"


def _flat(text: str | None) -> str:
    """One line of text that Markdown shows as it is."""
    return " ".join((text or "–").split()).replace("*", r"\*").replace("<", "&lt;")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    from qa.reranking import READ_PASSAGES

    parser = argparse.ArgumentParser(
        prog="citewire eval misses", description="What a saved run missed, sorted by cause, to be read."
    )
    add = parser.add_argument
    add("run", type=Path, metavar="RUN", help="folder with the results of a run")
    add("--limit", type=int, default=LIMIT, metavar="N", help=f"misses to list (default: {LIMIT})")
    add("--read", type=int, default=READ_PASSAGES, metavar="N", help="passages that were read for an answer"
        f" (default: {READ_PASSAGES})")  # fmt: skip
    return parser.parse_args(list(arguments))
