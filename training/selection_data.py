"""Questions with the sentences an archive would offer for them, made from the question sets of a data folder.

A collection is a list of paragraphs, grouped by article, with questions whose gold paragraph is known.
`collections` reads them; `Offers` plays the product: it picks passages for a question from a small or a
large archive and lays their sentences out as candidates.
"""

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeVar

from index.article import Span
from qa.reader import ReadingText
from training.reading_sets import SHARED_WITH_EVAL, VALIDATION_ARTICLES

Item = TypeVar("Item")

_STOP = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")
_NO_STOP = re.compile(
    r"\b(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Lt|Sen|Rep|Gov|vs|No|Jr|Sr|e\.g|i\.e|c|ca|Inc|Co|etc)\.$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage of the simulated archive: its article and its sentences."""

    article: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole passage."""
        return " ".join(self.sentences)

    @property
    def held_out(self) -> bool:
        """True if the reader was not trained on this article."""
        return self.article in VALIDATION_ARTICLES

    @property
    def title(self) -> str:
        """The article's name as a title."""
        return self.article.replace("_", " ")

    @property
    def to_read(self) -> ReadingText:
        """The passage as the reader is given it."""
        ends = list(accumulate(len(sentence) + 1 for sentence in self.sentences))
        spans = (Span(end - 1 - len(s), end - 1) for end, s in zip(ends, self.sentences, strict=True))
        return ReadingText(self.text, self.title, tuple(spans))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one paragraph of its collection; `gold` are its answering sentences, maybe none."""

    text: str
    paragraph: int
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Collection:
    """Paragraphs and the questions on them; `name` is the data set."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Asked, ...]


def split(text: str) -> list[tuple[int, str]]:
    """Start and text of each sentence: good enough for encyclopedia and news prose."""
    found: list[tuple[int, str]] = []
    start = 0
    for match in _STOP.finditer(text):
        if not _NO_STOP.search(text[start : match.start()]):
            found.append((start, text[start : match.start()]))
            start = match.end()
    found.append((start, text[start:]))
    return [(at, " ".join(sentence.split())) for at, sentence in found if sentence.strip()]


def squad(path: Path, name: str, *, paragraphs: int, questions: int) -> Collection:
    """Paragraphs with answerable and, where marked, unanswerable questions, from a SQuAD JSON file."""
    kept: list[Paragraph] = []
    asked: list[Asked] = []
    for number, article in enumerate(json.loads(gzip.decompress(path.read_bytes()))["data"]):
        if article.get("title") in {"squad-train-du-test", *SHARED_WITH_EVAL}:  # the first: pseudo-paragraphs
            continue
        for paragraph in article["paragraphs"][:paragraphs]:
            sentences = split(paragraph["context"])
            asked.extend(_asked(entry, len(kept), sentences) for entry in paragraph["qas"])
            # This title pools paragraphs of many articles: each stands for one.
            pooled = article.get("title") == "squad-train-subset"
            article_name = f"{name}-{len(kept)}" if pooled else article.get("title", f"{name}-{number}")
            kept.append(Paragraph(article_name, tuple(sentence for _, sentence in sentences)))
    held_out = [item for item in asked if kept[item.paragraph].held_out]
    others = [item for item in asked if not kept[item.paragraph].held_out]
    return Collection(name, tuple(kept), (*held_out, *_sample(others, questions)))


def _asked(entry: dict[str, Any], paragraph: int, sentences: Sequence[tuple[int, str]]) -> Asked:
    starts = [start for start, _ in sentences]
    gold = set()
    if not entry.get("is_impossible", False):
        for answer in entry["answers"]:
            gold.add(sum(start <= answer["answer_start"] for start in starts) - 1)
    return Asked(" ".join(entry["question"].split()), paragraph, frozenset(gold))


def wikiqa(path: Path, *, questions: int) -> Collection:
    """Search questions, each with the judged sentences of an article's summary."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    by_question: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_question.setdefault(row["QuestionID"], []).append(row)
    paragraphs: list[Paragraph] = []
    asked: list[Asked] = []
    for group in _sample(list(by_question.values()), questions):
        gold = frozenset(place for place, row in enumerate(group) if row["Label"] == "1")
        asked.append(Asked(group[0]["Question"], len(paragraphs), gold))
        sentences = tuple(_detokenised(row["Sentence"]) for row in group)
        paragraphs.append(Paragraph(group[0]["DocumentTitle"], sentences))
    return Collection("wikiqa", tuple(paragraphs), tuple(asked))


def qed(path: Path, *, questions: int) -> Collection:
    """Search questions in lower case, each with an encyclopedia paragraph that answers it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    paragraphs: list[Paragraph] = []
    asked: list[Asked] = []
    for entry in _sample(entries, questions):
        starts = [*entry["sentence_starts"], len(entry["paragraph_text"])]
        answers = [part["start"] for parts in entry["original_nq_answers"] for part in parts]
        gold = frozenset(sum(start <= answer for start in starts) - 1 for answer in answers)
        sentences = tuple(_detokenised(entry["paragraph_text"][a:b]) for a, b in pairwise(starts))
        asked.append(Asked(entry["question_text"], len(paragraphs), gold))
        paragraphs.append(Paragraph(entry["title_text"], sentences))
    return Collection("qed", tuple(paragraphs), tuple(asked))


def _detokenised(text: str) -> str:
    text = text.replace("``", '"').replace("''", '"').replace("-LRB-", "(").replace("-RRB-", ")")
    text = re.sub(r"\s+([.,;:!?%)\]]|'s\b|'t\b|n't\b)", r"\1", " ".join(text.split()))
    return re.sub(r"([(\[$])\s+", r"\1", text).replace(" - ", "-")


def _sample(items: Sequence[Item], count: int) -> tuple[Item, ...]:
    return tuple(items) if len(items) <= count else tuple(random.Random(20).sample(list(items), count))


def collections(data: Path) -> Iterator[Collection]:
    """Every collection that is trained on, from the folder `data` (the train part only)."""
    train = data / "train"
    yield squad(train / "squad_v2.0_dev_part_a.json.gz", "squad2", paragraphs=100, questions=10_000)
    yield wikiqa(train / "wikiqa_train.tsv.gz", questions=1_000)
    yield qed(train / "qed_dev.jsonl.gz", questions=500)
    yield squad(train / "squad_v1.1_train_partial.json.gz", "squad1", paragraphs=500, questions=1_000)
    yield squad(train / "squadshifts_new_wiki.json.gz", "new_wiki", paragraphs=12, questions=500)
