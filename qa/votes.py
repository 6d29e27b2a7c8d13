"""What the passages that were found say for each other's answers.

News is told more than once: an answer that the reader finds in several passages is likelier right than one it
finds in one (redundancy, as in Clarke, Cormack and Lynam 2001, https://doi.org/10.1145/383952.384024).
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.words import content_forms
from qa.question import Question
from qa.sameness import same_answer
from qa.selection_features import Candidate, Row

# A vote weighs exp(reading / SOFTNESS) by the reader's score of the span, in which more than MOST_SURE is no
# surer. Of 3, 5 and 8 the last chose best on the news questions of 2022.
SOFTNESS = 8.0
MOST_SURE = 12.0


def votes(candidates: Sequence[Candidate]) -> Row:
    """The logarithm of 1 + the votes of other passages for the answer of each, (n,); 0 without an answer.

    A passage has one vote for an answer, that of its surest sentence.
    """
    return np.array(
        [math.log1p(_votes(candidate, candidates)) if candidate.answer else 0.0 for candidate in candidates],
        dtype=np.float64,
    )


def _votes(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    by_passage: dict[int, float] = {}
    for other in candidates:
        if other.passage != candidate.passage and other.answer and _same(candidate.answer, other.answer):
            vote = math.exp(min(other.reading, MOST_SURE) / SOFTNESS)
            by_passage[other.passage] = max(vote, by_passage.get(other.passage, 0.0))
    return sum(by_passage.values())


@lru_cache(maxsize=16_384)
def _same(one: str, other: str) -> bool:
    return one == other or same_answer(one, other)


def repeats(question: Question, candidates: Sequence[Candidate]) -> Row:
    """1 for each answer all of whose content words the question has itself, else 0; (n,)."""
    asked = frozenset(question.content)
    forms = [content_forms(candidate.answer) for candidate in candidates]
    return np.array([float(bool(some) and asked.issuperset(some)) for some in forms], dtype=np.float64)
