"""The time of a question by stage: stages add up, and methods are themselves again afterwards."""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes import an_article, put

from eval.cli import main
from eval.commands import Exit
from eval.gold import Gold
from eval.latency import ENCODING, READING, REST, SEARCH, WHOLE, Line, figures_of, measured
from eval.stopwatch import Stopwatch, timed
from index.archive import Archive


@dataclass
class Kitchen:
    def cook(self) -> str:
        time.sleep(0.02)
        return self.wash()

    def wash(self) -> str:
        time.sleep(0.01)
        return "clean"


def test_a_stage_in_a_stage_counts_for_itself_alone() -> None:
    watch, kept = Stopwatch(), Kitchen.cook
    with timed(watch, [(Kitchen, "cook", "cooking"), (Kitchen, "wash", "washing")]):
        assert Kitchen().cook() == "clean"
    assert Kitchen.cook is kept
    spent = watch.take()
    assert 20 <= spent["cooking"] < 200
    assert 10 <= spent["washing"] < 200
    assert watch.take() == {}


def test_methods_are_restored_after_an_error() -> None:
    kept = Kitchen.cook
    with pytest.raises(ZeroDivisionError), timed(Stopwatch(), [(Kitchen, "cook", "cooking")]):
        _ = 1 / 0
    assert Kitchen.cook is kept


def test_the_stages_of_an_answer_add_up(archive: Archive) -> None:
    put(archive, *(an_article(number) for number in range(3)))
    archive.embed()
    (line,) = measured(archive, [Gold("Who opened the bridge of Town2?", ("The mayor",))])
    assert set(line.stages) == {SEARCH, READING, ENCODING, REST}
    assert sum(line.stages.values()) == pytest.approx(line.took_ms, abs=0.01)
    assert min(line.stages.values()) >= 0


def test_figures_by_stage() -> None:
    lines = [Line("q", float(ms), {SEARCH: ms / 2, REST: ms / 2}, False) for ms in range(1, 102)]
    figures = figures_of(lines)
    assert figures[f"{WHOLE}, p50"].value == 51
    assert figures[f"{WHOLE}, p95"].value == 96
    assert figures[f"{SEARCH}, mean"].value == 25.5
    assert figures[f"{READING}, p95"].value == 0


def test_questions_have_to_be_given(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["latency", "--archive", str(archive.folder)]) == Exit.USAGE
    assert "give a question file" in capsys.readouterr().err


def test_no_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"question": "who?", "answers": []}\n', encoding="utf-8")
    assert main(["latency", str(gold), "--archive", str(tmp_path / "none")]) == Exit.USAGE
    assert "no archive here" in capsys.readouterr().err
