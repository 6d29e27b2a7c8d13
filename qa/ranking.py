"""The learned order of passages: two small linear models over named features, fitted by `training.ranking`.

The first orders everything found by words, meaning, place and time (`qa.ranking_features`). The best of
that order are read, and the second weighs it against what the reader makes of each passage: does it answer?
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from qa.question import Question
from qa.ranking_features import FOUND, Found, Matrix, features
from qa.selection import UNREAD, LinearModel, linear_model
from qa.selection_features import Rarity, Row, lead

WEIGHTS = Path(__file__).parent / "data" / "ranking.json"

READ = ("found", "reading", "reading_lead", "typed")
"""What the second model sees of a passage: its score by the first, the reader's of its best span, how far
that is ahead of the other passages, and whether the words read are of the type asked for.
"""

NEARNESS = "nearness"
"""How near a passage comes to the question, a number that compares over questions: the first model's score,
its day counted beside the best of the list. In an archive that is old when it is asked no day fits, and that
says nothing about what it holds.
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's score (larger is better; it compares within one question) and the features behind it."""

    score: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RankingModel:
    """Orders the passages found for a question. `reader` is the checksum of the reader it was fitted to."""

    finding: LinearModel
    reading: LinearModel
    reader: str

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Read the fitted weights.

        Raises:
            ValueError: The weights belong to other features than this code computes.
        """
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            finding=linear_model(stored["finding"], FOUND, path),
            reading=linear_model(stored["reading"], READ, path),
            reader=str(stored["reader_sha256"]),
        )

    def of_found(self, question: Question, found: Sequence[Found], rarity: Rarity) -> list[Ranked]:
        """The first model's scores, in the order of `found`, and NEARNESS among the features."""
        rows = features(question, found, rarity)
        scores = self.finding.scores(rows)
        return [
            Ranked(float(score), {**dict(zip(FOUND, map(float, row), strict=True)), NEARNESS: float(near)})
            for score, row, near in zip(scores, rows, self._nearness(rows, scores), strict=True)
        ]

    def _nearness(self, rows: Matrix, scores: Row) -> Row:
        """The scores, had the best day of the list the best fit there is."""
        time = FOUND.index("time")
        best = rows[:, time].max() if len(rows) else 1.0
        nearness: Row = scores + (1 - best) * self.finding.weights[time] / self.finding.scales[time]
        return nearness

    def of_read(self, ranked: Sequence[Ranked], reading: Row, typed: Row) -> list[Ranked]:
        """The second model's scores of passages that were read, in their order.

        `reading` and `typed` (n,) are the reader's scores and the types of the answers.
        """
        rows = read_rows(np.array([item.score for item in ranked]), reading, typed)
        return [
            Ranked(float(score), {**item.features, **dict(zip(READ, map(float, row), strict=True))})
            for item, score, row in zip(ranked, self.reading.scores(rows), rows, strict=True)
        ]


def read_rows(found: Row, reading: Row, typed: Row) -> Matrix:
    """Rows of READ; `found` (n,) are the first model's scores."""
    read = np.maximum(reading, UNREAD)
    rows: Matrix = np.column_stack([found, read, lead(read), typed])
    return rows
