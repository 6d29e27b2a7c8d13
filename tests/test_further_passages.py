"""Passages that were found and not read, and which of them are read to be set beside an answer."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from fakes import an_article, put

from index.archive import Archive
from index.article import Span
from qa.answer import Evidence, Hit
from qa.further_passages import MOST, judged_beside, may_agree, may_differ
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


def test_one_passage_of_an_article_is_read(archive: Archive) -> None:
    toll = "The death toll of the Oostakker fire rose to 14 people."
    padding = "Nobody in the street slept that night. " * 60
    best, long = hits_of(archive, BEST, f"{toll}\n\n{padding}\n\n{toll}")
    passages = archive.catalogue.passages_of(long.article.id)
    hits = [best, *(replace(long, passage=passage) for passage in passages)]
    assert [toll in text for text in chosen(archive, hits)] == [True]


def test_no_more_than_a_few_are_read_and_only_those_that_differ(archive: Archive) -> None:
    tolls = [f"The death toll of the Oostakker fire rose to {number} people." for number in range(20, 30)]
    same = "Twelve people died in the Oostakker fire."
    assert chosen(archive, hits_of(archive, BEST, same, *tolls)) == tolls[:MOST]
    assert chosen(archive, hits_of(archive, BEST, same, *tolls[:2])) == tolls[:2]


@pytest.mark.parametrize(
    ("question", "first", "answer", "other", "is_read"),
    [
        (
            "When will the Oostakker bridge open?",
            "The Oostakker bridge will open on 3 June 2024.",
            "3 June 2024",
            "The Oostakker bridge will open on 9 September 2024.",
            True,
        ),
        (
            "Who is the mayor of Oostakker?",
            "The mayor of Oostakker is Ada Smit.",
            "Ada Smit",
            "Bea Maes was sworn in as mayor of Oostakker.",
            True,
        ),
        (
            "Who is the mayor of Oostakker?",
            "The mayor of Oostakker is Ada Smit.",
            "Ada Smit",
            "The mayor of Bruges met Bea Maes.",
            False,
        ),
        (
            "How much will the Oostakker bridge cost?",
            "The Oostakker bridge will cost $400 million.",
            "$400 million",
            "A trip over the Oostakker bridge will cost $2.",  # a sum of another size
            False,
        ),
    ],
)
def test_days_and_names_and_sums_are_looked_for_too(
    archive: Archive, question: str, first: str, answer: str, other: str, is_read: bool
) -> None:
    hits = hits_of(archive, first, other)
    found = may_differ(archive, analyse(question), evidence(hits[0], answer), frozenset(), hits)
    assert [hit.text for hit in found] == ([other] if is_read else [])


def test_what_is_judged_anew_is_as_likely_as_it_is_beside_the_best(archive: Archive) -> None:
    best, other, known = hits_of(archive, BEST, "It rose to 14.", "It rose to 15.")
    first, again = evidence(best, "12", 0.8), evidence(best, "12", 0.4)
    judged = [again, evidence(other, "14", 0.1), evidence(known, "15", 0.1)]
    found = judged_beside(first, frozenset({best.article.id, known.article.id}), judged)
    assert [piece.answer for piece in found] == ["14"]
    assert found[0].confidence == pytest.approx(0.2)


def test_passages_with_the_same_value_are_read_where_nobody_bears_the_answer_out(archive: Archive) -> None:
    best, *others = hits_of(
        archive,
        "The Oostakker bridge will open on 3 June 2024.",
        "Traffic will be let onto the new Oostakker bridge from 3 June 2024 on.",
        "The Oostakker bridge will open on 9 September 2024.",
        "On 3 June 2024 the museum of Bruges will show Rubens.",
    )
    question = analyse("When will the Oostakker bridge open?")
    found = may_agree(archive, question, evidence(best, "3 June 2024"), [best, *others])
    assert [hit.article.id for hit in found] == [others[0].article.id]
