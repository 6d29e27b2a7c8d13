"""What every answer must hold, whatever the archive and the question."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fakes import an_article, open_archive, put
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.filters import Filters
from index.indexing import index_paths
from qa import Answer, Retriever, ask
from qa.rendering import answer_text, hit_json, to_json

DATA = Path(os.environ.get("CITEWIRE_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))


def assert_promises(archive: Archive, answer: Answer) -> None:
    """Verbatim, in its sentence, sorted; an abstention without a citation but with a reason."""
    pieces = [*answer.evidence, *([answer.near_miss] if answer.near_miss else [])]
    for piece in pieces:
        text = archive.article(piece.article.id).text
        found = to_json(Answer("", (piece,), 0.0, 0.0))["evidence"][0]
        assert text[found["start"] : found["end"]] == found["answer"]
        assert text[found["quote_start"] : found["quote_end"]] == found["quote"]
        assert found["quote_start"] <= found["start"] < found["end"] <= found["quote_end"]
    confidences = [piece.confidence for piece in answer.evidence]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in [*confidences, answer.confidence])
    assert answer.abstained == (answer.answer is None) == (not answer.evidence) == (answer.reason is not None)
    assert answer.near_miss is None or answer.abstained
    json.dumps(to_json(answer))
    assert answer_text(answer)


@pytest.fixture
def towns(archive: Archive) -> Archive:
    put(archive, *(an_article(number) for number in range(1, 6)))
    archive.embed()
    return archive


@pytest.mark.parametrize("threshold", [0.0, None, 1.0])
@pytest.mark.parametrize(
    "question",
    [
        "Who opened the bridge of Town3?",
        "bridge town3 cost",
        "WHEN DID TOWN2 OPEN ITS BRIDGE",
        "Who is Zanzibar's king?",
    ],
)
def test_promises_hold_at_every_threshold(towns: Archive, question: str, threshold: float | None) -> None:
    answer = ask(towns, question, threshold=threshold)
    assert_promises(towns, answer)
    assert answer.question == question
    if threshold == 0.0:
        assert not answer.abstained
    if threshold == 1.0:
        assert answer.abstained


@pytest.mark.parametrize(
    "question",
    ["", " \n\t ", "???", "…", "\U0001f600\U0001f600"],
    ids=["empty", "blank", "marks", "dots", "emoji"],
)
def test_a_question_without_words(towns: Archive, question: str) -> None:
    answer = ask(towns, question, threshold=0.0)
    assert_promises(towns, answer)
    assert answer.reason == "The question has no words."


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script> bridge?",
        "' OR 1=1 --",
        "bridge " * 20_000,
        "\x00bridge\x00",
        "mosty w mieście?",
        "\u202ebridge",
    ],
    ids=["html", "sql", "long", "nul", "polish", "bidi"],
)
def test_hostile_questions_are_questions(towns: Archive, question: str) -> None:
    assert_promises(towns, ask(towns, question, threshold=0.0))


def test_an_empty_archive_says_so(archive: Archive) -> None:
    answer = ask(archive, "who opened the bridge?")
    assert_promises(archive, answer)
    assert answer.reason is not None
    assert answer.reason.startswith("The archive is empty")


def test_a_name_nobody_mentions_is_the_reason(towns: Archive) -> None:
    answer = ask(towns, "Who opened the bridge of Atlantis?", threshold=1.0)
    assert answer.reason == "No article mentions “Atlantis”."


def test_articles_can_be_asked_before_they_have_vectors(archive: Archive) -> None:
    put(archive, *(an_article(number) for number in range(1, 6)))
    answer = ask(archive, "Who opened the bridge of Town3?", threshold=0.0)
    assert_promises(archive, answer)
    assert answer.evidence[0].article.id == "a3"
    assert archive.counts().embedded == 0


def test_the_same_question_gets_the_same_answer(towns: Archive) -> None:
    first, second = (ask(towns, "Who opened the bridge of Town4?", threshold=0.0) for _ in range(2))
    assert first.evidence == second.evidence


def test_a_removed_article_answers_no_more(towns: Archive) -> None:
    question = "How long had residents of Town2 waited?"
    assert "a2" in {piece.article.id for piece in ask(towns, question, threshold=0.0).evidence}
    towns.remove(["a2"])
    answer = ask(towns, question, threshold=0.0)
    assert "a2" not in {piece.article.id for piece in answer.evidence}
    assert "Town2" not in answer_text(answer)


TOWN_DAYS = "its articles are of 2 to 6 January 2024."


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(("Nobody",)), "The archive has no article from “Nobody”."),
        (Filters(("Nobody", "The Example", "No One")), None),
        (
            Filters(after=date(2030, 1, 1)),
            f"The archive has no article dated from 1 January 2030 on; {TOWN_DAYS}",
        ),
        (
            Filters(("the example",), before=date(2001, 1, 1)),
            f"The archive has no article from “the example”, dated up to 1 January 2001; {TOWN_DAYS}",
        ),
    ],
    ids=["outlet", "one of three is there", "days", "both"],
)
def test_filters_that_leave_nothing_are_the_reason(
    towns: Archive, filters: Filters, reason: str | None
) -> None:
    answer = ask(towns, "Who opened the bridge of Town3?", threshold=0.0, filters=filters)
    assert_promises(towns, answer)
    assert answer.reason == reason


def test_days_without_an_article_are_the_reason(towns: Archive) -> None:
    question = "What do articles published in May 1999 say about Town3?"
    answer = ask(towns, question, threshold=0.0)
    assert_promises(towns, answer)
    assert answer.reason == f"The archive has no article dated May 1999; {TOWN_DAYS}"
    assert answer.interpreted_as == "“May 1999”: articles of that time only"
    answer = ask(towns, question, threshold=0.0, filters=Filters(after=date(2020, 1, 1)))
    assert answer.reason == "The question is about articles of May 1999, which the filters leave out."


def test_an_archive_without_dates_says_so(archive: Archive) -> None:
    put(archive, *(an_article(number, published=None) for number in range(1, 4)))
    answer = ask(archive, "Who opened the bridge of Town3?", filters=Filters(after=date(2020, 1, 1)))
    assert answer.reason is not None
    assert answer.reason.endswith(": none of its articles has a date.")
    # The time of a question only moves articles: those without a date are still read.
    answer = ask(archive, "Who opened the bridge of Town3 last week?", threshold=0.0)
    assert answer.evidence[0].article.id == "a3"


def test_only_what_the_filters_accept_is_quoted(archive: Archive) -> None:
    put(archive, an_article(1, source="Herald"), an_article(2, text=an_article(1).text, source="Gazette"))
    archive.embed()
    for source in ("Herald", "Gazette"):
        answer = ask(archive, "Who opened the bridge of Town1?", threshold=0.0, filters=Filters((source,)))
        assert {piece.article.source for piece in answer.evidence} == {source}


def test_for_the_present_the_newest_comes_first_and_the_answer_says_so(archive: Archive) -> None:
    text = "{} is the mayor of Ghent, the town said."
    names = {2019: "Ann Lee", 2023: "Bo Chen", 2021: "Cy Dunn"}
    for year, name in names.items():
        put(archive, an_article(year, text=text.format(name), published=date(year, 5, 1), title=""))
    archive.embed()
    asked_on = date(2024, 6, 6)
    answer = ask(archive, "Who is the mayor of Ghent now?", threshold=0.0, asked_on=asked_on)
    assert answer.evidence[0].article.id == "a2023"
    assert answer.interpreted_as == "“now”: the newest articles come first"
    # Asked before it was published, the latest of that time.
    answer = ask(archive, "Who is the mayor of Ghent now?", threshold=0.0, asked_on=date(2021, 6, 1))
    assert answer.evidence[0].article.id == "a2021"
    answer = ask(archive, "Who is named?", threshold=0.0, asked_on=asked_on)
    assert answer.interpreted_as is None


TEXT = st.text(min_size=1, max_size=200).filter(lambda text: any(letter.isalnum() for letter in text))


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(TEXT, min_size=1, max_size=3),
    question=st.text(max_size=80),
    threshold=st.sampled_from([0.0, 0.2, None]),
)
def test_promises_hold_for_any_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], question: str, threshold: float | None
) -> None:
    with open_archive(tmp_path_factory.mktemp("any")) as archive:
        clean = [text.replace("\x00", "").encode("utf-8", "replace").decode() for text in texts]
        put(archive, *(an_article(number, text=text) for number, text in enumerate(clean)))
        archive.embed()
        assert_promises(archive, ask(archive, question + clean[0][:30], threshold=threshold))
        for hit in Retriever(archive).search(clean[0]):
            found = hit_json(hit)
            assert archive.article(hit.article.id).text[found["start"] : found["end"]] == found["text"]


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of 1,000 real articles, searched by their words and a stand-in for meaning."""
    import lzma
    from itertools import islice

    source = DATA / "corpus" / "allsides_articles.jsonl.xz"
    if not source.exists():
        pytest.skip(f"{source} is not there; CITEWIRE_DATA names the data folder")
    folder = tmp_path_factory.mktemp("thousand")
    with lzma.open(source, "rt", encoding="utf-8") as lines:
        (folder / "articles.jsonl").write_text("".join(islice(lines, 1000)), encoding="utf-8")
    with open_archive(folder / "archive") as archive:
        index_paths(archive, [folder / "articles.jsonl"])
        yield archive


@pytest.mark.slow
def test_every_quotation_from_a_thousand_articles_is_verbatim(thousand: Archive) -> None:
    articles = list(thousand.articles())
    assert len(articles) > 950
    for article in articles[::10]:
        # A headline put as a question finds its article and others like it.
        for hit in Retriever(thousand).search(article.title, k=8):
            found = hit_json(hit)
            assert thousand.article(hit.article.id).text[found["start"] : found["end"]] == found["text"]
        assert_promises(thousand, ask(thousand, article.title, threshold=0.0))


@pytest.mark.parametrize("threshold", [0.0, 1.0], ids=["answered", "not answered"])
def test_it_is_said_that_the_archive_ends_before_the_days_asked_for(towns: Archive, threshold: float) -> None:
    question = "Who closed the bridge of Town2 last week?"
    late = ask(towns, question, asked_on=date(2030, 5, 8), threshold=threshold)
    assert late.interpreted_as == (
        "“last week” (29 April to 5 May 2030): articles of that time come first;"
        " the archive's latest article is of Saturday, 6 January 2024"
    )
    soon = ask(towns, question, asked_on=date(2024, 1, 9), threshold=threshold)
    assert "latest article" not in (soon.interpreted_as or "")
