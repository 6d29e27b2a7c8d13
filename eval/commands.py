"""What the eval's commands have in common: their origin, their figures printed, their results saved."""

import json
import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeVar

from eval.archives import content_hash
from eval.bootstrap import Interval
from eval.provenance import Machine, Provenance, commit, file_sha256, now, packages
from index.archive import Archive
from index.catalogue import Counts
from index.errors import ArchiveError, UsageError
from index.files import write_text

Item = TypeVar("Item")
Json = dict[str, Any]


class Exit(IntEnum):
    """Exit statuses."""

    DONE = 0
    ERRORS = 1  # some questions raised; all results are there
    USAGE = 2
    BROKEN_ARCHIVE = 3


def guarded(measure: Callable[[], int]) -> int:
    """What a command returns; 2 and 3, with one line on standard error, for bad usage and broken archives."""
    try:
        return measure()
    except (UsageError, OSError) as error:
        return _fail(error, Exit.USAGE)
    except ArchiveError as error:
        return _fail(error, Exit.BROKEN_ARCHIVE)


def command_line(arguments: Sequence[str]) -> str:
    """The command as it is typed."""
    return shlex.join(["python", "-m", "eval", *arguments])


def origin(command: str, gold: Path, archive: Archive) -> Provenance:
    """Where a result over an archive comes from; `gold` is the file of the questions."""
    manifest = archive.manifest
    return origin_of(
        command,
        gold,
        encoder=manifest.settings.encoder,
        checksum=manifest.checksum,
        contents=content_hash(archive),
        counts=archive.counts(),
    )


def origin_of(
    command: str, gold: Path, *, encoder: str, checksum: str | None, contents: str, counts: Counts
) -> Provenance:
    """Where a result comes from; `contents` is a hash of the articles it is over."""
    revision, dirty = commit()
    return Provenance(
        command=command,
        commit=revision,
        dirty=dirty,
        date=now(),
        machine=Machine.here(),
        packages=packages(),
        encoder=encoder,
        encoder_checksum=checksum,
        gold=gold.name,
        gold_sha256=file_sha256(gold),
        archive_sha256=contents,
        articles=counts.articles,
        passages=counts.passages,
        embedded=counts.embedded,
    )


def passage_length(archive: Archive) -> str:
    """How long the archive's passages are, in words for a report."""
    settings = archive.settings
    row = archive.database.connection.execute("SELECT avg(stop - start) FROM passage").fetchone()
    overlap = (
        f"{settings.overlap_sentences} sentences repeated" if settings.overlap_sentences else "no overlap"
    )
    return f"at most {settings.passage_tokens} tokens, {row[0] or 0:.0f} characters on average, {overlap}"


def counted(items: Sequence[Item], what: str = "asking", unit: str = "question") -> Iterable[Item]:
    """The items, with a progress bar where there is a terminal."""
    from tqdm import tqdm

    bar: Iterable[Item] = tqdm(items, desc=what, unit=unit, disable=None)
    return bar


def save_results(
    folder: Path, record: Mapping[str, object], rows: Iterable[object], *, each: str = "questions.jsonl"
) -> None:
    """Write results.json and, a line each, the rows (dataclasses or dicts), into the file `each`."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = (row if isinstance(row, dict) else asdict(row) for row in rows)  # type: ignore[call-overload]
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in plain)
    write_text(folder / each, "".join(lines))
    write_text(folder / "results.json", json.dumps(record, indent=2, ensure_ascii=False) + "\n")


def as_json(intervals: Mapping[str, Interval]) -> dict[str, dict[str, float | None]]:
    """Figures as results.json has them; what is not defined is null."""
    return {
        name: {key: None if value != value else round(value, 6) for key, value in asdict(figure).items()}
        for name, figure in intervals.items()
    }


def print_intervals(intervals: Mapping[str, Interval], *, heading: str = "", digits: int = 3) -> None:
    """A figure a line, with its interval."""
    if heading:
        print(f"\n{heading}")
    width = max([36, *map(len, intervals)])
    for name, figure in intervals.items():
        value, low, high = (f"{number:.{digits}f}" for number in (figure.value, figure.low, figure.high))
        print(f"{name:{width}} {value:>8}  {low:>8} to {high}")


def _fail(error: Exception, status: Exit) -> int:
    print(f"citewire eval: {error}", file=sys.stderr)
    return status
