"""Copies of one text read once, kept as evidence, and counted as one witness."""

from dataclasses import replace

import pytest
from fakes import put
from hypothesis import given
from hypothesis import strategies as st
from made_stories import COPY, FIRE, FIRE_RIVAL, RIVAL, TREATY, UPDATE, WIRE

from index.archive import Archive
from index.article import Article, Passage, Span
from qa.answer import Answer, Evidence, Hit
from qa.corroboration import Support, support, with_copies, without_copies
from qa.rendering import answer_text, support_text, to_json


def evidence(article: Article, words: str = "Oostakker", confidence: float = 0.8) -> Evidence:
    """The first sentence of an article, with words of it that answer."""
    start, end = article.text.index(words), article.text.index(".") + 1
    return Evidence(article, Span(start, start + len(words)), Span(0, end), confidence)


def hit(article: Article, rank: int, start: int = 0) -> Hit:
    """The passage of an article from `start` on."""
    passage = Passage(rank, article.id, start, len(article.text))
    return Hit(article, passage, rank, 1 / rank, None, None)


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ((), Support(0, 0, 0)),
        ((WIRE,), Support(1, 1, 1)),
        ((WIRE, COPY), Support(2, 2, 1)),
        ((WIRE, UPDATE), Support(2, 1, 1)),
        ((WIRE, COPY, UPDATE, RIVAL), Support(4, 3, 2)),
        ((WIRE, replace(RIVAL, source="agency")), Support(2, 1, 2)),
        ((replace(WIRE, source=""), replace(RIVAL, source="")), Support(2, 1, 2)),
    ],
    ids=["none", "one", "a copy", "an update", "all", "an outlet in two cases", "no outlet"],
)
def test_what_supports_an_answer(articles: tuple[Article, ...], expected: Support) -> None:
    assert support([evidence(article) for article in articles]) == expected


def test_two_sentences_of_an_article_are_one_article() -> None:
    assert support([evidence(WIRE), evidence(WIRE, "Monday")]) == Support(1, 1, 1)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Support(1, 1, 1), ""),
        (Support(2, 2, 2), "2 articles, 2 outlets"),
        (Support(2, 1, 2), "2 articles, 1 outlet"),
        (Support(3, 2, 1), "3 articles, 2 outlets, copies of one text"),
        (Support(4, 3, 2), "4 articles, 3 outlets, 2 different texts"),
    ],
    ids=str,
)
def test_support_in_words(found: Support, text: str) -> None:
    assert support_text(found) == text


def test_support_stands_with_each_answer_in_json_and_text() -> None:
    pieces = (evidence(WIRE), evidence(RIVAL), evidence(TREATY, "Tromso"))
    answer = Answer("Where?", pieces, 0.8, 1.0)
    first, second = to_json(answer)["answers"]
    assert first["support"] == {"articles": 2, "outlets": 2, "independent": 2}
    assert second["support"] == {"articles": 1, "outlets": 1, "independent": 1}
    text = answer_text(answer)
    assert "80 % sure, 2 articles, 2 outlets\n" in text
    assert text.endswith("80 % sure")


def test_copies_are_not_read_and_what_stands_below_them_is() -> None:
    hits = [hit(a, rank) for rank, a in enumerate((WIRE, COPY, RIVAL, TREATY), start=1)]
    read, copies = without_copies(hits, 2)
    assert [h.article.id for h in read] == ["wire", "rival"]
    assert [h.article.id for h in copies] == ["copy"]
    assert without_copies(hits, 4) == ([hits[0], hits[2], hits[3]], [hits[1]])
    assert without_copies([], 2) == ([], [])


def test_an_article_is_no_copy_of_itself() -> None:
    hits = [hit(WIRE, 1), hit(WIRE, 2)]
    assert without_copies(hits, 5) == (hits, [])


def test_without_copies_the_first_hits_are_read() -> None:
    hits = [hit(a, rank) for rank, a in enumerate((WIRE, RIVAL, TREATY), start=1)]
    assert without_copies(hits, 2) == (hits[:2], [])


def test_the_sentence_is_found_in_the_copy_at_its_own_place() -> None:
    moved = replace(COPY, text=f"By our staff.\n\n{FIRE}")
    best, other = evidence(WIRE), evidence(RIVAL, confidence=0.6)
    found = with_copies([best, other], [hit(moved, 3, start=15)])
    assert [piece.article.id for piece in found] == ["wire", "copy", "rival"]
    assert (found[1].quote, found[1].answer) == (best.quote, best.answer)
    assert found[1].sentence.start == 15
    assert found[1].confidence == best.confidence


def test_a_sentence_that_the_copy_changed_is_no_evidence_in_it() -> None:
    edited = replace(COPY, text=FIRE.replace("destroyed", "gutted"))
    assert with_copies([evidence(WIRE)], [hit(edited, 2)]) == (evidence(WIRE),)
    assert with_copies([], [hit(edited, 2)]) == ()


@given(st.lists(st.sampled_from([WIRE, COPY, UPDATE, RIVAL, TREATY]), unique=True), st.integers(1, 5))
def test_no_hit_is_lost_before_the_last_that_is_read(articles: list[Article], most: int) -> None:
    hits = [hit(article, rank) for rank, article in enumerate(articles, start=1)]
    read, copies = without_copies(hits, most)
    assert len(read) <= most
    assert sorted([*read, *copies], key=lambda h: h.rank) == hits[: len(read) + len(copies)]


def test_an_answer_cites_the_copies_of_its_sentence(archive: Archive) -> None:
    from qa import ask

    others = [replace(RIVAL, id=f"r{n}", text=f"{FIRE_RIVAL} Part {n}.", origin=f"/r{n}") for n in range(3)]
    put(archive, WIRE, COPY, TREATY, *others)
    archive.embed()
    answer = ask(archive, "Who said that nobody was hurt in the fire in Oostakker?", threshold=0.0)
    for piece in answer.evidence:
        assert piece.article.text[piece.sentence.start : piece.sentence.end] == piece.quote
    quotes = [piece.quote for piece in answer.evidence]
    assert {"wire", "copy"} <= {piece.article.id for piece in answer.evidence if piece.quote == quotes[0]}
    assert answer.answers[0].evidence[0].article.id in {"wire", "copy"}
