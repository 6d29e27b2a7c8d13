"""How much better a passage fits because of the day its article was published.

The fused score of a passage is multiplied by 1 + WEIGHT x fit, with a fit from 0 to 1: nothing is left
out, and what fits the question's time perfectly counts as much as half as much again. An article without
a date fits no time.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa.answer import Evidence
from qa.periods import DAY, Period
from qa.time_reading import TimeReading, TimeUse

# Of 0.1, 0.25, 0.5, 1 and 2, with 7, 14 and 30 days, these gave the best MRR@10 by words alone on 173 quiz
# questions of 2022.
WEIGHT = 0.5
FADES = 14  # days: a gap this long leaves 1/e of the fit, twice as long 1/e of that

# What happened in a period is told by articles of that time and by new ones that look back; to be between
# them is this much of a fit, to be published before it happened is none. Chosen, not measured.
SINCE_THEN = 0.4

REPORTED_WITHIN = 3  # days from a period's end in which its last events are reported

# What came of a year no article of an earlier year can tell, but for what was known of it beforehand.
KNOWN_BEFOREHAND = 60  # days
TOO_EARLY = 0.3  # what is left of its probability; chosen, not measured

# Of two equally good pieces the newer should win, however old both are: counted from the newest, the fit
# fades as above, but no quicker than from a half by halves with each half year.
NEWEST_FADES = 180  # days; chosen, not measured


def factors(reading: TimeReading, published: Sequence[date | None]) -> list[float]:
    """What to multiply the scores of passages by, >= 1, by the days their articles were published on."""
    return [factor(fit) for fit in fits(reading, published)]


def factor(fit: float) -> float:
    """What to multiply a score by for a fit in [0, 1]; >= 1."""
    return 1 + WEIGHT * fit


def timely(
    reading: TimeReading, evidence: Sequence[Evidence], spoken_of: Sequence[str] = ()
) -> list[Evidence]:
    """The evidence with what fits the question's time less made less probable; best first again.

    The piece that fits best keeps its probability: where no article is of the days asked about, nothing
    changes. Of a year that has begun, though, articles of earlier years cannot tell what came of it, but for
    those with the ids `spoken_of`: a conversation is about what they tell.
    """
    published = [piece.article.published for piece in evidence]
    match reading.use:
        case TimeUse.REPORTS | TimeUse.NEWEST if evidence:
            told = factors(reading, published)
            best = max(told)
            kept = [factor / best for factor in told]
        case TimeUse.EVENTS:
            early = [day is not None and _too_early(reading, day) for day in published]
            known = [piece.article.id in spoken_of for piece in evidence]
            kept = [TOO_EARLY if e and not k else 1.0 for e, k in zip(early, known, strict=True)]
        case _:
            return list(evidence)
    changed = [
        replace(piece, confidence=piece.confidence * share)
        for piece, share in zip(evidence, kept, strict=True)
    ]
    return sorted(changed, key=lambda piece: -piece.confidence)


def of_any_day(reading: TimeReading) -> TimeReading:
    """The reading with no day preferred, where the question names none.

    Which of two answers is the newer says which to give, not whether they differ.
    """
    if reading.use not in (TimeUse.UNSAID, TimeUse.NEWEST):
        return reading
    return TimeReading(TimeUse.ONLY, reading.asked_on)  # all that is left fits it alike


def was_out(reading: TimeReading, piece: Evidence) -> bool:
    """True if a piece's report was out on the day of asking, as far as its day tells."""
    day = piece.article.published
    return day is None or day <= reading.asked_on + DAY  # it may be tomorrow elsewhere


def _too_early(reading: TimeReading, published: date) -> bool:
    """True if an article is of a year before that of the period, which has begun, and long before it."""
    first = reading.period.first if reading.period else None
    if first is None or first > reading.asked_on:
        return False
    return published.year < first.year and (first - published).days > KNOWN_BEFOREHAND


def fits(reading: TimeReading, published: Sequence[date | None]) -> list[float]:
    """How well each day of publication fits the time of a question, in [0, 1]."""
    known = [day for day in published if day]
    newest = min(reading.asked_on, max(known)) if known else reading.asked_on
    return [_fit(reading, day, newest) if day else 0.0 for day in published]


def beside_best(reading: TimeReading, published: Sequence[date | None]) -> list[float]:
    """The fits beside the best there is where the question names the days of the reports, in [0, 1].

    Where nothing is of these days, what comes nearest to them is to be found first.
    """
    values = fits(reading, published)
    best = max(values, default=0.0) if reading.use is TimeUse.REPORTS else 1.0
    return [value / (best or 1.0) for value in values]


def _fit(reading: TimeReading, day: date, newest: date) -> float:
    period = reading.period
    match reading.use:
        case TimeUse.ONLY:
            return 1.0
        case TimeUse.REPORTS:
            assert period is not None
            early = (period.first - day).days if period.first else 0
            late = (day - period.last).days - REPORTED_WITHIN if period.last else 0
            return math.exp(-max(0, early, late) / FADES)
        case TimeUse.EVENTS:
            assert period is not None
            return _telling(day, period, reading.asked_on)
        case TimeUse.NEWEST:
            known = day <= max(newest, reading.asked_on)
            older = 0.5 ** (1 + (newest - day).days / NEWEST_FADES)
            return max(_recent(day, newest), older) if known else 0.0
    return _recent(day, reading.asked_on)


def _telling(day: date, period: Period, asked_on: date) -> float:
    """How well an article of a day can tell what happened in a period."""
    recent = _recent(day, asked_on)
    if period.first and (period.first > asked_on or period.last is None or period.last >= asked_on):
        return recent if day >= min(period.first, asked_on - FADES * DAY) else 0.0
    if period.first and day < period.first:
        return 0.0
    assert period.last is not None
    of_that_time = (day - period.last).days <= REPORTED_WITHIN
    return 1.0 if of_that_time else max(recent, SINCE_THEN)


def _recent(day: date, asked_on: date) -> float:
    """1 for the day of asking, less for earlier ones, 0 for what could not be known yet."""
    age = (asked_on - day).days
    return math.exp(-max(0, age) / FADES) if age >= -1 else 0.0  # -1: it may be tomorrow elsewhere
