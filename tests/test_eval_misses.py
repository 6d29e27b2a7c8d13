"""Misses of a run by cause, read back from what the run saved."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from eval.cli import main
from eval.commands import Exit
from eval.judge import Row, Verdict
from eval.misses import Cause, cause_of, read_rows, sample
from eval.misses import misses as misses_of

ROW = Row("Who met Milley?", "who", ("General Won",), "", Verdict.WRONG_SENTENCE, rank=3, forced="Austin")
ABSTAINED = replace(ROW, verdict=Verdict.WRONGLY_ABSTAINED, abstained=True)
UNANSWERABLE = replace(ROW, gold=(), rank=None, verdict=Verdict.WRONGLY_ANSWERED)


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (ROW, Cause.WRONG_SENTENCE),
        (replace(ROW, rank=None), Cause.NOT_RETRIEVED),
        (replace(ROW, rank=8), Cause.WRONG_SENTENCE),
        (replace(ROW, rank=9), Cause.NOT_READ),
        (replace(ROW, correct=True), None),
        (ABSTAINED, Cause.ABSTAINED_WRONG),
        (replace(ABSTAINED, correct=True), Cause.ABSTAINED),
        (replace(ABSTAINED, rank=None), Cause.NOT_RETRIEVED),
        (UNANSWERABLE, Cause.ANSWERED),
        (replace(UNANSWERABLE, abstained=True), None),
        (replace(ROW, forced="Gen. Won"), Cause.GOLD_DOUBTFUL),
        (replace(ROW, gold=("34",)), Cause.GOLD_DOUBTFUL),
        (replace(ROW, verdict=Verdict.ERROR), Cause.ERROR),
    ],
)
def test_cause(row: Row, cause: Cause | None) -> None:
    assert cause_of(row, read=8) is cause


def test_a_sample_is_the_same_each_time_and_sorted_by_cause() -> None:
    rows = [replace(ROW, question=f"q{at}", rank=None if at % 2 else 3) for at in range(20)]
    found = misses_of(rows, read=8)
    few = sample(found, 6)
    assert few == sample(found[::-1], 6)
    assert [miss.cause for miss in few] == sorted((miss.cause for miss in few), key=list(Cause).index)
    assert {miss.row.question for miss in few} < {miss.row.question for miss in sample(found, 12)}


def test_a_saved_run_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = replace(ROW, question="<b>Who</b>\nmet *him*?", found="a\nb", rank=1)
    rows = [hostile, replace(ROW, correct=True, question="right")]
    lines = "".join(json.dumps(asdict(row)) + "\n" for row in rows)
    (tmp_path / "questions.jsonl").write_text(lines, encoding="utf-8")
    assert read_rows(tmp_path / "questions.jsonl") == rows
    assert main(["misses", str(tmp_path)]) == Exit.DONE
    assert "1 misses" in capsys.readouterr().out
    shown = (tmp_path / "misses.md").read_text(encoding="utf-8")
    assert r"**&lt;b>Who&lt;/b> met \*him\*?**" in shown
    assert "hit 1: a b" in shown
    (record,) = map(json.loads, (tmp_path / "misses.jsonl").read_text(encoding="utf-8").splitlines())
    assert (record["cause"], record["note"]) == (Cause.WRONG_SENTENCE, "")


@pytest.mark.parametrize("content", [None, "no JSON\n", "[]\n", '{"gold": 1}\n'])
def test_what_is_no_run_is_named(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "questions.jsonl").write_text(content, encoding="utf-8")
    assert main(["misses", str(tmp_path)]) == Exit.USAGE
    assert "not the questions of a run" in capsys.readouterr().err
