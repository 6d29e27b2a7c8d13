"""How questions are read in time, and what that does to passages and evidence; figures worked out by hand."""

import math
from datetime import date

import pytest
from fakes import an_article

from index.article import Span
from qa.answer import Evidence
from qa.periods import Period
from qa.time_preference import SINCE_THEN, TOO_EARLY, WEIGHT, factors, fits, timely
from qa.time_reading import TimeReading, TimeUse, read_time

ASKED_ON = date(2024, 6, 6)


@pytest.mark.parametrize(
    ("question", "use", "text"),
    [
        ("who met Milley?", TimeUse.UNSAID, None),
        ("Who is Milley?", TimeUse.UNSAID, None),
        ("who is the general who met Milley?", TimeUse.UNSAID, None),
        (
            "what did Milley say last week?",
            TimeUse.REPORTS,
            "“last week” (27 May to 2 June 2024): articles of that time come first",
        ),
        # The shortest of the days of reports.
        (
            "what was agreed on Monday after last month's talks?",
            TimeUse.REPORTS,
            "“Monday” (Monday, 3 June 2024): articles of that time come first",
        ),
        (
            "what happened in 1969?",
            TimeUse.EVENTS,
            "“1969”: when it happened, so articles written before then come last",
        ),
        (
            "who was the president in 1969?",
            TimeUse.EVENTS,
            "“1969”: when it happened, so articles written before then come last",
        ),
        (
            "how many died this year?",
            TimeUse.EVENTS,
            "“this year” (1 January to 6 June 2024): the newest articles come first",
        ),
        (
            "what changed since 2020?",
            TimeUse.EVENTS,
            "“since 2020” (from 1 January 2020 on): the newest articles come first",
        ),
        (
            "what was said before the election of 2016?",
            TimeUse.EVENTS,
            "“before the election of 2016” (up to 31 December 2016): articles of that time come first",
        ),
        (
            "who will meet next month?",
            TimeUse.EVENTS,
            "“next month” (July 2024): still to come, so the newest articles come first",
        ),
        (
            "what do articles published in March 2021 say about Korea?",
            TimeUse.ONLY,
            "“March 2021”: articles of that time only",
        ),
        (
            "what do articles from last week say?",
            TimeUse.ONLY,
            "“last week” (27 May to 2 June 2024): articles of that time only",
        ),
        (
            "how many cases were reported in March 2021?",
            TimeUse.EVENTS,
            "“March 2021”: when it happened, so articles written before then come last",
        ),
        (
            "which study was published in March 2021?",
            TimeUse.EVENTS,
            "“March 2021”: when it happened, so articles written before then come last",
        ),
        ("who is the president of France?", TimeUse.NEWEST, None),
        ("who’s the mayor of Ghent", TimeUse.NEWEST, None),
        ("what is the latest on the strike", TimeUse.NEWEST, "“latest”: the newest articles come first"),
        ("who leads the party now?", TimeUse.NEWEST, "“now”: the newest articles come first"),
    ],
)
def test_reading(question: str, use: TimeUse, text: str | None) -> None:
    reading = read_time(question, ASKED_ON)
    assert reading.use is use
    assert reading.text == text


def fit(reading: TimeReading, *days: date | None) -> list[float]:
    return [round(value, 4) for value in fits(reading, days)]


def test_days_of_reports_fade_on_both_sides() -> None:
    # 1 to 5 June, reported until the 8th; 14 days before or after that leave 1/e.
    reading = TimeReading(TimeUse.REPORTS, date(2024, 7, 1), Period(date(2024, 6, 1), date(2024, 6, 5)))
    inside = fit(reading, date(2024, 6, 1), date(2024, 6, 5), date(2024, 6, 8))
    assert inside == [1, 1, 1]
    assert fit(reading, date(2024, 5, 18), date(2024, 6, 22)) == [round(1 / math.e, 4)] * 2
    assert fit(reading, None) == [0]


def test_nothing_said_prefers_the_days_before_asking() -> None:
    reading = TimeReading(TimeUse.UNSAID, ASKED_ON)
    # Tomorrow's date may be that of another time zone; the day after cannot be known.
    assert fit(reading, ASKED_ON, date(2024, 6, 7), date(2024, 6, 8), date(2024, 5, 23), None) == [
        *(1, 1, 0),
        round(1 / math.e, 4),
        0,
    ]


def test_what_happened_is_not_told_before_it_happened() -> None:
    reading = read_time("what happened in 1969?", ASKED_ON)
    days = date(1968, 12, 31), date(1969, 7, 21), date(1970, 1, 3), date(1999, 1, 1), ASKED_ON, None
    assert fit(reading, *days) == [0, 1, 1, SINCE_THEN, 1, 0]


def test_before_a_day_means_articles_of_that_time() -> None:
    reading = read_time("what was said before the election of 2016?", ASKED_ON)
    assert fit(reading, date(1990, 1, 1), date(2016, 11, 7), date(2018, 1, 1)) == [1, 1, SINCE_THEN]


def test_the_newest_is_counted_from_the_newest_there_is() -> None:
    reading = read_time("who is the president?", ASKED_ON)
    # 2019-07-05 is 180 days before 2020-01-01: half of a half. What is published later than asked is unknown.
    assert fit(reading, date(2020, 1, 1), date(2019, 7, 5), None) == [1, 0.25, 0]
    assert fit(reading, date(2025, 1, 1), ASKED_ON) == [0, 1]
    assert fit(reading) == []


def test_factors_never_take_away() -> None:
    reading = TimeReading(TimeUse.UNSAID, ASKED_ON)
    assert factors(reading, [ASKED_ON, date(2000, 1, 1), None]) == [1 + WEIGHT, pytest.approx(1), 1]


def a_piece(confidence: float, published: date | None) -> Evidence:
    article = an_article(1, text="Ann Lee is the mayor.", published=published)
    return Evidence(article, Span(0, 7), Span(0, 21), confidence)


def test_of_equally_good_evidence_the_newest_comes_first() -> None:
    old, new = a_piece(0.6, date(2020, 1, 1)), a_piece(0.6, date(2024, 6, 1))
    asked_now = timely(read_time("who is the mayor?", ASKED_ON), [old, new])
    assert [piece.article.published for piece in asked_now] == [date(2024, 6, 1), date(2020, 1, 1)]
    assert asked_now[0].confidence == 0.6
    # The older fits by 0.5 ** (1 + 1613 / 180), that is 0.001: 1.0005 of 1.5.
    assert asked_now[1].confidence == pytest.approx(0.6 * 1.0005 / 1.5, rel=1e-3)
    assert timely(read_time("who was it?", ASKED_ON), [old, new]) == [old, new]


def test_much_better_evidence_stays_first_though_it_is_older() -> None:
    old, new = a_piece(0.9, date(2024, 1, 1)), a_piece(0.3, date(2024, 6, 1))
    asked_now = timely(read_time("who is the mayor?", ASKED_ON), [old, new])
    assert [piece.article.published for piece in asked_now] == [date(2024, 1, 1), date(2024, 6, 1)]


def test_where_no_article_is_of_the_time_nothing_changes() -> None:
    pieces = [a_piece(0.9, date(2001, 1, 1)), a_piece(0.3, date(2002, 1, 1)), a_piece(0.2, None)]
    changed = timely(read_time("what did she say yesterday?", ASKED_ON), pieces)
    assert [piece.confidence for piece in changed] == pytest.approx([0.9, 0.3, 0.2])
    assert timely(read_time("what did she say yesterday?", ASKED_ON), []) == []


def test_what_came_of_a_year_is_not_told_by_articles_of_years_before() -> None:
    early, planned, then = date(2021, 10, 9), date(2022, 12, 1), date(2023, 10, 6)
    pieces = [a_piece(0.9, early), a_piece(0.6, planned), a_piece(0.5, then), a_piece(0.4, None)]
    changed = timely(read_time("Who won the 2023 Nobel Peace Prize?", ASKED_ON), pieces)
    assert [piece.article.published for piece in changed] == [planned, then, None, early]
    assert changed[-1].confidence == pytest.approx(0.9 * TOO_EARLY)


def test_of_a_year_to_come_earlier_articles_tell() -> None:
    pieces = [a_piece(0.9, date(2021, 10, 9)), a_piece(0.5, date(2024, 5, 1))]
    assert timely(read_time("Which banks plan to merge in 2025?", ASKED_ON), pieces) == pieces


def test_a_month_without_its_year_is_one_that_an_old_archive_reaches() -> None:
    """Asked on 28 November 2026 of archives that end years before, months before, and the day before."""
    day = date(2026, 11, 28)

    def days(question: str, last: date) -> Period | None:
        return read_time(question, day, last).period

    october = Period(date(2022, 10, 1), date(2022, 10, 31))
    assert days("how many jobs were added in October?", date(2022, 11, 30)) == october
    assert days("what fell on 16 March?", date(2020, 7, 16)) == Period(date(2020, 3, 16), date(2020, 3, 16))
    named = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert days("how many jobs were added in October 2026?", date(2022, 11, 30)) == named
    assert days("how many jobs were added in October?", date(2026, 9, 30)) == named
    assert days("how many jobs were added in October?", date(2026, 11, 27)) == named
    assert days("who spoke last week?", date(2022, 11, 30)) == Period(date(2026, 11, 16), date(2026, 11, 22))
