"""The SQLite file that is an archive's only truth: schema, connections, transactions.

Passages point into articles and the lexical index is contentless: the text of an article is stored once.
Everything but the vector file beside it changes in the same transaction.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArchiveFormatError

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE article (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    agency TEXT NOT NULL,
    published TEXT,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    dropped TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    pages TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX article_content ON article (content_hash);

CREATE TABLE sentence (
    article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (article, start)
) WITHOUT ROWID;

-- AUTOINCREMENT: a passage's id is never used again, so a vector filed under it can only be removed.
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    embedding_key BLOB NOT NULL
);
CREATE INDEX passage_article ON passage (article);
CREATE INDEX passage_embedding ON passage (embedding_key);

-- Filed by what was encoded, not by passage: the same words are never encoded twice.
CREATE TABLE embedding (key BLOB PRIMARY KEY, vector BLOB NOT NULL);

CREATE VIEW passage_text AS
    SELECT passage.id AS id, passage.article AS article, article.title AS title,
           substr(article.text, passage.start + 1, passage.stop - passage.start) AS text
    FROM passage JOIN article ON article.number = passage.article;
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab (passage_words, 'row');
"""

# Filters are answered from this index alone: the articles' rows are long, as their texts stand in them.
FILTER_INDEX = "CREATE INDEX IF NOT EXISTS article_filters ON article (source, published)"
# The last day is looked up for every question.
DAY_INDEX = "CREATE INDEX IF NOT EXISTS article_days ON article (published)"


# Abbreviations that articles introduce (see `index.abbreviated`), by their forms; derived, as the words are.
ABBREVIATIONS = """CREATE TABLE IF NOT EXISTS abbreviation (
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
    PRIMARY KEY (short, long, article)
) WITHOUT ROWID"""
ABBREVIATED = "CREATE INDEX IF NOT EXISTS abbreviated ON abbreviation (long)"
OF_ARTICLE = "CREATE INDEX IF NOT EXISTS abbreviation_article ON abbreviation (article)"

# What readers corrected of articles (see `index.corrections`), by the place an article was read from.
# NULL: as the file gives it; "" of `published`: none. `read_...` are the file's own.
CORRECTIONS = """CREATE TABLE IF NOT EXISTS correction (
    origin TEXT PRIMARY KEY,
    source TEXT,
    published TEXT,
    read_source TEXT NOT NULL,
    read_published TEXT
) WITHOUT ROWID"""

# What archives of this version may still lack is made when they are opened.
ADDED_LATER = (FILTER_INDEX, DAY_INDEX, ABBREVIATIONS, ABBREVIATED, OF_ARTICLE, CORRECTIONS)


class Database:
    """One connection a thread to the catalogue's file; writes are transactions and move the generation.

    Raises:
        ArchiveFormatError: if the file is no catalogue, is damaged, or has another schema version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._prepare()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
        return connection

    @property
    def generation(self) -> int:
        """Counts the committed changes; what is derived from the catalogue carries it."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        """The value stored under `key`, None if there is none."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Store `value` under `key`; call it inside a transaction."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: on leaving, the changes are on disk and the generation has moved by one."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            self.set_meta("generation", str(self.generation + 1))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def outlets(self) -> list[str]:
        """The outlets of the articles, each spelling once, in the order of their characters."""
        rows = self.connection.execute("SELECT DISTINCT source FROM article ORDER BY source")
        return [str(source) for (source,) in rows]

    def close(self) -> None:
        """Close every thread's connection; the object must not be used afterwards."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def _connect(self) -> sqlite3.Connection:
        # Gradio answers in worker threads that end at any time: `close` must reach their connections.
        connection = sqlite3.connect(self.path, timeout=30.0, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: an article that was acknowledged survives a power cut, not only a kill.
        connection.execute("PRAGMA synchronous = FULL")
        with self._lock:
            self._connections.append(connection)
        return connection

    def _prepare(self) -> None:
        try:
            version = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
            if version == 0 and self._is_empty():
                self._create()
                version = SCHEMA_VERSION
            readable = self.connection.execute("SELECT count(*) FROM article").fetchone() if version else None
            if version == SCHEMA_VERSION:
                for statement in ADDED_LATER:
                    self.connection.execute(statement)
                self._add_pages()
        except sqlite3.DatabaseError as error:
            self.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise
            raise ArchiveFormatError(
                f"{self.path}: not a readable catalogue ({error});"
                " restore it from a copy, or index the articles into a new --archive"
            ) from error
        if version != SCHEMA_VERSION or readable is None:
            self.close()
            raise ArchiveFormatError(
                f"{self.path}: catalogue version {version}, this Citewire reads version {SCHEMA_VERSION};"
                " index the articles again into a new --archive"
            )

    def _add_pages(self) -> None:
        """Give an archive made before there were pages the column for them."""
        if not self._has_pages():
            self.connection.execute("BEGIN IMMEDIATE")
            if not self._has_pages():  # another process may have opened it at the same time
                self.connection.execute("ALTER TABLE article ADD COLUMN pages TEXT NOT NULL DEFAULT '[]'")
            self.connection.execute("COMMIT")

    def _has_pages(self) -> bool:
        columns = self.connection.execute("SELECT name FROM pragma_table_info('article')")
        return ("pages",) in columns.fetchall()

    def _is_empty(self) -> bool:
        return self.connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None

    def _create(self) -> None:
        # One transaction, and checked again inside it: two processes may open a new archive at once.
        self.connection.execute("BEGIN IMMEDIATE")
        if self._is_empty():
            for statement in statements(SCHEMA):
                self.connection.execute(statement)
            self.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self.connection.execute("COMMIT")


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script; executescript() would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
