"""The days that an answer names, so that "Wednesday", "Dec. 1" and "1 December 2021" can be one answer."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from index.article import Span
from index.reading.dates import MONTH, make_date, month_number
from qa.date_forms import Basis
from qa.date_words import calendar_unit
from qa.dates import date_note
from qa.periods import Period
from qa.time_expressions import time_expressions

_FORM = "(?:1[5-9]|20)[0-9]{2}"
_YEARS = re.compile(
    rf"\W*(?:in |since |by |from |between |early |late |mid-)*({_FORM})"
    rf"(?:(?:\s?[-–]\s?|\s(?:to|until|through|and)\s)({_FORM}))?\W*",
    re.IGNORECASE,
)
# A day without its year: what happened on it once or happens each year is a day like others in an answer.
_DAY = re.compile(rf"(?:on )?(?P<month>{MONTH})(?: ?(?P<day>[0-3]?[0-9]))?", re.ASCII)
# Words that may stand around a date and leave it the answer; other words make it a part of one.
_AROUND = re.compile(
    r"(?:on|in|at|by|from|since|until|the|end|start|beginning|of|early|late|mid|morning|afternoon|evening|night"
    r"|around|about|a\.?m|p\.?m|noon|midnight|[0-9:.,\s-])*",
    re.IGNORECASE,
)
# A day is looked for in answers of this length only; a whole sentence with a date in it is none.
LONGEST = 60


@lru_cache(maxsize=2_048)
def answer_days(text: str, span: Span, sentence: Span, published: date | None) -> Period | None:
    """The days that an answer names; None if it names none, or more than days, or they are not certain.

    `span` and `sentence` are in characters of the article's `text`, as for `date_note`, which has the first
    word; a date with its year needs no day of publication. Never raises, whatever the text.
    """
    answer = span.of(text)
    if not answer or len(answer) > LONGEST:
        return None
    note = date_note(text, span, sentence, published)
    if note is not None:
        return Period(note.first, note.last)
    if years := _YEARS.fullmatch(answer):
        first, last = int(years[1]), int(years[2] or years[1])
        return Period(date(first, 1, 1), date(last, 12, 31)) if first <= last else None
    if published and (day := _DAY.fullmatch(answer)):
        near = _nearest(month_number(day["month"]), int(day["day"] or 1), published)
        return Period(*calendar_unit(near, "day" if day["day"] else "month")) if near else None
    found = time_expressions(answer, published or date.max.replace(year=2000))
    if len(found) != 1 or found[0].basis is not Basis.CALENDAR:
        return None
    told = re.search(r"(?:1[5-9]|20)[0-9]{2}", found[0].words)
    around = _AROUND.fullmatch(answer[: found[0].start]) and _AROUND.fullmatch(answer[found[0].end :])
    return found[0].period if around and (told or published) else None


def _nearest(month: int, day: int, published: date) -> date | None:
    """The day of the month in the year that brings it nearest to the day of publication."""
    made = [found for step in (-1, 0, 1) if (found := make_date(published.year + step, month, day))]
    return min(made, key=lambda found: abs(found - published), default=None)


def days_in(text: str, sentence: Span, published: date | None) -> Iterator[tuple[Span, Period]]:
    """The dates that a sentence of a text names, each with its characters, in order."""
    for found in time_expressions(sentence.of(text), published or date.max.replace(year=2000)):
        span = Span(sentence.start + found.start, sentence.start + found.end)
        days = answer_days(text, span, sentence, published)
        if days is not None:
            yield span, days


def same_days(one: Period, other: Period) -> bool:
    """True if both name the same days, or one a part of the other's: "February" and "Feb. 28".

    Days without a beginning or an end ("before 2024") are the same as no others.
    """
    return one == other or part_of(one, other) or part_of(other, one)


def part_of(one: Period, other: Period) -> bool:
    """True if all days of one are among the other's, and both have a beginning and an end."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return other.first <= one.first and one.last <= other.last


def apart(one: Period, other: Period) -> bool:
    """True if they are not the same days, as far as it can be told of days without a beginning or an end."""
    if _before(one, other) or _before(other, one):
        return True
    bounded = None not in (one.first, one.last, other.first, other.last)
    return bounded and not same_days(one, other)


def _before(one: Period, other: Period) -> bool:
    return (one.last or date.max) < (other.first or date.min)
