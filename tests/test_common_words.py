"""Words too common to look everything up by: what is left out, and what never is."""

import sqlite3

import pytest
from fakes import an_article, put

from index import lexical
from index.archive import Archive


@pytest.fixture
def crowd(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Twenty articles with "bridge" in all and "opened" in ten; a word in more than five is common."""
    monkeypatch.setattr(lexical, "COMMON", 5)
    monkeypatch.setattr(lexical, "FEWEST", 1)
    texts = [f"Bridge {'opened' if n % 2 else 'closed'} near Town{n}x." for n in range(20)]
    put(archive, *(an_article(n, text=text, title="") for n, text in enumerate(texts)))
    return archive


def found(archive: Archive, query: str) -> set[str]:
    passages = archive.passages([passage for passage, _ in archive.search_words(query, 50)])
    return {passage.article_id for passage in passages.values()}


def test_what_has_only_common_words_is_left_out_beside_rarer_ones(crowd: Archive) -> None:
    assert found(crowd, "did the bridge open near Town3x") == {"a3"}


def test_common_words_alone_find_by_the_rarest(crowd: Archive) -> None:
    assert found(crowd, "bridge") == {f"a{n}" for n in range(20)}
    assert found(crowd, "which bridge opened") == {f"a{n}" for n in range(1, 20, 2)}


def test_common_words_still_count_where_a_rarer_one_is(crowd: Archive) -> None:
    put(crowd, an_article(30, text="Choirs sang near Town3x.", title=""))
    ranked = crowd.search_words("bridge opened Town3x", 5)
    passages = crowd.passages([passage for passage, _ in ranked])
    assert [passages[passage].article_id for passage, _ in ranked] == ["a3", "a30"]


def test_a_word_that_stands_nowhere_does_not_narrow(crowd: Archive) -> None:
    assert found(crowd, "bridge opened Xyzzy") == found(crowd, "bridge opened")
    assert found(crowd, "Xyzzy") == set()


def test_small_archives_are_searched_for_every_word(archive: Archive) -> None:
    put(archive, *(an_article(number) for number in range(1, 9)))
    assert len(found(archive, "bridge of Town3")) == 8


@pytest.mark.parametrize("query", ['"', ") OR (", "NEAR(bridge", "bridge ) AND (", "-", "a" * 999])
def test_no_query_breaks_out(crowd: Archive, query: str) -> None:
    try:
        found(crowd, query)
    except sqlite3.OperationalError as error:  # pragma: no cover
        pytest.fail(f"{query!r}: {error}")


def test_frequencies_follow_the_archive(crowd: Archive) -> None:
    assert found(crowd, "bridge Newtown") == {f"a{n}" for n in range(20)}
    put(crowd, an_article(31, text="Newtown has a bridge.", title=""))
    assert found(crowd, "bridge Newtown") == {"a31"}
