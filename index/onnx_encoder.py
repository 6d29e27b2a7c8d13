"""The default encoder without torch: a small ONNX graph over the weights that come with the installation.

The graph (made by training/export_encoder_graph.py) holds no weights. They are read from the packaged
model.safetensors, whose checksum is checked, and handed to onnxruntime when the session is made. A second
graph computes in whole numbers, in half the time, for what is compared once and not kept.
"""

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.batching import BATCH_TOKENS, SMALL_BATCH_TOKENS, batches, padded, readable, side_by_side
from index.encoder import Vectors
from index.packaged_model import WEIGHTS_SHA256, graph_weights, packaged_model, read_weights
from index.settings import DEFAULT_ENCODER
from index.whole_numbers import MOST_WEIGHT, quantised

GRAPH = Path(__file__).with_name("data") / "encoder.onnx"
WHOLE_NUMBERS = Path(__file__).with_name("data") / "encoder_whole_numbers.onnx"
MAX_TOKENS = 256  # sentence_bert_config.json of the model
DIMENSION = 384
_ONNX_TYPES = {"float32": 1, "int8": 3}  # TensorProto.FLOAT, TensorProto.INT8

Weights = Mapping[str, NDArray[np.float32] | NDArray[np.int8]]


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
        self._weights = graph_weights(read_weights(folder / "model.safetensors"))
        self._session = open_session(GRAPH.read_bytes(), self._weights)
        self._threads = threads or os.cpu_count() or 1
        self._whole_numbers: Any = None
        self._whole_weights: Weights = {}
        self._loading = threading.Lock()

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of article text, in the order given; (0, dimension) for no texts."""
        return self._encode(texts, self._session, BATCH_TOKENS)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """Vectors of sentences, in the order given: cosines are off by .006 (standard deviation)."""
        with self._loading:
            if self._whole_numbers is None:
                self._whole_weights = _in_whole_numbers(self._weights)
                self._whole_numbers = open_session(WHOLE_NUMBERS.read_bytes(), self._whole_weights)
        return self._encode(texts, self._whole_numbers, SMALL_BATCH_TOKENS)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions: this model treats them like passages."""
        return self.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text, [CLS] and [SEP] included, uncut."""
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(readable(texts))]

    def encode_pieces(self, ids: Sequence[Sequence[int]]) -> Vectors:
        """Vectors of texts given as word pieces, [CLS] and [SEP] included; one batch, not empty."""
        return _run(self._session, ids)

    def _encode(self, texts: Sequence[str], session: Any, budget: int) -> Vectors:
        ids = [_cut(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(readable(texts))]
        vectors = np.empty((len(ids), DIMENSION), np.float32)

        def fill(rows: list[int]) -> None:
            vectors[rows] = _run(session, [ids[row] for row in rows])

        parts = list(batches([len(row) for row in ids], budget))
        side_by_side(fill, parts, threads=self._threads)
        return vectors


def open_session(graph: bytes, weights: Weights) -> Any:
    """An onnxruntime session on one core for a graph; `weights` are those that it names but does not hold.

    The arrays are read in place: they have to be C-order and to live as long as the session.
    """
    # Its official builds report every session to their maker unless told not to before they are loaded; we
    # promise that nothing leaves the machine.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # This constructor makes no copy; onnxruntime refuses one that does ("must be owned by the user").
    wrap = onnxruntime.OrtValue.ortvalue_from_numpy_with_onnx_type
    values = [wrap(array, _ONNX_TYPES[array.dtype.name]) for array in weights.values()]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _run(session: Any, ids: Sequence[Sequence[int]]) -> Vectors:
    numbers, mask = padded(ids)
    vectors: Vectors = session.run(None, {"input_ids": numbers, "attention_mask": mask})[0]
    return vectors


def _in_whole_numbers(weights: Mapping[str, NDArray[np.float32]]) -> Weights:
    """The weights with each layer's matrices as int8 and their scales; the others are the same arrays."""
    whole: dict[str, NDArray[np.float32] | NDArray[np.int8]] = {}
    for name, array in weights.items():
        if array.ndim == 2 and name[0].isdigit():
            numbers, scales = quantised(array, 1, MOST_WEIGHT)
            whole |= {f"{name}.int8": numbers, f"{name}.scale": np.ascontiguousarray(scales[0])}
        else:
            whole[name] = array
    return whole


def _cut(ids: list[int]) -> list[int]:
    """At most `MAX_TOKENS` word pieces, with [SEP] still the last."""
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]
