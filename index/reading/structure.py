"""Page furniture told by its place: the rules for scraped plain text, never used on clean records.

A rule is a function of a page and the marks made so far (index of a line to the rule's name) that
returns further lines to drop. Body text is recognised by `is_prose`; lines that are not prose are
dropped only where a page has its furniture: above the title, between title and body, under a
heading of links, and behind the footer's first line. Short lines within the body (subheadings,
answers, list items, tables) stay.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.reading.credits import credit_lines
from index.reading.furniture import end_mark
from index.reading.headings import is_caption, is_comments_heading, is_contact_field, is_links_heading
from index.reading.lines import (
    BULLETS,
    Line,
    ends_sentence,
    function_words,
    has_inner_stop,
    is_prose,
    prose_length,
    same_words,
    words_of,
)
from index.reading.repeats import copies
from index.reading.stamps import is_byline, is_menu, is_stamp

Marks = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A scraped page: its lines, the title, and the index of the title's line if it is one of them."""

    lines: Sequence[Line]
    title: str = ""
    title_at: int | None = None


PageRule = Callable[[Page, Marks], set[int]]

_WITHIN_BODY = frozenset(
    {
        "separator",
        "advert mark",
        "link teaser",
        "sign up",
        "caption",
        "player chrome",
        "contact line",
        "metadata",
    }
)
"""Rules whose finds may stand between two parts of a body, so that they do not begin a footer."""


def title(page: Page, marks: Marks) -> set[int]:
    """The title's own line and its copies before the body's third paragraph: it is kept apart."""
    return (
        {i for i in _head(page, marks) if same_words(page.lines[i].text, page.title)} if page.title else set()
    )


def metadata(page: Page, marks: Marks) -> set[int]:
    """Time stamps, credits, and the first byline above the second paragraph: they are read, not quoted."""
    prose = _body(page, marks)
    top = range(prose[1] if len(prose) > 1 else min(15, len(page.lines)))
    bylines = [i for i in top if i not in marks and is_byline(page.lines[i].text)]
    stamps = {i for i in _open(page, marks) if is_stamp(page.lines[i].text, bare=i in top)}
    return stamps | set(bylines[:1]) | credit_lines(page.lines, page.title_at).difference(marks)


def menu(page: Page, marks: Marks) -> set[int]:
    """A row of links: parts set apart by | or >, or hardly a word that is not a menu's."""
    return {i for i in _open(page, marks) if is_menu(page.lines[i].text)}


def caption(page: Page, marks: Marks) -> set[int]:
    """Photo captions and credits: they tell of another day than the article, often years before it."""
    return {i for i in _open(page, marks) if is_caption(page.lines[i].text)}


def contact_field(page: Page, marks: Marks) -> set[int]:
    """Fields such as "Phone: ..." behind the body; within it they may be part of a listing."""
    last = max(_body(page, marks), default=len(page.lines))
    return {i for i in _open(page, marks) if i > last and is_contact_field(page.lines[i].text)}


def above_title(page: Page, marks: Marks) -> set[int]:
    """Everything above the title: banners, menus, the section's name."""
    return {i for i in _open(page, marks) if page.title_at is not None and i < page.title_at}


def after_end(page: Page, marks: Marks) -> set[int]:
    """Everything behind an agency's end mark, unless more text stands behind it than before."""
    ends = (i for i in sorted(marks) if end_mark(page.lines[i].text))
    return next((rest for i in ends if (rest := _rest(page, i, 1.0))), set())


def comments(page: Page, marks: Marks) -> set[int]:
    """Readers' comments, from their heading to the end, if the article stands above them."""
    for i in _open(page, marks):
        text = page.lines[i].text
        # "Comments" may be a subheading, "12 comments" is none; readers may write more than the reporter.
        if is_comments_heading(text) and (rest := _rest(page, i, 1.0 if text.isalpha() else 0.3)):
            return rest | {i}
    return set()


def links(page: Page, marks: Marks) -> set[int]:
    """A heading such as "Most read" and the lines under it, until the body goes on.

    Teasers may be sentences, so the body counts as going on only with a paragraph that is long, has
    several sentences, or stands directly before another one.
    """
    found: set[int] = set()
    under_heading = False
    for i, line in enumerate(page.lines):
        if is_links_heading(line.text):
            under_heading = True
        elif under_heading and _goes_on(page, marks, i):
            under_heading = False
        if under_heading and i not in marks:
            found.add(i)
    return found


def header(page: Page, marks: Marks) -> set[int]:
    """Labels between the title and the body: section, country, buttons; a standfirst is kept."""
    tops = [i for i in _head(page, marks) if i == page.title_at or marks.get(i) in {"metadata", "title"}]
    start = next((i for i in _body(page, marks) if i > max(tops, default=-1)), 0)
    return {i for i in _open(page, marks) if i < start and _is_label(page, i)}


def tail(page: Page, marks: Marks) -> set[int]:
    """What is no prose behind the footer's first line.

    Lines directly under the body stay: an article may end with a list or a table.
    """
    last = max(_body(page, marks), default=len(page.lines))
    footer = next((i for i in sorted(marks) if i > last and marks[i] not in _WITHIN_BODY), len(page.lines))
    return {i for i in _open(page, marks) if i > footer}


def repeated(page: Page, marks: Marks) -> set[int]:
    """Paragraphs whose words all stand in other paragraphs: summaries, pull quotes, copies."""
    body = set(_body(page, marks))
    kept = [i for i in _open(page, marks) if i in body]
    return {kept[k] for k in copies([page.lines[i].text for i in kept])}


PAGE_RULES: tuple[PageRule, ...] = (
    title, metadata, menu, caption, contact_field, above_title, after_end, comments, links, header, tail,
    repeated,
)  # fmt: skip


def _open(page: Page, marks: Marks) -> list[int]:
    """The lines no rule has marked yet."""
    return [i for i in range(len(page.lines)) if i not in marks]


def _body(page: Page, marks: Marks) -> list[int]:
    """The unmarked lines that are prose."""
    return [i for i in _open(page, marks) if is_prose(page.lines[i].text)]


def _head(page: Page, marks: Marks) -> range:
    """The lines above the body's third paragraph: titles, bylines and summaries stand there."""
    prose = _body(page, marks)
    return range(prose[2] if len(prose) > 2 else len(page.lines))


def _goes_on(page: Page, marks: Marks, i: int) -> bool:
    """Whether the body goes on with this line after a block of links."""
    text = page.lines[i].text
    ranked = i > 0 and page.lines[i - 1].text.isdigit()
    if i in marks or ranked or not is_prose(text):
        return False
    following = page.lines[i + 1].text if i + 1 < len(page.lines) and i + 1 not in marks else ""
    return len(text) >= 200 or has_inner_stop(text) or is_prose(following)


def _rest(page: Page, i: int, ratio: float) -> set[int]:
    """The lines after `i`; none unless the prose before it is at least `ratio` times that after it."""
    before, after = prose_length(page.lines[:i]), prose_length(page.lines[i + 1 :])
    return set(range(i + 1, len(page.lines))) if before and before >= ratio * after else set()


def _is_label(page: Page, i: int) -> bool:
    """Whether a line above the body says nothing: no sentence, no standfirst, no speaker's name."""
    text = page.lines[i].text
    words = text.split()
    standfirst = (
        len(words_of(text)) >= 6
        and function_words(text) >= 1
        and sum(map(str.islower, words)) * 2 > len(words)
    )
    speaker = text.endswith(":") and i + 1 < len(page.lines) and is_prose(page.lines[i + 1].text)
    item = text[0] in BULLETS and len(words_of(text)) >= 4
    return not (ends_sentence(text) or standfirst or speaker or item)
