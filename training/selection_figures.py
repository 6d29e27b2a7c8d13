"""Figures that tell how well sentences are chosen and questions refused, and the threshold that follows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.selection import is_of_the_day
from qa.selection_features import Row
from training.selection_fit import ASKED_IN_ITS_DAYS, WITH_UNANSWERABLE, Example, Thresholds

# The share of the right choices that is answered.
KEPT = 0.95
RULE = (
    f"the highest at which {KEPT:.0%} of the right choices are answered; cross-validated by article and week"
)

Interval = tuple[float, float, float]
"""A share with the ends of its 95 % Wilson interval."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How well scores choose and abstain.

    `top1` is the share of answerable questions whose best sentence answers, `answered_right` of those that
    are answered with it at the thresholds, `rejected` that of unanswerable questions rejected there;
    `rejected_at` maps wrong rejections (share of answerable questions) to right ones.
    """

    questions: int
    answerable: int
    top1: Interval
    answered_right: Interval
    rejected: Interval
    auroc: float
    calibration_error: float
    rejected_at: dict[str, float]


def figures(examples: Sequence[Example], found: Sequence[Row], thresholds: Thresholds) -> Figures:
    """Figures over examples and the scores of their sentences."""
    best = np.array([scores.max() for scores in found])
    right = np.array([bool(e.answers[s.argmax()]) for e, s in zip(examples, found, strict=True)])
    answerable = np.array([example.answerable for example in examples])
    given = best >= np.array([thresholds.of(example) for example in examples])
    kept, refused = best[answerable], best[~answerable]
    return Figures(
        questions=len(examples),
        answerable=len(kept),
        top1=_share(right[answerable]),
        answered_right=_share(right[answerable] & given[answerable]),
        rejected=_share(~given[~answerable]),
        auroc=round(auroc(kept, refused), 3),
        calibration_error=round(calibration_error(best, right), 3),
        rejected_at={f"{p}%": _share(refused < np.percentile(kept, p))[0] for p in (5, 10, 15, 20)},
    )


def _share(hits: NDArray[np.bool_]) -> Interval:
    n, share, z = max(1, len(hits)), float(hits.sum()) / max(1, len(hits)), 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return round(share, 3), round(middle - half, 3), round(middle + half, 3)


def auroc(kept: Row, refused: Row) -> float:
    """How often one of `kept` has more than one of `refused`; .5 where either is empty."""
    if not len(kept) or not len(refused):
        return 0.5
    return float((kept[:, None] > refused).mean() + (kept[:, None] == refused).mean() / 2)


def calibration_error(best: Row, right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal bins of probability."""
    bins = np.clip((best * 10).astype(int), 0, 9)
    gaps = [
        abs(best[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    ]
    return float(sum(gaps))


def best_thresholds(examples: Sequence[Example], found: Sequence[Row]) -> Thresholds:
    """The probabilities that RULE asks for, over the collections that have unanswerable questions."""
    right: dict[bool, list[float]] = {True: [], False: []}
    for example, scores in zip(examples, found, strict=True):
        of_the_day = is_of_the_day(example.seen) and not example.seen.yes_no
        counted = ASKED_IN_ITS_DAYS if of_the_day else WITH_UNANSWERABLE
        if example.collection in counted and example.answers[scores.argmax()]:
            right[of_the_day].append(float(scores.max()))
    return Thresholds(*(float(np.quantile(right[day], 1 - KEPT)) for day in (False, True)))
