"""The date words in an answer and the days each may mean: forms, tense, and the calendar.

Tense is that of `qa.tense`.

A weekday after a verb in the past is the latest up to publication, but none six days back: that is as
often tomorrow. After signs of the future (will, is to, scheduled) it is the first from publication on;
after what may be either (was due to, would, is, until) the nearest, at most two days off; without a
verb the latest, at most three days back. A month, or a day of one, is the nearest, but one to come
after signs of the future; it gets no note where the clause or the calendar year speaks for another,
or beside another year. Weeks run from Monday to Sunday. "Two weeks ago" is the week that holds that
day, "two months ago" and "two years ago" a calendar month and year; "the past week" runs from the same
day a week earlier. Vague words stay vague: "early March" is March.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.article import Span
from index.reading.dates import MONTH, make_date, month_number
from index.word_tables import NUMBER_WORDS
from qa.tense import SINCE, Lean, lean

MAX_ANSWER = 300
"""Characters of the longest answer that gets a note, and of its sentence looked at on either side."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
Days = tuple[date, date]


BETWEEN = re.compile(r"(?i)\bbetween $")


@dataclass(frozen=True, slots=True)
class Words:
    """Date words in a text: where, in what form, in which sentence, and the day to count from."""

    match: re.Match[str]
    meaning: Callable[["Words"], Days | None]
    before: str  # of the sentence, with single spaces
    after: str
    lean: Lean
    day: date

    def __getitem__(self, group: str) -> str:
        """What a group of the form matched, in lower case and with single spaces; "" if nothing."""
        return " ".join((self.match.groupdict().get(group) or "").lower().split())


def find(text: str, span: Span, sentence: Span, day: date) -> list[Words]:
    """Date words in the answer, with what belongs to them just outside it ("last" of "last Wednesday")."""
    low = max(0, span.start - _LONGEST, min(sentence.start, span.start))
    high = min(span.end + _LONGEST, max(sentence.end, span.end))
    found: list[Words] = []
    for form, meaning in _FORMS:
        for match in form.finditer(text, low, high):
            start, end = max(match.start(), span.start), min(match.end(), span.end)
            taken = any(match.start() < w.match.end() and w.match.start() < match.end() for w in found)
            whole = match.span() == (start, end) or any(f.fullmatch(text, start, end) for f, _ in _FORMS)
            if start < end and whole and not taken:
                before = text[max(0, sentence.start, match.start() - MAX_ANSWER) : match.start()]
                after = text[match.end() : max(0, min(sentence.end, match.end() + MAX_ANSWER))]
                before, after = re.sub(r"\s+", " ", before), re.sub(r"\s+", " ", after)
                found.append(Words(match, meaning, before, after, lean(before, after), day))
    return sorted(found, key=lambda words: words.match.start())


def _weekday(words: Words) -> Days | None:
    """A day of the week by its name, also with "last" or "of next week"."""
    if _NO_DATE.search(words.before):
        return None
    here, number = words.day.weekday(), _weekday_number(words["weekday"])
    back, ahead = (here - number) % 7, (number - here) % 7
    before, after = back or 7, ahead or 7
    bare = {
        Lean.PAST: -back if back < 6 else None,
        Lean.FUTURE: ahead,
        Lean.EITHER: -back if back < 3 else ahead if ahead < 3 else None,
        Lean.OPEN: -back if back < 4 else None,
    }
    days = {
        "": bare[words.lean],
        "this": ahead if words.lean is Lean.FUTURE or ahead < 4 else None,
        "past": -before,
        "last": -before if before == here - number + 7 else None,
        "coming": after,
        "next": after if after == number - here + 7 else None,
    }[words["turn"].removeprefix("this ")]
    if words["week"]:
        days = number - here + 7 * _TURNS[words["week"]] if here < 6 else None
    return None if days is None else calendar_unit(words.day, "day", days)


def _days_of_month(words: Words) -> Days | None:
    """A day or days of a month: "Dec. 1", "the 6th of December", "6 to 10 December"."""
    day, until = int(words["day"]), int(words["until"] or words["day"])
    apart = words["to"] == "and" and until != day + 1 and not BETWEEN.search(words.before)
    if apart or _EVENT.match(words.after):
        return None
    known = (month_number(words["month"]), day) in ((9, 11), (1, 6))  # by what happened on them once
    if known and words.lean is not Lean.FUTURE and not any(words[g] for g in ("weekday", "year", "which")):
        return None
    first = _dated(words, day)
    last = first and make_date(first.year, first.month, until)
    return (first, last) if first and last else None


def _month(words: Words) -> Days | None:
    """A month by its name: "March", "last March", "March of last year"."""
    told = any(words[group] for group in ("turn", "year", "which")) or _IN.search(words.before)
    name = words["month"] in _ALSO_NAMES and not told and not _TO_MONTH.match(words.after)
    if name or _NO_DATE.search(words.before):
        return None
    first = _dated(replace(words, day=words.day.replace(day=1)), 1)
    return calendar_unit(first, "month") if first else None


def _dated(words: Words, day: int) -> date | None:
    """The day of the month, in the year that is told or meant."""
    here, month = words.day, month_number(words["month"])
    if words["year"] or words["which"]:
        return make_date(int(words["year"] or here.year + _TURNS[words["which"]]), month, day)
    if words["turn"]:
        turn = _TURNS[words["turn"]]
        return make_date(here.year + turn, month, day) if turn * (month - here.month) <= 0 else None
    days = [made for step in (-1, 0, 1) if (made := make_date(here.year + step, month, day))]
    weekday = words["weekday"]
    days = [made for made in days if not weekday or made.weekday() == _weekday_number(weekday)]
    near = min(days, key=lambda made: abs(made - here), default=None)
    if near is None or abs(near - here) > timedelta(366):
        return None
    chosen = near if weekday else _by_lean(days, near, words)
    years = {int(year) for year in re.findall(r"\b(?:1[6-9]|20)[0-9]{2}\b", f"{words.before} {words.after}")}
    return chosen if chosen and years <= {chosen.year} else None


def _by_lean(days: list[date], near: date, words: Words) -> date | None:
    """The one of the days that the clause points to; None if another is as likely."""
    here, lean = words.day, words.lean
    soon = abs(near - here) <= timedelta(61)
    if near == here or (soon and (lean is Lean.EITHER or _AS_OF.search(words.before))):
        return near
    if lean is Lean.FUTURE:
        return None if near < here and soon else next((made for made in days if made > here), None)
    if lean is Lean.PAST:
        past = next((made for made in reversed(days) if made < here), None)
        told = past == near or SINCE.search(words.before) or (past and past.year == here.year)
        return past if told else None
    sure = near < here or (soon and near.year == here.year) or len(days) == 1  # 29 February
    return near if lean is Lean.OPEN and sure else None


# "As of Monday" is mostly past, "as of May 23" as often what begins then.
_AS_OF = re.compile(r"(?i)\bas of $")


def _near_day(words: Words) -> Days | None:
    """Today, yesterday and the like."""
    return None if _is_title(words) else calendar_unit(words.day, "day", _NEAR_DAYS[words["near"]])


def _turned(words: Words) -> Days | None:
    """The last, this or the next week, month, year or weekend."""
    day, unit, turn = words.day, words["unit"], words["turn"].split()[-1].removeprefix("up")
    here = day.weekday()
    if _is_title(words):
        return None
    if unit == "weekend":
        soon = here > 4 or words.lean is Lean.FUTURE
        now = 0 if soon or (turn == "this" and here > 2) else -1 if turn == "the" and here < 3 else None
        step = {
            "last": -1,
            "past": -1 if here < 5 else None,
            "next": 1 if here > 4 else None,
            "coming": 0 if here < 5 else None,
        }.get(turn, now)
        return None if step is None else calendar_unit(day, unit, step)
    if words["part"] and turn == "this":
        whole = calendar_unit(day, unit)
        days = (whole[0], day) if words["part"] == "earlier" else (day, whole[1])
        return days if days[0] < days[1] else None
    if turn == "past" or (turn == "last" and words["the"]):
        return _shift(day, unit, -1), day
    if turn == "coming":
        return day, _shift(day, unit, 1)
    return None if unit == "week" and turn != "next" and here == 6 else calendar_unit(day, unit, _TURNS[turn])


def _counted(words: Words) -> Days | None:
    """Days, weeks, months or years ago or ahead."""
    count = _COUNTS.get(words["count"]) or int(words["count"])
    lasts = words["way"] == "in" and words.lean is not Lean.FUTURE  # "the third time in two weeks"
    if lasts or count % 10 == 0 or _ROUGH.search(words.before):
        return None
    return calendar_unit(words.day, words["unit"], -count if words["way"] == "ago" else count)


def calendar_unit(day: date, unit: str, step: int = 0) -> Days:
    """The day, week, weekend, month or year that comes `step` of them after that of `day`."""
    day = _shift(day, unit, step)
    if unit.startswith("week"):
        monday = day - timedelta(day.weekday())
        return monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6)
    if unit == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return (date(day.year, 1, 1), date(day.year, 12, 31)) if unit == "year" else (day, day)


def _shift(day: date, unit: str, step: int) -> date:
    if unit in ("day", "week", "weekend"):
        return day + timedelta(step if unit == "day" else 7 * step)
    year, month = divmod(12 * day.year + day.month - 1 + (12 * step if unit == "year" else step), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _weekday_number(name: str) -> int:
    return [day[:3].lower() for day in WEEKDAYS].index(name[:3].lower())


def _is_title(words: Words) -> bool:
    """Whether a capital in mid-sentence makes a name of the words: "USA Today"."""
    return words.match[0][0].isupper() and words.before.rstrip()[-1:] not in ("", *'"“‘:()—–-.?!')


_LONGEST = 80  # characters; no date words are longer
_ALSO_NAMES = frozenset({"march", "april", "may", "june", "august"})
_TURNS = {"last": -1, "this": 0, "next": 1}
_NEAR_DAYS = {"the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "tomorrow": 1}
_NEAR_DAYS |= {"last night": -1, "today": 0, "tonight": 0}
_NEAR_DAYS |= {f"this {part}": 0 for part in ("morning", "afternoon", "evening")}
_COUNTS = {word: int(n) for word, n in NUMBER_WORDS.items() if n.isdigit() and 1 < int(n) < 100}
_COUNTS |= {"a": 1, "an": 1, "one": 1}

# The forms of date words. Gaps and numbers are bounded: no text takes more than linear time. Compiled for
# ASCII, as "thıs" would match "this" else; typeset spaces are therefore named.
_G = r"[\s\u00a0\u2009\u202f]{1,3}"
_WEEKDAY = (
    r"(?P<weekday>(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|(?:Tues|Thurs)\b\.?"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.(?=,?\s))"
)
_LEAD = rf"(?<![\w$£€.,/-])(?:(?i:(?:last|this|next){_G})?{_WEEKDAY},?{_G}(?:the{_G})?\(?)?"
_NAME = rf"(?:{'|'.join(MONTHS)})\b"
_TH = "(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>[0-3]?[0-9]){_TH}(?:\s?(?P<to>[-–—]|to|through|and)\s?(?P<until>[0-3]?[0-9]){_TH})?"
_YEAR = rf"(?:,?{_G}(?:of{_G})?(?:(?P<year>[12][0-9]{{3}})|(?P<which>last|this|next){_G}year)\b)?"
_UNITS = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_COUNTS)}){_G}(?P<unit>day|week|month|year)"
_FORMS = tuple(
    (re.compile(form, re.ASCII), meaning)
    for form, meaning in (
        (rf"{_LEAD}(?P<month>{MONTH}){_G}{_DAY}(?![\w%]|[.,:/][0-9]|-[a-z]){_YEAR}", _days_of_month),
        (rf"{_LEAD}{_DAY}{_G}(?:of{_G})?(?P<month>{_NAME}|{MONTH}){_YEAR}", _days_of_month),
        (rf"\b(?:(?P<turn>(?i:last|this|next)){_G})?(?P<month>{_NAME}){_YEAR}", _month),
        (
            rf"(?<!\w)(?<!\bthe\s)(?:(?P<turn>(?i:(?:this{_G})?(?:past|coming)|last|this|next)){_G})?{_WEEKDAY}"
            rf"(?!,?\s\(?[0-9]+[./-])(?:{_G}(?:of{_G})?(?P<week>last|this|next){_G}week\b)?"
            r"(?!\s(?:nights|mornings|afternoons|evenings|of|Night|Times|Mail|Mirror|Register|Post|Telegraph)\b)",
            _weekday,
        ),
        (rf"(?i)\b(?P<near>{'|'.join(_NEAR_DAYS).replace(' ', _G)})\b", _near_day),
        (
            rf"(?i)\b(?:(?P<part>earlier|later){_G})?(?P<the>the{_G})?(?P<turn>last|past|(?:up)?coming"
            rf"|(?<!the\s)(?:next|this(?:{_G}(?:past|coming))?)|the(?={_G}weekend)){_G}"
            rf"(?P<unit>weekend|week|month|year)\b(?!-|{_G}(?:of|before)\b)",
            _turned,
        ),
        (rf"(?i)(?<!\w){_UNITS}s?{_G}(?P<way>ago|from{_G}now)\b", _counted),
        (rf"(?i)\b(?P<way>in){_G}{_UNITS}s?\b(?!-|{_G}of\b)", _counted),
    )
)

# What stands around them.
_NO_DATE = re.compile(
    r"(?i)\b(?:an?|one|any|each|every|some|that|following|previous|first|second|third|fourth|fifth|same|most"
    r"|last|this|next|past|coming|black|good|ash|super|cyber|bloody|palm|easter|holy|maundy|shrove"
    r"|sheffield|bowl) $"
)
_EVENT = re.compile(
    r"(?i) (?:[\w.]{1,20} )?(?:attack|riot|insurrection|committee|panel|massacre|uprising|coup)"
)
_TO_MONTH = re.compile(rf" ?(?:to|through|and|until|[-–—]) ?{_NAME}")
_IN = re.compile(
    r"(?i)\b(?:in|since|until|till|during|early|mid|late|through|(?:end|start|beginning|middle) of"
    rf"|{_NAME} ?(?:to|through|and|until))[ -]$"
)
_ROUGH = re.compile(
    r"(?i)(?:\b(?:about|around|almost|nearly|over|under|than|least|most|roughly|some|approximately|every"
    r"|hundred|thousand|or|to|and)|[0-9.,/–-]) ?$"
)
