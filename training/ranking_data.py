"""What the ranking learns from: quiz questions of 2022, each with the passages that an archive offers for it.

RealTimeQA's questions before 2023 may be tuned on and are never reported; the archive holds the articles of
all questions, so that what is learnt is to find among many. A passage with a gold answer counts as right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from eval.metrics import contains
from eval.quiz import Question, read_questions
from eval.realtimeqa import QUESTIONS
from index.archive import Archive
from qa.answer import Hit
from qa.corroboration import without_copies
from qa.passage_reading import read_hits
from qa.question import analyse
from qa.ranking_features import FOUND, Matrix
from qa.reader import Reader
from qa.reranking import best_answer
from qa.retriever import CANDIDATES, Retriever
from qa.selection_features import Row, typed_answers

UNTIL = date(2022, 12, 31)


@dataclass(frozen=True, slots=True)
class Example:
    """A question's n passages in the order of the fused lists.

    `rows` (n, FOUND) are their features, `right` (n,) whether they hold a gold answer, `week` the day of
    asking. `fused`, `words` and `meaning` (n,) are the scores of the searches.
    """

    week: str
    question: str
    hits: tuple[Hit, ...]
    rows: Matrix
    right: NDArray[np.bool_]
    fused: Row
    words: Row
    meaning: Row


@dataclass(frozen=True, slots=True)
class Judged:
    """The m passages of an example that are best by the first model, read.

    `best` are their rows in the example, best first; `found`, `reading` and `typed` (m,) their scores by
    that model and by the reader, and the types of the answers read; `right` (m,) whether they are.
    `order` (n,) are all rows of the example, best first.
    """

    order: NDArray[np.intp]
    best: NDArray[np.intp]
    found: Row
    reading: Row
    typed: Row
    right: NDArray[np.bool_]

    def in_full(self, scores: Row) -> Row:
        """Scores (n,) that put what was read in the order of `scores` (m,), and the rest below."""
        full = np.empty(len(self.order))
        full[self.order] = -1e6 - np.arange(len(self.order))
        full[self.best] = scores
        return full


def questions(data: Path) -> list[Question]:
    """The questions to learn from, in the order of the file."""
    found = read_questions(data / QUESTIONS)
    return [q for q in found if q.asked_on <= UNTIL and q.answers and q.answer_in and not q.needs_choices]


def offered(archive: Archive, asked: Sequence[Question]) -> Iterator[Example]:
    """One example for each question, in their order; none for a question without hits."""
    retriever = Retriever(archive, reads=0)
    for question in tqdm(asked, "finding", mininterval=10):
        hits = retriever.search(question.text, CANDIDATES, asked_on=question.asked_on)
        if hits:
            yield _example(question, hits)


def _example(question: Question, hits: Sequence[Hit]) -> Example:
    return Example(
        week=str(question.asked_on),
        question=question.text,
        hits=tuple(hits),
        rows=np.array([[hit.features[name] for name in FOUND] for hit in hits]),
        right=np.array([contains(hit.text, question.answers) for hit in hits]),
        fused=np.array([hit.features["fused"] for hit in hits]),
        words=np.array([hit.lexical or 0.0 for hit in hits]),
        meaning=np.array([-1.0 if hit.dense is None else hit.dense for hit in hits]),
    )


def judged(archive: Archive, example: Example, found: Row, most: int, reader: Reader) -> Judged:
    """What the reader makes of the passages that are best by `found` (n,), copies left out as in answers."""
    asked = analyse(example.question)
    order = np.argsort(-found, kind="stable")
    ranked = [replace(example.hits[row], rank=row + 1) for row in order.tolist()]
    first, _ = without_copies(ranked, most)
    best = np.array([hit.rank - 1 for hit in first], dtype=np.intp)
    read = read_hits(archive, asked.text, first, reader)
    return Judged(
        order=order,
        best=best,
        found=found[best],
        reading=np.array([hit.reading.margin if hit.reading else -np.inf for hit in read]),
        typed=typed_answers(asked, [best_answer(hit) for hit in read]),
        right=example.right[best],
    )
