"""Fitting of the three linear models of `qa.selection`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from qa.selection import (
    CHOICE,
    OVERALL,
    LinearModel,
    Observed,
    SelectionModel,
    Stages,
    choice_rows,
    is_of_the_day,
    overall,
)
from qa.selection_features import FEATURES, Matrix, Row

UNANSWERABLE = 1 / 3
"""Share of unanswerable questions that probabilities are fitted to: most people ask what is told."""

UNANSWERABLE_BY_FEW = 1 / 2
"""The same where there are few sentences: the less an archive holds, the less often it has the answer."""

GIVEN = "squad2, paragraph given"
"""Questions asked of one paragraph, which has the words of all of them."""

# What the probability of an answer among few sentences is told from: the 455 questions of one paragraph bear
# no more columns. With the written ones of small archives beside them AUROC on them fell from .79 to .69.
FEW_SEES = frozenset({"reading", "reading_lead", "typed", "names_missing", "numbers_missing"})

WITH_UNANSWERABLE = ("squad2", "wikiqa", "new_wiki", "news", "written", "written, few articles")

YES_NO = "written, yes or no"
"""Questions of yes or no: too few to choose sentences by, and enough to tell how sure their answers are."""

DISTANCE = 30.0
"""Penalty on the distance of their weights from those of all other questions (see `fit_adapted`).

Cross-validated by article, 3, 10, 30 and 100 give AUROC, answerable or not, of .78, .78, .79 and .79.
"""

ASKED_IN_ITS_DAYS = ("news",)
"""Questions of the week, asked of an archive in which many articles tell of the same."""

OTHERS_IN_THEIR_DAYS = 0.25
"""Share of the other questions asked in their days, by article, from which the models of the day learn too.

Where each event has one article nothing bears it out, and all are as near. With all of the written ones AUROC
on ASKED_IN_ITS_DAYS is .84 and on them .77, with a half .89 and .73, with this share .90 and .71, with none
.91 and .63 (cross-validated by article and week).
"""

Columns = frozenset[str]
"""Names of columns."""

NONE: Columns = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates as they are seen, and which of them answer (none: unanswerable).

    `read` is False where the reader was trained on the article, so that its scores would be too good.
    """

    collection: str
    article: str
    seen: Observed
    answers: NDArray[np.bool_]
    answerable: bool
    read: bool


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on answers are given: to what is asked in its days, and to all else."""

    plain: float
    of_the_day: float

    def of(self, example: Example) -> float:
        """That of a question."""
        of_the_day = is_of_the_day(example.seen) and not example.seen.yes_no
        return self.of_the_day if of_the_day else self.plain


EVEN = Thresholds(0.5, 0.5)


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
    examples: Sequence[Example],
    ranking: LinearModel,
    choosing: LinearModel,
    *,
    unanswerable: float = UNANSWERABLE,
    without: Columns = NONE,
    penalty: float = 1.0,
) -> LinearModel:
    """Logistic regression of "the best sentence answers" by Newton's method.

    Fitted to the collections whose unanswerable questions people wrote or judged, or lost the texts that
    answer them, weighed so that a share of `unanswerable` of all questions are.
    """
    judged = [example for example in examples if example.collection in WITH_UNANSWERABLE] or list(examples)
    rows, right = _judged(judged, ranking, choosing)
    rows = rows * _kept(OVERALL, without)
    weighed = _weights(np.array([example.answerable for example in judged]), unanswerable)
    return fit_logistic(rows, right, weighed, penalty=penalty)


def _judged(examples: Sequence[Example], ranking: LinearModel, choosing: LinearModel) -> tuple[Matrix, Row]:
    """The OVERALL columns of each example's best sentence, (n, columns), and whether it answers, (n,)."""
    chosen = [choice_rows(ranking.scores(e.seen.rows), e.seen) for e in examples]
    scored = [choosing.scores(choices) for choices in chosen]
    rows = np.array([overall(c, s, e.seen) for c, s, e in zip(chosen, scored, examples, strict=True)])
    right = np.array([float(e.answers[s.argmax()]) for e, s in zip(examples, scored, strict=True)])
    return rows, right


def fit_logistic(
    rows: Matrix, right: Row, weighed: Row, *, penalty: float = 1.0, offset: Row | float = 0.0
) -> LinearModel:
    """Logistic regression of `right` (n,), 0 or 1, by Newton's method; `weighed` (n,) weighs the rows.

    `offset` (n,) is a part of the logits that is known.
    """
    means, scales = standardise(rows)
    columns = np.column_stack([(rows - means) / scales, np.ones(len(rows))])
    penalties = np.array([penalty] * len(means) + [1e-6])
    weights: Row = np.zeros(len(penalties))
    for _ in range(20):
        sure = 1 / (1 + np.exp(-(columns @ weights + offset)))
        gradient = columns.T @ (weighed * (sure - right)) + penalties * weights
        hessian = (columns * (weighed * sure * (1 - sure))[:, None]).T @ columns + np.diag(penalties)
        weights = weights - np.linalg.solve(hessian, gradient)
    return LinearModel(weights[:-1], means, scales, float(weights[-1]))


def _weights(answerable: NDArray[np.bool_], unanswerable: float) -> Row:
    """A weight for each question, 1 on average, that makes `unanswerable` of their sum unanswerable."""
    share = float((~answerable).mean())
    if share in (0.0, 1.0):
        return np.ones(len(answerable))
    weighed: Row = np.where(answerable, (1 - unanswerable) / (1 - share), unanswerable / share)
    return weighed


def cross_validated(
    examples: Sequence[Example], folds: int = 6, *, without: Columns = NONE
) -> dict[int, Row]:
    """Probabilities of the sentences of each example that was read, from models fitted on other articles."""
    articles = sorted({_article(example) for example in examples})
    np.random.default_rng(1).shuffle(articles)
    fold = {tuple(article): place % folds for place, article in enumerate(articles)}
    of = [fold[_article(example)] for example in examples]
    found: dict[int, Row] = {}
    for held_out in range(folds):
        others = [e for e, place in zip(examples, of, strict=True) if place != held_out]
        model = fit(others, without=without)
        for number, example in enumerate(examples):
            if of[number] == held_out and example.read:
                found[number] = model.of_observed(example.seen)
    return found


def _taught_the_day(example: Example) -> bool:
    drawn = crc32(example.article.encode()) % 100 < 100 * OTHERS_IN_THEIR_DAYS
    return example.collection in ASKED_IN_ITS_DAYS or drawn


def _article(example: Example) -> tuple[str, str]:
    """What must not be parted: one article, in whatever way it is asked."""
    return example.collection.split(",")[0], example.article


def fit(
    examples: Sequence[Example],
    thresholds: Thresholds = EVEN,
    reader: str = "",
    *,
    without: Columns = NONE,
) -> SelectionModel:
    """All models: the plain ones on every example, those of the day on what was asked in its days.

    Columns named in `without` get no weight, which tells what they are worth.
    """
    given = [example for example in examples if example.collection == GIVEN]
    found = [example for example in examples if example.collection not in (GIVEN, YES_NO)]
    plain = fit_stages(found, thresholds.plain, without=without)
    news = [e for e in found if e.read and is_of_the_day(e.seen) and _taught_the_day(e)]
    of_the_day = fit_stages(news, thresholds.of_the_day, without=without) if news else plain
    unseen_by_few = without | (frozenset(OVERALL) - FEW_SEES)
    by_few = partial(fit_answering, unanswerable=UNANSWERABLE_BY_FEW, without=unseen_by_few)
    few = by_few(given, plain.ranking, plain.choosing) if given else plain.answering
    yes_no = [example for example in examples if example.collection == YES_NO]
    by_yes_no = fit_adapted(yes_no, plain) if yes_no else plain.answering
    return SelectionModel(plain, of_the_day, few, by_yes_no, reader, {}, 0.0)


def fit_adapted(examples: Sequence[Example], stages: Stages) -> LinearModel:
    """The stages' model of the probability, moved as far as a few examples of another kind bear out.

    Ridge regression towards weights that are there instead of towards 0, as for adapting a classifier to
    another domain (Chelba and Acero 2004): of the logit only what has to be added is fitted.
    """
    rows, right = _judged(examples, stages.ranking, stages.choosing)
    weighed = _weights(np.array([example.answerable for example in examples]), UNANSWERABLE)
    before = stages.answering
    added = fit_logistic(rows, right, weighed, penalty=DISTANCE, offset=before.scores(rows))
    weights = before.weights + added.weights * before.scales / added.scales
    shift = float((added.weights * (before.means - added.means) / added.scales).sum())
    return LinearModel(weights, before.means, before.scales, before.bias + added.bias + shift)


def fit_stages(examples: Sequence[Example], threshold: float, *, without: Columns = NONE) -> Stages:
    """The three models: the first on every example, the others on those that were read."""
    kept = _kept(FEATURES, without)
    ranking = fit_ranking([e.seen.rows * kept for e in examples], [e.answers for e in examples])
    unseen = [example for example in examples if example.read]
    choices = [choice_rows(ranking.scores(e.seen.rows), e.seen) * _kept(CHOICE, without) for e in unseen]
    choosing = fit_ranking(choices, [e.answers for e in unseen])
    answering = fit_answering(unseen, ranking, choosing, without=without)
    if answering.weights[OVERALL.index("nearness")] < 0:
        # Asked of an article that does not say it, a question is near; that must not speak against answers.
        answering = fit_answering(unseen, ranking, choosing, without=without | {"nearness"})
    return Stages(ranking, choosing, answering, threshold)


def _kept(names: Sequence[str], without: Columns) -> Row:
    return np.array([float(name not in without) for name in names])
