"""A run over a fake system: rows, figures, violations, and questions that raise."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from eval.figures import Figure, figures
from eval.gold import Gold
from eval.judge import Row, Verdict
from eval.provenance import Machine, Provenance, commit, packages
from eval.report import Report
from eval.run import run, warm_up
from index.article import Article, Passage, Span
from qa.answer import Answer, Evidence, Hit

ARTICLE = Article(id="talks", title="Talks", text="Milley met Won. Austin landed.")
SENTENCES = (Span(0, 15), Span(16, 30))
GOLD = [
    Gold("who met Milley?", ("Won",), "talks", "who"),
    Gold("who landed?", ("Austin",), "talks", "who"),
    Gold("who sang?", (), "", "near"),
    Gold("who danced?", (), "", "near"),
]


class FakeSystem:
    """Answers who met Milley with sentence one and who sang with sentence two; abstains from the rest."""

    def __init__(
        self, stored: str = ARTICLE.text, failing: str = "", readings: Mapping[str, float] | None = None
    ) -> None:
        self.stored = stored
        self.failing = failing
        self.readings = readings or {}

    def search(self, gold: Gold, k: int) -> Sequence[Hit]:
        order = SENTENCES if "met" in gold.question else SENTENCES[::-1]
        hits = [
            Hit(ARTICLE, Passage(rank, "talks", span.start, span.end), rank, 1 / rank, None, None)
            for rank, span in enumerate(order, start=1)
        ]
        return hits[:k]

    def ask(self, gold: Gold, threshold: float | None) -> Answer:
        question = gold.question
        if question == self.failing:
            raise RuntimeError("no such table")
        sentence = SENTENCES[0] if "met" in question else SENTENCES[1]
        confidence = {"who met Milley?": 0.9, "who landed?": 0.4, "who sang?": 0.6}.get(question, 0.1)
        item = Evidence(ARTICLE, sentence, sentence, confidence)
        if confidence < (0.5 if threshold is None else threshold):
            return Answer(question, (), confidence, 1.0, reason="nothing certain enough", near_miss=item)
        return Answer(question, (item,), confidence, 1.0)

    def reading(self, gold: Gold, candidate: Evidence, /) -> float | None:
        return self.readings.get(gold.question)

    def text(self, article_id: str) -> str:
        return self.stored


def values(rows: Sequence[Row], depth: int = 10) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures(rows, depth=depth, seed=1, times=20)}


def test_every_question_has_its_row() -> None:
    rows = run(FakeSystem(), GOLD, depth=10)
    assert [row.verdict for row in rows] == [
        Verdict.WRONG_SPAN,
        Verdict.WRONGLY_ABSTAINED,
        Verdict.WRONGLY_ANSWERED,
        Verdict.RIGHTLY_ABSTAINED,
    ]
    assert [row.correct for row in rows] == [True, True, False, False]
    assert [row.rank for row in rows] == [1, 1, None, None]


def test_figures_of_the_run() -> None:
    found = values(run(FakeSystem(), GOLD, depth=10))
    expected = {
        "EM": 1 / 4,  # only the right abstention
        "F1": (0.5 + 0 + 0 + 1) / 4,  # "Milley met Won" against "Won": 2*1/4
        "F1, answerable": 0.25,
        "EM, answerable, forced": 0.0,
        "F1, answerable, forced": (0.5 + 2 / 3) / 2,  # "Austin landed" against "Austin": 2*1/3
        "gold in quote": 0.5,
        "correct before abstaining": 1.0,  # the sentence withheld from the second question was right
        "right article": 0.5,  # of both answerable ones: an abstention has no article
        "recall@1": 1.0,
        "MRR@10": 1.0,
        "abstention precision": 0.5,
        "abstention recall": 0.5,
        "abstention F1": 0.5,
        "AUROC, answerable or not": 0.75,  # .9 beats .6 and .1, .4 beats only .1
        "AUROC, right or wrong": 0.75,
        "coverage at 80 % accuracy": 0.25,  # .9 right; then .6 wrong makes 1 of 2, .4 right 2 of 3
        # bins of one question each, confidences .9 .4 right, .6 .1 wrong
        "calibration error": (0.1 + 0.6 + 0.6 + 0.1) / 4,
    }
    assert {name: found[name].interval.value for name in expected} == pytest.approx(expected)


def test_figures_say_how_many_questions_they_are_over() -> None:
    found = values(run(FakeSystem(), GOLD, depth=10))
    assert (found["EM"].over, found["recall@5"].over, found["abstention recall"].over) == (4, 2, 2)
    assert found["abstention precision"].over == 2


def test_recall_goes_no_deeper_than_hits_were_asked_for() -> None:
    found = values(run(FakeSystem(), GOLD, depth=3), depth=3)
    assert "recall@3" in found
    assert "recall@5" not in found
    assert "MRR@3" in found


def test_what_was_not_retrieved_has_no_figures_of_retrieval() -> None:
    found = figures(run(FakeSystem(), GOLD, depth=10), depth=10, seed=1, retrieves=False, times=2)
    names = {figure.name for figure in found}
    assert "F1" in names
    assert not any(name.startswith(("recall", "MRR", "right article")) for name in names)


def test_the_readers_scores_are_measured_where_there_are_any() -> None:
    assert not any("by reader" in name for name in values(run(FakeSystem(), GOLD, depth=10)))
    # Nothing read for the last: it comes after all others, whatever their scores.
    readings = {"who met Milley?": -1.0, "who landed?": 5.0, "who sang?": -3.0}
    found = values(run(FakeSystem(readings=readings), GOLD, depth=10))
    assert found["AUROC, right or wrong, by reader"].interval.value == 1.0
    assert found["coverage at 80 %, by reader"].interval.value == 0.5


def test_a_question_that_raises_is_a_row_and_counts_as_wrong() -> None:
    rows = run(FakeSystem(failing="who danced?"), GOLD, depth=10)
    assert rows[3].verdict is Verdict.ERROR
    assert rows[3].error == "RuntimeError: no such table"
    found = values(rows)
    assert found["EM"].interval.value == 0.0
    assert found["abstention recall"].interval.value == 0.0
    assert (found["EM"].over, found["latency p50 (ms)"].over) == (4, 3)


def test_a_quote_that_is_not_in_the_stored_article_is_counted() -> None:
    assert [row.broken_quotes for row in run(FakeSystem(), GOLD, depth=10)] == [0, 0, 0, 0]
    moved = run(FakeSystem(stored=" " + ARTICLE.text), GOLD, depth=10)
    assert [row.broken_quotes for row in moved] == [1, 0, 1, 0]


def test_warming_up_measures_and_survives() -> None:
    assert warm_up(FakeSystem()) >= 0
    assert math.isnan(warm_up(FakeSystem(failing="Who announced the decision, and when?")))


def test_only_unanswerable_questions_leave_the_rest_undefined() -> None:
    found = values(run(FakeSystem(), GOLD[2:], depth=10))
    assert math.isnan(found["recall@1"].interval.value)
    assert found["recall@1"].over == 0
    assert found["abstention recall"].interval.value == 0.5


NOTES = {"questions to choose from": 7}


def report(rows: Sequence[Row]) -> Report:
    provenance = Provenance(
        command="python -m eval gold.jsonl",
        commit="abc",
        dirty=True,
        date="2021-12-01T00:00:00+00:00",
        machine=Machine("cpu", 2, 8.0, "Linux", "3.11"),
        packages={"numpy": "2"},
        encoder="hashing",
        encoder_checksum=None,
        gold="gold.jsonl",
        gold_sha256="00",
        archive_sha256="11",
        articles=1,
        passages=2,
        embedded=2,
    )
    return Report(
        provenance, figures(rows, depth=10, seed=1, times=20), rows, 10, 1, math.nan, ["ghost"], NOTES
    )


def test_a_saved_report_has_figures_origin_and_rows(tmp_path: Path) -> None:
    made = report(run(FakeSystem(failing="who danced?"), GOLD, depth=10))
    made.save(tmp_path / "new" / "folder")
    saved = json.loads((tmp_path / "new" / "folder" / "results.json").read_text(encoding="utf-8"))
    assert saved["figures"]["recall@1"]["value"] == 1.0
    assert saved["first_ms"] is None
    assert saved["provenance"]["machine"]["cores"] == 2
    assert saved["verdicts"]["wrongly abstained"] == 1
    assert sum(saved["verdicts"].values()) == saved["questions"] == 4
    assert saved["violations"] == {"quotes that are not verbatim": 0, "citations with an abstention": 0}
    assert (saved["errors"], saved["unknown_articles"], saved["chosen"]) == (1, ["ghost"], NOTES)
    lines = (tmp_path / "new" / "folder" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["question"] for line in lines] == [item.question for item in GOLD]
    assert json.loads(lines[0])["quote"] == "Milley met Won."


def test_the_markdown_shows_every_figure_and_the_commit() -> None:
    made = report(run(FakeSystem(), GOLD, depth=10))
    text = made.to_markdown()
    assert all(f"| {figure.name} | " in text for figure in made.figures)
    assert "| commit | abc with changes |" in text
    assert "| who | 2 | 0.250 | 1 of 2 | 1 |" in text
    assert "ghost" in text
    assert "questions to choose from: 7" in text


def test_the_machine_and_packages_are_found() -> None:
    machine = Machine.here()
    assert machine.cpu
    assert machine.cores >= 1
    assert "numpy" in packages()


def test_the_commit_is_whole_or_unknown() -> None:
    revision, dirty = commit()
    assert (revision is None) == (dirty is None)
    assert revision is None or len(revision) == 40


def test_a_threshold_decides_what_is_answered() -> None:
    rows = run(FakeSystem(), GOLD, depth=10, threshold=0.95)
    assert all(row.abstained for row in rows)
