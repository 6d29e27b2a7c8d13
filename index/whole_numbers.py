"""Matrices as whole numbers of 7 or 8 bits, with the scales that give them back."""

import numpy as np
from numpy.typing import NDArray

# The largest whole number of a weight that whole values are multiplied with: 7 bits. Processors without VNNI
# add pairs of products in 16 bits, and 2 x 255 x 63 still fits; with 8 bits they would round differently.
MOST_WEIGHT = 63


def quantised(
    array: NDArray[np.float32], axis: int, most: int = 127
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The array as int8 in [-most, most], and the scales that give it back: one for each slice along `axis`.

    The scales keep the array's dimensions.
    """
    largest = np.abs(array).max(axis=1 - axis, keepdims=True)
    scales = np.where(largest > 0, largest / most, 1).astype(np.float32)
    return np.rint(array / scales).astype(np.int8), scales
