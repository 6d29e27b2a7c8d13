"""Lines that say who, when and where on a site: bylines, time stamps, menus."""

import re

from index.reading.dates import MONTH, find_dates
from index.reading.furniture import separator
from index.reading.lines import ends_sentence, is_prose, words_of
from index.reading.phrases import line_of, one_of, word_set

_LABEL = (
    r"(?:(?:(?:first |last |originally )?(?:updated|published|created|posted|modified|issued|released)"
    r"|last update)(?: on| at)?|date)"
)
_STAMP = line_of(rf"\W*{_LABEL}\b\W{{0,3}}")
_BYLINE = re.compile(
    r"(?:By|BY|Written by|Words:|Author:) +[A-Z][\w.'’-]*(?:,? +(?:and +|& +)?[A-Z][\w.'’-]*){0,7}"
    r"(?:(?: *[,|–—-]| in| at)\s.{0,60})?"
    r"|From [\w ]{2,40}(?:wire|staff|news) (?:reports|services)"
)
DATE_PARTS = line_of(
    one_of(
        r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?(?: ?[a-z]{2,4}\b)?",
        r"\d+ (?:min(?:ute)?|hour|day)s?(?: read| ago)?", rf"\b{MONTH}", rf"\b{_LABEL}\b",
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", r"\b(?:mon|tue|wed|thu|fri|sat|sun)\b",
        r"\b(?:at|on)\b", r"\d+(?:st|nd|rd|th)?",
    )
)  # fmt: skip
"""What a date and a time are made of, beside the date itself."""
_AGE_NOTICE = line_of(r"this (?:article|story) is (?:more than|over) \d+ \w+ old\W*$")
_MENU_MARK = re.compile(r"\s[|•·»›>]\s")
_MENU_WORDS = word_set(
    "home menu search login log sign in register subscribe skip navigation contact about faq help sitemap "
    "e-paper "
    "epaper account my toggle open close main left right site edition"
)
FIELD_MARKS = re.compile(r"[|•·]")
"""What sets the fields of a byline apart."""


def is_stamp(text: str, *, bare: bool = True) -> bool:
    """Whether a line is fields of which one is a labelled date, or, if `bare`, a date and time alone.

    Within a body a bare date may be the heading of a chronicle.
    """
    if len(text) > 200 or (is_prose(text) and "|" not in text):
        return False
    if bare and (find_dates(text) or _STAMP.match(text)) and separator(DATE_PARTS.sub(" ", text)):
        return True
    labelled = any(_STAMP.match(part) and re.search(r"\d", part) for part in FIELD_MARKS.split(text))
    return bool(_AGE_NOTICE.match(text)) or (labelled and (not ends_sentence(text) or text.endswith("m.")))


def is_byline(text: str) -> bool:
    """Whether a line names the reporters and nothing else: "By Jane Doe, Health Editor"."""
    return len(text) <= 160 and bool(_BYLINE.fullmatch(text))


def is_menu(text: str) -> bool:
    """Whether a line is a menu, a path of sections ("Home > World") or a footer's row of links."""
    if ends_sentence(text) or len(text) > 400:
        return False
    parts = _MENU_MARK.split(text)
    if len(parts) >= 3 or (len(parts) == 2 and words_of(parts[0]) == ["home"]):
        return all(len(part.split()) <= 5 and not re.search(r"\d", part) for part in parts)
    words = words_of(text)
    return 0 < len(words) <= 12 and sum(word in _MENU_WORDS for word in words) * 2 > len(words)
