"""Bootstrap intervals: how far a figure would move had other questions of the same kind been asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Data = TypeVar("Data")
RESAMPLES = 1000  # each end of the interval then has 25 resamples beyond it


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % percentile interval; all three are NaN where there is nothing to measure."""

    value: float
    low: float
    high: float


def resamples(count: int, seed: int, *, times: int = RESAMPLES) -> Iterator[Rows]:
    """Row numbers drawn with replacement, `count` at a time; the same for the same seed."""
    generator = np.random.default_rng(seed)
    return (generator.integers(0, count, size=count) for _ in range(times))


def bootstrap(
    measures: Sequence[Callable[[Data], float]], data: Data, samples: Iterable[Data]
) -> list[Interval]:
    """Each measure of the data, and its percentiles over samples drawn from them.

    A sample in which a measure is undefined (no unanswerable question was drawn) does not count for it.
    """
    # Sample by sample: a thousand copies of a large run would not fit into memory at once.
    drawn = np.array([[measure(sample) for measure in measures] for sample in samples])
    return [_interval(measure(data), drawn[:, column]) for column, measure in enumerate(measures)]


def _interval(value: float, drawn: NDArray[np.float64]) -> Interval:
    defined = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(defined):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.percentile(defined, [2.5, 97.5])
    return Interval(value, float(low), float(high))
