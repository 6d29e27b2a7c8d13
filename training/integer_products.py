"""The transformer's matrix products in whole numbers: a graph of `bert_graph` rewritten, nothing trained.

Every row, one token's values, is brought to 8 bits by its own largest value just before a product, so that
what is read of a text does not depend on the texts beside it, as it would with onnxruntime's own dynamic
quantisation, which has one range for a whole batch. Embeddings, attention, normalisation and the last layer
stay in fp32.

Weights have 7 bits (see index/whole_numbers.py).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from index.whole_numbers import MOST_WEIGHT, quantised
from training.bert_graph import FUSED, external

# The largest whole number of a value before it is moved to [1, 255].
MOST_VALUE = 127


def with_integer_products(graph: onnx.ModelProto, matrices: Sequence[str]) -> onnx.ModelProto:
    """The graph with the products by these matrices, named as its initializers, in whole numbers.

    A matrix M becomes M.int8 and M.scale.
    """
    rewritten = onnx.ModelProto()
    rewritten.CopyFrom(graph)
    held = {tensor.name: tensor for tensor in rewritten.graph.initializer}
    columns = {name: int(held[name].dims[1]) for name in matrices}
    weights = [part for name in matrices for part in _whole_numbers(held[name])]
    kept = [tensor for name, tensor in held.items() if name not in columns]
    del rewritten.graph.initializer[:], rewritten.graph.node[:]
    rewritten.graph.initializer.extend([*kept, *weights])
    rewritten.graph.node.extend([*_constants(columns), *_Rewriting(columns).of(graph.graph.node)])
    return rewritten


class _Rewriting:
    """Nodes with those products rewritten; a value that meets several matrices is brought to 8 bits once."""

    def __init__(self, columns: dict[str, int]) -> None:
        self._columns = columns
        self._ready: set[str] = set()

    def of(self, nodes: Sequence[NodeProto]) -> Iterator[NodeProto]:
        """All the nodes, in an order in which they can run."""
        for node in nodes:
            matrix = node.input[1] if len(node.input) > 1 else ""
            if matrix not in self._columns:
                yield node
            elif node.op_type == "MatMul":
                yield from self._product(node.input[0], matrix, node.output[0])
            else:
                yield from self._attention(node)

    def _product(self, values: str, matrix: str, output: str) -> Iterator[NodeProto]:
        if values not in self._ready:
            self._ready.add(values)
            yield from _rows(values)
        weights = [f"{matrix}.int8", "int8.step", f"{matrix}.scale", "int8.zero"]
        yield helper.make_node(
            "MatMulIntegerToFloat", [f"{values}.rows", *weights], [f"{output}.unscaled"], domain=FUSED
        )
        yield helper.make_node("Mul", [f"{output}.unscaled", f"{values}.most"], [output])

    def _attention(self, node: NodeProto) -> Iterator[NodeProto]:
        """The product that makes queries, keys and values taken out of the operator."""
        values, matrix, bias, lengths = node.input
        (output,) = node.output
        parts = [f"{output}.{part}" for part in ("query", "key", "value")]
        heads = next(attribute.i for attribute in node.attribute if attribute.name == "num_heads")
        yield from self._product(values, matrix, f"{output}.parts")
        yield helper.make_node("Split", [f"{output}.parts", f"{matrix}.thirds"], parts, axis=-1)
        yield helper.make_node(
            "MultiHeadAttention", [*parts, bias, lengths], [output], domain=FUSED, num_heads=heads
        )


def _rows(values: str) -> Iterator[NodeProto]:
    """Each row's largest absolute value, `.most`, and the row in whole numbers around 128, `.rows`."""

    def node(kind: str, inputs: list[str], output: str, **attributes: Any) -> NodeProto:
        return helper.make_node(kind, inputs, [f"{values}.{output}"], **attributes)

    yield node("Abs", [values], "absolute")
    yield node("ReduceMax", [f"{values}.absolute"], "largest", axes=[-1], keepdims=1)
    yield node("Max", [f"{values}.largest", "int8.tiny"], "most")
    yield node("Div", ["int8.most", f"{values}.most"], "steps")
    yield node("Mul", [values, f"{values}.steps"], "scaled")
    # A cast cuts off what is behind the point: with the half added it rounds, and no operator is spent on it.
    yield node("Add", [f"{values}.scaled", "int8.middle"], "moved")
    yield node("Cast", [f"{values}.moved"], "rows", to=TensorProto.UINT8)


def _constants(columns: dict[str, int]) -> Iterator[NodeProto]:
    zero = MOST_VALUE + 1
    constants: dict[str, NDArray[np.generic]] = {
        "int8.most": np.array(MOST_VALUE, np.float32),
        "int8.middle": np.array(zero + 0.5, np.float32),
        "int8.zero": np.array(zero, np.uint8),
        "int8.step": np.array(1 / MOST_VALUE, np.float32),
        "int8.tiny": np.array(1e-9, np.float32),
    }
    thirds = {f"{name}.thirds": np.full(3, size // 3, np.int64) for name, size in columns.items()}
    for name, value in (constants | thirds).items():
        yield helper.make_node("Constant", [], [name], value=numpy_helper.from_array(value))


def _whole_numbers(matrix: TensorProto) -> Iterator[TensorProto]:
    """The matrix in whole numbers, and a scale for each column; without data if it has none."""
    numbers, scales = f"{matrix.name}.int8", f"{matrix.name}.scale"
    if matrix.data_location == TensorProto.EXTERNAL:
        yield external(numbers, tuple(matrix.dims), TensorProto.INT8)
        yield external(scales, (matrix.dims[1],))
    else:
        values, factors = quantised(numpy_helper.to_array(matrix), 1, MOST_WEIGHT)
        yield numpy_helper.from_array(values, numbers)
        yield numpy_helper.from_array(factors[0], scales)
