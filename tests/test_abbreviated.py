"""Abbreviations are learnt from the articles that introduce them, and searched both ways."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.abbreviated import definitions
from index.archive import Archive
from index.indexing import index_paths

DEFINES = "The allies spoke of the transfer of wartime operational control (OPCON) of the troops on Tuesday."
SHORT = "An early OPCON transfer would be welcome to Seoul, the minister told the press in the evening."
LONG = "Nobody in the capital wants operational control to be handed over before the year is at its end."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (DEFINES, [("OPCON", "operational control")]),
        ("the Joint Chiefs of Staff (JCS) said", [("JCS", "Joint Chiefs of Staff")]),
        (
            "the Terminal High Altitude Area Defense (THAAD) battery",
            [("THAAD", "Terminal High Altitude Area Defense")],
        ),
        ("Combined Forces Command (“CFC”) and", [("CFC", "Combined Forces Command")]),
        ("the minister (Kim) said", []),
        ("the paper (Reuters) wrote", []),
        ("a letter from Seoul (JCS) came", []),
        ("(OPCON)", []),
    ],
)
def test_definitions(text: str, found: list[tuple[str, str]]) -> None:
    assert list(definitions(text)) == found


@given(st.text())
def test_any_text_is_searched_for_definitions(text: str) -> None:
    assert all(long in " ".join(text.split()) for _, long in definitions(text))


@pytest.fixture
def news(archive: Archive, tmp_path: Path) -> Archive:
    for name, text in (("a", DEFINES), ("b", SHORT), ("c", LONG)):
        (tmp_path / f"{name}.txt").write_text(f"A headline of {name}\n{text}")
    index_paths(archive, [tmp_path / f"{name}.txt" for name in "abc"])
    return archive


@pytest.mark.parametrize("query", ["OPCON", "operational control", "what is the opcon plan?"])
def test_both_forms_find_either(news: Archive, query: str) -> None:
    found = [passage for passage, _ in news.search_words(query, 5)]

    assert {passage.article_id for passage in news.passages(found).values()} == {"a", "b", "c"}


def test_what_is_removed_is_forgotten_and_what_is_rebuilt_is_kept(news: Archive) -> None:
    news.lexical.rebuild()
    assert news.lexical.meant(["opcon"]) != []
    news.remove(["a"])
    assert news.lexical.meant(["opcon"]) == []
