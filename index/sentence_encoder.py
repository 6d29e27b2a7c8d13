"""Any sentence-transformers model as an `Encoder`; for the default weights it is the reference."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.batching import readable
from index.encoder import Vectors
from index.errors import UsageError
from index.packaged_model import WEIGHTS_SHA256, packaged_model, read_weights
from index.settings import DEFAULT_ENCODER


class SentenceTransformerEncoder:
    """A sentence-transformers model by name or local path; torch is imported when one is made.

    The default name means the packaged weights: they are checked and nothing is downloaded. Another name may
    be downloaded by sentence-transformers if it is not there yet (HF_HUB_OFFLINE=1 forbids it).

    Raises:
        UsageError: there is no such model, or the packaged weights are not the official ones.
    """

    def __init__(self, name: str = DEFAULT_ENCODER, *, threads: int = 0, batch_size: int = 32) -> None:
        self.name = name
        self._batch_size = batch_size
        self._model = _packaged() if name == DEFAULT_ENCODER else _named(name)
        self.checksum = WEIGHTS_SHA256 if name == DEFAULT_ENCODER else _checksum(self._model)
        self.dimension: int = len(self._model.encode_document(["x"])[0])
        self.max_tokens: int = self._model.get_max_seq_length() or sys.maxsize
        if threads:
            import torch

            torch.set_num_threads(threads)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of article text, in the order given; (0, dimension) for no texts."""
        return self._encode(self._model.encode_document, texts)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """Vectors of sentences, as of passages."""
        return self.encode_passages(texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, in the order given; (0, dimension) for no texts."""
        return self._encode(self._model.encode_query, texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text with the model's own tokenizer, special tokens included, uncut."""
        if not texts:
            return []
        found = self._model.tokenizer(readable(texts), truncation=False, padding=False, verbose=False)
        return [len(ids) for ids in found["input_ids"]]

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        # sentence-transformers itself sorts by length before it cuts batches.
        vectors = encode(
            readable(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, np.float32)


def _packaged() -> Any:
    from sentence_transformers import SentenceTransformer

    folder = packaged_model()
    read_weights(folder / "model.safetensors")
    # str: with a Path, sentence-transformers fails ("PosixPath is not iterable").
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def _named(name: str) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(Path(name)) if Path(name).exists() else name)
    except (OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise UsageError(
            f"{name}: no such encoder, neither a folder nor a model by name ({reason})"
        ) from error


def _checksum(model: Any) -> str:
    """SHA-256 over the names and bytes of all weights: the same wherever and in whatever files they lie."""
    from torch import uint8

    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode())
        digest.update(tensor.cpu().contiguous().flatten().view(uint8).numpy())
    return digest.hexdigest()
