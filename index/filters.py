"""Filters: which articles a search may find, by outlet and by day of publication."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Filters:
    """Articles of any of `sources` (none named: of every outlet), published from `after` to `before`.

    Both days are included. Outlets are compared whole and in any case: "reuters" is "Reuters", "CNN" is
    not "CNN (Opinion)". An article without a date is in no period: it cannot be shown to be of it.

    Raises:
        ValueError: if `after` is later than `before`.
    """

    sources: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None

    def __post_init__(self) -> None:
        if self.after and self.before and self.after > self.before:
            raise ValueError(f"after {self.after} and before {self.before} leave no day")

    def __bool__(self) -> bool:
        """True if anything is left out."""
        return bool(self.sources or self.after or self.before)

    def accept(self, source: str, published: date | None) -> bool:
        """Whether an article of this outlet and day may be found."""
        if self.sources and source.casefold() not in {name.casefold() for name in self.sources}:
            return False
        if published is None:
            return not (self.after or self.before)
        return (self.after or date.min) <= published <= (self.before or date.max)

    def within(self, first: date | None, last: date | None) -> "Filters | None":
        """The same for the days from `first` to `last` (None: open) alone; None if that leaves no day."""
        after, before = max(self.after or date.min, first or date.min), self.before or date.max
        before = min(before, last or date.max)
        if after > before:
            return None
        return replace(
            self,
            after=None if after == date.min else after,
            before=None if before == date.max else before,
        )


EVERYTHING = Filters()
