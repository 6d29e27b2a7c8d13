"""Filters: what they accept, and that searches rank among that alone."""

from datetime import date
from pathlib import Path

import pytest
from fakes import HashingEncoder, an_article, open_archive, put
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.filters import EVERYTHING, Filters
from qa.asking import read_filters
from qa.retriever import Retriever

MAY = Filters(after=date(2021, 5, 1), before=date(2021, 5, 31))


@pytest.mark.parametrize(
    ("after", "before", "filters"),
    [
        ("2021-05-01", "2021-05-31", MAY),
        ("2021-05", "2021-05", MAY),
        ("2020", "2020", Filters(after=date(2020, 1, 1), before=date(2020, 12, 31))),
        (None, "2020-02", Filters(before=date(2020, 2, 29))),
    ],
)
def test_a_month_or_a_year_is_all_its_days(after: str | None, before: str | None, filters: Filters) -> None:
    assert read_filters((), after, before) == filters


@pytest.mark.parametrize(
    ("filters", "source", "published", "accepted"),
    [
        (EVERYTHING, "CNN", None, True),
        (Filters(("cnn",)), "CNN", None, True),
        (Filters(("CNN",)), "CNN (Opinion)", None, False),
        (Filters(("CNN", "süddeutsche")), "SÜDDEUTSCHE", None, True),
        (MAY, "CNN", date(2021, 5, 1), True),
        (MAY, "CNN", date(2021, 5, 31), True),
        (MAY, "CNN", date(2021, 4, 30), False),
        (MAY, "CNN", date(2021, 6, 1), False),
        (MAY, "CNN", None, False),
        (Filters(before=date(2021, 5, 31)), "CNN", None, False),
    ],
)
def test_what_is_accepted(filters: Filters, source: str, published: date | None, accepted: bool) -> None:
    assert filters.accept(source, published) is accepted


def test_days_that_leave_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="leave no day"):
        Filters(after=date(2021, 5, 2), before=date(2021, 5, 1))


def test_narrowing_keeps_the_days_that_both_have() -> None:
    assert EVERYTHING.within(None, None) == EVERYTHING
    assert EVERYTHING.within(date(2021, 5, 1), date(2021, 5, 31)) == MAY
    assert MAY.within(date(2021, 5, 20), None) == Filters(after=date(2021, 5, 20), before=date(2021, 5, 31))
    assert Filters(("CNN",)).within(None, date(2021, 5, 1)) == Filters(("CNN",), before=date(2021, 5, 1))
    assert MAY.within(date(2021, 6, 1), None) is None


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 9))
OUTLETS = st.sampled_from(["Ghent Daily", "GHENT DAILY", "Écho", "écho", "Echo", ""])


@settings(max_examples=20, deadline=None)
@given(
    articles=st.lists(st.tuples(OUTLETS, DAYS), min_size=1, max_size=8),
    sources=st.lists(OUTLETS.filter(bool), max_size=2),
    days=st.tuples(DAYS, DAYS),
)
def test_searches_find_exactly_what_the_filters_accept(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[tuple[str, date | None]],
    sources: list[str],
    days: tuple[date | None, date | None],
) -> None:
    after, before = days
    if after and before:
        after, before = min(after, before), max(after, before)
    filters = Filters(tuple(sources), after, before)
    with open_archive(tmp_path_factory.mktemp("filters")) as archive:
        put(archive, *(an_article(n, source=name, published=day) for n, (name, day) in enumerate(articles)))
        archive.embed()
        wanted = {f"a{n}" for n, article in enumerate(articles) if filters.accept(*article)}
        for found in (
            archive.search_words("bridge", 50, filters),
            archive.search_meaning("bridge", 50, filters),
        ):
            passages = archive.passages([passage for passage, _ in found])
            assert {passage.article_id for passage in passages.values()} == wanted
        assert archive.filtered.articles(filters) == len(wanted)


@pytest.fixture
def crowd(archive: Archive) -> Archive:
    """Sixty articles of the Herald with all words of the question, three of the Gazette with one each."""
    put(
        archive,
        *(
            an_article(n, text=f"The mayor opened the new bridge of Ghent, part {n}.", source="Herald")
            for n in range(60)
        ),
        *(
            an_article(n, text=f"A bridge in Antwerp was painted, part {n}.", source="Gazette", title="")
            for n in range(60, 63)
        ),
    )
    archive.embed()
    return archive


def test_a_filter_is_no_cut_of_the_best(crowd: Archive) -> None:
    """The Gazette's are below the first fifty, and all three come."""
    question = "who opened the new bridge of Ghent?"
    assert {hit.article.source for hit in Retriever(crowd).search(question, 50)} == {"Herald"}
    hits = Retriever(crowd).search(question, 3, filters=Filters(("gazette",)))
    assert [hit.article.source for hit in hits] == ["Gazette"] * 3
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert all(hit.dense is not None and hit.lexical is not None for hit in hits)


def test_the_score_of_a_passage_does_not_depend_on_the_filter(crowd: Archive) -> None:
    question, filters = "bridge in Antwerp", Filters(("Gazette",))
    for search in (crowd.search_words, crowd.search_meaning):
        everything, filtered = dict(search(question, 100)), dict(search(question, 100, filters))
        assert len(filtered) == 3
        assert filtered == pytest.approx({passage: everything[passage] for passage in filtered})


def test_filters_follow_the_catalogue(crowd: Archive) -> None:
    filters = Filters(("Gazette",))
    assert len(crowd.search_meaning("bridge", 10, filters)) == 3
    crowd.remove(["a61"])
    assert len(crowd.search_meaning("bridge", 10, filters)) == 2
    put(crowd, an_article(70, text="One more bridge.", source="gazette"))
    crowd.embed()
    assert len(crowd.search_meaning("bridge", 10, filters)) == 3
    assert len(crowd.search_words("bridge", 10, filters)) == 3


def test_an_outlet_nobody_has_finds_nothing(crowd: Archive) -> None:
    assert Retriever(crowd).search("bridge", 5, filters=Filters(("Nobody",))) == []


def test_an_archive_from_before_there_were_filters_gets_their_index(tmp_path: Path) -> None:
    with open_archive(tmp_path / "old") as archive:
        put(archive, an_article(1))
        archive.database.connection.execute("DROP INDEX article_filters")
    with Archive.open(tmp_path / "old", encoder=HashingEncoder()) as archive:
        query = "EXPLAIN QUERY PLAN SELECT number FROM article WHERE source = ? AND published > ?"
        (plan,) = archive.database.connection.execute(query, ("x", "2020-01-01")).fetchall()
        assert "COVERING INDEX article_filters" in plan[-1]
