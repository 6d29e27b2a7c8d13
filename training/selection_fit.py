"""Fitting of the two linear models of `qa.selection`, and the figures that tell how good they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.selection import LinearModel, SelectionModel, choice_rows, overall
from qa.selection_features import Matrix, Row

UNANSWERABLE = 1 / 3
"""Share of unanswerable questions that probabilities are fitted to: most people ask what is told."""

WITH_UNANSWERABLE = ("squad2", "wikiqa")

KEPT = 0.9
RULE = f"the highest at which {KEPT:.0%} of the right choices are answered, cross-validated by article"


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates as features, and which of them answer (none: unanswerable).

    `reading` holds the reader's scores of the candidates, None where the reader was trained on the article.
    """

    collection: str
    article: str
    rows: Matrix
    answers: NDArray[np.bool_]
    answerable: bool
    reading: Row | None


def standardise(rows: Matrix) -> tuple[Row, Row]:
    """Mean and deviation of each column; deviation 1 for a column that does not vary."""
    scales = np.asarray(rows.std(axis=0), dtype=np.float64)
    scales[scales < 1e-6] = 1.0
    return np.asarray(rows.mean(axis=0), dtype=np.float64), scales


def fit_ranking(
    offered: Sequence[Matrix],
    answers: Sequence[NDArray[np.bool_]],
    *,
    penalty: float = 1.0,
    steps: int = 15,
) -> LinearModel:
    """Conditional logit: a softmax over each question's sentences that favours those that answer.

    `offered` has a matrix (sentences, columns) for each question. Newton's method on the cross entropy to
    an even share for each answering sentence, steps halved while they make it worse.
    """
    means, scales = standardise(np.concatenate(offered))
    judged = [
        ((rows - means) / scales, right / right.sum())
        for rows, right in zip(offered, answers, strict=True)
        if right.any()
    ]
    weights: Row = np.zeros(len(means), dtype=np.float64)
    loss = _ranking_loss(judged, weights, penalty)
    for _ in range(steps):
        step = _newton_step(judged, weights, penalty)
        while _ranking_loss(judged, weights - step, penalty) > loss and np.abs(step).max() > 1e-6:
            step = step / 2
        weights = weights - step
        loss = _ranking_loss(judged, weights, penalty)
        if np.abs(step).max() < 1e-4:
            break
    return LinearModel(weights, means, scales)


def _ranking_loss(judged: Sequence[tuple[Matrix, Row]], weights: Row, penalty: float) -> float:
    losses = (-(target @ np.log(_softmax(rows @ weights) + 1e-300)) for rows, target in judged)
    return float(sum(losses) + penalty * weights @ weights / 2)


def _newton_step(judged: Sequence[tuple[Matrix, Row]], weights: Row, penalty: float) -> Row:
    gradient: Row = penalty * weights
    hessian = penalty * np.eye(len(weights))
    for rows, target in judged:
        share = _softmax(rows @ weights)
        centre = share @ rows
        gradient += centre - target @ rows
        hessian += (rows * share[:, None]).T @ rows - np.outer(centre, centre)
    return np.asarray(np.linalg.solve(hessian, gradient), dtype=np.float64)


def _softmax(scores: Row) -> Row:
    odds: Row = np.exp(scores - scores.max())
    shares: Row = odds / float(odds.sum())
    return shares


def fit_answering(
    examples: Sequence[Example], ranking: LinearModel, choosing: LinearModel, *, penalty: float = 1.0
) -> LinearModel:
    """Logistic regression of "the best sentence answers" by Newton's method.

    Fitted to the collections whose unanswerable questions people wrote or judged, weighed so that
    UNANSWERABLE of all questions are.
    """
    judged = [example for example in examples if example.collection in WITH_UNANSWERABLE] or list(examples)
    chosen = [choice_rows(ranking.scores(e.rows), read(e)) for e in judged]
    scored = [choosing.scores(choices) for choices in chosen]
    rows = np.array([overall(c, s) for c, s in zip(chosen, scored, strict=True)])
    right = np.array([float(e.answers[s.argmax()]) for e, s in zip(judged, scored, strict=True)])
    weighed = _weights(np.array([example.answerable for example in judged]))
    means, scales = standardise(rows)
    columns = np.column_stack([(rows - means) / scales, np.ones(len(rows))])
    penalties = np.array([penalty] * len(means) + [1e-6])
    weights: Row = np.zeros(len(penalties))
    for _ in range(20):
        sure = 1 / (1 + np.exp(-columns @ weights))
        gradient = columns.T @ (weighed * (sure - right)) + penalties * weights
        hessian = (columns * (weighed * sure * (1 - sure))[:, None]).T @ columns + np.diag(penalties)
        weights = weights - np.linalg.solve(hessian, gradient)
    return LinearModel(weights[:-1], means, scales, float(weights[-1]))


def read(example: Example) -> Row:
    """The reader's scores of an example that was read."""
    assert example.reading is not None
    return example.reading


def _weights(answerable: NDArray[np.bool_]) -> Row:
    """A weight for each question, 1 on average, that makes UNANSWERABLE of their sum unanswerable."""
    share = float((~answerable).mean())
    if share in (0.0, 1.0):
        return np.ones(len(answerable))
    weighed: Row = np.where(answerable, (1 - UNANSWERABLE) / (1 - share), UNANSWERABLE / share)
    return weighed


def cross_validated(examples: Sequence[Example], folds: int = 6) -> dict[int, Row]:
    """Probabilities of the sentences of each example that was read, from models fitted on other articles."""
    articles = sorted({(example.collection, example.article) for example in examples})
    np.random.default_rng(1).shuffle(articles)
    fold = {tuple(article): place % folds for place, article in enumerate(articles)}
    of = [fold[(example.collection, example.article)] for example in examples]
    found: dict[int, Row] = {}
    for held_out in range(folds):
        model = fit([e for e, place in zip(examples, of, strict=True) if place != held_out])
        for number, example in enumerate(examples):
            if of[number] == held_out and example.reading is not None:
                found[number] = model.of_features(example.rows, example.reading)
    return found


def fit(examples: Sequence[Example], threshold: float = 0.5) -> SelectionModel:
    """All three models: the first on every example, the others on those that were read."""
    ranking = fit_ranking([e.rows for e in examples], [e.answers for e in examples])
    unseen = [example for example in examples if example.reading is not None]
    choices = [choice_rows(ranking.scores(e.rows), read(e)) for e in unseen]
    choosing = fit_ranking(choices, [e.answers for e in unseen])
    answering = fit_answering(unseen, ranking, choosing)
    return SelectionModel(ranking, choosing, answering, threshold, {}, 0.0)


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
