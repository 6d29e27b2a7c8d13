"""The vectors in the catalogue: which texts still need one, filing them, reading them back."""

from collections.abc import Iterable, Sequence

import numpy as np

from index.catalogue import encoded_text
from index.database import Database
from index.encoder import Vectors
from index.vector_store import Ids

# SQLite allows 32,766 bound values in a statement; a few hundred are as quick.
LOOKUP = 500


class Embeddings:
    """Vectors filed by what was encoded; a passage has one as soon as its text was encoded anywhere."""

    def __init__(self, database: Database, dimension: int) -> None:
        self.database = database
        self.dimension = dimension

    def pending_count(self) -> int:
        """How many texts of passages have no vector yet."""
        row = self.database.connection.execute(
            "SELECT count(DISTINCT embedding_key) FROM passage"
            " WHERE embedding_key NOT IN (SELECT key FROM embedding)"
        ).fetchone()
        return int(row[0])

    def pending(self, limit: int) -> list[tuple[bytes, str]]:
        """Up to `limit` (key, text to encode) without a vector, articles in the order they were added."""
        rows = self.database.connection.execute(
            "SELECT passage.embedding_key, title, text FROM passage JOIN passage_text USING (id)"
            " WHERE passage.embedding_key NOT IN (SELECT key FROM embedding)"
            " GROUP BY passage.embedding_key ORDER BY min(id) LIMIT ?",
            (limit,),
        )
        return [(key, encoded_text(title, text)) for key, title, text in rows]

    def store(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """File vectors (n, dimension) under their keys in one transaction."""
        assert vectors.shape == (len(keys), self.dimension)
        rows = [(key, vector.astype("<f4").tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        with self.database.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO embedding VALUES (?, ?)", rows)

    def embedded_passages(self) -> Ids:
        """Ids of the passages that have a vector, ascending."""
        rows = self.database.connection.execute(
            "SELECT id FROM passage JOIN embedding ON embedding.key = passage.embedding_key ORDER BY id"
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def vectors(self, passages: Ids) -> tuple[Ids, Vectors]:
        """Ids and vectors (n, dimension) of those of the given passages that have one."""
        found: list[int] = []
        blobs: list[bytes] = []
        for first in range(0, len(passages), LOOKUP):
            some = passages[first : first + LOOKUP].tolist()
            rows = self.database.connection.execute(
                "SELECT id, vector FROM passage JOIN embedding ON embedding.key = passage.embedding_key"
                f" WHERE id IN ({','.join('?' * len(some))})",
                some,
            )
            for passage_id, blob in rows:
                found.append(passage_id)
                blobs.append(blob)
        flat = np.frombuffer(b"".join(blobs), dtype="<f4").astype(np.float32, copy=False)
        return np.array(found, dtype=np.int64), flat.reshape(len(found), self.dimension)

    def cosines(self, question: Vectors, passages: Iterable[int]) -> dict[int, float]:
        """Cosine of a question's vector (dimension,) to each of the passages that has a vector."""
        found, vectors = self.vectors(np.array(sorted(set(passages)), dtype=np.int64))
        return dict(zip(found.tolist(), (vectors @ question).tolist(), strict=True))
