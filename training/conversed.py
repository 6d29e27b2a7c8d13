"""Conversations on news that were written for this project, as questions for the reader to learn.

`questions/conversations.jsonl` has a line a turn: what is typed, the same in full, and the words that answer,
as in `questions/news.jsonl` (training/written.py). Each turn makes questions of two kinds: "full", in full,
and "context", as typed with the turns before it as the product tells them (qa/context.py).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from eval.gold import read_text
from index.article import Span
from qa.context import in_context
from training.written import CONVERSATIONS, IN_CONTEXT, Written, WrittenOn, answers_of, read_records

# How often, in training, an earlier turn is told as it was typed, and its answer kept silent: the product
# does not read all turns rightly, and does not answer all.
TOLD_AS_TYPED = 0.2
TOLD_UNANSWERED = 0.15


@dataclass(frozen=True, slots=True)
class TurnOn:
    """A turn on an article: typed, in full, what kind of follow-up it is, and what answers ("" for none)."""

    typed: str
    full: str
    kind: str
    answers: tuple[Span, ...]
    answer: str
    near: Span | None


def read_conversations(data: Path, path: Path = CONVERSATIONS) -> list[tuple[WrittenOn, list[TurnOn]]]:
    """Each article, without questions yet, with the turns on it, in the order of the file.

    Raises:
        UsageError: if a file cannot be read, an article is not in `data`, or an answer not at its place.
    """
    lines = [json.loads(line) for line in read_text(path).splitlines()]
    records = read_records(data, {str(line["article"]) for line in lines})
    return [
        (WrittenOn(records[name], ()), [_turn(line, records[name].text) for line in group])
        for name, group in groupby(lines, key=lambda line: str(line["article"]))
    ]


def _turn(line: dict[str, Any], text: str) -> TurnOn:
    answers, near = answers_of(line, text)
    best = line["answers"][0][1] if line["answers"] else ""
    return TurnOn(line["typed"], line["full"], line["kind"], answers, best, near)


def as_questions(
    conversations: Sequence[tuple[WrittenOn, Sequence[TurnOn]]], *, noise: int | None = None
) -> list[WrittenOn]:
    """The turns as questions: each in full and, but for the first, in context.

    With `noise`, a seed, some earlier turns are told as typed or without their answer, and the first turn
    comes in context too, after another article's conversation: a new topic.
    """
    if noise is None:
        return [WrittenOn(on.record, tuple(_questions(turns))) for on, turns in conversations]
    rng = Random(noise)
    others = [turns for _, turns in conversations]
    rng.shuffle(others)
    return [
        WrittenOn(on.record, (*_questions(turns, rng), _new_topic(turns[0], other, rng)))
        for (on, turns), other in zip(conversations, others, strict=True)
    ]


def _questions(turns: Sequence[TurnOn], rng: Random | None = None) -> Iterator[Written]:
    for number, turn in enumerate(turns):
        yield Written(turn.full, "full", turn.answers, turn.near)
        if number:
            told = _told(turns[:number], rng)
            yield Written(in_context(turn.typed, told), IN_CONTEXT, turn.answers, turn.near)


def _new_topic(first: TurnOn, other: Sequence[TurnOn], rng: Random) -> Written:
    before = _told(other[: rng.randint(1, len(other))], rng)
    return Written(in_context(first.typed, before), IN_CONTEXT, first.answers, first.near)


def _told(turns: Sequence[TurnOn], rng: Random | None) -> list[tuple[str, str]]:
    if rng is None:
        return [(turn.full, turn.answer) for turn in turns]
    return [
        (
            turn.typed if rng.random() < TOLD_AS_TYPED else turn.full,
            "" if rng.random() < TOLD_UNANSWERED else turn.answer,
        )
        for turn in turns
    ]
