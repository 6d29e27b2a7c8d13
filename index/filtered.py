"""The passages that filters leave, looked up in the catalogue so that searches rank among them alone."""

import threading
from collections import OrderedDict
from dataclasses import replace

import numpy as np

from index.database import Database
from index.filters import Filters
from index.vector_store import Ids

# A question asks with one or two filters, the next questions mostly with the same ones. The ids of a
# filter that leaves 300,000 passages take 2.4 MB.
KEPT = 8


class FilteredPassages:
    """Passages by filters, remembered while the catalogue does not change. Safe between threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._generation = -1
        self._known: OrderedDict[Filters, Ids] = OrderedDict()
        self._lock = threading.Lock()

    def ids(self, filters: Filters) -> Ids:
        """Ids of the passages of the articles that the filters accept, ascending."""
        generation = self.database.generation
        with self._lock:
            if generation != self._generation:
                self._known.clear()
                self._generation = generation
            found = self._known.get(filters)
        if found is None:
            found = self._look_up(filters)
        with self._lock:
            if generation == self._generation:
                self._known[filters] = found
                self._known.move_to_end(filters)
                while len(self._known) > KEPT:
                    self._known.popitem(last=False)
        return found

    def spelt(self, filters: Filters) -> Filters:
        """The filters with their outlets as the articles spell them, each spelling; unknown ones stay."""
        if not filters.sources:
            return filters
        wanted = {name.casefold(): name for name in filters.sources}
        held = [source for source in self.database.outlets() if source.casefold() in wanted]
        unknown = wanted.keys() - {source.casefold() for source in held}
        return replace(filters, sources=tuple(sorted([*held, *(wanted[name] for name in unknown)])))

    def articles(self, filters: Filters) -> int:
        """How many articles the filters accept."""
        query, values = numbers_of_articles(self.spelt(filters))
        row = self.database.connection.execute(f"SELECT count(*) FROM ({query})", values).fetchone()
        return int(row[0])

    def _look_up(self, filters: Filters) -> Ids:
        query, values = numbers_of_articles(self.spelt(filters))
        rows = self.database.connection.execute(
            f"SELECT id FROM passage WHERE article IN ({query}) ORDER BY id", values
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)


def numbers_of_articles(filters: Filters) -> tuple[str, list[str]]:
    """An SQL query for the numbers of the articles accepted, and its values; outlets in exact spelling."""
    conditions = ["true"]
    values: list[str] = []
    if filters.sources:
        conditions.append(f"source IN ({','.join('?' * len(filters.sources))})")
        values += filters.sources
    # Days are stored as 2021-12-01, which sorts as text; NULL, no date, fails every comparison.
    for comparison, day in ((">=", filters.after), ("<=", filters.before)):
        if day:
            conditions.append(f"published {comparison} ?")
            values.append(day.isoformat())
    return f"SELECT number FROM article WHERE {' AND '.join(conditions)}", values
