"""Take the weights back out of an exported reader, so that training can go on from the one that ships."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.export_reader import Weights


def exported_weights(path: Path) -> Weights:
    """Arrays of a file written by training/export_reader.py in any form, under the graph's names.

    Those of 8 bits come back with their rounding.
    """
    held = {t.name: numpy_helper.to_array(t) for t in onnx.load(str(path)).graph.initializer}
    whole = {name: array for name, array in held.items() if not name.endswith((".int8", ".scale"))}
    # LayerNorm's factors are called scales too; those of packed matrices stand beside an ".int8".
    for name, array in held.items():
        packed = name.removesuffix(".scale") + ".int8"
        if name.endswith(".scale") and packed not in held:
            whole[name] = array
        elif name.endswith(".int8"):
            base = name.removesuffix(".int8")
            whole[base] = array.astype(np.float32) * held[f"{base}.scale"]
    return whole


def model_state(weights: Weights) -> dict[str, torch.Tensor]:
    """The state of a `SpanModel` from weights under the graph's names: `reader_weights` undone."""
    arrays = {
        "span.weight": weights["span.weight"].T,
        "span.bias": weights["span.bias"],
        "encoder.embeddings.word_embeddings.weight": weights["word"],
        "encoder.embeddings.position_embeddings.weight": weights["position"],
        "encoder.embeddings.token_type_embeddings.weight": weights["segment"],
        "encoder.embeddings.LayerNorm.weight": weights["embeddings.scale"],
        "encoder.embeddings.LayerNorm.bias": weights["embeddings.shift"],
    }
    layers = sum(name.endswith(".attention.weight") for name in weights)
    for layer in range(layers):
        arrays |= _layer_state(weights, f"{layer}.", f"encoder.encoder.layer.{layer}.")
    return {name: torch.from_numpy(np.array(array, np.float32)) for name, array in arrays.items()}


def _layer_state(weights: Weights, source: str, name: str) -> Weights:
    matrices = np.split(weights[f"{source}attention.weight"].T, 3)
    biases = np.split(weights[f"{source}attention.bias"], 3)
    state: Weights = {}
    for part, matrix, bias in zip(("query", "key", "value"), matrices, biases, strict=True):
        state |= {f"{name}attention.self.{part}.weight": matrix, f"{name}attention.self.{part}.bias": bias}
    for mine, theirs in (("mix", "attention.output"), ("wide", "intermediate"), ("narrow", "output")):
        state[f"{name}{theirs}.dense.weight"] = weights[f"{source}{mine}.weight"].T
        state[f"{name}{theirs}.dense.bias"] = weights[f"{source}{mine}.bias"]
    for mine, theirs in (("mix", "attention.output"), ("narrow", "output")):
        state[f"{name}{theirs}.LayerNorm.weight"] = weights[f"{source}{mine}.scale"]
        state[f"{name}{theirs}.LayerNorm.bias"] = weights[f"{source}{mine}.shift"]
    return state
