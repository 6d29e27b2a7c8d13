"""A turn of a conversation, as much of it as later questions may refer to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from index.errors import UsageError


@dataclass(frozen=True, slots=True)
class Turn:
    """A question asked, how it was read, and what came of it.

    `read` is the question in full, `frame` the same with "someone" for what an earlier answer put in, so
    that "and Austin?" does not inherit it. `answers` are the spans given, best first, () for an abstention;
    `quote` is the sentence of the best. `articles` are the ids of the articles in view, nearest first.
    """

    question: str
    read: str
    frame: str = ""
    answers: tuple[str, ...] = ()
    quote: str = ""
    articles: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The best answer, "" for an abstention."""
        return self.answers[0] if self.answers else ""

    def to_json(self) -> dict[str, Any]:
        """The turn as a JSON object, for a page or a program to keep."""
        return {
            "question": self.question,
            "read": self.read,
            "frame": self.frame,
            "answers": list(self.answers),
            "quote": self.quote,
            "articles": list(self.articles),
        }

    @classmethod
    def from_json(cls, record: object) -> Self:
        """The turn of a JSON object made by `to_json`; what is missing is empty.

        Raises:
            UsageError: if it is no such object.
        """
        if not isinstance(record, Mapping) or not isinstance(record.get("question"), str):
            raise UsageError("history: expected questions, or turns with a question")
        question = record["question"]
        return cls(
            question=question,
            read=_text(record, "read") or question,
            frame=_text(record, "frame"),
            answers=_texts(record, "answers"),
            quote=_text(record, "quote"),
            articles=_texts(record, "articles"),
        )


def _text(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"history: {key}: expected text, found {value!r}")
    return value or ""


def _texts(record: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = record.get(key)
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"history: {key}: expected a list of texts, found {value!r}")
    return tuple(value)
