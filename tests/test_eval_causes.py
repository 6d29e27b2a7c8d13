"""Misses that a person read: the notes that are kept, and their shares."""

import json
from pathlib import Path

import pytest

from eval.causes import READ, ReadMiss, Reason, read_misses, shares
from eval.cli import main
from eval.commands import Exit


def test_the_notes_are_a_hundred_misses_each_read_once() -> None:
    records = [json.loads(line) for line in READ.read_text(encoding="utf-8").splitlines()]
    assert len({record["question_id"] for record in records}) == len(records) == 100
    assert all(record["question_id"] >= "2023" for record in records), "questions before may be tuned on"
    assert all(0 < len(record["note"]) < 160 for record in records)


def test_only_withheld_questions_are_answered_after_all() -> None:
    misses = read_misses(READ)
    assert {miss.withheld for miss in misses if miss.reason is Reason.ANSWERS_AFTER_ALL} == {True}
    assert all(miss.answered for miss in misses if miss.withheld)
    assert not any(miss.answered for miss in misses if miss.reason is Reason.REFUSED)


def test_shares_are_sorted_and_add_up() -> None:
    misses = [ReadMiss(Reason.REFUSED, withheld=False, answered=False)] + 3 * [
        ReadMiss(Reason.NO_ARTICLE, withheld=False, answered=True)
    ]
    found = shares(misses)
    assert [(reason, share.value) for reason, share in found.items()] == [
        (Reason.NO_ARTICLE, 75.0),
        (Reason.REFUSED, 25.0),
    ]
    assert found[Reason.NO_ARTICLE].low < 75.0 < found[Reason.NO_ARTICLE].high


def test_the_command_prints_both_kinds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = {"question_id": "1", "verdict": "wrongly answered", "answered": True, "cause": "other_event"}
    file = tmp_path / "misses.jsonl"
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert main(["causes", str(file)]) == Exit.DONE
    out = capsys.readouterr().out
    assert "0 misses of answerable" in out
    assert "1 misses of withheld" in out
    assert "100 %" in out


@pytest.mark.parametrize("line", ["{", '{"cause": "bad luck", "verdict": "right", "answered": true}', "[]"])
def test_what_is_no_note_is_told(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "misses.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    assert main(["causes", str(file)]) == Exit.USAGE
    assert "not misses with their causes" in capsys.readouterr().err
