"""Where and when a scraped page says it was published."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from index.reading.credits import outlet_of_credit
from index.reading.dates import find_dates, infer_year, order_hint, settle, weekday_named
from index.reading.lines import Line
from index.reading.outlets import is_agency, outlet_of_copyright, outlet_of_fields, read_dateline
from index.reading.stamps import FIELD_MARKS, is_stamp

_LEAD = 3
"""Paragraphs of a body in which a dateline is looked for."""

_SHORT = 40
"""Most characters of a line whose date is the page's and not that of something it tells."""

_UPDATED = re.compile(r"updated?|modified", re.IGNORECASE)
_LABELS = re.compile(r"(?=\b(?:Updated|Created|Published|Posted|Modified)\b)", re.IGNORECASE)


def find_source(lines: Sequence[Line], marks: Mapping[int, str], body: Sequence[Line]) -> tuple[str, str]:
    """Outlet and agency, "" where none is named.

    The outlet is the first that is named in a byline's fields, a copyright line, or a dateline at the
    top of the body; the agency is the dateline's, or a byline's that is a known agency.
    """
    metadata = [lines[i].text for i in sorted(marks) if marks[i] == "metadata"]
    fields = [outlet_of_credit(text) or outlet_of_fields(text) for text in metadata]
    rights = [outlet_of_copyright(lines[i].text) for i in sorted(marks) if marks[i] == "legal notice"]
    datelines = [dateline.agency for line in body[:_LEAD] if (dateline := read_dateline(line.text))]
    outlet = next(filter(None, (*fields, *rights, *datelines)), "")
    agency = next(filter(None, (*datelines, *filter(is_agency, fields))), "")
    return outlet, agency


def find_published(lines: Sequence[Line], marks: Mapping[int, str], body: Sequence[Line]) -> date | None:
    """The day of publication: from a stamp or credit, a short line above the body, or the body's dateline.

    Stamps of first publication go before those of updates. Numeric dates follow the order that the
    page itself tells (`order_hint`); a dateline without a year gets it by `infer_year`.
    """
    order = order_hint("\n".join(line.text for line in lines))
    told = {lines[i].number for i in marks if marks[i] == "metadata"}
    stamps = [
        line.text
        for line in lines
        if line.number in told or is_stamp(line.text, bare=line.number < body[0].number)
    ]
    parts = [part for stamp in stamps for field in FIELD_MARKS.split(stamp) for part in _LABELS.split(field)]
    parts.sort(key=lambda part: bool(_UPDATED.search(part)))
    above = [line.text for line in lines if line.number < body[0].number and len(line.text) <= _SHORT]
    for text in (*parts, *above):
        if days := settle(find_dates(text), order):
            return days[0]
    anchors = settle((day for line in lines for day in find_dates(line.text)), order)
    return _dateline_day(body, anchors)


def _dateline_day(body: Sequence[Line], anchors: Sequence[date]) -> date | None:
    for line in body[:_LEAD]:
        dateline = read_dateline(line.text)
        if dateline and dateline.month:
            weekday = weekday_named(line.text)
            return dateline.date or infer_year(dateline.month, dateline.day, weekday, anchors)
    return None
