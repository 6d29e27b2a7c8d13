"""Questions with answer spans, read from the files of the training data folder and cleaned.

Labels: of several annotators' spans the shortest that another agrees with is kept, spans too long to be a
short answer are dropped, and tokenised sets are written as ordinary text again with their spans moved along.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CharSpan = tuple[int, int]
MAX_ANSWER_WORDS = 20  # longer ones answer by a whole sentence; 3 % of the SQuADShifts labels
# Whole articles kept out of training, one set with adversarial unanswerables and one without.
VALIDATION_ARTICLES = frozenset(
    {"Normans", "Victoria_(Australia)", "Andes", "Acronym", "Drum_and_bass", "Yugoslav_Partisans"}
)
# Articles of the training sets that share sentences with eval/ (Luther; a halftime show): never read.
SHARED_WITH_EVAL = frozenset({"Wiki1k:wikipedia:7567080", "Super Bowl 50 halftime show"})

_PENN_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_NO_SPACE_BEFORE = re.compile(r"[.,;:?!%)\]}]|-R[RSC]B-|''|'(s|m|d|re|ve|ll)?|n't|\.\.\.", re.IGNORECASE)
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "-LRB-", "-LSB-", "-LCB-", "$", "£", "€", "#"})
_QUOTES = frozenset({"``", "''", '"'})


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a paragraph; no answers means that the paragraph does not say."""

    text: str
    answers: tuple[CharSpan, ...]
    label: CharSpan | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A context with its questions; `title` is empty where the set has no real one."""

    source: str
    article: str
    title: str
    text: str
    questions: tuple[Question, ...]


def choose_label(text: str, answers: Sequence[CharSpan]) -> CharSpan | None:
    """Return the shortest span two annotators gave, else the one nearest to the others; None for none."""
    if not answers:
        return None
    votes = Counter(_key(text, span) for span in answers)
    agreed = [span for span in answers if votes[_key(text, span)] > 1]
    if agreed:
        return min(agreed, key=lambda span: (span[1] - span[0], span))
    return max(answers, key=lambda span: (sum(_overlap(span, other) for other in answers), span[0] - span[1]))


def detokenise(tokens: Sequence[str]) -> tuple[str, list[CharSpan]]:
    """Join Penn Treebank tokens as ordinary text; the second value has each token's characters in it."""
    text, spans, glued, open_quote = "", [], True, False
    for written in tokens:
        quote = written in _QUOTES
        closes = written == "''" or (written == '"' and open_quote)
        if not (glued or closes or _NO_SPACE_BEFORE.fullmatch(written)):
            text += " "
        shown = '"' if quote else _PENN_BRACKETS.get(written, written)
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        open_quote = (quote and not closes) or (open_quote and not quote)
        glued = written in _NO_SPACE_AFTER or (quote and not closes)
    return text, spans


def read_all(folder: Path) -> list[Paragraph]:
    """Read every set that the reader trains on.

    Raises:
        FileNotFoundError: a file of the folder is missing.
    """
    paragraphs: list[Paragraph] = []
    for source, name, has_titles in (
        ("squad1", "squad_v1.1_train_partial.json.gz", False),
        ("squad2", "squad_v2.0_dev_part_a.json.gz", True),
        ("new_wiki", "squadshifts_new_wiki.json.gz", True),
        ("reddit", "squadshifts_reddit.json.gz", False),
        ("amazon", "squadshifts_amazon.json.gz", False),
    ):
        paragraphs += read_squad(folder / name, source, has_titles=has_titles)
    paragraphs += read_qed(folder / "qed_dev.jsonl.gz")
    paragraphs += read_qamr(folder)
    paragraphs += read_trecqa(folder / "trecqa_train.xml.gz")
    return [paragraph for paragraph in paragraphs if paragraph.article not in SHARED_WITH_EVAL]


def split(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Training and validation paragraphs, cut by article."""
    kept = [p for p in paragraphs if p.article not in VALIDATION_ARTICLES]
    return kept, [p for p in paragraphs if p.article in VALIDATION_ARTICLES]


def read_squad(path: Path, source: str, *, has_titles: bool) -> Iterator[Paragraph]:
    """Read a file of SQuAD's JSON; `has_titles` tells whether its titles name an article's subject."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = json.load(lines)["data"]
    for article in articles:
        name = article.get("title", "")
        for entry in article["paragraphs"]:
            text = entry["context"]
            questions = (_squad_question(text, qa) for qa in entry["qas"])
            kept = tuple(question for question in questions if _usable(text, question))
            yield Paragraph(source, name, name.replace("_", " ") if has_titles else "", text, kept)


def read_qed(path: Path) -> Iterator[Paragraph]:
    """Read QED: search questions, each with a tokenised Wikipedia paragraph and its short answers."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text, token_of, spans = _respaced(record["paragraph_text"])
            answers = tuple(
                (spans[token_of[answer["start"]]][0], spans[token_of[answer["end"] - 1]][1])
                for group in record["original_nq_answers"]
                if len(group) == 1  # a list of several spans is not one quotation
                for answer in group
            )
            if answers:
                label = min(answers, key=lambda span: span[1] - span[0])
                question = Question(record["question_text"], answers, label)
                title = record["title_text"]
                yield Paragraph("qed", title, title, text, (question,) if _usable(text, question) else ())


def read_qamr(folder: Path) -> Iterator[Paragraph]:
    """Read QAMR: questions on single sentences of Wikinews and Wikipedia, answered by token indices."""
    sentences = dict(_rows(folder / "qamr_sentences.tsv.gz"))
    questions: dict[str, list[Question]] = defaultdict(list)
    texts = {key: detokenise(sentence.split()) for key, sentence in sentences.items()}
    for name in ("qamr_dev.tsv.gz", "qamr_test.tsv.gz"):
        for row in _rows(folder / name):
            text, spans = texts[row[0]]
            answers = tuple(_token_answers(row[6:9], spans))
            question = Question(row[5], answers, choose_label(text, answers))
            if len(answers) > 1 and _usable(text, question):  # a lone one was called invalid by both checkers
                questions[row[0]].append(question)
    for key, asked in questions.items():
        yield Paragraph("qamr", key.rsplit(":", 2)[0], "", texts[key][0], tuple(asked))


def read_trecqa(path: Path) -> Iterator[Paragraph]:
    """Read TREC-QA: questions with judged sentences of newswire; the span that answers is marked."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        groups = re.findall(r"<QApairs id='(\d+)'>(.*?)</QApairs>", file.read(), re.DOTALL)
    for number, group in groups:
        asked, *judged = re.findall(r"<(\w+)>\n(.*?)</\1>", group, re.DOTALL)
        question = detokenise(_capitalised(asked[1].splitlines()[0].split("\t")))[0]
        for kind, block in judged:
            lines = block.splitlines()
            text, spans = detokenise(_capitalised(lines[0].split("\t")))
            marked: list[int] = []
            if kind == "positive":
                if "#" in lines[-1]:  # no span was marked
                    continue
                marked = [int(index) - 1 for index in lines[-1].split()]
            answers = ((spans[marked[0]][0], spans[marked[-1]][1]),) if marked else ()
            found = Question(question, answers, answers[0] if answers else None)
            yield Paragraph("trecqa", f"trecqa-{number}", "", text, (found,) if _usable(text, found) else ())


def _capitalised(tokens: list[str]) -> list[str]:
    return [tokens[0][:1].upper() + tokens[0][1:], *tokens[1:]]


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _token_answers(fields: Iterable[str], spans: Sequence[CharSpan]) -> Iterator[CharSpan]:
    """Yield the character span of each field such as "60:3 4 5" whose tokens stand side by side."""
    for field in fields:
        indices = sorted(int(index) for index in field.rpartition(":")[2].split())
        if indices and indices[-1] - indices[0] == len(indices) - 1 and indices[-1] < len(spans):
            yield spans[indices[0]][0], spans[indices[-1]][1]


def _respaced(text: str) -> tuple[str, list[int], list[CharSpan]]:
    """Detokenise `text`; also each old character's token, and each token's characters in the new text."""
    matches = list(re.finditer(r"\S+", text))
    token_of = [0] * (len(text) + 1)
    for index, match in enumerate(matches):
        token_of[match.start() : match.end()] = [index] * (match.end() - match.start())
    new_text, spans = detokenise([match.group() for match in matches])
    return new_text, token_of, spans


def _squad_question(text: str, qa: dict[str, Any]) -> Question:
    answers = tuple(
        (answer["answer_start"], answer["answer_start"] + len(answer["text"]))
        for answer in qa["answers"]
        if text.startswith(answer["text"], answer["answer_start"])
    )
    return Question(" ".join(qa["question"].split()), answers, choose_label(text, answers))


def _usable(text: str, question: Question) -> bool:
    if question.label is None:
        return not question.answers
    start, end = question.label
    return start < end and len(text[start:end].split()) <= MAX_ANSWER_WORDS


def _key(text: str, span: CharSpan) -> str:
    words = re.findall(r"\w+", text[span[0] : span[1]].lower())
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"a", "an", "the"} else words)


def _overlap(one: CharSpan, other: CharSpan) -> float:
    """Characters shared by two spans over those of both, in [0, 1]."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / max(1, max(one[1], other[1]) - min(one[0], other[0]))
