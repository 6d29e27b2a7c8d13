"""The threshold that serves a run best, by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.threshold import best_threshold, main


def test_best_threshold_by_hand() -> None:
    # From .6 on: 1 + .5 of the answers, and 1 for the silence below: 2.5 of 3.
    confidence, answering, silence = np.array([0.9, 0.6, 0.3]), np.array([1, 0.5, 0.0]), np.array([0, 0, 1.0])
    threshold, score = best_threshold(confidence, answering, silence)
    assert threshold == 0.6
    assert score == pytest.approx(2.5 / 3)


def test_silence_throughout_may_be_best() -> None:
    assert best_threshold(np.array([0.9, 0.6]), np.zeros(2), np.ones(2)) == (np.inf, 1.0)


def test_questions_of_equal_confidence_are_answered_together() -> None:
    assert best_threshold(np.array([0.5, 0.5]), np.array([1.0, 0.0]), np.array([0.0, 1.0])) == (0.5, 0.5)


def test_reads_a_saved_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"confidence": 0.8, "forced_f1": 1.0, "gold": ["Seoul"]},
        {"confidence": 0.4, "forced_f1": 0.0, "gold": []},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "--threshold 0.800 gives F1 100.0 over 2 questions\n"
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "is it the folder of a run?" in capsys.readouterr().err
