"""Measures of a ranked list with judgements: average precision, reciprocal rank, normalised gain.

As trec_eval defines them (https://github.com/usnistgov/trec_eval): a relevant item that is not in the list
counts as not found. Nothing relevant is NaN, to be left out of a mean.
"""

import math
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from eval.bootstrap import Interval, bootstrap, resamples
from eval.metrics import NAN, Floats

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one question's list is worth."""

    average_precision: float
    reciprocal_rank: float
    ndcg_10: float


def measure(ranking: Sequence[Item], relevant: Collection[Item]) -> Ranked:
    """All measures of one list; no item may be in it twice."""
    return Ranked(
        average_precision(ranking, relevant), reciprocal_rank(ranking, relevant), ndcg(ranking, relevant, 10)
    )


def average_precision(ranking: Sequence[Item], relevant: Collection[Item]) -> float:
    """Mean, over the relevant items, of the precision down to each; 0 for one that is not in the list."""
    if not relevant:
        return NAN
    ranks = [rank for rank, item in enumerate(ranking, start=1) if item in relevant]
    return sum(found / rank for found, rank in enumerate(ranks, start=1)) / len(relevant)


def reciprocal_rank(ranking: Sequence[Item], relevant: Collection[Item]) -> float:
    """1 / rank of the first relevant item, 0 if none is in the list."""
    if not relevant:
        return NAN
    return next((1 / rank for rank, item in enumerate(ranking, start=1) if item in relevant), 0.0)


def ndcg(ranking: Sequence[Item], relevant: Collection[Item], depth: int) -> float:
    """Discounted gain of the first `depth` over that of the best list there could be; gains are 0 or 1."""
    if not relevant:
        return NAN
    gain = sum(1 / math.log2(rank + 1) for rank, item in enumerate(ranking[:depth], 1) if item in relevant)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(depth, len(relevant)) + 1))
    return gain / best


def means(values: Sequence[float], *, seed: int = 0) -> Interval:
    """The mean over questions with its bootstrap interval."""
    column = np.array(values, dtype=np.float64)
    samples = (column[rows] for rows in resamples(len(column), seed))
    return bootstrap([_mean], column, samples)[0]


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else NAN
