"""What day the words of an answer mean, counted from the day its article was published.

A note is never a guess. Where two readings are usual ("last Wednesday" on a Friday, "last week" on a
Sunday) there is one only if both name the same days. Words that count from another day ("the day
before", "the previous year") and round or rough numbers ("about 20 years ago") get none.

`qa.date_words` holds how each form is counted.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.article import Span
from qa.date_words import BETWEEN, MAX_ANSWER, MONTHS, WEEKDAYS, Words, calendar_unit, find
from qa.tense import Lean

__all__ = ["MAX_ANSWER", "DateNote", "date_note"]

# What joins the two ends of one stretch.
_TO = re.compile(
    r"(?:\s(?:morning|afternoon|evening|night))?,?\s?(?:to|through|thru|until|till|[-–—])\s{0,3}"
)
_AND = re.compile(r",?\s{1,3}and\s{1,3}")


@dataclass(frozen=True, slots=True)
class DateNote:
    """Date words of an answer, and the first and last day they mean: both included, equal for one day."""

    words: str
    first: date
    last: date

    @property
    def text(self) -> str:
        """The days in English: "Wednesday, 1 December 2021", "May 2021", "2020", "1 to 7 May 2020"."""
        first, last = self.first, self.last
        end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
        if first == last:
            return f"{WEEKDAYS[last.weekday()]}, {end}"
        if (first, last) == calendar_unit(first, "year"):
            return str(last.year)
        if (first, last) == calendar_unit(first, "month"):
            return end.partition(" ")[2]
        year = "" if first.year == last.year else f" {first.year}"
        month = "" if not year and first.month == last.month else f" {MONTHS[first.month - 1]}"
        return f"{first.day}{month}{year} to {end}"


def date_note(text: str, span: Span, sentence: Span, published: date | None) -> DateNote | None:
    """What the date words of an answer mean; None if there is nothing to add or it is not certain.

    `span` is the answer and `sentence` the sentence around it, in characters of the article's `text`.
    There is nothing to add to a date that has its year. Two dates get a note if they are the ends of
    one stretch ("Monday through Friday"). Never raises, whatever the text and the spans.
    """
    if published is None or not 0 <= span.start < span.end <= min(len(text), span.start + MAX_ANSWER):
        return None
    try:
        return _note(text, span, find(text, span, sentence, published))
    except (OverflowError, ValueError):  # a day outside the calendar
        return None


def _note(text: str, span: Span, found: list[Words]) -> DateNote | None:
    if not 1 <= len(found) <= 2 or any(words["year"] and words.match.end() <= span.end for words in found):
        return None
    start, end = found[0], replace(found[-1], lean=found[0].lean)
    first, last = start.meaning(start), end.meaning(end)
    if first and last and last < first and start.lean is Lean.FUTURE:
        last = end.meaning(replace(end, day=first[0]))  # "from Monday to Wednesday", said on a Tuesday
    if first and last and first != last:
        joint = text[start.match.end() : end.match.start()]
        follows = last[0] - first[1] == timedelta(1) or BETWEEN.search(start.before)
        if not _TO.fullmatch(joint) and not (follows and _AND.fullmatch(joint)):
            return None
    if not first or not last or first[0] > last[1]:
        return None
    end = end if first != last else start
    words = text[max(start.match.start(), span.start) : min(end.match.end(), span.end)]
    return DateNote(words, first[0], last[1])
