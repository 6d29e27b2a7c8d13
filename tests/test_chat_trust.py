"""What stands beside quotations, in the page and in what is taken away: notes, sides, days, reasons, talk."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from chat_server import FIRE, ask_keywords, fire_articles
from fakes import an_article, put
from made_files import column, make_pdf
from test_chat_render import HOSTILE, QUOTE, Page, answered, article, evidence

from chat import trust, uploads, why
from chat.conversation import Conversation
from chat.export import Format, export
from chat.library import panel as library_panel
from chat.render import reply
from chat.source import View, panel
from chat.turns import Seals, Turn
from chat.uploads import Uploads
from index.archive import Archive
from index.errors import UsageError
from index.network import Fetched, Network
from qa.answer import Answer, Evidence, ReplyKind
from qa.answering import ask
from qa.explanation import Explanation, Input, SentenceTrace
from qa.rendering import answer_text, to_json
from qa.turn import Turn as Said

DAY = date(2026, 11, 27)
SAID = "“It rained in Lima,” the mayor said."


@pytest.fixture
def talk(archive: Archive) -> Conversation:
    put(archive, an_article(1), an_article(2), *fire_articles())
    return Conversation(archive, ask_keywords)


# Follow-ups


def test_a_question_goes_with_those_before_it(talk: Conversation) -> None:
    first = talk.turn("Who lives in Town1?")
    second = talk.turn("And Town2?", [first])
    page = Page(second.html)
    assert page.texts("p", "read-as") == ["Read as: Who lives in Town2? Ask it as typed"]
    assert page.attributes("button", "as-typed")[0]["data-question"] == "And Town2?"
    typed = talk.turn("And Town2?", [first, second], follow_up=False)
    assert "Read as" not in typed.html


def test_what_was_said_is_sealed_with_its_turn(talk: Conversation) -> None:
    turn = talk.turn("Who lives in Town1?")
    assert turn.said is not None
    assert (turn.said.question, turn.said.answers, turn.said.articles[0]) == (
        "Who lives in Town1?", ("Town1",), "a1",
    )  # fmt: skip
    assert talk.seals.open(json.loads(json.dumps(talk.seals.seal(turn)))) == turn


def test_turns_that_earlier_versions_kept_still_open() -> None:
    seals = Seals(b"key")
    kept = seals.seal(Turn("who?", "<p>", said=Said("who?", "who?")))
    body = json.dumps({name: value for name, value in json.loads(kept["body"]).items() if name != "said"})
    assert seals.open({"body": body, "seal": seals._of(body)}) == Turn("who?", "<p>")


def test_what_may_be_misread_is_escaped() -> None:
    typed = f"{HOSTILE} then?"
    html = reply(replace(answered(piece()), question=typed, read_as=HOSTILE, interpreted_as=HOSTILE))
    page = Page(html)
    assert HOSTILE in page.texts("p", "read-as")[0]
    assert page.attributes("button", "as-typed")[0]["data-question"] == typed


# Talk and overviews


def test_an_overview_quotes_without_numbers() -> None:
    told = Answer(
        "Lima",
        (),
        0.0,
        1.0,
        "m",
        kind=ReplyKind.OVERVIEW,
        message=f"1 article on {HOSTILE}",
        overview=(piece(),),
    )
    page = Page(reply(told))
    assert page.texts("p", "message") == [f"1 article on {HOSTILE}"]
    assert page.texts("blockquote") == [QUOTE]
    assert "data-number" not in page.attributes("button", "citation")[0]
    assert "does not say" not in page.shown
    assert "Confidence" not in page.shown


def test_small_talk_is_answered_and_not_judged(archive: Archive) -> None:
    put(archive, an_article(1))
    turn = Conversation(archive, ask).turn("hello")
    assert "does not say" not in turn.html
    assert "verdict" not in turn.html
    assert turn.said is None
    assert turn.answer
    assert turn.answer["message"] in Page(turn.html).shown


# Notes, sides and days


def piece() -> Evidence:
    return evidence(article(), QUOTE, "Ana Ruiz")


def test_notes_stand_beside_a_quotation_and_never_in_it() -> None:
    said = evidence(article(f"{SAID} All went home."), SAID, "rained")
    page = Page(reply(answered(said)))
    assert page.texts("ul", "notes") == ["Says so the mayor"]
    assert page.texts("blockquote") == [SAID]
    assert trust.notes(piece()) == ""


def test_one_article_supports_in_silence() -> None:
    assert "support" not in reply(answered(piece()))
    other = evidence(article(id="two", source="Courier", text=f"So it was. {QUOTE}"), QUOTE, "Ana Ruiz")
    assert (
        Page(reply(answered(piece(), other))).texts("p", "support")[0].startswith("In 2 articles, 2 outlets")
    )


def test_sides_that_differ_and_days_open_at_their_places(talk: Conversation) -> None:
    page = Page(talk.turn(FIRE).html)
    assert page.texts("p", "side-answer") == ["12", "14", "15"]
    assert page.texts("p", "when") == ["the answer above", "later report", "later report"]
    openers = page.attributes("button", "opener")
    assert [opener["data-article"] for opener in openers] == ["a700", "a701", "a702"] * 2
    assert all("data-number" not in opener for opener in openers)
    assert len(page.texts("li", "report")) == 3
    source = talk.source({"article": "a701", "start": 25, "end": 27, "quoteStart": 0, "quoteEnd": 36})
    assert 'id="cited"' in source


def test_many_articles_of_a_side_are_folded() -> None:
    html = trust._openers([piece()] * 5)
    page = Page(html)
    assert page.texts("summary") == ["2 more"]
    assert len(page.texts("li")) == 5


def test_a_reading_that_is_what_was_typed_is_not_told() -> None:
    same = replace(answered(piece()), question="who  met him", read_as="x", interpreted_as="Who met him?")
    assert 'class="read-as"' not in reply(same)
    assert "Read as" not in answer_text(same)
    other = replace(same, interpreted_as="Who met Austin?")
    assert Page(reply(other)).texts("p", "read-as")[0].startswith("Read as: Who met Austin?")
    assert answer_text(other).startswith("Read as: Who met Austin?")


# Why


def explained(answer: Answer) -> Explanation:
    trace = SentenceTrace(replace(piece(), confidence=0.25), None, (), 0.0, {}, HOSTILE)
    return Explanation(answer, (), (trace,), (Input("words", 1.0, -2.0),), 0.0, 0.5)


def test_why_is_told_only_when_asked_for(talk: Conversation) -> None:
    turn = talk.turn("Who lives in Town1?")
    assert Page(turn.html).texts("summary") == ["Why this answer"]
    assert "Sentences judged" not in turn.html
    assert "nothing here to explain" in talk.why(None)
    assert "nothing here to explain" in talk.why([talk.seals.seal(Turn("who?", "<p>"))])


def test_why_names_sentences_and_what_weighed() -> None:
    page = Page(why.panel(explained(Answer("who?", (), 0.25, 1.0, "Nobody says."))))
    assert page.shown.startswith(
        "Nobody says. The best of 1 sentences is 25 % sure to answer; 50 % are needed."
    )
    assert page.texts("q") == [QUOTE]
    assert page.texts("span", "fate") == [HOSTILE]
    assert "\N{MINUS SIGN}2.0 words and meaning of the sentence" in page.shown


# Pages


def test_pages_stand_in_citation_source_and_copies() -> None:
    paged = evidence(article(pages=(0, 5, 20)), QUOTE, "Ana Ruiz")
    assert "pages 2–3" in Page(reply(answered(paged))).texts("button", "citation")[0]
    source = Page(panel(paged.article, View(paged.sentence, paged.span)))
    assert source.texts("header", "source-head")[0].endswith("pages 2–3 Live page ↗×")
    assert "pages 2–3" in source.attributes("button", "copy")[0]["data-copy"]
    assert "page" not in Page(reply(answered(piece()))).texts("span", "byline")[0]


# Exports


@pytest.mark.parametrize("form", Format)
def test_what_is_taken_away_has_pages_notes_and_sides(form: Format, talk: Conversation) -> None:
    paged = evidence(article(f"{SAID} All went home.", pages=(0, 50)), SAID, "rained")
    turn = Turn("what?", "", to_json(answered(paged)))
    text = export([turn, talk.turn(FIRE)], form, DAY).text
    expected = ('"page": 1', '"disagreement"') if form is Format.JSON else ("page 1", "says so: the mayor")
    assert all(words in text for words in expected)
    assert "2024-05-11" in text
    assert "<img" not in text.replace(r"\<img", "") or form is Format.JSON


def test_an_overview_is_taken_away_as_told() -> None:
    told = Answer("Lima", (), 0.0, 1.0, kind=ReplyKind.OVERVIEW, message="1 article.", overview=(piece(),))
    for form in (Format.MARKDOWN, Format.HTML):
        text = export([Turn("Lima", "", to_json(told))], form, DAY).text
        assert "1 article." in text
        assert "Ana Ruiz" in text
        assert "does not say" not in text


# Documents and addresses


def finished(adding: Uploads) -> uploads.Progress:
    import time

    for _ in range(400):
        if not adding.progress.running:
            return adding.progress
        time.sleep(0.02)
    raise TimeoutError


def test_pdf_and_word_files_are_added(archive: Archive, tmp_path: Path) -> None:
    prose = "The harbour of Quayville opened on Monday.\nIts ships can come in, the mayor said.\n" * 3
    make_pdf(tmp_path / "harbour.pdf", [column(prose)])
    adding = Uploads(archive, tmp_path)
    adding.add([tmp_path / "harbour.pdf"])
    (report,) = finished(adding).reports
    assert report.failures == ()
    (kept,) = archive.articles()
    assert (kept.path, kept.page_of(0)) == ("harbour.pdf", 1)


class Web(Network):
    """A network that has one page."""

    def fetch(self, url: str) -> Fetched:
        prose = "".join(
            f"<p>The harbour of Quayville opened on Monday {n}, the mayor said.</p>" for n in range(9)
        )
        page = (
            f"<html><head><title>Harbour opens</title></head><body><article>{prose}</article></body></html>"
        )
        return Fetched(url, page.encode(), "text/html", "utf-8")


def test_a_page_is_added_by_its_address_only_over_a_network(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--allow-network"):
        Uploads(archive, tmp_path).add_address("https://news.example/1")
    adding = Uploads(archive, tmp_path, Web())
    for address in ("", "news", "file:///etc/passwd", "javascript:alert(1)", "https://x/" + "x" * 3_000):
        with pytest.raises(UsageError, match="https://"):
            adding.add_address(address)
    adding.add_address(" https://news.example/1 ")
    (report,) = finished(adding).reports
    assert report.failures == ()
    assert [kept.url for kept in archive.articles()] == ["https://news.example/1"]


def test_the_library_offers_addresses_only_where_it_may_fetch() -> None:
    shown = {"uploads": True, "formats": [".pdf"], "most_megabytes": 1}
    assert "by-address" not in library_panel([], **shown)  # type: ignore[arg-type]
    assert "by-address" in library_panel([], addresses=True, **shown)  # type: ignore[arg-type]
