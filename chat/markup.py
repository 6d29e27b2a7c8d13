"""Safe pieces of HTML: every word of an article, a file name or a person passes through here.

Nothing is ever read as Markdown, and `escape` keeps one character for one character, so that what the
page shows has the offsets of the article's text.
"""

import hashlib
import html
import re
from collections.abc import Sequence

from index.article import Article, Span
from index.browsing import Entry
from qa import references
from qa.headlines import UNTITLED, headline
from qa.live_page import at_quotation

# Half of a surrogate pair cannot be sent as UTF-8, and HTML has no NUL: both are shown as U+FFFD.
UNSHOWABLE = re.compile("[\x00\ud800-\udfff]")


def escape(text: str) -> str:
    """The text as HTML that shows exactly these characters."""
    shown = html.escape(UNSHOWABLE.sub("\ufffd", text), quote=True)
    return shown.replace("\r", "&#13;")  # a browser would make one line feed of "\r\n"


def fingerprint(text: str) -> str:
    """Eight digits that tell a text from what may have taken its place."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def outlet(article: Article) -> str:
    """Who published the article, with the agency where the text names another one; plain text."""
    return outlet_of(article.source, article.agency)


def outlet_of(source: str, agency: str) -> str:
    """The same from its parts."""
    named = Article("", "", "", source, agency=agency)
    return references.outlet(named) or "Outlet not named"


def shown_title(article: Article | Entry) -> str:
    """The title as plain text, without the outlet's name behind it; never empty."""
    return headline(article.title, article.source) or UNTITLED


def live_link(url: str, label: str, quotation: str = "") -> str:
    """A link to the live page, at the quotation if one is given; nothing for what is no web address."""
    address = at_quotation(url, quotation)
    if not address:
        return ""
    return (
        f'<a class="live" href="{escape(address)}" target="_blank" rel="noopener noreferrer"'
        f' aria-label="{escape(label)} (opens a new tab)">Live page<span aria-hidden="true"> ↗</span></a>'
    )


def marked(text: str, window: Span, marks: Sequence[tuple[Span, str]]) -> str:
    """The window of the text as HTML, each mark's span wrapped in its opening tag, the outermost first.

    Empty spans and what leaves the window are ignored; where two marks cross, the inner one is cut.
    >>> marked("Who met Milley?", Span(0, 15), [(Span(8, 14), '<mark class="cited">')])
    'Who met <mark class="cited">Milley</mark>?'
    """
    if not marks or window.start >= window.end:
        return escape(window.of(text))
    (span, tag), *inner = marks
    start, end = max(span.start, window.start), min(span.end, window.end)
    if start >= end:
        return marked(text, window, inner)
    return "".join(
        (
            marked(text, Span(window.start, start), inner),
            tag,
            marked(text, Span(start, end), inner),
            f"</{tag[1:-1].split()[0]}>",
            marked(text, Span(end, window.end), inner),
        )
    )
