"""How sure the answer to a follow-up is: a logistic regression of its own over a few named numbers.

What `qa.in_view` adds to the odds of what stands in the article in view is right for the order of sentences,
and too much for their probability: a follow-up that the article does not answer would be answered from it all
the same. So the order is left as it is, and the best sentence gets its probability from what is seen of it
here, the others theirs in proportion. Fitted by `training.sureness` to written conversations.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Self

import numpy as np

from qa.answer import Evidence
from qa.selection import LinearModel, linear_model
from qa.selection_features import Row

# The question in full is not shown as what was read if, asked so, the reader rather finds no answer in the
# sentence, or is this much less sure of it. Of the written conversations' questions in full, a third put in
# little that a person would have; training/README.md tells what these leave of them.
LEAST_IN_FULL = 0.0
MOST_BEHIND = 3.0

WEIGHTS = Path(__file__).parent / "data" / "sureness.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of the best sentence for a follow-up.

    `in_view` is 1 in the article in view and `spoken_of` 1 in the one before, else 0; `in_context` and
    `in_full` are the reader's scores of the best words in it over "no answer", asked the question as typed
    after the turns before, and in full; `lead_in_view` is by how much its logit is ahead of the best other
    answer's, as they are ordered.
    """

    in_view: float
    spoken_of: float
    in_context: float
    in_full: float
    lead_in_view: float

    @property
    def is_of_context(self) -> bool:
        """Whether it answers what was typed, after the turns before, but hardly the question in full."""
        spoken_of = bool(self.in_view or self.spoken_of)
        behind = self.in_context - self.in_full > MOST_BEHIND
        return spoken_of and (self.in_full < LEAST_IN_FULL or behind)

    @property
    def row(self) -> Row:
        """The same as the model's columns."""
        return np.array(astuple(self), dtype=np.float64)


SEEN = tuple(column.name for column in fields(Seen))


@dataclass(frozen=True, slots=True)
class SurenessModel:
    """Gives the probability of a follow-up's best sentence; from `threshold` on it is given as the answer.

    `reader` is the checksum of the reader whose scores it was fitted to.
    """

    answering: LinearModel
    threshold: float
    reader: str

    @classmethod
    def load(cls, weights: Path = WEIGHTS) -> Self:
        """Read the fitted weights.

        Raises:
            ValueError: they belong to other columns than this code computes.
        """
        stored = json.loads(weights.read_text(encoding="utf-8"))
        answering = linear_model(stored["answering"], SEEN, weights)
        return cls(answering, float(stored["threshold"]), str(stored["reader_sha256"]))

    def probability(self, seen: Seen) -> float:
        """P(the sentence answers) of which this is seen."""
        logit = float(self.answering.scores(seen.row[None])[0])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Sureness:
    """From which probability on an answer is given, and how sure it is beside how it was judged.

    For a follow-up `seen` is what tells it, and `factor` what the probability of the best sentence, and with
    it every other's, is to be multiplied by.
    """

    threshold: float
    factor: float = 1.0
    seen: Seen | None = None

    def of(self, judged: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The evidence as sure as it is.

        Proportions are kept as what is told of other answers, and of who says the same, goes by them.
        """
        return tuple(replace(piece, confidence=min(1.0, piece.confidence * self.factor)) for piece in judged)
