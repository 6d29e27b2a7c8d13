"""What days a form of date means: a function each, of the match of its pattern and the day of asking."""

import re
from datetime import date

from index.reading.dates import MONTH, make_date, month_number
from index.word_tables import NUMBER_WORDS
from qa.date_words import WEEKDAYS
from qa.periods import DAY, Period, shifted, unit_of
from qa.tense import Lean, lean

Match = re.Match[str]

# Known by what happened on them once or happens each year: (month, day).
_KNOWN_DAYS = frozenset({(1, 1), (1, 6), (7, 4), (9, 11), (12, 24), (12, 25), (12, 26), (12, 31)})

_TURNS = {"last": -1, "this": 0, "next": 1}
NEAR_DAYS = {
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
}
QUARTERS = ("first", "second", "third", "fourth")
COUNTS = {word: int(n) for word, n in NUMBER_WORDS.items() if n.isdigit() and 1 < int(n) < 100}
COUNTS |= {"a": 1, "an": 1, "one": 1, "few": 3, "a few": 3, "couple of": 2, "a couple of": 2, "several": 4}

# What stands around the words.
_IN = re.compile(
    r"(?i)\b(?:in|since|until|till|during|before|after|by|early|mid|late|through|of|between|and|to|from"
    r"|(?:end|start|beginning|middle)\s{1,3}of)[\s-]{1,3}$"
)
_VERB_FOLLOWS = re.compile(r"\s+(?:be|have|not|also|[a-z]+ly)\b")
_IN_YEAR = re.compile(r"(?i)\b(?:in|since|during|until|till)\s{1,3}(?:early\s{1,3}|late\s{1,3}|mid-)?$")
_YEAR_BEFORE = re.compile(
    r"(?i)\b(?:in|since|of|during|before|after|until|till|by|from|for|between|and|to|through|early|late|mid|around"
    rf"|the|an?|this|that|his|her|its|their|{MONTH}|year)[\s,-]{{1,3}}$|[’']s\s{{1,3}}$"
)
_YEAR_AFTER = re.compile(r"\s{0,3}[?!.]?\s*$|\s{1,3}[A-Z]|[’']s\b")
_COUNTED = re.compile(
    r"\s{1,3}(?:more\s{1,3}|other\s{1,3})?(?:people|men|women|children|[a-z]{3,}[a-rt-z]s)\b(?![’'])"
)


def iso_day(match: Match, _: date) -> Period | None:
    """A day as computers write it: "2021-12-01"."""
    day = date.fromisoformat(match[0])
    return Period(day, day)


def day_of_month(match: Match, asked_on: date) -> Period | None:
    """A day or days of a month: "3 May 2019", "May 3rd", "6 to 10 December"."""
    month, day = month_number(match["month"]), int(match["day"])
    year, until = _number(match, "year"), _number(match, "until") or day
    if year is None and (month, day) in _KNOWN_DAYS:
        return None
    years = [year] if year else [asked_on.year + step for step in (-1, 0, 1)]
    made = [(make_date(each, month, day), make_date(each, month, until)) for each in years]
    periods = [Period(first, last) for first, last in made if first and last]
    return _meant(periods, asked_on, _lean(match)) if year is None else periods[0] if periods else None


def month(match: Match, asked_on: date) -> Period | None:
    """A month by its name: "March 2021", "last March", "in March"."""
    month, year = month_number(match["month"]), _number(match, "year")
    turn, which = (match["turn"] or "").lower(), (match["which"] or "").lower()
    if which:
        year = asked_on.year + _TURNS[which]
    if year is not None:
        return unit_of(date(year, month, 1), "month")
    made = [unit_of(date(asked_on.year + step, month, 1), "month") for step in (-1, 0, 1)]
    if turn == "this":
        return made[1]
    if turn == "last":
        return [period for period in made if period.last and period.last < asked_on][-1]
    if turn == "next":
        return next(period for period in made if period.first and period.first > asked_on)
    if not _IN.search(match.string[: match.start()]) or _VERB_FOLLOWS.match(match.string[match.end() :]):
        return None  # a name, a walk, a verb
    return _meant(made, asked_on, _lean(match))


def season(match: Match, asked_on: date) -> Period | None:
    """A season of the northern half, where most of the news read here is made: winter begins in December."""
    name, turn = match["season"].lower().replace("autumn", "fall"), (match["turn"] or "").lower()
    month = {"spring": 3, "summer": 6, "fall": 9, "winter": 12}[name]
    year = _number(match, "year")
    if year is not None:
        return _months(date(year, month, 1), 3)
    made = [_months(date(asked_on.year + step, month, 1), 3) for step in (-2, -1, 0, 1)]
    if turn == "last":
        return [period for period in made if period.last and period.last < asked_on][-1]
    if turn == "next":
        return next(period for period in made if period.first and period.first > asked_on)
    return next(period for period in made if period.last and period.last >= asked_on)


def quarter(match: Match, asked_on: date) -> Period | None:
    """A quarter of a year: "the first quarter of 2021", "Q3 2021", "last quarter"."""
    which = (match["turn"] or "").lower()
    if which:
        begun = asked_on.replace(month=1 + 3 * ((asked_on.month - 1) // 3), day=1)
        return _months(shifted(begun, "month", 3 * _TURNS[which]), 3)
    number = int(match["q"]) if match["q"] else 1 + QUARTERS.index(match["nth"].lower())
    year = _number(match, "year")
    if year is None:
        begun_ones = [date(asked_on.year + step, 3 * number - 2, 1) for step in (-1, 0)]
        return _months([day for day in begun_ones if day <= asked_on][-1], 3)
    return _months(date(year, 3 * number - 2, 1), 3)


def decade(match: Match, asked_on: date) -> Period | None:
    """Ten years: "the 1990s", "the '90s", "the nineties"."""
    if match["four"]:
        first = int(match["four"])
    else:
        tens = int(match["two"]) if match["two"] else int(NUMBER_WORDS[match["word"].lower()[:-3] + "y"])
        first = max(year for year in (1900 + tens, 2000 + tens) if year <= asked_on.year)
    return Period(date(first, 1, 1), date(first + 9, 12, 31))


def century(match: Match, _: date) -> Period | None:
    """A century by its number: "the 19th century"."""
    first = 100 * int(match["number"]) - 99
    return Period(date(first, 1, 1), date(first + 99, 12, 31))


def near_day(match: Match, asked_on: date) -> Period | None:
    """A day beside that of asking: "yesterday", "tonight"."""
    words = " ".join(match[0].lower().split())
    return unit_of(asked_on, "day", NEAR_DAYS[words])


def turned(match: Match, asked_on: date) -> Period | None:
    """This, the last or the next week, weekend, month, year or decade."""
    unit, turn = match["unit"].lower(), match["turn"].lower().split()[-1]
    turn = {"past": "last", "previous": "last", "current": "this", "coming": "next"}.get(turn, turn)
    the_past = match["the"] and match["turn"].lower() in ("past", "last")
    if unit == "decade":
        first = 10 * (asked_on.year // 10 + _TURNS[turn])
        return (
            _past(asked_on, "year", 10)
            if the_past or match["turn"].lower() == "past"
            else Period(date(first, 1, 1), date(first + 9, 12, 31))
        )
    if unit == "weekend":
        here = unit_of(asked_on, "weekend")
        saturday = here.first
        if turn == "this":
            # Before Friday the last one is meant, but for what is still to come.
            return here if asked_on.weekday() > 3 or _is_future(match) else unit_of(asked_on, unit, -1)
        begun = saturday is not None and saturday <= asked_on
        return unit_of(asked_on, unit, 1 if turn == "next" and begun else min(0, _TURNS[turn]))
    if the_past or match["turn"].lower() == "past":
        return _past(asked_on, unit, 1)
    if turn == "this" and unit == "week" and not _is_future(match):
        return _past(asked_on, "week", 1)
    whole = unit_of(asked_on, unit, _TURNS[turn])
    return Period(whole.first, asked_on) if turn == "this" and not _is_future(match) else whole


def past_units(match: Match, asked_on: date) -> Period | None:
    """The past two weeks, the last 30 days."""
    return _past(asked_on, match["unit"].lower(), _count(match))


def ago(match: Match, asked_on: date) -> Period | None:
    """Two weeks ago: the days around the same day then, as wide as the unit is vague."""
    unit, count = match["unit"].lower(), _count(match)
    if unit == "decade":
        unit, count = "year", 10 * count
    return unit_of(asked_on, unit, -count)


def weekday(match: Match, asked_on: date) -> Period | None:
    """A weekday by its name: the latest before the day of asking, or that day itself if bare."""
    number = [day.lower()[:3] for day in WEEKDAYS].index(match["weekday"].lower()[:3])
    here, turn = asked_on.weekday(), (match["turn"] or "").lower()
    back, ahead = (here - number) % 7, (number - here) % 7
    if turn in ("last", "past"):
        days = -(back or 7)
    elif turn == "next":
        days = ahead or 7
    else:
        days = ahead if _is_future(match) else -back
    return unit_of(asked_on, "day", days)


def years(match: Match, _: date) -> Period | None:
    """Years that are told as a stretch: "2018-2020", "2018-19"."""
    first = int(match["year"])
    last = int(match["until"]) if len(match["until"]) == 4 else first // 100 * 100 + int(match["until"])
    return Period(date(first, 1, 1), date(last, 12, 31)) if first < last else None


def year(match: Match, _: date) -> Period | None:
    """A year that is told as one: after "in", "since" or "the", before a name, or at the end."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    counts = _COUNTED.match(after) is not None and not _IN_YEAR.search(before)
    if counts or not (_YEAR_BEFORE.search(before) or _YEAR_AFTER.match(after)):
        return None
    return unit_of(date(int(match[0]), 1, 1), "year")


def _past(asked_on: date, unit: str, count: int) -> Period:
    """The stretch of `count` units that ends on the day of asking."""
    unit, count = ("year", 10 * count) if unit == "decade" else (unit, count)
    return Period(shifted(asked_on, unit, -count), asked_on)


def _months(first: date, count: int) -> Period:
    return Period(first, shifted(first, "month", count) - DAY)


def _meant(periods: list[Period], asked_on: date, told: Lean) -> Period | None:
    """The next of the periods if the clause is of the future, the latest if of the past, else the nearest."""
    coming = [period for period in periods if period.last and period.last >= asked_on]
    begun = [period for period in periods if period.first and period.first <= asked_on]
    if told is Lean.FUTURE:
        return coming[0] if coming else None
    if told is Lean.PAST:
        return begun[-1] if begun else None
    return min([*begun[-1:], *coming[:1]], key=lambda period: _distance(period, asked_on), default=None)


def _distance(period: Period, day: date) -> int:
    assert period.first is not None
    assert period.last is not None
    return max(0, (period.first - day).days, (day - period.last).days)


def _lean(match: Match) -> Lean:
    """Whether the clause around the words points to the past or to the future."""
    text = match.string
    before, after = text[: match.start()], text[match.end() :]
    return lean(re.sub(r"\s+", " ", before), re.sub(r"\s+", " ", after))


def _is_future(match: Match) -> bool:
    return _lean(match) is Lean.FUTURE


def _number(match: Match, group: str) -> int | None:
    value = match.groupdict().get(group)
    return int(value) if value else None


def _count(match: Match) -> int:
    told = " ".join(match["count"].lower().split())
    return int(told) if told.isdigit() else COUNTS[told]
