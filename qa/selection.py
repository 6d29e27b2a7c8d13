"""Choose the sentence that answers, and know how sure that is: small linear models over named features.

The first ranks sentences by words and vectors (a conditional logit); the second weighs that ranking against
what the reader makes of each sentence; the third, a logistic regression, tells from the best sentence and
its distance to the others whether it answers at all. All are fitted by `training.selection`.
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

__all__ = [
    "CHOICE",
    "OVERALL",
    "UNREAD",
    "Candidate",
    "LinearModel",
    "SelectionModel",
    "choice_rows",
    "overall",
]

WEIGHTS = Path(__file__).parent / "data" / "selection.json"
RARITY = Path(__file__).parent / "data" / "word_rarity.json"

CHOICE = ("words", "words_lead", "reading", "reading_lead")
"""What the second model sees of a sentence: its score by the first and by the reader, and their leads."""

OVERALL = (*CHOICE, "score", "share", "lead", "total", "candidates")
"""What the third model sees: the best sentence's choice columns and how it stands among the others.

With the sentence's own features as well it told right from wrong less well on other articles (AUROC .73
against .77).
"""

# The reader's score of a sentence it found no span in, and the lowest that is told apart.
UNREAD = -15.0


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
    choosing: LinearModel
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
            choosing=_linear(stored["choosing"], CHOICE, weights),
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
        reading = np.array([candidate.reading for candidate in candidates], dtype=np.float64)
        return self.of_features(self.features(question, candidates), reading)

    def of_features(self, rows: Matrix, reading: Row) -> Row:
        """The same, from rows of features and the reader's scores (n,)."""
        if not len(rows):
            return np.zeros(0)
        choices = choice_rows(self.ranking.scores(rows), reading)
        scores = self.choosing.scores(choices)
        logit = float(self.answering.scores(overall(choices, scores)[None])[0])
        best = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
        # The others answer as likely as the ranking holds them to be, relative to the best.
        relative: Row = np.exp(scores - scores.max())
        return best * relative


def choice_rows(words: Row, reading: Row) -> Matrix:
    """The CHOICE columns from the first model's scores and the reader's, both (n,)."""
    read = np.maximum(reading, UNREAD)
    columns: Matrix = np.column_stack([words, lead(words), read, lead(read)])
    return columns


def overall(choices: Matrix, scores: Row) -> Row:
    """The OVERALL columns from one question's choice rows and the second model's scores."""
    best = int(scores.argmax())
    total = float(np.exp(scores - scores[best]).sum())
    ahead = float(lead(scores)[best])
    standing = (float(scores[best]), 1 / total, ahead, math.log(total), math.log(len(choices)))
    row: Row = np.concatenate([choices[best], np.array(standing)])
    return row


def _linear(stored: Mapping[str, object], names: Sequence[str], path: Path) -> LinearModel:
    columns = stored["columns"]
    if not isinstance(columns, dict) or tuple(columns) != tuple(names):
        raise ValueError(
            f"{path}: fitted for other features than this version computes; install the package anew"
        )
    weights, means, scales = np.array(list(columns.values()), dtype=np.float64).T
    return LinearModel(weights, means, scales, float(str(stored["bias"])))
