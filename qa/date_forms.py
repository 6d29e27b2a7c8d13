"""The forms of dates in questions and the days each means; see `qa.time_expressions` for the readings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.reading.dates import MONTH
from qa import date_meanings
from qa.date_meanings import COUNTS, NEAR_DAYS, QUARTERS, Match
from qa.periods import Period


class Basis(StrEnum):
    """What days are counted from."""

    ASKING = "asking"  # the day of asking: "yesterday", "last month"
    CALENDAR = "calendar"  # nothing else: "March 2021", "the 1990s"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of date: where it stands, how it is read, and what it is counted from."""

    pattern: re.Pattern[str]
    meaning: Callable[[Match, date], Period | None]
    basis: Basis

    def period(self, match: Match, asked_on: date) -> Period | None:
        """The days a match of the pattern means; None if it means none, or none of the calendar."""
        try:
            return self.meaning(match, asked_on)
        except (ValueError, OverflowError):
            return None


# Gaps and numbers are bounded: no text takes more than linear time. Compiled for ASCII, as "laſt" would
# match "last" else; typeset spaces are therefore named.
_G = r"[\s\u00a0\u2009\u202f]{1,3}"
_YEAR_FORM = r"(?:1[5-9]|20)[0-9]{2}"
_OF_YEAR = rf"(?:,?{_G}(?:of{_G})?(?P<year>{_YEAR_FORM})(?![\w%]|[.,][0-9]))"
_WEEKDAY_FORM = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TH = "(?:st|nd|rd|th)?"
_DAY_FORM = rf"(?P<day>[0-3]?[0-9]){_TH}(?:{_G}?(?:-|–|to|and|until){_G}?(?P<until>[0-3]?[0-9]){_TH})?"
_SOME = rf"(?P<count>[0-9]{{1,3}}|(?:a{_G})?couple{_G}of|(?:a{_G})?few|{'|'.join(sorted(COUNTS))})"
_ON = rf"(?:{_WEEKDAY_FORM},?{_G})?"
_CALENDAR, _ASKING = Basis.CALENDAR, Basis.ASKING
FORMS = tuple(
    Form(re.compile(rf"(?i)(?<![\w$£€.,/-]){pattern}", re.ASCII), meaning, basis)
    for pattern, meaning, basis in (
        (r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](?![\w-])", date_meanings.iso_day, _CALENDAR),
        (
            rf"{_ON}(?P<month>{MONTH}){_G}{_DAY_FORM}(?![\w%]|[.,:/][0-9]){_OF_YEAR}?",
            date_meanings.day_of_month,
            _CALENDAR,
        ),
        (
            rf"{_ON}(?:the{_G})?{_DAY_FORM}{_G}(?:of{_G})?(?P<month>{MONTH}){_OF_YEAR}?",
            date_meanings.day_of_month,
            _CALENDAR,
        ),
        (
            rf"(?:(?P<turn>last|this|next){_G})?(?P<month>{MONTH})"
            rf"(?:{_OF_YEAR}|{_G}(?:of{_G})?(?P<which>last|this|next){_G}year\b)?",
            date_meanings.month,
            _CALENDAR,
        ),
        (
            rf"(?P<season>spring|summer|autumn|fall|winter){_OF_YEAR}(?P<turn>)",
            date_meanings.season,
            _CALENDAR,
        ),
        (
            rf"(?P<turn>last|this|next){_G}(?P<season>spring|summer|autumn|fall|winter)\b",
            date_meanings.season,
            _ASKING,
        ),
        (
            rf"(?:(?P<nth>{'|'.join(QUARTERS)}){_G}quarter\b|Q(?P<q>[1-4])\b)(?P<turn>){_OF_YEAR}?",
            date_meanings.quarter,
            _CALENDAR,
        ),
        (rf"(?P<turn>last|this|next){_G}quarter\b", date_meanings.quarter, _ASKING),
        (
            rf"(?:(?P<four>{_YEAR_FORM[:-5]}[0-9]0)[’']?s\b|(?<=\bthe\s)[’']?(?P<two>[1-9]0)[’']?s\b"
            r"|(?<=\bthe\s)(?P<word>(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)\b)",
            date_meanings.decade,
            _CALENDAR,
        ),
        (rf"(?P<number>1[0-9]|2[01])(?:st|th){_G}century\b", date_meanings.century, _CALENDAR),
        (rf"(?:{'|'.join(NEAR_DAYS).replace(' ', _G)})\b", date_meanings.near_day, _ASKING),
        (
            rf"(?:(?P<the>the){_G})?(?P<turn>last|this{_G}past|past|previous|this|current|next|coming){_G}"
            r"(?P<unit>week|weekend|month|year|decade)\b(?!-)",
            date_meanings.turned,
            _ASKING,
        ),
        (
            rf"(?:last|past|previous){_G}{_SOME}{_G}(?P<unit>day|week|month|year|decade)s?\b",
            date_meanings.past_units,
            _ASKING,
        ),
        (rf"{_SOME}{_G}(?P<unit>day|week|month|year|decade)s?{_G}ago\b", date_meanings.ago, _ASKING),
        (
            rf"(?:(?P<turn>last|this|past|next){_G})?(?P<weekday>{_WEEKDAY_FORM})\b(?!{_G}(?:night|morning)s\b)",
            date_meanings.weekday,
            _ASKING,
        ),
        (
            rf"(?P<year>{_YEAR_FORM})[-–](?P<until>{_YEAR_FORM}|[0-9]{{2}})(?![\w%]|[.,-][0-9])",
            date_meanings.years,
            _CALENDAR,
        ),
        (rf"{_YEAR_FORM}(?![\w%]|[.,:/-][0-9]|-[a-z])", date_meanings.year, _CALENDAR),
    )
)
