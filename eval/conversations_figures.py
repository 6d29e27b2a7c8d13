"""How well follow-up questions are answered: turns judged, and figures with intervals over conversations."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import RESAMPLES, Interval, bootstrap, resamples
from eval.conversations_task import GoldTurn
from eval.judge import is_correct
from qa.answer import Answer


class Asked(StrEnum):
    """The three ways in which every turn is asked."""

    AFTER = "after the turns before it"
    IN_FULL = "as a person wrote it in full"
    ALONE = "as typed, alone"


class Outcome(StrEnum):
    """What became of a turn; every turn has exactly one."""

    RIGHT = "right"
    WRONG = "wrong sentence"
    ABSTAINED = "wrongly abstained"
    REJECTED = "rightly abstained"
    MADE_UP = "wrongly answered"


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn asked in one way: a line of questions.jsonl. `right` is what the figures count."""

    conversation: str
    part: str
    kind: str
    asked: Asked
    follows: bool
    question: str
    gold: tuple[str, ...]
    gold_article: str
    rewritten: str
    read_as: str | None
    answer: str | None
    quote: str | None
    article: str | None
    confidence: float
    outcome: Outcome
    took_ms: float

    @property
    def right(self) -> bool:
        """True if the sentence quoted first, of the right article, holds a gold answer, or none was due."""
        return self.outcome in (Outcome.RIGHT, Outcome.REJECTED)


def judged(turn: GoldTurn, asked: Asked, answer: Answer) -> TurnRow:
    """The row of an answer."""
    best = answer.evidence[0] if answer.evidence else None
    return TurnRow(
        conversation=turn.conversation,
        part=turn.part,
        kind=turn.gold.kind,
        asked=asked,
        follows=turn.follows,
        question=turn.gold.question,
        gold=turn.gold.answers,
        gold_article=turn.gold.article_id,
        rewritten=turn.rewritten,
        read_as=answer.read_as,
        answer=best.answer if best else None,
        quote=best.quote if best else None,
        article=best.article.id if best else None,
        confidence=round(answer.confidence, 4),
        outcome=_outcome(turn, answer),
        took_ms=answer.took_ms,
    )


def _outcome(turn: GoldTurn, answer: Answer) -> Outcome:
    if not turn.gold.answerable:
        return Outcome.REJECTED if answer.abstained else Outcome.MADE_UP
    if answer.abstained:
        return Outcome.ABSTAINED
    return Outcome.RIGHT if is_correct(turn.gold, answer.evidence[0]) else Outcome.WRONG


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its interval; `over` is the number of turns it is a share of."""

    name: str
    interval: Interval
    over: int


Flags = NDArray[np.bool_]


def figures(rows: Sequence[TurnRow], *, seed: int = 0, times: int = RESAMPLES) -> list[Figure]:
    """Every figure; conversations are drawn whole, as their turns depend on each other."""
    names = sorted({row.conversation for row in rows})
    places = np.array([names.index(row.conversation) for row in rows])
    right = np.array([row.right for row in rows])
    chosen = {name: flags for name, flags in _choices(rows) if flags.any()}
    measures = [_share_of(right, flags) for flags in chosen.values()]
    whole = np.arange(len(rows))
    by_name = [whole[places == at] for at in range(len(names))]
    samples = (
        np.concatenate([by_name[at] for at in draw]) for draw in resamples(len(names), seed, times=times)
    )
    intervals = bootstrap(measures, whole, samples)
    return [
        Figure(name, interval, int(flags.sum()))
        for (name, flags), interval in zip(chosen.items(), intervals, strict=True)
    ]


def _share_of(right: Flags, flags: Flags) -> Callable[[NDArray[np.int64]], float]:
    def measure(drawn: NDArray[np.int64]) -> float:
        counted = flags[drawn]
        return float(right[drawn][counted].mean()) if counted.any() else float("nan")

    return measure


def _choices(rows: Sequence[TurnRow]) -> Iterator[tuple[str, Flags]]:
    """The name of each figure and which rows it counts."""
    parts = np.array([row.part for row in rows])
    ways = np.array([row.asked.value for row in rows])
    kinds = np.array([row.kind for row in rows])
    follows = np.array([row.follows for row in rows], dtype=bool)
    answerable = np.array([bool(row.gold) for row in rows], dtype=bool)
    after = ways == Asked.AFTER.value
    for part in sorted({row.part for row in rows}, reverse=True):
        here = parts == part
        for asked in Asked:
            yield f"{part}: follow-ups, {asked}", here & (ways == asked.value) & follows & answerable
        yield f"{part}: first turns", here & after & ~follows & answerable
        yield f"{part}: unanswerable follow-ups rejected", here & after & follows & ~answerable
        for kind in sorted({row.kind for row in rows if row.part == part and row.follows and row.gold}):
            yield f"{part}: {kind}", here & after & (kinds == kind) & follows & answerable
