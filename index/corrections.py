"""What readers know better than a file: an article's outlet and day, filled in or put right.

A correction belongs to the place an article was read from. It outlives indexing the file again, changed
or not, and removing the article. The article's row holds what counts, its content hash stays the file's,
so that an unchanged file is still seen to be unchanged.
"""

import sqlite3
from dataclasses import dataclass, replace
from datetime import date

from index.article import Article
from index.database import Database
from index.errors import UsageError

MAX_SOURCE = 120
"""Most characters of an outlet's name."""

_CORRECTED = "SELECT source, published, read_source, read_published FROM correction WHERE origin = ?"


@dataclass(frozen=True, slots=True)
class Facts:
    """An article's outlet, "" if not named, and day of publication, None if undated."""

    source: str
    published: date | None

    @classmethod
    def of(cls, article: Article) -> "Facts":
        """Those of an article."""
        return cls(article.source, article.published)


def checked(facts: Facts) -> Facts:
    """The facts as they are kept: the outlet's name on one line.

    Raises:
        UsageError: the outlet's name is too long.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in facts.source).split())
    if len(name) > MAX_SOURCE:
        raise UsageError(f"an outlet's name of {len(name)} characters: expected at most {MAX_SOURCE}")
    return replace(facts, source=name)


class Corrections:
    """The corrections of an archive. What takes a `connection` is called inside a transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def as_read(self, article: Article) -> Article:
        """The article with outlet and day as its file gives them."""
        row = self.database.connection.execute(_CORRECTED, (article.origin,)).fetchone()
        return article if row is None else replace(article, source=row[2], published=_day(row[3]))

    def applied(self, connection: sqlite3.Connection, article: Article) -> Article:
        """An article, as it was just read, with what has been corrected of it."""
        row = connection.execute(_CORRECTED, (article.origin,)).fetchone()
        if row is None:
            return article
        connection.execute(
            "UPDATE correction SET read_source = ?, read_published = ? WHERE origin = ?",
            (article.source, _text(article.published), article.origin),
        )
        source, published = row[:2]
        return replace(
            article,
            source=article.source if source is None else source,
            published=article.published if published is None else _day(published),
        )

    def correct(self, connection: sqlite3.Connection, article: Article, facts: Facts) -> None:
        """Let these facts count for an article; those of its file undo a correction."""
        read = Facts.of(self.as_read(article))
        connection.execute("DELETE FROM correction WHERE origin = ?", (article.origin,))
        if facts != read:
            connection.execute(
                "INSERT INTO correction VALUES (?,?,?,?,?)",
                (
                    article.origin,
                    None if facts.source == read.source else facts.source,
                    None if facts.published == read.published else _text(facts.published) or "",
                    read.source,
                    _text(read.published),
                ),
            )
        connection.execute(
            "UPDATE article SET source = ?, published = ? WHERE id = ?",
            (facts.source, _text(facts.published), article.id),
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
