"""What every encoder offers; the classes that load models stand beside it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""float32, C-order, (n, dimension), rows of unit length."""


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is cosine similarity."""

    @property
    def name(self) -> str:
        """The model's name, as in `Settings.encoder`."""

    @property
    def checksum(self) -> str:
        """SHA-256 (hex) of the weights: vectors of one checksum may be compared, others may not."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Most tokens of one text, special tokens included, that the model reads."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of article text, in the order given; (0, dimension) for no texts."""

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """Vectors of sentences that a question is compared with and that are not kept.

        They may be a little off those of `encode_passages` where that is quicker.
        """

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, in the order given; (0, dimension) for no texts."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text with the model's own tokenizer, special tokens included, uncut."""
