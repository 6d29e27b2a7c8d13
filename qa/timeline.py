"""What was reported when: the answers to one question in the order of publication."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qa.answer import Answer, Evidence
from qa.disagreement import disagreement


@dataclass(frozen=True, slots=True)
class Report:
    """An answer as it was reported on a day; `is_new` where no earlier day of the timeline has it.

    `evidence` are the pieces of that day that give it, most probable first, at least one.
    """

    day: date
    evidence: tuple[Evidence, ...]
    is_new: bool

    @property
    def answer(self) -> str:
        """The words of the most probable piece."""
        return self.evidence[0].answer


def timeline(answer: Answer) -> tuple[Report, ...]:
    """The answers of a question by day, earliest first; () unless they change, and are of several days.

    These are the first answer, wherever it was found, and the answers that differ from it; undated reports
    are left out, as is a second sentence of an article that says the same.
    """
    reports = tuple(_reports(sorted(_pieces(answer), key=_order)))
    changes = sum(report.is_new for report in reports) > 1
    return reports if changes and len({report.day for report in reports}) > 1 else ()


def _pieces(answer: Answer) -> list[Evidence]:
    found = disagreement(answer)
    sides = [side.evidence for side in found.sides] if found else [a.evidence for a in answer.answers[:1]]
    return [piece for side in sides for piece in side if piece.article.published]


def _order(piece: Evidence) -> tuple[date, float]:
    return piece.article.published or date.max, -piece.confidence


def _reports(pieces: list[Evidence]) -> Iterator[Report]:
    """One report for each day and answer; `pieces` are in order of day."""
    told: list[Report] = []
    for piece in pieces:
        day = piece.article.published
        assert day is not None
        same = [at for at, report in enumerate(told) if report.evidence[0].says_the_same(piece)]
        today = [at for at in same if told[at].day == day]
        if not today:
            told.append(Report(day, (piece,), not same))
        elif all(piece.article.id != known.article.id for known in told[today[0]].evidence):
            report = told[today[0]]
            told[today[0]] = Report(day, (*report.evidence, piece), report.is_new)
    yield from told
