"""Page furniture told by its place: the rules for scraped plain text, never used on clean records.

A rule is a function of a page and the marks made so far (index of a line to the rule's name) that
returns further lines to drop. Body text is recognised by `is_prose`; lines that are not prose are
dropped only where a page has its furniture: above the title, between title and body, under a
heading of links, and behind the first furniture that follows the body. Short lines within the body
(subheadings, answers, bullet points, tables) stay.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.reading.dates import MONTH, find_dates
from index.reading.furniture import end_mark
from index.reading.lines import (
    Line,
    ends_sentence,
    function_words,
    has_inner_stop,
    is_prose,
    prose_length,
    same_words,
    words_of,
)

Marks = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A scraped page: its lines and, once found, the index of the title's line."""

    lines: Sequence[Line]
    title: str = ""
    title_at: int | None = None


PageRule = Callable[[Page, Marks], set[int]]

_LABEL = r"(?:(?:first |last |originally )?(?:updated|published|created|posted|modified|issued|released|last update)(?: on| at)?|date)"
_STAMP = re.compile(rf"\W*{_LABEL}\b\W{{0,3}}", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Ww]ritten by|[Ww]ords:|[Aa]uthor:)\s+(?:[A-Z][\w.'’-]*\s*(?:,|&|\band\b)?\s*){1,8}"
    r"(?:(?:,|\||in|at|[-–—])\s.{0,60})?"
)
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?|\d+ min(?:ute)?s?(?: read| ago)?|\d+ (?:hours?|days?) ago"
_DATE_ONLY = re.compile(
    rf"(?:{_TIME}|{MONTH}|{_LABEL}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b|at\b|on\b|\d+(?:st|nd|rd|th)?|\W)+",
    re.IGNORECASE,
)
_CREDIT = r"[(\[][^()\[\]]{2,60}[)\]]\.?$"
_CAPTION = re.compile(
    rf"(?:in this (?:\w+ )?(?:photo|image|picture|photograph|handout)\b.*(?:\b\d{{4}}\b|{_CREDIT})"
    r"|(?:file|handout|ap|undated) (?:photo|image|picture)\b|file\s*[-–—:]|(?:photo|image|picture|photograph|caption|credit|photo credit|pictured)s?\s*[:|]"
    r"|(?:photo|image|picture|photograph|illustration)s? (?:by|courtesy|credit|copyright|caption|source)\b)"
    r"|.*(?:[(\[](?:[^()\[\]]{0,40}(?:photo|images|pictures|/)[^()\[\]]{0,40})[)\]]\.?|[|/] ?getty images|/ ?(?:ap|afp|reuters|epa))$",
    re.IGNORECASE,
)
_MENU_MARK = re.compile(r"\s(?:[|•·»›>])\s")
_MENU_WORDS = frozenset(
    "home menu search login log sign in register subscribe skip navigation contact about faq help sitemap "
    "e-paper epaper account my toggle open close main left right site edition".split()
)
_FIELD = re.compile(
    r"\W*(?:phone|tel(?:ephone)?|fax|mobile|e-?mail|website|web|address|contact|press office|twitter)\s*:",
    re.IGNORECASE,
)
_LINKS_HEAD = re.compile(
    r"\W*(?:trending(?: now| stories| topics)?|most (?:read|popular|viewed|shared|watched|commented)(?: .{1,20})?|popular(?: now| stories| posts| articles)"
    r"|related(?: articles?| stories| news| content| topics| posts| links| coverage| reading)?|more (?:stories|news|headlines|like this|to read|coverage)"
    r"|more (?:from|on|in) .{2,40}|latest(?: news| stories| headlines| updates| videos| posts)?|top (?:stories|news|headlines|picks)"
    r"|(?:recommended|suggested)(?: for you| stories| reading| articles)?|you (?:may|might)(?: also)? (?:like|be interested in|have missed)"
    r"|editors?[’']?s?[’']? (?:picks?|choice)|(?:read|up) next|also read|see also|don[’']t miss|what to read next|in (?:other|case you missed) .{2,12}|other (?:news|stories|headlines)"
    r"|(?:from )?around the web|sponsored (?:content|links|stories)|promoted (?:content|stories)|from our partners|elsewhere on .{3,20}"
    r"|follow us(?: on.{0,20})?|connect (?:with )?us(?: on)?|stay connected|share this(?: \w+)?|about the authors?|keep reading"
    r"|categories|archives?|recent (?:posts|comments|articles|stories)|(?:media|press|news) contacts?|(?:for )?(?:more|further) information(?:,? .{0,30})?"
    r"|contact(?: us| information| details)|previous (?:post|article|story)|next (?:post|article|story)|quick links|useful links|explore more|our (?:sites|brands|network))\W*",
    re.IGNORECASE,
)
_COMMENTS_HEAD = re.compile(
    r"\W*(?:(?:\d+|no|view|show|all|add|reader|user|latest|top)\s+)?(?:comments?|responses|replies)(?:\s*\(?\d+\)?)?\W*"
    r"|\W*(?:leave|post|add|write) a (?:comment|reply)\W*|\W*(?:join the (?:conversation|discussion)|have your say)\W*|\d+ thoughts on .{3,150}",
    re.IGNORECASE,
)

_WITHIN_BODY = frozenset({"separator", "advert mark", "link teaser", "sign up", "caption", "player chrome"})
"""Rules whose finds may stand between two parts of a body, so that they do not begin a footer."""


def metadata(page: Page, marks: Marks) -> set[int]:
    """Lines that hold a byline, a time stamp or both, and no sentence: they are read, not quoted."""
    return {i for i in _open(page, marks) if is_metadata(page.lines[i].text, near_top=i < 15)}


def is_metadata(text: str, *, near_top: bool = True) -> bool:
    """Whether a line is a byline, a labelled date, or a date and time alone."""
    if len(text) > 200 or (is_prose(text) and "|" not in text):
        return False
    if _DATE_ONLY.fullmatch(text) and (find_dates(text) or _STAMP.match(text)):
        return True
    stamped = any(_STAMP.match(field) and re.search(r"\d", field) for field in re.split(r"[|•·]", text))
    return stamped and not ends_sentence(text) or near_top and bool(_BYLINE.fullmatch(text))


def caption(page: Page, marks: Marks) -> set[int]:
    """Photo captions and credits: they describe another day than the article's, often years before it."""
    return {
        i
        for i in _open(page, marks)
        if len(page.lines[i].text) <= 500 and _CAPTION.fullmatch(page.lines[i].text)
    }


def contact_field(page: Page, marks: Marks) -> set[int]:
    """ "Phone: ..." and its like: fields of a form, no prose."""
    return {
        i for i in _open(page, marks) if _FIELD.match(page.lines[i].text) and not is_prose(page.lines[i].text)
    }


def menu(page: Page, marks: Marks) -> set[int]:
    """A row of links: parts set apart by | or >, or by nothing but words that only menus have."""
    return {i for i in _open(page, marks) if is_menu(page.lines[i].text)}


def is_menu(text: str) -> bool:
    """Whether a line is a menu, a path of sections ("Home > World") or a footer's row of links."""
    if ends_sentence(text) or len(text) > 400:
        return False
    parts = _MENU_MARK.split(text)
    if len(parts) >= 3 or (len(parts) == 2 and words_of(parts[0]) == ["home"]):
        return all(len(part.split()) <= 5 and not re.search(r"\d[-–:.]\d", part) for part in parts)
    words = words_of(text)
    return 0 < len(words) <= 12 and sum(word in _MENU_WORDS for word in words) * 2 > len(words)


def title(page: Page, marks: Marks) -> set[int]:
    """The title's own line and its copies before the body ends its second paragraph: it is kept apart."""
    return (
        {i for i in _head(page, marks) if same_words(page.lines[i].text, page.title)} if page.title else set()
    )


def above_title(page: Page, marks: Marks) -> set[int]:
    """Everything above the title: banners, menus, the section's name."""
    return {i for i in _open(page, marks) if page.title_at is not None and i < page.title_at}


def after_end(page: Page, marks: Marks) -> set[int]:
    """Everything behind an agency's end mark, unless more text stands behind it than before."""
    return next(
        (rest for i in marks if end_mark(page.lines[i].text) and (rest := _rest(page, i, 1.0))), set()
    )


def comments(page: Page, marks: Marks) -> set[int]:
    """Readers' comments, from their heading to the end, if the article stands above them."""
    for i in _open(page, marks):
        text = page.lines[i].text
        if _COMMENTS_HEAD.fullmatch(text) and (rest := _rest(page, i, 1.0 if text.isalpha() else 0.3)):
            return rest | {i}
    return set()


def links(page: Page, marks: Marks) -> set[int]:
    """A heading such as "Most read" and the lines under it, until the body goes on.

    Teasers may be sentences, so the body counts as going on only with a paragraph that is long, has
    several sentences, or stands directly before or after another one.
    """
    found: set[int] = set()
    under_heading = False
    for i, line in enumerate(page.lines):
        if _LINKS_HEAD.fullmatch(line.text):
            under_heading = True
        elif under_heading and _goes_on(page, marks, i):
            under_heading = False
        if under_heading and i not in marks:
            found.add(i)
    return found


def header(page: Page, marks: Marks) -> set[int]:
    """Short lines between the title and the body: section, country, buttons; a standfirst is kept."""
    head = _head(page, marks)
    ends = [i for i in head if i == page.title_at or marks.get(i) in {"metadata", "title"}]
    start = next(
        (i for i in range(max(ends, default=-1) + 1, len(page.lines)) if _is_body(page, marks, i)), None
    )
    if start is None:
        return set()
    short = {i for i in _open(page, marks) if i < start and not is_prose(page.lines[i].text)}
    return {i for i in short if not _says_something(page.lines[i].text) and not _introduces(page, i)}


def tail(page: Page, marks: Marks) -> set[int]:
    """What is no sentence behind the first furniture that follows the body's last paragraph.

    Lines directly under the body stay: an article may end with a list or a table.
    """
    last = max((i for i in range(len(page.lines)) if _is_body(page, marks, i)), default=None)
    if last is None:
        return set()
    first = next((i for i in sorted(marks) if i > last and marks[i] not in _WITHIN_BODY), len(page.lines))
    return {i for i in _open(page, marks) if i > first}


def repeated(page: Page, marks: Marks) -> set[int]:
    """Paragraphs whose words all stand in other paragraphs: summaries, pull quotes, shortened copies.

    A paragraph is compared by its runs of five words with all paragraphs kept beside it; of equal
    ones the first stays. Short lines may repeat (a chorus, "Thank you.").
    """
    kept = [i for i in _open(page, marks) if len(page.lines[i].text) >= 40]
    runs = {i: _runs(page.lines[i].text) for i in kept}
    counts: dict[tuple[str, ...], int] = {}
    for own in runs.values():
        for run in own:
            counts[run] = counts.get(run, 0) + 1
    found: set[int] = set()
    # From the shortest, so that a summary goes and the paragraphs it was made of stay; of equals, the later.
    for i in sorted(kept, key=lambda i: (len(runs[i]), -i)):
        alone = [run for run in runs[i] if counts[run] == 1]
        # A copy with another figure in it is news of its own.
        if (
            runs[i]
            and len(alone) <= 0.15 * len(runs[i])
            and not any(word.isdigit() for run in alone for word in run)
        ):
            found.add(i)
            for run in runs[i]:
                counts[run] -= 1
    return found


def _open(page: Page, marks: Marks) -> list[int]:
    """The lines no rule has marked yet."""
    return [i for i in range(len(page.lines)) if i not in marks]


def _head(page: Page, marks: Marks) -> list[int]:
    """The lines above the body's third paragraph: titles, bylines and summaries stand there."""
    prose = [i for i in range(len(page.lines)) if _is_body(page, marks, i)]
    return list(range(prose[2] if len(prose) > 2 else len(page.lines)))


def _is_body(page: Page, marks: Marks, i: int) -> bool:
    return i not in marks and is_prose(page.lines[i].text)


def _goes_on(page: Page, marks: Marks, i: int) -> bool:
    """Whether the body goes on with this line after a block of links."""
    if not _is_body(page, marks, i):
        return False
    text = page.lines[i].text
    return (
        len(text) >= 200 or has_inner_stop(text) or (i + 1 < len(page.lines) and _is_body(page, marks, i + 1))
    )


def _rest(page: Page, i: int, ratio: float) -> set[int]:
    """The lines after `i`; none unless the prose before it is at least `ratio` times that after it."""
    before, after = prose_length(page.lines[:i]), prose_length(page.lines[i + 1 :])
    return set(range(i + 1, len(page.lines))) if before and before >= ratio * after else set()


def _says_something(text: str) -> bool:
    """Whether a line above the body is a standfirst or a sentence and not a label."""
    count = len(words_of(text))
    return (count >= 3 and ends_sentence(text)) or (count >= 8 and function_words(text) >= 2)


def _introduces(page: Page, i: int) -> bool:
    """Whether a line ends in a colon and prose follows: the first speaker of a transcript."""
    return page.lines[i].text.endswith(":") and i + 1 < len(page.lines) and is_prose(page.lines[i + 1].text)


def _runs(text: str) -> set[tuple[str, ...]]:
    """The runs of five words in a text."""
    words = words_of(text)
    return set(zip(*(words[k:] for k in range(5)), strict=False))


PAGE_RULES: tuple[PageRule, ...] = (
    title, metadata, menu, caption, contact_field, above_title, after_end, comments, links, header, tail, repeated,
)  # fmt: skip
