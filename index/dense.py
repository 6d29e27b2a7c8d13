"""Dense search: a vector store that follows the catalogue, kept beside it in a file.

The file is derived. It carries the catalogue's generation, the encoder's checksum and its own checksum;
stale, it is brought up to date by what came and went since; missing or damaged, it is made anew.
"""

import contextlib
import json
import threading
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

import numpy as np

from index.embeddings import Embeddings
from index.encoder import Vectors
from index.errors import ArchiveFormatError
from index.faiss_store import FaissStore
from index.files import replace_file, write_text
from index.vector_store import Ids, VectorStore

# Vectors read from the catalogue in one go: 6 MB at 384 dimensions.
BATCH = 4096


@dataclass(frozen=True, slots=True)
class StoreStamp:
    """What a store's file was derived from, and its own SHA-256."""

    generation: int
    encoder: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Searchable:
    """A store that may be searched while others follow the catalogue."""

    store: VectorStore
    lock: threading.Lock

    def search(self, question: Vectors, k: int, *, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k best (see DenseIndex)."""
        with self.lock:
            return self.store.search(question, k, among=among)


class DenseIndex:
    """Cosine search over all passages that have a vector."""

    def __init__(self, embeddings: Embeddings, path: Path, encoder_checksum: str) -> None:
        self.embeddings = embeddings
        self.path = path
        self.stamp_path = path.with_suffix(".json")
        self._encoder_checksum = encoder_checksum
        self._store: VectorStore | None = None
        self._generation = -1
        self._lock = threading.Lock()

    def search(self, question: Vectors, k: int, *, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k best (passage id, cosine) for a question's vector (dimension,), best first.

        Only the passages `among` (None: all) are ranked.
        """
        return self.current().search(question, k, among=among)

    def current(self) -> "Searchable":
        """The vectors as they are now, which another thread may search without the catalogue."""
        with self._lock:
            return Searchable(self._current(), self._lock)

    def save(self) -> None:
        """Bring the store up to date and write it beside the catalogue."""
        with self._lock:
            store = self._current()
            with replace_file(self.path) as temporary:
                store.save(temporary)
                digest = _sha256(temporary)
            stamp = StoreStamp(self._generation, self._encoder_checksum, digest)
            write_text(self.stamp_path, json.dumps(asdict(stamp), indent=2) + "\n")

    def rebuild(self) -> None:
        """Make the store anew from the catalogue and write it."""
        with self._lock:
            self._store, self._generation = FaissStore(self.embeddings.dimension), -1
        self.save()

    def problem(self) -> str | None:
        """What is wrong with the file on disk, None if it is sound (stale or missing is sound)."""
        if not self.path.exists():
            return None
        try:
            self._load()
        except ArchiveFormatError as error:
            return str(error)
        return None

    def _current(self) -> VectorStore:
        """The store, holding exactly the passages that have a vector now."""
        generation = self.embeddings.database.generation
        if self._store is None:
            self._store, self._generation = self._open()
        if generation != self._generation:
            self._follow(self._store)
            self._generation = generation
        return self._store

    def _follow(self, store: VectorStore) -> None:
        # An id is never given to another text, so what differs is only what came and what went.
        wanted = self.embeddings.embedded_passages()
        store.remove(np.setdiff1d(store.ids, wanted))
        new = np.setdiff1d(wanted, store.ids)
        for first in range(0, len(new), BATCH):
            store.add(*self.embeddings.vectors(new[first : first + BATCH]))

    def _open(self) -> tuple[VectorStore, int]:
        with contextlib.suppress(ArchiveFormatError):
            loaded = self._load()
            if loaded is not None:
                return loaded
        return FaissStore(self.embeddings.dimension), -1

    def _load(self) -> tuple[VectorStore, int] | None:
        """The store on disk and its generation; None if there is none that belongs to this encoder.

        Raises:
            ArchiveFormatError: if file and stamp do not belong together or cannot be read.
        """
        try:
            stamp = StoreStamp(**json.loads(self.stamp_path.read_text(encoding="utf-8")))
            # A later generation than the catalogue's: the catalogue was put back from a copy, and has since
            # given the same ids to other passages.
            if (
                stamp.encoder != self._encoder_checksum
                or stamp.generation > self.embeddings.database.generation
            ):
                return None
            if _sha256(self.path) != stamp.sha256:
                raise ArchiveFormatError(
                    f"{self.path}: does not match its checksum in {self.stamp_path.name}"
                )
            return FaissStore.load(self.path), stamp.generation
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise ArchiveFormatError(f"{self.stamp_path}: {error}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
