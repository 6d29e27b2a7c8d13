"""What an archive holds of an answer, as it was read, and the figures over what it states or lacks."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEncoder
from test_eval_realtimeqa import QUIZ, a_question, write

from eval.cli import main
from eval.commands import Exit
from eval.gold import Gold, Group, Holding
from eval.judge import Row, Verdict
from eval.metrics import chance_calibration_error
from eval.misses import read_rows
from eval.read_answers import READ, read_answers, with_holdings
from eval.stated_figures import NOT_READ, stated
from eval.whole import read_whole, whole_system
from index.errors import UsageError

DAY = date(2023, 1, 6)
STATED = Holding(Group.STATED, ("General Won",), ("the general",))
ABSENT = Holding(Group.ABSENT, ("Austin",))
ROW = Row("Who met Milley?", "who", ("General Won",), "", Verdict.RIGHT, id="q", holding=STATED)


def write_read(folder: Path, *lines: object) -> Path:
    path = folder / "read.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def a_line(number: int, says: str = "", hints: str = "", **fields: object) -> dict[str, object]:
    """What was read for question `number`: one letter an article, each place its first ten characters."""
    return {
        "question_id": f"q{number}",
        "says": [[f"{letter}{number}", 0, 10] for letter in says],
        "hints": [[f"{letter}{number}", 0, 10] for letter in hints],
        "other": [],
        **fields,
    }


@pytest.mark.parametrize(
    ("says", "hints", "there", "group"),
    [
        ("ab", "", {"b1"}, Group.STATED),
        ("a", "b", {"a1", "b1"}, Group.STATED),
        ("a", "b", {"b1", "c1"}, Group.HINTED),
        ("a", "b", {"c1"}, Group.ABSENT),
        ("", "", {"a1"}, Group.ABSENT),
    ],
)
def test_the_group_is_that_of_the_archive_asked(
    tmp_path: Path, says: str, hints: str, there: set[str], group: Group
) -> None:
    path = write_read(tmp_path, a_line(1, says, hints, other=["the mayor"]))
    gold = [Gold("Who?", ("Arnold",), id="q1"), Gold("Who?", (), id="q1", withheld=("Arnold",))]
    expected = Holding(group, ("Arnold",), ("the mayor",))
    assert [item.holding for item in with_holdings(gold, lambda _: there, path=path)] == [expected] * 2


def test_a_question_that_was_not_read_is_left_as_it_is(tmp_path: Path) -> None:
    path = write_read(tmp_path, a_line(1, "a"))
    gold = (Gold("Who?", ("Arnold",), id="q2"), Gold("Who?", ("Arnold",)))
    assert with_holdings(gold, lambda _: {"a1"}, path=path) == gold


def test_the_day_tells_questions_of_one_id_apart(tmp_path: Path) -> None:
    path = write_read(tmp_path, a_line(1, "a", question_date="2023-01-06"))
    gold = [Gold("Who?", ("Arnold",), id="q1", asked_on=day) for day in (DAY, date(2023, 1, 13))]
    read = with_holdings(gold, lambda _: {"a1"}, path=path)
    assert [item.holding is not None for item in read] == [True, False]


@pytest.mark.parametrize(
    "line",
    [
        [],
        {"question_id": "q1"},
        a_line(1, says="a") | {"says": [["a1", 5]]},
        a_line(1, says="a") | {"says": [["a1", 9, 5]]},
        a_line(1, question_date="May"),
        a_line(1, other=[3]),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: object) -> None:
    with pytest.raises(UsageError, match=r"read\.jsonl:2: not a question that was read"):
        read_answers(write_read(tmp_path, a_line(0), line))


def test_what_was_read_has_places_and_none_of_the_articles_text() -> None:
    lines = READ.read_text(encoding="utf-8").splitlines()
    assert len(read_answers()) == len(lines) > 250
    for line in map(json.loads, lines):
        assert line.keys() - {"question_date"} == {"question_id", "says", "hints", "other"}
        assert all(len(words) < 100 for words in line["other"])


def test_a_withheld_question_is_held_against_the_copy(tmp_path: Path) -> None:
    task = read_whole(write(tmp_path / "data", [a_question(number) for number in range(QUIZ)]))
    # Of even numbers a second article says it too, which nothing takes out.
    lines = [a_line(number, "a" if number % 2 else "ab") for number in range(QUIZ)]
    with whole_system(task, None, HashingEncoder()) as (_, system, _):
        read = with_holdings(task.gold, system.articles, path=write_read(tmp_path, *lines))
    groups: dict[tuple[bool, int], set[Group]] = {}
    for item in read:
        assert item.holding is not None
        assert item.holding.answers == (f"Mayor Number{item.id[1:]}",)
        kind = bool(item.answers), int(item.id[1:]) % 2
        groups.setdefault(kind, set()).add(item.holding.group)
    assert groups == {
        (True, 0): {Group.STATED},
        (True, 1): {Group.STATED},
        (False, 0): {Group.STATED},
        (False, 1): {Group.ABSENT},
    }


def a_row(holding: Holding | None, *, quote: str, confidence: float, answer: str | None) -> Row:
    """A row with a best sentence, abstained from if there is no answer."""
    return replace(
        ROW,
        holding=holding,
        answer=answer,
        quote=quote if answer else None,
        abstained=answer is None,
        forced_quote=quote,
        confidence=confidence,
    )


ROWS = [
    a_row(STATED, quote="Milley met General Won.", confidence=0.95, answer="General Won"),
    # Withheld, so that an answer was wrong; another article says it, in other words.
    replace(a_row(STATED, quote="He met the general.", confidence=0.85, answer="the general"), gold=()),
    a_row(STATED, quote="Milley met General Won.", confidence=0.25, answer=None),
    a_row(STATED, quote="Nobody came.", confidence=0.75, answer="Nobody"),
    # Gold's words, of which was found that they do not say it.
    a_row(ABSENT, quote="Austin is large.", confidence=0.65, answer="Austin"),
    a_row(ABSENT, quote="Nobody came.", confidence=0.15, answer=None),
    a_row(replace(STATED, group=Group.HINTED), quote="Nobody came.", confidence=0.99, answer="Nobody"),
    a_row(None, quote="Nobody came.", confidence=0.99, answer="Nobody"),
]


CONFIDENCES = np.array([0.95, 0.85, 0.25, 0.75, 0.65, 0.15])  # of those stated or absent


def test_figures_over_what_is_stated_and_what_is_absent() -> None:
    found = stated(ROWS, seed=1, times=20)
    assert found is not None
    assert found.counts == {Group.STATED: 4, Group.HINTED: 1, Group.ABSENT: 2, NOT_READ: 1}
    over = {figure.name: figure.over for figure in found.figures}
    values = {figure.name: figure.interval.value for figure in found.figures}
    expected = {
        "stated: gold in quote": (1 / 4, 4),
        # "general" of "general won" has precision 1 and recall 1/2.
        "stated: F1": ((1 + 2 / 3) / 4, 4),
        "stated: gold or other in quote": (2 / 4, 4),
        "stated: F1, other words as gold": (2 / 4, 4),
        "stated: correct before abstaining": (3 / 4, 4),
        "stated: rejected": (1 / 4, 4),
        "absent: rejected": (1 / 2, 2),
        # None of four may be lost: the threshold is .25, under which is .15.
        "absent: rejected, 15% wrongly": (1 / 2, 2),
        # Of eight pairs only .25 is under .65.
        "AUROC, stated or absent": (7 / 8, 6),
        # Each alone in its bin: .05 + .15 + .75 for the right ones, .75 + .65 + .15 for the wrong.
        "calibration error": (2.5 / 6, 6),
        "calibration error, by chance": (chance_calibration_error(CONFIDENCES), 6),
        # Of seven with gold 1.05 may be lost: the two that are absent are more, the one withheld is stated.
        "perfect judge: rejected, 15% wrongly": (0.0, 1),
    }
    assert over == {name: number for name, (_, number) in expected.items()}
    assert values == pytest.approx({name: value for name, (value, _) in expected.items()})
    assert all(
        figure.interval.low <= figure.interval.value <= figure.interval.high for figure in found.figures
    )


def test_a_perfect_judge_loses_what_gold_calls_answerable_and_nothing_states() -> None:
    """Of ten with gold 1.5 may be lost; of two that are absent that is three quarters, as of the withheld."""
    absent = replace(ROWS[5], holding=ABSENT)
    rows = [*[ROWS[0]] * 8, absent, absent, *[replace(absent, gold=())] * 3, replace(ROWS[1], gold=())]
    found = stated(rows, seed=1, times=20)
    assert found is not None
    assert found.figures[-1].interval.value == pytest.approx(0.75 * 3 / 4)


def test_nothing_read_is_no_figure() -> None:
    assert stated(ROWS[-2:], seed=1) is None


def test_a_saved_run_is_looked_at_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(asdict(row)) + "\n" for row in ROWS), encoding="utf-8")
    assert read_rows(path) == ROWS
    assert main(["stated", str(tmp_path)]) is Exit.DONE
    shown = capsys.readouterr().out
    assert "4 stated, 1 hinted, 2 absent, 1 not read" in shown
    assert "stated: gold or other in quote        0.500" in shown
    path.write_text(json.dumps(asdict(ROWS[-1])) + "\n", encoding="utf-8")
    assert main(["stated", str(tmp_path)]) is Exit.USAGE
    assert "none of its questions was read" in capsys.readouterr().err
