"""Leafing through the catalogue: order, pages, words, filters, and what outlets and days there are."""

from datetime import date
from itertools import chain

import pytest
from fakes import an_article, put

from index.archive import Archive
from index.browsing import Outlet, browse, outlets, period, titles_held
from index.filters import EVERYTHING, Filters


@pytest.fixture
def library(archive: Archive) -> Archive:
    """Town1 to Town9 on 2 to 10 January 2024, even ones by another outlet, and an undated article."""
    for number in range(1, 10):
        put(archive, an_article(number, source="The Other" if number % 2 == 0 else "The Example"))
    put(archive, an_article(10, "An undated note on bridges.", published=None, agency="Reuters"))
    return archive


def ids(
    archive: Archive, words: str = "", filters: Filters = EVERYTHING, *, offset: int = 0, limit: int = 25
) -> list[str]:
    page = browse(archive.database, words, filters, offset=offset, limit=limit)
    return [entry.id for entry in page.entries]


def test_the_latest_come_first_and_undated_ones_last(library: Archive) -> None:
    assert ids(library) == ["a9", "a8", "a7", "a6", "a5", "a4", "a3", "a2", "a1", "a10"]

    earliest = [entry.id for entry in browse(library.database, earliest_first=True).entries]
    assert earliest == ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10"]


def test_pages_join_to_the_whole_list(library: Archive) -> None:
    pages = [ids(library, offset=offset, limit=4) for offset in (0, 4, 8, 12)]
    assert [len(page) for page in pages] == [4, 4, 2, 0]
    assert [*chain.from_iterable(pages)] == ids(library)
    assert browse(library.database, offset=12).total == 10


def test_all_words_count_wherever_they_stand_in_the_article(library: Archive) -> None:
    assert ids(library, "Town3") == ["a3"]
    assert ids(library, "residents mayor town3") == ["a3"]
    assert ids(library, "Town3 Town4") == []
    assert len(ids(library, "bridges")) == 10


@pytest.mark.parametrize("words", ["zzz", "the of", '"', "' OR 1=1 --", "\0", "?"])
def test_words_that_find_nothing(library: Archive, words: str) -> None:
    assert browse(library.database, words).total == 0


def test_space_is_no_word(library: Archive) -> None:
    assert browse(library.database, " \n").total == 10


def test_filters_and_words_go_together(library: Archive) -> None:
    other = Filters(("the other",), date(2024, 1, 4))
    assert ids(library, "", other) == ["a8", "a6", "a4"]
    assert ids(library, "Town6", other) == ["a6"]
    assert ids(library, "Town3", other) == []


def test_outlets_and_days(library: Archive) -> None:
    assert outlets(library.database) == (
        Outlet("The Example", "", 5), Outlet("The Other", "", 4), Outlet("The Example", "Reuters", 1),
    )  # fmt: skip
    assert period(library.database) == (date(2024, 1, 2), date(2024, 1, 10))
    assert titles_held(library.database, ["Bridge of Town3 opens", "Other"]) == {"Bridge of Town3 opens"}


def test_an_empty_archive_has_none(archive: Archive) -> None:
    assert browse(archive.database).total == 0
    assert outlets(archive.database) == ()
    assert period(archive.database) == (None, None)
