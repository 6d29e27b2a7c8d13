"""The default encoder without torch: a small ONNX graph over the weights that come with the installation.

The graph (made by training/export_encoder_graph.py) holds no weights. They are read from the packaged
model.safetensors, whose checksum is checked, and handed to onnxruntime when the session is made.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.packaged_model import WEIGHTS_SHA256, packaged_model, read_weights
from index.settings import DEFAULT_ENCODER

GRAPH = Path(__file__).with_name("data") / "encoder.onnx"
MAX_TOKENS = 256  # sentence_bert_config.json of the model
DIMENSION = 384
# Padded word pieces in one run. Measured with 132 a passage: 25 passages a second of one core at 512, 24 at
# 1,024, 20 at 2,048, 17 at 8,192, whose intermediate results no longer fit the cache.
BATCH_TOKENS = 512
_ONNX_FLOAT = 1  # TensorProto.FLOAT


class OnnxEncoder:
    """all-MiniLM-L6-v2 on onnxruntime; an `Encoder`.

    `threads` is how many batches are encoded side by side; 0 means one for each core. A batch itself stays on
    one core: there is nothing to wait for then, which counts when others use the machine too.

    Raises:
        UsageError: the installed weights are missing or not the official ones.
    """

    name = DEFAULT_ENCODER
    checksum = WEIGHTS_SHA256
    dimension = DIMENSION
    max_tokens = MAX_TOKENS

    def __init__(self, *, threads: int = 0) -> None:
        from tokenizers import Tokenizer

        folder = packaged_model()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        # onnxruntime reads the arrays in place: they have to live as long as the session.
        self._weights = graph_weights(read_weights(folder / "model.safetensors"))
        self._session = _session(self._weights)
        self._threads = threads or os.cpu_count() or 1

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of article text, in the order given; (0, dimension) for no texts."""
        ids = [_cut(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        vectors = np.empty((len(ids), DIMENSION), np.float32)

        def fill(rows: list[int]) -> None:
            vectors[rows] = self._run([ids[row] for row in rows])

        parts = list(batches([len(row) for row in ids], BATCH_TOKENS))
        if len(parts) < 2:  # a question: starting threads would take longer
            for rows in parts:
                fill(rows)
            return vectors
        with ThreadPoolExecutor(min(self._threads, len(parts))) as workers:
            list(workers.map(fill, parts))
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions: this model treats them like passages."""
        return self.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text, [CLS] and [SEP] included, uncut."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(list(texts))]

    def _run(self, ids: Sequence[Sequence[int]]) -> Vectors:
        length = max(map(len, ids))
        padded = np.zeros((len(ids), length), np.int32)
        mask = np.zeros((len(ids), length), np.int32)
        for row, pieces in enumerate(ids):
            padded[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        vectors: Vectors = self._session.run(None, {"input_ids": padded, "attention_mask": mask})[0]
        return vectors


def graph_weights(weights: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """The weights under the graph's names: matrices (in, out), query, key and value side by side."""
    graph = {
        "word": weights["embeddings.word_embeddings.weight"],
        "position": weights["embeddings.position_embeddings.weight"],
        "segment": weights["embeddings.token_type_embeddings.weight"],
        "embeddings.scale": weights["embeddings.LayerNorm.weight"],
        "embeddings.shift": weights["embeddings.LayerNorm.bias"],
    }
    for layer in range(6):
        graph |= _layer_weights(weights, f"encoder.layer.{layer}.", f"{layer}.")
    # onnxruntime reads the bytes as rows, whatever the strides say; only the transposed ones are copied here.
    return {name: np.ascontiguousarray(array) for name, array in graph.items()}


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Rows of similar length, longest first; rows x longest is at most `budget`, or it is a single row."""
    order = sorted(range(len(lengths)), key=lambda row: (-lengths[row], row))
    while order:
        size = max(1, budget // max(1, lengths[order[0]]))
        yield order[:size]
        order = order[size:]


def _layer_weights(
    weights: dict[str, NDArray[np.float32]], source: str, name: str
) -> dict[str, NDArray[np.float32]]:
    inputs = [f"{source}attention.self.{part}" for part in ("query", "key", "value")]
    graph = {
        f"{name}attention.weight": np.vstack([weights[f"{part}.weight"] for part in inputs]).T,
        f"{name}attention.bias": np.hstack([weights[f"{part}.bias"] for part in inputs]),
    }
    for mine, theirs in (("mix", "attention.output"), ("wide", "intermediate"), ("narrow", "output")):
        graph[f"{name}{mine}.weight"] = weights[f"{source}{theirs}.dense.weight"].T
        graph[f"{name}{mine}.bias"] = weights[f"{source}{theirs}.dense.bias"]
    for mine, theirs in (("mix", "attention.output"), ("narrow", "output")):
        graph[f"{name}{mine}.scale"] = weights[f"{source}{theirs}.LayerNorm.weight"]
        graph[f"{name}{mine}.shift"] = weights[f"{source}{theirs}.LayerNorm.bias"]
    return graph


def _session(weights: dict[str, NDArray[np.float32]]) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # This constructor makes no copy; onnxruntime refuses one that does ("must be owned by the user").
    wrap = onnxruntime.OrtValue.ortvalue_from_numpy_with_onnx_type
    values = [wrap(array, _ONNX_FLOAT) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])


def _cut(ids: list[int]) -> list[int]:
    """At most `MAX_TOKENS` word pieces, with [SEP] still the last."""
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]
