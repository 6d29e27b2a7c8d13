"""What speaks for and against a sentence as the answer to a question, one number for each."""

import math
import re
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.words import content_forms, form_set, words
from qa.answer_types import (
    PRONOUNS,
    TOLD_APART,
    AnswerType,
    counts,
    expected,
    has_answer,
    new_runs,
    speaks,
)
from qa.metonyms import is_told
from qa.place_names import has_closed_list, names_one
from qa.question import Question

Matrix = NDArray[np.float64]
"""(n, len(FEATURES)), one row for each candidate, in their order."""

Row = NDArray[np.float64]
"""One number for each candidate, or for each feature."""

Rarity = Callable[[str], float]
"""How much a form (see `index.words`) tells in general English: about 1 for "people", 9 for a rare name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what stands around it.

    `before` is the sentence before it ("" for the first). Cosines are to the question, in [-1, 1]: of the
    sentence, of `before` and the sentence together (see `context_cosines`), and of the passage.
    `position` counts the article's sentences from 0. `reading` is the score of the reader's best span
    in it over "no answer", and `answer` that span's words ("" if it found none). `passage` tells the passages
    apart that were found; `time` says how well the article's day fits the question's time, in [0, 1], and
    `nearness` how near the passage comes to the question (see `qa.ranking`), None where nothing was searched.
    """

    text: str
    before: str
    title: str
    sentence_cosine: float
    context_cosine: float
    position: int
    reading: float
    answer: str = ""
    passage_cosine: float = 0.0
    passage: int = 0
    time: float = 0.0
    nearness: float | None = None


FEATURES = (
    "passage_cosine",
    "passage_cosine_lead",
    "sentence_cosine",
    "context_cosine",
    "sentence_cosine_lead",
    "context_cosine_lead",
    "coverage",
    "coverage_with_context",
    "coverage_lead",
    "coverage_with_context_lead",
    "heaviest_missing",
    "names_missing",
    "numbers_missing",
    "pairs_in_order",
    "verb_present",
    "focus_present",
    "type_present",
    *(f"no_{kind}" for kind in TOLD_APART),
    "counted_near",
    "speaker_near",
    "starts_with_pronoun",
    "new_words",
    "length",
    "first_sentence",
    "asks_itself",
    "question_words",
    "no_names",
    "asks_anything",
)


def features(question: Question, candidates: Sequence[Candidate], rarity: Rarity) -> Matrix:
    """Rows of FEATURES; "lead" is how far a value is above the best of the other candidates."""
    rows = [_of_one(question, candidate, rarity) for candidate in candidates]
    matrix = np.array([[row.get(name, 0.0) for name in FEATURES] for row in rows], dtype=np.float64)
    matrix = matrix.reshape(len(candidates), len(FEATURES))
    for name in FEATURES:
        if name.endswith("_lead"):
            column = matrix[:, FEATURES.index(name.removesuffix("_lead"))]
            matrix[:, FEATURES.index(name)] = lead(column)
    return matrix


def typed(question: Question, candidates: Sequence[Candidate]) -> Row:
    """Does the answer read in each sentence have words of the type asked for? See `typed_answers`."""
    return typed_answers(question, [candidate.answer for candidate in candidates])


def typed_answers(question: Question, answers: Sequence[str]) -> Row:
    """Does each answer have words of the type asked for? 1 yes, -1 no, 0 any will do."""
    if expected(question) in (AnswerType.ANY, AnswerType.TRUTH, AnswerType.SPEECH, *_TOLD_AROUND):
        return np.zeros(len(answers))
    found = [_is_typed(question, answer) for answer in answers]
    return np.where(found, 1.0, -1.0)


_COUNTED = re.compile(r"^\W*\d{1,3}[.)]\s")  # "3. " before an item


def bare(candidates: Sequence[Candidate]) -> Row:
    """1 for each sentence that says nothing but the answer read in it, a heading or an item, else 0; (n,)."""
    told = [(content_forms(_COUNTED.sub("", c.text)), content_forms(c.answer)) for c in candidates]
    return np.array([float(bool(answer) and set(answer).issuperset(text)) for text, answer in told])


# The words that show these stand before the answer: "because", "by".
_TOLD_AROUND = (AnswerType.REASON, AnswerType.MANNER)


def _is_typed(question: Question, answer: str) -> bool:
    if has_closed_list(question.focus):
        return names_one(question.focus, answer)
    inside = f"it is {answer}"  # a capital tells a name only inside a sentence
    if expected(question) is AnswerType.PLACE:
        return next(new_runs(question, inside), None) is not None
    return has_answer(question, inside)


def lead(values: Row) -> Row:
    """How far each value is above the largest of the others (below: negative); 0 for a single one."""
    if len(values) < 2:
        return np.zeros_like(values)
    second, best = np.sort(values)[-2:]
    others = np.full_like(values, best)
    others[np.argmax(values)] = second
    return values - others


def context_cosines(question: Vectors, before: Vectors, own: Vectors) -> Row:
    """Cosine of the question to the sum of each sentence's vector and that of the sentence before it.

    `question` is (dimension,), the others (n, dimension), all of unit length; a row of zeros in `before`
    stands for no sentence before.
    """
    both = before + own
    lengths = np.maximum(np.linalg.norm(both, axis=1), 1e-9)
    cosines: Row = ((both @ question) / lengths).astype(np.float64)
    return cosines


def _of_one(question: Question, candidate: Candidate, rarity: Rarity) -> dict[str, float]:
    sentence = form_set(candidate.text)
    context = sentence | form_set(candidate.before) | form_set(candidate.title)
    return (
        _cosines(candidate)
        | _overlap(question, sentence, context, rarity)
        | _order(question, candidate.text)
        | _answer_type(question, candidate.text)
        | _shape(question, candidate, rarity)
    )


def _cosines(candidate: Candidate) -> dict[str, float]:
    return {
        "passage_cosine": candidate.passage_cosine,
        "sentence_cosine": candidate.sentence_cosine,
        "context_cosine": candidate.context_cosine,
    }


def _overlap(
    question: Question,
    sentence: Set[str],
    context: Set[str],
    rarity: Rarity,
) -> dict[str, float]:
    asked = question.content
    return {
        "coverage": coverage(asked, sentence, rarity),
        "coverage_with_context": coverage(asked, context, rarity),
        "heaviest_missing": max((rarity(form) for form in asked if not is_told(form, context)), default=0.0),
        "names_missing": 1 - coverage(question.names, context, rarity),
        "numbers_missing": 1 - coverage(question.numbers, context, rarity),
        "verb_present": float(question.verb in sentence),
        "focus_present": float(is_told(question.focus, context)),
        "no_names": float(not question.names),
    }


def coverage(asked: Collection[str], present: Set[str], rarity: Rarity) -> float:
    """Share of the weight of the forms `asked` that is `present`, in [0, 1]; 1 if nothing is asked.

    "Pyongyang" counts as present where North Korea is (see `qa.metonyms`).
    """
    total = sum(map(rarity, asked))
    return sum(rarity(form) for form in asked if is_told(form, present)) / total if total else 1.0


def _order(question: Question, sentence: str) -> dict[str, float]:
    told = content_forms(sentence)
    pairs = set(pairwise(told)) | set(zip(told, told[2:], strict=False))
    asked = list(pairwise(question.content))
    return {"pairs_in_order": sum(pair in pairs for pair in asked) / max(1, len(asked))}


def _answer_type(question: Question, sentence: str) -> dict[str, float]:
    kind = expected(question)
    if kind in (AnswerType.ANY, AnswerType.TRUTH):
        return {"asks_anything": 1.0}
    present = has_answer(question, sentence)
    return {
        "type_present": float(present),
        f"no_{kind}": float(not present),
        "counted_near": float(kind is AnswerType.NUMBER and counts(question, sentence)),
        "speaker_near": float(kind is AnswerType.SPEECH and speaks(question, sentence)),
    }


def _shape(question: Question, candidate: Candidate, rarity: Rarity) -> dict[str, float]:
    told = words(candidate.text)
    forms = set(content_forms(candidate.text))
    return {
        "starts_with_pronoun": float(bool(told) and told[0].text.lower() in PRONOUNS),
        "new_words": min(1.0, sum(map(rarity, forms.difference(question.content))) / 60),
        "length": math.log1p(len(told)),
        "first_sentence": float(candidate.position == 0),
        "asks_itself": float(candidate.text.rstrip("\"'”’").endswith("?")),
        "question_words": math.log1p(len(question.content)),
    }
