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

    The scores of two embeddings do not compare: each passage is ranked by how far its score stands out from
    those of all passages of its own embedding, in standard deviations.
    """

    def __init__(self, folder: Path, database: Database, encoder: Encoder | None, settings: Settings) -> None:
        super().__init__(folder, database, encoder, settings)
        self._embedding: Embedding | None = None
        self._encoded, self._others = Standing(), Standing()

    def stand_in(self, embedding: Embedding) -> None:
        """Take the passages that have a vector as they are now, and embed the others."""
        ids = np.fromiter(
            (row[0] for row in self.database.connection.execute("SELECT id FROM passage ORDER BY id")),
            np.int64,
        )
        encoded = self.embeddings.embedded_passages()
        self._encoded = Standing(*_sorted(*self.embeddings.vectors(encoded)))
        self._embedding, self._others = embedding, self._embedded(np.setdiff1d(ids, encoded), embedding)

    def search_meaning(self, question: str, k: int, filters: Filters = EVERYTHING) -> list[tuple[int, float]]:
        """The k best (passage id, standing among its own kind), best first."""
        if self._embedding is None:
            return super().search_meaning(question, k, filters)
        asked = self._embedding.encode([question])[0]
        scored = [
            *_standing_out(self._others, asked),
            *(
                _standing_out(self._encoded, self._question_vector(question))
                if len(self._encoded.ids)
                else ()
            ),
        ]
        accepted = set(self.filtered.ids(filters).tolist()) if filters else None
        ranked = sorted(scored, key=lambda item: (-item[1], item[0]))
        return [item for item in ranked if accepted is None or item[0] in accepted][:k]

    def _embedded(self, ids: Ids, embedding: Embedding) -> Standing:
        parts = [np.empty((0, 0), np.float32)]
        for first in range(0, len(ids), _TOGETHER):
            some = ids[first : first + _TOGETHER].tolist()
            marks = ",".join("?" * len(some))
            rows = self.database.connection.execute(
                f"SELECT id, title, text FROM passage_text WHERE id IN ({marks}) ORDER BY id", some
            )
            parts.append(embedding.encode([encoded_text(title, text) for _, title, text in rows]))
        return Standing(ids, np.concatenate(parts[1:]) if len(parts) > 1 else parts[0])


def _standing_out(standing: Standing, question: Vectors) -> list[tuple[int, float]]:
    """Each passage with its cosine, less the mean and over the deviation of all; only the upper half."""
    if not len(standing.ids):
        return []
    cosines: Floats = (standing.vectors @ question).astype(np.float64)
    scores = (cosines - cosines.mean()) / max(float(cosines.std()), 1e-9)
    upper = np.flatnonzero(scores >= 0)
    return list(zip(standing.ids[upper].tolist(), scores[upper].tolist(), strict=True))


def _sorted(ids: Ids, vectors: Vectors) -> tuple[Ids, Vectors]:
    order = np.argsort(ids)
    return ids[order], vectors[order]
