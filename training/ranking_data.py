"""What the ranking learns from: quiz questions of 2022, each with the passages that an archive offers for it.

RealTimeQA's questions before 2023 may be tuned on and are never reported; the archive holds the articles of
all questions, so that what is learnt is to find among many. A passage with a gold answer counts as right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    asking; `fused` (n,) and `words` (n,) are scores to compare with. `reading` and `typed` (n,) are NaN for
    what was not read (see `read`).
    """

    week: str
    rows: Matrix
    right: NDArray[np.bool_]
    fused: Row
    words: Row
    meaning: Row
    hits: tuple[Hit, ...]
    question: str


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
        rows=np.array([[hit.features[name] for name in FOUND] for hit in hits]),
        right=np.array([contains(hit.text, question.answers) for hit in hits]),
        fused=np.array([hit.features["fused"] for hit in hits]),
        words=np.array([hit.lexical or 0.0 for hit in hits]),
        meaning=np.array([-1.0 if hit.dense is None else hit.dense for hit in hits]),
        hits=tuple(hits),
        question=question.text,
    )


def read(archive: Archive, example: Example, rows: Sequence[int], reader: Reader) -> tuple[Row, Row]:
    """The reader's scores (n,) of the passages in `rows`, and the types of the answers read in them."""
    asked = analyse(example.question)
    hits = read_hits(archive, asked.text, [example.hits[row] for row in rows], reader)
    scores = np.array([hit.reading.margin if hit.reading else -np.inf for hit in hits])
    return scores, typed_answers(asked, [best_answer(hit) for hit in hits])
