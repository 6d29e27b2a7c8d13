"""A stopped training run goes on exactly; the validation measures a perfect and a silent reader rightly."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from eval.records import Record
from index.article import Span
from index.errors import UsageError
from index.packaged_model import packaged_model
from training.reading_sets import Paragraph, Question
from training.spans_data import DataConfig, SpanData
from training.written import Written, WrittenOn

pytestmark = pytest.mark.slow  # imports torch and transformers
TEXT = "Milley met General Won in Seoul on Wednesday. They spoke for two hours."
SEOUL = (TEXT.index("Seoul"), TEXT.index("Seoul") + 5)
QUESTIONS = (Question("Where?", (SEOUL,), SEOUL), Question("Why?", (), None))
PARAGRAPHS = [Paragraph("squad1", f"{number}", "", TEXT, QUESTIONS) for number in range(40)]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def tiny_run(folder: Path) -> Any:
    """A run of a very small network, seeded, with dropout so that the random state counts."""
    import torch
    from transformers import BertConfig, BertModel

    from training.reader import Config, Run
    from training.span_model import SpanModel

    torch.manual_seed(3)
    folder.mkdir(exist_ok=True)
    small = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    model = SpanModel(BertModel(small, add_pooling_layer=False), 16)
    config = Config(batch=2, warm_up_steps=2, decay_from=4, total_steps=8, dropout=0.1)
    return Run(folder, config, model, torch.device("cpu"))


def advance(run: Any, tokenizer: Tokenizer, to: int) -> list[float]:
    import torch

    from training.span_model import Batch

    data = SpanData(PARAGRAPHS, tokenizer, DataConfig(), seed=1, batch=2)
    losses: list[float] = []
    for windows in data.batches(run.step):
        if run.step == to:
            return losses
        run.model.train()
        losses.append(run.train_on(Batch(windows, torch.device("cpu"))))
    return losses


def test_a_resumed_run_repeats_the_one_that_was_not_stopped(tmp_path: Path, tokenizer: Tokenizer) -> None:
    whole = advance(tiny_run(tmp_path / "whole"), tokenizer, 6)
    stopped = tiny_run(tmp_path / "stopped")
    first = advance(stopped, tokenizer, 3)
    stopped.save()
    resumed = tiny_run(tmp_path / "stopped")
    resumed.load()
    assert resumed.step == 3
    assert first + advance(resumed, tokenizer, 6) == whole


def test_validation_scores_a_reader_that_knows(tokenizer: Tokenizer) -> None:
    """Logits that point at each window's label score 1 in every figure."""
    import torch
    from torch import nn

    from training.validation import Validation

    seoul = tokenizer.token_to_id("seoul")
    where = tokenizer.token_to_id("where")

    class Knowing(nn.Module):
        def forward(self, ids: Any, mask: Any, segments: Any) -> tuple[Any, Any]:
            logits = 20.0 * (ids == seoul)
            logits[:, 0] = torch.where((ids == where).any(1), 0.0, 20.0 * 2)
            return logits, logits

    figures = Validation(PARAGRAPHS, tokenizer, seed=1, size=20).measure(Knowing(), torch.device("cpu"))
    assert figures["loss"] < 1e-3
    assert [figures[name] for name in ("em", "f1", "auroc", "best_f1")] == [1, 1, 1, 1]


def test_settings_of_a_run_are_kept_and_changed_by_name(tmp_path: Path) -> None:
    from training.reader import read_config

    read_config(tmp_path, ["total_steps=77", "title_share=0.5"])
    config = read_config(tmp_path, ["seed=4"])
    assert (config.total_steps, config.data.title_share, config.seed) == (77, 0.5, 4)
    assert config.data.shares == DataConfig().shares


def test_training_can_go_on_from_the_shipped_reader() -> None:
    from qa.models import READER
    from training.export_reader import reader_weights
    from training.import_reader import exported_weights, model_state
    from training.span_model import SpanModel

    shipped = exported_weights(READER)
    model = SpanModel.from_folder(packaged_model(), dropout=0.0)
    model.load_state_dict(model_state(shipped))  # strict: no weight is missing and none too many
    back = reader_weights(model.state_dict())
    assert back.keys() == shipped.keys()
    assert all(np.array_equal(back[name], shipped[name]) for name in shipped)


def taught(seed: int) -> Any:
    """A very small network with dropout."""
    import torch
    from transformers import BertConfig, BertModel

    from training.span_model import SpanModel

    torch.manual_seed(seed)
    small = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    return SpanModel(BertModel(small, add_pooling_layer=False), 16)


def test_the_news_stage_goes_on_as_if_it_had_not_been_stopped(
    tmp_path: Path, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from training import news_reader
    from training.news_reader import Recipe, teach
    from training.news_windows import NewsWindows

    monkeypatch.setattr(news_reader, "LOGGED", 2)
    seoul = Span(*SEOUL)
    asked = [Written(f"Where {number}?", "plain", (seoul,), None) for number in range(9)]
    windows = NewsWindows([WrittenOn(Record("Seoul", TEXT, "", id="a"), tuple(asked))], tokenizer)
    recipe = Recipe(together=2, beside=2, passes=1.4)
    old = SpanData(PARAGRAPHS, tokenizer, DataConfig(), seed=1, batch=2).batches
    before = taught(5).eval()

    whole = taught(3)
    assert [line["step"] for line in teach(whole, before, windows, old, recipe)] == [2, 4, 6]
    stopped, checkpoint = taught(3), tmp_path / "running.pt"
    assert next(teach(stopped, before, windows, old, recipe, checkpoint=checkpoint))["step"] == 2
    other = taught(4)
    resumed = teach(other, before, windows, old, recipe, checkpoint=checkpoint)
    assert [line["step"] for line in resumed] == [4, 6]
    for mine, its in zip(other.parameters(), whole.parameters(), strict=True):
        assert torch.equal(mine, its)

    with pytest.raises(UsageError, match="another recipe"):
        next(teach(other, before, windows, old, Recipe(together=3), checkpoint=checkpoint))
