"""The catalogue as a reader leafs through it: articles by outlet, day and words, a page at a time.

Nothing here reads the texts of articles, so that pages of an archive of 40,000 come at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.database import Database
from index.filtered import FilteredPassages, numbers_of_articles
from index.filters import EVERYTHING, Filters
from index.lexical import match_query
from index.words import content_forms

MOST_WORDS = 8  # of a search among articles; each is a condition of its own
# A word is enough anywhere in the article: passages are only how its words are filed.
HOLDING = (
    " AND number IN (SELECT article FROM passage WHERE id IN"
    " (SELECT rowid FROM passage_words WHERE passage_words MATCH ?))"
)
SHOWN = "id, title, source, agency, published, url, path"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a list shows it; `agency` is the news agency its text names."""

    id: str
    title: str
    source: str
    agency: str
    published: date | None
    url: str
    path: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: `entries` are those from `offset` (0 is the first) of `total` that were found."""

    entries: tuple[Entry, ...]
    offset: int
    total: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as articles name it, "" if they do not, with the agency their texts name."""

    source: str
    agency: str
    articles: int


def browse(
    database: Database,
    words: str = "",
    filters: Filters = EVERYTHING,
    *,
    offset: int = 0,
    limit: int = 25,
    earliest_first: bool = False,
) -> Listing:
    """The articles that the filters accept and that hold all the words, latest first, undated ones last.

    Words are looked for in titles and texts, in all their forms; words too common to tell articles
    apart do not count. Without words, all articles. An offset past the end gives an empty page.
    """
    accepted, values = numbers_of_articles(FilteredPassages(database).spelt(filters))
    forms = list(dict.fromkeys(content_forms(words)))[:MOST_WORDS]
    matches = [match for form in forms if (match := match_query([form]))]
    if words.strip() and not matches:
        return Listing((), offset, 0)
    numbers = _numbers(database, accepted + HOLDING * len(matches), [*values, *matches], earliest_first)
    offset = max(offset, 0)
    page = numbers[offset : offset + max(limit, 0)]
    rows = database.connection.execute(
        f"SELECT number, {SHOWN} FROM article WHERE number IN ({','.join('?' * len(page))})", page
    )
    entries = {number: _entry(row) for number, *row in rows}
    return Listing(tuple(entries[number] for number in page if number in entries), offset, len(numbers))


def _numbers(database: Database, query: str, values: Sequence[str], earliest_first: bool) -> list[int]:
    """The numbers that a query for articles finds, in the order of a list."""
    order = "published ASC NULLS LAST" if earliest_first else "published DESC"
    rows = database.connection.execute(f"{query} ORDER BY {order}, number", values)
    return [number for (number,) in rows]


def outlets(database: Database) -> tuple[Outlet, ...]:
    """The outlets of the articles, those of most articles first."""
    rows = database.connection.execute(
        "SELECT source, agency, count(*) AS held FROM article GROUP BY source, agency"
        " ORDER BY held DESC, source, agency"
    )
    return tuple(Outlet(*row) for row in rows)


def period(database: Database) -> tuple[date | None, date | None]:
    """The first and the last day of publication; None and None if no article is dated."""
    return _end_day(database, "min"), last_day(database)


def last_day(database: Database) -> date | None:
    """The day of the latest article; None if no article is dated."""
    return _end_day(database, "max")


def _end_day(database: Database, end: Literal["min", "max"]) -> date | None:
    """One end only: SQLite looks a single one up in the index, and scans all articles for both."""
    day = database.connection.execute(f"SELECT {end}(published) FROM article").fetchone()[0]
    return date.fromisoformat(day) if day else None


def titles_held(database: Database, titles: Sequence[str]) -> set[str]:
    """Which of these titles an article has."""
    marks = ",".join("?" * len(titles))
    rows = database.connection.execute(f"SELECT DISTINCT title FROM article WHERE title IN ({marks})", titles)
    return {str(title) for (title,) in rows}


def _entry(row: Sequence[str]) -> Entry:
    article_id, title, source, agency, published, url, path = row
    day = date.fromisoformat(published) if published else None
    return Entry(article_id, title, source, agency, day, url, path)
