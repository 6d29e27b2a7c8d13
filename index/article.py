"""The values that travel between the parts: articles and the spans that point into them.

Offsets are characters (Python string indices), half-open, into `Article.text`, everywhere.
"""

import hashlib
from bisect import bisect_right
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
    `pages` holds where each page of a paged file starts in `text`, page 1 first, () if it has no pages;
    a page without text starts where the next one does.
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
    pages: tuple[int, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The page, from 1, that a character of the text stands on; None if the article has no pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None

    def pages_of(self, span: Span) -> str:
        """The page or pages of a span as a citation names them, "3" or "3-4"; "" without pages."""
        first, last = self.page_of(span.start), self.page_of(max(span.start, span.end - 1))
        if first is None:
            return ""
        return str(first) if first == last else f"{first}-{last}"

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of what a reader of the article would see change."""
        published = self.published.isoformat() if self.published else ""
        shown: tuple[str, ...] = (self.title, self.text, self.source, published, self.url, self.agency)
        if self.pages:  # left out of all others, whose hashes stay those of before there were pages
            shown += (",".join(map(str, self.pages)),)
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
