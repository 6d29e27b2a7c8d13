"""Agreement between articles measured: the cases, what is right, and what is saved."""

import gzip
import json
import lzma
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from eval.agreement_figures import Outcome, figures, judge_case
from eval.agreement_task import CASES, Case, read_cases, read_task
from eval.basil_task import EVENTS
from eval.cli import main
from eval.realtimeqa import ARTICLES
from index.article import Article, Span
from index.errors import UsageError
from qa.answer import Answer, Evidence

QUESTION = "How many people died in the Oostakker fire?"
AGREE = Case("a", "tune", False, QUESTION, date(2024, 5, 12), ("x", "y"), (("12", "twelve"),), 2)
DIFFER = Case("d", "report", True, QUESTION, date(2024, 5, 12), ("x", "y"), (("12", "twelve"), ("14",)), 2)


def piece(text: str, answer: str, day: int, source: str, confidence: float = 0.8) -> Evidence:
    at = text.index(answer)
    article = Article(source, "", text, source=source, published=date(2024, 5, day))
    return Evidence(article, Span(at, at + len(answer)), Span(0, len(text)), confidence)


FIRST = piece("At least 12 people died in the Oostakker fire.", "12", 9, "Daily")
SAME = piece("Twelve dead after the fire in Oostakker.", "Twelve", 10, "Courier", 0.3)
LATER = piece("The fire in Oostakker has killed 14 people.", "14", 11, "Agency", 0.2)
STRANGE = piece("The fire in Oostakker has killed 99 people.", "99", 11, "Weekly", 0.2)


def reply(*evidence: Evidence, compared: tuple[Evidence, ...] = ()) -> Answer:
    return Answer(QUESTION, evidence, 0.8, 1.0, reason=None if evidence else "no", compared=compared)


@pytest.mark.parametrize(
    ("case", "answer", "outcome"),
    [
        (AGREE, reply(FIRST, SAME), Outcome.RIGHT),
        (AGREE, reply(FIRST), Outcome.NOT_CORROBORATED),
        (AGREE, reply(FIRST, SAME, compared=(LATER,)), Outcome.FALSE_DISAGREEMENT),
        (AGREE, reply(LATER), Outcome.WRONG_ANSWER),
        (AGREE, reply(), Outcome.ABSTAINED),
        (DIFFER, reply(FIRST, compared=(LATER,)), Outcome.RIGHT),
        (DIFFER, reply(FIRST, SAME), Outcome.UNNOTICED),
        (DIFFER, reply(FIRST, compared=(STRANGE,)), Outcome.WRONG_SIDES),
        (DIFFER, reply(STRANGE), Outcome.WRONG_ANSWER),
    ],
)
def test_what_counts_as_right(case: Case, answer: Answer, outcome: Outcome) -> None:
    assert judge_case(case, answer).outcome is outcome


def test_the_figures_over_four_cases() -> None:
    # Agreeing: one of two right, and both outlets counted. Differing: both right, one of five sides strange.
    answers = [
        reply(FIRST, SAME),
        reply(),
        reply(FIRST, compared=(LATER,)),
        reply(FIRST, compared=(LATER, STRANGE)),
    ]
    cases = [AGREE, AGREE, DIFFER, DIFFER]
    verdicts = [judge_case(case, answer) for case, answer in zip(cases, answers, strict=True)]
    found = figures(cases, verdicts, seed=0)
    assert found["right"].value == 0.75
    assert found["right, articles agree"].value == 0.5
    assert found["right, articles differ"].value == 1.0
    assert found["right, of those answered as an article does"].value == 1.0
    assert found["all outlets counted, of agreements found"].value == 1.0
    assert found["sides that no article gives, articles differ"].value == pytest.approx(1 / 5)
    assert found["right"].low <= 0.75 <= found["right"].high


def test_thirty_cases_of_each_kind_are_to_report_and_no_fewer_to_tune_on() -> None:
    cases = read_cases(CASES)
    counted = Counter((case.differs, case.part) for case in cases)
    assert counted[False, "report"] == counted[True, "report"] == 30
    assert counted[False, "tune"] == 174
    assert counted[True, "tune"] == 165
    assert len({case.id for case in cases}) == len({case.question for case in cases}) == len(cases)
    for case in cases:
        assert 1 <= case.outlets <= len(case.articles)
        assert all(len(spelling) < 40 for spellings in case.answers for spelling in spellings)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        json.dumps({"id": "a", "part": "test"}),
        json.dumps({"id": "a", "part": "tune", "expected": "agree", "question": "?", "asked_on": "2024-05-12",
                    "articles": ["x", "y"], "answers": [["1"], ["2"]], "outlets": 1}),
        json.dumps({"id": "a", "part": "tune", "expected": "agree", "question": "?", "asked_on": "2024-05-12",
                    "articles": ["x"], "answers": [["1"]], "outlets": 1}),
    ],
)  # fmt: skip
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(UsageError, match=r"cases\.jsonl:2: "):
        read_cases(path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An event's article, one of 2024 and two early ones; with a file of one case over the first two."""
    event = {"uuid": "u", "triplet-uuid": "fire", "source": "NYT", "title": "Fire", "date": "2024-05-09",
             "body-paragraphs": [["At least 12 people died in the fire."]]}  # fmt: skip
    quiz = [
        {
            "id": name,
            "title": name,
            "text": f"{name} tells.",
            "url": f"https://x.test/{name}",
            "publish_date": day,
        }
        for name, day in (("late", "2024/05/10"), ("early", "2022/01/01"), ("other", "2022/02/01"))
    ]  # fmt: skip
    case = {"id": "a", "part": "tune", "expected": "agree", "question": "How many?", "asked_on": "2024-05-12",
            "articles": ["fire nyt", "late"], "answers": [["12"]], "outlets": 2}  # fmt: skip
    for path, records, pack in ((EVENTS, [event], gzip.compress), (ARTICLES, quiz, lzma.compress)):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes(pack("".join(json.dumps(r) + "\n" for r in records).encode()))
    (tmp_path / "cases.jsonl").write_text(json.dumps(case))
    return tmp_path


def test_the_archive_is_the_cases_articles_and_early_others(data: Path) -> None:
    task = read_task(data, cases=data / "cases.jsonl", others=1)
    assert len(task.records) == 3
    told = {record.id: record for record in task.records}
    assert told["fire-nyt"].source == "The New York Times"
    assert "late" in told
    assert {"early", "other"} & told.keys()
    with pytest.raises(UsageError, match="no case of the part 'report'"):
        read_task(data, cases=data / "cases.jsonl", part="report")


def test_missing_data_is_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", "--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "citewire eval: " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
