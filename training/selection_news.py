"""Questions on news as the product itself would answer them, to fit probabilities to.

The questions are RealTimeQA's of 2022, which data set and product keep apart from those that are reported
(2023 and later). Each is asked of an archive of all its articles; a share of them once more, of a copy from
which the articles that answer them were taken out, as `eval.whole` does it. An article with the words of the
answer need not say it, and others may: `questions/realtimeqa_2022.jsonl` has what was found by reading (see
training/README.md).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from eval.archives import article_ids, record_archive
from eval.copies import take_out, temporary_copy
from eval.gold import Gold, Group, Holding
from eval.metrics import contains
from eval.read_answers import ReadAnswer, read_answers, with_holdings
from eval.records import Record
from eval.whole import read_whole
from index.archive import Archive
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
from training.selection_fit import Example

SINCE, UNTIL = date(2022, 1, 1), date(2022, 12, 31)
READ_IN_2022 = Path(__file__).parent / "questions" / "realtimeqa_2022.jsonl"


def news_examples(data: Path, folder: Path, rarity: Rarity, reader: Reader) -> Iterator[Example]:
    """One example for each question that was read and whose answer is stated or absent, not just hinted at.

    `folder` keeps the archive of the articles; it is made, or completed, if need be, which takes hours.
    """
    task = read_whole(data, since=SINCE, until=UNTIL)
    kept = [gold for gold in task.gold if gold.answerable]
    withheld = [gold for gold in task.gold if not gold.answerable]
    with record_archive(task.records, folder) as whole:
        yield from _asked(whole, kept, rarity, reader)
        with temporary_copy(whole) as reduced:
            take_out(reduced, task.giving | _saying(withheld, task.records))
            yield from _asked(reduced, withheld, rarity, reader)


def _saying(asked: Sequence[Gold], records: Sequence[Record]) -> set[str]:
    """Addresses of the articles that were found to say, or to hint at, the answer to any of these."""
    read = read_answers(READ_IN_2022)
    places = [
        place
        for gold in asked
        if (found := read.get((gold.id, None)))
        for place in (*found.says, *found.hints)
    ]
    articles = {place.article_id for place in places}
    return {record.url for record in records if record.id in articles}


def _asked(archive: Archive, asked: Sequence[Gold], rarity: Rarity, reader: Reader) -> Iterator[Example]:
    retriever, articles = Retriever(archive, reader=reader), article_ids(archive)
    read = read_answers(READ_IN_2022)
    for gold in tqdm(with_holdings(asked, lambda _: articles, path=READ_IN_2022), "news", mininterval=10):
        holding = gold.holding
        if holding is None or holding.group is Group.HINTED:
            continue
        question = analyse(gold.question)
        found = retriever.search(question.text, SEARCHED_PASSAGES, asked_on=gold.asked_on)
        hits, _ = without_copies(found, READ_PASSAGES)
        sentences = read_sentences(archive, question, hits, reader)
        if sentences:
            time = read_time(gold.question, gold.asked_on or UNTIL)
            candidates = candidates_of(archive, question, sentences, time)
            yield Example(
                collection="news",
                article=str(gold.asked_on),
                seen=observe(question, candidates, rarity),
                answers=_answering(sentences, holding, read[gold.id, None]),
                answerable=holding.group is Group.STATED,
                read=True,
            )


def _answering(sentences: Sequence[Sentence], holding: Holding, read: ReadAnswer) -> NDArray[np.bool_]:
    """Which sentences hold words that answer, (n,), but for those of passages read that do not say it."""
    if holding.group is Group.ABSENT:
        return np.zeros(len(sentences), dtype=bool)
    answers = (*holding.answers, *holding.other)
    return np.array([contains(s.text, answers) and not _silent(s, read) for s in sentences], dtype=bool)


def _silent(sentence: Sentence, read: ReadAnswer) -> bool:
    """Whether a sentence stands in passages that were read, none of which states the answer."""
    places = [place for place in (*read.says, *read.silent) if place.article_id == sentence.article.id]
    touching = [p for p in places if p.span.start < sentence.span.end and sentence.span.start < p.span.end]
    return bool(touching) and not any(place in read.says for place in touching)
