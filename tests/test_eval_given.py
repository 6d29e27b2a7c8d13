"""SQuAD with the paragraph given: only its own passages are read, whatever else the archive holds."""

import json
from pathlib import Path

import pytest
from fakes import HashingEncoder

from eval.archives import record_archive, resolve
from eval.figures import figures
from eval.given import GivenParagraph
from eval.gold import Gold
from eval.judge import Row
from eval.prepare import sampled
from eval.run import run, warm_up
from eval.squad import read_paragraphs
from index.archive import Archive

TOWNS = ("Ashford", "Bexley", "Corby")
MAYORS = ("Anna Arnold", "Boris Bell", "Carla Cole")


def squad() -> str:
    """Three paragraphs that differ in town and mayor, each asked who opened the bridge, and why it closed."""
    paragraphs = [
        {
            "context": f"{mayor} opened the bridge of {town} on Monday. It had cost five million euros.",
            "qas": [
                {"question": "Who opened the bridge?", "answers": [{"text": mayor, "answer_start": 0}]},
                {"question": "Why was the bridge closed?", "answers": [], "is_impossible": True},
            ],
        }
        for town, mayor in zip(TOWNS, MAYORS, strict=True)
    ]
    return json.dumps({"data": [{"title": "Bridges", "paragraphs": paragraphs}]})


@pytest.fixture
def asked(tmp_path: Path) -> tuple[GivenParagraph, list[Gold]]:
    paragraphs = read_paragraphs(squad(), Path("squad.json"))
    records = [paragraph.record for paragraph in paragraphs]
    with record_archive(records, tmp_path / "made", encoder=HashingEncoder()) as archive:
        gold = resolve(paragraphs, archive)
    return GivenParagraph(Archive.open(tmp_path / "made", encoder=HashingEncoder())), gold


@pytest.fixture
def rows(asked: tuple[GivenParagraph, list[Gold]]) -> list[Row]:
    system, gold = asked
    return run(system, gold, depth=10)


def test_the_same_question_is_answered_from_each_paragraph(rows: list[Row]) -> None:
    assert [row.error for row in rows] == [None] * 6
    assert [row.forced for row in rows[::2]] == list(MAYORS)
    assert [row.forced_exact for row in rows[::2]] == [1.0, 1.0, 1.0]
    assert all(row.correct and row.rank == 1 for row in rows[::2])
    assert not any(row.correct for row in rows[1::2])


def test_the_readers_score_of_the_candidate_is_told(rows: list[Row]) -> None:
    assert all(row.reading is not None for row in rows)
    answered, unanswerable = rows[0].reading, rows[1].reading
    assert answered is not None
    assert unanswerable is not None
    assert answered > unanswerable


def test_figures_are_those_of_reading_alone(rows: list[Row]) -> None:
    found = {figure.name: figure for figure in figures(rows, depth=10, seed=0, retrieves=False, times=2)}
    assert found["F1, answerable, forced"].interval.value == 1.0
    assert found["F1, answerable, forced"].over == 3
    assert found["AUROC, right or wrong, by reader"].interval.value == 1.0
    assert "recall@1" not in found


def test_only_the_articles_own_passages_are_hits(asked: tuple[GivenParagraph, list[Gold]]) -> None:
    system, gold = asked
    hits = system.search(gold[2], 10)
    assert [hit.rank for hit in hits] == [1]
    assert {hit.article.id for hit in hits} == {gold[2].article_id}
    assert (hits[0].dense, hits[0].lexical, hits[0].score) == (None, None, 0.0)
    assert system.search(gold[2], 0) == []


def test_a_paragraph_that_is_not_there_is_an_abstention(asked: tuple[GivenParagraph, list[Gold]]) -> None:
    system, _ = asked
    row = run(system, [Gold("Who opened the bridge?", ("Anna Arnold",), "ghost")], depth=10)[0]
    assert (row.abstained, row.error, row.forced, row.reading) == (True, None, None, None)


def test_warming_up_reads_the_article_named(asked: tuple[GivenParagraph, list[Gold]]) -> None:
    system, gold = asked
    assert warm_up(system, gold[0].article_id) > 0


def test_a_sample_keeps_the_order_and_grows_with_its_size() -> None:
    items = list(range(100))
    few, more = sampled(items, 10, 3), sampled(items, 20, 3)
    assert few == sorted(few) == sampled(items, 10, 3)
    assert set(few) < set(more)
    assert few != sampled(items, 10, 4)
    assert sampled(items, None, 3) == sampled(items, 1000, 3) == items
