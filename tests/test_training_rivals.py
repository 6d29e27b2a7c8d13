"""Fitting what tells which other values answer the same question."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from fakes import an_article, put

from eval.agreement_task import Case
from index.archive import Archive
from qa.rivals import FEATURES
from training.rivals import Example, cases_right, example_of, fitted, held_out, report


def an_example(number: int, shares: Sequence[float], right: Sequence[float]) -> Example:
    """A case whose other values are told apart by their share alone."""
    rows = np.zeros((len(shares), len(FEATURES)))
    rows[:, FEATURES.index("share")] = shares
    return Example(str(number), any(right), rows, np.array(right))


EXAMPLES = [
    an_example(number, [0.0, -5.0], [1.0, 0.0]) if number % 2 else an_example(number, [-4.0], [0.0])
    for number in range(40)
]


def test_the_likelier_value_is_learnt_to_be_the_right_one() -> None:
    likely = held_out(EXAMPLES, penalty=1.0)
    assert [len(sure) for sure in likely] == [len(example.right) for example in EXAMPLES]
    assert all(sure[0] > 0.5 > sure[1] for sure in likely if len(sure) == 2)
    assert fitted(EXAMPLES).weights[FEATURES.index("share")] > 0


def test_a_case_is_right_by_what_would_be_told() -> None:
    both, none, wrong = np.array([0.9, 0.9]), np.array([0.1, 0.1]), np.array([0.1, 0.9])
    differs, agrees = an_example(1, [0.0, -5.0], [1.0, 0.0]), an_example(2, [-4.0, -4.0], [0.0, 0.0])
    assert [*cases_right([differs] * 3, [both, none, wrong], 0.5)] == [True, False, False]
    assert [*cases_right([agrees] * 3, [both, none, wrong], 0.5)] == [False, True, False]
    assert [*cases_right([an_example(3, [], [])], [np.zeros(0)], 0.5)] == [True]


def test_the_threshold_is_one_from_which_all_come_out_right(capsys: pytest.CaptureFixture[str]) -> None:
    threshold = report(EXAMPLES, asked=50)
    assert all(cases_right(EXAMPLES, held_out(EXAMPLES), threshold))
    assert "40 of 50 cases, 20 of which differ; 60 other values" in capsys.readouterr().out


def test_what_is_seen_of_a_case_is_what_the_other_articles_give(archive: Archive) -> None:
    put(
        archive,
        an_article(1, "At least 12 people died in the Oostakker fire, the mayor said."),
        an_article(2, "The death toll of the Oostakker fire rose to 14 people."),
        an_article(3, "The Oostakker fire killed 17 people, a paper said."),
    )
    archive.embed()
    answers = (("12",), ("14",))
    question = "How many people died in the Oostakker fire?"
    case = Case("differ-1", "tune", True, question, date(2024, 1, 9), ("a1", "a2"), answers, 1)
    example = example_of(archive, case)
    assert example is not None
    assert example.differs
    assert sorted(example.right) == [0.0, 1.0]  # 17 is none of the case's answers
    assert example.rows.shape == (2, len(FEATURES))
    other = Case("differ-2", "tune", True, question, date(2024, 1, 9), ("a1", "a2"), (("99",), ("98",)), 1)
    assert example_of(archive, other) is None
