"""Visits to a running chat in a real browser, for the tests that drive the page."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from chat_server import started, until_address
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

CHROMIUM = os.environ.get("CITEWIRE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no failure

needs_browser = pytest.mark.skipif(
    not CHROMIUM, reason="no chromium found: install it, or name one in CITEWIRE_CHROMIUM"
)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Debian's chromium, without a window."""
    with sync_playwright() as playwright:
        started_browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started_browser
        started_browser.close()


@contextmanager
def a_chat(command: Sequence[str | Path], home: Path) -> Iterator[str]:
    """The address of a chat that a Python command serves."""
    with started(command, home) as chat:
        yield list(until_address(chat))[-1].split()[3]


@dataclass(frozen=True, slots=True)
class MadeChat:
    """A chat over 64 made articles, one of them hostile; `home` has its archive (`made`) and uploads."""

    address: str
    home: Path


class Visit:
    """A page that keeps what it said on its console and whom it asked."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{"reduced_motion": "reduce", **options})
        self.page: Page = self.context.new_page()
        self.address = address
        self.trouble: list[str] = []
        self.asked: set[str] = set()
        self.awaited: set[Request] = set()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", self._requested)
        self.page.on("requestfinished", lambda request: self.awaited.discard(request))
        self.page.on("requestfailed", lambda request: self.awaited.discard(request))
        self.page.goto(address)
        # Gradio mounts a page's parts one by one: what is typed before the last has come is lost.
        expect(self.page.locator("#log .welcome")).to_be_visible()
        expect(self.page.get_by_label("Question")).to_be_editable()
        expect(self.page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.trouble.append(message.text)

    def _requested(self, request: Request) -> None:
        self.asked.add(request.url)
        if "/queue/" in request.url:  # an event under way: the heartbeat is open all the time
            self.awaited.add(request)

    def ask(self, question: str) -> None:
        """Ask by keyboard, and wait for the reply."""
        turns = self.page.locator(".turn")
        before = turns.count()
        self.page.get_by_label("Question").fill(question)
        self.page.keyboard.press("Enter")
        expect(turns).to_have_count(before + 1)
        expect(turns.locator(".waiting")).to_have_count(0, timeout=60_000)

    def reload(self) -> None:
        """Reload the page once nothing is under way: Gradio reports a stream that is cut as an error."""
        for _ in range(100):
            if not self.awaited:
                break
            self.page.wait_for_timeout(100)
        self.page.reload()

    def close(self) -> None:
        self.context.close()
        assert not self.trouble, self.trouble
        elsewhere = {url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))}
        assert not elsewhere, elsewhere


def assert_cited_in_view(page: Page, quote: str) -> None:
    """The panel is open, its mark is the quote, and all of that can be seen in window and panel."""
    cited = page.locator("#cited")
    expect(cited).to_have_text(quote)
    expect(cited).to_be_in_viewport(ratio=1)
    panel, mark = page.locator(".source-text").bounding_box(), cited.bounding_box()
    assert panel
    assert mark
    assert panel["y"] <= mark["y"]
    assert mark["y"] + mark["height"] <= panel["y"] + panel["height"]
