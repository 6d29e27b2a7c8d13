"""A reader that keeps on disk what it has read, as the weights that choose are fitted more than once."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from qa.reader import Reader, Reading, ReadingText
from qa.spans import ScoredSpan


class CachedReader:
    """A `Reader` that asks another one only for what it has not read before."""

    def __init__(self, reader: Reader, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._reader, self._file = reader, sqlite3.connect(path)
        self._file.execute("CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, spans TEXT NOT NULL)")

    @property
    def checksum(self) -> str:
        """That of the reader behind it."""
        return self._reader.checksum

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Read the question in each text, in the order given."""
        return self.read_pairs([(question, text) for text in texts])

    def read_pairs(self, pairs: Sequence[tuple[str, ReadingText]]) -> list[Reading]:
        """Read each question in its own text, in the order given."""
        keys = [self._key(question, text) for question, text in pairs]
        known = {key: spans for key in set(keys) if (spans := self._kept(key)) is not None}
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        for key, reading in zip(new, self._reader.read_pairs(list(new.values())), strict=True):
            known[key] = reading.spans
            stored = json.dumps([asdict(span) for span in reading.spans])
            self._file.execute("INSERT OR REPLACE INTO reading VALUES (?, ?)", (key, stored))
        self._file.commit()
        return [Reading(known[key]) for key in keys]

    def _kept(self, key: bytes) -> tuple[ScoredSpan, ...] | None:
        row = self._file.execute("SELECT spans FROM reading WHERE key = ?", (key,)).fetchone()
        return None if row is None else tuple(ScoredSpan(**span) for span in json.loads(row[0]))

    def _key(self, question: str, text: ReadingText) -> bytes:
        whole = json.dumps([self.checksum, question, asdict(text)])
        return hashlib.sha256(whole.encode()).digest()
