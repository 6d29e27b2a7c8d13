"""RealTimeQA over the whole archive: what is asked of which archive, copies, and vectors taken over."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEncoder, an_article, open_archive, put
from test_eval_realtimeqa import QUIZ, a_question, write

from eval.answerable import answerable_questions
from eval.archives import record_archive
from eval.copies import forget_vectors, take_out, temporary_copy
from eval.lending import LendingEncoder
from eval.whole import WholeSystem, WholeTask, read_whole, whole_system
from index.archive import Archive
from index.errors import UsageError


@pytest.fixture
def task(tmp_path: Path) -> WholeTask:
    return read_whole(write(tmp_path / "data", [a_question(number) for number in range(QUIZ)]))


def test_every_article_is_there_and_withheld_questions_are_asked_twice(task: WholeTask) -> None:
    assert len(task.records) == 2 * QUIZ
    answerable = [gold for gold in task.gold if gold.answerable]
    again = [gold for gold in task.gold if not gold.answerable]
    assert len(answerable) == QUIZ
    assert {gold.question for gold in again} < {gold.question for gold in answerable}
    assert 0.1 < len(again) / QUIZ < 0.6
    assert all(gold.kind == "unanswerable" for gold in again)
    # Each loses the one article that names its mayor, and no other does.
    numbers = {gold.question.split("Town")[1].split(".")[0] for gold in again}
    assert task.giving == {f"https://www.cnn.com/2023/a{number}" for number in numbers}


def test_fewer_questions_are_among_the_more(tmp_path: Path) -> None:
    data = write(tmp_path / "data", [a_question(number) for number in range(QUIZ)])
    few, more = read_whole(data, questions=5), read_whole(data, questions=20)
    assert {gold.question for gold in few.gold} < {gold.question for gold in more.gold}
    assert len(few.records) == 2 * QUIZ


def test_answers_are_gone_from_the_copy_alone(task: WholeTask) -> None:
    with whole_system(task, None, HashingEncoder()) as (archive, system, gone):
        assert gone == len(task.giving)
        assert archive.counts().articles == 2 * QUIZ
        question = next(gold for gold in task.gold if not gold.answerable)
        telling = replace(question, answers=("Mayor",))
        town = question.question.split("Town")[1].split(".")[0]
        assert f"a{town}" in {hit.article.id for hit in system.search(telling, 20)}
        assert f"a{town}" not in {hit.article.id for hit in system.search(question, 20)}
        assert all(item.article.id != f"a{town}" for item in system.ask(question, 0.0).evidence)


def test_a_copy_is_of_its_own(archive: Archive) -> None:
    put(archive, *(replace(an_article(n), url=f"u{n}") for n in range(4)))
    archive.embed()
    with temporary_copy(archive) as copy:
        assert copy.counts() == archive.counts()
        assert take_out(copy, ["u1", "u3", "nowhere"]) == 2
        assert [article.id for article in copy.articles()] == ["a0", "a2"]
        assert copy.search_words("Town1", 5) == []
        folder = copy.folder
    assert not folder.exists()
    assert archive.counts().articles == 4
    assert archive.search_words("Town1", 5)


def test_vectors_are_forgotten_from_the_end(archive: Archive) -> None:
    put(archive, *(an_article(number) for number in range(8)))
    archive.embed()
    for share, articles in ((0.5, 4), (0.25, 2), (0.0, 0)):
        forget_vectors(archive, share)
        held = archive.embeddings.embedded_passages().tolist()
        kept = [f"a{number}" for number in range(articles)]
        assert {archive.passages(held)[passage].article_id for passage in held} == set(kept)
    assert archive.search_meaning("bridge", 3) == []
    assert archive.counts().articles == 8


def test_vectors_are_taken_over_and_only_the_rest_encoded(tmp_path: Path) -> None:
    with open_archive(tmp_path / "lender") as lender:
        put(lender, an_article(1))
        lender.embed()
        encoder = lender.encoder
        assert isinstance(encoder, HashingEncoder)
        borrowed = LendingEncoder(lender)
        with Archive.open(tmp_path / "new", encoder=borrowed) as archive:
            put(archive, an_article(1), an_article(2))
            encoder.encoded.clear()
            archive.embed()
            assert archive.counts().coverage == 1.0
            assert encoder.encoded
            assert all("Town2" in text for text in encoder.encoded)
            alone = HashingEncoder().encode_passages(["Bridge of Town1 opens\nx"])
            assert np.array_equal(borrowed.encode_passages(["Bridge of Town1 opens\nx"]), alone)


def test_an_archive_half_made_is_gone_on_with(task: WholeTask, tmp_path: Path) -> None:
    folder, encoder = tmp_path / "kept", HashingEncoder()
    with record_archive(task.records[:10], folder, encoder=encoder) as archive:
        origins = archive.catalogue.origins()
    encoder.encoded.clear()
    with record_archive(task.records, folder, encoder=encoder) as archive:
        assert archive.counts().articles == len(task.records)
        assert archive.counts().coverage == 1.0
        assert origins.items() <= archive.catalogue.origins().items()
    first = task.records[0].text
    assert not any(first in text for text in encoder.encoded)


def test_the_questions_an_archive_can_answer(tmp_path: Path, archive: Archive) -> None:
    data = write(tmp_path / "data", [a_question(number) for number in range(4)])
    with pytest.raises(UsageError, match="no article that answers"):
        answerable_questions(data, archive, None)
    put(archive, an_article(2), an_article(9))
    assert [gold.answers for gold in answerable_questions(data, archive, None)] == [("Mayor Number2",)]


def test_the_copy_is_asked_what_has_no_answer(archive: Archive, tmp_path: Path) -> None:
    put(archive, an_article(1))
    with open_archive(tmp_path / "empty") as reduced:
        system = WholeSystem(archive, reduced)
        assert system.text("a1").startswith("The mayor")
        task = read_whole(write(tmp_path / "data", [a_question(number) for number in range(QUIZ)]))
        for gold in task.gold:
            assert bool(system.search(gold, 5)) == gold.answerable
