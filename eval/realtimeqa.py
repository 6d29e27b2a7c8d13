"""RealTimeQA as a task for an archive: the week's quiz questions, and the articles found for them.

Every question chosen brings the articles that were retrieved for it. For about a third of the questions
those that give the answer are left out: the archive is then about the topic and does not answer, which is
what abstaining has to be measured on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from sys import intern

from eval.gold import Gold
from eval.metrics import contains
from eval.quiz import Question, read_articles, read_questions
from eval.records import Record
from index.errors import UsageError
from index.sentences import split_sentences
from index.words import content_forms

QUESTIONS = Path("eval", "realtimeqa_to_2024-06_questions.jsonl.gz")
ARTICLES = Path("corpus", "realtimeqa_to_2024-06_articles.jsonl.xz")

# Earlier questions may be used to tune on, so no figure is made of them.
SINCE = date(2023, 1, 1)
EVERYDAY = 90  # questions of the everyday run: 695 articles, some 17,000 passages
WITHHELD = 0.3

# An article found for another question is taken to give the answer away if half of the question's words
# stand this near to it (characters). Two in three of those looked at do; an article less costs nothing.
NEARBY = 200
GIVEN_AWAY = 0.5

_QUESTION_WORD = re.compile(r"\b(who(?=m\b|se\b|\b)|(?:what|when|where|which|why|how)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Task:
    """The articles of the archive, by id, and the questions, by day.

    `candidates` questions could have been chosen, `skipped` beside them need their choices; `left_out`
    articles were kept back from the questions that have become unanswerable.
    """

    records: tuple[Record, ...]
    gold: tuple[Gold, ...]
    candidates: int
    skipped: int
    left_out: int


def read_task(
    data: Path, *, since: date = SINCE, until: date | None = None, questions: int = EVERYDAY
) -> Task:
    """Choose questions asked from `since` to `until`, both days included; the same ones each time.

    More `questions` include the fewer; only those count for which an article with the answer was found.

    Raises:
        UsageError: if a file of `data` is not there or not what it should be, or no question is left.
    """
    candidates, skipped = askable(data / QUESTIONS, since, until)
    chosen = candidates[:questions]
    records = read_articles(
        data / ARTICLES, {article for question in chosen for article in question.retrieved}
    )
    left_out = _left_out(chosen, records)
    gone = {article for articles in left_out.values() for article in articles}
    return Task(
        records=tuple(record for article, record in sorted(records.items()) if article not in gone),
        gold=tuple(gold_of(item, withheld=item in left_out) for item in sorted(chosen, key=by_day)),
        candidates=len(candidates),
        skipped=skipped,
        left_out=len(gone),
    )


def askable(path: Path, since: date, until: date | None) -> tuple[list[Question], int]:
    """The questions to choose from, in the order in which they are chosen, and how many were skipped.

    Raises:
        UsageError: if the file cannot be read, or has no such question.
    """
    found = [
        question
        for question in read_questions(path)
        if since <= question.asked_on <= (until or date.max) and question.answers and question.answer_in
    ]
    candidates = [question for question in found if not question.needs_choices]
    if not candidates:
        raise UsageError(f"{path}: no questions asked from {since} to {until or 'its end'}")
    candidates.sort(key=lambda question: _share(question.id))
    return candidates, len(found) - len(candidates)


def by_day(question: Question) -> tuple[date, str]:
    """The key that sorts questions by the day of asking."""
    return question.asked_on, question.id


def is_drawn(question: Question) -> bool:
    """True for the share of the questions that are to lose their answer; always the same ones."""
    return _share(f"withheld {question.id}") < WITHHELD


def _left_out(chosen: Sequence[Question], records: Mapping[str, Record]) -> dict[Question, set[str]]:
    """The questions that lose their answer, each with the articles that give it.

    A question of which an article is needed by one that keeps its answer keeps its own as well.
    """
    drawn = [question for question in chosen if is_drawn(question)]
    lowered = {article: record.text.lower() for article, record in records.items()}
    giving = {question: giving_articles(question, lowered) for question in drawn}
    while True:
        needed = {article for item in chosen if item not in giving for article in item.answer_in}
        spared = [question for question, articles in giving.items() if articles & needed]
        if not spared:
            return giving
        for question in spared:
            del giving[question]


def giving_articles(question: Question, texts: Mapping[str, str]) -> set[str]:
    """The articles that give a question's answer: those retrieved for it that hold it, and the like.

    `texts` are in lower case, by article.
    """
    answers = [answer.lower() for answer in question.answers]
    asked = frozenset(content_forms(question.text.lower()))
    asked -= {form for answer in answers for form in content_forms(answer)}
    retrieved = {article for article in question.retrieved if contains(texts[article], answers)}
    others = {article for article, text in texts.items() if _gives_away(asked, answers, text)}
    return retrieved | others | question.answer_in


def _gives_away(asked: frozenset[str], answers: Sequence[str], text: str) -> bool:
    """True if an answer stands in the text with at least half of the words asked for near to it."""
    least = GIVEN_AWAY * max(len(asked), 1)
    if not any(answer in text for answer in answers) or len(asked & _forms(text)) < least:
        return False
    for answer in answers:
        pattern = rf"(?<!\w){re.escape(answer)}(?!\w)"
        for match in re.finditer(pattern, text) if answer in text else ():
            around = content_forms(text[max(0, match.start() - NEARBY) : match.end() + NEARBY])
            if len(asked.intersection(around)) >= least:
                return True
    return False


@cache
def _forms(text: str) -> frozenset[str]:
    """The forms of an article's words, kept: many questions are held against it."""
    return frozenset(map(intern, content_forms(text)))


def gold_of(question: Question, *, withheld: bool = False) -> Gold:
    """The question as it is put to an archive; withheld, it has no answer there."""
    word = _QUESTION_WORD.search(split_sentences(question.text)[-1].of(question.text))
    kind = "unanswerable" if withheld else word[0].lower() if word else "other"
    return Gold(
        question.text,
        () if withheld else question.answers,
        kind=kind,
        asked_on=question.asked_on,
        id=question.id,
        withheld=question.answers if withheld else (),
    )


def _share(key: str) -> float:
    """A number in [0, 1) that depends on the key alone."""
    return int(sha256(key.encode()).hexdigest()[:12], 16) / 16**12
