"""How long an answer takes, stage by stage: python -m eval latency --archive DIR [--data DIR | QUESTIONS].

Warm: models and indexes are loaded by one question that is not counted. Every question is new: nothing of
it, and of its sentences only what an earlier question met, is in memory. Stages add up to the whole.
"""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

from eval.bootstrap import Interval, bootstrap, resamples
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
from eval.gold import Gold, read_questions, read_text
from eval.metrics import Floats
from eval.realtimeqa import EVERYDAY, QUESTIONS, SINCE, askable, gold_of
from eval.run import WARM_UP, ArchiveSystem
from eval.stopwatch import Stopwatch, timed
from index.archive import Archive
from index.errors import UsageError

SEARCH, READING, ENCODING, REST = "search", "reading", "encoding", "everything else"
WHOLE = "whole question"


@dataclass(frozen=True, slots=True)
class Line:
    """One question's milliseconds, the whole and by stage."""

    question: str
    took_ms: float
    stages: dict[str, float]
    abstained: bool


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the questions or the archive will not do.
    """
    options = _options(arguments[1:])
    path, gold = questions(options)
    with Archive.open(options.archive, create=False) as archive:
        lines = list(measured(archive, gold))
        figures = figures_of(lines)
        record: Json = {
            "provenance": asdict(origin(command_line(arguments), path, archive)),
            "questions": len(lines),
            "passages": passage_length(archive),
            "threads": threads(),
            "figures": as_json(figures),
        }
    save_results(options.out, record, lines)
    counts = record["provenance"]
    print(f"{counts['articles']} articles, {counts['passages']} passages, {counts['embedded']} with vectors")
    print("; ".join(f"{what}: {number}" for what, number in record["threads"].items()))
    print_intervals(figures, heading=f"milliseconds, {len(lines)} questions", digits=1)
    print(f"\nsaved in {options.out}")
    return Exit.DONE


def questions(options: argparse.Namespace) -> tuple[Path, list[Gold]]:
    """The file of the questions and the questions.

    Raises:
        UsageError: if neither a file nor the data folder is given.
    """
    if options.questions is not None:
        return options.questions, read_questions(read_text(options.questions), options.questions)
    if options.data is None:
        raise UsageError("latency: give a question file, or --data DIR for those of RealTimeQA")
    path = options.data / QUESTIONS
    candidates, _ = askable(path, SINCE, None)
    return path, [gold_of(question) for question in candidates[: options.number]]


def measured(archive: Archive, gold: Sequence[Gold]) -> Iterator[Line]:
    """Every question asked once, in the order given, after one that is not counted."""
    from qa.models import load_reader
    from qa.retriever import Retriever

    system = ArchiveSystem(archive)
    system.ask(Gold(WARM_UP, (), asked_on=date.today()), None)
    reader, encoder = type(load_reader()), type(archive.encoder)
    stages = [
        (Retriever, "search", SEARCH),
        (reader, "read_pairs", READING),
        (encoder, "encode_sentences", ENCODING),
        (encoder, "encode_questions", ENCODING),
    ]
    watch = Stopwatch()
    with timed(watch, stages):
        for item in counted(gold):
            watch.take()
            started = time.perf_counter()
            answer = system.ask(item, None)
            took = (time.perf_counter() - started) * 1000
            spent = watch.take()
            spent[REST] = took - sum(spent.values())
            yield Line(
                item.question, round(took, 3), {k: round(v, 3) for k, v in spent.items()}, answer.abstained
            )


def figures_of(lines: Sequence[Line], *, seed: int = 0) -> dict[str, Interval]:
    """50th and 95th percentile of the whole and of each stage, and each stage's mean."""
    names = (WHOLE, SEARCH, READING, ENCODING, REST)
    table = np.array(
        [[line.took_ms, *(line.stages.get(name, 0.0) for name in names[1:])] for line in lines], np.float64
    )
    figures: dict[str, Interval] = {}
    for column, name in enumerate(names):
        samples = (table[rows, column] for rows in resamples(len(table), seed))
        p50, p95, mean = bootstrap([_p50, _p95, _mean], table[:, column], samples)
        figures |= {f"{name}, p50": p50, f"{name}, p95": p95, f"{name}, mean": mean}
    return figures


def threads() -> dict[str, int | str]:
    """What says how many threads work on a question."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return {
        "cores of the machine": os.cpu_count() or 1,
        "cores allowed": allowed,
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "not set"),
        "batches encoded or read side by side": os.cpu_count() or 1,
    }


def _p50(values: Floats) -> float:
    return float(np.percentile(values, 50))


def _p95(values: Floats) -> float:
    return float(np.percentile(values, 95))


def _mean(values: Floats) -> float:
    return float(values.mean())


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval latency", description="How long a warm question takes, stage by stage."
    )
    add = parser.add_argument
    add("questions", nargs="?", type=Path, metavar="QUESTIONS", help="a question file")
    add("--archive", type=Path, required=True, metavar="DIR", help="the archive to ask")
    add("--data", type=Path, metavar="DIR", help="the folder with eval/ in it: ask questions of RealTimeQA")
    add("--number", type=int, default=EVERYDAY, metavar="N", help=f"how many of those (default: {EVERYDAY})")
    add("--out", type=Path, default=Path("eval", "results", "latency"), metavar="DIR", help="for the results")
    return parser.parse_args(list(arguments))
