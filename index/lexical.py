"""Lexical search: BM25 over the words of titles and passages, by SQLite's FTS5.

FTS5 is given forms (see `index.words`), not the text: "U.S.", "US" and "United States" are one word to
it, "met" and "meeting" too. The table is contentless, so the articles' text is stored once; its changes
share the catalogue's transactions, so the two cannot fall out of step.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from index.abbreviated import definitions
from index.database import Database
from index.filtered import numbers_of_articles
from index.filters import EVERYTHING, Filters
from index.words import compound_forms, content_forms, name_forms

# A question of 100,000 characters is a paste; BM25 gains nothing from its thousandth word.
MOST_WORDS = 64

# Words of a name that is abbreviated, and abbreviations or names that one query is widened by.
LONGEST_NAME, MOST_MEANT = 6, 4

# The title stands in front of every passage of an article: weighed in full it would drown the passage.
TITLE_WEIGHT, TEXT_WEIGHT = 0.5, 1.0

# A word in more passages than this costs more time than it tells: passages that have no rarer word of the
# query are not looked at, as long as FEWEST rarer ones occur. On 40 quiz questions of 2022 over 170,000
# passages it took a third of the time, and found the answer among the first 50 as often.
COMMON, FEWEST = 5_000, 3
# Frequencies of words that are remembered, a few megabytes.
KEPT_FREQUENCIES = 50_000

# How the words were formed; an index made by other rules is made anew when the archive is opened.
RULES = "3"


class LexicalIndex:
    """The words of all passages."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._frequencies: dict[str, int] = {}
        self._generation = -1
        if database.meta("lexical_rules") not in (None, RULES):
            self.rebuild()

    def add(self, connection: sqlite3.Connection, article: int) -> None:
        """Index the passages of an article (by its number), inside the transaction that adds them."""
        connection.executemany(
            "INSERT INTO passage_words (rowid, title, text) VALUES (?,?,?)", _rows(connection, article)
        )
        (text,) = connection.execute("SELECT text FROM article WHERE number = ?", (article,)).fetchone()
        connection.executemany(
            "INSERT OR IGNORE INTO abbreviation VALUES (?,?,?)",
            [
                (" ".join(content_forms(short)), " ".join(content_forms(long)), article)
                for short, long in definitions(text)
            ],
        )
        self.database.set_meta("lexical_rules", RULES)

    def remove(self, connection: sqlite3.Connection, article: int) -> None:
        """Forget the passages of an article, before they are gone: FTS5 must be told the old words."""
        connection.executemany(
            "INSERT INTO passage_words (passage_words, rowid, title, text) VALUES ('delete',?,?,?)",
            _rows(connection, article),
        )

    def search(self, query: str, k: int, filters: Filters = EVERYTHING) -> list[tuple[int, float]]:
        """The k best (passage id, BM25 score >= 0), best first, of passages with any word of the query.

        Stop words do not count. No words, no hits. Only passages of articles that `filters` accept are
        ranked, their outlets in exact spelling; how rare a word is does not depend on them.
        """
        forms = content_forms(query)[:MOST_WORDS]
        match = self.narrowed_query(forms, (*compound_forms(query), *self.meant(forms)))
        if not match:
            return []
        accepted, values = _accepted(filters)
        rows = self.database.connection.execute(
            "SELECT rowid, -bm25(passage_words, ?, ?) AS score FROM passage_words"
            f" WHERE passage_words MATCH ?{accepted} ORDER BY score DESC, rowid LIMIT ?",
            (TITLE_WEIGHT, TEXT_WEIGHT, match, *values, k),
        )
        # FTS5 gives a word that stands in most passages a weight just below zero.
        return [(passage, max(0.0, score)) for passage, score in rows]

    def meant(self, forms: Sequence[str]) -> list[str]:
        """What articles of the archive say the forms of a query stand for, or are abbreviated as.

        Long forms are phrases of several forms with spaces between; those that most articles give first.
        """
        runs = [
            " ".join(forms[start:end])
            for start in range(len(forms))
            for end in range(start + 1, min(start + LONGEST_NAME, len(forms)) + 1)
        ]
        marks = ",".join("?" * len(runs))
        rows = self.database.connection.execute(
            f"SELECT long, count(*) AS articles FROM abbreviation WHERE short IN ({marks}) GROUP BY long"
            f" UNION ALL SELECT short, count(*) FROM abbreviation WHERE long IN ({marks}) GROUP BY short"
            " ORDER BY articles DESC LIMIT ?",
            (*runs, *runs, MOST_MEANT),
        )
        return [str(form) for form, _ in rows if form]

    def narrowed_query(self, forms: Sequence[str], further: Sequence[str] = ()) -> str:
        """An FTS5 query for any of the forms that leaves out passages with nothing but common words of it.

        `further` are forms and phrases that stand for some of them; they count as rare.
        """
        asked = list(dict.fromkeys(forms))
        known = sorted((form for form in asked if self._frequency(form)), key=self._frequency)
        rare = [form for form in known if self._frequency(form) <= COMMON]
        if len(rare) == len(known):
            return match_query((*asked, *further))
        rare = rare if len(rare) >= FEWEST else known[:FEWEST]
        return f"({match_query((*rare, *further))}) AND ({match_query((*known, *further))})"

    def _frequency(self, form: str) -> int:
        """The document frequency, remembered while the archive does not change."""
        if self._generation != self.database.generation or len(self._frequencies) > KEPT_FREQUENCIES:
            self._generation, self._frequencies = self.database.generation, {}
        found = self._frequencies.get(form)
        if found is None:
            found = self._frequencies[form] = self.document_frequency(form)
        return found

    def document_frequency(self, form: str) -> int:
        """In how many passages, or titles before them, a word of this form occurs."""
        if form.isascii() and form.isalnum():
            query, value = "SELECT doc FROM passage_vocabulary WHERE term = ?", form
        else:
            query, value = (
                "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?",
                match_query([form]),
            )
        if not value:
            return 0
        row = self.database.connection.execute(query, (value,)).fetchone()
        return int(row[0]) if row else 0

    def passages_with(self, form: str, k: int) -> list[int]:
        """The first k passages, by id, in which, or in the title before which, a word of this form occurs."""
        rows = self.database.connection.execute(
            "SELECT rowid FROM passage_words WHERE passage_words MATCH ? ORDER BY rowid LIMIT ?",
            (match_query([form]), k),
        )
        return [int(passage) for (passage,) in rows]

    def terms(self, prefix: str) -> Iterator[str]:
        """The forms of the archive that start with `prefix`, in alphabetical order."""
        rows = self.database.connection.execute(
            "SELECT term FROM passage_vocabulary WHERE term >= ? AND term < ?",
            (prefix, f"{prefix}\U0010ffff"),
        )
        for (term,) in rows:
            yield str(term)

    def problem(self) -> str | None:
        """What is wrong with the index, None if nothing."""
        try:
            with self.database.transaction() as connection:
                connection.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
            wanted = {row[0] for row in self.database.connection.execute("SELECT id FROM passage")}
            held = {row[0] for row in self.database.connection.execute("SELECT rowid FROM passage_words")}
        except sqlite3.DatabaseError as error:
            return str(error)
        return None if wanted == held else f"holds {len(held)} passages, the catalogue {len(wanted)}"

    def rebuild(self) -> None:
        """Make the index anew from the articles."""
        with self.database.transaction() as connection:
            connection.execute("INSERT INTO passage_words (passage_words) VALUES ('delete-all')")
            connection.execute("DELETE FROM abbreviation")
            for (number,) in connection.execute("SELECT number FROM article").fetchall():
                self.add(connection, number)


def match_query(forms: Iterable[str]) -> str:
    """An FTS5 query for any of the forms; a form of several parts is a phrase. "" if nothing can match."""
    # A quoted string is a phrase whatever stands in it, but a form without a letter or digit has no term.
    plain = [form.replace('"', "") for form in forms if any(letter.isalnum() for letter in form)]
    return " OR ".join(f'"{form}"' for form in list(dict.fromkeys(plain))[:MOST_WORDS])


def _accepted(filters: Filters) -> tuple[str, list[str]]:
    """A further condition on `passage_words`, and its values; "" if everything is accepted."""
    if not filters:
        return "", []
    articles, values = numbers_of_articles(filters)
    # Asked of each match: a join would let SQLite start from the articles and look every passage of
    # theirs up in the lexical index.
    passage = "(SELECT article FROM passage WHERE id = passage_words.rowid)"
    return f" AND {passage} IN ({articles})", values


def _told(text: str) -> tuple[str, ...]:
    """The forms that a text is found by."""
    return (*content_forms(text), *compound_forms(text), *name_forms(text))


def _rows(connection: sqlite3.Connection, article: int) -> Sequence[tuple[int, str, str]]:
    rows = connection.execute("SELECT id, title, text FROM passage_text WHERE article = ?", (article,))
    return [(passage, " ".join(_told(title)), " ".join(_told(text))) for passage, title, text in rows]
