"""The written questions as the product itself would answer them, to fit probabilities to.

Of those on an article every other one is asked of an archive of all articles that have such questions, and
the rest of a small one of the article itself and up to four more, as somebody asks who has just begun; of the
fewer questions of yes or no each is asked of both. Only questions on articles that the reader did not learn
from are asked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from eval.archives import record_archive
from index.archive import Archive
from index.article import Span
from index.filters import EVERYTHING, Filters
from qa.answering import SEARCHED_PASSAGES
from qa.corroboration import without_copies
from qa.judging import Sentence, candidates_of, read_sentences
from qa.question import analyse
from qa.reader import Reader
from qa.reranking import READ_PASSAGES
from qa.retriever import Retriever
from qa.selection import observe
from qa.selection_features import Rarity
from qa.time_reading import read_time
from training.selection_fit import YES_NO, Example
from training.written import YES_NO as YES_NO_QUESTIONS
from training.written import Written, WrittenOn, read_written

FEW_ARTICLES = (1, 2, 3, 5)
"""How many articles small archives have, in turn."""

# A quiz of the week is asked a day or two after; who asks of older articles says nothing of the day.
ASKED_AFTER = timedelta(days=2)
YEARS_LATER = date(2026, 1, 1)
_ITS_WEEK = re.compile(r"(?i)\bthis (?:week|month)\b")


def written_examples(data: Path, folder: Path, rarity: Rarity, reader: Reader) -> Iterator[Example]:
    """One example for each question with any sentence found; those with a marked answer in them answer.

    Those of yes or no come twice. `folder` keeps the archive of the articles; it is made, or completed, if
    need be, which takes minutes.
    """
    articles = read_written(data)
    # Each small archive is an outlet of the large one, to which a search can be narrowed down.
    shelves = list(_shelves(len(articles)))
    records = [
        replace(article.record, source=shelf, id="") for article, shelf in zip(articles, shelves, strict=True)
    ]
    with record_archive(records, folder) as archive:
        retriever = Retriever(archive, reader=reader)
        pairs = [(a, shelf) for a, shelf in zip(articles, shelves, strict=True) if a.part == "choice"]
        for article, shelf in tqdm(pairs, "written", mininterval=10):
            for number, question in enumerate(article.questions):
                filters = Filters(sources=(shelf,)) if number % 2 else EVERYTHING
                name = "written, few articles" if number % 2 else "written"
                example = _example(archive, retriever, article, question, filters, rarity, reader, name)
                if example:
                    yield example
        of_url = {article.record.url: shelf for article, shelf in zip(articles, shelves, strict=True)}
        for article in tqdm(read_written(data, YES_NO_QUESTIONS), "yes or no", mininterval=10):
            for question in article.questions:
                for filters in (EVERYTHING, Filters(sources=(of_url[article.record.url],))):
                    example = _example(archive, retriever, article, question, filters, rarity, reader, YES_NO)
                    if example:
                        yield example


def _shelves(count: int) -> Iterator[str]:
    """The names of the small archives that `count` articles are put into, one name an article."""
    number = 0
    while count:
        size = min(count, FEW_ARTICLES[number % len(FEW_ARTICLES)])
        yield from [f"shelf {number}"] * size
        number, count = number + 1, count - size


def _example(
    archive: Archive,
    retriever: Retriever,
    article: WrittenOn,
    asked: Written,
    filters: Filters,
    rarity: Rarity,
    reader: Reader,
    name: str,
) -> Example | None:
    question, day = analyse(asked.text), _asked_on(article)
    found = retriever.search(question.text, SEARCHED_PASSAGES, filters=filters, asked_on=day)
    hits, _ = without_copies(found, READ_PASSAGES)
    sentences = read_sentences(archive, question, hits, reader)
    if not sentences:
        return None
    candidates = candidates_of(archive, question, sentences, read_time(asked.text, day))
    return Example(
        collection=name,
        article=article.record.id,
        seen=observe(question, candidates, rarity),
        answers=_answering(sentences, article, asked),
        answerable=bool(asked.answers),
        read=True,
    )


def _answering(sentences: Sequence[Sentence], article: WrittenOn, asked: Written) -> NDArray[np.bool_]:
    """Which sentences hold a marked answer, whole, or are one for the most part, (n,)."""
    return np.array(
        [
            sentence.article.url == article.record.url
            and any(_holds(sentence.span, place) for place in asked.answers)
            for sentence in sentences
        ],
        dtype=bool,
    )


def _holds(sentence: Span, place: Span) -> bool:
    common = min(sentence.end, place.end) - max(sentence.start, place.start)
    return common == place.end - place.start or 2 * common > sentence.end - sentence.start


def _asked_on(article: WrittenOn) -> date:
    """The day of asking: in its week for a quiz article and where a question speaks so, else years later."""
    of_its_week = any(_ITS_WEEK.search(question.text) for question in article.questions)
    if of_its_week or article.record.id.startswith("rtqa-"):
        return date.fromisoformat(article.record.published.replace("/", "-")) + ASKED_AFTER
    return YEARS_LATER
