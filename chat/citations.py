"""Quotations and the buttons that open them at their place in the source. Pure functions of values."""

from datetime import date

from chat.markup import escape, fingerprint, live_link, marked, outlet, outlet_of, shown_title
from index.article import Article, Span
from index.browsing import Entry
from qa.answer import Evidence
from qa.rendering import long_date, on_pages

NO_PLACE = Span(0, 0)


def quotation(item: Evidence) -> str:
    """The sentence, verbatim, with the answer marked unless it is the whole of it."""
    whole = is_whole_sentence(item)
    marks = [] if whole else [(item.span, "<mark>")]
    kind = "quotation whole" if whole else "quotation"
    words = marked(item.article.text, item.sentence, marks)
    return f'<blockquote class="{kind}" dir="auto">{words}</blockquote>'


def citation(item: Evidence, number: int) -> str:
    """The numbered button that opens the source at the quotation, and a link to the live page."""
    mark = f'<span class="number"><span class="unseen">Open source </span>[{number}]</span> '
    return _button(item, mark, f' data-number="{number}"') + _live(item.article)


def unnumbered(item: Evidence) -> str:
    """The button of a quotation that is no evidence for an answer, and a link to the live page."""
    return _button(item, '<span class="unseen">Open source </span>') + _live(item.article)


def opener(item: Evidence, *, dated: bool = True) -> str:
    """A small button that opens the source: outlet, day unless it is told beside it, and page."""
    article = item.article
    named = byline_at(item) if dated else escape(outlet(article))
    return (
        f'<button type="button" class="citation opener" {place(article, item)}>'
        f'<span class="byline">{named}</span>'
        f'<span class="unseen">: open “{escape(shown_title(article))}”</span></button>'
    )


def _button(item: Evidence, mark: str, attributes: str = "") -> str:
    title = shown_title(item.article)
    return (
        f'<button type="button" class="citation"{attributes} {place(item.article, item)}>{mark}'
        f'<span class="cited-title" dir="auto">{escape(title)}</span> '
        f'<span class="byline">{byline_at(item)}</span></button>'
    )


def _live(article: Article) -> str:
    return live_link(article.url, f"Live page of {shown_title(article)}")


def place(article: Article, item: Evidence | None = None) -> str:
    """The attributes from which the page asks for the source: the article and the places in it."""
    attributes = {"article": article.id}
    if item:  # `check` tells whether the article still has these words there
        attributes |= {
            "start": str(item.span.start),
            "end": str(item.span.end),
            "quote-start": str(item.sentence.start),
            "quote-end": str(item.sentence.end),
            "check": fingerprint(item.quote),
        }
    return " ".join(f'data-{key}="{escape(value)}"' for key, value in attributes.items())


def byline(article: Article, place: Span = NO_PLACE) -> str:
    """Outlet and date as HTML, the date readable by machines too; the page of a place in a paged document."""
    pages = article.pages_of(place) if place.start < place.end else ""
    named = _byline(outlet(article), article.published)
    return f'{named} · <span class="page-number">{on_pages(pages)}</span>' if pages else named


def byline_at(item: Evidence) -> str:
    """The byline of a quotation: outlet, date and, in a paged document, the page."""
    return byline(item.article, item.sentence)


def byline_of(entry: Entry) -> str:
    """The byline of an article in a list."""
    return _byline(outlet_of(entry.source, entry.agency), entry.published)


def _byline(named: str, day: date | None) -> str:
    if day is None:
        return f"{escape(named)} · undated"
    return f'{escape(named)} · <time datetime="{day.isoformat()}">{long_date(day)}</time>'


def is_whole_sentence(item: Evidence) -> bool:
    """True if the answer is the sentence itself."""
    return fills(item.article.text, item.sentence, item.span)


def fills(text: str, sentence: Span, answer: Span) -> bool:
    """True if the answer is the sentence, but for spaces and punctuation at its ends."""
    before = Span(sentence.start, max(answer.start, sentence.start)).of(text)
    after = Span(min(answer.end, sentence.end), sentence.end).of(text)
    return not any(character.isalnum() for character in before + after)
