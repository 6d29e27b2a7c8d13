"""Write a trained reader as one ONNX file: `python -m training.export_reader CHECKPOINT FILE --as int8`.

"fp32" is the reference (90 MB). "int8" computes in 8 bits (training/integer_products.py); "packed" stores 8
bits and computes in fp32: onnxruntime unpacks the weights once, when the session is made (23 MB both).
Instead of a checkpoint a file that was exported may be given, which is then exported in another form.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from index.packaged_model import graph_weights
from index.whole_numbers import quantised
from training.bert_graph import Shape, matrices, model, tokens, transformer_nodes
from training.integer_products import with_integer_products

if TYPE_CHECKING:
    import torch

Form = Literal["fp32", "int8", "packed"]
Weights = dict[str, NDArray[np.float32]]


def span_nodes() -> list[NodeProto]:
    """Nodes from `hidden.last` to `logits` (batch, length, 2): start and end."""
    return [
        helper.make_node("MatMul", ["hidden.last", "span.weight"], ["spans"]),
        helper.make_node("Add", ["spans", "span.bias"], ["logits"]),
    ]


def reader_graph(shape: Shape, weights: Weights) -> onnx.ModelProto:
    """The reader in fp32 with its weights inside."""
    inputs = [tokens(name) for name in ("input_ids", "segment_ids", "attention_mask")]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "length", 2])
    held = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    return model("reader", [*transformer_nodes(shape), *span_nodes()], inputs, [logits], held)


def reader_weights(state: "dict[str, torch.Tensor]") -> Weights:
    """Weights of a `SpanModel` under the graph's names."""
    arrays = {name: tensor.float().numpy() for name, tensor in state.items()}
    encoder = {name.removeprefix("encoder."): array for name, array in arrays.items()}
    # Before a layer "encoder." stands twice: for the span model's part, and for the transformer's own.
    weights = graph_weights(encoder)
    weights["span.weight"] = np.ascontiguousarray(arrays["span.weight"].T)
    weights["span.bias"] = arrays["span.bias"]
    return weights


def packed(graph: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with matrices stored as int8, one scale for each word or column."""
    small = onnx.ModelProto()
    small.CopyFrom(graph)
    held = list(small.graph.initializer)
    del small.graph.initializer[:]
    unpacking: list[NodeProto] = []
    for tensor in held:
        array = numpy_helper.to_array(tensor)
        if array.dtype == np.float32 and array.ndim == 2 and array.size > 10_000:
            axis = 0 if tensor.name in {"word", "position"} else 1
            numbers, scales = quantised(array, axis)
            parts: dict[str, NDArray[Any]] = {
                f"{tensor.name}.int8": numbers,
                f"{tensor.name}.scale": scales,
            }
            small.graph.initializer.extend(numpy_helper.from_array(a, n) for n, a in parts.items())
            # Not DequantizeLinear: onnxruntime leaves that in place, to run it with every batch.
            whole = f"{tensor.name}.whole"
            unpacking.append(helper.make_node("Cast", [f"{tensor.name}.int8"], [whole], to=TensorProto.FLOAT))
            unpacking.append(helper.make_node("Mul", [whole, f"{tensor.name}.scale"], [tensor.name]))
        else:
            small.graph.initializer.append(tensor)
    nodes = [*unpacking, *small.graph.node]
    del small.graph.node[:]
    small.graph.node.extend(nodes)
    return small


def computed_in_int8(graph: onnx.ModelProto) -> onnx.ModelProto:
    """The graph with the transformer's products in whole numbers, and its embeddings packed."""
    return packed(with_integer_products(graph, matrices(graph.graph.node)))


def exported(source: Path, form: Form) -> onnx.ModelProto:
    """The reader of a training checkpoint, or of a file exported before, in the given form."""
    weights = _weights_of(source)
    layers = sum(name.endswith(".attention.weight") for name in weights)
    graph = reader_graph(Shape(layers=layers), weights)
    if form == "fp32":
        return graph
    return packed(graph) if form == "packed" else computed_in_int8(graph)


def _weights_of(source: Path) -> Weights:
    import torch

    from training.import_reader import exported_weights  # which takes its types from here

    if source.suffix == ".onnx":
        return exported_weights(source)
    return reader_weights(torch.load(source, weights_only=True, map_location="cpu")["model"])


def main() -> None:
    """Command line of the export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, metavar="CHECKPOINT", help="or a file exported before")
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="form", choices=get_args(Form), default="int8")
    options = parser.parse_args()
    options.file.write_bytes(exported(options.source, options.form).SerializeToString())


if __name__ == "__main__":
    main()
