"""What a reader does beside asking: sources stepped through and copied, the library, conversations kept."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_server import FIRE, TESTS
from made_files import column, make_docx, make_pdf
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from visits import MadeChat, Visit, assert_cited_in_view, needs_browser

from eval.gold import read_questions

pytestmark = [pytest.mark.browser, needs_browser]

AXE = Path(os.environ.get("CITEWIRE_AXE", TESTS.parent / "node_modules" / "axe-core" / "axe.min.js"))
HARBOUR = b"Harbour opens\n\nQuayville has had a harbour since Monday. Its ships can now come in.\n"
QUESTION = "Who lives in Town7?"
VIEWS = [
    pytest.param({"color_scheme": "light"}, id="light"),
    pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.slow),
    pytest.param({"viewport": {"width": 360, "height": 740}}, id="phone", marks=pytest.mark.slow),
]
PAINTED_MS = 3_000  # 300 on a machine that does nothing else; a busy one is no failure


@pytest.fixture
def home(made_chat: MadeChat) -> Path:
    return made_chat.home


@pytest.fixture
def visit(browser: Browser, made_chat: MadeChat, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visited = Visit(browser, made_chat.address, **getattr(request, "param", {}))
    yield visited
    visited.close()


def library(page: Page) -> Locator:
    page.get_by_role("button", name="Library", exact=True).click()
    drawer = page.get_by_role("complementary", name="Library")
    expect(drawer.locator(".found")).to_contain_text("article")
    return drawer


def conversations(page: Page) -> Locator:
    page.get_by_role("button", name="Conversations", exact=True).click()
    return page.get_by_role("complementary", name="Conversations")


# Sources


def test_a_source_marks_the_other_citations_and_steps_to_them(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    page.locator(".citation").first.click()
    source = page.get_by_role("complementary")
    expect(source.locator("#cited")).to_have_text(re.compile("^The mayor of Town7 opened bridge"))
    expect(source.locator(".also")).to_have_text("Residents of Town7 had waited 17 years for it.")
    expect(source.get_by_role("button", name="Previous citation")).to_be_disabled()
    source.get_by_role("button", name="Next citation").click()
    expect(source.locator("#cited")).to_have_text("Residents of Town7 had waited 17 years for it.")
    expect(page.locator(".citation").nth(1)).to_have_attribute("aria-current", "true")
    source.locator(".also").click()
    expect(source.locator("#cited")).to_have_text(re.compile("^The mayor"))
    page.keyboard.press("Escape")
    expect(source).to_have_count(0)
    expect(page.locator(".citation").first).to_be_focused()


def test_a_quotation_is_copied_with_its_reference(visit: Visit) -> None:
    page = visit.page
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(QUESTION)
    page.locator(".citation").first.click()
    for name, start in (("Plain text", "“The mayor"), ("BibTeX", "@misc{"), ("CSL-JSON", "[\n  {")):
        page.get_by_text("Copy quotation").click()
        page.get_by_role("button", name=name).click()
        expect(page.locator(".copied")).to_have_text(f"Copied as {name}.")
        assert page.evaluate("navigator.clipboard.readText()").startswith(start)


# What articles say otherwise


@pytest.mark.parametrize("visit", VIEWS, indirect=True)
def test_articles_that_differ_stand_side_by_side(visit: Visit) -> None:
    page = visit.page
    visit.ask(FIRE)
    sides = page.locator(".side")
    expect(sides.locator(".side-answer")).to_have_text(["12", "14", "15"])
    boxes = [box for side in sides.all() if (box := side.bounding_box())]
    wide = page.evaluate("innerWidth") > 600
    assert (boxes[0]["y"] == boxes[1]["y"]) == wide
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    sides.nth(1).locator(".opener").click()
    expect(page.locator("#cited")).to_have_text("The Oostakker fire killed 14 people.")
    page.keyboard.press("Escape")
    expect(sides.nth(1).locator(".opener")).to_be_focused()
    page.get_by_text("As it was reported").click()
    expect(page.locator(".report time")).to_have_text(["9 May 2024", "11 May 2024", "11 May 2024"])
    assert not AXE.exists() or serious(page) == []
    assert page.evaluate("window.pwned") is None


# The library


def test_articles_are_leafed_through_searched_and_opened(visit: Visit) -> None:
    page = visit.page
    drawer = library(page)
    expect(drawer.locator(".found")).to_have_text("64 articles, 1 to 25")
    drawer.get_by_role("button", name="Earlier articles").click()
    expect(drawer.locator(".found")).to_have_text("64 articles, 26 to 50")
    drawer.get_by_label("Search the articles").fill("mayor Town12")
    expect(drawer.locator(".found")).to_have_text("1 article")
    drawer.locator(".entry").click()
    expect(page.locator("#source-title")).to_have_text("Bridge of Town12 opens")
    assert_cited_in_view(page, "mayor")
    expect(page.locator(".source mark").nth(1)).to_have_text("Town12")
    expect(page.get_by_text("Copy quotation")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(drawer.locator(".entry")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)
    expect(page.get_by_role("button", name="Library", exact=True)).to_be_focused()


def test_an_outlet_is_found_among_many(visit: Visit) -> None:
    page = visit.page
    drawer = library(page)
    drawer.get_by_text("Outlets").click()
    outlets = drawer.locator(".outlets li:not([hidden])")
    expect(outlets).to_have_count(6)
    drawer.get_by_label("The Example").check()
    drawer.get_by_label("Find an outlet").fill("oth")
    expect(outlets.locator("span:first-of-type")).to_have_text(["The Example", "The Other"])
    expect(drawer.locator(".found")).to_have_text("30 articles, 1 to 25")
    drawer.get_by_label("Find an outlet").fill("nobody")
    expect(drawer.locator(".no-outlet")).to_have_text("No outlet is called that.")
    drawer.get_by_role("button", name="Show all").click()
    expect(outlets).to_have_count(6)
    expect(drawer.locator(".found")).to_have_text("64 articles, 1 to 25")


@pytest.mark.parametrize("visit", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_what_can_be_done_with_a_source_fits_on_one_line_of_a_phone(visit: Visit) -> None:
    page = visit.page
    visit.ask("Who had waited 70?")
    page.locator(".citation").first.click()
    foot = page.locator(".source-foot > .menu")
    expect(foot).to_have_text([re.compile("^Copy"), re.compile("^Outlet"), re.compile("^Remove")])
    assert len({box["y"] for menu in foot.all() if (box := menu.bounding_box())}) == 1


@pytest.mark.parametrize("visit", VIEWS, indirect=True)
def test_outlet_and_day_are_corrected_and_taken_back(visit: Visit) -> None:
    page = visit.page
    drawer = library(page)
    drawer.get_by_label("Search the articles").fill("mayor Town22")
    expect(drawer.locator(".found")).to_have_text("1 article")
    before = drawer.locator(".entry .byline").inner_text()
    drawer.locator(".entry").click()
    page.get_by_text("Outlet, day").click()
    form = page.locator("form.correct")
    assert not AXE.exists() or serious(page) == []
    form.get_by_label("Outlet").fill("<b>The Gazette</b>")
    form.get_by_label("Published").fill("2021-03-04")
    form.get_by_role("button", name="Save").click()
    corrected = "<b>The Gazette</b> · 4 March 2021"
    expect(page.locator(".source-head .byline")).to_contain_text(corrected)
    expect(drawer.locator(".entry .byline")).to_have_text(corrected)
    page.get_by_text("Outlet, day").click()
    expect(form).to_contain_text("The file says: The Example")
    form.get_by_role("button", name="Go back to that").click()
    expect(drawer.locator(".entry .byline")).to_have_text(before)


def test_the_page_keeps_its_buttons_between_library_and_source(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 1440, "height": 900})
    library(page).locator(".entry").first.click()
    expect(page.locator("#source-title")).to_be_visible()
    source = page.locator("#source .source").bounding_box()
    button = page.get_by_role("button", name="New conversation").first.bounding_box()
    assert source
    assert button
    assert button["x"] + button["width"] <= source["x"]


def test_questions_are_asked_within_a_selection(visit: Visit) -> None:
    page = visit.page
    drawer = library(page)
    drawer.get_by_text("Outlets").click()
    drawer.get_by_label("The Other").check()
    expect(drawer.locator(".found")).to_have_text("30 articles, 1 to 25")
    drawer.get_by_role("button", name="Ask only these").click()
    expect(page.locator(".scope-text")).to_have_text("Asking only The Other")
    visit.ask("Who lives in Town8?")
    expect(page.locator(".turn .none").first).to_have_text("The archive does not say.")
    page.get_by_role("button", name="Ask everything again").click()
    visit.ask("Who lives in Town8?")
    expect(page.locator(".turn").last.locator(".byline").first).to_contain_text("The Example")


def test_a_selection_needs_outlets_or_days_and_outlives_a_reload(visit: Visit) -> None:
    page = visit.page
    drawer = library(page)
    only, hint = drawer.get_by_role("button", name="Ask only these"), drawer.locator(".scope-hint")
    drawer.get_by_label("Search the articles").fill("bridge")
    expect(only).to_be_disabled()
    expect(hint).to_contain_text("Choose an outlet or days")
    drawer.get_by_label("From").fill("2024-01-20")
    expect(only).to_be_enabled()
    expect(hint).to_contain_text("the words only narrow this list")
    only.click()
    page.keyboard.press("Escape")
    visit.reload()
    expect(page.locator(".scope-text")).to_have_text("Asking only from 2024-01-20")
    visit.ask("Who lives in Town1?")
    expect(page.locator(".selection")).to_contain_text("Asked only of articles dated from 20 January 2024")
    expect(page.locator(".turn .none").first).to_have_text("The archive does not say.")
    page.get_by_role("button", name="Ask everything again").click()
    visit.reload()
    expect(page.locator(".turn")).to_have_count(1)  # it is back, so the next one comes after it
    expect(page.locator(".scope-chip")).to_be_hidden()
    visit.ask("Who lives in Town1?")
    expect(page.locator(".turn").last.locator(".selection")).to_have_count(0)


@pytest.mark.parametrize(
    "visit", [{"viewport": {"width": 1280, "height": 800}}], indirect=True, ids=["laptop"]
)
def test_the_library_covers_nothing_of_the_conversation(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    drawer = library(page)
    beside, turn = drawer.bounding_box(), page.locator(".turn .quotation").first.bounding_box()
    assert beside
    assert turn
    assert beside["x"] + beside["width"] <= turn["x"]
    assert turn["x"] + turn["width"] <= 1280


def test_an_outlet_that_is_chosen_can_be_seen_to_be(visit: Visit) -> None:
    drawer = library(visit.page)
    drawer.locator(".outlets summary").click()
    box = drawer.get_by_label("The Other")
    visit.page.mouse.move(0, 0)
    empty = box.screenshot()
    box.check()
    visit.page.mouse.move(0, 0)
    ticked = box.screenshot()
    assert ticked != empty
    assert box.evaluate("box => getComputedStyle(box).appearance") == "auto"


def test_what_was_added_before_the_library_was_opened_is_not_told_again(visit: Visit) -> None:
    page = visit.page
    drawer = library(page)
    empty: FilePayload = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b" "}
    drawer.locator("input[type=file]").set_input_files([empty])
    expect(drawer.get_by_role("status")).to_contain_text("Done: all of it can be asked.")
    page.keyboard.press("Escape")
    drawer = library(page)
    expect(drawer.locator(".found")).to_be_visible()
    page.wait_for_timeout(500)
    expect(drawer.get_by_role("status")).to_have_text("")


def test_a_question_typed_while_another_is_answered_is_asked_next(visit: Visit) -> None:
    page = visit.page
    box = page.get_by_label("Question")
    for town in (7, 8, 9):
        box.fill(f"Who lives in Town{town}?")
        page.keyboard.press("Enter")
        expect(page.locator(".turn")).to_have_count(town - 6)
    expect(page.locator(".turn h2")).to_have_text([f"Who lives in Town{town}?" for town in (7, 8, 9)])
    expect(page.locator(".turn .waiting")).to_have_count(0)
    expect(page.locator(".turn .short-answer")).to_have_text(["Town7", "Town8", "Town9"])
    expect(box).to_have_value("")


def test_the_second_of_two_quick_questions_is_not_lost(visit: Visit) -> None:
    page = visit.page
    box = page.get_by_label("Question")
    box.fill("Who lives in Town7?")
    page.keyboard.press("Enter")
    expect(box).to_have_value("")  # nobody types over a question faster than the page takes it
    box.fill("Who lives in Town8?")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .short-answer")).to_have_text(["Town7", "Town8"])
    page.wait_for_timeout(1_500)
    expect(page.locator(".turn")).to_have_count(2)


def test_files_are_added_removed_and_put_back(visit: Visit, home: Path) -> None:
    page = visit.page
    drawer = library(page)
    name = "<img src=x onerror=window.pwned=1>.txt"
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": HARBOUR},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b" "},
    ]
    expect(drawer.locator("input[type=url]")).to_have_count(0)
    drawer.locator("input[type=file]").set_input_files(files)
    report = drawer.get_by_role("status")
    expect(report).to_contain_text("1 added")
    expect(report).to_contain_text("the file is empty")
    expect(report).to_contain_text("Done: all of it can be asked.")
    expect(page.locator("#status")).to_have_text("65 articles")
    assert not [file for file in (home / "gradio").rglob("*") if file.is_file()]
    visit.ask("What is in Quayville?")
    page.locator(".citation").first.click()
    page.get_by_text("Remove …").click()
    page.get_by_role("button", name="Remove the article").click()
    expect(page.locator("#source-title")).to_have_text("Removed")
    expect(page.locator("#status")).to_have_text("64 articles")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#source-title")).not_to_have_text("Removed")
    expect(page.locator("#status")).to_have_text("65 articles")
    page.get_by_text("Remove …").click()
    page.get_by_role("button", name="Remove the article").click()
    expect(page.locator("#status")).to_have_text("64 articles")
    page.keyboard.press("Escape")
    page.locator(".citation").first.click()
    expect(page.locator(".source-text")).to_contain_text("not in the archive any more")
    assert page.evaluate("window.pwned") is None


def test_a_file_that_is_too_large_is_not_sent(visit: Visit, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 51_000_000)
    drawer = library(visit.page)
    drawer.locator("input[type=file]").set_input_files(large)
    expect(drawer.get_by_role("status")).to_have_text("Too large: large.txt")


def test_a_pdf_and_a_word_file_are_added(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    prose = "Ferries sail to Isleton again since Monday.\nThe port said so in the morning.\n" * 3
    pdf = make_pdf(tmp_path / "ferries.pdf", [column(prose)])
    told = "The trams of the city reach Hilton again since Monday, the mayor said in the morning."
    word = make_docx(tmp_path / "trams.docx", f"<w:p><w:r><w:t>{told}</w:t></w:r></w:p>" * 3)
    drawer = library(page)
    drawer.locator("input[type=file]").set_input_files([pdf, word])
    report = drawer.get_by_role("status")
    expect(report).to_contain_text("Done: all of it can be asked.")
    expect(report.locator("li")).to_have_text(["ferries.pdf: 1 added", "trams.docx: 1 added"])
    visit.ask("Where is Isleton?")
    expect(page.locator(".citation .page-number").first).to_have_text("page 1")
    for place in ("Isleton", "Hilton"):
        drawer.get_by_label("Search the articles").fill(place)
        expect(drawer.locator(".found")).to_have_text("1 article")
        drawer.locator(".entry").click()
        page.get_by_text("Remove …").click()
        page.get_by_role("button", name="Remove the article").click()
        expect(page.locator("#source-title")).to_have_text("Removed")
        page.keyboard.press("Escape")


# Conversations


def test_a_conversation_outlives_a_reload_and_another_one(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    visit.ask("Who lives in Town9?")
    visit.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn h2").first).to_have_text(QUESTION)
    page.locator(".citation").first.click()
    expect(page.locator("#cited")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    visit.ask("Who lives in Town3?")
    drawer = conversations(page)
    expect(drawer.locator(".entry")).to_have_count(2)
    drawer.get_by_role("button", name=re.compile("Town7.*2 questions")).click()
    expect(page.locator(".turn")).to_have_count(2)
    drawer.get_by_role("button", name="Delete the conversation “Who lives in Town3?”").click()
    drawer.get_by_role("button", name="Really delete").click()
    expect(drawer.locator(".entry")).to_have_count(1)


def test_a_kept_turn_that_was_changed_is_not_shown(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    page.evaluate(
        """for (const key of Object.keys(localStorage)) localStorage.setItem(
             key, localStorage.getItem(key).replaceAll("bridge", "<img src=x onerror=window.pwned=1>"))"""
    )
    visit.reload()
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize(("name", "suffix", "holds"), [
    ("Markdown", "md", f"## {QUESTION}"), ("HTML", "html", "<mark>Town7</mark>"), ("JSON", "json", '"turns"'),
])  # fmt: skip
def test_a_conversation_is_saved_with_its_citations(
    visit: Visit, name: str, suffix: str, holds: str, tmp_path: Path
) -> None:
    visit.ask(QUESTION)
    drawer = conversations(visit.page)
    with visit.page.expect_download() as download:
        drawer.get_by_role("button", name=name, exact=True).click()
    assert download.value.suggested_filename.endswith(f".{suffix}")
    download.value.save_as(tmp_path / "saved")
    text = (tmp_path / "saved").read_text(encoding="utf-8")
    assert holds in text
    assert "Bridge of Town7 opens" in text


def test_verdicts_become_gold_questions(visit: Visit, home: Path) -> None:
    page, file = visit.page, home / "made" / "feedback.jsonl"
    file.unlink(missing_ok=True)
    visit.ask(QUESTION)
    page.get_by_role("button", name="Right: the answer").click()
    expect(page.locator(".said").first).to_have_text("Noted, thank you.")
    visit.ask("Who opened a bridge in Town9?")
    turn = page.locator(".turn").last
    turn.get_by_role("button", name="Wrong: the answer").click()
    turn.get_by_label("The right answer is").fill("The mayor")
    page.keyboard.press("Enter")
    expect(turn.locator(".said")).to_have_text("Noted, thank you.")
    right, wrong = read_questions(file.read_text(encoding="utf-8"), file)
    assert (right.question, right.answers, right.article_id) == (QUESTION, ("Town7",), "a7")
    assert (wrong.answers, wrong.article_id, wrong.history) == (("The mayor",), "a9", (QUESTION,))
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[1])["given"] == "Town9"


# Habit


def test_up_brings_back_what_was_asked(visit: Visit) -> None:
    page, box = visit.page, visit.page.get_by_label("Question")
    visit.ask(QUESTION)
    visit.ask("Who lives in Town9?")
    for key, value in (("ArrowUp", "Town9"), ("ArrowUp", "Town7"), ("ArrowDown", "Town9"), ("ArrowDown", "")):
        box.press(key)
        expect(box).to_have_value(re.compile(f"{value}.?$"))
    box.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn h2").last).to_have_text("Who lives in Town9?")


def test_what_is_unfolded_stays_so_when_more_is_asked(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    page.get_by_role("button", name="Wrong: the answer").click()
    page.get_by_label("The right answer is").fill("half typed")
    visit.ask("Who lives in Town9?")
    expect(page.get_by_label("The right answer is").first).to_have_value("half typed")


def test_an_answer_is_painted_soon_after_it_is_known(visit: Visit) -> None:
    visit.ask(QUESTION)
    took = visit.page.evaluate(
        """() => new Promise((done) => {
             const box = document.querySelector("#question textarea");
             box.value = "Who lives in Town5?";
             box.dispatchEvent(new Event("input", { bubbles: true }));
             const log = document.querySelector("#log [role=log]");
             let started = 0;
             new MutationObserver(() => {
               const reply = log.querySelectorAll(".turn")[1]?.querySelector(".short-answer");
               if (reply) requestAnimationFrame(() => done(performance.now() - started));
             }).observe(log, { childList: true, subtree: true });
             setTimeout(() => { started = performance.now(); document.querySelector("#ask").click(); }, 300);
           })"""
    )
    print(f"asked to painted: {took:.0f} ms")
    assert took < PAINTED_MS


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm install --no-save axe-core")
@pytest.mark.parametrize("visit", VIEWS, indirect=True)
def test_axe_finds_nothing_serious(visit: Visit) -> None:
    page = visit.page
    assert serious(page) == []
    visit.ask(QUESTION)
    visit.ask("Who lives in Nowhere?")
    page.get_by_role("button", name=re.compile("^Wrong")).first.click()
    page.locator(".citation").first.click()
    page.get_by_text("Copy quotation").click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    library(page).get_by_text("Outlets").click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    conversations(page)
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    """What axe-core calls serious or critical, with the element that has it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{item['id']}: {node['html'][:120]}"
        for item in found["violations"]
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]
