"""Whether a sentence with another value than the answer's answers the same question: a logistic regression.

"The toll rose to 14" differs from "12 people died"; "after the fire 160 people are in hotels" does not, and
that is told by the rules of `qa.predicates` and `qa.part_counts`. Of what they let pass two thirds are about
something else all the same. Small signs tell them apart, none of them sure: how likely the sentence is beside
the best one, how much of the question it tells, how far apart the values and the days are. Fitted by
`training.rivals` to cases of articles that agree and that differ.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from index.words import form_set
from qa.answer import Evidence
from qa.focused_numbers import counts_focus, nouns_after, of_one_size, refocused
from qa.part_counts import counts_part, with_whole
from qa.predicates import (
    answers_alike,
    names_itself,
    names_missing,
    share_told,
    tells_of,
)
from qa.quantities import quantities
from qa.question import Question
from qa.selection import LinearModel, linear_model
from qa.selection_features import Matrix, Row
from qa.values import Kind, Verdict, compare

WEIGHTS = Path(__file__).parent / "data" / "rivals.json"

FEATURES = (
    "share",
    "best",
    "best_tells",
    "told",
    "told_around",
    "told_more",
    "names_missing",
    "names_itself",
    "days",
    "later",
    "ratio",
    "same_unit",
    "same_nouns",
    "counts_focus",
    "number",
    "date",
    "rank",
    "same_words",
)
"""What is seen of a piece beside the best one.

`share` is the logarithm of how likely it is beside that, and `best` that of how likely that is; `best_tells`
is whether that tells of what is asked, by the rules of `qa.predicates`. `told` is the share of the question's
words that the sentence tells, `told_around` with the one before and the title, `told_more` how much larger
the first is than the best one's; `names_missing` and `names_itself` are other rules of these. `days` lie
between the two reports, by their logarithm, and `later` is 1 if this is the later one. `ratio` is how far the
two numbers are apart, by their logarithms, `same_unit` whether they have one unit, `same_nouns` the share of
the nouns after them that both have, `same_words` that of all words of the two sentences. `rank` counts the
pieces of its article that are likelier.
"""

LEAST_SHARE = 0.003
"""What is less likely beside the best piece is not looked at."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A piece with another value than the best one's, and what is seen of it: a row of FEATURES."""

    piece: Evidence
    row: Row


@dataclass(frozen=True, slots=True)
class RivalModel:
    """Tells how likely a rival answers the same question; from `threshold` on it is told of."""

    answering: LinearModel
    threshold: float

    @classmethod
    def load(cls, weights: Path = WEIGHTS) -> Self:
        """Read the fitted weights.

        Raises:
            ValueError: they belong to other features than this code computes.
        """
        stored = json.loads(weights.read_text(encoding="utf-8"))
        return cls(linear_model(stored["answering"], FEATURES, weights), float(stored["threshold"]))

    def likeliest(self, rivals: Sequence[Rival]) -> Evidence | None:
        """The piece most likely to answer the same question; None if none is likely enough."""
        if not rivals:
            return None
        rows: Matrix = np.array([rival.row for rival in rivals])
        probabilities = 1 / (1 + np.exp(-np.clip(self.answering.scores(rows), -30.0, 30.0)))
        at = int(np.argmax(probabilities))
        return rivals[at].piece if probabilities[at] >= self.threshold else None


def rivals(question: Question, kind: Kind, best: Evidence, pieces: Sequence[Evidence]) -> list[Rival]:
    """Those of the pieces of one article, likeliest first, that may have another value than the best one."""
    return [
        Rival(piece, _row(question, kind, best, piece, rank))
        for rank, piece in enumerate(pieces)
        if piece.confidence >= LEAST_SHARE * best.confidence and may_be_rival(question, kind, best, piece)
    ]


def may_be_rival(question: Question, kind: Kind, best: Evidence, piece: Evidence) -> bool:
    """True if a piece tells of what is asked and has another value, that counts no part of it only."""
    return (
        compare(kind, best, piece) is Verdict.DIFFERENT
        and tells_of(question, piece)
        and answers_alike(question, kind, piece, best)
        and not (kind is Kind.NUMBER and counts_part(question, piece))
    )


def valued(question: Question, kind: Kind | None, best: Evidence, piece: Evidence) -> Evidence:
    """The piece with that number of its sentence as its answer that stands to the question as the best's."""
    if kind is not Kind.NUMBER:
        return piece
    return refocused(question, best, of_one_size(best, with_whole(question, piece) or piece))


def _row(question: Question, kind: Kind, best: Evidence, piece: Evidence, rank: int) -> Row:
    number = kind is Kind.NUMBER
    told = share_told(question, piece)
    mine, its = best.article.published, piece.article.published
    seen = {
        "share": math.log(min(1.0, max(piece.confidence, 1e-6) / max(best.confidence, 1e-6))),
        "best": math.log(max(best.confidence, 1e-6)),
        "best_tells": tells_of(question, best),
        "told": told,
        "told_around": share_told(question, piece, around=True),
        "told_more": told - share_told(question, best),
        "names_missing": names_missing(question, piece),
        "names_itself": names_itself(question, piece),
        "days": math.log1p(abs((mine - its).days)) if mine and its else 0.0,
        "later": bool(mine and its and its > mine),
        "counts_focus": number and counts_focus(question, piece, default=True),
        "number": number,
        "date": kind is Kind.DATE,
        "rank": rank,
        "same_words": _shared(form_set(best.quote), form_set(piece.quote)),
    }
    seen |= _numbers(best, piece) if number else {"ratio": 0.0, "same_unit": 1.0}
    seen["same_nouns"] = _shared(_nouns(best), _nouns(piece)) if number else 0.5
    return np.array([float(seen[name]) for name in FEATURES])


def _numbers(best: Evidence, piece: Evidence) -> dict[str, float]:
    mine, its = quantities(best.answer)[0], quantities(piece.answer)[0]
    ratio = abs(math.log(max(abs(mine.value), 1e-3) / max(abs(its.value), 1e-3)))
    return {"ratio": ratio, "same_unit": float(mine.unit == its.unit)}


def _nouns(piece: Evidence) -> frozenset[str]:
    return frozenset(nouns_after(piece.article.text, piece.span, piece.sentence.end))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all words that both have; half where neither has any."""
    return len(one & other) / len(one | other) if one or other else 0.5
