"""Misspelt words of a question are read as the archive's; unknown names are not."""

from pathlib import Path

import pytest
from fakes import an_article, put

from index.archive import Archive
from index.indexing import index_paths
from qa.answering import ask
from qa.misspelling import mended, slips


@pytest.fixture
def news(archive: Archive, seeds: Path) -> Archive:
    index_paths(archive, [seeds])
    return archive


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("milley", "milley", 0),
        ("milly", "milley", 1),
        ("mliley", "milley", 1),
        ("abc", "", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_slips(one: str, other: str, count: int) -> None:
    assert slips(one, other, 5) == slips(other, one, 5) == count


def test_more_slips_than_asked_for_are_not_counted() -> None:
    assert slips("kitten", "sitting", 1) == 2
    assert slips("a", "abcdef", 2) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who met milely?", "who met Milley?"),
        ("Who met Milly on Wednesday?", "Who met Milley on Wednesday?"),
        ("what did the joint staement say?", "what did the joint statement say?"),
        ("WHO MET MILELY", "WHO MET Milley"),
    ],
)
def test_a_slip_is_mended(news: Archive, typed: str, meant: str) -> None:
    assert mended(news, typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Who met Milley?",
        "Who is Macron?",  # an unknown name
        "Who is Johnston?",
        "What does Japn99 say?",
        "Where is the NATOO base?",  # initials
        "banana bread recipe",  # English, only not here
        "",
        "?!",
    ],
)
def test_what_is_no_slip_stays(news: Archive, typed: str) -> None:
    assert mended(news, typed) is None


def test_a_full_name_is_read_as_another_only_if_the_archive_has_it(archive: Archive) -> None:
    text = "The actor Jussie Smollett was there. A lawyer, Brigitte Amiri, spoke. A king was Mansa Musa."
    put(archive, an_article(1, text=text))
    assert mended(archive, "who is Jusie Smolett?") == "who is Jussie Smollett?"
    assert mended(archive, "who is Amirri?") == "who is Amiri?"
    assert mended(archive, "who is Mahsa Amini?") is None
    assert mended(archive, "who is Mahsa Amiri?") is None


def test_an_answer_says_how_the_question_was_read(news: Archive) -> None:
    answer = ask(news, "who met milely?", threshold=0.0)

    assert answer.question == "who met milely?"
    assert answer.interpreted_as == "who met Milley?"
    assert ask(news, "who met Milley?", threshold=0.0).interpreted_as is None


def test_an_empty_archive_mends_nothing(archive: Archive) -> None:
    assert mended(archive, "who met milely?") is None
