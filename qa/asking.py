"""Days and filters as users write them, on the command line and in question files."""

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


def read_filters(
    sources: Sequence[str], after: str | None, before: str | None, *, prefix: str = ""
) -> Filters:
    """Filters from their parts; `prefix` stands before the parts' names in messages ("--", "file:2: ").

    Raises:
        UsageError: if a day is none, or if `after` is later than `before`, or an outlet has no name.
    """
    if not all(source.strip() for source in sources):
        raise UsageError(f"{prefix}source: expected the name of an outlet, found nothing")
    first, last = read_day(after, f"{prefix}after"), read_day(before, f"{prefix}before")
    if first and last and first > last:
        raise UsageError(f"{prefix}after {first} is later than {prefix}before {last}: no day is left")
    return Filters(tuple(source.strip() for source in sources), first, last)
