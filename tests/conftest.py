"""What many tests start from."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything is imported: no test may reach a hub or ask one.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

from fakes import open_archive

from index.archive import Archive

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
