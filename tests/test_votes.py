"""Passages vote for each other's answers, each once."""

import math

import pytest

from qa.question import analyse
from qa.selection_features import Candidate
from qa.votes import MOST_SURE, SOFTNESS, repeats, votes


def _candidate(answer: str, passage: int, reading: float = 0.0) -> Candidate:
    return Candidate(
        "It was so.", "", "", 0.5, 0.5, position=0, reading=reading, answer=answer, passage=passage
    )


def test_other_passages_vote_for_an_answer_each_once_by_its_surest_sentence() -> None:
    found = [
        _candidate("General Won", 1),
        _candidate("Won", 2, reading=SOFTNESS),
        _candidate("Won", 2, reading=-SOFTNESS),
        _candidate("General In-Choul Won", 3, reading=0.0),
        _candidate("Austin", 4),
    ]
    e = math.e
    assert votes(found).tolist() == pytest.approx(
        [math.log1p(e + 1), math.log1p(2), math.log1p(2), math.log1p(1 + e), 0.0]
    )


def test_no_score_makes_a_vote_heavier_than_the_surest() -> None:
    found = [_candidate("Won", 1), _candidate("Won", 2, reading=99.0)]
    assert votes(found)[0] == pytest.approx(math.log1p(math.exp(MOST_SURE / SOFTNESS)))


def test_where_nothing_was_read_there_is_no_vote() -> None:
    assert votes([_candidate("", 1), _candidate("", 2)]).tolist() == [0.0, 0.0]
    assert votes([]).tolist() == []


def test_an_answer_that_says_only_what_was_asked_repeats_the_question() -> None:
    question = analyse("Which company did Elon Musk buy?")
    found = [_candidate(answer, 1) for answer in ("Elon Musk", "Musk's", "Twitter", "Musk's Tesla", "")]
    assert repeats(question, found).tolist() == [1.0, 1.0, 0.0, 0.0, 0.0]
