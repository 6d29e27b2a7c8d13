"""A scraped page of plain text as an article: title, outlet, day and body, the rest dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.article import Article
from index.errors import CorpusError
from index.reading.furniture import dropped_lines, kept_lines, line_rule, rule_name
from index.reading.headline import find_title, first_words
from index.reading.lines import Line, ends_sentence, is_prose, split_lines
from index.reading.outlets import outlet_of_title
from index.reading.provenance import find_published, find_source
from index.reading.stamps import is_menu
from index.reading.structure import PAGE_RULES, Page

MAX_LINES = 50_000
"""Most lines of one page, so that a page is judged in seconds."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about an article apart from its lines: the fields of front matter."""

    title: str = ""
    source: str = ""
    published: date | None = None
    url: str = ""


def read_page(text: str, known: Known | None = None) -> Article:
    """The article on a page; id, path and origin are left to the caller.

    Raises:
        CorpusError: nothing on the page is article text, or there are too many lines.
    """
    known = known or Known()
    lines = split_lines(text)
    if len(lines) > MAX_LINES:
        raise CorpusError(f"more than {MAX_LINES:,} lines: put its articles in a .jsonl file, one a line")
    note = not any(is_prose(line.text) for line in lines)
    find, mark = (_note_title, _mark_note) if note else (find_title, mark_furniture)
    at = None if known.title else find(lines)
    title, site = (known.title, "") if at is None else outlet_of_title(lines[at].text)
    marks = mark(Page(lines, known.title if at is None else lines[at].text, at))
    body = kept_lines(lines, marks)
    if not body:
        raise CorpusError("no article text in it")
    source, agency = find_source(lines, marks, body)
    return Article(
        id="",
        title=title or first_words(body[0].text),
        text="\n\n".join(line.text for line in body),
        source=known.source or site or source,
        published=known.published or find_published(lines, marks, body),
        url=known.url,
        agency=agency,
        dropped=dropped_lines(lines, marks),
    )


def mark_furniture(page: Page) -> dict[int, str]:
    """The rule that drops each line, by the line's index; lines not named are the body."""
    marks = line_marks(page.lines)
    if page.title_at is not None:
        marks.pop(page.title_at, None)
    for rule in PAGE_RULES:
        marks |= {i: marks.get(i, rule_name(rule)) for i in rule(page, marks)}
    return marks


def _note_title(lines: Sequence[Line]) -> int | None:
    """The first line of a note, if another follows it and it is no sentence."""
    marks = _mark_note(Page(lines, "", None))
    kept = [i for i in range(len(lines)) if i not in marks]
    return kept[0] if len(kept) > 1 and not ends_sentence(lines[kept[0]].text) else None


def _mark_note(page: Page) -> dict[int, str]:
    """The furniture of a note: a page so short that it has no running text to tell furniture by."""
    menus = {i: "menu" for i, line in enumerate(page.lines) if is_menu(line.text)}
    title = {} if page.title_at is None else {page.title_at: "title"}
    return menus | line_marks(page.lines) | title


def line_marks(lines: Sequence[Line]) -> dict[int, str]:
    """What the line rules drop, by the line's index."""
    return {i: name for i, line in enumerate(lines) if (name := line_rule(line.text))}
