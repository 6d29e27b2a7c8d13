"""Vectors taken over from an archive that has them, so that no text is encoded twice for a measurement."""

from collections.abc import Sequence

import numpy as np

from index.archive import Archive
from index.catalogue import embedding_key
from index.embeddings import LOOKUP
from index.encoder import Encoder, Vectors


class LendingEncoder:
    """An `Encoder` that looks texts up in an archive's catalogue and encodes only those not found there."""

    def __init__(self, lender: Archive) -> None:
        self._lender = lender
        self._encoder: Encoder = lender.encoder
        self.name = self._encoder.name
        self.checksum = self._encoder.checksum
        self.dimension = self._encoder.dimension
        self.max_tokens = self._encoder.max_tokens

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of article text, in the order given."""
        keys = [embedding_key(text) for text in texts]
        known = self._known(keys)
        new = [row for row, key in enumerate(keys) if key not in known]
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, key in enumerate(keys):
            if key in known:
                vectors[row] = np.frombuffer(known[key], dtype="<f4")
        if new:
            vectors[new] = self._encoder.encode_passages([texts[row] for row in new])
        return vectors

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """Vectors of sentences, in the order given; no archive keeps them."""
        return self._encoder.encode_sentences(texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, in the order given."""
        return self._encoder.encode_questions(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text by the encoder's own tokenizer."""
        return self._encoder.count_tokens(texts)

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        known: dict[bytes, bytes] = {}
        for first in range(0, len(keys), LOOKUP):
            some = keys[first : first + LOOKUP]
            known |= self._lender.database.connection.execute(
                f"SELECT key, vector FROM embedding WHERE key IN ({','.join('?' * len(some))})", some
            )
        return known
