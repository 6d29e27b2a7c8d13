"""Who did it and to whom: sentences that turn the question's deed round are less likely."""

import pytest
from fakes import an_article

from index.article import Span
from qa.answer import Evidence
from qa.direction import KEPT_ODDS, deed_of, right_way_round
from qa.question import analyse


def piece(quote: str, answer: str) -> Evidence:
    article = an_article(1, quote)
    start = quote.index(answer)
    return Evidence(article, Span(start, start + len(answer)), Span(0, len(quote)), 0.5)


@pytest.mark.parametrize(
    ("question", "quote", "answer"),
    [
        ("Who replaced Anna Holm?", "Anna Holm replaced Carl Lund in May.", "Carl Lund"),
        ("Who replaced Anna Holm?", "Carl Lund was quietly replaced by Anna Holm.", "Carl Lund"),
        ("Who replaced Anna Holm?", "She replaced Carl Lund.", "Carl Lund"),
        ("Whom did Anna Holm replace?", "Bo Ek replaced Holm on Monday.", "Bo Ek"),
        ("Whom did Anna Holm replace?", "Holm was replaced by Bo Ek.", "Bo Ek"),
        ("Who was replaced by Anna Holm?", "Bo Ek replaced Holm.", "Bo Ek"),
        ("By whom was Anna Holm replaced?", "Holm replaced Carl Lund.", "Carl Lund"),
        ("Which firm bought Acme?", "Acme bought Zenith in 2019.", "Zenith"),
    ],
)
def test_the_other_direction_is_less_likely(question: str, quote: str, answer: str) -> None:
    (found,) = right_way_round(analyse(question), [piece(quote, answer)])
    assert found.confidence == pytest.approx(KEPT_ODDS / (1 + KEPT_ODDS))


@pytest.mark.parametrize(
    ("question", "quote", "answer"),
    [
        ("Who replaced Anna Holm?", "Bo Ek replaced Anna Holm in May.", "Bo Ek"),
        ("Who replaced Anna Holm?", "Holm was replaced by Bo Ek.", "Bo Ek"),
        ("Who replaced Anna Holm?", "Bo Ek, who replaced her, said no.", "Bo Ek"),
        ("Whom did Anna Holm replace?", "She replaced Carl Lund.", "Carl Lund"),
        ("Whom did Anna Holm replace?", "Carl Lund, whom Holm replaced, said no.", "Carl Lund"),
        # Whom one meets has met one too.
        ("Who met Anna Holm?", "Anna Holm met Carl Lund.", "Carl Lund"),
        # A noun is no deed.
        ("Who visited Anna Holm?", "Holm prepared the visit of Carl Lund.", "Carl Lund"),
        # Two of one name cannot be told apart.
        ("Who beat Anna Holm?", "Anna Holm beat Eva Holm.", "Eva Holm"),
        ("When did Anna Holm resign?", "Anna Holm resigned on Monday.", "Monday"),
    ],
)
def test_the_same_direction_and_what_has_none_stay(question: str, quote: str, answer: str) -> None:
    (found,) = right_way_round(analyse(question), [piece(quote, answer)])
    assert found.confidence == 0.5


def test_the_right_way_round_comes_first() -> None:
    turned, right = piece("Holm replaced Lund.", "Lund"), piece("Ek replaced Holm.", "Ek")
    assert [one.answer for one in right_way_round(analyse("who replaced Holm?"), [turned, right])] == [
        "Ek",
        "Lund",
    ]


def test_a_deed_names_one_party() -> None:
    assert deed_of("Who won?") is None
    assert deed_of("Who is the mayor of Oslo?") is None
    assert deed_of("Who declined Anna Holm's prize?") is None
    assert deed_of("Who beat Anna Holm in the Oslo Open?") == deed_of("who beat Holm?")
