"""Things that are alike put into groups, given how alike any two are."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Likeness = NDArray[np.float64]


def by_average(likeness: Likeness, least: float) -> list[list[int]]:
    """Rows grouped by average linkage: groups join while the mean likeness across them is at least `least`.

    `likeness` is symmetric, (n, n). Groups and their members ascend. Nearest-neighbour chains (Murtagh
    1983, https://doi.org/10.1093/comjnl/26.4.354): the same groups as joining the two nearest each time,
    in n x n steps. Ties go to the lower row.
    """
    mean = likeness.astype(np.float64, copy=True)
    np.fill_diagonal(mean, -np.inf)
    groups: dict[int, list[int]] = {row: [row] for row in range(len(mean))}
    closed: list[list[int]] = []
    chain: list[int] = []
    while groups:
        chain = chain or [min(groups)]
        tip = chain[-1]
        nearest = int(mean[tip].argmax())
        if mean[tip, nearest] < least:
            # Joining others cannot bring them nearer than the nearest of them is.
            closed.append(sorted(groups.pop(tip)))
            mean[tip], mean[:, tip] = -np.inf, -np.inf
            chain.pop()
        elif len(chain) > 1 and mean[tip, chain[-2]] == mean[tip, nearest]:
            _join(mean, groups, *sorted((tip, chain[-2])))
            del chain[-2:]
        else:
            chain.append(nearest)
    return sorted(closed)


def nearest_between(likeness: Likeness, parts: Sequence[Sequence[int]]) -> Likeness:
    """The largest likeness between the rows of any two parts, (parts, parts); every part has a row."""
    order = [row for rows in parts for row in rows]
    starts = np.cumsum([0, *(len(rows) for rows in parts)])[:-1]
    by_part = np.maximum.reduceat(likeness[np.ix_(order, order)], starts, axis=0)
    found: Likeness = np.maximum.reduceat(by_part, starts, axis=1)
    return found


def _join(mean: Likeness, groups: dict[int, list[int]], kept: int, gone: int) -> None:
    sizes = len(groups[kept]), len(groups[gone])
    joined = (sizes[0] * mean[kept] + sizes[1] * mean[gone]) / sum(sizes)
    joined[[kept, gone]] = -np.inf
    mean[kept], mean[:, kept] = joined, joined
    mean[gone], mean[:, gone] = -np.inf, -np.inf
    groups[kept] += groups.pop(gone)
