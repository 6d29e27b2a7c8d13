"""The source panel: a whole article as HTML, the cited sentence highlighted. Pure functions of values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chat.citations import NO_PLACE, byline, fills
from chat.markup import escape, live_link, marked, shown_title
from index.article import Article, Span
from index.corrections import MAX_SOURCE, Facts
from qa.references import Format, reference_as
from qa.rendering import long_date

BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
LINE_BREAKS = re.compile(r"\n\s*")
CITED = '<mark class="cited">'
CITED_FIRST = '<mark class="cited" id="cited">'
FOUND_FIRST = '<mark class="found" id="cited">'
FOUND = '<mark class="found">'
ANSWER = '<strong class="answer">'

CLOSE = (
    '<button type="button" class="close" aria-label="Close the source">'
    '<span aria-hidden="true">×</span></button>'
)
CHANGED = "The article has changed since it was quoted; the quotation is not marked."
FORMATS = {
    Format.PLAIN: "Plain text",
    Format.MARKDOWN: "Markdown",
    Format.BIBTEX: "BibTeX",
    Format.CSL_JSON: "CSL-JSON",
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another citation of the same reply in the article: its number and its sentence."""

    number: int
    sentence: Span


@dataclass(frozen=True, slots=True)
class View:
    """How an article is opened: at which sentence and answer, among which citations of the reply.

    The citation is number `number` of `count`, 0 of 0 where the article was opened from a list.
    `removable` tells whether the reader may change or remove the article, `changed` that it is not what was
    quoted. `found` are the words that the list was searched for, in their order. `read` is what the article's
    file gives as outlet and day where a reader has corrected them.
    """

    sentence: Span = NO_PLACE
    answer: Span = NO_PLACE
    others: tuple[Elsewhere, ...] = ()
    number: int = 0
    count: int = 0
    removable: bool = False
    changed: bool = False
    found: tuple[Span, ...] = ()
    read: Facts | None = None


def panel(article: Article, view: View | None = None) -> str:
    """The article with the sentence marked (first piece: id `cited`), the answer in it stronger."""
    view = view or View()
    title = shown_title(article)
    quotation = view.sentence.of(article.text)
    note = f'<p class="changed">{CHANGED}</p>' if view.changed else ""
    return (
        '<aside class="source" aria-labelledby="source-title"><header class="source-head">'
        f'<div><h2 id="source-title" tabindex="-1" dir="auto">{escape(title)}</h2>'
        f'<p class="byline"><span>{byline(article, view.sentence)}</span> '
        f"{live_link(article.url, f'Live page of {title}', quotation)}</p></div>"
        f"{CLOSE}</header>"
        '<div class="source-text" tabindex="0" role="region" aria-label="Text of the article">'
        f"{note}{''.join(_paragraphs(article, view))}</div>"
        f"{_foot(article, view, quotation)}</aside>"
    )


def missing(message: str) -> str:
    """The panel when the article cannot be shown."""
    return notice("Not available", f"<p>{escape(message)}</p>")


def notice(title: str, html: str) -> str:
    """The panel with something else than an article."""
    return (
        '<aside class="source" aria-labelledby="source-title"><header class="source-head">'
        f'<h2 id="source-title" tabindex="-1">{escape(title)}</h2>{CLOSE}</header>'
        f'<div class="source-text">{html}</div></aside>'
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


def _paragraphs(article: Article, view: View) -> Iterator[str]:
    """Each paragraph as HTML. A sentence may run over several: only its first piece carries the id."""
    whole = fills(article.text, view.sentence, view.answer)
    answer = NO_PLACE if whole else view.answer
    others = [
        (other.sentence, f'<mark class="also" data-number="{other.number}">')
        for other in view.others
        if not _cross(other.sentence, view.sentence)
    ]
    tag, words = CITED_FIRST, FOUND_FIRST
    for window in paragraphs(article.text):
        found = [(span, FOUND) for span in view.found if window.start <= span.start < window.end]
        if found:
            found[0], words = (found[0][0], words), FOUND
        html = marked(article.text, window, [(view.sentence, tag), (answer, ANSWER), *others, *found])
        if tag == CITED_FIRST and CITED_FIRST in html:
            tag = CITED
        yield f'<p dir="auto">{html}</p>'


def _cross(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _foot(article: Article, view: View, quotation: str) -> str:
    """What can be done with the citation and the article; nothing if that is nothing."""
    parts = [
        _steps(view) if view.count > 1 else "",
        _copying(article, view.sentence) if quotation.strip() else "",
        _correcting(article, view.read) if view.removable else "",
        _removing(article) if view.removable else "",
    ]
    return f'<footer class="source-foot">{"".join(parts)}</footer>' if any(parts) else ""


def _steps(view: View) -> str:
    """To the previous and the next citation of the reply."""
    previous, following = view.number > 1, view.number < view.count
    return (
        '<nav class="steps" aria-label="Citations of this reply">'
        f"{_step(view.number - 1, 'Previous citation', '‹', offered=previous)}"
        f"<span>{view.number} of {view.count}</span>"
        f"{_step(view.number + 1, 'Next citation', '›', offered=following)}</nav>"
    )


def _step(number: int, label: str, sign: str, *, offered: bool) -> str:
    state = "" if offered else " disabled"
    return (
        f'<button type="button" class="step" data-number="{number}" aria-label="{label}"{state}>'
        f'<span aria-hidden="true">{sign}</span></button>'
    )


def _copying(article: Article, sentence: Span) -> str:
    """The quotation with its reference, ready to be copied in each format."""
    quotation, pages = sentence.of(article.text), article.pages_of(sentence)
    texts = ((label, reference_as(form, article, quotation, pages)) for form, label in FORMATS.items())
    buttons = "".join(
        f'<li><button type="button" class="copy" data-copy="{escape(text)}">{label}</button></li>'
        for label, text in texts
    )
    return (
        '<details class="menu"><summary>Copy quotation</summary>'
        f'<ul aria-label="Copy the quotation with its reference as">{buttons}</ul></details>'
        '<span class="copied" role="status"></span>'
    )


def _correcting(article: Article, read: Facts | None) -> str:
    """A form for outlet and day, and the way back to what the file gives."""
    day = article.published.isoformat() if article.published else ""
    return (
        '<details class="menu correcting"><summary>Outlet, day …</summary>'
        f'<form class="correct" data-article="{escape(article.id)}">'
        f'<label>Outlet <input name="source" type="text" autocomplete="off" maxlength="{MAX_SOURCE}"'
        f' value="{escape(article.source)}"></label>'
        f'<label>Published <input name="published" type="date" min="0001-01-01" max="9999-12-31"'
        f' value="{day}"></label><button type="submit">Save</button>'
        f"{_as_read(article, read) if read else ''}</form></details>"
    )


def _as_read(article: Article, read: Facts) -> str:
    """What the file gives where that was corrected, and a button to go back to it."""
    day = long_date(read.published) if read.published else "undated"
    return (
        f"<p>The file says: {escape(read.source or 'no outlet')}, {day}.</p>"
        f'<button type="button" class="uncorrect" data-article="{escape(article.id)}">'
        "Go back to that</button>"
    )


def _removing(article: Article) -> str:
    """Removal asks once more: it is folded, and says what it does."""
    return (
        '<details class="menu removal"><summary>Remove …</summary><div>'
        "<p>Remove this article from the archive? Files on disk are not touched.</p>"
        f'<button type="button" class="remove" data-article="{escape(article.id)}">'
        "Remove the article</button></div></details>"
    )
