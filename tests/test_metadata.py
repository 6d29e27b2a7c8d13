"""Title, outlet, agency and day of publication, as pages and records tell them."""

from datetime import date

import pytest

from index.reading.credits import read_credit
from index.reading.dates import DayOrder, infer_year, order_hint, parse_date
from index.reading.headline import find_title, first_words
from index.reading.lines import Line, split_lines
from index.reading.manuscript import Properties, read_manuscript
from index.reading.outlets import (
    is_outlet,
    outlet_of_copyright,
    outlet_of_fields,
    outlet_of_title,
    outlet_of_url,
    read_dateline,
)
from index.reading.page import read_page
from index.reading.record import read_record

PROSE = "The committee met for three hours on Tuesday and put off its decision until the spring."
LEAD = "ARVEN, Feb. 3 (Novapress) -- The committee met for three hours and rose, its chair said Thursday."


@pytest.mark.parametrize(
    "written",
    [
        "2021-12-01",
        "2021/12/01",
        "2021.12.01",
        "20211201",
        "20211201T103000Z",
        "2021-12-01T23:30:00-05:00",  # the day as written, not the day in London
        "2021-12-01 06:36:00.123+00:00",
        "December 1, 2021",
        "Dec. 1, 2021",
        "Dec 1 2021",
        "1 December 2021",
        "1st of December, 2021",
        "1 Dec 2021 10:30",
        "01-DEC-2021 15:01:01.79",
        "1-Dec-21",
        "Wed, 01 Dec 2021 06:36:00 +0530",
        "Wednesday, December 1st, 2021 at 6:36 am EST",
        "Published: Dec. 1, 2021",
    ],
)
def test_parse_date(written: str) -> None:
    assert parse_date(written) == date(2021, 12, 1)


@pytest.mark.parametrize(
    "written", ["", "soon", "2021", "2021-13-01", "30 February 2021", "99/99/2021", "1/2/21", "555-0100"]
)
def test_no_date(written: str) -> None:
    assert parse_date(written) is None


def test_numeric_dates_are_read_only_when_one_reading_is_left() -> None:
    assert parse_date("25/04/2021") == date(2021, 4, 25)
    assert parse_date("04/25/2021") == date(2021, 4, 25)
    assert parse_date("04/04/2021") == date(2021, 4, 4)
    assert parse_date("03/04/2021") is None
    assert parse_date("03/04/2021", DayOrder.DAY_FIRST) == date(2021, 4, 3)
    assert parse_date("03/04/2021", DayOrder.MONTH_FIRST) == date(2021, 3, 4)
    assert parse_date("03/13/2021", DayOrder.DAY_FIRST) == date(2021, 3, 13)


@pytest.mark.parametrize(
    ("page", "order"),
    [
        ("03/04/2021 and 25/04/2021", DayOrder.DAY_FIRST),
        ("03/04/2021 and 04/25/2021", DayOrder.MONTH_FIRST),
        ("01-12-2021, that is December 1, 2021", DayOrder.DAY_FIRST),
        ("date 2021-12-01 ... 01-12-2021 12:06", DayOrder.DAY_FIRST),
        ("12-01-2021, 2021-12-01", DayOrder.MONTH_FIRST),
        ("Updated: 03-04-2021 12:06 IST", DayOrder.DAY_FIRST),
        ("Updated: 03/04/2021 5:06 PM EDT", DayOrder.MONTH_FIRST),
        ("03/04/2021 at 5 p.m.", None),
        ("25/04/2021 and 04/25/2021", None),
        ("03/04/2021 10:00 GMT, 5 a.m. EST", None),
        ("no date", None),
    ],
)
def test_order_hint(page: str, order: DayOrder | None) -> None:
    assert order_hint(page) is order


def test_infer_year() -> None:
    """26 January was a Tuesday in 2010, 2016 and 2021."""
    tuesday = 1
    assert infer_year(1, 26, tuesday, [date(2021, 1, 5)]) == date(2021, 1, 26)
    assert infer_year(1, 26, tuesday, [date(2020, 11, 30)]) == date(2021, 1, 26)
    assert infer_year(1, 26, tuesday, [date(2015, 3, 1), date(2021, 1, 5)]) == date(2021, 1, 26)
    assert infer_year(1, 26, tuesday, [date(2021, 1, 27)]) is None  # the page would quote its future
    assert infer_year(1, 26, 2, [date(2021, 1, 5)]) is None
    assert infer_year(1, 26, None, [date(2021, 1, 5)]) is None
    assert infer_year(2, 29, 5, [date(2019, 12, 1)]) == date(2020, 2, 29)
    assert infer_year(1, 26, tuesday, []) is None


def test_dateline_without_year_on_a_page() -> None:
    """3 February 2022 was a Thursday."""
    page = f"Committee rises without a decision\n{LEAD}\n(Photo taken on Dec. 12, 2021)"
    assert read_page(page).published == date(2022, 2, 3)
    assert read_page(page.replace("Thursday", "Friday")).published is None
    assert read_page(page.replace("Dec. 12, 2021", "Dec. 12")).published is None


def test_first_publication_goes_before_updates() -> None:
    page = f"Committee rises without a decision\nUpdated: 3 May 2021 | Published: 1 May 2021\n{PROSE}"
    assert read_page(page).published == date(2021, 5, 1)


def test_dates_within_the_text_are_not_the_date_of_publication() -> None:
    chronicle = (
        f"Committee rises without a decision\n{PROSE}\n{PROSE[::-1]}.\nJune 5, 2000\nThe first was held."
    )
    article = read_page(chronicle)
    assert article.published is None
    assert "June 5, 2000" in article.text


@pytest.mark.parametrize(
    ("text", "place", "agency", "day"),
    [
        ("SEOUL, Jan. 26 (Yonhap) -- South", "SEOUL", "Yonhap", (1, 26)),
        ("WASHINGTON (AP) — The", "WASHINGTON", "AP", (0, 0)),
        ("LONDON, March 3, 2021 (Reuters) - The", "LONDON", "Reuters", (3, 3)),
        ("TIRENE, 2 June 2018 (APB) - The", "TIRENE", "APB", (6, 2)),
        ("NEW YORK, May 5 - The", "NEW YORK", "", (5, 5)),
    ],
)
def test_dateline(text: str, place: str, agency: str, day: tuple[int, int]) -> None:
    line = read_dateline(text)
    assert line is not None
    assert (line.place, line.agency, (line.month, line.day)) == (place, agency, day)


@pytest.mark.parametrize(
    "text", ["", "SEOUL — The minister", "The minister (a Liberal) - ", "He came on May 3 (Tuesday)."]
)
def test_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


def test_outlets() -> None:
    assert [is_outlet(name) for name in ("Reuters", "PTI", "The Daily Star", "Jane Doe")] == [
        True,
        True,
        True,
        False,
    ]
    assert outlet_of_fields("Reuters | Seoul | Updated: 01-12-2021") == "Reuters"
    assert outlet_of_fields("Jane Doe | Updated: 01-12-2021") == ""
    assert outlet_of_copyright("© 2021 The Daily Gazette. All rights reserved.") == "The Daily Gazette"
    assert outlet_of_copyright("Copyright (c) 2021 by Nova Media Ltd | Terms") == "Nova Media Ltd"
    assert outlet_of_copyright("© Copyright 2021") == ""
    assert outlet_of_copyright("Copyright 2021. All rights reserved.") == ""
    assert outlet_of_title("Storm hits the coast | The Herald") == ("Storm hits the coast", "The Herald")
    assert outlet_of_title("Storm hits the coast - what we know") == (
        "Storm hits the coast - what we know",
        "",
    )
    assert outlet_of_url("https://edition.cnn.com/2021/x") == "CNN"
    assert outlet_of_url("http://www.valleytimes.example/a") == "valleytimes.example"
    assert [outlet_of_url(url) for url in ("", "no address", "http://[", "about:blank")] == [""] * 4


TITLE = "Committee puts off decision"


@pytest.mark.parametrize(
    ("head", "source", "day"),
    [
        (f"{TITLE}\nThe Hill, 2019-05-06", "The Hill", date(2019, 5, 6)),
        (f"{TITLE}\nPolitico\nMay 6, 2019", "Politico", date(2019, 5, 6)),
        (f"{TITLE}\n6 May 2019\nThe Valley Times", "The Valley Times", date(2019, 5, 6)),
        (f"Vox\n{TITLE}\nMay 6, 2019", "Vox", date(2019, 5, 6)),
        (f"Reason – May 6, 2019\n{TITLE}", "Reason", date(2019, 5, 6)),
        (f"{TITLE}\nBy Jane Doe, Axios, May 6, 2019", "Axios", date(2019, 5, 6)),
        (f"{TITLE}\nJane Doe\nUSA TODAY", "USA TODAY", None),
        (f"{TITLE}\nThe Committee for the Freedom of the Press, 2019-05-06", "", date(2019, 5, 6)),
        (f"{TITLE}\nJane Doe, May 6, 2019", "", date(2019, 5, 6)),
        # Sections, places and people are no outlets.
        (f"{TITLE}\nWorld News\nMay 6, 2019", "", date(2019, 5, 6)),
        (f"{TITLE}\nThe Hague, May 6, 2019", "", date(2019, 5, 6)),
        (f"{TITLE}\nScience", "", None),
    ],
)
def test_credit_lines(head: str, source: str, day: date | None) -> None:
    article = read_page(f"{head}\n\n{PROSE}\n{PROSE[::-1]}.")
    assert (article.title, article.source, article.published) == (TITLE, source, day)
    assert article.text.startswith(PROSE)


@pytest.mark.parametrize("beneath", ["The Hill, 2019-05-06", "By Jane Doe", "6 May 2019", "Politico"])
def test_a_title_that_ends_like_a_sentence(beneath: str) -> None:
    title = f"{TITLE} on the bridge until the spring of next ..."
    assert read_page(f"{title}\n{beneath}\n\n{PROSE}\n{PROSE[::-1]}.").title == title


def test_credit_lines_of_a_document() -> None:
    lines = [Line(n, text) for n, text in enumerate((TITLE, "By Jane Doe, Vox", "6 May 2019", PROSE), 1)]
    article, body = read_manuscript(lines, Properties(), 0)
    assert (article.source, article.published) == ("Vox", date(2019, 5, 6))
    assert [line.text for line in body] == [PROSE]


def test_a_day_beneath_a_section_of_a_document() -> None:
    lines = [Line(n, text) for n, text in enumerate((TITLE, "World News", "6 May 2019", PROSE), 1)]
    article, _ = read_manuscript(lines, Properties(), 0)
    assert (article.source, article.published) == ("", date(2019, 5, 6))


def test_a_closing_credit() -> None:
    article = read_page(f"{TITLE}\n\n{PROSE}\n{PROSE[::-1]}.\n\nSource: The Hill, 2019-05-06")
    assert (article.source, article.published) == ("The Hill", date(2019, 5, 6))
    assert "The Hill" not in article.text


@pytest.mark.parametrize(
    "line", ["The Hill said so on May 6, 2019", "Paris", "World News", "Jane Doe", "", PROSE, "May 6, 2019"]
)
def test_what_is_no_credit_line(line: str) -> None:
    assert read_credit(line) is None


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"Home | News\nCommittee puts off decision\n{PROSE}", "Committee puts off decision"),
        (f"The Valley Times Online\nCommittee puts off decision\n{PROSE}", "Committee puts off decision"),
        (
            f"Old news first here\nWho will chair it now?\nWho will chair it now?\n{PROSE}",
            "Who will chair it now?",
        ),
        (f"By Jane Doe\n3 May 2021\nCommittee puts off decision\n{PROSE}", "Committee puts off decision"),
        (f"Will the committee ever decide anything, and would anybody notice?\n{PROSE}\n{PROSE}", None),
        (PROSE, first_words(PROSE)),
    ],
)
def test_title(page: str, title: str | None) -> None:
    assert read_page(page).title == (title or page.split("\n")[0])


def test_page_that_opens_with_its_text_has_no_title_line() -> None:
    assert find_title(split_lines(f"{PROSE}\n{PROSE}")) is None


def test_record_metadata() -> None:
    article, key = read_record(
        {"Headline": " A\nvote ", "BODY": LEAD, "Publish Date": "03.04.2021", "link": "http://a.example/1"}
    )
    assert (article.title, article.source, article.agency) == ("A vote", "a.example", "Novapress")
    assert (article.published, key) == (None, "http://a.example/1")
    named, key = read_record({"text": PROSE, "source": {"id": None, "name": "CNN"}, "id": 7, "title": None})
    assert (named.id, named.source, named.title, key) == ("7", "CNN", first_words(PROSE), "7")


def test_agency_that_a_record_opens_with() -> None:
    article, _ = read_record({"text": f"Associated Press\n\n{PROSE}", "source": "The Valley Times"})
    assert (article.source, article.agency, article.text) == ("The Valley Times", "Associated Press", PROSE)
