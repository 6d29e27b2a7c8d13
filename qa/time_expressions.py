"""Time expressions in a question and the days each means, counted from the day of asking.

A question says less about its tense than an article does and wants the usual reading, not a certain one:
what was read is always shown, and mostly only moves passages up or down. "Last Monday" is the latest Monday
before the day of asking, "in March" the latest March that has begun (in a question about the future, the
next one), "this week" the seven days up to the day of asking, since on a Monday the week's news is last
week's. Titles and quotations are no dates: “1984”, "USA Today".

`qa.date_forms` holds how each form is counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from qa.date_forms import FORMS, Basis
from qa.periods import DAY, Period

MOST_CHARACTERS = 1_000
"""No more of a question is read."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a question at its characters [start, end), and the days they mean.

    What limits them belongs to them: "since 2020", "between 2018 and 2020".
    """

    words: str
    start: int
    end: int
    period: Period
    basis: Basis


def time_expressions(question: str, asked_on: date) -> list[TimeExpression]:
    """The time expressions of a question in its order, without overlaps; [] if there is none.

    Never raises, whatever the text; a day outside the calendar is no date.

    >>> [found.period.text for found in time_expressions("what was said in March 2021?", date(2024, 6, 6))]
    ['March 2021']
    """
    text = question[:MOST_CHARACTERS]
    return list(_limited(text, _joined(text, _dates(text, asked_on))))


def _dates(text: str, asked_on: date) -> list[TimeExpression]:
    """The plain dates, in their order; where two forms overlap, the one that stands first in FORMS."""
    closed = [match.span() for pattern in (_QUOTED, _FEAST) for match in pattern.finditer(text)]
    found: list[TimeExpression] = []
    for form in FORMS:
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in closed) or _is_title(text, match):
                continue
            period = form.period(match, asked_on)
            if period is not None:
                found.append(TimeExpression(match[0].rstrip("."), start, end, period, form.basis))
            # Words that one form has read are not read again in part: of "3 May 1969", not "1969".
            closed.append((start, end))
    return sorted(found, key=lambda item: item.start)


def _joined(text: str, dates: list[TimeExpression]) -> list[TimeExpression]:
    """The same, two that are the ends of one stretch as one: "between March and May 2021"."""
    joined: list[TimeExpression] = []
    for item in dates:
        stretch = _stretch(text, joined[-1], item) if joined else None
        if stretch is None:
            joined.append(item)
        else:
            joined[-1] = stretch
    return joined


def _stretch(text: str, one: TimeExpression, other: TimeExpression) -> TimeExpression | None:
    between = _BETWEEN.search(text[: one.start])
    joint = text[one.end : other.start]
    if not _JOINT.fullmatch(joint) or (joint.strip() == "and" and not between):
        return None
    first, last = one.period.first, other.period.last
    # "from March to May 2021": the year stands once and counts for both.
    if first and last and first.year != last.year and not re.search(r"\d{4}", one.words):
        first = _in_year(first, last.year if first.replace(day=1, year=last.year) <= last else last.year - 1)
    if not first or not last or first > last:
        return None
    start = between.start() if between else one.start
    return TimeExpression(text[start : other.end], start, other.end, Period(first, last), one.basis)


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _limited(text: str, dates: list[TimeExpression]) -> Iterator[TimeExpression]:
    """The same with "since", "before" and the like taken into account."""
    end = 0
    for item in dates:
        limit, end = _LIMIT.search(text[: item.start], end), item.end
        if limit and limit["word"].lower() == "since" and _COMPARED.search(text[: limit.start()]):
            continue  # "the worst day since 1987" is no day of all those years
        if limit and limit["word"].lower() == "by" and limit["event"]:
            limit = None  # "passed by Congress in March 2020" tells who passed it
        period = _bounded(item.period, limit, text[item.end :]) if limit else item.period
        if limit and period:
            start = limit.start()
            yield replace(item, words=text[start : item.end], start=start, period=period)
        else:
            yield item


def _bounded(period: Period, limit: re.Match[str], after: str) -> Period | None:
    """What "since", "after", "before" or "until" makes of a period; None if no day is left.

    "Before 2016" ends with 2015. Before, or after, an event of 2016 may be any day of that year.
    """
    word, edge = limit["word"].lower().split()[0], (limit["edge"] or "").lower().split(" ")[0]
    event = bool(limit["event"] or _OWNED.match(after) or (limit["the"] and _EVENT_AFTER.match(after)))
    first, last = period.first, period.last
    if word in ("since", "starting"):
        return Period(first, None) if first else None
    if word in ("after", "following"):
        ended = last + DAY if last and last < date.max else None
        start = first if event or edge in ("start", "beginning") else ended
        return Period(start, None) if start else None
    if word in ("before", "prior", "ahead"):
        begun = first - DAY if first and first > date.min else None
        end = last if event or edge == "end" else begun
        return Period(None, end) if end else None
    return Period(None, last) if last else None  # by, until, up to


def _is_title(text: str, match: re.Match[str]) -> bool:
    """Whether capitals make a name of the words: "USA Today", "This Week". Dates may have theirs."""
    first = match[0].split()[0]
    if not first[0].isupper() or _NAMED.match(first) or re.search(r"\d", match[0]):
        return False
    before = text[: match.start()].rstrip()
    return bool(before) and before[-1] not in ".?!:;(“\"'—–-,"


_QUOTED = re.compile(r"“[^”]{1,80}”|(?<!\w)\"[^\"]{1,80}\"(?!\w)|‘[^’]{1,80}’(?!\w)")
# A weekday of its own name is a day of every year, not the one near the day of asking.
_FEAST = re.compile(
    r"\b(?:ash|black|bloody|cyber|easter|giving|good|holy|maundy|palm|shrove|super|whit)\s{1,3}"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4])", re.I
)
_BETWEEN = re.compile(r"(?i)\b(?:between|from)\s{1,3}(?:the\s{1,3})?$")
_JOINT = re.compile(
    r"(?i)\s{0,3}(?:-|–|—|\band\b|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s{0,3}(?:the\s{1,3})?"
)
# Some words may stand between: "before the election of 2016", "after the 2016 election".
_LIMIT = re.compile(
    r"(?i)\b(?P<word>since|after|following|starting|before|prior\s{1,3}to|ahead\s{1,3}of|by|until|till"
    r"|up\s{1,3}to)\s{1,3}(?:(?:in|on|early|late|mid)[\s-]{1,3}){0,2}(?P<the>the\s{1,3})?"
    r"(?:(?P<edge>end|beginning|start)\s{1,3}of\s{1,3}(?:the\s{1,3})?"
    r"|(?P<event>(?:(?!(?:who|what|when|which|did|does|do|was|were|is|are|will|in|on|of)\b)"
    r"[\w’'-]{1,20}\s{1,3}){1,4}(?:of|in|on)\s{1,3}(?:the\s{1,3})?))?$"
)
_COMPARED = re.compile(
    r"(?i)\b(?:first|only|lowest|worst|best|most|least|"
    r"(?!(?:arr|beh|cont|for|gu|harv|inter|mod|pr?ot|qu|requ|unr|w)est\b)[a-z]{2,}est)\b"
    r"(?:\s{1,3}[\w’'-]{1,20}){0,4}\s{1,3}$"
)
_OWNED = re.compile(r"[’']s\b")  # "before this week's ceremony"
_EVENT_AFTER = re.compile(r"\s{1,3}(?!and\b|or\b|to\b|in\b|who\b|what\b|did\b|was\b|were\b|is\b)[A-Za-z]")
