"""Several systems asked the same questions over the same passages: ranks of first hits, and their figures.

A hit is a passage whose text holds a gold answer, whichever system found it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.bootstrap import Interval, bootstrap, resamples
from eval.commands import Json
from eval.figures import MRR_DEPTH, RECALL_DEPTHS
from eval.gold import Gold
from eval.metrics import Floats, contains

DEPTH = max(RECALL_DEPTHS)


@dataclass(frozen=True, slots=True)
class Line:
    """One question: the rank of the first hit of each system (None: not found), and its milliseconds."""

    question: str
    gold: tuple[str, ...]
    ranks: dict[str, int | None]
    took_ms: dict[str, float]


def judged(gold: Sequence[Gold], texts: Sequence[str], replies: Mapping[str, Json]) -> Iterator[Line]:
    """Each question with every system's first hit.

    A reply has `found`, rows of `texts` for each question, best first, and `took_ms`.
    """
    for row, item in enumerate(gold):
        yield Line(
            item.question,
            item.answers,
            {
                name: first_hit([texts[passage] for passage in reply["found"][row]], item.answers)
                for name, reply in replies.items()
            },
            {name: float(reply["took_ms"][row]) for name, reply in replies.items()},
        )


def first_hit(passages: Sequence[str], answers: Sequence[str]) -> int | None:
    """Rank of the first passage that holds an answer."""
    return next((rank for rank, text in enumerate(passages, start=1) if contains(text, answers)), None)


def figures_of(lines: Sequence[Line], *, seed: int = 0) -> dict[str, dict[str, Interval]]:
    """By system: MRR@10, hit@k, and the 50th and 95th percentile of the milliseconds."""
    hits = {f"hit@{depth}": _hit_at(depth) for depth in RECALL_DEPTHS}
    figures = {}
    for name, ranks in _ranks(lines).items():
        times = np.array([line.took_ms[name] for line in lines])
        found = _measured(ranks, {f"MRR@{MRR_DEPTH}": _mrr, **hits}, seed)
        figures[name] = found | _measured(times, {"ms p50": _p50, "ms p95": _p95}, seed)
    return figures


def ahead(lines: Sequence[Line], ours: str, *, seed: int = 0) -> dict[str, Interval]:
    """How far one system is ahead of the best other one by each measure, question by question."""
    ranks = _ranks(lines)
    others = [name for name in ranks if name != ours]
    if ours not in ranks or not others:
        return {}
    by_mrr = max(others, key=lambda name: _mrr(ranks[name]))
    by_hit = max(others, key=lambda name: _hit_at(10)(ranks[name]))
    gain = {f"MRR@10 over {by_mrr}, %": _relative_gain}
    more = {f"hit@10 over {by_hit}, points": _more_hits}
    return _measured(np.column_stack([ranks[ours], ranks[by_mrr]]), gain, seed) | _measured(
        np.column_stack([ranks[ours], ranks[by_hit]]), more, seed
    )


def print_table(figures: Mapping[str, Mapping[str, Interval]]) -> None:
    """A system a line, values alone: the intervals are in results.json."""
    names = list(next(iter(figures.values())))
    print(f"{'':28}" + "".join(f"{name:>10}" for name in names))
    for system, found in figures.items():
        print(f"{system:28}" + "".join(f"{_cell(name, found[name].value):>10}" for name in names))


def _cell(name: str, value: float) -> str:
    return f"{value:.1f}" if name.startswith("ms") else f"{value:.3f}"


def _ranks(lines: Sequence[Line]) -> dict[str, Floats]:
    """Ranks by system, infinite where nothing was found."""
    return {
        name: np.array([line.ranks[name] or np.inf for line in lines], dtype=np.float64)
        for name in lines[0].ranks
    }


def _measured(
    data: Floats, measures: Mapping[str, Callable[[Floats], float]], seed: int
) -> dict[str, Interval]:
    samples = (data[rows] for rows in resamples(len(data), seed))
    return dict(zip(measures, bootstrap(list(measures.values()), data, samples), strict=True))


def _mrr(ranks: Floats) -> float:
    return float(np.where(ranks <= MRR_DEPTH, 1 / ranks, 0.0).mean())


def _hit_at(depth: int) -> Callable[[Floats], float]:
    return lambda ranks: float((ranks <= depth).mean())


def _relative_gain(pairs: Floats) -> float:
    base = _mrr(pairs[:, 1])
    return 100 * (_mrr(pairs[:, 0]) / base - 1) if base else float("nan")


def _more_hits(pairs: Floats) -> float:
    return 100 * float((pairs[:, 0] <= 10).mean() - (pairs[:, 1] <= 10).mean())


def _p50(values: Floats) -> float:
    return float(np.percentile(values, 50))


def _p95(values: Floats) -> float:
    return float(np.percentile(values, 95))
