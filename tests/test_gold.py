"""The gold set over the seeds: answers stand in the articles, questions are put in other words."""

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.gold import Gold, read_questions, read_text
from eval.metrics import contains

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "eval" / "gold" / "seeds.jsonl"
YONHAP, REUTERS = "000_37a48293897be682", "004_20cb28233af96c27"
# First and last words of each body, by hand: gold must not depend on the reading that it measures.
BODIES = {
    YONHAP: ("SEOUL, Jan. 26 (Yonhap) --", "settlement of permanent peace."),
    REUTERS: ("U.S. Secretary of Defense Lloyd Austin and other", "as well as attend ceremonial events."),
}
UNANSWERABLE_KINDS = {"near", "furniture", "off_topic"}


def body(article_id: str) -> str:
    page = (ROOT / "seeds" / f"{article_id}.txt").read_text(encoding="utf-8")
    first, last = BODIES[article_id]
    start = page.index(first)
    return page[start : page.index(last, start) + len(last)]


def four_grams(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[at : at + 4]) for at in range(len(words) - 3)]


@pytest.fixture(scope="module")
def gold() -> list[Gold]:
    return read_questions(read_text(GOLD), GOLD)


def test_there_are_enough_of_each(gold: list[Gold]) -> None:
    assert len(gold) >= 80
    assert sum(item.answerable for item in gold) >= 55
    kinds = Counter(item.kind for item in gold)
    assert kinds["near"] >= 22
    assert kinds["furniture"] >= 8
    assert Counter(item.article_id for item in gold if item.answerable)[YONHAP] >= 20


def test_no_question_is_asked_twice(gold: list[Gold]) -> None:
    asked = Counter(" ".join(re.findall(r"\w+", item.question.lower())) for item in gold)
    assert [question for question, times in asked.items() if times > 1] == []


def test_kinds_tell_answerable_from_unanswerable(gold: list[Gold]) -> None:
    assert {item.kind for item in gold if not item.answerable} == UNANSWERABLE_KINDS
    assert all(item.kind not in UNANSWERABLE_KINDS for item in gold if item.answerable)
    assert all(item.article_id for item in gold if item.answerable)


def test_every_answer_stands_verbatim_in_its_article(gold: list[Gold]) -> None:
    bodies = {article_id: body(article_id) for article_id in BODIES}
    absent = [
        (item.question, answer)
        for item in gold
        for answer in item.answers
        if answer not in bodies[item.article_id] or not contains(bodies[item.article_id], [answer])
    ]
    assert absent == []


def test_no_answer_is_listed_twice(gold: list[Gold]) -> None:
    assert [item.question for item in gold if len(set(item.answers)) != len(item.answers)] == []


def test_questions_are_put_in_other_words(gold: list[Gold]) -> None:
    """At most a quarter of an answerable question's word 4-grams stand in its article (a name may)."""
    copied = []
    for item in gold:
        grams = four_grams(item.question)
        if item.answerable and grams:
            share = len(set(grams) & set(four_grams(body(item.article_id)))) / len(set(grams))
            copied += [item.question] if share > 0.25 else []
    assert copied == []


def test_questions_are_typed_in_many_ways(gold: list[Gold]) -> None:
    questions = [item.question for item in gold]
    assert sum(not question.endswith("?") for question in questions) >= 15
    assert sum(question == question.lower() for question in questions) >= 15
    assert min(len(question.split()) for question in questions) <= 2
    assert max(len(question.split()) for question in questions) >= 14


def test_the_readme_counts_the_gold(gold: list[Gold]) -> None:
    readme = (ROOT / "eval" / "README.md").read_text(encoding="utf-8")
    kinds = Counter(item.kind for item in gold)
    answerable = sum(item.answerable for item in gold)
    assert f"{len(gold)} questions over the two seed articles" in readme
    assert f"{answerable} answerable, {len(gold) - answerable} not: {kinds['near']} close" in readme
    assert f"{kinds['furniture']} about page furniture" in readme
