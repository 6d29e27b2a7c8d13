"""An ensemble is taught news from end to end, in a step each, on a handful of questions."""

import dataclasses
import json
import pickle
import sys
from pathlib import Path

import pytest
from test_training_conversed import ON, OTHER, TURNS
from test_training_packed import PARAGRAPHS

from training.conversed import as_questions

pytestmark = pytest.mark.slow  # imports torch


def test_teachers_students_and_the_best_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from training import news_ensemble
    from training.news_reader import SHIPPED
    from training.news_windows import NewsWindows
    from training.packed_choices import pack_choices
    from training.packed_examples import pack_examples
    from training.spans_data import DataConfig, SpanData
    from training.validation import Validation
    from training.windows import whole_tokenizer

    tokenizer = whole_tokenizer()
    windows = NewsWindows(as_questions([(ON, TURNS), (OTHER, TURNS)], noise=1), tokenizer)
    pack_choices(windows, passes=1, seed=1).save(tmp_path / "choices.npz")
    data = SpanData(PARAGRAPHS, tokenizer, DataConfig(), seed=1, batch=1)
    pack_examples(data, range(1)).save(tmp_path / "old.npz")
    held = news_ensemble.Held(Validation(PARAGRAPHS, tokenizer, seed=1), {"news": windows})
    (tmp_path / "held.pkl").write_bytes(pickle.dumps(held))

    of_each = {
        "TEACHERS": ("shallow1", "deep1"),
        "STUDENTS": ("shallow", "deep"),
        "FURTHER": ("shallow",),
    }
    for name, kept in of_each.items():
        recipes = {one: dataclasses.replace(getattr(news_ensemble, name)[one], batch=1) for one in kept}
        monkeypatch.setattr(news_ensemble, name, recipes)
    monkeypatch.setattr(news_ensemble, "TOGETHER", 2)
    files = {"old": "old.npz", "choices": "choices.npz", "held": "held.pkl", "out": "run"}
    given = [f"--{name}={tmp_path / file}" for name, file in files.items()]
    lengths = [f"--{role}-steps=1" for role in ("teacher", "student", "further")]
    command = ["news_ensemble", *given, f"--begin={SHIPPED}", "--device=cpu", *lengths]

    def one_after_another(names: list[str], module: str) -> None:
        assert module == news_ensemble.__name__
        for name in names:
            monkeypatch.setattr(sys, "argv", [*command, "--only", name])
            news_ensemble.main()

    monkeypatch.setattr(news_ensemble, "side_by_side", one_after_another)
    monkeypatch.setattr(sys, "argv", command)
    news_ensemble.main()

    told = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    tried = {line["depth"]: set(line["merit"]) for line in told if "depth" in line}
    assert tried == {
        "shallow": {"student", "mean", "both", "student, taught further"},
        "deep": {"student", "mean", "both"},
    }
    for depth, layers in (("shallow", 6), ("deep", 9)):
        kept = torch.load(tmp_path / "run" / f"{depth}-reader.pt", weights_only=True)["model"]
        assert news_ensemble.layers_of(kept) == layers
