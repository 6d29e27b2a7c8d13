"""How well grouped articles agree with events: pairs and B-cubed, with intervals over events."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import RESAMPLES, Interval, bootstrap, resamples

Columns = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EventScore:
    """What became of one event's articles.

    Pairs of its articles: `gold` of them, `together` of those in one story. `astray` are pairs with an
    article of another event in one story, half of each counted here and half there; `others` pairs with an
    article of no event. `precision` and `recall` are the sums of B-cubed over its `articles`.
    """

    event: str
    articles: int
    gold: int
    together: int
    astray: float
    others: int
    precision: float
    recall: float


def score_events(event_of: Mapping[str, str], stories: Sequence[Sequence[str]]) -> list[EventScore]:
    """Score stories (lists of article ids) against the event of each article that has one, by event.

    B-cubed (Bagga and Baldwin 1998, https://aclanthology.org/P98-1012/) and astray pairs leave out the
    articles of no event: whether one of those belongs to an event is not known.
    """
    members = Counter(event_of.values())
    found = {
        event: {"together": 0, "astray": 0.0, "others": 0, "precision": 0.0, "recall": 0.0}
        for event in members
    }
    for story in stories:
        counts = Counter(event_of[article] for article in story if article in event_of)
        known = counts.total()
        for event, count in counts.items():
            row = found[event]
            row["together"] += count * (count - 1) // 2
            row["astray"] += count * (known - count) / 2
            row["others"] += count * (len(story) - known)
            row["precision"] += count * count / known
            row["recall"] += count * count / members[event]
    return [
        EventScore(event, members[event], members[event] * (members[event] - 1) // 2, **row)  # type: ignore[arg-type]
        for event, row in sorted(found.items())
    ]


def intervals(scores: Sequence[EventScore], *, seed: int = 0, times: int = RESAMPLES) -> dict[str, Interval]:
    """Every figure with its interval over resampled events; NaN where no pair was put together."""
    table = np.array(
        [[s.gold, s.together, s.astray, s.others, s.articles, s.precision, s.recall] for s in scores],
        np.float64,
    )
    measures = {
        "pairwise precision": lambda rows: _pairs(rows)[0],
        "pairwise recall": lambda rows: _pairs(rows)[1],
        "pairwise F1": lambda rows: _f1(*_pairs(rows)),
        "precision, all other articles wrong": lambda rows: _strict(rows)[0],
        "F1, all other articles wrong": lambda rows: _f1(*_strict(rows)),
        "B-cubed precision": lambda rows: _cubed(rows)[0],
        "B-cubed recall": lambda rows: _cubed(rows)[1],
        "B-cubed F1": lambda rows: _f1(*_cubed(rows)),
    }
    samples = (table[rows] for rows in resamples(len(table), seed, times=times))
    return dict(zip(measures, bootstrap(list(measures.values()), table, samples), strict=True))


def _pairs(rows: Columns) -> tuple[float, float]:
    gold, together, astray = rows[:, 0].sum(), rows[:, 1].sum(), rows[:, 2].sum()
    return _share(together, together + astray), _share(together, gold)


def _strict(rows: Columns) -> tuple[float, float]:
    gold, together, astray, others = (rows[:, column].sum() for column in range(4))
    return _share(together, together + astray + others), _share(together, gold)


def _cubed(rows: Columns) -> tuple[float, float]:
    articles = rows[:, 4].sum()
    return _share(rows[:, 5].sum(), articles), _share(rows[:, 6].sum(), articles)


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
