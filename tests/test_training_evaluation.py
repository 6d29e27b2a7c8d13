"""Scores of a reader on given paragraphs: thresholds and what an unanswerable question counts."""

import numpy as np
import pytest

from training.evaluate_reader import Scores, best_threshold, figures

# Two answerable questions, one read right and one half right, and an unanswerable one; by falling margin:
# right (5), unanswerable (3), half right (1).
SCORES = Scores(
    np.array([5.0, 3.0, 1.0]),
    np.array([1.0, 0.0, 0.0]),
    np.array([1.0, 0.0, 0.5]),
    np.array([True, False, True]),
)


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [(-np.inf, (1 + 0 + 0.5) / 3), (1.0, (1 + 0 + 0) / 3), (3.0, (1 + 1 + 0) / 3), (5.0, (0 + 1 + 0) / 3)],
)
def test_silence_is_right_for_the_unanswerable_alone(threshold: float, expected: float) -> None:
    assert SCORES.answered(SCORES.words, threshold) == pytest.approx(expected)


def test_the_best_threshold_weighs_both_kinds() -> None:
    assert best_threshold(SCORES) == 3.0


def test_figures_are_percentages_with_intervals() -> None:
    found = figures(SCORES, 3.0)
    assert found["answerable_f1"][0] == 75
    assert found["f1"][0] == 66.67
    assert found["auroc_answerable"][0] == 50
    value, low, high = found["em"]
    assert value is not None
    assert low is not None
    assert high is not None
    assert low <= value <= high


def test_what_cannot_be_measured_is_none() -> None:
    only_answerable = SCORES.at(np.array([0, 2]))
    assert figures(only_answerable, 0.0)["auroc_answerable"] == [None, None, None]
