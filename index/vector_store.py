"""The contract of a vector store, and its plain NumPy form: the reference the others are tested against."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

Ids = NDArray[np.int64]


class VectorStore(Protocol):
    """Unit vectors under integer ids, searched exactly by inner product (cosine)."""

    @property
    def ids(self) -> Ids:
        """The ids held, ascending."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors under ids that are not held yet.

        Raises:
            ValueError: for a wrong shape, a value that is not finite, or an id twice.
        """

    def remove(self, ids: Ids) -> None:
        """Remove vectors; ids that are not held are ignored."""

    def search(self, question: Vectors, k: int, *, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k best (id, cosine) for one vector of shape (dimension,), best first, ties to the lower id.

        Only ids of `among` (any order; None: all) are ranked. Fewer than k where fewer are held.

        Raises:
            ValueError: if k < 1, or the vector has another dimension or a value that is not finite.
        """

    def save(self, path: Path) -> None:
        """Write the store to a file that its class can load."""


class NumpyStore:
    """All vectors in one array: slow for many, obviously right for few."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.ids: Ids = np.empty(0, dtype=np.int64)
        self._vectors: Vectors = np.empty((0, dimension), dtype=np.float32)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors under new ids (see VectorStore)."""
        check_vectors(ids, vectors, self.dimension, held=self.ids)
        order = np.argsort(np.concatenate([self.ids, ids]), kind="stable")
        self.ids = np.concatenate([self.ids, ids])[order]
        self._vectors = np.concatenate([self._vectors, vectors])[order]

    def remove(self, ids: Ids) -> None:
        """Remove vectors (see VectorStore)."""
        kept = ~np.isin(self.ids, ids)
        self.ids, self._vectors = self.ids[kept], self._vectors[kept]

    def search(self, question: Vectors, k: int, *, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k best (see VectorStore)."""
        check_question(question, k, self.dimension)
        rows = np.arange(len(self.ids)) if among is None else np.flatnonzero(np.isin(self.ids, among))
        # Not `@`: BLAS may round the last rows otherwise, and copies of a vector would not tie.
        scores = (self._vectors[rows] * question).sum(axis=1)
        best = np.lexsort((self.ids[rows], -scores))[:k]
        return [(int(self.ids[rows[place]]), float(scores[place])) for place in best]

    def save(self, path: Path) -> None:
        """Write ids and vectors as an uncompressed .npz."""
        with path.open("wb") as file:
            np.savez(file, ids=self.ids, vectors=self._vectors)

    @classmethod
    def load(cls, path: Path) -> "NumpyStore":
        """Read what `save` wrote."""
        with np.load(path) as arrays:
            store = cls(arrays["vectors"].shape[1])
            store.add(arrays["ids"], arrays["vectors"])
        return store


StoreFactory = Callable[[int], VectorStore]


def check_vectors(ids: Ids, vectors: Vectors, dimension: int, *, held: Ids) -> None:
    """Refuse what would silently spoil a store.

    Raises:
        ValueError: for a wrong shape, a value that is not finite, or an id twice.
    """
    if vectors.shape != (len(ids), dimension):
        raise ValueError(f"expected vectors of shape ({len(ids)}, {dimension}), got {vectors.shape}")
    if not np.isfinite(vectors).all():
        raise ValueError("a vector holds a value that is not finite")
    if len(np.unique(ids)) != len(ids) or np.isin(ids, held).any():
        raise ValueError("an id is given twice or is held already")


def check_question(question: Vectors, k: int, dimension: int) -> None:
    """Refuse a question vector that no store can search with.

    Raises:
        ValueError: if k < 1, or the vector has another dimension or a value that is not finite.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if question.shape != (dimension,):
        raise ValueError(f"expected a vector of shape ({dimension},), got {question.shape}")
    if not np.isfinite(question).all():
        raise ValueError("the question's vector holds a value that is not finite")
