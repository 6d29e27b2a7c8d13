"""A question in, an answer out: passages found, their sentences judged, the best quoted or none."""

import time

from index.archive import Archive
from qa.abstention import names_nowhere, reason_to_abstain
from qa.answer import Answer
from qa.judging import judge
from qa.models import load_selection
from qa.question import analyse
from qa.retriever import Retriever

# Passages whose sentences are judged. Eight hold about forty sentences: one batch for the encoder.
READ_PASSAGES = 8

# Further evidence is shown while it is at least this share as likely as the best.
FURTHER_SHARE = 0.6
MOST_EVIDENCE = 5

# A question is a few words; of a pasted page only the beginning is read.
MOST_CHARACTERS = 1_000

# Below this a sentence is not near enough to be called a near miss.
NEAR_MISS = 0.05


def ask(archive: Archive, question: str, *, threshold: float | None = None) -> Answer:
    """Answer a question from an archive: the best sentences, quoted, or an abstention with its reason.

    `threshold` is the probability of being right from which on an answer is given, by default the one
    chosen on validation data. Any text is accepted as a question.
    """
    started = time.perf_counter()

    def took() -> float:
        return round(1000 * (time.perf_counter() - started), 1)

    if not any(letter.isalnum() for letter in question):
        return Answer(question, (), 0.0, took(), reason="The question has no words.")
    asked = analyse(question[:MOST_CHARACTERS])
    hits = Retriever(archive).search(asked.text, READ_PASSAGES)
    judged = judge(archive, asked, hits)
    certain = load_selection().threshold if threshold is None else threshold
    confidence = judged[0].confidence if judged else 0.0
    if judged and confidence >= certain:
        least = max(certain, FURTHER_SHARE * confidence)
        evidence = [piece for piece in judged[:MOST_EVIDENCE] if piece.confidence >= least]
        return Answer(question, tuple(evidence), confidence, took())
    unknown = names_nowhere(archive, asked)
    reason = reason_to_abstain(archive, unknown, hits)
    # Nothing is near to a question about somebody whom no article mentions.
    near_miss = judged[0] if confidence >= NEAR_MISS and not unknown else None
    return Answer(question, (), confidence, took(), reason=reason, near_miss=near_miss)
