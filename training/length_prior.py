"""A prior over answers' lengths, counted on answers learnt from and added to spans' scores at decoding."""

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from training.news_measure import Decoder
from training.span_model import BLOCKED
from training.windows import LONGEST_ANSWER

WEIGHTS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
"""Weights of the prior that are tried."""


def log_prior(lengths: Iterable[int]) -> Tensor:
    """Log share of each length, (LONGEST_ANSWER,): first that of answers of one word piece.

    Every length counts once more than it occurs. Longer answers count as LONGEST_ANSWER.
    """
    counted = np.minimum(np.fromiter(lengths, np.int64), LONGEST_ANSWER) - 1
    counts = torch.from_numpy(np.bincount(counted, minlength=LONGEST_ANSWER) + 1.0)
    return (counts / counts.sum()).log().float()


def with_prior(prior: Tensor, weight: float) -> Decoder:
    """The best spans by their margin over "no answer" and `weight` times the prior of their length."""

    def decode(start: Tensor, end: Tensor) -> tuple[Tensor, Tensor]:
        length = start.shape[1] - 1
        beyond = torch.arange(length)[None, :] - torch.arange(length)[:, None]
        added = weight * prior[beyond.clamp(0, LONGEST_ANSWER - 1)]
        joint = start[:, 1:, None] + end[:, None, 1:] + added
        band = (beyond >= 0) & (beyond < LONGEST_ANSWER)
        score, flat = joint.masked_fill(~band, 4 * BLOCKED).flatten(1).max(1)
        spans = torch.stack([flat // length, flat % length], 1) + 1
        return spans, score - start[:, 0] - end[:, 0]

    return decode
