"""Dates as pages and records write them.

A date is the day as written: no time zone is converted. Year-first dates (2021-12-01) and dates with
a month's name have one reading. A numeric date such as 03/04/2021 has two: it is read only if one of
its numbers is above 12, or a hint says which comes first (see `DayOrder`); otherwise it is no date.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)"
_DATES = re.compile(
    rf"(?<![\d-]){_YEAR}(?P<s1>[-/.])(?P<month>\d\d?)(?P=s1)(?P<day>\d\d?)(?!\d)"
    rf"|(?<!\d)(?P<day2>\d\d?)(?:st|nd|rd|th)?[ -](?:of )?(?P<name2>{MONTH})[ ,-]+"
    r"(?P<year2>\d{4}|\d\d(?=\s|$))(?!\d)"
    rf"|(?P<name3>\b{MONTH}) (?P<day3>\d\d?)(?:st|nd|rd|th)?,? (?P<year3>\d{{4}})(?!\d)"
    r"|(?<![\d./-])(?P<one>\d\d?)(?P<s4>[-/.])(?P<two>\d\d?)(?P=s4)(?P<year4>\d{4})(?!\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*")
_WEEKDAY = re.compile(rf"(?<!last )(?<!next )\b({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_ZONES_DAY_FIRST = re.compile(
    r"\b(?:IST|GMT|BST|CES?T|EES?T|WES?T|AES?T|AEDT|NZ[SD]T|SGT|HKT|PKT|MSK|SAST|EAT)\b"
)
_ZONES_MONTH_FIRST = re.compile(r"\b(?:E[SD]?T|C[SD]T|M[SD]T|P[SD]?T|AK[SD]T)\b")

MAX_DATES = 500
"""Most dates read in one text: a page with more is a calendar."""


class DayOrder(StrEnum):
    """Which number of a numeric date is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class NumericDate:
    """A date of three numbers, year last, that may be read in two ways."""

    first: int
    second: int
    year: int

    def read(self, order: DayOrder | None) -> date | None:
        """The date in that order; without an order only if there is one possible reading."""
        readings = {o: self._as(o) for o in DayOrder}
        possible = {day for day in readings.values() if day}
        if len(possible) == 1:
            return possible.pop()
        return readings[order] if order else None

    def order(self) -> DayOrder | None:
        """The order that this date itself proves: 25/04/2021 can only be day first."""
        possible = [o for o in DayOrder if self._as(o)]
        return possible[0] if len(possible) == 1 and self.first != self.second else None

    def _as(self, order: DayOrder) -> date | None:
        day, month = (self.first, self.second) if order is DayOrder.DAY_FIRST else (self.second, self.first)
        return make_date(self.year, month, day)


def make_date(year: int, month: int, day: int) -> date | None:
    """That day, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1-12 for an English month's name or abbreviation."""
    return _MONTHS.index(name[:3].lower()) + 1


def find_dates(text: str) -> list[date | NumericDate]:
    """The full dates of a text, in its order, numeric ones as they stand; no more than `MAX_DATES`."""
    found = (_from_match(match) for match in islice(_DATES.finditer(text), MAX_DATES))
    return [day for day in found if day]


def cut_dates(text: str) -> str:
    """The text with a bar where full dates stood."""
    return _DATES.sub("|", text)


def parse_date(text: str, order: DayOrder | None = None) -> date | None:
    """The first date of a text that can be read, None if there is none.

    >>> parse_date("26-FEB-1987 15:01:01.79")
    datetime.date(1987, 2, 26)
    """
    if compact := _COMPACT.fullmatch(text):
        return make_date(*map(int, compact.groups()))
    return next(iter(settle(find_dates(text), order)), None)


def settle(found: Iterable[date | NumericDate], order: DayOrder | None) -> list[date]:
    """The dates among `found` that can be read with `order`."""
    days = (day.read(order) if isinstance(day, NumericDate) else day for day in found)
    return [day for day in days if day]


def order_hint(text: str) -> DayOrder | None:
    """Which order a page's numeric dates have, by what else it says; None if nothing tells or it conflicts.

    Told, strongest first: a date that has one reading only (25/04/2021); a date written unmistakably
    (2021-12-01, December 1, 2021) that is one of the two readings of a numeric one; a time zone whose
    country writes days first (IST, GMT) or months first (EST).
    """
    found = find_dates(text)
    numeric = [day for day in found if isinstance(day, NumericDate)]
    written = {day for day in found if isinstance(day, date)}
    proved = {day.order() for day in numeric} - {None}
    agreeing = {o for day in numeric for o in DayOrder if day.read(None) is None and day.read(o) in written}
    zones = {DayOrder.DAY_FIRST} if _ZONES_DAY_FIRST.search(text) else set()
    if _ZONES_MONTH_FIRST.search(text):
        zones.add(DayOrder.MONTH_FIRST)
    for told in (proved, agreeing, zones):
        if told:
            return told.pop() if len(told) == 1 else None
    return None


def weekday_named(text: str) -> int | None:
    """The first weekday a text names as near ("said Tuesday", not "last Tuesday"), Monday as 0."""
    match = _WEEKDAY.search(text)
    return _WEEKDAYS.index(match[1].lower()) if match else None


def infer_year(month: int, day: int, weekday: int | None, anchors: Iterable[date]) -> date | None:
    """A dateline's day with its year, from full dates on the same page and the weekday the lead names.

    Full dates are mostly of the past, so the day is looked for within the year that follows each of
    them, the shortest time after first; the first that falls on the weekday is it. Without a weekday
    there is nothing to check a year by, and no date is given.

    >>> infer_year(1, 26, 1, [date(2021, 1, 5)])
    datetime.date(2021, 1, 26)
    """
    spans = []
    for anchor in anchors:
        candidates = (make_date(anchor.year + step, month, day) for step in (0, 1))
        spans += [(found - anchor, found) for found in candidates if found and found.weekday() == weekday]
    later = [(span, found) for span, found in spans if timedelta(0) <= span <= timedelta(days=366)]
    return min(later)[1] if later else None


def _from_match(match: re.Match[str]) -> date | NumericDate | None:
    part = match.groupdict()
    if part["year"]:
        return make_date(int(part["year"]), int(part["month"]), int(part["day"]))
    if part["year2"]:
        return make_date(_century(part["year2"]), month_number(part["name2"]), int(part["day2"]))
    if part["year3"]:
        return make_date(int(part["year3"]), month_number(part["name3"]), int(part["day3"]))
    return NumericDate(int(part["one"]), int(part["two"]), int(part["year4"]))


def _century(year: str) -> int:
    """Two digits as POSIX reads them: 69-99 are 19.., 00-68 are 20.. ."""
    number = int(year)
    if len(year) > 2:
        return number
    return number + (1900 if number >= 69 else 2000)
