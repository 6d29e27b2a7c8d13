"""Figures over what the archive states, and over what it does not hold, as judged by reading."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eval.bootstrap import RESAMPLES
from eval.figures import MRR_DEPTH, WRONG_REJECTIONS, Columns, Figure, Measured, measured, measures
from eval.gold import Group, Holding
from eval.judge import Row
from eval.metrics import NAN, contains, token_f1

NOT_READ = "not read"


@dataclass(frozen=True, slots=True)
class Stated:
    """How many questions are in each group, or were not read, and the figures over those stated or absent."""

    counts: Mapping[str, int]
    figures: Sequence[Figure]


def stated(rows: Sequence[Row], *, seed: int, times: int = RESAMPLES) -> Stated | None:
    """The figures of a run's rows; None if none of them is of a question stated or absent.

    A question that is stated is answerable here, whatever gold says, one that is absent is not; a sentence
    is correct if it holds gold's words or other words that were read to answer.
    """
    read = [(row, row.holding) for row in rows if row.holding and row.holding.group is not Group.HINTED]
    if not read:
        return None
    counts = Counter(row.holding.group if row.holding else NOT_READ for row in rows)
    by_gold = [_rejudged(row, holding, holding.answers) for row, holding in read]
    by_any = [_rejudged(row, holding, holding.answers + holding.other) for row, holding in read]
    figures = measured(by_gold, _BY_GOLD, seed=seed, times=times)
    figures += measured(by_any, _BY_ANY, seed=seed, times=times)
    figures += measured([_by_group(row) for row in rows], _CEILING, seed=seed, times=times)
    return Stated({name: counts[name] for name in (*Group, NOT_READ)}, figures)


def _rejudged(row: Row, holding: Holding, accepted: tuple[str, ...]) -> Row:
    """The row as it is where `accepted` is gold if the answer is stated, and there is none if it is absent.

    What becomes of hits and verdict is left as it was: no figure here is made of them.
    """
    gold = accepted if holding.group is Group.STATED else ()
    return replace(
        row,
        gold=gold,
        f1=token_f1(row.answer or "", gold),
        gold_in_quote=contains(row.quote or "", gold),
        correct=contains(row.forced_quote or "", gold),
    )


def _by_group(row: Row) -> Row:
    """The row as sure as somebody is who knows how its answer is held, and no more; not read is as hinted."""
    group = row.holding.group if row.holding else Group.HINTED
    return replace(row, confidence=(Group.ABSENT, Group.HINTED, Group.STATED).index(group) / 2)


def _rejected_at_best(columns: Columns) -> float:
    """Share of the withheld rejected with WRONG_REJECTIONS of the others, where equal confidence is drawn."""
    if columns.answerable.all():
        return NAN
    allowed = WRONG_REJECTIONS * columns.answerable.sum()
    rejected = 0.0
    for level in np.unique(columns.confidence):
        here = columns.confidence == level
        lost = int((here & columns.answerable).sum())
        share = min(1.0, allowed / lost) if lost else 1.0
        rejected += share * int((here & ~columns.answerable).sum())
        allowed -= share * lost
    return rejected / int((~columns.answerable).sum())


def _rejected(columns: Columns) -> float:
    """Share of the answerable questions that were abstained from."""
    abstained = columns.abstained[columns.answerable]
    return float(abstained.mean()) if len(abstained) else NAN


# The measures of the report, over rows judged anew: answerable is there what is stated.
_MEASURES = measures(MRR_DEPTH)
_BY_GOLD: Mapping[str, Measured] = {
    "stated: gold in quote": _MEASURES["gold in quote"],
    "stated: F1": _MEASURES["F1, answerable"],
}
_BY_ANY: Mapping[str, Measured] = {
    "stated: gold or other in quote": _MEASURES["gold in quote"],
    "stated: F1, other words as gold": _MEASURES["F1, answerable"],
    "stated: correct before abstaining": _MEASURES["correct before abstaining"],
    "stated: rejected": (_rejected, lambda columns: columns.answerable),
    "absent: rejected": _MEASURES["abstention recall"],
    "absent: rejected, 15% wrongly": _MEASURES[f"rejected, {WRONG_REJECTIONS:.0%} wrongly"],
    "AUROC, stated or absent": _MEASURES["AUROC, answerable or not"],
    "calibration error": _MEASURES["calibration error"],
    "calibration error, by chance": _MEASURES["calibration error, by chance"],
}
_CEILING: Mapping[str, Measured] = {
    "perfect judge: rejected, 15% wrongly": (_rejected_at_best, lambda columns: ~columns.answerable)
}
