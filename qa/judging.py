"""Every sentence of the passages found, with the words in it that answer and how probably they do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.archive import Archive
from index.article import Article, Span
from index.encoder import Vectors
from qa.answer import Evidence, Hit
from qa.models import load_rarity, load_reader, load_selection
from qa.passage_reading import read_hits, sentences_in
from qa.prefilter import worth_encoding
from qa.question import Question, QuestionKind
from qa.ranking import NEARNESS
from qa.reader import Reader
from qa.selection import UNREAD, observe
from qa.selection_features import Candidate, Row, context_cosines
from qa.spans import ScoredSpan
from qa.time_preference import beside_best
from qa.time_reading import TimeReading

# The cosine taken for a passage that has no vector yet; chosen, not measured.
NO_VECTOR = 0.4


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage that was found; `position` counts the article's sentences from 0.

    `before` is the sentence before it, None for the first. `read` is the reader's best span in it, in
    characters of the article, None if it found none. `passage` is the id of the passage it was found in and
    `nearness` how near that comes to the question (see `qa.ranking`), None if it was not searched for.
    """

    article: Article
    passage: int
    span: Span
    position: int
    before: Span | None
    read: ScoredSpan | None
    nearness: float | None = None

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.span.of(self.article.text)

    @property
    def answer(self) -> str:
        """The words the reader takes for the answer, verbatim; "" if it found none."""
        return self.article.text[self.read.start : self.read.end] if self.read else ""

    @property
    def text_before(self) -> str:
        """The sentence before it, verbatim; "" for the first."""
        return self.before.of(self.article.text) if self.before else ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Sentences as evidence, most probable first, and the probability from which on such a one is given."""

    evidence: list[Evidence]
    threshold: float


def judge(archive: Archive, question: Question, hits: Sequence[Hit], time: TimeReading) -> Judgement:
    """The sentences of the hits, ties in the order of the hits."""
    model, sentences = load_selection(), read_sentences(archive, question, hits, load_reader())
    if not sentences:
        return Judgement([], model.plain.threshold)
    seen = observe(question, candidates_of(archive, question, sentences, time), model.word_rarity)
    evidence = as_evidence(question, sentences, model.of_observed(seen))
    return Judgement(evidence, model.stages(seen).threshold)


def as_evidence(question: Question, sentences: Sequence[Sentence], probabilities: Row) -> list[Evidence]:
    """Sentences with the probability of each (n,) as evidence, most probable first, ties in their order."""
    order = np.argsort(-probabilities, kind="stable")
    return [
        Evidence(
            article=sentences[row].article,
            span=_answering_span(question, sentences[row]),
            sentence=sentences[row].span,
            confidence=float(probabilities[row]),
        )
        for row in order
    ]


def read_sentences(
    archive: Archive, question: Question, hits: Sequence[Hit], reader: Reader
) -> list[Sentence]:
    """The sentences that stand whole or in part in the hits, each once, best hit first, and read."""
    spans = {hit.article.id: archive.sentences(hit.article.id) for hit in hits}
    found: dict[tuple[str, int], Sentence] = {}
    for hit in read_hits(archive, question.to_read, hits, reader):
        sentences = spans[hit.article.id]
        for position, part in sentences_in(hit, sentences):
            best = hit.reading.best_within(part) if hit.reading else None
            key, read = (hit.article.id, position), _in_article(best, hit)
            known = found.get(key)
            if known is None or (read and (known.read is None or read.score > known.read.score)):
                before = sentences[position - 1] if position else None
                found[key] = Sentence(
                    article=hit.article,
                    passage=hit.passage.id,
                    span=sentences[position],
                    position=position,
                    before=before,
                    read=read,
                    nearness=hit.features.get(NEARNESS),
                )
    return list(found.values())


def _in_article(span: ScoredSpan | None, hit: Hit) -> ScoredSpan | None:
    offset = hit.passage.start
    return ScoredSpan(span.start + offset, span.end + offset, span.score) if span else None


def _answering_span(question: Question, sentence: Sentence) -> Span:
    """The words that answer; for a question of yes or no the whole sentence, which says it."""
    if sentence.read is None or question.kind is QuestionKind.YES_NO:
        return sentence.span
    start, end = sentence.read.start, sentence.read.end
    return Span(max(start, sentence.span.start), min(end, sentence.span.end))


def candidates_of(
    archive: Archive, question: Question, sentences: Sequence[Sentence], time: TimeReading
) -> list[Candidate]:
    """What the selection sees of each sentence, in their order, for a question that is read so in time."""
    worth = worth_encoding(
        question,
        [sentence.text for sentence in sentences],
        [f"{sentence.article.title} {sentence.text_before}" for sentence in sentences],
        [_reading(sentence) for sentence in sentences],
        load_rarity(),
    )
    asked = archive.encoder.encode_questions([question.text])[0]
    own, before = _vectors(archive, sentences, sorted(worth))
    nearness = archive.embeddings.cosines(asked, [sentence.passage for sentence in sentences])
    contexts = context_cosines(asked, before, own)
    fits = beside_best(time, [sentence.article.published for sentence in sentences])
    return [
        Candidate(
            text=sentence.text,
            before=sentence.text_before,
            title=sentence.article.title,
            sentence_cosine=float(cosine),
            context_cosine=float(context),
            position=sentence.position,
            reading=_reading(sentence),
            answer=sentence.answer,
            passage_cosine=nearness.get(sentence.passage, NO_VECTOR),
            passage=sentence.passage,
            time=fit,
            nearness=sentence.nearness,
        )
        for sentence, cosine, context, fit in zip(sentences, own @ asked, contexts, fits, strict=True)
    ]


def _reading(sentence: Sentence) -> float:
    return sentence.read.score if sentence.read else UNREAD


def _vectors(archive: Archive, sentences: Sequence[Sentence], rows: Sequence[int]) -> tuple[Vectors, Vectors]:
    """Vectors of the sentences and of those before them, (n, dimension): zeros but for `rows`.

    Zeros too where there is none before.
    """
    texts = [(sentences[row].text, sentences[row].text_before) for row in rows]
    encoded = archive.texts.of([text for pair in texts for text in pair])
    own = np.zeros((len(sentences), encoded.shape[1]), dtype=np.float32)
    before = np.zeros_like(own)
    own[rows], before[rows] = encoded[0::2], encoded[1::2]
    before[[sentence.before is None for sentence in sentences]] = 0.0
    return own, before
