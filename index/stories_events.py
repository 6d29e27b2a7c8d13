"""Articles grouped into texts and events: which are versions of one text, which report the same event.

Pure functions of the articles given: the same set gives the same groups in whatever order it came.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.stories_copies import same_text
from index.stories_grouping import Likeness, by_average, nearest_between
from index.stories_sets import components
from index.stories_words import Profile, ProfileTable

# Mean cosine from which on two groups report one event. Chosen on 132 pairs of AllSides articles of two
# outlets and like days, told apart by hand and weighed as often as their like occur: at .38, 68 % of the
# pairs are one event and 90 % of those of one event are found; at .45, 92 % and 64 %.
SAME_EVENT = 0.42

# Days between two reports of one event; what comes later is another one: the trial after the arrest.
WINDOW = 3

# Only articles this near in their words are compared run by run: a copy is far above it.
MAYBE_COPY = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of an article: its number, its day (ordinal, None if unknown), its words."""

    number: int
    day: int | None
    profile: Profile


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles, the lower number first, that may belong together; `copy` if they are one text."""

    one: int
    other: int
    copy: bool


def group(articles: Sequence[Told], text_of: Callable[[int], str]) -> list[list[list[Told]]]:
    """All articles grouped at once: stories, each a list of texts, each a list of the versions of it.

    `text_of` gives the text of an article by its number. Each article is in one story; all are in the order
    of the articles.
    """
    found = list(links(articles, articles, text_of))
    by_number = {told.number: told for told in articles}
    copies = [(link.one, link.other) for link in found if link.copy]
    return [
        event
        for numbers in components(by_number, ((link.one, link.other) for link in found))
        for event in events([by_number[number] for number in numbers], copies)
    ]


def links(known: Sequence[Told], new: Iterable[Told], text_of: Callable[[int], str]) -> Iterator[Link]:
    """The links of new articles, among each other and to the known (which include them).

    Dated articles are linked if they are alike and within WINDOW days; one without a date only to the
    texts that it is a version of, whatever their date.
    """
    by_day: defaultdict[int | None, list[Told]] = defaultdict(list)
    for told in new:
        by_day[told.day].append(told)
    new_numbers = {told.number for some in by_day.values() for told in some}
    dated: defaultdict[int | None, list[Told]] = defaultdict(list)
    for told in known:
        dated[told.day].append(told)
    for day, some in by_day.items():
        near = list(known) if day is None else _around(dated, day)
        table = ProfileTable([told.profile for told in near])
        for told in some:
            yield from _links_of(told, near, table, new_numbers, text_of)


def _around(dated: Mapping[int | None, list[Told]], day: int) -> list[Told]:
    days = (None, *range(day - WINDOW, day + WINDOW + 1))
    return [told for near in days for told in dated.get(near, ())]


def _links_of(
    told: Told, near: Sequence[Told], table: ProfileTable, new: set[int], text_of: Callable[[int], str]
) -> Iterator[Link]:
    cosines = table.cosines(told.profile)
    for row in np.flatnonzero(cosines >= SAME_EVENT).tolist():
        other = near[row]
        if other.number == told.number or (other.number in new and other.number < told.number):
            continue  # itself, or a pair that is met from its other end
        # A bool, not NumPy's: SQLite would file that as bytes, which are true whatever they hold.
        copy = bool(cosines[row] >= MAYBE_COPY) and same_text(text_of(told.number), text_of(other.number))
        if copy or (told.day is not None and other.day is not None):
            one, two = sorted((told.number, other.number))
            yield Link(one, two, copy)


def events(held_together: Sequence[Told], copies: Iterable[tuple[int, int]]) -> list[list[list[Told]]]:
    """Articles that links hold together, taken apart into events, each a list of texts with their versions.

    Events, texts and versions in the order of the articles. Texts join by the mean cosine across them, that
    of their nearest versions for each two, so that a chain of reports, each a little like the next, is not
    one event, and copies count once in it.
    """
    texts = components(range(len(held_together)), _rows(held_together, copies))
    if len(texts) == 1:
        return [[list(held_together)]]
    groups = by_average(nearest_between(_likeness(held_together), texts), SAME_EVENT)
    return [[[held_together[row] for row in texts[text]] for text in group] for group in groups]


def _rows(articles: Sequence[Told], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    row = {told.number: at for at, told in enumerate(articles)}
    return [(row[one], row[other]) for one, other in pairs if one in row and other in row]


def _likeness(articles: Sequence[Told]) -> Likeness:
    """Cosines between articles, 0 where days are too far apart or unknown: (n, n), symmetric."""
    table = ProfileTable([told.profile for told in articles])
    cosines = np.array([table.cosines(told.profile) for told in articles])
    days = np.array([np.nan if told.day is None else told.day for told in articles])
    with np.errstate(invalid="ignore"):
        near = np.abs(days[:, None] - days[None, :]) <= WINDOW
    return np.where(near, cosines, 0.0)
