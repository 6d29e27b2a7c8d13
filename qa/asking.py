"""Days and filters as users write them, on the command line and in question files."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from index.errors import UsageError
from index.filters import Filters


def read_day(text: str | None, name: str) -> date | None:
    """A day written 2021-12-01; None for None. `name` says in messages what is read.

    Raises:
        UsageError: if it is no such day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{name}: expected a date such as 2021-12-01, found {text!r}") from None


def _whole(text: str | None, *, last: bool) -> str | None:
    """The first or the last day of a year or a month ("2021", "2021-12"); anything else as it is."""
    match = _YEAR_OR_MONTH.fullmatch(text or "")
    if not match:
        return text
    year, month = int(match["year"]), int(match["month"] or (12 if last else 1))
    day = monthrange(year, month)[1] if last else 1
    return f"{year:04}-{month:02}-{day:02}"


_YEAR_OR_MONTH = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<month>0[1-9]|1[0-2]))?", re.ASCII)


def read_filters(
    sources: Sequence[str], after: str | None, before: str | None, *, prefix: str = ""
) -> Filters:
    """Filters from their parts, a year or a month being all its days.

    `prefix` stands before the parts' names in messages ("--", "file:2: ").

    Raises:
        UsageError: if a day is none, or if `after` is later than `before`, or an outlet has no name.
    """
    if not all(source.strip() for source in sources):
        raise UsageError(f"{prefix}source: expected the name of an outlet, found nothing")
    first = read_day(_whole(after, last=False), f"{prefix}after")
    last = read_day(_whole(before, last=True), f"{prefix}before")
    if first and last and first > last:
        raise UsageError(f"{prefix}after {first} is later than {prefix}before {last}: no day is left")
    return Filters(tuple(source.strip() for source in sources), first, last)
