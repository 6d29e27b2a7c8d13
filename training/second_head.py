"""A second head of the reader, which learns whether a window answers at all, beside the spans."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.news_measure import Decoder, plain
from training.news_reader import Recipe, news_loss
from training.news_windows import Choice
from training.span_model import SpanModel

WEIGHTS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Weights of the head's score beside the span's that are tried."""


class SecondHead(nn.Module):
    """A linear layer on position 0: above 0 where a window answers.

    It becomes part of `model`, as `second`, so that it is trained with it, and reads what the model's encoder
    gave last.
    """

    def __init__(self, model: SpanModel) -> None:
        super().__init__()
        self.linear = nn.Linear(model.span.in_features, 1)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)
        self._first = torch.zeros(0)
        model.encoder.register_forward_hook(self._keep)
        model.add_module("second", self)

    def _keep(self, _encoder: nn.Module, _inputs: object, output: object) -> None:
        self._first = output.last_hidden_state[:, 0].float()  # type: ignore[attr-defined]

    def scores(self) -> Tensor:
        """Log odds that each window read last answers, (n,)."""
        return self.linear(self._first).squeeze(1)  # type: ignore[no-any-return]

    def lesson(self, model: SpanModel, choices: Sequence[Choice], recipe: Recipe) -> Tensor:
        """The loss of before, and the mean binary cross-entropy of whether each window answers."""
        loss = news_loss(model, choices, recipe)
        answers = [float(bool(marked)) for choice in choices for marked in choice.answers]
        return loss + functional.binary_cross_entropy_with_logits(self.scores(), torch.tensor(answers))


def with_head(head: SecondHead, weight: float) -> Decoder:
    """The best spans, whose score is their margin over "no answer" and `weight` times the head's score."""

    def decode(start: Tensor, end: Tensor) -> tuple[Tensor, Tensor]:
        spans, margin = plain(start, end)
        return spans, margin + weight * head.scores()

    return decode
