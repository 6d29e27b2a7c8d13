"""The articles of an archive with their sentences and passages: added, updated, removed, looked up."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from index.article import Article, Dropped, Passage, Span
from index.corrections import Corrections
from index.database import Database
from index.errors import UsageError
from index.lexical import LexicalIndex

ARTICLE_COLUMNS = "id, title, text, source, published, url, path, agency, origin, dropped, pages"


class Outcome(StrEnum):
    """What became of an article that was put into the catalogue."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"  # the same content stands in the archive under another origin


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with the spans it is searched by."""

    article: Article
    sentences: tuple[Span, ...]
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an archive holds; `embedded` of its `passages` have a vector."""

    articles: int
    sentences: int
    passages: int
    embedded: int

    @property
    def coverage(self) -> float:
        """Share of the passages that have a vector, in [0, 1]; 1 for an empty archive."""
        return self.embedded / self.passages if self.passages else 1.0


# A title longer than this is a paragraph in the wrong place: it must leave the encoder room for the passage.
TITLE_CHARACTERS = 200


def encoded_text(title: str, passage: str) -> str:
    """What the encoder reads of a passage: the article's title says what "he" and "the deal" are."""
    return f"{title[:TITLE_CHARACTERS]}\n{passage}" if title else passage


def embedding_key(text: str) -> bytes:
    """The key (16 bytes) under which the vector of an encoded text is filed."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


class Catalogue:
    """Articles, sentences and passages in the database; the lexical index follows in the same transaction."""

    def __init__(self, database: Database, lexical: LexicalIndex) -> None:
        self.database = database
        self.lexical = lexical
        self.corrections = Corrections(database)

    def outcome(self, article: Article) -> Outcome:
        """What putting this article would do, cheaply, so that nothing unchanged is split again."""
        execute = self.database.connection.execute
        row = execute("SELECT content_hash FROM article WHERE origin = ?", (article.origin,)).fetchone()
        if row is not None:
            return Outcome.UNCHANGED if row[0] == article.content_hash else Outcome.UPDATED
        twin = execute("SELECT 1 FROM article WHERE content_hash = ?", (article.content_hash,)).fetchone()
        return Outcome.DUPLICATE if twin else Outcome.ADDED

    def put(self, batch: Sequence[Prepared]) -> list[Outcome]:
        """Add or update articles in one transaction; what became of each, in the order given.

        An article is known by its origin. One that is new gets its suggested id, or that id with a
        suffix if another article has it.
        """
        outcomes = []
        with self.database.transaction() as connection:
            for prepared in batch:
                outcome = self.outcome(prepared.article)
                if outcome is Outcome.ADDED:
                    self._insert(connection, prepared, self._free_id(prepared.article))
                elif outcome is Outcome.UPDATED:
                    known = self._id_of_origin(prepared.article.origin)
                    self._delete(connection, known)
                    self._insert(connection, prepared, known)
                outcomes.append(outcome)
        return outcomes

    def remove(self, ids: Sequence[str]) -> None:
        """Remove articles with everything derived from them, all or none.

        Raises:
            UsageError: if there is no article of one of these ids.
        """
        with self.database.transaction() as connection:
            for article_id in ids:
                self._delete(connection, article_id)
            _drop_orphaned_embeddings(connection)

    def rehome(self, article_id: str, origin: str, path: str) -> None:
        """Note that an article's file has moved."""
        with self.database.transaction() as connection:
            connection.execute(
                "UPDATE OR REPLACE correction SET origin = ?"
                " WHERE origin = (SELECT origin FROM article WHERE id = ?)",
                (origin, article_id),
            )
            connection.execute(
                "UPDATE article SET origin = ?, path = ? WHERE id = ?", (origin, path, article_id)
            )

    def drop_orphaned_embeddings(self) -> None:
        """Forget vectors of text that stands in no article any more."""
        with self.database.transaction() as connection:
            _drop_orphaned_embeddings(connection)

    def article(self, article_id: str) -> Article:
        """The article of this id.

        Raises:
            UsageError: if there is none.
        """
        query = f"SELECT {ARTICLE_COLUMNS} FROM article WHERE id = ?"
        row = self.database.connection.execute(query, (article_id,)).fetchone()
        if row is None:
            raise UsageError(f"no article {article_id!r} in the archive; `citewire list` shows the ids")
        return _article(row)

    def articles(self) -> Iterator[Article]:
        """All articles in the order they were added."""
        for row in self.database.connection.execute(f"SELECT {ARTICLE_COLUMNS} FROM article ORDER BY number"):
            yield _article(row)

    def origins(self) -> dict[str, str]:
        """Article ids by origin."""
        return dict(self.database.connection.execute("SELECT origin, id FROM article"))

    def sentences(self, article_id: str) -> list[Span]:
        """The sentences of an article in the order of the text."""
        rows = self.database.connection.execute(
            "SELECT start, stop FROM sentence JOIN article ON number = article WHERE id = ? ORDER BY start",
            (article_id,),
        )
        return [Span(start, stop) for start, stop in rows]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id; ids that are not (or no longer) there are left out."""
        marks = ",".join("?" * len(ids))
        rows = self.database.connection.execute(
            "SELECT passage.id, article.id, start, stop FROM passage JOIN article ON number = article"
            f" WHERE passage.id IN ({marks})",
            list(ids),
        )
        return {row[0]: Passage(*row) for row in rows}

    def published(self, ids: Sequence[int]) -> dict[int, date | None]:
        """The day of publication of each passage's article; ids that are not there are left out."""
        rows = self.database.connection.execute(
            "SELECT passage.id, published FROM passage JOIN article ON number = article"
            f" WHERE passage.id IN ({','.join('?' * len(ids))})",
            list(ids),
        )
        return {passage: date.fromisoformat(day) if day else None for passage, day in rows}

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article in the order of the text."""
        rows = self.database.connection.execute(
            "SELECT passage.id, article.id, start, stop FROM passage JOIN article ON number = article"
            " WHERE article.id = ? ORDER BY start",
            (article_id,),
        )
        return [Passage(*row) for row in rows]

    @property
    def is_empty(self) -> bool:
        """Whether it holds no article."""
        return not self._any("article")

    @property
    def has_vectors(self) -> bool:
        """Whether anything has a vector; quicker than to count them."""
        return self._any("embedding")

    def _any(self, table: str) -> bool:
        return bool(self.database.connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0])

    def counts(self) -> Counts:
        """How much the archive holds at this moment."""
        row = self.database.connection.execute(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM sentence),"
            " (SELECT count(*) FROM passage),"
            " (SELECT count(*) FROM passage JOIN embedding ON embedding.key = passage.embedding_key)"
        ).fetchone()
        return Counts(*row)

    def _id_of_origin(self, origin: str) -> str:
        row = self.database.connection.execute(
            "SELECT id FROM article WHERE origin = ?", (origin,)
        ).fetchone()
        return str(row[0])

    def _free_id(self, article: Article) -> str:
        taken = self.database.connection.execute(
            "SELECT 1 FROM article WHERE id = ?", (article.id,)
        ).fetchone()
        # Of the origin, not a counter: the same file gets the same id in every archive it collides in.
        return f"{article.id}-{sha256(article.origin.encode()).hexdigest()[:8]}" if taken else article.id

    def _insert(self, connection: sqlite3.Connection, prepared: Prepared, article_id: str) -> None:
        article = self.corrections.applied(connection, replace(prepared.article, id=article_id))
        published = article.published.isoformat() if article.published else None
        dropped = json.dumps([asdict(piece) for piece in article.dropped], ensure_ascii=False)
        number = connection.execute(
            f"INSERT INTO article ({ARTICLE_COLUMNS}, content_hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (article.id, article.title, article.text, article.source, published, article.url,
             article.path, article.agency, article.origin, dropped, json.dumps(article.pages),
             prepared.article.content_hash),
        ).lastrowid  # fmt: skip
        connection.executemany(
            "INSERT INTO sentence VALUES (?,?,?)",
            [(number, span.start, span.end) for span in prepared.sentences],
        )
        connection.executemany(
            "INSERT INTO passage (article, start, stop, embedding_key) VALUES (?,?,?,?)",
            [
                (
                    number,
                    span.start,
                    span.end,
                    embedding_key(encoded_text(article.title, span.of(article.text))),
                )
                for span in prepared.passages
            ],
        )
        assert number is not None
        self.lexical.add(connection, number)

    def _delete(self, connection: sqlite3.Connection, article_id: str) -> None:
        row = connection.execute("SELECT number FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            raise UsageError(f"no article {article_id!r} in the archive; `citewire list` shows the ids")
        self.lexical.remove(connection, row[0])
        connection.execute("DELETE FROM article WHERE number = ?", row)


def _drop_orphaned_embeddings(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM embedding WHERE key NOT IN (SELECT embedding_key FROM passage)")


def _article(row: tuple[str, ...]) -> Article:
    article_id, title, text, source, published, url, path, agency, origin, dropped, pages = row
    return Article(
        id=article_id,
        title=title,
        text=text,
        source=source,
        published=date.fromisoformat(published) if published else None,
        url=url,
        path=path,
        agency=agency,
        origin=origin,
        dropped=tuple(Dropped(**piece) for piece in json.loads(dropped)),
        pages=tuple(json.loads(pages)),
    )
