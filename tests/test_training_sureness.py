"""The fit of how sure a follow-up's answer is: what is noted, fitted and told."""

from pathlib import Path

import numpy as np
import pytest
from test_training_conversed import ON, OTHER, TURNS

import qa.answering
import qa.sureness
from eval.archives import record_archive
from qa.models import load_reader
from qa.sureness_model import Seen
from training.sureness import Example, cross_validated, examples_of, figures, fit


def test_follow_ups_are_noted_and_the_product_is_left_as_it_was(tmp_path: Path) -> None:
    with record_archive([ON.record, OTHER.record], tmp_path / "archive") as archive:
        found = list(examples_of(archive, [(ON, TURNS)], load_reader()))
    # The first of the three turns follows on nothing.
    assert [(example.article, example.answerable) for example in found] == [
        (ON.record.id, True), (ON.record.id, False)
    ]  # fmt: skip
    assert not found[1].right
    assert vars(qa.answering)["how_sure"] is qa.sureness.how_sure


def made(number: int) -> Example:
    """An example that is right where the reader is sure, of ten articles."""
    right = number % 3 != 0
    seen = Seen(1.0, 0.0, 4.0 + number % 5 if right else -4.0 + number % 5, 0.0, 1.0)
    return Example(f"article {number % 10}", seen, right, answerable=right, shifted=0.5)


def test_the_fit_learns_what_tells_right_from_wrong() -> None:
    examples = [made(number) for number in range(60)]
    found = cross_validated(examples)
    assert min(found[[e.right for e in examples]]) > 0.7
    assert max(found[[not e.right for e in examples]]) < 0.3
    model = fit(examples, 0.4, "checksum")
    assert (model.threshold, model.reader) == (0.4, "checksum")
    # Columns that do not vary are worth nothing.
    assert model.answering.weights[[0, 1, 3, 4]] == pytest.approx(0, abs=1e-6)


def test_figures_tell_what_is_refused_at_the_cost_of_right_answers() -> None:
    examples = [made(0), made(3), made(1), made(2)]  # two without an answer, two right
    told = figures(examples, np.array([0.1, 0.6, 0.5, 0.9]))
    assert (told["right"], told["unanswerable"]) == (2, 2)
    # Of the four pairs one is in the wrong order: .5 and .6.
    assert told["auroc"] == 0.75
    assert told["refused_at"] == {"2%": [0.5, 0.0], "5%": [0.5, 0.0], "10%": [0.5, 0.0]}
