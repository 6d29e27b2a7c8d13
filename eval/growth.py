"""How the figures grow while vectors are missing: python -m eval growth --data DIR --archive DIR.

Users ask before an archive is encoded to its end. On a copy of an archive with all of its vectors, those of
the last articles are forgotten, as if indexing had come so far; the same questions are asked each time.
With --stand-in, passages without a vector are searched by a static embedding distilled from the encoder.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from eval.answerable import answerable_questions
from eval.bootstrap import Interval
from eval.commands import (
    Exit,
    Json,
    as_json,
    command_line,
    counted,
    origin,
    passage_length,
    print_intervals,
    save_results,
)
from eval.copies import copy_archive, forget_vectors, temporary_folder
from eval.figures import figures
from eval.gold import Gold
from eval.judge import Row
from eval.realtimeqa import EVERYDAY, QUESTIONS
from eval.run import ArchiveSystem, run
from eval.stand_in import Embedding, StandInArchive
from index.archive import Archive
from index.errors import UsageError

SHARES = (100, 50, 25, 0)  # descending: one copy forgets more and more
SHOWN = ("MRR@10", "recall@1", "recall@5", "recall@10", "recall@20", "gold in quote", "F1, answerable",
         "F1, answerable, forced", "correct before abstaining", "latency p50 (ms)")  # fmt: skip
DEPTH = 20


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the data or the archive will not do.
    """
    options = _options(arguments[1:])
    with Archive.open(options.archive, create=False) as archive:
        gold = answerable_questions(options.data, archive, options.questions)
        counts = archive.counts()
        if any(options.shares) and (missing := counts.passages - counts.embedded):
            raise UsageError(f"{options.archive}: {missing} passages have no vector; index it to its end")
        embedding = _distilled(options.table) if options.stand_in else None
        record: Json = {
            "provenance": asdict(origin(command_line(arguments), options.data / QUESTIONS, archive)),
            "questions": len(gold),
            "passages": passage_length(archive),
            "stand-in": "static embedding distilled from the encoder" if embedding else None,
            "shares": {},
        }
        rows: list[Json] = []
        for share, measured, took_s in grown(archive, gold, sorted(options.shares, reverse=True), embedding):
            found = {item.name: item.interval for item in figures(measured, depth=DEPTH, seed=0)}
            shown: dict[str, Interval] = {name: found[name] for name in SHOWN}
            record["shares"][str(share)] = {"figures": as_json(shown), "stand_in_s": took_s}
            rows += [{"share": share, **asdict(row)} for row in measured]
            print_intervals(shown, heading=f"{share} % of the articles encoded, {len(gold)} questions")
    save_results(options.out, record, rows)
    print(f"\nsaved in {options.out}")
    return Exit.DONE


def grown(
    archive: Archive, gold: Sequence[Gold], shares: Sequence[int], embedding: Embedding | None
) -> Iterator[tuple[int, list[Row], float]]:
    """For each share (%, descending) the rows, and the seconds that the stand-in took to embed the rest."""
    with temporary_folder() as folder:
        copy_archive(archive, folder)
        for share in shares:
            with StandInArchive.open(folder, encoder=archive.encoder, create=False) as copy:
                forget_vectors(copy, share / 100)
                assert isinstance(copy, StandInArchive)
                started = time.perf_counter()
                if embedding is not None and share < 100:
                    copy.stand_in(embedding)
                took_s = round(time.perf_counter() - started, 1)
                yield share, run(ArchiveSystem(copy), counted(gold, f"{share} %"), depth=DEPTH), took_s


def _distilled(table: Path | None) -> Embedding:
    from eval.static import StaticEmbedding
    from index.onnx_encoder import OnnxEncoder

    if table is not None and table.exists():
        return StaticEmbedding.load(table)
    made = StaticEmbedding.distilled(OnnxEncoder())
    if table is not None:
        made.save(table)
    return made


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval growth", description="The figures while a part of the vectors is missing."
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    add("--archive", type=Path, required=True, metavar="DIR", help="an archive of RealTimeQA's articles with"
        " all vectors, as realtimeqa --archive keeps it; it is copied, not changed")  # fmt: skip
    add("--questions", type=int, default=EVERYDAY, metavar="N", help=f"how many (default: {EVERYDAY})")
    add("--shares", type=int, nargs="+", default=list(SHARES), metavar="P", help="percentages (default: 100"
        " 50 25 0)")  # fmt: skip
    add("--stand-in", action="store_true", help="search what has no vector by a static embedding")
    add("--table", type=Path, metavar="FILE", help="keep the static embedding there (.npy)")
    add("--out", type=Path, default=Path("eval", "results", "growth"), metavar="DIR", help="for the results")
    return parser.parse_args(list(arguments))
