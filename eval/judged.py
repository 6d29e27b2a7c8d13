"""Questions with judged sentences, WikiQA and TREC-QA, as their files have them, in ordinary spelling."""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import UsageError

_PAIRS = re.compile(r"<QApairs[^>]*>(.*?)</QApairs>", re.DOTALL)
_BLOCK = re.compile(r"<(question|positive|negative)>\n(.*?)</\1>", re.DOTALL)
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "``": "“", "''": "”"}
_CLOSING = re.compile(r"\s+([.,;:!?%)\]”]|'(?:s|re|ve|ll|d|m)\b|n't\b|'(?=\s))", re.I)
_OPENING = re.compile(r"([(\[$“])\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its documents, each a title and its sentences; `right` are the sentences that answer.

    Sentences are counted over all documents from 0.
    """

    text: str
    documents: tuple[tuple[str, tuple[str, ...]], ...]
    right: tuple[int, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of all documents, in order."""
        return tuple(sentence for _, sentences in self.documents for sentence in sentences)


def read_wikiqa(path: Path) -> list[Question]:
    """WikiQA (Yang et al. 2015): search questions, the sentences of an article's summary being one document.

    Raises:
        UsageError: if the file cannot be read as that.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        by_question: dict[str, list[dict[str, str]]] = {}
        for row in rows:
            by_question.setdefault(row["QuestionID"], []).append(row)
        return [
            Question(
                detokenised(group[0]["Question"]),
                ((group[0]["DocumentTitle"], tuple(detokenised(row["Sentence"]) for row in group)),),
                tuple(at for at, row in enumerate(group) if row["Label"] == "1"),
            )
            for group in by_question.values()
        ]
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: cannot be read as WikiQA ({error!r})") from error


def read_trecqa(path: Path) -> list[Question]:
    """TREC-QA (Wang et al. 2007): questions of TREC with sentences of newswire, each a document of its own.

    Raises:
        UsageError: if the file cannot be read as that.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            content = file.read()
    except (OSError, EOFError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as TREC-QA ({error!r})") from error
    questions = [_trec_question(group) for group in _PAIRS.findall(content)]
    if not questions:
        raise UsageError(f"{path}: no <QApairs> in it; is this TREC-QA?")
    return questions


def _trec_question(group: str) -> Question:
    blocks = [(kind, _first_line(block)) for kind, block in _BLOCK.findall(group)]
    judged = [(kind, text) for kind, text in blocks if kind != "question"]
    return Question(
        next((text for kind, text in blocks if kind == "question"), ""),
        tuple(("", (text,)) for _, text in judged),
        tuple(at for at, (kind, _) in enumerate(judged) if kind == "positive"),
    )


def _first_line(block: str) -> str:
    """The words of a block, whose further lines are tags of them."""
    return detokenised(block.split("\n", 1)[0].replace("\t", " "))


def detokenised(text: str) -> str:
    """Tokenised text as it is ordinarily written: brackets and quotation marks spelt, blanks closed up."""
    words: Iterator[str] = (_BRACKETS.get(word, word) for word in text.split())
    return _OPENING.sub(r"\1", _CLOSING.sub(r"\1", " ".join(words)))
