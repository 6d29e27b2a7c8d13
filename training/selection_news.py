"""Questions on news as the product itself would answer them, to fit probabilities to.

The questions are RealTimeQA's of 2022, which data set and product keep apart from those that are reported
(2023 and later). Each is asked of an archive of all its articles; a share of them once more, of a copy from
which the articles that answer them were taken out, as `eval.whole` does it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from tqdm import tqdm

from eval.archives import record_archive
from eval.copies import take_out, temporary_copy
from eval.gold import Gold
from eval.metrics import contains
from eval.whole import read_whole
from index.archive import Archive
from qa.answering import SEARCHED_PASSAGES
from qa.corroboration import without_copies
from qa.judging import candidates_of, read_sentences
from qa.question import analyse
from qa.reader import Reader
from qa.reranking import READ_PASSAGES
from qa.retriever import Retriever
from qa.selection import observe
from qa.selection_features import Rarity
from qa.time_reading import read_time
from training.selection_fit import Example

SINCE, UNTIL = date(2022, 1, 1), date(2022, 12, 31)


def news_examples(data: Path, folder: Path, rarity: Rarity, reader: Reader) -> Iterator[Example]:
    """One example for each question; a sentence with a gold answer in it is taken to answer.

    `folder` keeps the archive of the articles; it is made, or completed, if need be, which takes hours.
    """
    task = read_whole(data, since=SINCE, until=UNTIL)
    kept = [gold for gold in task.gold if gold.answerable]
    withheld = [gold for gold in task.gold if not gold.answerable]
    with record_archive(task.records, folder) as whole:
        yield from _asked(whole, kept, rarity, reader)
        with temporary_copy(whole) as reduced:
            take_out(reduced, task.giving)
            yield from _asked(reduced, withheld, rarity, reader)


def _asked(archive: Archive, asked: Sequence[Gold], rarity: Rarity, reader: Reader) -> Iterator[Example]:
    retriever = Retriever(archive, reader=reader)
    for gold in tqdm(asked, "news", mininterval=10):
        question = analyse(gold.question)
        found = retriever.search(question.text, SEARCHED_PASSAGES, asked_on=gold.asked_on)
        hits, _ = without_copies(found, READ_PASSAGES)
        sentences = read_sentences(archive, question, hits, reader)
        if sentences:
            time = read_time(gold.question, gold.asked_on or UNTIL)
            candidates = candidates_of(archive, question, sentences, time)
            answers = [bool(gold.answers) and contains(s.text, gold.answers) for s in sentences]
            yield Example(
                collection="news",
                article=str(gold.asked_on),
                seen=observe(question, candidates, rarity),
                answers=np.array(answers, dtype=bool),
                answerable=gold.answerable,
                read=True,
            )
