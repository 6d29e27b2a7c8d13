"""How a question is read in time: which days it speaks of, and what that says about its articles.

Days near the day of asking ("last week", "on Monday") are those of the reports; what lies further back
("in 1969", "the 2016 election") is when something happened, of which articles may tell at any later time.
Only a question about articles as such ("articles published in March 2021") leaves out all others. A
question that speaks of the present ("who is the president", "latest") wants the newest report.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.word_tables import ROLES
from qa.date_forms import Basis
from qa.periods import Period
from qa.time_expressions import TimeExpression, time_expressions

# A stretch counted from the day of asking that is longer than this is history, not news: "last year".
LONGEST_NEWS = 31  # days
# An archive that ended so long before has no month of the year that is counted back from the day of asking.
ENDED = 366  # days


class TimeUse(StrEnum):
    """What the time of a question says about the articles that answer it."""

    ONLY = "only"  # published in the period, no others
    REPORTS = "reports"  # published in the period or soon after, if there are any
    EVENTS = "events"  # of what happened in the period: published in it or later
    NEWEST = "newest"  # the newest there are
    UNSAID = "unsaid"  # nothing, and so rather of the days before the day of asking


@dataclass(frozen=True, slots=True)
class TimeReading:
    """The words of a question that tell its time, the days they mean, and what they are used for.

    `period` is None and `words` may be "" where the question names no days.
    """

    use: TimeUse
    asked_on: date
    period: Period | None = None
    words: str = ""

    @property
    def text(self) -> str | None:
        """How the question was read, for the one who asked; None if no word of it tells of time."""
        days = self.period.text if self.period else self.words
        named = f"“{self.words}”" if days == self.words else f"“{self.words}” ({days})"
        match self.use:
            case TimeUse.ONLY:
                return f"{named}: articles of that time only"
            case TimeUse.REPORTS:
                return f"{named}: articles of that time come first"
            case TimeUse.EVENTS:
                return f"{named}: {self._of_events()}"
            case TimeUse.NEWEST if self.words:
                return f"{named}: the newest articles come first"
        return None

    def _of_events(self) -> str:
        assert self.period is not None
        if self.period.first is None:
            return "articles of that time come first"
        if self.period.first > self.asked_on:
            return "still to come, so the newest articles come first"
        if self.period.last is None or self.period.last >= self.asked_on:
            return "the newest articles come first"
        return "when it happened, so articles written before then come last"


def read_time(question: str, asked_on: date, reaching: date | None = None) -> TimeReading:
    """How a question asked on a day is read; any text is accepted.

    "In March" is the latest March of an archive that ended long ago; `reaching` is the day of its last
    article.

    Of several periods the one that leaves out articles counts, else the shortest of the days of reports,
    else the first.

    >>> read_time("what did Milley say last week?", date(2024, 6, 6)).text
    '“last week” (27 May to 2 June 2024): articles of that time come first'
    """
    items = _reached(question, time_expressions(question, asked_on), asked_on, reaching)
    found = [(_use(question, item, asked_on), item) for item in items]
    for use in (TimeUse.ONLY, TimeUse.REPORTS, TimeUse.EVENTS):
        of_use = [item for its_use, item in found if its_use is use]
        if of_use:
            item = min(of_use, key=_length) if use is TimeUse.REPORTS else of_use[0]
            return TimeReading(use, asked_on, item.period, item.words)
    if present := _PRESENT.search(question):
        return TimeReading(TimeUse.NEWEST, asked_on, words=present[0])
    if _holds_office(question):
        return TimeReading(TimeUse.NEWEST, asked_on)
    return TimeReading(TimeUse.UNSAID, asked_on)


def _reached(
    question: str, items: list[TimeExpression], asked_on: date, reaching: date | None
) -> list[TimeExpression]:
    """The same, a month or a day whose year is not named being the latest that an old archive reaches."""
    if not items or reaching is None or (asked_on - reaching).days <= ENDED:
        return items
    reached = {item.start: item for item in time_expressions(question, reaching)}
    return [
        reached.get(item.start, item) if item.basis is Basis.CALENDAR and _is_beyond(item, reaching) else item
        for item in items
    ]


def _is_beyond(item: TimeExpression, last: date) -> bool:
    return item.period.first is not None and item.period.first > last


def _use(question: str, item: TimeExpression, asked_on: date) -> TimeUse:
    if _OF_ARTICLES.search(question[: item.start]):
        return TimeUse.ONLY
    first, last, days = item.period.first, item.period.last, item.period.days
    begun = first is not None and first <= asked_on
    if item.basis is Basis.ASKING and begun and last and days and days <= LONGEST_NEWS:
        near = (asked_on - last).days <= LONGEST_NEWS
        return TimeUse.REPORTS if near else TimeUse.EVENTS
    return TimeUse.EVENTS


def _length(item: TimeExpression) -> int:
    return item.period.days or date.max.toordinal()


def _holds_office(question: str) -> bool:
    """Whether it asks who holds an office now; "who is the general who met Milley" does not."""
    match = _WHO_IS.match(question)
    if not match or _CLAUSE.search(question):
        return False
    return any(word.lower() in ROLES for word in re.findall(r"[^\W\d_]+", match["what"]))


_OF_ARTICLES = re.compile(
    r"(?i)\b(?:articles?|headlines|news\s{1,3}stories|news\s{1,3}reports)\b"
    r"(?:\s{1,3}(?:that|which))?(?:\s{1,3}(?:was|were|are|is))?"
    r"(?:\s{1,3}(?:published|printed|written|dated|from))?(?:\s{1,3}(?:in|on|of|from|during|the)){0,2}\s{0,3}$"
)
_PRESENT = re.compile(
    r"(?i)\b(?:right\s{1,3}now|now|currently|current|at\s{1,3}present|at\s{1,3}the\s{1,3}moment|these\s{1,3}days"
    r"|so\s{1,3}far|latest|newest|most\s{1,3}recent(?:ly)?|recent(?:ly)?|lately|incumbent|to\s{1,3}date)\b"
)
_WHO_IS = re.compile(
    r"(?i)\W*(?:who|what)(?:\s{1,3}(?:is|are|leads|heads|runs)|[’']s)\s{1,3}(?:the\s{1,3})?"
    r"(?P<what>(?:[^\W\d_][\w.’'-]{0,30}\s{0,3}){1,5})"
)
_CLAUSE = re.compile(r"(?i)\b(?:that|which|whom|whose|said|was|were|did|had)\b|\b\w{3,}\s{1,3}who\b")
