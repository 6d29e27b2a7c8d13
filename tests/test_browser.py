"""The chat as a reader meets it, driven in a real browser over the seeds and over a hostile article."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_server import ATTACK, HOSTILE, TESTS
from playwright.sync_api import Browser, expect
from visits import MadeChat, Visit, a_chat, assert_cited_in_view, needs_browser

pytestmark = [pytest.mark.browser, needs_browser]

QUOTE = (
    "On Wednesday, Milley met with General In-Choul Won, South Korea's Chairman of Joint Chiefs of Staff,"
    " according to joint statement."
)
# WCAG 2's contrast of each element's own text with the ground behind it: the smallest, and where it is.
CONTRAST = """
() => {
  const linear = (c) => (c / 255 <= .03928 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(element).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const ratio = (element) => {
    const both = [light(channels(getComputedStyle(element).color)), light(ground(element))];
    return (Math.max(...both) + .05) / (Math.min(...both) + .05);
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("#masthead *, #log *, #source *, #composer *")]
    .filter((element) => element.checkVisibility() && own(element))
    .map((element) => [ratio(element), element.className || element.tagName])
    .sort((x, y) => x[0] - y[0])[0];
}
"""


@pytest.fixture(scope="module")
def seeds_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The chat over the seeds with everything real."""
    home = tmp_path_factory.mktemp("browser")
    command: list[str | Path] = [
        TESTS.parent / "app.py",
        "--archive",
        home / "seeds",
        "--port",
        "0",
        "--no-browser",
    ]
    with a_chat(command, home) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, seeds_chat: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The seeds' chat, in the window a test asks for; it must end without console errors or strangers."""
    visited = Visit(browser, seeds_chat, **getattr(request, "param", {}))
    yield visited
    visited.close()


@pytest.fixture
def hostile(browser: Browser, made_chat: MadeChat) -> Iterator[Visit]:
    visited = Visit(browser, made_chat.address)
    yield visited
    visited.close()


def test_who_met_milley(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="who met Milley?").click()
    turn = page.locator(".turn")
    expect(turn.locator("h2")).to_have_text("who met Milley?")
    expect(turn.locator("blockquote").first).to_have_text(QUOTE)
    expect(page.get_by_role("log")).to_contain_text("Reuters · 1 December 2021")
    page.get_by_role(
        "button", name=re.compile(r"^Open source \[1\] U\.S\. military leaders .*Reuters")
    ).click()
    assert_cited_in_view(page, QUOTE)
    source = page.get_by_role("complementary")
    expect(source).to_contain_text("U.S. Secretary of Defense Lloyd Austin")
    expect(source).to_contain_text("attend ceremonial events.")
    page.get_by_role("button", name="Close the source").click()
    expect(source).to_have_count(0)


@pytest.mark.parametrize("visit", [{"viewport": {"width": 1280, "height": 400}}], indirect=True, ids=["low"])
def test_a_citation_leads_back_to_its_place(visit: Visit) -> None:
    page = visit.page
    visit.ask("who met Milley?")
    citation = page.locator(".citation").first
    citation.click()
    assert_cited_in_view(page, QUOTE)
    page.locator(".source-text").evaluate("text => { text.scrollTop = 0 }")
    expect(page.locator("#cited")).not_to_be_in_viewport()
    citation.click()
    assert_cited_in_view(page, QUOTE)
    page.keyboard.press("Escape")
    citation.click()
    assert_cited_in_view(page, QUOTE)


def test_an_abstention_has_a_reason_and_no_citation(visit: Visit) -> None:
    page = visit.page
    visit.ask("Who is the prime minister of Canada?")
    turn = page.locator(".turn")
    expect(turn.locator(".short-answer")).to_have_text("The archive does not say.")
    expect(turn.locator(".reason")).to_contain_text("Canada")
    expect(turn.locator(".citation, mark, .evidence")).to_have_count(0)
    expect(turn.locator("details[open]")).to_have_count(0)


def test_the_next_question_comes_beneath_and_into_view(visit: Visit) -> None:
    page = visit.page
    for question in ("who met Milley?", "Why were military drills cancelled?", "asdf qwer"):
        visit.ask(question)
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn").last.locator("h2")).to_be_in_viewport()
    expect(page.locator(".welcome")).to_have_count(0)
    expect(page.get_by_label("Question")).to_have_value("")


def test_odd_questions_get_fitting_replies(visit: Visit) -> None:
    page = visit.page
    visit.ask("x" * 100_000)
    expect(page.locator(".notice").last).to_contain_text("at most 2,000")
    visit.ask(ATTACK)
    expect(page.locator(".turn h2").last).to_have_text(ATTACK)
    visit.ask("   ")
    expect(page.locator(".turn").last).to_have_text("Type a question first.")
    visit.page.get_by_label("Question").fill("who met Milley?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".turn").last).to_contain_text("In-Choul Won")
    expect(page.locator(".turn")).to_have_count(3)
    assert page.evaluate("window.pwned") is None


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    for name in ("Library", "Conversations", "New conversation", "who met Milley?"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".citation")).to_be_visible()
    expect(page.get_by_label("Question")).to_be_focused()
    for _ in ("wrong", "right", "why", "citation"):
        page.keyboard.press("Shift+Tab")
    expect(page.locator(".citation").last).to_be_focused()
    outline = page.locator(".citation").last.evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    assert_cited_in_view(page, QUOTE)
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)
    expect(page.locator(".citation").last).to_be_focused()


@pytest.mark.parametrize(
    "visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=str
)
def test_text_is_legible(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate(CONTRAST)[0] >= 4.5
    visit.ask("Who is the prime minister of Canada?")
    visit.ask("who met Milley?")
    for fold in page.locator("summary").all():
        fold.click()
    page.locator(".citation").first.click()
    assert_cited_in_view(page, QUOTE)
    ratio, where = page.evaluate(CONTRAST)
    assert ratio >= 4.5, where
    dark = page.evaluate("document.body.classList.contains('dark')")
    assert dark == page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


@pytest.mark.parametrize("visit", [{"viewport": {"width": 360, "height": 740}}], indirect=True, ids=["phone"])
def test_a_phone_shows_everything_in_its_width(visit: Visit) -> None:
    page = visit.page
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(overflow) <= 0
    visit.ask("who met Milley?")
    expect(page.get_by_label("Question")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Wrong: the answer").click()
    assert page.evaluate(overflow) <= 0
    page.locator(".citation").first.click()
    assert_cited_in_view(page, QUOTE)
    assert page.evaluate(overflow) <= 0
    sheet = page.locator(".source").bounding_box()
    assert sheet
    assert (sheet["x"], sheet["width"], sheet["y"] + sheet["height"]) == (0, 360, 740)


def test_nothing_of_gradio_s_own_is_shown(visit: Visit) -> None:
    page = visit.page
    assert page.title() == "Citewire"
    expect(page.locator("footer")).to_be_hidden()
    assert "Gradio" not in page.inner_text("body")
    assert "share" not in page.inner_text("body").lower()


def test_a_hostile_article_shows_as_text_and_does_nothing(hostile: Visit) -> None:
    page = hostile.page
    hostile.ask("Who is Hostile?")
    paragraph = HOSTILE.text.split("\n\n")[1]
    assert page.locator(".quotation").text_content() == paragraph
    assert page.locator(".cited-title").text_content() == HOSTILE.title
    page.locator(".citation").click()
    expect(page.locator("#source-title")).to_have_text(HOSTILE.title)
    assert page.locator("#cited").text_content() == paragraph
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(
        page.locator("#log img, #log svg:not(.thumbs *), #log a, #source img, #source svg, #source a")
    ).to_have_count(0)
    assert page.evaluate("window.pwned") is None


def test_the_browser_refuses_to_call_out(hostile: Visit) -> None:
    refused = hostile.page.evaluate("fetch('http://192.0.2.1/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    assert all("192.0.2.1" in text for text in hostile.trouble)
    hostile.trouble.clear()
    hostile.asked.clear()


def test_a_follow_up_says_how_it_was_read_and_can_be_undone(visit: Visit) -> None:
    page = visit.page
    visit.ask("who met Milley?")
    visit.ask("when?")
    turn = page.locator(".turn").nth(1)
    expect(turn.locator(".read-as")).to_contain_text("Milley?")
    expect(turn.locator(".short-answer")).to_have_text("Wednesday")
    visit.reload()  # what was said is kept with the turns
    expect(page.locator(".turn")).to_have_count(2)
    visit.ask("where?")
    expect(page.locator(".turn").last.locator(".read-as")).to_contain_text("Milley")
    page.locator(".turn").nth(1).get_by_role("button", name="Ask it as typed").click()
    expect(page.locator(".turn")).to_have_count(4)
    expect(page.locator(".turn").last.locator("h2")).to_have_text("when?")
    expect(page.locator(".turn").last.locator(".waiting, .read-as")).to_have_count(0)


def test_why_is_looked_up_when_it_is_unfolded(visit: Visit) -> None:
    page = visit.page
    visit.ask("who met Milley?")
    page.get_by_text("Why this answer").click()
    expect(page.locator(".why-body > p")).to_contain_text("sure to answer")
    expect(page.locator(".why-body q").first).to_have_text(QUOTE)
    page.locator(".why-body .opener").first.click()
    assert_cited_in_view(page, QUOTE)


def test_an_overview_is_no_answer(visit: Visit) -> None:
    page = visit.page
    visit.ask("what do you know about Milley?")
    turn = page.locator(".turn")
    expect(turn.locator(".message")).to_have_text("1 article on “Milley”.")
    expect(turn).not_to_contain_text("does not say")
    expect(turn.locator(".number, .verdict, mark")).to_have_count(0)
    turn.locator(".citation").click()
    expect(page.locator("#cited")).to_be_in_viewport()


@pytest.mark.skipif("CITEWIRE_SCREENSHOTS" not in os.environ, reason="CITEWIRE_SCREENSHOTS names no folder")
@pytest.mark.parametrize(
    ("name", "visit"),
    [
        ("light", {"viewport": {"width": 1280, "height": 800}}),
        ("dark", {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}),
        ("phone", {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}),
    ],
    indirect=["visit"],
    ids=["light", "dark", "phone"],
)
def test_screenshots(visit: Visit, name: str) -> None:
    """The pictures of the README: the question of the tour, its answer, its source."""
    page, folder = visit.page, Path(os.environ["CITEWIRE_SCREENSHOTS"])
    visit.ask("who met Milley?")
    page.locator(".citation").first.click()
    assert_cited_in_view(page, QUOTE)
    page.screenshot(path=folder / f"screenshot-{name}.png")
