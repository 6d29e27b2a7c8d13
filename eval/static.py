"""A static embedding distilled from the encoder: a vector a word piece, a text's the mean of its pieces'.

The method of model2vec (Tulkens and van Dongen 2024, https://github.com/MinishLab/model2vec), which needs no
data: every word piece of the vocabulary goes through the encoder on its own, principal components are taken
out of the vectors, and each is weighted by how common it is: by Zipf's law over its place in the vocabulary,
which is sorted by frequency, in the form of smooth inverse frequency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.files import replace_file
from index.onnx_encoder import OnnxEncoder
from index.packaged_model import packaged_model

CLS, SEP = 101, 102
COMPONENTS = 256
SIF = 1e-4  # the coefficient that model2vec takes
_TOGETHER = 1024


@dataclass(frozen=True, slots=True)
class StaticEmbedding:
    """A table (vocabulary, dimension) of weighted vectors of word pieces."""

    table: Vectors

    @classmethod
    def distilled(cls, encoder: OnnxEncoder, *, components: int = COMPONENTS) -> Self:
        """Make the table from an encoder; half a minute of a core."""
        size = tokenizer().get_vocab_size()
        pieces = np.concatenate(
            [
                encoder.encode_pieces(
                    [[CLS, piece, SEP] for piece in range(first, min(size, first + _TOGETHER))]
                )
                for first in range(0, size, _TOGETHER)
            ]
        )
        return cls(weighted(reduced(pieces, components)))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a saved table."""
        return cls(np.load(path))

    def save(self, path: Path) -> None:
        """Write the table."""
        with replace_file(path) as temporary, temporary.open("wb") as file:
            np.save(file, self.table)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (n, dimension) of texts; a text without a known piece has the zero vector."""
        vectors = np.zeros((len(texts), self.table.shape[1]), dtype=np.float32)
        for row, encoding in enumerate(tokenizer().encode_batch_fast(list(texts), add_special_tokens=False)):
            if encoding.ids:
                vectors[row] = self.table[encoding.ids].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
        return unit


def reduced(pieces: Vectors, components: int) -> Vectors:
    """Centred vectors on their first principal components, (n, at most `components`)."""
    centred = pieces - pieces.mean(axis=0)
    values, axes = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    first: NDArray[np.float64] = axes[:, np.argsort(-values)[:components]]
    projected: Vectors = centred @ first.astype(np.float32)
    return projected


def weighted(pieces: Vectors) -> Vectors:
    """Vectors times a / (a + p), where p is the share that Zipf's law gives to a piece of this rank."""
    inverse = 1 / np.arange(2, len(pieces) + 2)
    share = inverse / inverse.sum()
    weights = (SIF / (SIF + share)).astype(np.float32)
    rows: Vectors = pieces * weights[:, None]
    return rows


def tokenizer() -> Any:
    """The encoder's tokenizer, uncut and unpadded."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    loaded.no_padding()
    loaded.no_truncation()
    return loaded
