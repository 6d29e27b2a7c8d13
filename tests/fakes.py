"""Stand-ins at the seams: an encoder that needs no weights, and articles made on the spot."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from index.archive import Archive
from index.article import Article
from index.catalogue import Outcome
from index.encoder import Vectors
from index.indexing import prepare

WORD = re.compile(r"\w+")


class HashingEncoder:
    """A bag of words hashed into a vector: texts that share words are near, exactly reproducible."""

    def __init__(self, dimension: int = 64, max_tokens: int = 256, seed: str = "") -> None:
        self.name = f"hashing{seed}"
        self.checksum = hashlib.sha256(f"{dimension}{seed}".encode()).hexdigest()
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return self._vectors(texts)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [2 + len(WORD.findall(text)) for text in texts]

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            # The last column keeps a text without words from being the zero vector.
            row[-1] = 0.1
            for word in WORD.findall(text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % (self.dimension - 1)] += 1
            row /= np.linalg.norm(row)
        return rows


def an_article(number: int = 1, text: str = "", **fields: object) -> Article:
    """An article about a town of its own, unlike every other number's."""
    body = text or (
        f"The mayor of Town{number} opened bridge number {number} on Monday."
        f" It cost {number} million euros.\n\n"
        f"Residents of Town{number} had waited {number + 10} years for it."
    )
    defaults: dict[str, object] = {
        "id": f"a{number}",
        "title": f"Bridge of Town{number} opens",
        "source": "The Example",
        "published": date(2024, 1, 1 + number % 28),
        "origin": f"/articles/{number}.txt",
        "path": f"articles/{number}.txt",
    }
    return Article(text=body, **{**defaults, **fields})  # type: ignore[arg-type]


def put(archive: Archive, *articles: Article) -> list[Outcome]:
    """Put articles into an archive without encoding them."""
    return archive.put([prepare(article, archive) for article in articles])


def open_archive(folder: Path, encoder: HashingEncoder | None = None) -> Archive:
    """An archive with the hashing encoder."""
    return Archive.open(folder, encoder=encoder or HashingEncoder())
