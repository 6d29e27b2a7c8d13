"""Which sentences are worth a vector: encoding is half the time of an answer, and most are far from it.

A sentence is worth one if it is among the best by what the reader finds in it, or by the words of the
question in it and around it. The others count as unlike the question; what is known of their words stays.
"""

from collections.abc import Sequence, Set

import numpy as np

from index.words import form_set
from qa.question import Question
from qa.selection_features import Rarity, coverage

# The best so many by the reader, and as many by words: together about half of forty sentences.
MOST = 12


def worth_encoding(
    question: Question,
    texts: Sequence[str],
    around: Sequence[str],
    readings: Sequence[float],
    rarity: Rarity,
    most: int = MOST,
) -> Set[int]:
    """Places of the sentences `texts` whose vectors may matter; all of them if there are few.

    `around` is what stands before each (with the article's title), `readings` the reader's scores.
    """
    told = [
        coverage(question.content, form_set(text), rarity)
        + coverage(question.content, form_set(text) | form_set(before), rarity)
        for text, before in zip(texts, around, strict=True)
    ]
    return frozenset(_best(told, most) + _best(readings, most))


def _best(values: Sequence[float], most: int) -> list[int]:
    """Places of the largest values, ties to the first."""
    order = np.argsort(-np.asarray(values, dtype=np.float64), kind="stable")
    return [int(place) for place in order[:most]]
