"""The transformer as an ONNX graph, built node by node from onnxruntime's fused operators.

An exported graph reaches the same operators only if onnxruntime recognises its pattern, and its constants
carry generated names; built by hand it is 10 kB, and each weight has a name that says what it is.
Operators: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import onnx
from onnx import NodeProto, TensorProto, ValueInfoProto, helper

FUSED = "com.microsoft"
OPSET = 17


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the transformer; the defaults are those of all-MiniLM-L6-v2."""

    layers: int = 6
    hidden: int = 384
    wide: int = 1536
    heads: int = 12
    words: int = 30522
    positions: int = 512
    epsilon: float = 1e-12


def transformer_nodes(shape: Shape) -> list[NodeProto]:
    """Nodes from the inputs to `hidden.last` (batch, length, hidden).

    The inputs are `input_ids`, `segment_ids` and `attention_mask`: int32
    (batch, length), padded on the right.
    """
    embeddings = ["word", "position", "segment", "embeddings.scale", "embeddings.shift"]
    nodes = [
        helper.make_node(
            "EmbedLayerNormalization",
            ["input_ids", "segment_ids", *embeddings, "attention_mask"],
            ["hidden.0", "lengths"],
            domain=FUSED,
            epsilon=shape.epsilon,
        )
    ]
    for layer in range(shape.layers):
        after = "hidden.last" if layer == shape.layers - 1 else f"hidden.{layer + 1}"
        nodes += _layer_nodes(shape, f"{layer}.", f"hidden.{layer}", after)
    return nodes


def matrices(nodes: Iterable[NodeProto]) -> list[str]:
    """Names of the matrices that the transformer's values are multiplied with, in alphabetical order."""
    products = (node.input[1] for node in nodes if node.op_type in {"MatMul", "Attention"})
    return sorted({name for name in products if name[0].isdigit()})  # those of a layer: "3.wide.weight"


def weight_shapes(shape: Shape) -> dict[str, tuple[int, ...]]:
    """Name and shape of every weight of `transformer_nodes`."""
    hidden, wide = shape.hidden, shape.wide
    shapes: dict[str, tuple[int, ...]] = {
        "word": (shape.words, hidden),
        "position": (shape.positions, hidden),
        "segment": (2, hidden),
        "embeddings.scale": (hidden,),
        "embeddings.shift": (hidden,),
    }
    for layer in range(shape.layers):
        shapes |= {f"{layer}.{name}": size for name, size in _layer_shapes(hidden, wide)}
    return shapes


def external(name: str, size: tuple[int, ...], kind: int = TensorProto.FLOAT) -> TensorProto:
    """A weight without data: whoever makes the session hands it over by name."""
    tensor = TensorProto(name=name, data_type=kind, dims=size, data_location=TensorProto.EXTERNAL)
    for key, value in (("location", "model.safetensors"), ("offset", "0"), ("length", "0")):
        tensor.external_data.add(key=key, value=value)
    return tensor


def model(
    name: str,
    nodes: list[NodeProto],
    inputs: list[ValueInfoProto],
    outputs: list[ValueInfoProto],
    weights: list[TensorProto],
) -> onnx.ModelProto:
    """Put the parts together for the operator sets used here."""
    graph = helper.make_graph(nodes, name, inputs, outputs, weights)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="citewire")


def tokens(name: str) -> ValueInfoProto:
    """An input of token numbers, (batch, length)."""
    return helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "length"])


def _layer_nodes(shape: Shape, at: str, before: str, after: str) -> Iterator[NodeProto]:
    def normed(added: str, skip: str, part: str, output: str) -> NodeProto:
        weights = [f"{at}{part}.{name}" for name in ("scale", "shift", "bias")]
        kind = "SkipLayerNormalization"
        return helper.make_node(
            kind, [f"{at}{added}", skip, *weights], [output], domain=FUSED, epsilon=shape.epsilon
        )

    def times(value: str, part: str, output: str) -> NodeProto:
        return helper.make_node("MatMul", [f"{at}{value}", f"{at}{part}.weight"], [f"{at}{output}"])

    attention = [before, f"{at}attention.weight", f"{at}attention.bias", "lengths"]
    yield helper.make_node("Attention", attention, [f"{at}attended"], domain=FUSED, num_heads=shape.heads)
    yield times("attended", "mix", "mixed")
    yield normed("mixed", before, "mix", f"{at}middle")
    yield times("middle", "wide", "widened")
    yield helper.make_node("BiasGelu", [f"{at}widened", f"{at}wide.bias"], [f"{at}active"], domain=FUSED)
    yield times("active", "narrow", "narrowed")
    yield normed("narrowed", f"{at}middle", "narrow", after)


def _layer_shapes(hidden: int, wide: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "attention.weight", (hidden, 3 * hidden)
    yield "attention.bias", (3 * hidden,)
    for name, rows, columns in (("mix", hidden, hidden), ("wide", hidden, wide), ("narrow", wide, hidden)):
        yield f"{name}.weight", (rows, columns)
        yield f"{name}.bias", (columns,)
    for name in ("mix", "narrow"):
        yield f"{name}.scale", (hidden,)
        yield f"{name}.shift", (hidden,)
