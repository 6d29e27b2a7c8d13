"""How well scores put passages with a gold answer first."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.selection_features import Row

DEPTHS = (1, 3, 5, 8, 10, 20)


def figures(scores: Sequence[Row], right: Sequence[NDArray[np.bool_]]) -> dict[str, float]:
    """MRR@10 with half the width of its 95 % interval, and the share of questions with a hit at each depth.

    Questions whose passages hold no answer count as misses.
    """
    ranks = np.array([first_right(s, r) for s, r in zip(scores, right, strict=True)])
    reciprocal = np.where(ranks <= 10, 1 / ranks, 0.0)
    half = 1.96 * float(reciprocal.std()) / max(1, len(ranks)) ** 0.5
    found = {f"hit@{depth}": round(float((ranks <= depth).mean()), 3) for depth in DEPTHS}
    return {"mrr@10": round(float(reciprocal.mean()), 3), "within": round(half, 3), **found}


def first_right(scores: Row, right: NDArray[np.bool_]) -> float:
    """Rank, from 1, of the first passage that is right; infinity if none is. Ties keep their order."""
    places = np.flatnonzero(right[np.argsort(-scores, kind="stable")])
    return float(places[0]) + 1 if len(places) else np.inf
