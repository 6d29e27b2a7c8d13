"""An archive whose search by meaning has a stand-in for the passages that have no vector yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from eval.metrics import Floats
from index.archive import Archive
from index.catalogue import encoded_text
from index.database import Database
from index.encoder import Encoder, Vectors
from index.filters import EVERYTHING, Filters
from index.settings import Settings
from index.vector_store import Ids

_TOGETHER = 2048

# Fewer encoded passages do not tell how the encoder's cosines to a question lie.
FEW = 1_000
MEAN, DEVIATION = 0.07, 0.09  # of 50 quiz questions of 2022 to 1,695 passages of news


class Embedding(Protocol):
    """What turns texts into unit vectors, at hardly any cost."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, or zeros for one without a known word."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Passages (ids ascending) with their vectors, row by row."""

    ids: Ids = field(default_factory=lambda: np.empty(0, np.int64))
    vectors: Vectors = field(default_factory=lambda: np.empty((0, 0), np.float32))


class StandInArchive(Archive):
    """An archive that searches the passages without a vector by another embedding.

    The cosines of two embeddings do not compare. Those of the stand-in are brought to the encoder's scale:
    to the mean and the deviation that the encoder's cosines to this question have over all passages it has
    encoded, or, where these are few, to what they are for quiz questions and news.
    """

    def __init__(self, folder: Path, database: Database, encoder: Encoder | None, settings: Settings) -> None:
        super().__init__(folder, database, encoder, settings)
        self._embedding: Embedding | None = None
        self._encoded, self._others = Standing(), Standing()

    def stand_in(self, embedding: Embedding) -> None:
        """Take the passages that have a vector as they are now, and embed the others."""
        rows = self.database.connection.execute("SELECT id FROM passage ORDER BY id")
        ids = np.fromiter((row[0] for row in rows), np.int64)
        encoded = self.embeddings.embedded_passages()
        self._encoded = Standing(*_sorted(*self.embeddings.vectors(encoded)))
        self._embedding, self._others = embedding, self._embedded(np.setdiff1d(ids, encoded), embedding)

    def search_meaning(self, question: str, k: int, filters: Filters = EVERYTHING) -> list[tuple[int, float]]:
        """The k best (passage id, cosine on the encoder's scale), best first, ties to the lower id."""
        if self._embedding is None:
            return super().search_meaning(question, k, filters)
        ids, scores = self._scored(question, self._embedding)
        if filters:
            accepted = np.isin(ids, self.filtered.ids(filters))
            ids, scores = ids[accepted], scores[accepted]
        best = np.lexsort((ids, -scores))[:k]
        return list(zip(ids[best].tolist(), scores[best].tolist(), strict=True))

    def search_both(
        self, question: str, k: int, filters: Filters = EVERYTHING
    ) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
        """The same by meaning, and what is found by words."""
        return self.search_meaning(question, k, filters), self.search_words(question, k, filters)

    def meaning(self, question: str, passages: Sequence[int]) -> dict[int, float]:
        """The same score of each of the passages."""
        if self._embedding is None:
            return self.embeddings.cosines(self._question_vector(question), passages)
        ids, scores = self._scored(question, self._embedding)
        wanted = np.isin(ids, np.array(list(passages), dtype=np.int64))
        return dict(zip(ids[wanted].tolist(), scores[wanted].tolist(), strict=True))

    def _scored(self, question: str, embedding: Embedding) -> tuple[Ids, Floats]:
        """Every passage's id and score."""
        cosines = np.empty(0)
        if len(self._encoded.ids):
            cosines = (self._encoded.vectors @ self._question_vector(question)).astype(np.float64)
        if not len(self._others.ids):
            return self._encoded.ids, cosines
        few = len(cosines) < FEW
        mean, deviation = (MEAN, DEVIATION) if few else (float(cosines.mean()), float(cosines.std()))
        own = (self._others.vectors @ embedding.encode([question])[0]).astype(np.float64)
        scaled = mean + deviation * (own - own.mean()) / max(float(own.std()), 1e-9)
        return np.concatenate([self._encoded.ids, self._others.ids]), np.concatenate([cosines, scaled])

    def _embedded(self, ids: Ids, embedding: Embedding) -> Standing:
        parts = []
        for first in range(0, len(ids), _TOGETHER):
            some = ids[first : first + _TOGETHER].tolist()
            marks = ",".join("?" * len(some))
            rows = self.database.connection.execute(
                f"SELECT id, title, text FROM passage_text WHERE id IN ({marks}) ORDER BY id", some
            )
            parts.append(embedding.encode([encoded_text(title, text) for _, title, text in rows]))
        return Standing(ids, np.concatenate(parts)) if parts else Standing()


def _sorted(ids: Ids, vectors: Vectors) -> tuple[Ids, Vectors]:
    order = np.argsort(ids)
    return ids[order], vectors[order]
