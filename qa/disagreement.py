"""Articles that give different answers to one question, set side by side with outlet and day.

Only numbers, days and names of which one is right can differ (see `qa.values`). Who is right is not said:
a later report may correct an earlier one or count longer, so each side tells how its day stands to the
first answer's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qa.answer import Answer, Evidence, distinct
from qa.question import analyse
from qa.values import Kind, Verdict, compare, kind_of


class When(StrEnum):
    """How the day of a side's report stands to that of the answer."""

    LATER = "later report"
    SAME_DAY = "same day"
    EARLIER = "earlier report"
    UNDATED = "undated report"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers that differ: its evidence, earliest first, at least one piece, and when it is from.

    `when` compares the side's latest report with that of the answer's side; None on the answer's own.
    """

    evidence: tuple[Evidence, ...]
    when: When | None

    @property
    def answer(self) -> str:
        """The words of its most probable piece."""
        return max(self.evidence, key=lambda piece: piece.confidence).answer

    @property
    def published(self) -> date | None:
        """The day of its latest report, None if none has a day."""
        return _latest(self.evidence)

    @property
    def outlets(self) -> tuple[str, ...]:
        """Its outlets, in the order in which they first reported; unnamed ones left out."""
        return tuple(
            dict.fromkeys(piece.article.source for piece in self.evidence if piece.article.source.strip())
        )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Answers that differ in a number, a date or a name: two sides or more, by day."""

    kind: Kind
    sides: tuple[Side, ...]


def disagreement(answer: Answer) -> Disagreement | None:
    """The answers to a question that differ; None if they do not, or if it cannot be told."""
    if answer.abstained:
        return None
    kind = kind_of(analyse(answer.question), answer.evidence[0])
    if kind is None:
        return None
    own = answer.answers[0].evidence
    agreeing = {piece.article.id for piece in own}
    others = [
        piece
        for piece in answer.compared
        # An article that gives the answer too does not differ: its other words answer something else.
        if piece.article.id not in agreeing and compare(kind, own[0], piece) is Verdict.DIFFERENT
    ]
    if not others:
        return None
    groups = distinct(sorted(others, key=lambda piece: -piece.confidence))
    sides = [_side(own, None), *(_side(group.evidence, _when(own, group.evidence)) for group in groups)]
    return Disagreement(kind, tuple(sorted(sides, key=lambda side: side.published or date.max)))


def _side(evidence: Sequence[Evidence], when: When | None) -> Side:
    ordered = sorted(evidence, key=lambda piece: piece.article.published or date.max)
    return Side(tuple(ordered), when)


def _when(own: Sequence[Evidence], other: Sequence[Evidence]) -> When:
    mine, yours = _latest(own), _latest(other)
    if mine is None or yours is None:
        return When.UNDATED
    return When.SAME_DAY if mine == yours else When.LATER if yours > mine else When.EARLIER


def _latest(evidence: Sequence[Evidence]) -> date | None:
    return max((day for piece in evidence if (day := piece.article.published)), default=None)
