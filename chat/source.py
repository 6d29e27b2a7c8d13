"""The source panel: a whole article as HTML, the cited sentence highlighted. Pure functions of values."""

import re
from collections.abc import Iterator

from chat.markup import escape, live_link, marked
from chat.render import byline, fills
from index.article import Article, Span

NO_PLACE = Span(0, 0)
BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
LINE_BREAKS = re.compile(r"\n\s*")
CITED = '<mark class="cited">'
CITED_FIRST = '<mark class="cited" id="cited">'
ANSWER = '<strong class="answer">'

CLOSE = (
    '<button type="button" class="close" aria-label="Close the source">'
    '<span aria-hidden="true">×</span></button>'
)


def panel(article: Article, sentence: Span = NO_PLACE, answer: Span = NO_PLACE) -> str:
    """The article with the sentence marked (first piece: id `cited`), the answer in it stronger."""
    title = article.title or "Untitled"
    if fills(article.text, sentence, answer):
        answer = NO_PLACE
    body = "".join(_paragraphs(article, sentence, answer))
    return (
        '<aside class="source" aria-labelledby="source-title"><header class="source-head">'
        f'<div><h2 id="source-title" tabindex="-1" dir="auto">{escape(title)}</h2>'
        f'<p class="byline"><span>{byline(article)}</span> '
        f"{live_link(article.url, f'Live page of {title}')}</p></div>"
        f"{CLOSE}</header>"
        f'<div class="source-text" tabindex="0" role="region" aria-label="Text of the article">'
        f"{body}</div></aside>"
    )


def missing(message: str) -> str:
    """The panel when the article cannot be shown."""
    return (
        '<aside class="source" aria-labelledby="source-title"><header class="source-head">'
        f'<h2 id="source-title" tabindex="-1">Not available</h2>{CLOSE}</header>'
        f'<div class="source-text"><p>{escape(message)}</p></div></aside>'
    )


def paragraphs(text: str) -> list[Span]:
    """Where the paragraphs of a text stand: parted by blank lines, or by lines where there are none.

    A line break inside a paragraph stays: the page shows it as it is.
    """
    breaks = BLANK_LINES if BLANK_LINES.search(text) else LINE_BREAKS
    spans, start = [], 0
    for gap in breaks.finditer(text):
        spans.append(Span(start, gap.start()))
        start = gap.end()
    spans.append(Span(start, len(text)))
    return [span for span in spans if span.of(text).strip()]


def _paragraphs(article: Article, sentence: Span, answer: Span) -> Iterator[str]:
    """Each paragraph as HTML. A sentence may run over several: only its first piece carries the id."""
    tag = CITED_FIRST
    for window in paragraphs(article.text):
        html = marked(article.text, window, [(sentence, tag), (answer, ANSWER)])
        if tag == CITED_FIRST and CITED_FIRST in html:
            tag = CITED
        yield f'<p dir="auto">{html}</p>'
