"""A file to be read: where its bytes are now, and what it is called wherever it came from."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.reading.naming import printable, storable

INSIDE = "#"
"""Stands between a collection or zip and what is in it: "news.zip#march/bridge.txt"."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file: `file` is opened, `name` gives format and id, `path` is shown, `origin` identifies it.

    What is taken out of a zip lies for a moment in a file of another name.
    """

    file: Path
    name: str
    path: str
    origin: str

    @property
    def place(self) -> str:
        """The path on one line, fit for a terminal."""
        return printable(self.path)

    @classmethod
    def at(cls, path: Path) -> "Document":
        """A file of the disk."""
        return cls(path, storable(path.name), storable(path), storable(path.resolve()))

    def inside(self, member: str, file: Path) -> "Document":
        """A member of this zip, whose bytes lie in `file`."""
        name = PurePosixPath(member.replace("\\", "/")).name
        label = storable(member)
        return Document(file, storable(name), f"{self.path}{INSIDE}{label}", f"{self.origin}{INSIDE}{label}")
