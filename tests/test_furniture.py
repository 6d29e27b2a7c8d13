"""Page furniture: each rule finds its own, and real articles lose nothing."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.documents import read_articles
from index.reading.furniture import LINE_RULES, line_rule
from index.reading.headings import is_caption, is_comments_heading, is_contact_field, is_links_heading
from index.reading.lines import split_lines
from index.reading.outlets import outlet_of_copyright, outlet_of_fields, read_dateline
from index.reading.page import read_page
from index.reading.record import read_record
from index.reading.repeats import copies
from index.reading.stamps import is_byline, is_menu, is_stamp

PAGES = Path(__file__).parent / "pages"
PROSE = "The committee met for three hours on Tuesday and put off its decision until the spring."
MORE_PROSE = "Its chair said that the members wanted to see the auditor's figures before they voted."


@dataclass(frozen=True)
class Expected:
    """What a sample page must give; `dropped` has the numbers of the lines each rule drops."""

    page: str
    title: str
    source: str
    published: date | None
    paragraphs: int
    first: str
    last: str
    dropped: dict[str, list[int]]


EXPECTED = [
    Expected(
        "agency_bulletin.txt",
        "Minister of agriculture announces price of wheat for the coming season",
        "APB",
        date(2018, 6, 2),
        3,
        "TIRENE, 2 June 2018 (APB) - The minister of agricu",
        "t 88,000 tonnes, a third of the harvest.",
        {"above title": [1, 2], "title": [4], "end mark": [17], "after end": [19], "contact field": [20]},
    ),
    Expected(
        "amp_page.html",
        "Ferry line to add two night sailings",
        "Island Tribune",
        date(2022, 8, 30),
        4,
        "The ferry line between Anacor and the outer island",
        "r six travel free, and bicycles cost $4.",
        {"title": [1], "advert mark": [3]},
    ),
    Expected(
        "blog_post.md",
        "What I learned from walking every street of Porto",
        "Slow Miles",
        date(2023, 5, 20),
        4,
        "It took fourteen months to walk all 1,847 streets ",
        "parish since 1998, and saw no reason to.",
        {"title": [9], "tag line": [21], "comments": [23, 25, 27, 29]},
    ),
    Expected(
        "broadsheet.txt",
        'Rail fares to rise by 4.9% as minister defends "difficult" decision',
        "The Southern Courier",
        date(2022, 1, 14),
        5,
        "Passenger groups say the increase will push people",
        "will cost £5,302 a year, up from £5,054.",
        {
            "cookie notice": [1, 2],
            "advert mark": [3],
            "menu": [4],
            "above title": [5],
            "title": [6],
            "header": [8],
            "metadata": [9, 10],
            "share buttons": [11, 12],
            "links": [15, 16, 17, 18, 19, 22, 23],
            "tag line": [24],
            "sign up": [25],
            "legal notice": [26, 27, 28],
        },
    ),
    Expected(
        "live_blog.txt",
        "Election night in Tavria: results as they come in",
        "",
        date(2021, 4, 25),
        9,
        "• Turnout reached 71%, the highest since 1994",
        "ting begins at once in all 27 districts.",
        {"title": [1], "metadata": [2], "header": [3, 6], "comments": [14, 15, 16]},
    ),
    Expected(
        "local_paper.txt",
        "Millbrook council votes to keep library open on Saturdays",
        "The Millbrook Gazette",
        date(2019, 3, 14),
        6,
        "MILLBROOK — The town council voted 5-2 on Thursday",
        "• No: Farrow, Gupta",
        {
            "title": [1],
            "metadata": [2, 3, 4],
            "advert mark": [6],
            "sign up": [8, 14],
            "contact line": [13],
            "legal notice": [15],
        },
    ),
    Expected(
        "press_release.txt",
        "Lumenar opens battery recycling plant in Ghent with 240 jobs",
        "",
        date(2023, 9, 12),
        5,
        "GHENT, Belgium, September 12, 2023 -- Lumenar NV t",
        "nd has 1,900 employees in six countries.",
        {
            "above title": [1],
            "title": [2],
            "links": [8, 9],
            "contact field": [10],
            "contact line": [11],
            "separator": [12],
        },
    ),
    Expected(
        "question_headline.txt",
        "Could a wall of oysters save the harbour from the next great storm surge?",
        "",
        date(2021, 7, 5),
        4,
        "They are rough, grey and slow, but engineers in Ha",
        "he council will decide whether to go on.",
        {"metadata": [1], "title": [2], "caption": [4], "repeated": [6]},
    ),
    Expected(
        "results_table.txt",
        "Northern League: Hallam go top after late winner at Ryde",
        "",
        date(2021, 11, 6),
        8,
        "A goal in the 89th minute by substitute Jamal Okoy",
        "Next round: November 13",
        {"title": [1], "metadata": [2], "link teaser": [10]},
    ),
    Expected(
        "share_dump.txt",
        "Study links night shifts to higher risk of asthma",
        "",
        date(2020, 11, 17),
        3,
        "People who work permanent night shifts have a 36 p",
        'he pattern is too regular to be chance."',
        {
            "menu": [1, 2, 3, 26],
            "above title": [4],
            "title": [5, 7],
            "header": [6, 11, 12],
            "metadata": [8],
            "tail": [18],
            "share buttons": [9, 10, 16, 17, 25],
            "tag line": [19],
            "links": [20, 21, 22, 23, 24],
        },
    ),
    Expected(
        "transcript.txt",
        "Transcript: Governor Imani Reyes on the water shortage",
        "",
        date(2022, 6, 9),
        10,
        "ROBERT KEANE, HOST:",
        "ript. Copy may not be in its final form.",
        {"title": [1], "metadata": [2]},
    ),
    Expected(
        "two_columns.txt",
        "Fire crews rescue horse from frozen canal",
        "",
        None,
        4,
        "It took eleven firefighters, a farm tractor and fo",
        't of oats," said her owner, Meg Tarrant.',
        {"above title": [1, 3], "metadata": [2], "title": [4], "links": [6, 7, 8]},
    ),
    Expected(
        "wire_lead.txt",
        "(LEAD) Harbin bridge reopens after two-year repair",
        "Norvik News",
        date(2021, 3, 3),
        3,
        "BEIJING, March 3 (Norvik News) -- The Songhua rive",
        "f the deck, according to the contractor.",
        {
            "title": [1],
            "caption": [5],
            "contact line": [6],
            "end mark": [7],
            "separator": [8, 10],
            "after end": [9, 11],
        },
    ),
]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.page)
def test_sample_page(expected: Expected) -> None:
    (article,) = read_articles([PAGES / expected.page])
    assert isinstance(article, Article)
    assert (article.title, article.source, article.published) == (
        expected.title,
        expected.source,
        expected.published,
    )
    paragraphs = article.text.split("\n\n")
    assert len(paragraphs) == expected.paragraphs
    assert paragraphs[0].startswith(expected.first)
    assert paragraphs[-1].endswith(expected.last)
    dropped: dict[str, list[int]] = {}
    for line in article.dropped:
        dropped.setdefault(line.rule, []).append(line.line)
    assert dropped == expected.dropped


def test_every_sample_page_is_expected() -> None:
    assert sorted(path.name for path in PAGES.iterdir()) == [expected.page for expected in EXPECTED]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("* * *", "separator"),
        ("(END)", "end mark"),
        ("-30-", "end mark"),
        ("- ENDS -", "end mark"),
        ("ADVERTISEMENT", "advert mark"),
        ("Advertisement Continue reading the main story", "advert mark"),
        ("Story Continued Below", "advert mark"),
        ("Sign up for our free weekly newsletter", "sign up"),
        ("Get the best of the week in your inbox. Sign up here.", "sign up"),
        ("Share on Facebook", "share buttons"),
        ("Facebook Twitter Pinterest Email", "share buttons"),
        (
            "Facebook Twitter Pinterest Protesters outside the court in June. Photograph: J. Doe/EPA",
            "share buttons",
        ),
        ("© 2020 The Daily Planet. All rights reserved.", "legal notice"),
        ("Copyright 2019 Planet Media, LLC. Click here for reprint permission.", "legal notice"),
        ("We use cookies to improve your experience.", "cookie notice"),
        ("clark@planet.example", "contact line"),
        ("Follow Clark Kent on Twitter: @clark", "contact line"),
        ("Reach the reporter at clark@planet.example or 555-0100.", "contact line"),
        ("Media playback is unsupported on your device", "player chrome"),
        ("Slideshow (12 Images)", "player chrome"),
        ("Read more", "link teaser"),
        ("More: Mayor says the tunnel will open late", "link teaser"),
        ("RELATED: Why tunnels leak", "link teaser"),
        ("CLICK HERE FOR OUR FULL COVERAGE", "link teaser"),
        ("Did the mayor want to be caught? | Jane Doe Read more", "link teaser"),
        ("(Lois Lane/Planet Photos)", "picture credit"),
        ("(Photo: Lois Lane/The Daily Planet)", "picture credit"),
        ("Tags: tunnels, mayors", "tag line"),
        ("Reporting by Lois Lane; Editing by Perry White", "staff credits"),
    ],
)
def test_line_rule_drops(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "Advertisement sales fell by a tenth.",
        "Ends and means",
        "Ends",
        "Facebook said on Monday that it would appeal.",
        "Twitter and the law",
        "5. Google",
        "On Facebook",
        "Facebook",
        "Copyright law was changed in 1998 after a long dispute.",
        "Copyright holders sued the company for $2 billion.",
        "Sign up deadlines were extended by a week, the registrar said.",
        "Follow the money, the detective told his staff.",
        "Contact: (515) 555-0100; thaiflavors.example; Facebook",
        "Reach for the stars",
        "More than 300 people were hurt.",
        "More rain is expected",
        "None of the pictures shows the tunnel. Read more.",
        "He told his pupils to read more",
        "(He was paid by the hour and/or the mile.)",
        "Read the letter in full, the judge told him.",
        "Related charges were dropped.",
        "Watch: the word on everybody's wrist.",
        "Cookies are a billion-dollar business.",
        "We use cookies as bribes in this house, said the nanny."[:12],
        "Tags are read by radio.",
        "Photography is banned in the hall",
        "Yes.",
        "Q: Do you regret it?",
        "Oregon",
        "50. Tokyo, Japan",
        "Population: 33,200,000",
        "Arsenal 2-1 Chelsea",
        "Text of the treaty",
        "x" * 500,
    ],
)
def test_line_rules_keep(line: str) -> None:
    assert line_rule(line) is None


def test_rules_say_why() -> None:
    assert all(rule.__doc__ for rule in LINE_RULES)


@pytest.mark.parametrize(
    ("judge", "yes", "no"),
    [
        (is_links_heading, "Most read in Politics", "Most read the letter twice"),
        (is_links_heading, "YOU MAY ALSO LIKE", "Up next"),
        (is_comments_heading, "3 Comments", "Comments on the budget"),
        (is_caption, "FILE - The old bridge in 2003.", "In this photo album she kept her secrets."),
        (is_caption, f"FILE - {'The old bridge in 2003. ' * 30}", "The old bridge in 2003. " * 30),
        (is_caption, "The old bridge. (Photo: Jane Doe)", "He was born in Ghent (now Belgium)"),
        (is_contact_field, "Tel: +44 20 7946 0000", "Telephones rang all night."),
        (is_stamp, "Updated: 3:14 p.m. ET, 1/20/2014", "Updated rules were published on 3 May 2014."),
        (is_stamp, "Sat 6 Nov 2021 19.12 GMT", "6 November is the day"),
        (is_stamp, "This article is more than 5 years old", "This article of faith is 500 years old"),
        (is_byline, "By Jane Doe and John Roe, Health Editors", "By the river stood a mill"),
        (is_byline, "BY JANE DOE", "By"),
        (is_menu, "Home > World > Asia", "Home > dry after the flood, they said."),
        (is_menu, "Terms | Privacy | Jobs", "Ryde 0-1 | Carrick 2-2 | Welby 3-0"),
    ],
)
def test_kinds_of_lines(judge: object, yes: str, no: str) -> None:
    assert callable(judge)
    assert judge(yes)
    assert not judge(no)


def read(*lines: str) -> list[str]:
    return read_page("\n".join(lines)).text.split("\n\n")


def test_lists_and_short_answers_within_a_body_stay() -> None:
    body = [
        PROSE,
        "How they voted",
        "• Yes: Cole",
        "Q: Why?",
        "A: No idea.",
        "2-1",
        MORE_PROSE,
        "• One",
        "• Two",
    ]
    assert read("A headline about a vote", *body) == body


def test_links_end_where_the_body_goes_on() -> None:
    assert read(
        "A headline about a vote", PROSE, "Most read", "A dog bites a man", PROSE[::-1] + ".", MORE_PROSE
    ) == [
        PROSE,
        PROSE[::-1] + ".",
        MORE_PROSE,
    ]


def test_more_text_behind_an_end_mark_than_before_it_stays() -> None:
    long = f"{MORE_PROSE} {MORE_PROSE[4:]}"
    assert read("A headline about a vote", PROSE, "(END)", long) == [PROSE, long]
    assert read("A headline about a vote", PROSE, MORE_PROSE, "(END)", "Another headline", PROSE[4:]) == [
        PROSE,
        MORE_PROSE,
    ]


def test_body_that_repeats_the_title_loses_that_line() -> None:
    article, _ = read_record(
        {"title": "A headline about a vote", "text": f"A headline about a vote\n\n{PROSE}"}
    )
    assert article.text == PROSE
    assert [line.rule for line in article.dropped] == ["title"]


def test_record_keeps_what_a_page_would_lose() -> None:
    lines = ["Oregon", PROSE, "Most read", "A dog bites a man", "Photo: Jane Doe", MORE_PROSE, "Oregon"]
    article, _ = read_record({"title": "States", "text": "\n".join(lines)})
    assert article.text.split("\n\n") == lines


def test_repeated_paragraph_is_kept_once_but_list_items_are_not_copies() -> None:
    item = "• Most people here rent, and most of them have done so for ten years."
    article, _ = read_record(
        {"title": "States", "text": "\n".join([PROSE, item, PROSE, item, "Yes.", "Yes."])}
    )
    assert article.text.split("\n\n") == [PROSE, item, item, "Yes.", "Yes."]


def test_copies() -> None:
    one = "The bridge was closed for two years while the deck and the cables were renewed by divers."
    two = "It opened again on Wednesday to the sound of a brass band from the valley."
    assert copies(
        [f"{two} {one}", f"{one} Nobody liked it at all.", f"{two} Few came to see it happen."]
    ) == [0]
    assert copies([one, one, two]) == [1]
    assert (
        copies(["Five people died in the storm that hit the coast.", "Seven people came to the inn."]) == []
    )
    assert copies([one + " It cost 41 million.", one + " It cost 47 million."]) == []
    assert copies([]) == []


def test_hard_wrapped_lines_are_joined() -> None:
    text = "\n".join(
        [
            "The committee met for three hours on Tuesday and",
            "put off its decision until the spring,",
            "it said.",
            "",
        ]
    )
    wrapped = (
        "The first paragraph of this letter was broken at sixty\n"
        "characters by a machine that knew no better, and so it has\n"
        "lines that end amid a sentence.\n"
        "\n"
        "The second was broken too, since the machine that breaks the\n"
        "lines does not stop before the end."
    )
    assert [line.text.count("\n") for line in split_lines(wrapped)] == [0, 0]
    assert [line.number for line in split_lines(wrapped)] == [1, 5]
    assert len(split_lines(text)) == 3  # too narrow to be a page of prose


HOSTILE = [
    "A",
    "1",
    "1 ",
    "1:11 ",
    "a@b.cc",
    "share this ",
    "By Aa and ",
    "1 May ",
    "(a/",
    "© 2021 ",
    "| ",
    "[a](",
    "**a",
    "..",
    "A, A",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_line_is_slow_to_judge(unit: str) -> None:
    judges = [line_rule, is_links_heading, is_comments_heading, is_caption, is_contact_field, is_stamp,
              is_byline, is_menu, read_dateline, outlet_of_copyright, outlet_of_fields]  # fmt: skip
    start = time.perf_counter()
    for judge in judges:
        for opening in ("", "By ", "© ", "In this photo "):
            judge((opening + unit * 400)[:398] + "!\\")
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("page", "title", "body"),
    [
        ("Bridge opens\n\nThe mayor opened it on Monday.", "Bridge opens", "The mayor opened it on Monday."),
        ("A flood in Ghent.", "A flood in Ghent.", "A flood in Ghent."),
        ("Home | News\nFire in Bruges\nNobody was hurt.", "Fire in Bruges", "Nobody was hurt."),
        ("Two die.\nMore to come.", "Two die.", "Two die.\n\nMore to come."),
    ],
    ids=["title and body", "one sentence", "below a menu", "two sentences"],
)
def test_a_note_too_short_to_tell_furniture_by_is_kept(page: str, title: str, body: str) -> None:
    article = read_page(page)
    assert (article.title, article.text) == (title, body)
