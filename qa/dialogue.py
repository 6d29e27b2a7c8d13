"""A conversation with an archive: each question read in the light of the turns before it, and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.archive import Archive
from index.filters import EVERYTHING, Filters
from qa.answer import Answer, ReplyKind
from qa.answering import MOST_CHARACTERS, answer_as_read, spelt
from qa.follow_up import FollowUp, Way, read_follow_up
from qa.in_view import known_article
from qa.misspelling import mended
from qa.overview import listed, more, overview
from qa.question import normalise
from qa.remembered import Remembered
from qa.small_talk import small_talk, spoken
from qa.topics import Topic, asked_topic, asks_for_more, lists_articles, named_alone
from qa.turn import Turn

# Articles that stay in view: that of the last answer and the one before it.
IN_VIEW = 2

# Of longer messages it is not asked whether they are a misspelt wish for an overview.
LONGEST_MENDED = 8  # words

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
        if (talk := small_talk(archive, question)) is not None:
            return spoken(question, talk), self
        read = self.read(archive, question) if follow_up else as_typed(question)
        before = self.turns[-1] if self.turns and follow_up else None
        answer = told_of(archive, question, read, conditions, before) or answer_as_read(
            archive,
            question,
            read,
            threshold=conditions.threshold,
            asked_on=conditions.asked_on,
            filters=conditions.filters,
        )
        if answer.kind is ReplyKind.ARTICLES:
            return answer, self
        in_view = before.articles if before else ()
        return answer, self._with(turn_of(question[:MOST_CHARACTERS], spelt(archive, read), answer, in_view))

    def said(self, archive: Archive, answer: Answer) -> Turn | None:
        """The turn that an answer given by `qa.ask` after these turns makes; None if it says nothing new.

        For a page that answers in one place and keeps its turns in another.
        """
        if answer.kind in (ReplyKind.ARTICLES, ReplyKind.SMALL_TALK):
            return None
        in_view = self.turns[-1].articles if self.turns else ()
        read = self.read(archive, answer.question)
        return turn_of(answer.question[:MOST_CHARACTERS], spelt(archive, read), answer, in_view)

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


def told_of(
    archive: Archive, question: str, read: FollowUp, conditions: Conditions, before: Turn | None
) -> Answer | None:
    """The overview that a message asks for in place of an answer, None if it asks a question."""
    filters = conditions.filters
    if lists_articles(question):
        return listed(archive, question, filters=filters, asked_on=conditions.asked_on)
    if before and asks_for_more(question):
        return more(archive, question, before)
    topic = asked_topic(read.text)
    if topic is None and read.way is Way.ALONE:
        topic = _misspelt_topic(archive, read.text) or named_alone(archive, read.text, filters)
    if topic is None:
        return None
    answer = overview(archive, question, topic, filters=filters, asked_on=conditions.asked_on)
    if read.way in (Way.ALONE, Way.IN_VIEW):
        return answer
    return replace(answer, read_as=read.text, interpreted_as=read.text)


def _misspelt_topic(archive: Archive, text: str) -> Topic | None:
    """The topic of "lateast on Anthony Fauchi": what asks for one may be misspelt as well as the name."""
    meant = mended(archive, text) if len(text.split()) <= LONGEST_MENDED else None
    topic = asked_topic(meant) if meant else None
    return replace(topic, is_mended=True) if topic else None


def turn_of(question: str, read: FollowUp, answer: Answer, before: Sequence[str]) -> Turn:
    """The turn that an answer makes; `before` are the articles that were in view."""
    told = [*answer.evidence, *answer.overview]
    near = answer.near_miss if not told and not before else None
    articles = [piece.article.id for piece in (*told[:1], *([near] if near else []))]
    return Turn(
        question=question,
        read=read.text,
        frame=read.frame,
        answers=tuple(item.answer for item in answer.answers),
        quote=told[0].quote if told else "",
        articles=tuple(dict.fromkeys([*articles, *before]))[:IN_VIEW],
    )


def as_typed(question: str) -> FollowUp:
    """A question read without regard to those before it."""
    text = normalise(question[:MOST_CHARACTERS])
    return FollowUp(Way.ALONE, text, text)
