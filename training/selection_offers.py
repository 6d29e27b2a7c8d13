"""What an archive would offer for a question: plays retrieval over small and large collections."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Article
from index.encoder import Vectors
from index.words import form_set
from qa.question import Question, analyse
from qa.ranking_features import Found
from qa.reader import ReadingText
from qa.selection import UNREAD
from qa.selection_features import Candidate, Rarity
from training.selection_data import Asked, Collection, Paragraph

PASSAGES = 7
"""Passages whose sentences are offered, about as many as the product takes."""

REMOVED = 0.15
"""Share of answerable questions whose paragraph is taken out of the archive, so that it cannot answer."""


@dataclass(frozen=True, slots=True)
class CollectionVectors:
    """Unit vectors of a collection: sentences in order of the paragraphs, paragraphs, questions."""

    sentences: Vectors
    paragraphs: Vectors
    questions: Vectors


@dataclass(frozen=True, slots=True)
class Offer:
    """A question, the paragraphs offered and their sentences; `answers` says which of these answer.

    `found` has the paragraphs as searches would have found them.
    """

    asked: Asked
    question: Question
    found: tuple[Found, ...]
    texts: tuple[ReadingText, ...]
    candidates: tuple[Candidate, ...]
    answers: tuple[bool, ...]
    answerable: bool


class Archive:
    """A collection with its vectors, from which small and large archives are cut."""

    def __init__(self, collection: Collection, vectors: CollectionVectors, rarity: Rarity) -> None:
        self._collection, self._vectors, self._rarity = collection, vectors, rarity
        self._articles = [paragraph.article for paragraph in collection.paragraphs]
        self._forms = [form_set(paragraph.text) for paragraph in collection.paragraphs]
        counts = [len(paragraph.sentences) for paragraph in collection.paragraphs]
        self._first = np.cumsum([0, *counts])
        self._whole, self._starts = _joined(collection.paragraphs)

    def offers(self, seed: int = 7) -> Iterator[Offer]:
        """One offer for each question of the collection."""
        draw = random.Random(seed)
        for number, asked in enumerate(self._collection.questions):
            removed = bool(asked.gold) and draw.random() < REMOVED
            pool = (
                self._small(asked.paragraph, draw) if draw.random() < 0.5 else set(range(len(self._articles)))
            )
            pool = pool - {asked.paragraph} if removed else pool | {asked.paragraph}
            yield self._offer(number, asked, sorted(pool), answerable=bool(asked.gold) and not removed)

    def given(self) -> Iterator[Offer]:
        """One offer of its own paragraph alone for each question on an article held out."""
        for number, asked in enumerate(self._collection.questions):
            if self._collection.paragraphs[asked.paragraph].held_out:
                yield self._offer(number, asked, [asked.paragraph], answerable=bool(asked.gold))

    def _small(self, paragraph: int, draw: random.Random) -> set[int]:
        """Up to seven neighbours in the same article and enough others to make six."""
        reach = draw.choice([1, 2, 3])
        near = range(max(0, paragraph - reach), min(len(self._articles), paragraph + reach + 1))
        pool = {place for place in near if self._articles[place] == self._articles[paragraph]}
        return pool | set(draw.sample(range(len(self._articles)), max(0, 6 - len(pool))))

    def _offer(self, number: int, asked: Asked, pool: Sequence[int], *, answerable: bool) -> Offer:
        question = analyse(asked.text)
        vector = self._vectors.questions[number]
        candidates: list[Candidate] = []
        answers: list[bool] = []
        found = self._retrieve(question, vector, pool)
        for place in found:
            candidates.extend(self._sentences(place, vector))
            gold = asked.gold if place == asked.paragraph else frozenset[int]()
            answers.extend(row in gold for row in range(len(self._collection.paragraphs[place].sentences)))
        texts = tuple(self._collection.paragraphs[place].to_read for place in found)
        as_found = tuple(found.values())
        return Offer(asked, question, as_found, texts, tuple(candidates), tuple(answers), answerable)

    def _retrieve(self, question: Question, vector: Vectors, pool: Sequence[int]) -> dict[int, Found]:
        """The best paragraphs by reciprocal ranks of cosine and of shared words, best first."""
        dense = self._vectors.paragraphs[list(pool)] @ vector
        shared = [sum(map(self._rarity, self._forms[place].intersection(question.content))) for place in pool]
        fused = 1 / (20 + _ranks(dense)) + 1 / (20 + _ranks(np.array(shared)))
        best = np.argsort(-fused, kind="stable")[:PASSAGES]
        return {pool[row]: self._found(pool[row], float(fused[row]), float(dense[row])) for row in best}

    def _found(self, place: int, fused: float, dense: float) -> Found:
        """A paragraph as if searches had found it, for a question that says nothing of time."""
        paragraph = self._collection.paragraphs[place]
        article = Article(paragraph.article, paragraph.title, self._whole[paragraph.article])
        return Found(article, paragraph.text, self._starts[place], fused, dense, lexical=None, time=0.0)

    def _sentences(self, place: int, vector: Vectors) -> Iterator[Candidate]:
        paragraph = self._collection.paragraphs[place]
        start = self._articles.index(paragraph.article)
        for row, sentence in enumerate(paragraph.sentences):
            own = self._vectors.sentences[self._first[place] + row]
            both = own + self._vectors.sentences[self._first[place] + row - 1] if row else own
            yield Candidate(
                text=sentence,
                before=paragraph.sentences[row - 1] if row else "",
                title=paragraph.title,
                sentence_cosine=float(own @ vector),
                context_cosine=float(both @ vector / np.linalg.norm(both)),
                position=int(self._first[place] - self._first[start]) + row,
                reading=UNREAD,
                passage_cosine=float(self._vectors.paragraphs[place] @ vector),
                passage=place,
            )


def _joined(paragraphs: Sequence[Paragraph]) -> tuple[dict[str, str], list[int]]:
    """The text of each article, and where each paragraph begins in its own (characters)."""
    texts: dict[str, str] = {}
    starts = []
    for paragraph in paragraphs:
        before = texts.get(paragraph.article, "")
        starts.append(len(before))
        texts[paragraph.article] = f"{before}{paragraph.text} "
    return texts, starts


def _ranks(scores: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(-scores, kind="stable"), kind="stable")
