"""Choose the sentence that answers, and know how sure that is: two small linear models over named features.

The first ranks sentences (a conditional logit); the second, a logistic regression, tells from the best
sentence and its distance to the others whether it answers at all. Both are fitted by `training.selection`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from qa.question import Question
from qa.selection_features import FEATURES, Candidate, Matrix, Row, features, lead

__all__ = ["OVERALL", "Candidate", "LinearModel", "SelectionModel", "overall"]

WEIGHTS = Path(__file__).parent / "data" / "selection.json"
RARITY = Path(__file__).parent / "data" / "word_rarity.json"

OVERALL = (*FEATURES, "rank_score", "rank_share", "rank_lead", "rank_total", "candidates")
"""What the second model sees: the best sentence's features and how it stands among the others."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of columns that are first brought to mean 0 and deviation 1."""

    weights: Row
    means: Row
    scales: Row
    bias: float = 0.0

    def scores(self, rows: Matrix) -> Row:
        """One number for each row."""
        scores: Row = ((rows - self.means) / self.scales) @ self.weights + self.bias
        return scores


@dataclass(frozen=True, slots=True)
class SelectionModel:
    """Says how likely each sentence answers; from `threshold` on the best one is given as the answer."""

    ranking: LinearModel
    answering: LinearModel
    threshold: float
    rarity: Mapping[str, float]
    rarity_of_unlisted: float

    @classmethod
    def load(cls, weights: Path = WEIGHTS, rarity: Path = RARITY) -> Self:
        """Read the fitted weights and the table of word rarity.

        Raises:
            ValueError: The weights belong to other features than this code computes.
        """
        stored = json.loads(weights.read_text(encoding="utf-8"))
        table = json.loads(rarity.read_text(encoding="utf-8"))
        return cls(
            ranking=_linear(stored["ranking"], FEATURES, weights),
            answering=_linear(stored["answering"], OVERALL, weights),
            threshold=float(stored["threshold"]),
            rarity=table["rarity"],
            rarity_of_unlisted=math.log(table["sentences"]),
        )

    def word_rarity(self, form: str) -> float:
        """How much a form tells in general English: about 1 for "and", 11 for a word never seen."""
        return self.rarity.get(form, self.rarity_of_unlisted)

    def features(self, question: Question, candidates: Sequence[Candidate]) -> Matrix:
        """Rows of `FEATURES`, one for each candidate."""
        return features(question, candidates, self.word_rarity)

    def probabilities(self, question: Question, candidates: Sequence[Candidate]) -> Row:
        """P(this sentence answers the question) of each candidate, in [0, 1]; (0,) for none."""
        return self.of_features(self.features(question, candidates))

    def of_features(self, rows: Matrix) -> Row:
        """The same, from rows of features."""
        if not len(rows):
            return np.zeros(0)
        scores = self.ranking.scores(rows)
        logit = float(self.answering.scores(overall(rows, scores)[None])[0])
        best = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
        # The others answer as likely as the ranking holds them to be, relative to the best.
        relative: Row = np.exp(scores - scores.max())
        return best * relative


def overall(rows: Matrix, scores: Row) -> Row:
    """The OVERALL columns for one question's candidates and their ranking scores."""
    best = int(scores.argmax())
    total = float(np.exp(scores - scores[best]).sum())
    ahead = float(lead(scores)[best])
    standing = (float(scores[best]), 1 / total, ahead, math.log(total), math.log(len(rows)))
    row: Row = np.concatenate([rows[best], np.array(standing)])
    return row


def _linear(stored: Mapping[str, object], names: Sequence[str], path: Path) -> LinearModel:
    columns = stored["columns"]
    if not isinstance(columns, dict) or tuple(columns) != tuple(names):
        raise ValueError(
            f"{path}: fitted for other features than this version computes; install the package anew"
        )
    weights, means, scales = np.array(list(columns.values()), dtype=np.float64).T
    return LinearModel(weights, means, scales, float(str(stored["bias"])))
