"""Sets held together by links, and groups by average linkage beside a slow reference."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stories_grouping import Likeness, by_average, nearest_between
from index.stories_sets import components


def test_links_hold_together_what_chains_of_them_reach() -> None:
    # a-b and b-c hold a, b and c together; the link to x, which is no node, holds nothing.
    assert components("abcde", [("c", "b"), ("a", "b"), ("e", "x")]) == [["a", "b", "c"], ["d"], ["e"]]


def test_nothing_is_held_together_without_nodes() -> None:
    assert components([], [("a", "b")]) == []


def table(size: int, **likeness: float) -> Likeness:
    """A symmetric table; ab=0.5 sets the likeness of rows 0 and 1, all others are 0."""
    found = np.zeros((size, size))
    for pair, value in likeness.items():
        one, other = (ord(letter) - ord("a") for letter in pair)
        found[one, other] = found[other, one] = value
    return found


@pytest.mark.parametrize(
    ("likeness", "groups"),
    [
        (table(1), [[0]]),
        (table(2, ab=0.5), [[0, 1]]),
        (table(2, ab=0.49), [[0], [1]]),
        # b joins a first; c is 0.6 like b and 0.5 like a: 0.55 on average.
        (table(3, ab=0.9, bc=0.6, ac=0.5), [[0, 1, 2]]),
        # A chain: c is 0.8 like b but not like a at all, 0.4 on average.
        (table(3, ab=0.9, bc=0.8), [[0, 1], [2]]),
        # Two pairs: across them (0.7 + 0 + 0 + 0.7) / 4 = 0.35.
        (table(4, ab=0.9, cd=0.9, ac=0.7, bd=0.7), [[0, 1], [2, 3]]),
    ],
    ids=["alone", "at the limit", "below it", "all", "a chain", "two pairs"],
)
def test_groups_join_by_the_mean(likeness: Likeness, groups: list[list[int]]) -> None:
    assert by_average(likeness, 0.5) == groups


def test_grouping_nothing_gives_nothing() -> None:
    assert by_average(np.empty((0, 0)), 0.5) == []


def slowly(likeness: Likeness, least: float) -> list[list[int]]:
    """The two nearest groups joined again and again, every mean taken anew."""
    groups = [[row] for row in range(len(likeness))]
    while len(groups) > 1:
        mean, one, other = max(
            ((likeness[np.ix_(a, b)].mean(), a, b) for a, b in combinations(groups, 2)),
            key=lambda found: found[0],
        )
        if mean < least:
            break
        groups = [group for group in groups if group not in (one, other)] + [one + other]
    return sorted(sorted(group) for group in groups)


@given(st.integers(0, 2**32), st.integers(1, 14), st.floats(0.2, 0.8))
def test_chains_of_nearest_neighbours_find_what_joining_the_nearest_does(
    seed: int, size: int, least: float
) -> None:
    # Drawn reals: no two means are equal, so there is one right answer.
    drawn = np.random.default_rng(seed).random((size, size))
    likeness = (drawn + drawn.T) / 2
    assert by_average(likeness, least) == slowly(likeness, least)


def test_the_nearest_of_two_parts() -> None:
    likeness = table(4, ab=0.9, ac=0.2, bd=0.6, cd=0.4)
    # Parts {0, 2} and {1, 3}: the largest of ab 0.9, ad 0, bc 0, cd 0.4.
    assert nearest_between(likeness, [[0, 2], [1, 3]])[0, 1] == 0.9
    assert nearest_between(likeness, [[0], [1], [2, 3]])[1].tolist() == [0.9, 0.0, 0.6]
