"""RSS and Atom feeds: what each entry links to and says of itself.

The three dialects that feeds are written in (RSS 2.0, RSS 1.0, Atom) differ in a few names, so they are
read with the XML reader that is here; a feed that is not quite well-formed is mended.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from index.errors import CorpusError
from index.reading.dates import parse_date
from index.reading.decoding import clean
from index.reading.xml import Element, local_name, parse_xml

MAX_ENTRIES = 500

_ROOTS = frozenset({"rss", "feed", "RDF"})
_ENTRIES = frozenset({"item", "entry"})
_DATES = ("pubDate", "published", "date", "updated")
_CONTENTS = ("encoded", "content", "description", "summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; `content` is HTML, often a summary only, "" and None for what it lacks."""

    title: str
    link: str
    published: date | None
    content: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title, which mostly names the outlet, and its entries in their order."""

    title: str
    entries: tuple[Entry, ...]


def looks_like_feed(data: bytes) -> bool:
    """Whether the first bytes are those of a feed, whatever type the server says."""
    start = data[:2048].replace(b"\0", b"").lower()
    return any(mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf")) and b"<html" not in start


def read_feed(data: bytes, url: str) -> Feed:
    """The feed that stands at `url`; relative links are completed with it.

    Raises:
        CorpusError: it is no feed, or not safe to read.
    """
    root = parse_xml(data, mend=True)
    if local_name(root) not in _ROOTS:
        raise CorpusError("no feed: expected RSS or Atom")
    channel = next((child for child in root if local_name(child) == "channel"), root)
    entries = [element for element in root.iter() if local_name(element) in _ENTRIES]
    return Feed(_text(channel, "title"), tuple(_entry(element, url) for element in entries[:MAX_ENTRIES]))


def _entry(element: Element, url: str) -> Entry:
    link = _text(element, "link") or _linked(element) or _permanent(element)
    days = (parse_date(_text(element, name)) for name in _DATES)
    contents = (_text(element, name, line=False) for name in _CONTENTS)
    return Entry(
        _text(element, "title"),
        urljoin(url, link) if link else "",
        next(filter(None, days), None),
        next(filter(None, contents), ""),
    )


def _text(element: Element, name: str, *, line: bool = True) -> str:
    """The text of the first child of this name that has any, on one line unless told otherwise."""
    for child in element:
        if local_name(child) == name:
            text = clean("".join(str(part) for part in child.itertext()))
            if text.strip():
                return " ".join(text.split()) if line else text
    return ""


def _linked(element: Element) -> str:
    """The address of Atom's link to the page itself."""
    links = [child for child in element if local_name(child) == "link" and child.get("href")]
    pages = [link for link in links if link.get("rel") in (None, "alternate")]
    return str((pages or links)[0].get("href")) if links else ""


def _permanent(element: Element) -> str:
    guid = _text(element, "guid") or _text(element, "id")
    return guid if guid.lower().startswith(("http://", "https://")) else ""
