"""The chat's HTML: it shows exactly the articles' characters, and nothing in them is ever markup."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fakes import open_archive, put
from hypothesis import given
from hypothesis import strategies as st

from chat.markup import UNSHOWABLE, escape, fingerprint, live_link, marked, outlet
from chat.render import confidence, notice, reply, turn
from chat.source import View, panel, paragraphs
from chat.welcome import MILLEY, Holdings, survey, welcome
from index.article import Article, Span
from qa.answer import Answer, Evidence
from qa.rendering import long_date

VOID = {"img", "br", "hr", "input", "meta", "link"}
HOSTILE = (
    '<img src=x onerror="window.pwned=1"> *bold* _em_ [x](javascript:alert(1)) `code` $\\LaTeX$ '
    "</mark></blockquote><script>window.pwned=1</script> {{value}} ${1+1} &lt;b&gt; &amp; \"q\" 'a'"
)


class Page(HTMLParser):
    """The elements of a piece of HTML, checked to be well nested, with the text inside each."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[int] = []
        self.shown = ""
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        self.shown += data
        for place in self.open:
            self.elements[place][2].append(data)

    def texts(self, tag: str, kind: str = "") -> list[str]:
        return [
            "".join(text)
            for name, attributes, text in self.elements
            if name == tag and kind in attributes.get("class", "")
        ]

    def attributes(self, tag: str, kind: str = "") -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes, _ in self.elements
            if name == tag and kind in attributes.get("class", "")
        ]


def article(
    text: str = "It rained. The minister met Ana Ruiz in Lima. All went home.", **changes: object
) -> Article:
    base = Article("lima", "Talks in Lima", text, "The Wire", date(2021, 12, 1), "https://news.example/lima")
    return replace(base, **changes)  # type: ignore[arg-type]


def evidence(where: Article, quote: str, answer: str, probability: float = 0.9) -> Evidence:
    start = where.text.index(quote)
    inside = start + quote.index(answer)
    return Evidence(where, Span(inside, inside + len(answer)), Span(start, start + len(quote)), probability)


def survey_of(*articles: Article) -> Holdings:
    """What an archive of these articles holds."""
    with TemporaryDirectory() as folder, open_archive(Path(folder)) as archive:
        put(
            archive,
            *(replace(item, origin=str(at), text=f"{item.text} {at}") for at, item in enumerate(articles)),
        )
        return survey(archive)


QUOTE = "The minister met Ana Ruiz in Lima."


def answered(*items: Evidence) -> Answer:
    return Answer("who?", items, items[0].confidence, 1.0)


# Markup


@given(st.text())
def test_escaped_text_shows_exactly_these_characters(text: str) -> None:
    assert "\r" not in escape(text)  # browsers read it as a line feed, html.parser does not
    assert Page(escape(text)).shown == UNSHOWABLE.sub("\ufffd", text)


spans = st.builds(Span, st.integers(-5, 60), st.integers(-5, 60))


@given(st.text(max_size=50), st.lists(spans, max_size=3))
def test_marks_change_no_character_and_cover_what_they_should(text: str, marks: list[Span]) -> None:
    window = Span(0, len(text))
    page = Page(marked(text, window, [(span, f'<mark class="m{i}-">') for i, span in enumerate(marks)]))
    shown = UNSHOWABLE.sub("\ufffd", text)
    assert page.shown == shown
    for number, span in enumerate(marks):
        start, end = max(span.start, 0), min(span.end, len(text))
        assert "".join(page.texts("mark", f"m{number}-")) == (shown[start:end] if start < end else "")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://x.example/%0aalert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//other.example",
        "https://",
        'https://x.example/"onmouseover="alert(1)',
        " https://x.example",
        "https://x.example/\njavascript:1",
        "http://[::1",
        "\ud800",
        "",
    ],
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert live_link(url, "Live page") == ""


def test_a_link_opens_a_new_tab_and_tells_it_nothing() -> None:
    (attributes,) = Page(live_link("https://x.example/?a=1&b=2", "Live page of <b>")).attributes("a")
    assert attributes["href"] == "https://x.example/?a=1&b=2"
    assert attributes["rel"] == "noopener noreferrer"
    assert attributes["aria-label"] == "Live page of <b> (opens a new tab)"


def test_dates_are_written_out() -> None:
    assert long_date(date(2021, 12, 1)) == "1 December 2021"
    assert long_date(date(1999, 1, 31)) == "31 January 1999"


@pytest.mark.parametrize(
    ("source", "agency", "expected"),
    [
        ("Devdiscourse", "Reuters", "Devdiscourse (Reuters)"),
        ("Reuters", "reuters", "Reuters"),
        ("", "Reuters", "Reuters"),
        ("Yonhap", "", "Yonhap"),
        ("", "", "Outlet not named"),
    ],
)
def test_outlet_and_agency(source: str, agency: str, expected: str) -> None:
    assert outlet(article(source=source, agency=agency)) == expected


# Answers


def test_an_answer_is_a_short_line_a_verbatim_quotation_and_a_citation() -> None:
    page = Page(reply(answered(evidence(article(), QUOTE, "Ana Ruiz", 0.91))))
    assert page.texts("p", "short-answer") == ["Ana Ruiz"]
    assert page.texts("blockquote") == [QUOTE]
    assert page.texts("mark") == ["Ana Ruiz"]
    (button,) = page.attributes("button", "citation")
    assert {name: value for name, value in button.items() if name.startswith("data-")} == {
        "data-article": "lima", "data-start": "28", "data-end": "36",
        "data-quote-start": "11", "data-quote-end": "45",
            "data-number": "1", "data-check": fingerprint(QUOTE),
    }  # fmt: skip
    assert page.texts("button") == ["Open source [1] Talks in Lima The Wire · 1 December 2021"]
    assert page.attributes("time") == [{"datetime": "2021-12-01"}]
    assert page.attributes("a")[0]["href"] == "https://news.example/lima"
    assert page.texts("span", "confidence") == ["Confidence: high (91 %)"]


@pytest.mark.parametrize("answer", [QUOTE, QUOTE.rstrip("."), "met Ana Ruiz"])
def test_a_whole_sentence_is_neither_marked_nor_said_twice(answer: str) -> None:
    page = Page(reply(answered(evidence(article(), QUOTE, answer))))
    whole = answer != "met Ana Ruiz"
    assert page.texts("mark") == ([] if whole else ["met Ana Ruiz"])
    assert page.texts("p", "short-answer") == ([] if whole else ["met Ana Ruiz"])
    assert len(page.texts("blockquote", "whole")) == whole


def test_further_evidence_is_numbered_on() -> None:
    items = [evidence(article(), QUOTE, "Ana Ruiz", p) for p in (0.9, 0.6, 0.3)]
    page = Page(reply(answered(*items)))
    assert page.texts("span", "number") == [f"Open source [{number}]" for number in (1, 2, 3)]
    # What a sentence that agrees would be worth by itself says nothing of the answer.
    assert page.texts("span", "confidence") == ["Confidence: high (90 %)", "Agrees", "Agrees"]


def test_different_answers_stand_apart_and_the_same_one_together() -> None:
    text = "The minister met Ana Ruiz in Lima. Luis Paz met the minister. Ruiz left on Monday."
    where = article(text)
    items = [
        evidence(where, "The minister met Ana Ruiz in Lima.", "Ana Ruiz", 0.9),
        evidence(where, "Luis Paz met the minister.", "Luis Paz", 0.8),
        evidence(where, "Ruiz left on Monday.", "Ruiz", 0.7),
    ]
    page = Page(reply(answered(*items)))
    assert page.texts("p", "short-answer") == ["Ana Ruiz", "Luis Paz"]
    assert page.texts("h3") == ["The same answer elsewhere", "Another answer"]
    # Numbers are those of the evidence in the JSON.
    assert page.texts("span", "number") == [f"Open source [{number}]" for number in (1, 3, 2)]


def test_a_weekday_gets_its_date_as_a_note_outside_the_quotation() -> None:
    where = article("It rained. They met on Monday in Lima.")
    page = Page(reply(answered(evidence(where, "They met on Monday in Lima.", "Monday"))))
    assert page.texts("p", "date-note") == [
        "Date “Monday” means Monday, 29 November 2021, by the article’s date"
    ]
    assert page.texts("blockquote") == ["They met on Monday in Lima."]
    assert not Page(reply(answered(evidence(article(), QUOTE, "Ana Ruiz")))).texts("p", "date-note")


def test_an_article_without_title_outlet_date_or_link_says_so() -> None:
    bare = article(title="", source="", published=None, url="")
    page = Page(reply(answered(evidence(bare, QUOTE, "Ana Ruiz"))))
    assert page.texts("button") == ["Open source [1] Untitled Outlet not named · undated"]
    assert not page.attributes("a")


@pytest.mark.parametrize("miss", [None, evidence(article(), QUOTE, "Ana Ruiz", 0.2)])
def test_an_abstention_carries_no_citation(miss: Evidence | None) -> None:
    html = reply(Answer("Canada?", (), 0.1, 1.0, 'No article mentions "Canada".', None, miss))
    page = Page(html)
    assert page.texts("p", "short-answer") == ["The archive does not say."]
    assert page.texts("p", "reason") == ['No article mentions "Canada".']
    assert "citation" not in html
    assert "[1]" not in page.shown
    assert not page.texts("mark")
    assert len(page.texts("details", "near-miss")) == (miss is not None)
    if miss:
        assert page.texts("summary") == ["Closest sentence (does not answer)", "Why no answer"]
        assert page.texts("blockquote") == [QUOTE]
        assert "open" not in page.attributes("details")[0]


def test_how_a_question_was_read_is_said() -> None:
    said = replace(answered(evidence(article(), QUOTE, "Ana Ruiz")), interpreted_as="who met <Ana>?")
    assert Page(reply(said)).texts("p", "read-as") == ["Read as: who met <Ana>?"]


@pytest.mark.parametrize(
    ("probability", "said"), [(1.0, "high (100 %)"), (0.0, "low (0 %)"), (0.5, "fair (50 %)")]
)
def test_confidence_is_a_word_and_a_figure(probability: float, said: str) -> None:
    assert confidence(probability) == f"Confidence: {said}"


def test_a_question_is_shown_as_it_was_asked_and_a_long_one_cut() -> None:
    assert Page(turn(" <b>who?</b> ", "")).texts("h2") == ["<b>who?</b>"]
    (shown,) = Page(turn("x" * 100_000, "")).texts("h2")
    assert len(shown) < 500
    assert shown.endswith(" …")


def test_a_notice_is_one_line() -> None:
    assert Page(notice("catalogue.sqlite:\n  <damaged>")).shown == "catalogue.sqlite: <damaged>"


# Hostile articles


@pytest.fixture
def hostile() -> Article:
    return article(
        HOSTILE, id='"><script>', title=HOSTILE, source=HOSTILE, agency=HOSTILE, url='javascript:"><script>'
    )


def test_nothing_of_a_hostile_article_becomes_markup(hostile: Article) -> None:
    item = evidence(hostile, HOSTILE, '<img src=x onerror="window.pwned=1">')
    miss = Answer(HOSTILE, (), 0.0, 1.0, HOSTILE, HOSTILE, item)
    holdings = survey_of(hostile)
    for html in (
        turn(HOSTILE, reply(answered(item))),
        reply(miss),
        notice(HOSTILE),
        panel(hostile, View(item.sentence, item.span, removable=True)),
        welcome(holdings),
    ):
        page = Page(html)
        names = {name for name, _, _ in page.elements}
        assert not names & {"img", "script", "svg", "em", "code", "b", "a"}, names
        assert not any(key.startswith("on") for _, attributes, _ in page.elements for key in attributes)
        assert HOSTILE in page.shown


# The source


def test_the_panel_shows_the_whole_article_with_the_quotation_marked() -> None:
    where = article("It rained.\n\nThe minister met Ana Ruiz in Lima. All went home.\n\nThe end.")
    item = evidence(where, QUOTE, "Ana Ruiz")
    page = Page(panel(where, View(item.sentence, item.span)))
    assert page.texts("p")[1:] == ["It rained.", f"{QUOTE} All went home.", "The end."]
    assert page.texts("mark") == [QUOTE]
    assert page.attributes("mark") == [{"class": "cited", "id": "cited"}]
    assert page.texts("strong") == ["Ana Ruiz"]
    assert page.texts("h2") == ["Talks in Lima"]
    assert page.attributes("button")[0]["aria-label"] == "Close the source"


def test_a_whole_sentence_is_not_made_stronger_in_the_panel() -> None:
    item = evidence(article(), QUOTE, QUOTE)
    assert not Page(panel(item.article, View(item.sentence, item.span))).texts("strong")


def test_a_sentence_over_two_paragraphs_has_one_id() -> None:
    where = article("One and\n\ntwo. Three.")
    page = Page(panel(where, View(Span(0, 13), Span(4, 12))))
    assert page.texts("mark") == ["One and", "two."]
    assert [mark.get("id") for mark in page.attributes("mark")] == ["cited", None]
    assert page.texts("strong") == ["and", "two"]


def test_an_article_opens_without_a_place_too() -> None:
    page = Page(panel(article()))
    assert not page.texts("mark")
    assert not page.texts("strong")


@given(st.text(alphabet=st.sampled_from("ab. \n\r\t\x0b\u2028")))
def test_paragraphs_leave_out_nothing_but_space(text: str) -> None:
    spans = paragraphs(text)
    assert all(span.of(text).strip() for span in spans)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_lines_are_paragraphs_only_where_no_blank_line_parts_them() -> None:
    assert [span.of("a\nb") for span in paragraphs("a\nb")] == ["a", "b"]
    assert [span.of("a\nb\n \nc") for span in paragraphs("a\nb\n \nc")] == ["a\nb", "c"]


# The welcome


def test_the_welcome_says_what_the_archive_holds() -> None:
    held = [article(), article(id="b", source="Yonhap", published=date(2021, 1, 26))]
    shown = Page(welcome(survey_of(*held))).shown
    assert "It holds 2 articles from The Wire and Yonhap, published between 26 January 2021" in shown


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([article()], "It holds 1 article from The Wire, published on 1 December 2021."),
        ([article(source="", published=None)], "It holds 1 article, none of them dated."),
        (
            [article(source=name) for name in "ABCDEA"],
            "It holds 6 articles from 5 outlets, among them A, B, C and D, published on 1 December 2021.",
        ),
    ],
)
def test_what_is_held_in_a_sentence(held: list[Article], said: str) -> None:
    assert said in Page(welcome(survey_of(*held))).shown


def test_example_questions_are_offered_only_with_the_articles_that_answer_them() -> None:
    page = Page(welcome(survey_of(article(title=MILLEY))))
    assert page.texts("button", "example")[0] == "who met Milley?"
    assert len(page.texts("button", "example")) == 3
    assert not page.texts("button", "citation")


def test_another_archive_offers_its_latest_articles_to_open() -> None:
    held = [article(id=str(day), title=f"Day {day}", published=date(2021, 1, day)) for day in range(1, 8)]
    page = Page(welcome(survey_of(*held, article(id="undated", published=None))))
    assert not page.texts("button", "example")
    assert [button["data-article"] for button in page.attributes("button", "citation")] == ["7", "6", "5"]


def test_names_that_several_titles_have_are_offered_to_ask_about() -> None:
    titles = [
        *(f"How Liz Truss lost in week {week}" for week in range(4)),
        *(f"Why voters like Rishi Sunak in week {week}" for week in range(3)),
        *(f"Everything In Titles Is Big Here {week}" for week in range(5)),
        "The end of Boris Johnson",
    ]
    held = [article(id=str(at), title=title) for at, title in enumerate(titles)]
    page = Page(welcome(survey_of(*held)))
    assert page.texts("button", "example") == ["What do you know about Liz Truss?", "Latest on Rishi Sunak"]
    assert len(page.texts("button", "citation")) == 3


def test_a_name_is_offered_as_sentences_write_it() -> None:
    text = "The mayor called the White House. Nobody at the White House answered him, he said on Monday."
    held = [
        article(text, id=str(at), title=f"Why mayors call White House in week {at}", path=str(at))
        for at in range(3)
    ]
    page = Page(welcome(survey_of(*held)))
    assert page.texts("button", "example") == ["What do you know about the White House?"]


def test_an_empty_archive_is_called_empty() -> None:
    page = Page(welcome(Holdings(0, (), None, None, (), ())))
    assert page.texts("h2") == ["The archive is empty."]
    assert not page.texts("button")
