"""Credit lines, which say above a text whose story it is: "The Hill, 2019-05-06", "By Jane Doe | Axios"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading.dates import cut_dates, find_dates
from index.reading.lines import Line, is_prose
from index.reading.outlets import names_outlet
from index.reading.stamps import DATE_PARTS, is_byline, is_stamp

MAX_CREDIT = 160
"""Most characters of a credit line."""

_NEAR = 2
"""Lines between an outlet's name and the title, byline, day or text that it belongs to, at most."""

_LABEL = re.compile(r"(?:source|outlet|publisher|publication|published (?:by|in))\s*:?\s+", re.IGNORECASE)
_GAP = re.compile(r"\s*[|•·]\s*|\s+[–—-]{1,2}\s+|\s*[,;]\s+|\s{3,}| / |\s+(?=\()")
_PERSON = re.compile(
    r"(?:[A-Z][\w.'’-]*|de|van|von|al|bin|and)(?: (?:[A-Z][\w.'’-]*|de|van|von|al|bin|and)){0,6}"
)
_NAME = re.compile(r"[A-Z][\w.'’!&-]*(?: (?:[A-Z\d][\w.'’!&-]*|&|and|at|de|for|in|of|on|the|to)){0,11}")
_BY = re.compile(r"by\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit line says: the outlet, "" if it names none, and whether it gives a day."""

    outlet: str
    dated: bool


def read_credit(line: str) -> Credit | None:
    """What a line credits, if it is outlet, reporters, place and day and nothing else; None for any other.

    It names an outlet, or a day and at most one name beside it ("Jane Doe, May 6, 2019").
    """
    if len(line) > MAX_CREDIT or is_prose(line):
        return None
    label = _LABEL.match(line)
    dated = bool(find_dates(line))
    rest = DATE_PARTS.sub(" ", cut_dates(line[label.end() :] if label else line)) if dated else line
    fields = [
        field.strip(" .()") for field in _GAP.split(rest[label.end() :] if label and not dated else rest)
    ]
    fields = [field for field in fields if any(map(str.isalnum, field))]
    outlets = [field for field in fields if names_outlet(_BY.sub("", field))]
    others = [field for field in fields if field not in outlets]
    if dated and len(fields) == 1 and not outlets and _NAME.fullmatch(fields[0]):
        return Credit("", True)  # an outlet that is not known as one: its day is told all the same
    if not fields or not all(is_byline(field) or _PERSON.fullmatch(_BY.sub("", field)) for field in others):
        return None
    if outlets and len(others) <= 3 and (dated or len(fields) == 1 or any(map(is_byline, others))):
        return Credit(_BY.sub("", outlets[0]), dated)
    return Credit("", True) if dated and len(fields) == 1 else None


def outlet_of_credit(line: str) -> str:
    """The outlet that a credit line names, "" if it is none or names none."""
    credit = read_credit(line)
    return credit.outlet if credit else ""


def credit_lines(lines: Sequence[Line], title_at: int | None) -> set[int]:
    """The indices of the credit lines above the text, and of one that closes it.

    An outlet's name alone counts only beside a title, byline, day or the text: elsewhere it may be a link.
    """
    start = next((i for i, line in enumerate(lines) if i != title_at and is_prose(line.text)), 0)
    found = {i: credit for i in range(start) if i != title_at and (credit := read_credit(lines[i].text))}
    fixed = {
        i
        for i in range(start + 1)
        if i in (start, title_at)
        or is_stamp(lines[i].text)
        or is_byline(lines[i].text)
        or (i in found and found[i].dated)
    }
    near = {i for i, credit in found.items() if credit.dated or any(abs(i - at) <= _NEAR for at in fixed)}
    last = len(lines) - 1
    closing = read_credit(lines[last].text) if last > start else None
    return near | ({last} if closing and closing.dated and closing.outlet else set())
