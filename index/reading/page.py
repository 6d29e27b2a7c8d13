"""A scraped page of plain text as an article: title, outlet, day and body, the rest dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.article import Article
from index.errors import CorpusError
from index.reading.dates import NumericDate, find_dates, infer_year, order_hint, settle, weekday_named
from index.reading.furniture import dropped_lines, kept_lines, line_rule, rule_name
from index.reading.lines import Line, is_prose, same_words, split_lines, words_of
from index.reading.outlets import (
    is_agency,
    outlet_of_copyright,
    outlet_of_fields,
    outlet_of_title,
    read_dateline,
)
from index.reading.structure import PAGE_RULES, Page, is_menu, is_metadata

MAX_TITLE = 200
_CREATED = re.compile(r"published|posted|created|issued|released|date", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about an article apart from its text: fields of its record, file or markup."""

    title: str = ""
    source: str = ""
    published: date | None = None
    url: str = ""


def read_page(text: str, known: Known = Known()) -> Article:
    """The article on a page; id, path and origin are left to the caller.

    Raises:
        CorpusError: nothing on the page is article text.
    """
    lines = split_lines(text)
    at = None if known.title else find_title(lines)
    title, site = (known.title, "") if at is None else outlet_of_title(lines[at].text)
    page, marks = mark_furniture(lines, title, at)
    body = kept_lines(lines, marks)
    if not body:
        raise CorpusError("no article text in it")
    source, agency = find_source(lines, marks, body)
    return Article(
        id="",
        title=title or first_words(body[0].text),
        text="\n\n".join(line.text for line in body),
        source=known.source or site or source,
        published=known.published or find_published(lines, body),
        url=known.url,
        agency=agency,
        dropped=dropped_lines(lines, marks),
    )


def mark_furniture(lines: Sequence[Line], title: str, title_at: int | None) -> tuple[Page, dict[int, str]]:
    """The page with the rule that drops each of its lines, by index; lines not named are the body."""
    marks = {i: name for i, line in enumerate(lines) if (name := line_rule(line.text))}
    if title_at is not None:
        marks.pop(title_at, None)
        page = Page(lines, lines[title_at].text, title_at)
    else:
        page = Page(lines, title)
    for rule in PAGE_RULES:
        marks |= {i: marks.get(i, rule_name(rule)) for i in rule(page, marks)}
    return page, marks


def find_title(lines: Sequence[Line]) -> int | None:
    """The index of the title's line, None if the page opens with its text.

    Candidates are the lines above the body that are neither furniture nor metadata. A line that
    stands there twice is the title; else the first that shares half of its longer words with the
    body, for menus and section names share none; else the first of three words or more.
    """
    prose = [i for i, line in enumerate(lines) if is_prose(line.text) and not _asks(lines, i)]
    start = prose[0] if prose else min(10, len(lines))
    candidates = [i for i in range(start) if _may_be_title(lines[i].text)]
    head = lines[: prose[2]] if len(prose) > 2 else lines
    for i in candidates:
        if sum(same_words(lines[i].text, line.text) for line in head) > 1:
            return i
    stems = {word[:5] for i in prose[:6] for word in words_of(lines[i].text)}
    for i in candidates:
        longer = [word[:5] for word in words_of(lines[i].text) if len(word) > 3]
        if len(longer) >= 2 and sum(stem in stems for stem in longer) * 2 >= len(longer):
            return i
    return candidates[0] if candidates else None


def first_words(text: str) -> str:
    """The beginning of a text, for a page without a title."""
    if len(text) <= 90:
        return text
    return text[:90].rsplit(" ", 1)[0] + " …"


def find_source(lines: Sequence[Line], marks: dict[int, str], body: Sequence[Line]) -> tuple[str, str]:
    """Outlet and agency: from the byline's fields, a copyright line, and the body's dateline.

    The outlet is the first of these that is named; the agency is whichever of them is one.
    """
    fields = [outlet_of_fields(lines[i].text) for i in sorted(marks) if marks[i] == "metadata"]
    rights = [outlet_of_copyright(lines[i].text) for i in sorted(marks) if marks[i] == "legal notice"]
    datelines = [line.agency for part in body[:3] if (line := read_dateline(part.text))]
    named = [name for name in (*fields, *rights, *datelines) if name]
    agency = next(
        (name for name in (*datelines, *fields) if name and (is_agency(name) or name in datelines)), ""
    )
    return (named[0] if named else ""), agency


def find_published(lines: Sequence[Line], body: Sequence[Line]) -> date | None:
    """The day of publication: a labelled date, a date in the head, the body's dateline.

    Labels of first publication go before those of updates. Numeric dates follow the order that the
    page itself tells (`order_hint`); a dateline without a year gets it by `infer_year`.
    """
    order = order_hint("\n".join(line.text for line in lines))
    stamps = [line.text for i, line in enumerate(lines) if is_metadata(line.text, near_top=i < 15)]
    fields = [field for stamp in stamps for field in re.split(r"[|•·]|(?=Updated|Created|Published)", stamp)]
    fields.sort(key=lambda field: not _CREATED.search(field))
    top = [line.text for line in lines if line.number < body[0].number and len(line.text) <= 80]
    for text in (*fields, *top):
        if days := settle(find_dates(text), order):
            return days[0]
    return _dateline_day(lines, body, settle(_all_dates(lines), order))


def _dateline_day(lines: Sequence[Line], body: Sequence[Line], anchors: list[date]) -> date | None:
    for line in body[:3]:
        if dateline := read_dateline(line.text):
            if dateline.date or not dateline.month:
                return dateline.date
            return infer_year(dateline.month, dateline.day, weekday_named(line.text), anchors)
    return None


def _all_dates(lines: Sequence[Line]) -> list[date | NumericDate]:
    return [day for line in lines for day in find_dates(line.text)]


def _may_be_title(text: str) -> bool:
    if not 8 <= len(text) <= MAX_TITLE or len(text.split()) < 3:
        return False
    return not (line_rule(text) or is_metadata(text) or is_menu(text))


def _asks(lines: Sequence[Line], i: int) -> bool:
    """Whether the first line is a headline that happens to end in a question mark."""
    return i == 0 and lines[i].text.endswith(("?", "!")) and len(lines[i].text) <= 120 and len(lines) > 1
