"""The values that travel between the parts: articles and the spans that point into them.

Offsets are characters (Python string indices), half-open, into `Article.text`, everywhere.
"""

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that this span points at."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Page furniture left out of an article: the line as it stood, where, and by which rule."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is kept: `text` is the body, free of page furniture, and never changes.

    `origin` says where it was read from (file, or file and record) and identifies it between runs of
    indexing; `id` is the short name people use. `published` is the day of publication, None if the
    page does not tell. `agency` is the news agency the text names, where `source` is the outlet.
    """

    id: str
    title: str
    text: str
    source: str = ""
    published: date | None = None
    url: str = ""
    path: str = ""
    agency: str = ""
    origin: str = ""
    dropped: tuple[Dropped, ...] = ()

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of what a reader of the article would see change."""
        published = self.published.isoformat() if self.published else ""
        shown = (self.title, self.text, self.source, published, self.url, self.agency)
        return hashlib.sha256("\x1f".join(shown).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of an article, the unit that is embedded and searched.

    `id` is given by the catalogue and never used again for other text.
    """

    id: int
    article_id: str
    start: int
    end: int
