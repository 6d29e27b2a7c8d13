"""Time expressions of questions, all asked on Thursday, 6 June 2024; days counted on a calendar by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.periods import Period, shifted
from qa.time_expressions import time_expressions

ASKED_ON = date(2024, 6, 6)


def read(question: str, asked_on: date = ASKED_ON) -> list[tuple[str, str]]:
    return [(found.words, found.period.text) for found in time_expressions(question, asked_on)]


@pytest.mark.parametrize(
    ("question", "words", "days"),
    [
        # Counted from the day of asking.
        ("What happened today?", "today", "Thursday, 6 June 2024"),
        ("what happened yesterday in Kyiv", "yesterday", "Wednesday, 5 June 2024"),
        ("and the day before yesterday?", "the day before yesterday", "Tuesday, 4 June 2024"),
        ("who will speak tomorrow?", "tomorrow", "Friday, 7 June 2024"),
        ("Who resigned this week?", "this week", "30 May to 6 June 2024"),
        ("What did Milley say last week?", "last week", "27 May to 2 June 2024"),
        ("What will he say next week?", "next week", "10 to 16 June 2024"),
        ("what was decided last month", "last month", "May 2024"),
        ("what has changed this month", "this month", "1 to 6 June 2024"),
        ("how many died this year", "this year", "1 January to 6 June 2024"),
        ("how many died last year", "last year", "2023"),
        ("who arrived last weekend?", "last weekend", "1 to 2 June 2024"),
        ("what happened in the past two weeks?", "past two weeks", "23 May to 6 June 2024"),
        ("deaths over the last 30 days", "last 30 days", "7 May to 6 June 2024"),
        ("what changed in the past year?", "the past year", "6 June 2023 to 6 June 2024"),
        ("what happened two weeks ago", "two weeks ago", "20 to 26 May 2024"),
        ("who won three years ago", "three years ago", "2021"),
        ("who won a  couple\u00a0of years ago", "a  couple\u00a0of years ago", "2022"),
        ("Who spoke on Monday?", "Monday", "Monday, 3 June 2024"),
        ("Who spoke on Thursday?", "Thursday", "Thursday, 6 June 2024"),
        ("Who spoke last Thursday?", "last Thursday", "Thursday, 30 May 2024"),
        ("Who will speak on Monday?", "Monday", "Monday, 10 June 2024"),
        ("Who won last summer?", "last summer", "June to August 2023"),
        ("profit of the last quarter", "last quarter", "January to March 2024"),
        # Named, the year left to the reader.
        ("who died in March", "March", "March 2024"),
        ("who died in November", "November", "November 2023"),
        ("which airline is cutting flights in November?", "November", "November 2024"),
        ("which strike is set for the end of June", "June", "June 2024"),
        ("what happened on May 3", "May 3", "Friday, 3 May 2024"),
        ("who died in August last year", "August last year", "August 2023"),
        ("who died last March?", "last March", "March 2024"),
        # Named in full.
        ("who died in March 2021?", "March 2021", "March 2021"),
        ("What happened in Sept. 2019?", "Sept. 2019", "September 2019"),
        ("what happened on 3 May 2019?", "3 May 2019", "Friday, 3 May 2019"),
        ("what happened on May 3rd, 2019", "May 3rd, 2019", "Friday, 3 May 2019"),
        ("on the 3rd of May 2019", "the 3rd of May 2019", "Friday, 3 May 2019"),
        ("talks of 6 to 10 December 2021", "6 to 10 December 2021", "6 to 10 December 2021"),
        ("as of 2021-03-05", "2021-03-05", "Friday, 5 March 2021"),
        ("what happened in 1969?", "1969", "1969"),
        ("who won the 2016 election?", "2016", "2016"),
        ("music in the 1990s", "1990s", "1990 to 1999"),
        ("music in the '90s", "'90s", "1990 to 1999"),
        ("who ruled in the nineties", "nineties", "1990 to 1999"),
        ("who ruled in the 19th century", "19th century", "1801 to 1900"),
        ("fires in the summer of 2021", "summer of 2021", "June to August 2021"),
        ("profit in the first quarter of 2021", "first quarter of 2021", "January to March 2021"),
        ("profit in Q3 2020", "Q3 2020", "July to September 2020"),
        # Limited.
        ("what happened since 2020", "since 2020", "from 1 January 2020 on"),
        ("what did he say after March 2021", "after March 2021", "from 1 April 2021 on"),
        ("what did he say before March 2021", "before March 2021", "up to 28 February 2021"),
        ("what did he promise by 2030", "by 2030", "up to 31 December 2030"),
        ("what was known until last Friday", "until last Friday", "up to 31 May 2024"),
        ("between 2018 and 2020, who led?", "between 2018 and 2020", "2018 to 2020"),
        ("who led the party 2018-20", "2018-20", "2018 to 2020"),
        ("homes built between March and May 2021", "between March and May 2021", "March to May 2021"),
        ("from May to March 2021", "from May to March 2021", "May 2020 to March 2021"),
        # An event in the year may be on any of its days.
        ("before the election of 2016?", "before the election of 2016", "up to 31 December 2016"),
        ("what changed after the 2016 election?", "after the 2016", "from 1 January 2016 on"),
        ("who died before this week's ceremony", "before this week", "up to 6 June 2024"),
        ("what was said before the end of 2021", "before the end of 2021", "up to 31 December 2021"),
    ],
)
def test_what_is_read(question: str, words: str, days: str) -> None:
    assert read(question) == [(words, days)]


@pytest.mark.parametrize(
    "question",
    [
        "who met Milley?",
        "Who wrote “1984”?",
        'who wrote "Last Week"?',
        "what does USA Today report?",
        "when is Black Friday?",
        "who won on super tuesday?",
        "how many of 2000 soldiers died",
        "did 2000 people die?",
        "a march on Washington",
        "what may happen?",
        "will Theresa May resign?",
        "how much is 1,969 dollars or $2000?",
        "what is COP2020-a",
        "in 3000, 0000-00-00 or 2021-13-45",
        "who stormed the Capitol on January 6?",
        "what happened on 9/11",
        "is it the second?",
        "what happened laſt week, thıs year?",
    ],
)
def test_what_is_no_date(question: str) -> None:
    assert read(question) == []


def test_two_dates_stay_two() -> None:
    assert read("how much more than last year did it cost on 3 May 2019?") == [
        ("last year", "2023"),
        ("3 May 2019", "Friday, 3 May 2019"),
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was passed by Congress in March 2020?", [("March 2020", "March 2020")]),
        ("what was built by the end of 2020", [("by the end of 2020", "up to 31 December 2020")]),
        ("the Dow's worst day since 1987", []),
        ("the first visit of a president since 1969?", []),
        ("protests since 2020", [("since 2020", "from 1 January 2020 on")]),
    ],
)
def test_what_limits_no_time(question: str, expected: list[tuple[str, str]]) -> None:
    """Who did it, and what something is compared with."""
    assert read(question) == expected


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)], ids=str)
def test_the_ends_of_the_calendar_raise_nothing(day: date) -> None:
    for question in (
        "last century",
        "100 decades ago",
        "next week",
        "the past 9 decades",
        "last year",
        "in May",
    ):
        time_expressions(f"{question}, this month, tomorrow, on Monday, next winter?", day)


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert shifted(date(2024, 3, 31), "month", -1) == date(2024, 2, 29)
    assert shifted(date(2024, 2, 29), "year", 1) == date(2025, 2, 28)
    assert shifted(date(2024, 2, 29), "week", 1) == date(2024, 3, 7)


def test_a_period_has_an_end_and_runs_forward() -> None:
    with pytest.raises(ValueError, match="needs a first or a last day"):
        Period(None, None)
    with pytest.raises(ValueError, match="cannot run from 2024-06-06 to 2024-06-05"):
        Period(ASKED_ON, date(2024, 6, 5))


WORDS = (
    "last next this past since before after between and to week year month Monday March May 3 31 2016 1990s"
    " the of in ago two 100 decades quarter summer Q1 , . “ ” ' 2021-02-30 0 99 until – today"
)
PIECES = st.sampled_from(WORDS.split())


@given(
    question=st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=80),
    asked_on=st.dates(),
)
def test_any_text_is_read_in_order_and_verbatim(question: str, asked_on: date) -> None:
    end = 0
    for found in time_expressions(question, asked_on):
        assert question[found.start : found.end].startswith(found.words)
        assert found.period.text
        assert end <= found.start < found.end
        end = found.end
