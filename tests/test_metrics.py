"""The eval's metrics: hand-derived cases, slow references, agreement with the SQuAD scripts' behaviour."""

import math
import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bootstrap import bootstrap, resamples
from eval.metrics import (
    auroc,
    calibration_error,
    chance_calibration_error,
    contains,
    coverage_at,
    exact_match,
    normalise,
    precision_recall_f1,
    rejected_at,
    token_f1,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Cat,\tsat.", "cat sat"),
        ("U.S.-led", "usled"),  # punctuation goes without leaving a gap
        ("a theatre an anthem", "theatre anthem"),  # articles go as words only
        ("an–the", "–"),  # only ASCII punctuation goes; the dash still bounds words
        ("The", ""),
        ("$28,500", "28500"),
        ("Élan", "élan"),
    ],
)
def test_normalise_fixed_cases(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("answer", "gold", "exact", "f1"),
    [
        ("General In-Choul Won", ["General In-Choul Won", "General Won"], 1.0, 1.0),
        ("the general, Won", ["General Won"], 1.0, 1.0),
        # answer 4 tokens, gold 2, both shared: P = 1/2, R = 1, F1 = 2/3
        ("met with General Won", ["General Won"], 0.0, 2 / 3),
        # a repeated token counts as often as both have it: answer "new new york" (3), gold "new york" (2),
        # 2 shared: 2*2/5
        ("new new york", ["New York"], 0.0, 0.8),
        # the best of the gold answers: against "Won" 2*1/3, against "General In-Choul Won" 2*2/5
        ("General Won", ["Won", "General In-Choul Won"], 0.0, 0.8),
        ("Austin", ["Milley"], 0.0, 0.0),
        ("", [], 1.0, 1.0),  # rightly abstained
        ("Milley", [], 0.0, 0.0),  # wrongly answered
        ("", ["Milley"], 0.0, 0.0),  # wrongly abstained
        ("", ["The"], 1.0, 1.0),  # 2.0: gold of articles alone is no gold
        ("the", [], 1.0, 1.0),  # and an answer of articles alone is none
    ],
)
def test_exact_match_and_f1_golden_cases(answer: str, gold: list[str], exact: float, f1: float) -> None:
    assert exact_match(answer, gold) == exact
    assert token_f1(answer, gold) == pytest.approx(f1)


def reference_tokens(text: str) -> list[str]:
    """The documented normalisation, one character and one word at a time."""
    kept = "".join(letter for letter in text.lower() if letter not in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    pieces = re.split(r"(\W)", kept)
    return "".join(" " if piece in ("a", "an", "the") else piece for piece in pieces).split()


def reference_scores(answer: str, gold: Sequence[str]) -> tuple[float, float]:
    """Exact match and F1 by pairing off equal tokens, the best over gold."""
    best = (0.0, 0.0)
    usable = [item for item in gold if reference_tokens(item)] or [""]
    for item in usable:
        mine, theirs = reference_tokens(answer), reference_tokens(item)
        left = list(theirs)
        shared = 0
        for token in mine:
            if token in left:
                left.remove(token)
                shared += 1
        if not mine or not theirs:
            f1 = 1.0 if mine == theirs else 0.0
        elif not shared:
            f1 = 0.0
        else:
            precision, recall = shared / len(mine), shared / len(theirs)
            f1 = 2 * precision * recall / (precision + recall)
        best = (max(best[0], float(mine == theirs)), max(best[1], f1))
    return best


WORDS = st.lists(
    st.sampled_from(["the", "The", "a", "an", "Won", "won", "U.S.", "(28,500)", "-", "é", "thé"])
)
TEXTS = st.one_of(WORDS.map(" ".join), st.text(max_size=20))


@given(answer=TEXTS, gold=st.lists(TEXTS, max_size=3))
def test_exact_match_and_f1_agree_with_the_reference(answer: str, gold: list[str]) -> None:
    exact, f1 = reference_scores(answer, gold)
    assert exact_match(answer, gold) == exact
    assert token_f1(answer, gold) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("text", "gold", "expected"),
    [
        ("On Wednesday, Milley met with General Won.", ["Gen. Won", "General Won"], True),
        ("around 28,500 American troops", ["28500"], True),
        ("a Moon-Biden summit", ["Moon"], True),  # glued by normalising, whole word all the same
        ("the wonderful city", ["won"], False),
        ("He said so.", ["the"], False),  # nothing left to look for
        ("He said so.", [], False),
        ("legacy of the 1950-1953 War", ["1953"], True),
        ("It costs (C++) more", ["C++"], True),
    ],
)
def test_contains_whole_words(text: str, gold: list[str], expected: bool) -> None:
    assert contains(text, gold) is expected


def test_auroc_golden_case() -> None:
    # positives .9 .5, negatives .5 .1: pairs (.9>.5) (.9>.1) (.5=.5: half) (.5>.1) = 3.5 of 4
    score = np.array([0.9, 0.5, 0.5, 0.1])
    assert auroc(score, np.array([True, True, False, False])) == pytest.approx(0.875)


def test_auroc_of_one_kind_is_undefined() -> None:
    assert math.isnan(auroc(np.array([0.2, 0.4]), np.array([True, True])))
    assert math.isnan(auroc(np.array([]), np.array([], dtype=np.bool_)))


PAIRS = st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=30)


@given(PAIRS)
def test_auroc_agrees_with_counting_pairs(pairs: list[tuple[int, bool]]) -> None:
    positives = [score for score, positive in pairs if positive]
    negatives = [score for score, positive in pairs if not positive]
    won = [1.0 if p > n else 0.5 if p == n else 0.0 for p in positives for n in negatives]
    value = auroc(np.array([score / 4 for score, _ in pairs]), np.array([kind for _, kind in pairs]))
    assert math.isnan(value) if not won else value == pytest.approx(sum(won) / len(won))


def test_coverage_golden_case() -> None:
    # by confidence: right, right, right, right, wrong, wrong; 4/5 = .8 still holds, 4/6 does not
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    correct = np.array([True, True, True, True, False, False])
    assert coverage_at(0.8, confidence, correct) == pytest.approx(5 / 6)


def test_coverage_cannot_split_a_tie() -> None:
    # both have .5: answering only the right one is no threshold
    assert coverage_at(0.8, np.array([0.5, 0.5]), np.array([True, False])) == 0.0


@given(PAIRS)
def test_coverage_agrees_with_trying_every_threshold(pairs: list[tuple[int, bool]]) -> None:
    confidence = np.array([score / 4 for score, _ in pairs])
    correct = np.array([right for _, right in pairs])
    best = 0.0
    for threshold in confidence:
        answered = confidence >= threshold
        if correct[answered].sum() * 5 >= 4 * answered.sum():
            best = max(best, answered.mean())
    assert coverage_at(0.8, confidence, correct) == pytest.approx(best)


def test_calibration_error_golden_case() -> None:
    # bin .9-1: .95 and 1.0, accuracy .5, confidence .975, gap .475, weight 2/3
    # bin .2-.3: .2, accuracy 0, gap .2, weight 1/3
    value = calibration_error(np.array([0.95, 1.0, 0.2]), np.array([True, False, False]))
    assert value == pytest.approx((2 * 0.475 + 0.2) / 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_calibration_error_agrees_with_one_bin_after_the_other(pairs: list[tuple[float, bool]]) -> None:
    total = 0.0
    for number in range(10):
        inside = [pair for pair in pairs if min(int(pair[0] * 10), 9) == number]
        if inside:
            accuracy = sum(right for _, right in inside) / len(inside)
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            total += abs(accuracy - mean) * len(inside) / len(pairs)
    value = calibration_error(np.array([p for p, _ in pairs]), np.array([right for _, right in pairs]))
    assert value == pytest.approx(total)


def test_precision_recall_f1_golden_case() -> None:
    # chosen 3, wanted 2, both 2: P 2/3, R 1, F1 4/5
    chosen, wanted = np.array([True, True, True, False]), np.array([True, True, False, False])
    assert precision_recall_f1(chosen, wanted) == pytest.approx((2 / 3, 1.0, 0.8))


def test_precision_without_choices_is_undefined_and_recall_is_zero() -> None:
    precision, recall, f1 = precision_recall_f1(np.array([False]), np.array([True]))
    assert math.isnan(precision)
    assert (recall, f1) == (0.0, 0.0)


def test_bootstrap_is_repeatable_and_surrounds_the_mean() -> None:
    data = np.array([0.0, 1.0] * 50)
    first, second = (
        bootstrap([lambda c: float(c.mean())], data, [data[rows] for rows in resamples(100, seed=7)])[0]
        for _ in range(2)
    )
    assert first == second
    assert first.value == 0.5
    # the standard error of a mean of 100 coin tosses is .05, so 95 % lie within about .098
    assert first.low == pytest.approx(0.402, abs=0.02)
    assert first.high == pytest.approx(0.598, abs=0.02)


def test_bootstrap_leaves_out_samples_without_a_value() -> None:
    data = np.array([1.0, 2.0])
    samples = [np.array([]), np.array([1.0]), np.array([])]
    interval = bootstrap([lambda c: float(c.mean()) if len(c) else math.nan], data, samples)[0]
    assert (interval.value, interval.low, interval.high) == (1.5, 1.0, 1.0)


def test_rejected_at_a_share_of_wrong_rejections() -> None:
    # Of ten positives one may be lost at 15 %: the threshold is the second lowest of theirs.
    positives = [0.2, 0.4, *[0.5 + number / 100 for number in range(8)]]
    negatives = [0.1, 0.3, 0.4, 0.9]
    score = np.array([*positives, *negatives])
    positive = np.array([True] * 10 + [False] * 4)
    assert rejected_at(0.15, score, positive) == 0.5  # .1 and .3; what ties with the threshold stays
    assert rejected_at(0.0, score, positive) == 0.25
    assert rejected_at(1.0, score, positive) == 1.0
    assert math.isnan(rejected_at(0.15, score, np.ones(14, dtype=bool)))


def test_calibration_error_by_chance_is_that_of_a_probability_that_holds() -> None:
    # One question that is right half of the time is always off by a half; sure ones never are.
    assert chance_calibration_error(np.array([0.5])) == 0.5
    assert chance_calibration_error(np.array([0.0, 1.0])) == 0.0
    assert np.isnan(chance_calibration_error(np.array([])))
    few, many = (chance_calibration_error(np.tile([0.15, 0.35, 0.75], times)) for times in (10, 1000))
    assert few == pytest.approx(10 * many, rel=0.1)  # it falls with the root of their number
    rng = np.random.default_rng(1)
    confidence = rng.random(400)
    errors = [calibration_error(confidence, rng.random(400) < confidence) for _ in range(200)]
    assert chance_calibration_error(confidence) == pytest.approx(np.mean(errors), rel=0.05)
