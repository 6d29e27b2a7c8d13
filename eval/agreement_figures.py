"""What counts as right in a case of articles that agree or differ, and the figures over the cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from eval.agreement_task import Case
from eval.bootstrap import Interval, bootstrap, resamples
from eval.metrics import NAN, contains
from qa.answer import Answer, DistinctAnswer
from qa.corroboration import support
from qa.disagreement import Side, disagreement


class Outcome(StrEnum):
    """How a case came out."""

    RIGHT = "right"
    ABSTAINED = "abstained"
    WRONG_ANSWER = "another answer than the articles'"
    NOT_CORROBORATED = "found in one article only"
    FALSE_DISAGREEMENT = "agreement taken for disagreement"
    UNNOTICED = "disagreement not noticed"
    WRONG_SIDES = "a disagreement about something else"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a case, and what it was judged by.

    `sides` are the answers set side by side, [] if none were; `strange` counts those that no article's answer
    matches. `articles` and `outlets` support the first answer.
    """

    outcome: Outcome
    answer: str | None
    confidence: float
    sides: tuple[str, ...]
    strange: int
    articles: int
    outlets: int


def judge_case(case: Case, answer: Answer) -> Verdict:
    """Judge an answer.

    Articles that agree: the answer is theirs, two articles or more stand behind it, and no disagreement is
    claimed. Articles that differ: the sides give two of their answers or more.
    """
    found = disagreement(answer)
    sides = found.sides if found else ()
    matched = [_matches(case, side) for side in sides]
    behind = support(answer.answers[0].evidence) if answer.answers else support(())
    if answer.abstained:
        outcome = Outcome.ABSTAINED
    elif case.differs:
        outcome = _differing(case, answer, matched)
    else:
        outcome = _agreeing(case, answer, bool(sides), behind.articles)
    return Verdict(
        outcome=outcome,
        answer=answer.answer,
        confidence=answer.confidence,
        sides=tuple(side.answer for side in sides),
        strange=sum(not match for match in matched),
        articles=behind.articles,
        outlets=behind.outlets,
    )


def _differing(case: Case, answer: Answer, matched: Sequence[set[int]]) -> Outcome:
    if len(set[int]().union(*matched)) > 1 and sum(map(bool, matched)) > 1:
        return Outcome.RIGHT
    if not any(_gives(answer.answers[0], spellings) for spellings in case.answers):
        return Outcome.WRONG_ANSWER
    return Outcome.WRONG_SIDES if matched else Outcome.UNNOTICED


def _agreeing(case: Case, answer: Answer, disagrees: bool, articles: int) -> Outcome:
    if not _gives(answer.answers[0], case.answers[0]):
        return Outcome.WRONG_ANSWER
    if disagrees:
        return Outcome.FALSE_DISAGREEMENT
    return Outcome.RIGHT if articles > 1 else Outcome.NOT_CORROBORATED


def _gives(item: DistinctAnswer, spellings: Sequence[str]) -> bool:
    return contains(item.answer, spellings)


def _matches(case: Case, side: Side) -> set[int]:
    """Which of the case's answers a side gives."""
    return {
        number
        for number, spellings in enumerate(case.answers)
        if any(contains(piece.answer, spellings) for piece in side.evidence)
    }


Rows = NDArray[np.float64]


def figures(cases: Sequence[Case], verdicts: Sequence[Verdict], *, seed: int) -> dict[str, Interval]:
    """Shares with 95 % bootstrap intervals over the cases."""
    rows = np.array([_row(case, verdict) for case, verdict in zip(cases, verdicts, strict=True)])
    samples = (rows[drawn] for drawn in resamples(len(rows), seed))
    return dict(zip(_MEASURES, bootstrap(list(_MEASURES.values()), rows, samples), strict=True))


def _row(case: Case, verdict: Verdict) -> tuple[float, ...]:
    right = float(verdict.outcome is Outcome.RIGHT)
    told = float(verdict.outlets == case.outlets) if not case.differs and right else NAN
    judged = NAN if verdict.outcome in _UNANSWERED else right
    return float(case.differs), right, told, float(len(verdict.sides)), float(verdict.strange), judged


_UNANSWERED = frozenset({Outcome.ABSTAINED, Outcome.WRONG_ANSWER})
"""Cases in which nothing could be told of the articles' answer, as it was not given."""


def _mean(column: int, differs: float | None = None) -> Callable[[Rows], float]:
    def measure(rows: Rows) -> float:
        kept = rows if differs is None else rows[rows[:, 0] == differs]
        values = kept[~np.isnan(kept[:, column]), column]
        return float(values.mean()) if len(values) else NAN

    return measure


def _strange(rows: Rows) -> float:
    sides = rows[rows[:, 0] == 1.0, 3].sum()
    return float(rows[rows[:, 0] == 1.0, 4].sum() / sides) if sides else NAN


_MEASURES: dict[str, Callable[[Rows], float]] = {
    "right": _mean(1),
    "right, articles agree": _mean(1, 0.0),
    "right, articles differ": _mean(1, 1.0),
    "right, of those answered as an article does": _mean(5),
    "all outlets counted, of agreements found": _mean(2, 0.0),
    "sides that no article gives, articles differ": _strange,
}
