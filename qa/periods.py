"""Periods: days from a first to a last, either end open, and how English says them."""

from dataclasses import dataclass
from datetime import date, timedelta

from qa.date_words import MONTHS, calendar_unit
from qa.dates import DateNote

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; None leaves that end open, but not both ends.

    Raises:
        ValueError: if `first` is later than `last`, or both are None.
    """

    first: date | None
    last: date | None

    def __post_init__(self) -> None:
        if self.first is None and self.last is None:
            raise ValueError("a period needs a first or a last day")
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"a period cannot run from {self.first} to {self.last}")

    def __contains__(self, day: date) -> bool:
        return (self.first or date.min) <= day <= (self.last or date.max)

    @property
    def days(self) -> int | None:
        """How many days; None if an end is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @property
    def text(self) -> str:
        """In English: "1 to 7 May 2020", "May 2021", "2018 to 2020", "from 1 May 2020 on"."""
        if self.last is None:
            assert self.first is not None
            return f"from {_day(self.first)} on"
        if self.first is None:
            return f"up to {_day(self.last)}"
        whole_years = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        if whole_years and self.first.year != self.last.year:
            return f"{self.first.year} to {self.last.year}"
        next_day = self.last + DAY if self.last < date.max else self.last
        if self.first.day == next_day.day == 1 and (self.last - self.first).days > 31 and not whole_years:
            year = "" if self.first.year == self.last.year else f" {self.first.year}"
            return f"{MONTHS[self.first.month - 1]}{year} to {MONTHS[self.last.month - 1]} {self.last.year}"
        return DateNote("", self.first, self.last).text


def unit_of(day: date, unit: str, step: int = 0) -> Period:
    """The day, week (Monday to Sunday), weekend, month or year that comes `step` of them after that of `day`.

    Raises:
        ValueError, OverflowError: if that is outside the calendar.
    """
    return Period(*calendar_unit(day, unit, step))


def shifted(day: date, unit: str, step: int) -> date:
    """The same day `step` days, weeks, months or years later; the last of a month that is too short.

    Raises:
        ValueError, OverflowError: if that is outside the calendar.
    """
    if unit in ("day", "week"):
        return day + DAY * (step if unit == "day" else 7 * step)
    first = calendar_unit(day, unit, step)[0]
    month = calendar_unit(first.replace(month=day.month) if unit == "year" else first, "month")
    return month[0].replace(day=min(day.day, month[1].day))


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
