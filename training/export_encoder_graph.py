"""Write the encoder's graphs, without weights: `python -m training.export_encoder_graph`.

One computes in fp32, the other in whole numbers (training/integer_products.py).
"""

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

from index.onnx_encoder import DIMENSION, GRAPH, WHOLE_NUMBERS
from training.bert_graph import Shape, external, matrices, model, tokens, transformer_nodes, weight_shapes
from training.integer_products import with_integer_products


def pooling_nodes() -> list[NodeProto]:
    """Nodes from `hidden.last` to `vectors` (batch, hidden): the mean over a text's tokens at unit length.

    The sum has the direction of the mean, so nothing is divided by the number of tokens.
    """
    return [
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "axis_1"], ["mask_row"]),
        helper.make_node("MatMul", ["mask_row", "hidden.last"], ["summed"]),
        helper.make_node("Squeeze", ["summed", "axis_1"], ["sums"]),
        helper.make_node("LpNormalization", ["sums"], ["vectors"], axis=-1, p=2),
    ]


def encoder_graph(shape: Shape) -> onnx.ModelProto:
    """The encoder: token numbers and mask in, unit vectors out."""
    # all-MiniLM-L6-v2 was trained on single texts, all of segment 0, which is what no segments mean.
    nodes = transformer_nodes(shape)
    nodes[0].input[1] = ""
    weights = [external(name, size) for name, size in weight_shapes(shape).items()]
    axis = numpy_helper.from_array(np.array([1], np.int64), "axis_1")
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", DIMENSION])
    inputs = [tokens("input_ids"), tokens("attention_mask")]
    return model("encoder", [*nodes, *pooling_nodes()], inputs, [vectors], [*weights, axis])


def main() -> None:
    """Write the graphs to their places in the package."""
    graph = encoder_graph(Shape())
    GRAPH.write_bytes(graph.SerializeToString())
    whole = with_integer_products(graph, matrices(graph.graph.node))
    WHOLE_NUMBERS.write_bytes(whole.SerializeToString())


if __name__ == "__main__":
    main()
