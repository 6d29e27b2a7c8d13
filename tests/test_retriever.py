"""The retriever: both lists count, ranks are in order, nothing is made up."""

from pathlib import Path

import pytest
from fakes import an_article, put
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive
from qa.retriever import RRF_K, Lists, Retriever, fuse


@pytest.fixture
def towns(archive: Archive) -> Archive:
    put(archive, *(an_article(number) for number in range(1, 9)))
    archive.embed()
    return archive


def test_hits_point_into_their_articles_and_are_ranked(towns: Archive) -> None:
    hits = Retriever(towns).search("bridge of Town3", k=4)
    assert hits[0].article.id == "a3"
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.text == towns.article(hit.article.id).text[hit.passage.start : hit.passage.end]
        assert hit.dense is None or -1 <= hit.dense <= 1.000001
        assert hit.lexical is None or hit.lexical >= 0


def test_without_vectors_words_alone_find(archive: Archive) -> None:
    put(archive, an_article(1), an_article(2))
    hits = Retriever(archive).search("Town2")
    assert [hit.article.id for hit in hits] == ["a2"]
    assert hits[0].dense is None


@pytest.mark.parametrize("query", ["", "   ", "\n\t"], ids=["empty", "blanks", "white space"])
def test_no_query_no_hits(towns: Archive, query: str) -> None:
    assert Retriever(towns).search(query) == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "NEAR(",
        "a AND OR",
        "title:x",
        "*",
        "^",
        "-",
        "'; DROP TABLE article; --",
        "??",
        "\U0001f600",
        "x" * 100_000,
    ],
    ids=["quote", "near", "operators", "column", "star", "caret", "minus", "sql", "marks", "emoji", "long"],
)
def test_the_query_languages_below_are_out_of_reach(towns: Archive, query: str) -> None:
    before = towns.counts()
    Retriever(towns).search(query)
    assert towns.counts() == before


def test_k_must_be_positive(towns: Archive) -> None:
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        Retriever(towns).search("town", k=0)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what did the us say", "The U.S. said it would help."),
        ("United States help", "U.S. help came late."),
        ("who meets the general", "The mayor met the general."),
        ("South Korea talks", "S. Korea held talks."),
        ("In-choul Won", "General In-Choul Won spoke."),
        ("covid 19 delay", "A COVID-19 delay was announced."),
        ("WHAT ABOUT THE F-16", "An F-16 landed."),
    ],
)
def test_words_meet_in_whatever_form_they_are_written(archive: Archive, question: str, text: str) -> None:
    put(archive, an_article(1, text=text, title=""), an_article(2, text="Bread rose in the oven.", title=""))
    assert Retriever(archive).search(question, k=1)[0].article.id == "a1"


def test_fusion_by_hand() -> None:
    # 7 is second by meaning and first by words: 1/62 + 1/61; 5 is first by meaning only: 1/61; 9 third: 1/62.
    fused = fuse(Lists([(5, 0.9), (7, 0.8)], [(7, 3.0), (9, 1.0)]))
    assert [item.passage for item in fused] == [7, 5, 9]
    expected = [1 / (RRF_K + 2) + 1 / (RRF_K + 1), 1 / (RRF_K + 1), 1 / (RRF_K + 2)]
    assert [item.score for item in fused] == pytest.approx(expected)
    assert (fused[0].dense, fused[0].lexical) == (0.8, 3.0)
    assert (fused[1].dense, fused[1].lexical) == (0.9, None)


LISTS = st.lists(st.integers(1, 30), unique=True, max_size=12)


@given(dense=LISTS, lexical=LISTS)
def test_fusion_against_the_definition(dense: list[int], lexical: list[int]) -> None:
    fused = fuse(Lists([(p, 1.0) for p in dense], [(p, 1.0) for p in lexical]))
    assert {item.passage for item in fused} == set(dense) | set(lexical)
    for item in fused:
        expected = sum(
            1 / (60 + ranked.index(item.passage) + 1) for ranked in (dense, lexical) if item.passage in ranked
        )
        assert item.score == pytest.approx(expected)
    assert [(-item.score, item.passage) for item in fused] == sorted(
        (-item.score, item.passage) for item in fused
    )


def test_an_article_removed_in_between_is_left_out(
    towns: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    retriever = Retriever(towns)
    found = towns.search_words("bridge", 50)
    towns.remove(["a1", "a2"])
    hits = retriever._hits(fuse(Lists([], found)), 8)
    assert {hit.article.id for hit in hits}.isdisjoint({"a1", "a2"})
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
