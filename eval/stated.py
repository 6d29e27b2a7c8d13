"""What the archive states and what it lacks, of a saved run: python -m eval stated RUN.

RUN is the folder of a run of `realtimeqa`, whose questions say what was read.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from eval.commands import Exit
from eval.misses import read_rows
from eval.report import figure_line, stated_heading
from eval.stated_figures import Stated, stated
from index.errors import UsageError


def main(arguments: Sequence[str]) -> int:
    """Print the figures of a saved run; `arguments` begin with the command's name.

    Raises:
        UsageError: if the folder holds no run, or none with questions that were read.
    """
    options = _options(arguments[1:])
    path = options.run / "questions.jsonl"
    found = stated(read_rows(path), seed=options.seed)
    if found is None:
        raise UsageError(f"{path}: none of its questions was read; some of realtimeqa since 2023 were")
    print_stated(found)
    return Exit.DONE


def print_stated(found: Stated) -> None:
    """How many questions are in each group, and a figure a line."""
    print(stated_heading(found))
    for figure in found.figures:
        print(figure_line(figure))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval stated",
        description="A saved run's figures over what its archive states or lacks.",
    )
    add = parser.add_argument
    add("run", type=Path, metavar="RUN", help="folder with the results of a run of realtimeqa")
    add("--seed", type=int, default=0, help="seed of the bootstrap (default: 0)")
    return parser.parse_args(list(arguments))
