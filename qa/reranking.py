"""Passages that were found, put in the learned order; the best of them are read for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from index.archive import Archive
from qa.answer import Hit
from qa.corroboration import without_copies
from qa.models import load_ranking, load_rarity
from qa.passage_reading import read_hits
from qa.question import Question
from qa.ranking import Ranked
from qa.ranking_features import Found
from qa.reader import Reader
from qa.selection_features import typed_answers

# Passages that are read. Eight hold about forty sentences: one batch for the encoder.
READ_PASSAGES = 8


def rerank(question: Question, hits: Sequence[Hit], fits: Mapping[int, float]) -> list[Hit]:
    """The hits, best first, by what words, meaning, place and time say for them; ties in their order.

    Their scores are those of the fused lists; `fits` says how well the day of each passage, by id, fits the
    question's time.
    """
    found = [
        Found(
            article=hit.article,
            text=hit.text,
            start=hit.passage.start,
            fused=hit.score,
            dense=hit.dense,
            lexical=hit.lexical,
            time=fits[hit.passage.id],
        )
        for hit in hits
    ]
    ranked = load_ranking().of_found(question, found, load_rarity())
    return _ordered(hits, ranked)


def rerank_by_reading(
    archive: Archive, question: Question, hits: Sequence[Hit], reader: Reader, most: int = READ_PASSAGES
) -> list[Hit]:
    """The hits with the first `most` of them read and put in order by that as well.

    Copies of a text are not read again: they stand behind what was read, like all that was not.
    """
    first, _ = without_copies(hits, most)
    if not first:
        return list(hits)
    read = read_hits(archive, question.to_read, first, reader)
    scores = np.array([hit.reading.margin if hit.reading else -np.inf for hit in read])
    types = typed_answers(question, [best_answer(hit) for hit in read])
    ranked = [Ranked(hit.score, hit.features) for hit in read]
    best = _ordered(read, load_ranking().of_read(ranked, scores, types))
    known = {hit.passage.id for hit in first}
    others = [hit for hit in hits if hit.passage.id not in known]
    # The two models' scores do not compare: what was not read goes on below what was.
    below = min(0.0, best[-1].score - others[0].score) if others else 0.0
    moved = [replace(hit, score=hit.score + below) for hit in others]
    return [replace(hit, rank=rank) for rank, hit in enumerate([*best, *moved], start=1)]


def best_answer(hit: Hit) -> str:
    """The words that the reader takes for the answer in a passage, verbatim; "" if it found none."""
    best = hit.reading.spans[0] if hit.reading and hit.reading.spans else None
    return hit.text[best.start : best.end] if best else ""


def _ordered(hits: Sequence[Hit], ranked: Sequence[Ranked]) -> list[Hit]:
    order = np.argsort([-item.score for item in ranked], kind="stable")
    return [
        replace(hits[row], rank=rank, score=ranked[row].score, features=ranked[row].features)
        for rank, row in enumerate(order, start=1)
    ]
