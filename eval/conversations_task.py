"""Gold conversations as a task: turns with the questions before them, and the articles they are asked of.

The file (eval/gold/conversations.jsonl) has a line a turn. Those on the seeds are asked of the two seed
articles, those on news of a small archive: of the articles of the everyday RealTimeQA task, for each
conversation those that share most of its words, so that each article is among others on its topic. Those on
earlier news, which may be tuned on, are asked of a like archive of articles found for quizzes of 2022.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eval.gold import Gold, read_text
from eval.quiz import read_articles, read_questions
from eval.realtimeqa import ARTICLES, QUESTIONS, SINCE
from eval.records import Record
from index.errors import UsageError
from index.words import content_forms, form_set

CONVERSATIONS = Path(__file__).resolve().parent / "gold" / "conversations.jsonl"

# Articles kept for each conversation on news: with eight, some 2,000 passages in all, minutes to encode.
NEAREST = 8
NEAREST_EARLIER = 4  # of which there are more conversations; live reports of a day are left out
LONGEST = 10_000


class Part(StrEnum):
    """What a conversation may be used for."""

    TUNE = "tune"
    TEST = "test"


class Place(StrEnum):
    """What a conversation is asked of."""

    SEEDS = "seeds"
    NEWS = "news"
    EARLIER = "earlier"  # news of 2022


FIRST = "first"
"""The kind of the turn that opens a conversation."""


@dataclass(frozen=True, slots=True)
class GoldTurn:
    """A turn: its gold with the history of it, and how it would be asked in full, by a person.

    `article` is the id of the article that it was written on, "" for none. On earlier news gold names none:
    several articles there tell of the same.
    """

    conversation: str
    part: Part
    place: Place
    gold: Gold
    rewritten: str
    article: str = ""

    @property
    def follows(self) -> bool:
        """True unless it opens the conversation."""
        return bool(self.gold.history)


def read_turns(path: Path = CONVERSATIONS) -> list[GoldTurn]:
    """The turns of a file, in its order.

    Raises:
        UsageError: if the file cannot be read or a line is no turn; the line is named.
    """
    lines = enumerate(read_text(path).split("\n"), start=1)
    turns = [_turn(line, f"{path}:{number}") for number, line in lines if line.strip()]
    if not turns:
        raise UsageError(f"{path}:1: no turns; expected a JSON object with question, history and so on")
    return turns


def _turn(line: str, place: str) -> GoldTurn:
    try:
        record = json.loads(line)
        place_asked, article = Place(record["archive"]), str(record["article_id"] or "")
        return GoldTurn(
            conversation=str(record["conversation"]),
            part=Part(record["part"]),
            place=place_asked,
            gold=Gold(
                question=str(record["question"]),
                answers=tuple(map(str, record["answers"])),
                article_id="" if place_asked is Place.EARLIER else article,
                kind=str(record["kind"]),
                history=tuple(map(str, record["history"])),
            ),
            rewritten=str(record["rewritten"]),
            article=article,
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{place}: not a turn of a conversation ({error!r})") from error


def earlier_records(data: Path, turns: Sequence[GoldTurn]) -> list[Record]:
    """The articles found for those quizzes before 2023 for which an article that gold names was found too.

    Raises:
        UsageError: if a file of the data set cannot be read.
    """
    named = {turn.article for turn in turns}
    asked = [question for question in read_questions(data / QUESTIONS) if question.asked_on < SINCE]
    days = {question.asked_on for question in asked if named & set(question.retrieved)}
    wanted = {name for question in asked if question.asked_on in days for name in question.retrieved}
    found = sorted(read_articles(data / ARTICLES, wanted).items())
    return [record for _, record in found if len(record.text) < LONGEST]


def articles_near(
    turns: Sequence[GoldTurn], records: Sequence[Record], nearest: int = NEAREST
) -> list[Record]:
    """The records that gold names, and for each conversation the `nearest` that share most of its words.

    A word counts by how few records have it. Gold's answers are not looked at.
    """
    told = {record.id: form_set(record.title) | form_set(record.text) for record in records}
    counts = Counter(form for forms in told.values() for form in forms)
    kept = {turn.article for turn in turns}
    for asked in _asked_forms(turns).values():
        weight = {form: math.log(len(records) / counts[form]) for form in asked if counts[form]}
        scores = {name: _shared(weight, forms) for name, forms in told.items()}
        kept.update(sorted(scores, key=lambda name: (-scores[name], name))[:nearest])
    return [record for record in records if record.id in kept]


def _asked_forms(turns: Sequence[GoldTurn]) -> dict[str, frozenset[str]]:
    """The words of each conversation's questions in full."""
    asked: dict[str, frozenset[str]] = {}
    for turn in turns:
        asked[turn.conversation] = asked.get(turn.conversation, frozenset()) | frozenset(
            content_forms(turn.rewritten)
        )
    return asked


def _shared(weight: Mapping[str, float], told: frozenset[str]) -> float:
    return sum(value for form, value in weight.items() if form in told)


def chains(turns: Sequence[GoldTurn]) -> Iterator[list[GoldTurn]]:
    """The turns by conversation, each in the order of its turns."""
    by_name: dict[str, list[GoldTurn]] = {}
    for turn in turns:
        by_name.setdefault(turn.conversation, []).append(turn)
    yield from by_name.values()
