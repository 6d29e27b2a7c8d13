"""Batches of token numbers for a model: texts of like length together, several batches side by side."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

# Padded word pieces in one run. Measured with 132 a passage: 25 passages a second of one core at 512, 24 at
# 1,024, 20 at 2,048, 17 at 8,192, whose intermediate results no longer fit the cache.
BATCH_TOKENS = 512
# The same while a question waits: smaller ones share out better between the cores, and hold less padding. To
# read eight passages and to encode 44 sentences takes less of a core in batches of 192 (170, 185 ms) than of
# 512 (175, 220).
SMALL_BATCH_TOKENS = 192


def batches(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Rows of similar length, longest first; rows x longest is at most `budget`, or it is a single row."""
    order = sorted(range(len(lengths)), key=lambda row: (-lengths[row], row))
    while order:
        size = max(1, budget // max(1, lengths[order[0]]))
        yield order[:size]
        order = order[size:]


def readable(texts: Sequence[str]) -> list[str]:
    """The texts with "?" for every lone surrogate, which tokenizers refuse; all offsets stay."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def padded(ids: Sequence[Sequence[int]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Token numbers with zeros at the right, and the mask of the real ones, each (rows, longest)."""
    numbers, mask = np.zeros((2, len(ids), max(map(len, ids), default=0)), np.int32)
    for row, pieces in enumerate(ids):
        numbers[row, : len(pieces)] = pieces
        mask[row, : len(pieces)] = 1
    return numbers, mask


def side_by_side(work: Callable[[list[int]], None], parts: Sequence[list[int]], *, threads: int) -> None:
    """Call `work` with each part, up to `threads` at a time; a single part needs no thread."""
    if len(parts) < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(min(threads, len(parts))) as workers:
        list(workers.map(work, parts))
