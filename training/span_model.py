"""The reader's network: a sentence encoder's transformer with two logits, an answer's start and end."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, BertConfig, BertModel

from training.bert_graph import Shape
from training.windows import Window

BLOCKED = -1e4  # finite, so that it also fits half precision


class SpanModel(nn.Module):
    """Start and end logits over the text's tokens and position 0, which stands for "no answer".

    A second head for "this passage answers the question" would read the same position 0 through its own
    `nn.Linear(hidden, 1)` and add a binary loss; the two outputs and their meaning would stay.
    """

    def __init__(self, encoder: nn.Module, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.span = nn.Linear(hidden, 2)
        nn.init.normal_(self.span.weight, std=0.02)
        nn.init.zeros_(self.span.bias)

    @classmethod
    def from_folder(cls, folder: Path, *, dropout: float) -> "SpanModel":
        """Begin from the transformer weights of `folder`."""
        encoder = AutoModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=dropout,
            local_files_only=True,
        )
        return cls(encoder, encoder.config.hidden_size)

    @classmethod
    def blank(cls, layers: int, *, dropout: float) -> "SpanModel":
        """A network of the packaged transformer's sizes but `layers`, whose weights are to be loaded."""
        shape = Shape()
        config = BertConfig(
            vocab_size=shape.words,
            hidden_size=shape.hidden,
            num_hidden_layers=layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.wide,
            max_position_embeddings=shape.positions,
            layer_norm_eps=shape.epsilon,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=dropout,
        )
        return cls(BertModel(config, add_pooling_layer=False), shape.hidden)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return start and end logits, each (batch, length), over all positions."""
        output = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        start, end = self.span(output).unbind(-1)
        return start, end


class Batch:
    """Windows as padded tensors; `allowed` marks position 0 and the text, where answers may stand."""

    def __init__(self, windows: Sequence[Window], device: torch.device) -> None:
        length = max(len(window.ids) for window in windows)
        ids, mask, segments, allowed = (np.zeros((len(windows), length), np.int64) for _ in range(4))
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
            segments[row, window.segment : len(window.ids)] = 1
            allowed[row, slice(*window.text)] = 1
        allowed[:, 0] = 1
        self.ids, self.mask, self.segments = (torch.from_numpy(x).to(device) for x in (ids, mask, segments))
        self.allowed = torch.from_numpy(allowed.astype(bool)).to(device)
        self.label = torch.tensor([window.label for window in windows], device=device)

    def logits(self, model: nn.Module) -> tuple[Tensor, Tensor]:
        """Start and end logits with every position that is not allowed blocked."""
        start, end = model(self.ids, self.mask, self.segments)
        return start.masked_fill(~self.allowed, BLOCKED), end.masked_fill(~self.allowed, BLOCKED)

    def loss(self, start: Tensor, end: Tensor) -> Tensor:
        """Mean cross-entropy of the two ends."""
        first, last = self.label.unbind(1)
        return (functional.cross_entropy(start, first) + functional.cross_entropy(end, last)) / 2


def best_spans(start: Tensor, end: Tensor, *, longest: int) -> tuple[Tensor, Tensor]:
    """Best (first, last) of each row, (batch, 2), but position 0, and its score over the null's, (batch,)."""
    length = start.shape[1] - 1
    joint = start[:, 1:, None] + end[:, None, 1:]
    band = torch.ones(length, length, device=start.device).triu().tril(longest - 1).bool()
    score, flat = joint.masked_fill(~band, 4 * BLOCKED).flatten(1).max(1)
    spans = torch.stack([flat // length, flat % length], 1) + 1
    return spans, score - start[:, 0] - end[:, 0]
