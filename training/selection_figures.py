"""Figures that tell how well sentences are chosen and questions refused, and the threshold that follows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.selection_features import Row
from training.selection_fit import WITH_UNANSWERABLE, Example

KEPT = 0.9
RULE = f"the highest at which {KEPT:.0%} of the right choices are answered, cross-validated by article"

Interval = tuple[float, float, float]
"""A share with the ends of its 95 % Wilson interval."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How well scores choose and abstain.

    `top1` is the share of answerable questions whose best sentence answers, `answered_right` of those that
    are answered with it at `threshold`, `rejected` that of unanswerable questions rejected there;
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


def figures(examples: Sequence[Example], found: Sequence[Row], threshold: float) -> Figures:
    """Figures over examples and the scores of their sentences."""
    best = np.array([scores.max() for scores in found])
    right = np.array([bool(e.answers[s.argmax()]) for e, s in zip(examples, found, strict=True)])
    answerable = np.array([example.answerable for example in examples])
    kept, refused = best[answerable], best[~answerable]
    return Figures(
        questions=len(examples),
        answerable=len(kept),
        top1=_share(right[answerable]),
        answered_right=_share(right[answerable] & (kept >= threshold)),
        rejected=_share(refused < threshold),
        auroc=round(_auroc(kept, refused), 3),
        calibration_error=round(_calibration_error(best, right), 3),
        rejected_at={f"{p}%": _share(refused < np.percentile(kept, p))[0] for p in (5, 10, 15, 20)},
    )


def _share(hits: NDArray[np.bool_]) -> Interval:
    n, share, z = max(1, len(hits)), float(hits.sum()) / max(1, len(hits)), 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return round(share, 3), round(middle - half, 3), round(middle + half, 3)


def _auroc(kept: Row, refused: Row) -> float:
    if not len(kept) or not len(refused):
        return 0.5
    return float((kept[:, None] > refused).mean() + (kept[:, None] == refused).mean() / 2)


def _calibration_error(best: Row, right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equal bins of probability."""
    bins = np.clip((best * 10).astype(int), 0, 9)
    gaps = [
        abs(best[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    ]
    return float(sum(gaps))


def best_threshold(examples: Sequence[Example], found: Sequence[Row]) -> float:
    """The probability that RULE asks for, over the collections that have unanswerable questions."""
    judged = [(e, s) for e, s in zip(examples, found, strict=True) if e.collection in WITH_UNANSWERABLE]
    right = [float(scores.max()) for example, scores in judged if example.answers[scores.argmax()]]
    return float(np.quantile(right, 1 - KEPT))
