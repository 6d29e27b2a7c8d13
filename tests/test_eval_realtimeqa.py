"""RealTimeQA: which questions are asked, which lose their answer, and the archive they are asked of."""

import gzip
import json
import lzma
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes import HashingEncoder

from eval.archives import record_archive
from eval.gold import Gold
from eval.quiz import Question
from eval.realtimeqa import ARTICLES, QUESTIONS, WITHHELD, read_task
from index.errors import UsageError

QUIZ = 40  # questions of the made-up quiz, each about a town of its own


def a_question(number: int, **fields: object) -> dict[str, object]:
    """Who opened the bridge of a town; article `a` says it, article `b` is about the town only."""
    return {
        "question_id": f"q{number}",
        "question_date": f"2023/01/{number % 28 + 1:02}",
        "question_sentence": f"A bridge was opened in Town{number}. Who cut its ribbon on Monday?",
        "choices": ["A", "B", "C", "D"],
        "answer_text": [f'"Mayor Number{number}" '],
        "retrieved": [f"a{number}", f"b{number}"],
        "answer_in": [f"a{number}"],
        **fields,
    }


def an_article(number: int, letter: str) -> dict[str, str]:
    says = f"Mayor Number{number} cut it." if letter == "a" else "People came."
    return {
        "id": f"{letter}{number}",
        "url": f"https://www.cnn.com/2023/{letter}{number}",
        "title": f"A bridge for Town{number}",
        "publish_date": "2023/01/31",
        "text": f"Town{number} has a bridge. {says}",
    }


def write(folder: Path, questions: Sequence[object], articles: Sequence[object] | None = None) -> Path:
    """A data folder; the articles are those of QUIZ questions unless given."""
    made = [an_article(number, letter) for number in range(QUIZ) for letter in "ab"]
    for path, records in ((QUESTIONS, questions), (ARTICLES, made if articles is None else articles)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(json.dumps(record) + "\n" for record in records).encode()
        pack = gzip.compress if path.suffix == ".gz" else lzma.compress
        (folder / path).write_bytes(pack(lines))
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "data", [a_question(number) for number in range(QUIZ)])


def test_answered_and_withheld_questions_and_their_articles(data: Path) -> None:
    task = read_task(data, questions=QUIZ)
    assert (len(task.gold), task.candidates, task.skipped) == (QUIZ, QUIZ, 0)
    withheld = [gold for gold in task.gold if not gold.answerable]
    assert 0.1 < len(withheld) / QUIZ < 2 * WITHHELD
    here = {record.id for record in task.records}
    for gold in task.gold:
        number = number_of(gold)
        assert (f"a{number}" in here) == gold.answerable
        assert f"b{number}" in here
        assert gold.answers == ((f"Mayor Number{number}",) if gold.answerable else ())
        assert gold.kind == ("who" if gold.answerable else "unanswerable")
        assert (gold.article_id, gold.asked_on) == ("", date(2023, 1, int(number) % 28 + 1))
    assert task.left_out == len(withheld)
    assert [gold.asked_on for gold in task.gold] == sorted(
        gold.asked_on for gold in task.gold if gold.asked_on
    )


def test_the_same_questions_every_time_and_more_hold_the_fewer(data: Path) -> None:
    few, more = read_task(data, questions=10), read_task(data, questions=20)
    assert few == read_task(data, questions=10)
    assert {gold.question for gold in few.gold} < {gold.question for gold in more.gold}


def test_a_question_keeps_its_answer_if_another_needs_the_article(tmp_path: Path) -> None:
    together = [a_question(number, retrieved=["a0"], answer_in=["a0"]) for number in range(QUIZ)]
    task = read_task(write(tmp_path, together), questions=QUIZ)
    assert all(gold.answerable for gold in task.gold)
    assert task.left_out == 0


def number_of(gold: Gold) -> str:
    return gold.question.split("Town")[1].split(".")[0]


def test_an_article_found_for_another_question_that_tells_is_left_out_too(tmp_path: Path) -> None:
    questions = [a_question(number) for number in range(QUIZ)]
    alone = read_task(write(tmp_path, questions), questions=QUIZ)
    number = next(number_of(gold) for gold in alone.gold if not gold.answerable)
    other = "b" + next(number_of(gold) for gold in alone.gold if gold.answerable)
    telling = f"A ribbon for the bridge of Town{number}: on Monday Mayor Number{number} cut it."
    for text, left_out in ((telling, 1), (f"Mayor Number{number} was born here.", 0)):
        task = read_task(write(tmp_path, questions, with_text(other, text)), questions=QUIZ)
        assert task.left_out - alone.left_out == left_out
        assert (other in {record.id for record in task.records}) == (not left_out)


def with_text(article: str, text: str) -> list[dict[str, str]]:
    made = [an_article(number, letter) for number in range(QUIZ) for letter in "ab"]
    return [{**record, "text": text} if record["id"] == article else record for record in made]


def test_days_are_included_at_both_ends_and_2022_is_left_for_tuning(tmp_path: Path) -> None:
    days = ["2022/12/31", "2023/01/01", "2023-06-06", "2024/01/01"]
    data = write(tmp_path, [a_question(at, question_date=day) for at, day in enumerate(days)])
    asked = [gold.asked_on for gold in read_task(data).gold]
    assert asked == [date(2023, 1, 1), date(2023, 6, 6), date(2024, 1, 1)]
    until = read_task(data, since=date(2022, 1, 1), until=date(2023, 6, 6))
    assert len(until.gold) == 3


def test_questions_without_an_article_that_answers_are_passed_over(tmp_path: Path) -> None:
    questions = [a_question(0), a_question(1, answer_in=[]), a_question(2, answer_text=[" "])]
    assert read_task(write(tmp_path, questions)).candidates == 1


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Which of these bands is reuniting?", True),
        ("Which one of the following won?", True),
        ("He played for all of these teams, except:", True),
        ("Which food was definitely not on the menu?", True),
        ("True or false: the bill passed.", True),
        ("A ____ fell on the city.", True),
        ("", True),
        ("Following the launch, which network lost users?", False),
        ("The carpet will not be red. What color will it be?", False),
        ("Which tennis star has retired?", False),
    ],
)
def test_questions_that_need_their_choices(text: str, needs: bool) -> None:
    question = Question("q", date(2023, 1, 1), text, ("Denver",), (), frozenset())
    assert question.needs_choices is needs
    assert replace(question, answers=("FALSE",)).needs_choices


def test_skipped_questions_are_counted(tmp_path: Path) -> None:
    questions = [a_question(0), a_question(1, question_sentence="Which of these cut the ribbon?")]
    task = read_task(write(tmp_path, questions))
    assert (task.candidates, task.skipped, len(task.gold)) == (1, 1, 1)


def test_the_archive_has_everything_an_article_tells(data: Path, tmp_path: Path) -> None:
    task = read_task(data, questions=4)
    folder = tmp_path / "kept"
    for _ in ("made", "taken up again"):
        with record_archive(task.records, folder, encoder=HashingEncoder()) as archive:
            articles = {article.id: article for article in archive.articles()}
            assert sorted(articles) == [record.id for record in task.records]
            assert archive.counts().embedded == archive.counts().passages > 0
    first = articles[task.records[0].id]
    assert (first.title, first.text) == (task.records[0].title, task.records[0].text)
    assert (first.source, first.published) == ("CNN", date(2023, 1, 31))
    assert first.url == task.records[0].url


def test_an_archive_of_more_than_the_task_is_refused(data: Path, tmp_path: Path) -> None:
    with record_archive(read_task(data, questions=8).records, tmp_path / "kept", encoder=HashingEncoder()):
        pass
    fewer = record_archive(read_task(data, questions=4).records, tmp_path / "kept", encoder=HashingEncoder())
    with pytest.raises(UsageError, match="not of the questions chosen"), fewer:
        pass


@pytest.mark.parametrize(
    ("questions", "articles", "message"),
    [
        ([{"question_id": "q"}], [], r"questions\.jsonl\.gz:1: not a question of RealTimeQA"),
        ([a_question(0), [1]], [], r"gz:2: not a question"),
        ([a_question(0, question_date="May")], [], r"gz:1: not a question"),
        ([a_question(0)], [], r"lacks 2 of the articles retrieved, 'a0' for one"),
        ([a_question(0)], [{"id": "a0"}], "cannot be read as the articles of RealTimeQA"),
        ([a_question(0, question_date="2021/01/01")], None, "no questions asked from 2023-01-01"),
    ],
)
def test_bad_data_is_named(
    tmp_path: Path, questions: list[object], articles: list[object] | None, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read_task(write(tmp_path, questions, articles))


def test_articles_that_are_not_there_or_not_xz(data: Path) -> None:
    (data / ARTICLES).write_bytes(b"no xz")
    with pytest.raises(UsageError, match="cannot be read as the articles"):
        read_task(data)
    (data / ARTICLES).unlink()
    with pytest.raises(UsageError, match=r"articles\.jsonl\.xz"):
        read_task(data)
