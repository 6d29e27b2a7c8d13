"""A question in, an answer out: passages found, their sentences judged, the best quoted or none."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from index.archive import Archive
from index.article import Span
from qa.abstention import reason_to_abstain
from qa.answer import Answer, Evidence, Hit
from qa.question import Question, analyse
from qa.retriever import Retriever
from qa.selection import SelectionModel
from qa.selection_features import Candidate, context_cosines

# Passages whose sentences are judged. Eight hold about forty sentences: one batch for the encoder.
READ_PASSAGES = 8

# Further evidence is shown while it is at least this share as likely as the best.
FURTHER_SHARE = 0.6
MOST_EVIDENCE = 5

# A question is a few words; of a pasted page only the beginning is read.
MOST_CHARACTERS = 1_000

# Below this a sentence is not near enough to be called a near miss.
NEAR_MISS = 0.05


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage that was found, in its article; `position` counts from 0."""

    hit: Hit
    span: Span
    position: int
    before: str

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.span.of(self.hit.article.text)


def ask(archive: Archive, question: str, *, threshold: float | None = None) -> Answer:
    """Answer a question from an archive: the best sentences, quoted, or an abstention with its reason.

    `threshold` is the probability of being right from which on an answer is given, by default the one
    chosen on validation data. Any text is accepted as a question.
    """
    started = time.perf_counter()
    asked = analyse(question[:MOST_CHARACTERS])
    if not any(letter.isalnum() for letter in question):
        return Answer(question, (), 0.0, _milliseconds(started), reason="The question has no words.")
    hits = Retriever(archive).search(asked.text, READ_PASSAGES)
    model = _selection_model()
    judged = _judge(archive, model, asked, hits)
    certain = threshold if threshold is not None else model.threshold
    confidence = judged[0].confidence if judged else 0.0
    if confidence < certain or not judged:
        return Answer(
            question,
            (),
            confidence,
            _milliseconds(started),
            reason=reason_to_abstain(archive, asked, hits),
            near_miss=judged[0] if confidence >= NEAR_MISS else None,
        )
    evidence = [piece for piece in judged if piece.confidence >= max(certain, FURTHER_SHARE * confidence)]
    return Answer(question, tuple(evidence[:MOST_EVIDENCE]), confidence, _milliseconds(started))


def _judge(archive: Archive, model: SelectionModel, asked: Question, hits: Sequence[Hit]) -> list[Evidence]:
    """Every sentence of the passages with the probability that it answers, most probable first."""
    sentences = sentences_of(archive, hits)
    if not sentences:
        return []
    candidates = _candidates(archive, asked, sentences)
    probabilities = model.probabilities(asked, candidates)
    # Stable: of equally probable sentences the one from the better passage stays first.
    order = np.argsort(-probabilities, kind="stable")
    return [
        Evidence(
            article=sentences[place].hit.article,
            span=sentences[place].span,
            sentence=sentences[place].span,
            confidence=float(probabilities[place]),
        )
        for place in order
    ]


def sentences_of(archive: Archive, hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences that stand whole or in part in the passages found, each once, best passage first."""
    found: dict[tuple[str, int], Sentence] = {}
    for hit in hits:
        spans = archive.sentences(hit.article.id)
        for position, span in enumerate(spans):
            if span.start < hit.passage.end and span.end > hit.passage.start:
                before = spans[position - 1].of(hit.article.text) if position else ""
                found.setdefault((hit.article.id, position), Sentence(hit, span, position, before))
    return list(found.values())


def _candidates(archive: Archive, asked: Question, sentences: Sequence[Sentence]) -> list[Candidate]:
    question = archive.encoder.encode_questions([asked.text])[0]
    own = archive.texts.of([sentence.text for sentence in sentences])
    before = archive.texts.of([sentence.before for sentence in sentences])
    passages = archive.passage_vectors(
        [(sentence.hit.passage, sentence.hit.article) for sentence in sentences]
    )
    cosines = own @ question
    contexts = context_cosines(question, before, own)
    return [
        Candidate(
            text=sentence.text,
            before=sentence.before,
            passage=sentence.hit.text,
            title=sentence.hit.article.title,
            sentence_cosine=float(cosines[row]),
            context_cosine=float(contexts[row]),
            passage_cosine=float(passages[row] @ question),
            position=sentence.position,
        )
        for row, sentence in enumerate(sentences)
    ]


@cache
def _selection_model() -> SelectionModel:
    return SelectionModel.load()


def _milliseconds(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)
