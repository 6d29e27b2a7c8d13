"""Metrics of answers and of confidences: pure functions of values, no archive and no model.

Exact match and F1 follow the official SQuAD scripts (1.1 and 2.0, https://rajpurkar.github.io/SQuAD-explorer/):
lower case, ASCII punctuation out, the articles "a", "an" and "the" out, white space collapsed, the best over
the gold answers. Where a measure has nothing to measure it is NaN, which reports show as a dash.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
NAN = float("nan")

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalise(text: str) -> str:
    """The text as the SQuAD scripts compare it; "" if nothing but articles and punctuation is in it."""
    bare = text.lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact_match(answer: str, gold: Sequence[str]) -> float:
    """1.0 if the answer equals one of the gold answers, else 0.0; "" is an abstention."""
    return float(normalise(answer) in {normalise(acceptable) for acceptable in _scored(gold)})


def token_f1(answer: str, gold: Sequence[str]) -> float:
    """Harmonic mean of token precision and recall, the best over the gold answers, in [0, 1].

    "" is an abstention: 1.0 on an unanswerable question (no gold), 0.0 on any other.
    """
    return max(_f1(normalise(answer).split(), normalise(acceptable).split()) for acceptable in _scored(gold))


def contains(text: str, gold: Sequence[str]) -> bool:
    """True if a gold answer stands in the text as a run of whole words.

    Compared after `normalise`, or else in lower case only: normalising glues "Moon-Biden" into one word,
    and "Moon" is there all the same.
    """
    return any(_has_words(text, acceptable) for acceptable in gold)


def auroc(score: Floats, positive: Bools) -> float:
    """Probability that a positive scores above a negative, ties counting one half; NaN without both kinds."""
    positives = int(positive.sum())
    negatives = len(positive) - positives
    if not positives or not negatives:
        return NAN
    rank_sum = float(_midranks(score)[positive].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def coverage_at(accuracy: float, confidence: Floats, correct: Bools) -> float:
    """Largest share of questions that a confidence threshold can answer with at least this accuracy.

    Questions of equal confidence are answered together or not at all: no threshold tells them apart.
    0.0 if no threshold reaches the accuracy, NaN without questions.
    """
    if not len(confidence):
        return NAN
    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(order) + 1)
    enough = np.cumsum(correct[order]) >= accuracy * answered - 1e-9  # 4 of 5 is 0.8, whatever floats say
    ordered = confidence[order]
    last_of_tie = np.append(ordered[1:] != ordered[:-1], True)  # not their difference: infinities may tie
    reached = answered[enough & last_of_tie]
    return float(reached.max() / len(order)) if len(reached) else 0.0


def rejected_at(share: float, score: Floats, positive: Bools) -> float:
    """Largest share of negatives under a threshold that has at most `share` of the positives under it.

    What scores alike is rejected together or not at all. NaN without both kinds.
    """
    positives, negatives = np.sort(score[positive]), score[~positive]
    if not len(positives) or not len(negatives):
        return NAN
    lost = int(share * len(positives) + 1e-9)  # 15 % of 20 are 3, whatever floats say
    threshold = positives[lost] if lost < len(positives) else np.inf
    return float((negatives < threshold).mean())


def calibration_error(confidence: Floats, correct: Bools, *, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width: mean |accuracy - confidence|, weighted by size.

    A confidence on the edge of two bins is in the upper one, 1.0 in the last (Guo et al. 2017).
    """
    if not len(confidence):
        return NAN
    gap = np.bincount(
        _bin_of(confidence, bins), weights=correct.astype(np.float64) - confidence, minlength=bins
    )
    return float(np.abs(gap).sum() / len(confidence))


def chance_calibration_error(confidence: Floats, *, bins: int = 10, draws: int = 200) -> float:
    """The calibration error that chance alone gives: what confidences have that are right on the average.

    The mean over outcomes drawn by the confidences themselves (consistency resampling, Bröcker and Smith
    2007, "Increasing the Reliability of Reliability Diagrams"); always the same draws. The fewer questions,
    the larger it is, and an error no larger tells of no fault.
    """
    if not len(confidence):
        return NAN
    drawn = np.random.default_rng(0).random((draws, len(confidence))) < confidence
    binned = _bin_of(confidence, bins)[:, None] == np.arange(bins)
    return float(np.abs((drawn - confidence) @ binned).sum() / (draws * len(confidence)))


def _bin_of(confidence: Floats, bins: int) -> NDArray[np.int64]:
    return np.minimum((confidence * bins).astype(np.int64), bins - 1)


def precision_recall_f1(chosen: Bools, wanted: Bools) -> tuple[float, float, float]:
    """Precision, recall and F1 of a choice; NaN where nothing was chosen, wanted, or either."""
    both = float((chosen & wanted).sum())
    chosen_count, wanted_count = int(chosen.sum()), int(wanted.sum())
    precision = both / chosen_count if chosen_count else NAN
    recall = both / wanted_count if wanted_count else NAN
    total = chosen_count + wanted_count
    return precision, recall, 2 * both / total if total else NAN


def _scored(gold: Sequence[str]) -> list[str]:
    # As the 2.0 script: gold that normalises to nothing is no gold, and no gold at all is the empty answer.
    return [acceptable for acceptable in gold if normalise(acceptable)] or [""]


def _f1(answer: list[str], gold: list[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    shared = sum((Counter(answer) & Counter(gold)).values())
    return 2 * shared / (len(answer) + len(gold))


def _has_words(text: str, gold: str) -> bool:
    wanted = normalise(gold)
    if not wanted:
        return False
    verbatim = rf"(?<!\w){re.escape(gold.lower())}(?!\w)"
    return f" {wanted} " in f" {normalise(text)} " or re.search(verbatim, text.lower()) is not None


def _midranks(values: Floats) -> Floats:
    """Ranks from 1, equal values sharing the mean of theirs."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    mean_rank: Floats = np.cumsum(counts) - (counts - 1) / 2
    return mean_rank[group]
