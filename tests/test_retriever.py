"""The retriever: both lists count, ranks are in order, nothing is made up."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from fakes import an_article, put
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive
from index.filters import EVERYTHING, Filters
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
    hits = retriever._hits("bridge", fuse(Lists([], found)))
    assert {hit.article.id for hit in hits}.isdisjoint({"a1", "a2"})
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


@pytest.fixture
def weekly(archive: Archive) -> Archive:
    """The same sentence in articles of sixty weeks, the last of 1 June 2024, and in one without a date."""
    text = "General Milley said that talks with Seoul went on."
    last = date(2024, 6, 1)
    for week in range(60):
        put(
            archive, an_article(week, text=text, published=last - timedelta(weeks=week), title=f"Week {week}")
        )
    put(archive, an_article(60, text=text, published=None, title="Undated"))
    archive.embed()
    return archive


def weeks(
    archive: Archive,
    question: str,
    k: int = 3,
    *,
    asked_on: date | None = None,
    filters: Filters = EVERYTHING,
) -> list[str]:
    hits = Retriever(archive).search(question, k, asked_on=asked_on, filters=filters)
    return [hit.article.title for hit in hits]


def test_articles_of_the_days_asked_about_come_first(weekly: Archive) -> None:
    # Asked on 6 June, last week is 27 May to 2 June: week 0. Asked on 4 July 2023, it is 26 June to 2 July
    # 2023: week 48, published on 1 July 2023, which without its time would come in the order of the ids.
    asked = "what did Milley say last week?"
    assert weeks(weekly, asked, asked_on=date(2024, 6, 6))[0] == "Week 0"
    assert weeks(weekly, asked, asked_on=date(2023, 7, 4))[0] == "Week 48"


def test_without_a_word_of_time_the_days_before_asking_are_preferred(weekly: Archive) -> None:
    asked = "what did Milley say?"
    assert weeks(weekly, asked, asked_on=date(2024, 1, 20))[0] == "Week 19"
    assert len(weeks(weekly, asked, 61, asked_on=date(2024, 1, 20))) == 61


def test_articles_of_certain_days_only(weekly: Archive) -> None:
    # Saturdays of March 2024, counted back from 1 June: the 30th is 9 weeks before it, the 2nd 13.
    asked = "what do articles published in March 2024 say about Milley?"
    found = weeks(weekly, asked, 20, asked_on=date(2024, 6, 6))
    assert sorted(found) == ["Week 10", "Week 11", "Week 12", "Week 13", "Week 9"]
    assert weeks(weekly, asked, filters=Filters(before=date(2024, 2, 1))) == []


def test_a_filter_and_the_time_of_the_question_go_together(weekly: Archive) -> None:
    found = weeks(
        weekly,
        "what did Milley say last week?",
        asked_on=date(2024, 6, 6),
        filters=Filters(before=date(2024, 5, 1)),
    )
    assert found[0] == "Week 5"  # 27 April 2024, the newest that is left
