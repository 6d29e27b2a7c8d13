"""What many tests start from."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# Before anything is imported: no test may reach a hub or ask one.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from fakes import open_archive
from hypothesis import settings

from index.archive import Archive

# A slow machine is no wrong answer: speed is measured by benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from visits import MadeChat

ROOT = Path(__file__).parent.parent


# A shell starts background jobs with SIGINT ignored, and children inherit that: no chat started by a test
# would then end on Ctrl-C. A signal that is handled here is back to its default in children.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_archive_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A test that forgets to name an archive meets an empty one of its own."""
    monkeypatch.setenv("CITEWIRE_ARCHIVE", str(tmp_path / "default-archive"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive with an encoder that needs no weights."""
    with open_archive(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def seeds() -> Path:
    """The folder of the two seed articles."""
    return ROOT / "seeds"


# The chat over made articles serves several files of tests, as it takes seconds to start. A browser is one
# file's alone: while it runs, Playwright's event loop does, and no other test could run one of its own.


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Debian's chromium."""
    from visits import a_browser

    with a_browser() as started:
        yield started


@pytest.fixture(scope="session")
def made_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator["MadeChat"]:
    """A chat over made articles; every test leaves its articles as it found them."""
    from chat_server import TESTS
    from visits import MadeChat, a_chat

    home = tmp_path_factory.mktemp("made")
    with a_chat([TESTS / "chat_server.py", home / "made"], home) as address:
        yield MadeChat(address, home)
