"""Articles by address: a page, a PDF, or each page that a feed names."""

import codecs
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from index.article import Article
from index.errors import CorpusError
from index.network import Fetched, Network, is_address
from index.reading.decoding import MAX_ARTICLE_BYTES, clean, decode
from index.reading.feed import Entry, Feed, looks_like_feed, read_feed
from index.reading.lines import is_prose
from index.reading.naming import digest, safe_id
from index.reading.outlets import is_outlet, outlet_of_url
from index.reading.page import read_page
from index.reading.pdf import read_pdf
from index.reading.webpage import read_html

Read = tuple[str, Article | CorpusError]
"""An address and the article that stands there, or why there is none."""

_SUMMARY = 500
"""Characters up to which one paragraph in a feed is a summary, not the article."""

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "at_medium", "at_campaign")


def read_web(url: str, network: Network) -> Iterator[Read]:
    """The article of a page, or those of the pages that a feed names; failures are reported, never raised."""
    try:
        fetched = network.fetch(url)
        if not looks_like_feed(fetched.data):
            yield url, _article(fetched)
            return
        feed = read_feed(fetched.data, fetched.url)
    except CorpusError as error:
        yield url, error
        return
    seen: set[str] = set()
    for number, entry in enumerate(feed.entries, start=1):
        if entry.link in seen:
            continue
        seen.add(entry.link)
        try:
            yield entry.link or url, _read_entry(entry, feed, network)
        except CorpusError as error:
            yield entry.link or f"{url}:{number}", error


def canonical(url: str) -> str:
    """The address that identifies a page: without fragment and what only counts where a reader came from.

    >>> canonical("https://News.example/a?id=1&utm_source=rss#top")
    'https://news.example/a?id=1'
    """
    parts = urlsplit(url)
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not pair[0].lower().startswith(_TRACKING)
    ]
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", urlencode(query), ""))


def _read_entry(entry: Entry, feed: Feed, network: Network) -> Article:
    """An entry's page; where it cannot be had, the entry's own text if that is an article."""
    if not is_address(entry.link):
        raise CorpusError("an entry without a link to its page")
    try:
        article = _article(network.fetch(entry.link))
    except CorpusError as error:
        try:
            article = _named(_own_text(entry), entry.link)
        except CorpusError:
            raise error from None
    source = article.source
    if source == outlet_of_url(article.url) and is_outlet(feed.title):
        source = feed.title
    return replace(
        article,
        title=entry.title or article.title,
        published=entry.published or article.published,
        source=source,
    )


def _article(fetched: Fetched) -> Article:
    """The article of what was fetched."""
    if fetched.data.startswith(b"%PDF-"):
        with tempfile.TemporaryDirectory(prefix="citewire-") as folder:
            path = Path(folder) / "fetched.pdf"
            path.write_bytes(fetched.data)
            return _named(read_pdf(path), fetched.url)
    if len(fetched.data) > MAX_ARTICLE_BYTES:
        raise CorpusError(f"larger than {MAX_ARTICLE_BYTES >> 20} MiB of text")
    text = _decoded(fetched)
    if not text.strip():
        raise CorpusError("the page is empty")
    return _named(read_page(text) if fetched.kind == "text/plain" else read_html(text), fetched.url)


def _named(article: Article, url: str) -> Article:
    """The article with the address it came from, whatever the page says of itself, and an id made of it."""
    url = canonical(url)
    parts = urlsplit(url)
    stem = PurePosixPath(parts.path.rstrip("/")).stem
    name = f"{(parts.hostname or '').removeprefix('www.')}-{stem or 'page'}"
    if parts.query:
        name += f"-{digest(parts.query, 6)}"
    source = article.source or outlet_of_url(url)
    return replace(article, id=safe_id(name) or digest(url, 12), url=url, path="", origin=url, source=source)


def _decoded(fetched: Fetched) -> str:
    """The text in the character set that the server names, unless it is UTF-8 all the same."""
    try:
        return clean(fetched.data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    try:
        known = codecs.lookup(fetched.charset).name if fetched.charset else ""
        return clean(fetched.data.decode(known, errors="replace")) if known else decode(fetched.data)
    except (LookupError, UnicodeError):
        return decode(fetched.data)


def _own_text(entry: Entry) -> Article:
    """The article that a feed brings itself.

    Raises:
        CorpusError: it brings a summary only.
    """
    article = read_html(f"<html><body><article>{entry.content}</article></body></html>")
    paragraphs = [part for part in article.text.split("\n\n") if is_prose(part)]
    if len(paragraphs) < 2 and len(article.text) < _SUMMARY:
        raise CorpusError("a summary only")
    return article
