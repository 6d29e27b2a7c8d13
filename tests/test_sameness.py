"""The same answer in other words is one answer."""

from datetime import date

import pytest

from index.article import Article, Span
from qa.answer import Answer, Evidence, distinct
from qa.rendering import to_json
from qa.sameness import same_words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Won", "General In-Choul Won", True),
        ("General Won, the chairman", "Won", True),
        ("the Pentagon", "Pentagon", True),
        ("28,500", "28,500 troops", True),
        ("two", "2 people", True),
        ("40 %", "40%", True),
        ("Seoul", "Seoul, South Korea", True),
        ("South Korea", "Seoul, South Korea", False),
        ("Biden", "Trump", False),
        ("5", "5 million", False),
        ("5", "5 percent", False),
        ("5 million", "5 billion", False),
        ("It", "it", True),
        ("to", "of", False),
        ("", "Won", False),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same
    assert same_words(other, one) is same


def _piece(text: str, answer: str, confidence: float, published: date | None = None) -> Evidence:
    at = text.index(answer)
    where = Article(text[:8], "", text, published=published)
    return Evidence(where, Span(at, at + len(answer)), Span(0, len(text)), confidence)


def test_evidence_is_grouped_by_what_it_answers() -> None:
    pieces = (
        _piece("Milley met General In-Choul Won.", "General In-Choul Won", 0.9),
        _piece("Suh Wook met Milley.", "Suh Wook", 0.8),
        _piece("Won met him too.", "Won", 0.7),
    )
    assert [item.evidence for item in distinct(pieces)] == [(pieces[0], pieces[2]), (pieces[1],)]
    reply = to_json(Answer("who met Milley?", pieces, 0.9, 1.0))
    assert [(item["answer"], item["evidence"]) for item in reply["answers"]] == [
        ("General In-Choul Won", [0, 2]),
        ("Suh Wook", [1]),
    ]
    assert reply["answers"][0]["confidence"] == 0.9


def test_a_weekday_is_the_same_answer_only_on_the_same_day() -> None:
    first = _piece("They met on Wednesday.", "Wednesday", 0.9, date(2021, 12, 2))
    dated = _piece("They met on Dec. 1.", "Dec. 1", 0.8, date(2021, 12, 3))
    later = _piece("They met on Wednesday.", "Wednesday", 0.7, date(2021, 12, 9))
    assert first.says_the_same(dated)
    assert not first.says_the_same(later)
    date_json = to_json(Answer("when?", (first,), 0.9, 1.0))["evidence"][0]["date"]
    assert date_json == {
        "words": "Wednesday",
        "from": "2021-12-01",
        "to": "2021-12-01",
        "text": "Wednesday, 1 December 2021",
    }


def test_an_abstention_has_no_answers() -> None:
    assert to_json(Answer("who?", (), 0.1, 1.0, "No article is on this topic."))["answers"] == []
