"""Passages that were found and not read, and which of them are read to be set beside an answer."""

from collections.abc import Sequence

import pytest
from fakes import an_article, put

from index.archive import Archive
from index.article import Span
from qa.answer import Evidence, Hit
from qa.further_passages import LEAST_SHARE, MOST, may_differ, surer_of
from qa.question import analyse
from qa.reader import Reading

HOW_MANY = "How many people died in the Oostakker fire?"
BEST = "At least 12 people died in the Oostakker fire."


def hits_of(archive: Archive, *texts: str) -> list[Hit]:
    """The first passage of an article of each text, in their order, none read."""
    articles = [an_article(number, text) for number, text in enumerate(texts, start=1)]
    put(archive, *articles)
    return [
        Hit(article, archive.catalogue.passages_of(article.id)[0], rank, 1.0, None, None)
        for rank, article in enumerate(articles, start=1)
    ]


def evidence(hit: Hit, answer: str, confidence: float = 0.8) -> Evidence:
    text = hit.article.text
    at = text.index(answer)
    return Evidence(hit.article, Span(at, at + len(answer)), Span(0, len(text)), confidence)


def chosen(archive: Archive, hits: Sequence[Hit], *, known: frozenset[str] = frozenset()) -> list[str]:
    best = evidence(hits[0], "12")
    return [hit.text for hit in may_differ(archive, analyse(HOW_MANY), best, known, hits)]


@pytest.mark.parametrize(
    ("told", "is_read"),
    [
        ("The death toll of the Oostakker fire rose to 14 people.", True),
        ("The Oostakker fire killed fourteen people.", True),
        ("The Oostakker fire cost 14 million euros.", False),  # another unit
        ("The fire in Oostakker shocked people.", False),  # no number
        ("In Bruges 14 people went to the fair.", False),  # another matter
    ],
)
def test_a_passage_with_such_a_number_on_the_matter_is_read(
    archive: Archive, told: str, is_read: bool
) -> None:
    hits = hits_of(archive, BEST, told)
    assert chosen(archive, hits) == ([told] if is_read else [])


def test_what_was_read_or_is_known_is_not_read_again(archive: Archive) -> None:
    toll = "The death toll of the Oostakker fire rose to 14 people."
    best, other = hits_of(archive, BEST, toll)
    read = Hit(other.article, other.passage, 2, 1.0, None, None, reading=Reading(()))
    assert chosen(archive, [best, read]) == []
    assert chosen(archive, [best, other], known=frozenset({other.article.id})) == []
    assert chosen(archive, [best, best]) == []


def test_no_more_than_a_few_are_read(archive: Archive) -> None:
    tolls = [f"The death toll of the Oostakker fire rose to {number} people." for number in range(20, 30)]
    assert chosen(archive, hits_of(archive, BEST, *tolls)) == tolls[:MOST]


def test_what_is_set_beside_an_answer_is_not_too_unlikely(archive: Archive) -> None:
    best, other, read_before = hits_of(archive, BEST, "It rose to 14.", "It rose to 15.")
    first, least = evidence(best, "12"), LEAST_SHARE * 0.8
    sure, unsure = evidence(other, "14", least), evidence(other, "14", least / 2)
    judged = [first, evidence(read_before, "15"), sure, unsure]
    assert surer_of([other], first, judged) == [sure]
