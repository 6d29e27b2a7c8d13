"""Tell differences of variants from noise: `python -m training.variant_differences RUNS`.

RUNS is the folder of `training.variants`. Prints, for each variant, its figures and how far they are from
those of `base` on the same held-out questions, with 95 % intervals over resampled questions: both are read on
the same resample. That is the noise of the questions; another seed or order would move the figures too.
A variant with a weight is told from itself without it instead.
"""

import argparse
from operator import itemgetter
from pathlib import Path

import numpy as np

from eval.bootstrap import Interval, bootstrap, resamples
from index.errors import UsageError
from training.news_measure import Readings, figures

SEED = 1
MEASURES = ("f1", "f1_reworded", "auroc", "best_f1")


def differences(one: Readings, other: Readings) -> dict[str, Interval]:
    """How much higher each figure of `one` is than that of `other`, both of the same questions."""
    samples = (_gaps(one.of(rows), other.of(rows)) for rows in resamples(len(one.f1), SEED))
    intervals = bootstrap([itemgetter(name) for name in MEASURES], _gaps(one, other), samples)
    return dict(zip(MEASURES, intervals, strict=True))


def read_readings(path: Path) -> Readings:
    """The readings that `training.variants` stored.

    Raises:
        UsageError: if the file cannot be read as such.
    """
    try:
        with np.load(path) as stored:
            return Readings(**stored)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{path}: cannot be read as readings ({error!r})") from error


def main() -> None:
    """Command line of the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("runs", type=Path, metavar="RUNS", help="folder of training.variants")
    options = parser.parse_args()
    base = read_readings(options.runs / "base.npz")
    for path in sorted(options.runs.glob("*.npz")):
        read, without = read_readings(path), path.with_name(f"{path.stem}-at-0.npz")
        other = read_readings(without) if without.exists() else base
        told = figures(read)
        gaps = differences(read, other)
        line = "  ".join(f"{name} {100 * told[name]:.1f} ({_shown(gaps[name])})" for name in MEASURES)
        print(f"{path.stem}: {line}")


def _shown(gap: Interval) -> str:
    return " ".join(f"{100 * value:+.1f}" for value in (gap.value, gap.low, gap.high))


def _gaps(one: Readings, other: Readings) -> dict[str, float]:
    first, second = figures(one), figures(other)
    return {name: first[name] - second[name] for name in MEASURES}


if __name__ == "__main__":
    main()
