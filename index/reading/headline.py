"""The title of a page: which of its lines it is."""

import re
from collections.abc import Sequence

from index.reading.credits import read_credit
from index.reading.dates import find_dates
from index.reading.furniture import line_rule
from index.reading.headings import is_caption
from index.reading.lines import Line, is_prose, same_words, words_of
from index.reading.outlets import is_outlet
from index.reading.stamps import FIELD_MARKS, is_byline, is_menu, is_stamp

MAX_TITLE = 200
"""Most characters of a title; what is longer is running text."""

_LIST_ITEM = re.compile(r"\d{1,3}[.)]\s|[•*►▪]")
_SHARED_STEMS = 0.3
"""Share of a title's longer words that come again in the first paragraphs. Menus share next to none."""


def find_title(lines: Sequence[Line]) -> int | None:
    """The index of the title's line, None if the page opens with its text.

    Candidates are the lines above the body that are neither furniture nor byline nor list item. One of
    four words or more that stands there twice is the title; else the first that shares its words with
    the body; else the first.
    """
    prose = [
        i
        for i, line in enumerate(lines)
        if is_prose(line.text) and not (_heads(lines, i) or line_rule(line.text))
    ]
    above = range(prose[0] if prose else min(10, len(lines)))
    candidates = [i for i in above if _may_be_title(lines[i].text)]
    head = lines[: prose[2]] if len(prose) > 2 else lines
    twice = (i for i in candidates if len(words_of(lines[i].text)) > 3 and _count(head, lines[i].text) > 1)
    stems = {word[:5] for i in prose[:12] for word in words_of(lines[i].text)}
    echoed = (i for i in candidates if _shared(lines[i].text, stems) >= _SHARED_STEMS)
    return next(twice, next(echoed, candidates[0] if candidates else _two_word_title(lines, above)))


def _two_word_title(lines: Sequence[Line], above: range) -> int | None:
    """The first line of a page that offers nothing else, if it is two words that are not page furniture."""
    text = lines[0].text if above else ""
    return (
        0 if len(words_of(text)) == 2 and not (line_rule(text) or is_menu(text) or is_stamp(text)) else None
    )


def first_words(text: str) -> str:
    """The beginning of a text, for an article without a title."""
    return text if len(text) <= 90 else text[:90].rsplit(" ", 1)[0] + " …"


def _may_be_title(text: str) -> bool:
    if not 8 <= len(text) <= MAX_TITLE or len(text.split()) < 3 or _LIST_ITEM.match(text):
        return False
    if FIELD_MARKS.search(text) and find_dates(text):
        return False
    if is_caption(text) or (len(text.split()) == 3 and is_outlet(text)):
        return False
    return not (line_rule(text) or is_stamp(text) or is_byline(text) or is_menu(text) or read_credit(text))


def _count(lines: Sequence[Line], text: str) -> int:
    return sum(same_words(text, line.text) for line in lines)


def _shared(text: str, stems: set[str]) -> float:
    """The share of a line's words of four letters or more whose first five letters are among the stems."""
    own = [word[:5] for word in words_of(text) if len(word) > 3]
    return sum(stem in stems for stem in own) / len(own) if len(own) > 1 else 0.0


def _heads(lines: Sequence[Line], i: int) -> bool:
    """Whether a line at the top is a headline although it ends like a sentence.

    It asks or exclaims, or a byline, an outlet or a day stands beneath it.
    """
    text = lines[i].text
    if i >= min(5, len(lines) - 1) or len(text) > 120:
        return False
    beneath = lines[i + 1].text
    return text.endswith(("?", "!")) or is_stamp(beneath) or is_byline(beneath) or bool(read_credit(beneath))
