"""Stories: articles that report the same event, and in them the versions of one text. Nothing is deleted.

Derived from the articles and kept in the catalogue's file: brought up to date by what came and went, made
anew when the rules have changed. A story is named after its earliest article, so an earlier one that
joins it renames it.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256

from index.article import Article
from index.database import Database, statements
from index.stories_events import Link, Told, events, links
from index.stories_sets import components
from index.stories_words import Profile, profile_of

# How stories were made; made by other rules they are made anew.
RULES = "2"

# `held` names the set of articles that links hold together: only sets that have changed are grouped again.
SCHEMA = """
CREATE TABLE story_article (
    article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
    profile BLOB NOT NULL,
    story INTEGER,
    version INTEGER,
    held TEXT
);
CREATE INDEX story_members ON story_article (story);
CREATE TABLE story_link (
    one INTEGER NOT NULL REFERENCES story_article (article) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES story_article (article) ON DELETE CASCADE,
    copy INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX story_link_back ON story_link (other);
"""

# Articles whose words are read in one transaction: what a kill can cost.
BATCH = 500


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article as its story lists it; those of one `version` are copies or updates of one text."""

    id: str
    title: str
    source: str
    published: date | None
    version: int


@dataclass(frozen=True, slots=True)
class Story:
    """The articles on one event, earliest first, undated ones last; at least one. Versions count from 0."""

    articles: tuple[StoryArticle, ...]

    @property
    def id(self) -> str:
        """The id of its earliest article."""
        return self.articles[0].id

    @property
    def title(self) -> str:
        """The title of its earliest article."""
        return self.articles[0].title

    @property
    def last(self) -> date | None:
        """The day of its latest article, None if no article has one."""
        return max((article.published for article in self.articles if article.published), default=None)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that have it, in the order in which they first did; unnamed ones left out."""
        return tuple(dict.fromkeys(article.source for article in self.articles if article.source))

    @property
    def texts(self) -> int:
        """How many different texts it has: versions of one count once."""
        return len({article.version for article in self.articles})

    def versions_of(self, article_id: str) -> tuple[StoryArticle, ...]:
        """The other versions of the text of one of its articles, earliest first."""
        own = next(article for article in self.articles if article.id == article_id)
        return tuple(a for a in self.articles if a.version == own.version and a.id != article_id)


class StoryIndex:
    """The stories of an archive."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def is_current(self) -> bool:
        """True if every article is in its story by these rules, and none has gone since."""
        if not self._made_by_these_rules:
            return False
        query = (
            "SELECT (SELECT count(*) FROM article) = (SELECT count(*) FROM story_article WHERE held NOT NULL)"
        )
        whole = self.database.connection.execute(query).fetchone()[0]
        return bool(whole) and self.database.meta("story_articles") == str(self._articles)

    def story(self, article_id: str) -> Story | None:
        """The story of an article, None if there is no such article or it is not in one yet."""
        if not self._made_by_these_rules:
            return None
        found = self._stories(
            "WHERE story = (SELECT story FROM story_article JOIN article ON number = article WHERE id = ?)",
            (article_id,),
        )
        return found[0] if found else None

    def stories(self) -> list[Story]:
        """All stories, in the order in which their first articles were added; those of one article too."""
        return self._stories("WHERE story NOT NULL") if self._made_by_these_rules else []

    def update(self) -> None:
        """Bring the stories up to date with the articles; hold the archive for writing meanwhile."""
        if not self._made_by_these_rules:
            self._start()
        new = self._read_new()
        known = self._known()
        self._link([told for told in known if told.number in new], known)
        self._group(known)

    def forget(self, connection: sqlite3.Connection, article_id: str) -> None:
        """Let the next update group an article anew, whose outlet or day has changed."""
        if self._made_by_these_rules:
            connection.execute(
                "DELETE FROM story_article WHERE article = (SELECT number FROM article WHERE id = ?)",
                (article_id,),
            )

    def rebuild(self) -> None:
        """Make all stories anew from the articles."""
        self._start()
        self.update()

    def problem(self) -> str | None:
        """What is wrong with the stories, None if nothing; not made yet, or behind, is nothing wrong."""
        if not self._made_by_these_rules:
            return None
        query = "SELECT count(*) FROM story_article WHERE story NOT IN (SELECT article FROM story_article)"
        try:
            (lost,) = self.database.connection.execute(query).fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
        return f"{lost} articles are in a story that is not there" if lost and self.is_current else None

    @property
    def _made_by_these_rules(self) -> bool:
        return self.database.meta("story_rules") == RULES

    @property
    def _articles(self) -> int:
        row = self.database.connection.execute("SELECT count(*) FROM article").fetchone()
        return int(row[0])

    def _start(self) -> None:
        with self.database.transaction() as connection:
            connection.execute("DROP TABLE IF EXISTS story_link")
            connection.execute("DROP TABLE IF EXISTS story_article")
            for statement in statements(SCHEMA):
                connection.execute(statement)
            self.database.set_meta("story_rules", RULES)

    def _read_new(self) -> set[int]:
        """Read the words of the articles not read yet, or read and not linked; their numbers."""
        execute = self.database.connection.execute
        while rows := execute(
            "SELECT number, title, text FROM article"
            " WHERE number NOT IN (SELECT article FROM story_article) ORDER BY number LIMIT ?",
            (BATCH,),
        ).fetchall():
            with self.database.transaction() as connection:
                connection.executemany(
                    "INSERT INTO story_article (article, profile) VALUES (?,?)",
                    [(number, profile_of(title, text).to_bytes()) for number, title, text in rows],
                )
        return {row[0] for row in execute("SELECT article FROM story_article WHERE held IS NULL")}

    def _known(self) -> list[Told]:
        """All articles that have been read, earliest first, undated ones last, then by id."""
        rows = self.database.connection.execute(
            "SELECT number, published, profile FROM story_article JOIN article ON number = article"
            " ORDER BY published IS NULL, published, id"
        )
        return [
            Told(number, date.fromisoformat(day).toordinal() if day else None, Profile.from_bytes(profile))
            for number, day, profile in rows
        ]

    def _link(self, new: Sequence[Told], known: Sequence[Told]) -> None:
        @lru_cache(maxsize=1_000)
        def text_of(number: int) -> str:
            query = "SELECT text FROM article WHERE number = ?"
            return str(self.database.connection.execute(query, (number,)).fetchone()[0])

        found = list(links(known, new, text_of))
        with self.database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO story_link VALUES (?,?,?)",
                [(link.one, link.other, int(link.copy)) for link in found],
            )

    def _group(self, known: Sequence[Told]) -> None:
        """Group again what is held together otherwise than it was, and note it."""
        execute = self.database.connection.execute
        linked = [Link(one, other, bool(copy)) for one, other, copy in execute("SELECT * FROM story_link")]
        before = dict(execute("SELECT article, held FROM story_article"))
        by_number = {told.number: told for told in known}
        copies = _copies_by_article(linked)
        rows = []
        for numbers in components(by_number, ((link.one, link.other) for link in linked)):
            held = _name(numbers)
            if all(before[number] == held for number in numbers):
                continue
            together = [by_number[number] for number in numbers]
            for event in events(together, [pair for number in numbers for pair in copies.get(number, ())]):
                rows += [
                    (event[0][0].number, version, held, told.number)
                    for version, text in enumerate(event)
                    for told in text
                ]
        with self.database.transaction() as connection:
            connection.executemany(
                "UPDATE story_article SET story = ?, version = ?, held = ? WHERE article = ?", rows
            )
            self.database.set_meta("story_articles", str(self._articles))

    def _stories(self, which: str, values: Sequence[str] = ()) -> list[Story]:
        rows = self.database.connection.execute(
            "SELECT story, id, title, source, published, version"
            f" FROM story_article JOIN article ON number = article {which}"
            " ORDER BY story, published IS NULL, published, id",
            values,
        )
        found: dict[int, list[StoryArticle]] = {}
        for story, article_id, title, source, published, version in rows:
            day = date.fromisoformat(published) if published else None
            found.setdefault(story, []).append(StoryArticle(article_id, title, source, day, version))
        return [Story(tuple(articles)) for articles in found.values()]


def story_article(article: Article, version: int = 0) -> StoryArticle:
    """An article as a story lists it."""
    return StoryArticle(article.id, article.title, article.source, article.published, version)


def _copies_by_article(linked: Iterable[Link]) -> Mapping[int, list[tuple[int, int]]]:
    """The pairs that are versions of one text, each under its lower article."""
    found: dict[int, list[tuple[int, int]]] = {}
    for link in linked:
        if link.copy:
            found.setdefault(link.one, []).append((link.one, link.other))
    return found


def _name(numbers: Iterable[int]) -> str:
    """A name for a set of articles, which no other set has."""
    return sha256(" ".join(map(str, sorted(numbers))).encode()).hexdigest()[:32]
