"""What day an answer's date words mean: every form, both sides of publication, and when to say nothing.

Most cases count from Wednesday, 1 December 2021:

    Mo Tu We Th Fr Sa Su
    22 23 24 25 26 27 28   November
    29 30  1  2  3  4  5   December
     6  7  8  9 10 11 12
"""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from qa.dates import MAX_ANSWER, DateNote, date_note

WEDNESDAY = date(2021, 12, 1)


def note(marked: str, published: date | None = WEDNESDAY) -> DateNote | None:
    """The note of the answer between | and | in a sentence."""
    before, answer, after = marked.split("|")
    text = before + answer + after
    return date_note(text, Span(len(before), len(before) + len(answer)), Span(0, len(text)), published)


def meaning(marked: str, published: date | None = WEDNESDAY) -> str | None:
    found = note(marked, published)
    return found.text if found else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("On |Wednesday|, Milley met with General Won.", "Wednesday, 1 December 2021"),
        ("The ministry said |Tuesday|, after the U.S. said it will act.", "Tuesday, 30 November 2021"),
        ("He resigned |on Friday|.", "Friday, 26 November 2021"),
        ("He resigned on |Tues.| at noon.", "Tuesday, 30 November 2021"),
        ("He resigned |Mon.| at noon.", "Monday, 29 November 2021"),
        ("He came |to Seoul on Sunday morning|.", "Sunday, 28 November 2021"),
        ("They have held out since |Saturday|.", "Saturday, 27 November 2021"),
        ("The man, who will be tried, said on |Friday| he is innocent.", "Friday, 26 November 2021"),
        ("He was seen in |Tuesday|'s talks, which will go on.", "Tuesday, 30 November 2021"),
        ("Officials |Friday| said they will meet again.", "Friday, 26 November 2021"),
        ("A law signed |Friday| is in force.", "Friday, 26 November 2021"),
        # Without a verb: the latest, if it is nearer than the next.
        ("The talks of |Monday|.", "Monday, 29 November 2021"),
        ("Tickets at the door, |Friday| at 8.", None),
    ],
)
def test_a_weekday_of_the_past(sentence: str, expected: str | None) -> None:
    assert meaning(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Austin is scheduled to meet with Minister Suh Wook on |Thursday|.", "Thursday, 2 December 2021"),
        ("The two are to meet on |Tuesday|.", "Tuesday, 7 December 2021"),
        ("On |Friday|, the ministers will meet in Seoul.", "Friday, 3 December 2021"),
        ("|Monday|'s meeting will be held in Seoul.", "Monday, 6 December 2021"),
        ("They will meet |Wednesday|.", "Wednesday, 1 December 2021"),
        ("The results will be announced on |Tuesday|.", "Tuesday, 7 December 2021"),
        ("He said the talks are expected to\nresume on |Monday|.", "Monday, 6 December 2021"),
        ("He plans to fly home |Sunday|.", "Sunday, 5 December 2021"),
        ("It's due to open on |Saturday|.", "Saturday, 4 December 2021"),
        ("He’ll be there on |Tuesday|.", "Tuesday, 7 December 2021"),
        ("The trial begins on |Monday|.", "Monday, 6 December 2021"),
    ],
)
def test_a_weekday_of_the_future(sentence: str, expected: str) -> None:
    assert meaning(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Austin was due to arrive on |Wednesday afternoon|.", "Wednesday, 1 December 2021"),
        ("The House was scheduled to vote on |Tuesday|, but did not.", "Tuesday, 30 November 2021"),
        ("He said it would reopen on |Friday|.", "Friday, 3 December 2021"),
        ("He has asked them to answer by |Thursday|.", "Thursday, 2 December 2021"),
        ("They stayed until |Monday|.", "Monday, 29 November 2021"),
        ("The House was scheduled to vote on |Saturday|.", None),
        ("He said it would reopen on |Sunday|.", None),
    ],
)
def test_a_plan_told_in_the_past_means_the_nearest_day(sentence: str, expected: str | None) -> None:
    assert meaning(sentence) == expected


def test_a_weekday_six_days_back_is_as_often_tomorrow() -> None:
    assert meaning("The court ruled on |Thursday|.") is None


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        # On Wednesday 1 December "last Tuesday" may be 30 or 23 November; "last Friday" is one day only.
        ("last Tuesday", WEDNESDAY, None),
        ("last Friday", WEDNESDAY, "Friday, 26 November 2021"),
        ("last Wednesday", WEDNESDAY, "Wednesday, 24 November 2021"),
        ("next Friday", WEDNESDAY, None),
        ("next Tuesday", WEDNESDAY, "Tuesday, 7 December 2021"),
        ("next Wednesday", WEDNESDAY, "Wednesday, 8 December 2021"),
        ("this Friday", WEDNESDAY, "Friday, 3 December 2021"),
        ("this Monday", WEDNESDAY, None),
        ("this past Tuesday", WEDNESDAY, "Tuesday, 30 November 2021"),
        ("this coming Tuesday", WEDNESDAY, "Tuesday, 7 December 2021"),
        ("Monday last week", WEDNESDAY, "Monday, 22 November 2021"),
        ("Friday of next week", WEDNESDAY, "Friday, 10 December 2021"),
        ("Tuesday this week", WEDNESDAY, "Tuesday, 30 November 2021"),
        ("Monday last week", date(2021, 12, 5), None),
    ],
)
def test_a_weekday_that_is_last_or_next(words: str, published: date, expected: str | None) -> None:
    assert meaning(f"It was on |{words}|.", published) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", "Wednesday, 1 December 2021"),
        ("tonight", "Wednesday, 1 December 2021"),
        ("this morning", "Wednesday, 1 December 2021"),
        ("this evening", "Wednesday, 1 December 2021"),
        ("yesterday", "Tuesday, 30 November 2021"),
        ("last night", "Tuesday, 30 November 2021"),
        ("tomorrow", "Thursday, 2 December 2021"),
        ("the day before yesterday", "Monday, 29 November 2021"),
        ("the day after\ntomorrow", "Friday, 3 December 2021"),
        ("last week", "22 to 28 November 2021"),
        ("this week", "29 November to 5 December 2021"),
        ("next week", "6 to 12 December 2021"),
        ("late last week", "22 to 28 November 2021"),
        ("last month", "November 2021"),
        ("this month", "December 2021"),
        ("next month", "January 2022"),
        ("last year", "2020"),
        ("this year", "2021"),
        ("next year", "2022"),
        ("earlier this week", "29 November to 1 December 2021"),
        ("later this week", "1 to 5 December 2021"),
        ("earlier this year", "1 January to 1 December 2021"),
        ("later this month", "December 2021"),
        ("earlier this month", None),  # it is the first
        ("the past week", "24 November to 1 December 2021"),
        ("the last month", "1 November to 1 December 2021"),
        ("the past year", "1 December 2020 to 1 December 2021"),
        ("the coming week", "1 to 8 December 2021"),
        ("the upcoming month", "1 December 2021 to 1 January 2022"),
        ("last weekend", "27 to 28 November 2021"),
        ("this past weekend", "27 to 28 November 2021"),
        ("this coming weekend", "4 to 5 December 2021"),
        ("over the weekend", "27 to 28 November 2021"),
        ("next weekend", None),  # 4 or 11 December
        ("this weekend", None),  # told in the past
    ],
)
def test_words_that_count_from_today(words: str, expected: str | None) -> None:
    assert meaning(f"It happened |{words}|.") == expected


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("last week", date(2021, 12, 5), None),  # Sunday: 22 to 28 November, or the week that ends
        ("this week", date(2021, 12, 5), None),
        ("next week", date(2021, 12, 5), "6 to 12 December 2021"),
        ("last week", date(2021, 12, 6), "29 November to 5 December 2021"),
        ("last week", date(2022, 1, 3), "27 December 2021 to 2 January 2022"),
        ("last month", date(2022, 1, 1), "December 2021"),
        ("last month", date(2024, 3, 31), "February 2024"),
        ("the past month", date(2023, 3, 31), "28 February to 31 March 2023"),
        ("the past year", date(2024, 2, 29), "28 February 2023 to 29 February 2024"),
        ("yesterday", date(2022, 1, 1), "Friday, 31 December 2021"),
        ("this weekend", date(2021, 12, 3), "4 to 5 December 2021"),
        ("next weekend", date(2021, 12, 4), "11 to 12 December 2021"),
        ("over the weekend", date(2021, 12, 5), "4 to 5 December 2021"),
        ("over the weekend", date(2021, 12, 3), None),
    ],
)
def test_the_edges_of_weeks_months_and_years(words: str, published: date, expected: str | None) -> None:
    assert meaning(f"It happened |{words}|.", published) == expected


def test_the_weekend_to_come() -> None:
    assert meaning("They will play |this weekend|.", date(2021, 11, 29)) == "4 to 5 December 2021"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He left |two days ago|.", "Monday, 29 November 2021"),
        ("He left |3 days ago|.", "Sunday, 28 November 2021"),
        ("He left |a week ago|.", "22 to 28 November 2021"),
        ("He left |three weeks ago|.", "8 to 14 November 2021"),
        ("He left |two months ago|.", "October 2021"),
        ("He left |twelve months ago|.", "December 2020"),
        ("He left |a year ago|.", "2020"),
        ("He left |15 years ago|.", "2006"),
        ("He will leave |in three days|.", "Saturday, 4 December 2021"),
        ("He will leave |in two weeks|.", "13 to 19 December 2021"),
        ("He may leave |five months from now|.", "May 2022"),
        ("He left |20 years ago|.", None),
        ("He left about |three years ago|.", None),
        ("He left more than |two years ago|.", None),
        ("He left |two or three days ago|.", None),
        ("He left |twenty-two years ago|.", None),
        ("He left |1.5 years ago|.", None),
        ("It lived |1,200 years ago|.", None),
        ("He left |a year and a half ago|.", None),
        ("It was the third time |in two weeks|.", None),
        ("He left |a few days ago|.", None),
        ("It formed |two million years ago|.", None),
    ],
)
def test_counted_days_weeks_months_and_years(sentence: str, expected: str | None) -> None:
    assert meaning(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He died |Nov. 9|.", "Tuesday, 9 November 2021"),
        ("He died |December 1|.", "Wednesday, 1 December 2021"),
        ("He died |1 December|.", "Wednesday, 1 December 2021"),
        ("He died |on the 6th of October| at home.", "Wednesday, 6 October 2021"),
        ("He died |Sept. 3rd|.", "Friday, 3 September 2021"),
        ("He died |Tuesday, Nov. 9|.", "Tuesday, 9 November 2021"),
        ("He died |Tuesday (Nov. 9)|.", "Tuesday, 9 November 2021"),
        ("He died |Nov. 9 last year|.", "Monday, 9 November 2020"),
        ("He will speak |Jan. 10|.", "Monday, 10 January 2022"),
        ("The talks are set for |6 December|.", "Monday, 6 December 2021"),
        ("He was arrested on |Feb. 3|.", "Wednesday, 3 February 2021"),
        ("He was arrested on |Dec. 20|.", None),  # last year, or a slip
        ("The hearing: |Dec. 20|.", "Monday, 20 December 2021"),
        ("The hearing: |Jan. 5|.", None),  # eleven months ago, or next month
        ("The trial begins |Nov. 25|.", None),  # told late, or in a year
        ("In 2016 he was arrested on |Oct. 3|.", None),
        ("He called it Black Friday, |Nov. 26|.", "Friday, 26 November 2021"),
        ("He led the |Oct. 8| attack.", None),
        ("He spoke on |Sept. 11|.", None),
        ("He will speak on |Jan. 6|.", "Thursday, 6 January 2022"),
        ("He died |Nov. 31|.", None),
        # The weekday chooses the year.
        ("He died |Monday, Dec. 14|.", "Monday, 14 December 2020"),
        ("He died |Friday, Nov. 9|.", None),
    ],
)
def test_a_day_of_a_month(sentence: str, expected: str | None) -> None:
    assert meaning(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("He died |Dec. 28|.", date(2022, 1, 5), "Tuesday, 28 December 2021"),
        ("He will speak |Jan. 5|.", date(2021, 12, 28), "Wednesday, 5 January 2022"),
        ("He died |Feb. 29|.", date(2024, 5, 1), "Thursday, 29 February 2024"),
        ("He died |Feb. 29|.", date(2021, 1, 26), "Saturday, 29 February 2020"),
        ("He will speak |Feb. 29|.", date(2023, 6, 1), "Thursday, 29 February 2024"),
        ("The day is |Feb. 29|.", date(2022, 6, 1), None),
        ("He was born |Feb. 29|.", date(2022, 6, 1), None),
    ],
)
def test_days_of_months_over_new_year_and_in_leap_years(
    sentence: str, published: date, expected: str | None
) -> None:
    assert meaning(sentence, published) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He resigned |in October|.", "October 2021"),
        ("He took office |in January|.", "January 2021"),
        ("He resigned in |March|.", "March 2021"),
        ("He resigned |in early March|.", "March 2021"),
        ("He resigned in |mid-May|.", "May 2021"),
        ("He resigned |in March last year|.", "March 2020"),
        ("He resigned |in May of this year|.", "May 2021"),
        ("He will resign |in January|.", "January 2022"),
        ("He will resign |next March|.", "March 2022"),
        ("He has been ill since |December|.", "December 2021"),
        ("He will be the first since |February|.", "February 2021"),
        ("He resigned |last December|.", "December 2020"),
        ("He resigned |last March|.", None),  # of this year, or of last
        ("In 1999 he resigned |in March|.", None),
        ("The dogs |march| on.", None),
        ("It |may| rain.", None),
        ("The talks between |May| and Juncker failed.", None),
        ("|April| May scored.", None),
    ],
)
def test_a_month(sentence: str, expected: str | None) -> None:
    assert meaning(sentence) == expected


def test_a_month_over_new_year() -> None:
    assert meaning("He resigned |in October|.", date(2022, 1, 20)) == "October 2021"
    assert meaning("He will resign |in July|.", date(2022, 1, 20)) == "July 2022"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They met |from Saturday to Monday|.", "27 to 29 November 2021"),
        ("They met |between Monday and Wednesday|.", "29 November to 1 December 2021"),
        ("They met |Monday and Tuesday|.", "29 to 30 November 2021"),
        ("They will meet |Monday through Friday|.", "6 to 10 December 2021"),
        ("They will meet |from Monday to Thursday|.", "6 to 9 December 2021"),
        ("They met |from Friday evening to Sunday|.", "26 to 28 November 2021"),
        ("They will meet |from 6 to 10 December|.", "6 to 10 December 2021"),
        ("They will meet |Dec. 6-10|.", "6 to 10 December 2021"),
        ("They met |Nov. 29 and 30|.", "29 to 30 November 2021"),
        ("They will meet |between Dec. 6 and 10|.", "6 to 10 December 2021"),
        ("They will meet |from Dec. 30 to Jan. 2|.", "30 December 2021 to 2 January 2022"),
        ("They met |from March to May|.", "1 March to 31 May 2021"),
        ("They met |from last week to today|.", "22 November to 1 December 2021"),
        ("They met |Monday, and said so Monday|.", "Monday, 29 November 2021"),
        ("They met |Monday and Wednesday|.", None),
        ("They met |Monday or Tuesday|.", None),
        ("They met |Dec. 6 and 10|.", None),
        ("They met |Monday, Tuesday and Wednesday|.", None),
        ("They work |Monday to Friday|.", None),
    ],
)
def test_two_dates_are_the_ends_of_a_stretch(sentence: str, expected: str | None) -> None:
    assert meaning(sentence) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "Wednesday, 1 December 2021",
        "December 1, 2021",
        "the 1st of December 2021",
        "Dec. 1-3, 2021",
        "from 30 November to 2 December 2021",
        "March 2020",
        "in March of 2020",
        "2021-12-01",
        "Monday, 2021-11-29",
        "01/12/2021",
        "2020",
        "the 1990s",
        "the 19th century",
        "at 5 pm",
        "5:30 a.m.",
        "last fiscal year",
        "last decade",
        "last summer",
        "the day before",
        "the following day",
        "the following Monday",
        "the previous week",
        "a Monday",
        "every Friday",
        "Mondays",
        "on Friday nights",
        "the first Monday of May",
        "the last week of the war",
        "the next year",
        "Black Friday",
        "Sheffield Wednesday",
        "the Sunday Times",
        "USA Today",
        "General Won",
        "",
    ],
)
def test_nothing_to_add_or_nothing_sure(answer: str) -> None:
    assert meaning(f"He named |{answer}|, they said.") is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("He came |to Seoul on Wednesday morning|.", "Wednesday"),
        ("He came |on Dec. 1|.", "Dec. 1"),
        ("He came |early last\nmonth|.", "last\nmonth"),
        ("He came on |1\u00a0December|.", "1\u00a0December"),
        ("(CNN) |Earlier this year| he came.", "Earlier this year"),
        ("He came |between Monday and Tuesday|.", "Monday and Tuesday"),
        # The answer stops short of words that belong to its date.
        ("He came last |Friday|.", "Friday"),
        ("He came on |Nov. 9|, 2019.", "Nov. 9"),
        ("He came in |March| 2019.", "March"),
    ],
)
def test_the_words_are_those_of_the_answer(sentence: str, words: str) -> None:
    found = note(sentence)
    assert found
    assert found.words == words


def test_the_date_is_read_with_what_stands_just_outside_the_answer() -> None:
    assert meaning("He came on |Nov. 9|, 2019.") == "Saturday, 9 November 2019"
    assert meaning("He came on |Friday|, Nov. 5.") == "Friday, 5 November 2021"
    assert meaning("He came |last| Friday.") is None
    assert meaning("He came on Nov. |9|, 2019.") is None


def test_only_the_sentence_of_the_answer_tells_the_tense() -> None:
    text = "They will meet again. He died Friday. They will meet again."
    start = text.index("Friday")
    found = date_note(text, Span(start, start + 6), Span(22, 37), WEDNESDAY)
    assert found == DateNote("Friday", date(2021, 11, 26), date(2021, 11, 26))


def test_without_a_day_of_publication_there_is_no_note() -> None:
    assert note("He came |Wednesday|.", None) is None


@pytest.mark.parametrize("published", [date.min, date.max])
@pytest.mark.parametrize("tense", ["came", "will come", "would come", "(to come)"])
@pytest.mark.parametrize(
    "words",
    [
        *("Monday", "the weekend", "last week", "next week", "next month", "next year", "the past year"),
        *("tomorrow", "yesterday", "999 years ago", "999 weeks from now"),
        *("Dec. 31", "Jan. 1", "Feb. 29", "in March", "last March"),
    ],
)
def test_at_the_ends_of_the_calendar(words: str, tense: str, published: date) -> None:
    found = note(f"He {tense} |{words}|.", published)
    assert found is None or found.first <= found.last


# Also letters that look like those of date words or fold to them, digits that are none, half a character.
WORDS = (
    *(
        "Monday",
        "Wed.",
        "Friday,",
        "Dec.",
        "Feb.",
        "1",
        "29",
        "30",
        "29th",
        "2020",
        "2021-12-01",
        "March",
        "May",
    ),
    *(
        "last",
        "this",
        "next",
        "the",
        "past",
        "coming",
        "week",
        "weekend",
        "month",
        "year",
        "today",
        "ago",
        "in",
    ),
    *(
        "two",
        "a",
        "and",
        "to",
        "through",
        "-",
        "between",
        "since",
        "until",
        "will",
        "was",
        "said",
        ",",
        "“",
        "(",
    ),
    *("laſt", "thıs", "THİS", "wee\u212a", "²", "٣", "é", "\u00a0", "\ud800", "\U0001f600"),
)


@given(
    pieces=st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=12),
    joints=st.sampled_from([" ", "", "\n", "  "]),
    edges=st.tuples(*[st.integers(-3, 90)] * 4),
    published=st.dates(),
)
def test_whatever_the_text_the_words_are_in_the_answer_and_the_days_in_order(
    pieces: list[str], joints: str, edges: tuple[int, int, int, int], published: date
) -> None:
    text = joints.join(pieces)
    span = Span(edges[0], edges[1])
    found = date_note(text, span, Span(edges[2], edges[3]), published)
    if found:
        assert found.words
        assert found.words in span.of(text)
        assert found.first <= found.last
        assert found.text


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_is_that_weekday_and_near(published: date, name: str) -> None:
    for tense, days in (("met", range(-5, 1)), ("will meet", range(7)), ("would meet", range(-2, 3))):
        found = note(f"They {tense} on |{name}|.", published)
        assert found is None or found.text.startswith(name)
        assert found is None or (found.first - published).days in days
        assert found is not None or tense != "will meet"


@pytest.mark.parametrize(
    "unit", ["Monday ", "last ", "in 1 ", "may ", " ", "was to ", "1-", "Mon. (", "“said, "]
)
def test_long_text_takes_no_long_time(unit: str) -> None:
    text = unit * 200_000 + "Friday"
    start = time.perf_counter()
    date_note(text, Span(len(text) - 6, len(text)), Span(0, len(text)), WEDNESDAY)
    date_note(text, Span(0, MAX_ANSWER), Span(0, len(text)), WEDNESDAY)
    date_note(text, Span(0, len(text)), Span(0, len(text)), WEDNESDAY)
    assert time.perf_counter() - start < 1


def test_an_answer_that_is_a_whole_page_has_no_one_date() -> None:
    assert note("|" + "x" * MAX_ANSWER + " Monday|") is None


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (WEDNESDAY, WEDNESDAY, "Wednesday, 1 December 2021"),
        (date(2021, 11, 1), date(2021, 11, 30), "November 2021"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2020, 1, 1), date(2020, 12, 31), "2020"),
        (date(2021, 11, 29), date(2021, 12, 5), "29 November to 5 December 2021"),
        (date(2021, 12, 6), date(2021, 12, 10), "6 to 10 December 2021"),
        (date(2021, 12, 27), date(2022, 1, 2), "27 December 2021 to 2 January 2022"),
        (date(2020, 12, 1), date(2021, 12, 1), "1 December 2020 to 1 December 2021"),
        (date(2020, 1, 1), date(2021, 12, 31), "1 January 2020 to 31 December 2021"),
    ],
)
def test_how_a_note_reads(first: date, last: date, text: str) -> None:
    assert DateNote("then", first, last).text == text


def test_every_whole_month_is_named() -> None:
    first = date(2021, 1, 1)
    while first.year == 2021:
        following = (first + timedelta(31)).replace(day=1)
        assert DateNote("then", first, following - timedelta(1)).text.endswith(" 2021")
        assert "to" not in DateNote("then", first, following - timedelta(1)).text.split()
        first = following
