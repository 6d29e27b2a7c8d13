"""Vectors in FAISS: exact inner product over a flat index with ids of our own.

FAISS leaves open what this module settles: short results come padded with id -1, equal scores come in
any order, a wrong dimension is a bare assertion and a NaN finds nothing.
"""

from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Vectors
from index.errors import ArchiveFormatError
from index.vector_store import Ids, check_question, check_vectors


class FaissStore:
    """`IndexIDMap2` over `IndexFlatIP`: exact, and unlike IVF or HNSW it removes ids correctly."""

    def __init__(self, dimension: int) -> None:
        import faiss

        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self.ids: Ids = np.empty(0, dtype=np.int64)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors under new ids (see VectorStore)."""
        check_vectors(ids, vectors, self._index.d, held=self.ids)
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors), ids)
            self.ids = np.union1d(self.ids, ids)

    def remove(self, ids: Ids) -> None:
        """Remove vectors (see VectorStore)."""
        if len(ids):
            self._index.remove_ids(np.ascontiguousarray(ids))
            self.ids = np.setdiff1d(self.ids, ids)

    def search(self, question: Vectors, k: int, *, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k best (see VectorStore)."""
        import faiss

        check_question(question, k, self._index.d)
        # One question's search is one pass over memory. Shared out between two threads it took 107 ms of
        # processor time over 306,000 vectors, on one 22. OpenMP keeps this number for each calling thread.
        faiss.omp_set_num_threads(1)
        if not len(self.ids) or (among is not None and not len(among)):
            return []
        row, only = np.ascontiguousarray(question[None, :]), _only(among)
        # One more than asked for shows whether equal scores were cut apart at the end of the list.
        scores, ids = self._index.search(row, min(k + 1, len(self.ids)), params=only)
        pairs = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
        found = [(found_id, score) for found_id, score in pairs if found_id >= 0]  # padded with -1
        if len(found) > k and found[k][1] == found[k - 1][1]:
            found = self._at_least(row, found[k][1], only)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def _at_least(self, row: Vectors, score: float, only: Any) -> list[tuple[int, float]]:
        """All (id, score) whose score is not below `score`; identical wire copies give such ties."""
        below = float(np.nextafter(np.float32(score), np.float32(-np.inf)))
        _, scores, ids = self._index.range_search(row, below, params=only)
        return list(zip(ids.tolist(), scores.tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Write the index in FAISS's own format."""
        import faiss

        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> "FaissStore":
        """Read what `save` wrote.

        Raises:
            ArchiveFormatError: if FAISS cannot read the file.
        """
        import faiss

        store = cls.__new__(cls)
        try:
            store._index = faiss.read_index(str(path))
            store.ids = np.sort(faiss.vector_to_array(store._index.id_map))
        except (RuntimeError, AttributeError) as error:
            raise ArchiveFormatError(f"{path}: not a readable FAISS file ({error})") from error
        return store


def _only(among: Ids | None) -> Any:
    """Search parameters that leave out every other id; None for all. `among` is not empty."""
    if among is None:
        return None
    import faiss

    # One bit for each id up to the largest: a search asks for every vector it holds, and a bit is quicker
    # to look up than a set.
    bits = np.zeros(int(among.max()) + 1, dtype=bool)
    bits[among] = True
    # FAISS's own annotations tell of the C++ constructors, not of those that Python has.
    library: Any = faiss
    selector = library.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
    return library.SearchParameters(sel=selector)
