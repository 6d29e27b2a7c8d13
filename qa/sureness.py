"""What is seen of the best sentence for a follow-up, and so how sure it is (see `qa.sureness_model`)."""

import math
from collections.abc import Sequence

from index.archive import Archive
from qa.answer import Evidence, Hit
from qa.follow_up import FollowUp
from qa.judging import Judgement
from qa.models import load_reader, load_sureness
from qa.passage_reading import sentences_in
from qa.question import Question
from qa.reader import Reading, ReadingText
from qa.sureness_model import Seen, Sureness

# Lower scores of the reader, and longer leads, count as these.
LEAST_READ = -6.0
MOST_LEAD = 8.0


def how_sure(
    archive: Archive,
    question: Question,
    read: FollowUp,
    hits: Sequence[Hit],
    judgement: Judgement,
    likely: Sequence[Evidence],
) -> Sureness:
    """How sure the best of the `likely` sentences is, which are those of the judgement as they are ordered.

    What follows on no article in view is as sure as it was judged.
    """
    if not follows(read) or not likely:
        return Sureness(judgement.threshold)
    model, seen = load_sureness(), seen_of(archive, question, read, hits, likely)
    return Sureness(model.threshold, model.probability(seen) / max(1e-9, likely[0].confidence), seen)


def follows(read: FollowUp) -> bool:
    """Whether a question is read with an article in view, to which what was asked before belongs."""
    return bool(read.articles and read.context)


def seen_of(
    archive: Archive,
    question: Question,
    read: FollowUp,
    hits: Sequence[Hit],
    likely: Sequence[Evidence],
) -> Seen:
    """What is seen of the best of the `likely` sentences, of which there is at least one."""
    best = likely[0]
    in_context, in_full = _read(archive, (read.context, question.to_read), hits, best)
    return Seen(
        in_view=float(best.article.id in read.articles[:1]),
        spoken_of=float(best.article.id in read.articles[1:]),
        in_context=in_context,
        in_full=in_full,
        lead_in_view=_lead(likely),
    )


def _read(archive: Archive, asked: Sequence[str], hits: Sequence[Hit], piece: Evidence) -> list[float]:
    """The reader's score of the best words in a sentence over "no answer", asked each of these questions."""
    hit = max(
        (hit for hit in hits if hit.article.id == piece.article.id), key=lambda hit: _shared(hit, piece)
    )
    parts = tuple(part for _, part in sentences_in(hit, archive.sentences(hit.article.id)))
    text = ReadingText(hit.text, hit.article.title, parts)
    readings = load_reader().read_pairs([(question, text) for question in asked])
    return [_score(reading, hit, piece) for reading in readings]


def _shared(hit: Hit, piece: Evidence) -> int:
    """How many characters of the sentence stand in the passage."""
    return min(hit.passage.end, piece.sentence.end) - max(hit.passage.start, piece.sentence.start)


def _score(reading: Reading, hit: Hit, piece: Evidence) -> float:
    start, end = piece.sentence.start - hit.passage.start, piece.sentence.end - hit.passage.start
    inside = (span.score for span in reading.spans if start <= span.start and span.end <= end)
    return max(LEAST_READ, next(inside, LEAST_READ))


def _lead(likely: Sequence[Evidence]) -> float:
    best = likely[0]
    other = next((piece for piece in likely[1:] if not piece.says_the_same(best)), None)
    return min(MOST_LEAD, _logit(best.confidence) - _logit(other.confidence)) if other else MOST_LEAD


def _logit(probability: float) -> float:
    """The logit; probabilities nearer than this to 0 and 1 are not told apart."""
    kept = max(1e-9, min(1 - 1e-9, probability))
    return math.log(kept / (1 - kept))
