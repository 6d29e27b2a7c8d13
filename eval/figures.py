"""Every figure of the report, made from the rows of the questions, each with its bootstrap interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from eval.bootstrap import RESAMPLES, Interval, Rows, bootstrap, resamples
from eval.judge import Row
from eval.metrics import (
    NAN,
    Bools,
    Floats,
    auroc,
    calibration_error,
    chance_calibration_error,
    coverage_at,
    precision_recall_f1,
    rejected_at,
)

RECALL_DEPTHS = (1, 3, 5, 10, 20)
MRR_DEPTH = 10  # as deep as it is commonly reported, however many hits were asked for
WRONG_REJECTIONS = 0.15


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows as arrays of one length.

    `rank` is infinite where no hit held the answer. `reading` is -infinite where the reader found nothing.
    """

    answerable: Bools
    has_article: Bools
    abstained: Bools
    answered: Bools
    exact: Floats
    f1: Floats
    gold_in_quote: Bools
    right_article: Bools
    correct: Bools
    forced_exact: Floats
    forced_f1: Floats
    rank: Floats
    confidence: Floats
    reading: Floats
    took_ms: Floats
    completed: Bools

    @classmethod
    def from_rows(cls, rows: Sequence[Row]) -> "Columns":
        """One entry a row, errors included."""
        answerable = np.array([bool(row.gold) for row in rows])
        completed = np.array([row.error is None for row in rows])
        abstained = np.array([row.abstained for row in rows])
        return cls(
            answerable=answerable,
            has_article=answerable & np.array([bool(row.gold_article) for row in rows]),
            abstained=abstained,
            answered=completed & ~abstained,
            exact=np.array([row.exact for row in rows]),
            f1=np.array([row.f1 for row in rows]),
            gold_in_quote=np.array([row.gold_in_quote for row in rows]),
            right_article=np.array([row.right_article for row in rows]),
            correct=np.array([row.correct for row in rows]),
            forced_exact=np.array([row.forced_exact for row in rows]),
            forced_f1=np.array([row.forced_f1 for row in rows]),
            rank=np.array([np.inf if row.rank is None else row.rank for row in rows]),
            confidence=np.array([row.confidence for row in rows]),
            reading=np.array([-np.inf if row.reading is None else row.reading for row in rows]),
            took_ms=np.array([row.took_ms for row in rows]),
            completed=completed,
        )

    def take(self, rows: Rows) -> "Columns":
        """These rows, in this order, repeated where a number is."""
        return Columns(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


Measure = Callable[[Columns], float]
Measured = tuple[Measure, Callable[[Columns], Bools]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure; `over` is the number of questions it is a figure of."""

    name: str
    interval: Interval
    over: int


def measures(depth: int, *, retrieves: bool = True, reads: bool = False) -> dict[str, Measured]:
    """Each figure's measure and the questions it counts; recall only as deep as hits were asked for.

    `retrieves` is false if the passages were given, `reads` true if rows have the reader's own scores.
    """
    cut = min(depth, MRR_DEPTH)
    recalls = {f"recall@{k}": (_recall_at(k), _answerable) for k in RECALL_DEPTHS if k <= depth}
    retrieval: dict[str, Measured] = {
        "right article": (lambda c: _mean(c.right_article[c.has_article]), lambda c: c.has_article),
        **recalls,
        f"MRR@{cut}": (lambda c: _reciprocal_rank(c, cut), _answerable),
    }
    reader: dict[str, Measured] = {
        "AUROC, right or wrong, by reader": (lambda c: auroc(c.reading, c.correct), _all),
        "coverage at 80 %, by reader": (lambda c: coverage_at(0.8, c.reading, c.correct), _all),
    }
    return {
        "EM": (lambda c: _mean(c.exact), _all),
        "F1": (lambda c: _mean(c.f1), _all),
        "EM, answerable": (lambda c: _mean(c.exact[c.answerable]), _answerable),
        "F1, answerable": (lambda c: _mean(c.f1[c.answerable]), _answerable),
        "EM, answerable, forced": (lambda c: _mean(c.forced_exact[c.answerable]), _answerable),
        "F1, answerable, forced": (lambda c: _mean(c.forced_f1[c.answerable]), _answerable),
        "gold in quote": (lambda c: _mean(c.gold_in_quote[c.answerable]), _answerable),
        "correct before abstaining": (lambda c: _mean(c.correct[c.answerable]), _answerable),
        **(retrieval if retrieves else {}),
        "abstention precision": (lambda c: _abstention(c)[0], lambda c: c.abstained),
        "abstention recall": (lambda c: _abstention(c)[1], lambda c: ~c.answerable),
        "abstention F1": (lambda c: _abstention(c)[2], _all),
        f"rejected, {WRONG_REJECTIONS:.0%} wrongly": (
            lambda c: rejected_at(WRONG_REJECTIONS, c.confidence, c.answerable),
            lambda c: ~c.answerable,
        ),
        "AUROC, answerable or not": (lambda c: auroc(c.confidence, c.answerable), _all),
        "AUROC, right or wrong": (lambda c: auroc(c.confidence, c.correct), _all),
        "coverage at 80 % accuracy": (lambda c: coverage_at(0.8, c.confidence, c.correct), _all),
        **(reader if reads else {}),
        "calibration error": (lambda c: calibration_error(c.confidence, c.correct), _all),
        "calibration error, by chance": (lambda c: chance_calibration_error(c.confidence), _all),
        "latency p50 (ms)": (lambda c: _percentile(c, 50), lambda c: c.completed),
        "latency p95 (ms)": (lambda c: _percentile(c, 95), lambda c: c.completed),
    }


def figures(
    rows: Sequence[Row], *, depth: int, seed: int, retrieves: bool = True, times: int = RESAMPLES
) -> list[Figure]:
    """All figures of the rows (at least one), in the order of the report."""
    reads = any(row.reading is not None for row in rows)
    return measured(rows, measures(depth, retrieves=retrieves, reads=reads), seed=seed, times=times)


def measured(
    rows: Sequence[Row], chosen: Mapping[str, Measured], *, seed: int, times: int = RESAMPLES
) -> list[Figure]:
    """The chosen figures of the rows (at least one), in their order."""
    columns = Columns.from_rows(rows)
    samples = (columns.take(draw) for draw in resamples(len(rows), seed, times=times))
    intervals = bootstrap([measure for measure, _ in chosen.values()], columns, samples)
    return [
        Figure(name, interval, int(counted(columns).sum()))
        for (name, (_, counted)), interval in zip(chosen.items(), intervals, strict=True)
    ]


def _all(columns: Columns) -> Bools:
    return np.ones(len(columns.exact), dtype=np.bool_)


def _answerable(columns: Columns) -> Bools:
    return columns.answerable


def _recall_at(k: int) -> Measure:
    return lambda columns: _mean(columns.rank[columns.answerable] <= k)


def _reciprocal_rank(columns: Columns, depth: int) -> float:
    ranks = columns.rank[columns.answerable]
    return _mean(np.where(ranks <= depth, 1.0 / ranks, 0.0))


def _abstention(columns: Columns) -> tuple[float, float, float]:
    return precision_recall_f1(columns.abstained, ~columns.answerable)


def _percentile(columns: Columns, percent: float) -> float:
    times = columns.took_ms[columns.completed]
    return float(np.percentile(times, percent)) if len(times) else NAN


def _mean(values: Floats | Bools) -> float:
    return float(values.mean()) if len(values) else NAN
