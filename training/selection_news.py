"""Questions on news as the product itself would answer them, to fit probabilities to.

The questions are RealTimeQA's of 2022, which data set and product keep apart from those that are reported
(2023 and later). They are asked of an archive of the articles retrieved for them; some of it is left out.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from tqdm import tqdm

from eval.archives import record_archive
from eval.metrics import contains
from eval.realtimeqa import read_task
from qa.judging import candidates_of, read_sentences
from qa.question import analyse
from qa.reader import Reader
from qa.reranking import READ_PASSAGES
from qa.retriever import Retriever
from qa.selection import observe
from qa.selection_features import Rarity
from training.selection_fit import Example

SINCE, UNTIL = date(2022, 6, 1), date(2022, 12, 31)
QUESTIONS = 300


def news_examples(data: Path, folder: Path, rarity: Rarity, reader: Reader) -> Iterator[Example]:
    """One example for each question; a sentence with a gold answer in it is taken to answer.

    `folder` keeps the archive of the articles; it is made, or completed, if need be.
    """
    task = read_task(data, since=SINCE, until=UNTIL, questions=QUESTIONS)
    with record_archive(task.records, folder) as archive:
        for gold in tqdm(task.gold, "news", mininterval=10):
            question = analyse(gold.question)
            searched = Retriever(archive, reader=reader)
            hits = searched.search(question.text, READ_PASSAGES, asked_on=gold.asked_on)
            sentences = read_sentences(archive, question, hits, reader)
            if sentences:
                answers = [bool(gold.answers) and contains(s.text, gold.answers) for s in sentences]
                yield Example(
                    collection="news",
                    article=str(gold.asked_on),
                    seen=observe(question, candidates_of(archive, question, sentences), rarity),
                    answers=np.array(answers, dtype=bool),
                    answerable=gold.answerable,
                    read=True,
                )
