"""A conversation with an archive: each question read in the light of the turns before it, and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.archive import Archive
from index.filters import EVERYTHING, Filters
from qa.answer import Answer
from qa.answering import MOST_CHARACTERS, answer_as_read
from qa.follow_up import FollowUp, Way, read_follow_up
from qa.in_view import known_article
from qa.question import normalise
from qa.remembered import Remembered
from qa.turn import Turn, turn_of

# Turns that are looked back on; earlier ones are forgotten.
MOST_TURNS = 8

_answered: Remembered["Dialogue"] = Remembered()
"""Conversations that came as mere questions, so that asking on does not answer them all once more."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for all questions of a conversation (see `qa.answering.ask`)."""

    threshold: float | None = None
    asked_on: date | None = None
    filters: Filters = EVERYTHING


EVER = Conditions()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of a conversation so far, oldest first: a value, so a page keeps one for each visitor.

    >>> answer, dialogue = Dialogue().ask(archive, "who met Milley?")  # doctest: +SKIP
    >>> answer, dialogue = dialogue.ask(archive, "when?")  # doctest: +SKIP
    """

    turns: tuple[Turn, ...] = ()

    @classmethod
    def after(
        cls,
        archive: Archive,
        history: Sequence[str | Turn | Mapping[str, object]],
        conditions: Conditions = EVER,
    ) -> "Dialogue":
        """The dialogue after earlier questions: turns as they are kept, or mere questions, answered now.

        Raises:
            UsageError: if an item is neither.
        """
        dialogue = cls()
        for item in history[-MOST_TURNS:]:
            if isinstance(item, str):
                dialogue = dialogue._asked(archive, item[:MOST_CHARACTERS], conditions)
            else:
                turn = item if isinstance(item, Turn) else Turn.from_json(item)
                dialogue = dialogue._with(turn)
        return dialogue

    def ask(
        self,
        archive: Archive,
        question: str,
        conditions: Conditions = EVER,
        *,
        follow_up: bool = True,
    ) -> tuple[Answer, "Dialogue"]:
        """The answer, and the dialogue with this turn; without `follow_up` the question is read as typed.

        Any text is accepted as a question.
        """
        read = self.read(archive, question) if follow_up else as_typed(question)
        answer = answer_as_read(
            archive,
            question,
            read,
            threshold=conditions.threshold,
            asked_on=conditions.asked_on,
            filters=conditions.filters,
        )
        before = self.turns[-1].articles if self.turns else ()
        return answer, self._with(turn_of(question[:MOST_CHARACTERS], read.text, read.frame, answer, before))

    def read(self, archive: Archive, question: str) -> FollowUp:
        """How a question would be read as the next one."""
        return read_follow_up(
            question[:MOST_CHARACTERS], self.turns, lambda name: known_article(archive, name)
        )

    def _asked(self, archive: Archive, question: str, conditions: Conditions) -> "Dialogue":
        key = (self, question, conditions)
        return _answered.get(archive, key, lambda: self.ask(archive, question, conditions)[1])

    def _with(self, turn: Turn) -> "Dialogue":
        return Dialogue((*self.turns, turn)[-MOST_TURNS:])


def as_typed(question: str) -> FollowUp:
    """A question read without regard to those before it."""
    text = normalise(question[:MOST_CHARACTERS])
    return FollowUp(Way.ALONE, text, text)
