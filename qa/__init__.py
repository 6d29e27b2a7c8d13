"""Questions answered from a news archive, always by quoting it.

    from qa import Archive, Retriever, ask

    archive = Archive.open("my-archive")
    Retriever(archive).search("who met Milley?", k=5)  # -> list[Hit]
    ask(archive, "who met Milley?")  # -> Answer

The names are loaded when first used: NumPy alone would take longer than everything the command line's
help needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.archive import Archive
    from qa.answer import Answer, Evidence, Hit
    from qa.answering import ask
    from qa.explanation import explain
    from qa.retriever import Retriever

__all__ = ["Answer", "Archive", "Evidence", "Hit", "Retriever", "ask", "explain"]

_HOMES = {
    "Answer": "qa.answer",
    "Archive": "index.archive",
    "Evidence": "qa.answer",
    "Hit": "qa.answer",
    "Retriever": "qa.retriever",
    "ask": "qa.answering",
    "explain": "qa.explanation",
}


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
