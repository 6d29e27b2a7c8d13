"""Conversations measured: python -m eval conversations [--data DIR].

Each follow-up is asked after the questions before it, as the command line asks them, and beside that as a
person wrote it in full, which bounds what reading it better could gain, and as typed with nothing before it.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from eval.archives import SEEDS, content_hash, index_into, record_archive
from eval.commands import Exit, Json, command_line, counted, save_results
from eval.conversations_figures import Asked, Figure, TurnRow, figures, judged
from eval.conversations_task import (
    CONVERSATIONS,
    NEAREST,
    NEAREST_EARLIER,
    GoldTurn,
    Part,
    Place,
    articles_near,
    earlier_records,
    read_turns,
)
from eval.copies import temporary_folder
from eval.provenance import Machine, commit, file_sha256, now, packages
from eval.realtimeqa import read_task
from index.archive import Archive
from qa.answering import ask


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the file, the data or the archives' folder will not do.
    """
    options = _options(arguments[1:])
    turns = [turn for turn in read_turns(options.file) if options.part in (None, turn.part)]
    rows, archives = _asked_of_all(turns, options.data, options.archive)
    found = figures(rows, seed=options.seed)
    revision, dirty = commit()
    record = {
        "command": command_line(arguments),
        "commit": revision,
        "dirty": dirty,
        "date": now(),
        "machine": asdict(Machine.here()),
        "packages": packages(),
        "gold": options.file.name,
        "gold_sha256": file_sha256(options.file),
        "archives": archives,
        "bootstrap_seed": options.seed,
        "figures": {figure.name: {**asdict(figure.interval), "over": figure.over} for figure in found},
    }
    save_results(options.out, record, rows)
    _print(found)
    print(f"\nsaved in {options.out}")
    return Exit.DONE


def _asked_of_all(
    turns: Sequence[GoldTurn], data: Path | None, folder: Path | None
) -> tuple[list[TurnRow], Json]:
    """The rows of all turns, and what each archive held; without `data` those on news are left out."""
    rows: list[TurnRow] = []
    archives: Json = {}
    for place in Place:
        asked = [turn for turn in turns if turn.place is place]
        if not asked:
            continue
        if place is not Place.SEEDS and data is None:
            print(f"{len(asked)} turns on news are left out: they need --data DIR", file=sys.stderr)
            continue
        with _archive(place, asked, data, folder / place if folder else None) as archive:
            rows += ask_all(archive, asked)
            archives[place] = {"sha256": content_hash(archive), **asdict(archive.counts())}
    return rows, archives


@contextmanager
def _archive(
    place: Place, turns: Sequence[GoldTurn], data: Path | None, folder: Path | None
) -> Iterator[Archive]:
    if place is Place.SEEDS:
        with temporary_folder() as scratch, Archive.open(folder or scratch) as archive:
            index_into(archive, SEEDS)
            yield archive
        return
    assert data is not None
    # All turns on it decide what is in an archive, so that it is the same whichever part is asked.
    every = [turn for turn in read_turns() if turn.place is place] or turns
    records = read_task(data).records if place is Place.NEWS else earlier_records(data, every)
    nearest = NEAREST_EARLIER if place is Place.EARLIER else NEAREST
    with record_archive(articles_near(every, records, nearest), folder) as archive:
        yield archive


def ask_all(archive: Archive, turns: Sequence[GoldTurn]) -> list[TurnRow]:
    """Every turn in each way that it is asked."""
    rows = []
    for turn in counted(turns, unit="turn"):
        gold = turn.gold
        rows.append(judged(turn, Asked.AFTER, ask(archive, gold.question, history=gold.history)))
        if turn.follows:
            rows.append(judged(turn, Asked.IN_FULL, ask(archive, turn.rewritten)))
            rows.append(judged(turn, Asked.ALONE, ask(archive, gold.question)))
    return rows


def _print(found: Sequence[Figure]) -> None:
    for figure in found:
        value = figure.interval
        print(f"{figure.name:52} {value.value:6.1%}  ({value.low:.1%} to {value.high:.1%})  {figure.over:>4}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval conversations",
        description="Ask gold conversations turn by turn; report how many follow-ups are answered right.",
    )
    add = parser.add_argument
    add("file", nargs="?", type=Path, default=CONVERSATIONS, help="turns; default: those that come with it")
    add("--data", type=Path, metavar="DIR", help="the folder with eval/ and corpus/ in it, for those on news")
    add("--archive", type=Path, metavar="DIR", help="where to keep the archives for the next run")
    add("--part", type=Part, choices=list(Part), help="only those that may be tuned on, or only the others")
    add("--out", type=Path, metavar="DIR", default=Path("eval") / "results" / "conversations")
    add("--seed", type=int, default=0, help="seed of the bootstrap (default: 0)")
    return parser.parse_args(arguments)
