"""What programs may ask of an archive, by HTTP, by MCP or from Python: `ask`, `search`, `articles`.

The functions take and give plain JSON values, checked and bounded here, and are the same wherever they
are offered (docs/api.md). Days are written 2021-12-01; "" stands for none.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from index.archive import Archive
from index.browsing import Entry, browse
from index.errors import UsageError
from index.filters import Filters
from qa.answer import Answer
from qa.answering import ask as ask_archive
from qa.asking import read_day, read_filters
from qa.rendering import Json, hit_json, to_json
from qa.retriever import Retriever

LONGEST_QUESTION = 2_000  # characters; some five times what the encoder reads
MOST_OUTLETS = 100  # of a filter
MOST_EARLIER = 50  # questions before one; only the last few matter (qa.dialogue)
MOST_HITS = 100
MOST_ARTICLES = 500  # of one page

Asker = Callable[..., Answer]
"""Answers a question from an archive, as `qa.ask` does."""


class Programs:
    """The three functions over one archive. Each raises UsageError for a bad argument, in one line."""

    def __init__(self, archive: Archive, ask: Asker = ask_archive) -> None:
        self.archive = archive
        self._ask = ask

    def ask(
        self,
        question: str,
        sources: Sequence[str] = (),
        after: str = "",
        before: str = "",
        asked_on: str = "",
        history: Sequence[str] = (),
    ) -> Json:
        """The answer to a question, as `citewire ask --json` prints it; `history` was asked before it."""
        more: dict[str, Any] = {}
        if earlier := earlier_questions(history):
            more["history"] = earlier
        if filters := filters_of(sources, after, before):
            more["filters"] = filters
        if day := read_day(asked_on or None, "asked_on"):
            more["asked_on"] = day
        return to_json(self._ask(self.archive, bounded(question), **more))

    def search(
        self, query: str, k: int = 5, sources: Sequence[str] = (), after: str = "", before: str = ""
    ) -> list[Json]:
        """The k best passages for a query, as `citewire search --json` prints them."""
        filters = filters_of(sources, after, before)
        count = whole(k, 1, MOST_HITS, "k")
        return [
            hit_json(hit) for hit in Retriever(self.archive).search(bounded(query), count, filters=filters)
        ]

    def articles(
        self,
        words: str = "",
        sources: Sequence[str] = (),
        after: str = "",
        before: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> Json:
        """A page of the catalogue, latest first: `total` found, and `articles` from `offset` on."""
        found = browse(
            self.archive.database,
            bounded(words),
            filters_of(sources, after, before),
            offset=whole(offset, 0, 1_000_000_000, "offset"),
            limit=whole(limit, 1, MOST_ARTICLES, "limit"),
        )
        return {
            "total": found.total,
            "offset": found.offset,
            "articles": [entry_json(entry) for entry in found.entries],
        }


@cache
def version() -> str:
    """The version installed, "unknown" when run from files alone."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("citewire")
    except PackageNotFoundError:
        return "unknown"


def entry_json(entry: Entry) -> Json:
    """An article of a list, with the names that `citewire list --json` has."""
    return {
        "id": entry.id,
        "title": entry.title,
        "source": entry.source,
        "published": entry.published.isoformat() if entry.published else None,
        "url": entry.url,
        "path": entry.path,
        "agency": entry.agency,
    }


def filters_of(sources: Sequence[str] | None, after: str | None, before: str | None) -> Filters:
    """Filters from what a program sent; `sources` may be one outlet.

    Raises:
        UsageError: if they are none.
    """
    named = [sources] if isinstance(sources, str) else list(sources or ())
    if len(named) > MOST_OUTLETS or not all(isinstance(name, str) for name in named):
        raise UsageError(f"sources: expected a list of at most {MOST_OUTLETS} outlets")
    return read_filters(named, after or None, before or None)


def earlier_questions(history: Sequence[str] | None) -> list[str]:
    """The questions that were asked before one, oldest first; one alone may come as it is.

    Raises:
        UsageError: if they are no texts, or too many or too long.
    """
    asked = [history] if isinstance(history, str) else list(history or ())
    if len(asked) > MOST_EARLIER or not all(isinstance(question, str) for question in asked):
        raise UsageError(f"history: expected a list of at most {MOST_EARLIER} questions, oldest first")
    return [bounded(question) for question in asked if question.strip()]


def bounded(question: str) -> str:
    """The question.

    Raises:
        UsageError: if it is no text, or too long.
    """
    if not isinstance(question, str):
        raise UsageError(f"expected a text, found {type(question).__name__}")
    if len(question) > LONGEST_QUESTION:
        raise UsageError(f"That is {len(question):,} characters; please ask in at most {LONGEST_QUESTION:,}.")
    return question


def whole(value: float, least: int, most: int, name: str) -> int:
    """The number, which JSON may have made a float.

    Raises:
        UsageError: if it is not a whole number from `least` to `most`.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise UsageError(f"{name}: expected a whole number from {least} to {most}, found {value!r}")
    if value != int(value):
        raise UsageError(f"{name}: expected a whole number, found {value!r}")
    return int(value)
