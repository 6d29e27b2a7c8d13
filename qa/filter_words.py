"""Filters in words, and the reason there is no answer when they leave no article."""

from difflib import get_close_matches

from index.archive import Archive
from index.browsing import outlets, period
from index.filters import Filters
from qa.periods import Period
from qa.time_reading import TimeReading, TimeUse

MOST_MEANT = 3  # outlets named in place of one that is not there


def filters_text(filters: Filters) -> str:
    """What the filters accept: "from “Reuters” or “CNN”, dated 1 to 7 May 2020"; "" if everything."""
    parts = [f"from {_listed(filters.sources)}"] if filters.sources else []
    if filters.after or filters.before:
        parts.append(f"dated {Period(filters.after, filters.before).text}")
    return ", ".join(parts)


def nothing_left(archive: Archive, filters: Filters, reading: TimeReading) -> str | None:
    """Why no article could be read: the filters, or the only days asked for, leave none.

    None if some are left; an empty archive is a reason of its own.
    """
    narrowed = only(filters, reading)
    if (narrowed is not None and not narrowed) or archive.is_empty:
        return None
    if narrowed is None:
        assert reading.period is not None
        return f"The question is about articles of {reading.period.text}, which the filters leave out."
    return no_article(archive, narrowed)


def no_article(archive: Archive, filters: Filters) -> str | None:
    """That the filters leave no article, and what there is instead; None if they leave some, or all."""
    if not filters or archive.filtered.articles(filters):
        return None
    unknown = [name for name in filters.sources if not archive.filtered.articles(Filters((name,)))]
    if unknown:
        return f"The archive has no article from {_listed(unknown)}.{_meant(archive, unknown)}"
    told = f"The archive has no article {filters_text(filters)}"
    if not _is_dated(filters):
        return f"{told}."
    first, last = period(archive.database)
    if not first or not last:
        return f"{told}: none of its articles has a date."
    return f"{told}; its articles are of {Period(first, last).text}."


def beyond(archive: Archive, reading: TimeReading) -> str | None:
    """That the archive ends before the days of a question begin; None if it does not, or has no days."""
    begun = reading.period.first if reading.period else None
    last = period(archive.database)[1] if begun else None
    if last is None or begun is None or begun <= last:
        return None
    return f"the archive's latest article is of {Period(last, last).text}"


def _meant(archive: Archive, unknown: list[str]) -> str:
    """Outlets of nearly that name, for whoever mistyped it or left a part out; "" if there are none."""
    names = {found.source.casefold(): found.source for found in outlets(archive.database) if found.source}
    near: list[str] = []
    for name in unknown:
        typed = name.casefold()
        near += [names[other] for other in names if typed in other]
        near += [names[other] for other in get_close_matches(typed, names, MOST_MEANT)]
    said = _listed(list(dict.fromkeys(near))[:MOST_MEANT]) if near else ""
    return f" It has some from {said}." if said else ""


def only(filters: Filters, reading: TimeReading) -> Filters | None:
    """The filters, narrowed to the days of a question about articles as such; None if that leaves no day."""
    if reading.use is TimeUse.ONLY and reading.period:
        return filters.within(reading.period.first, reading.period.last)
    return filters


def _is_dated(filters: Filters) -> bool:
    return bool(filters.after or filters.before)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
