"""Packed examples are laid out as the plain way lays them out; weights are averaged, rates rise and fall."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.packaged_model import packaged_model
from training.reading_sets import Paragraph, Question
from training.spans_data import DataConfig, SpanData

pytestmark = pytest.mark.slow  # imports torch
SHORT = "Milley met General Won in Seoul on Wednesday. They spoke for two hours."
LONG = " ".join(f"Line {number} tells of the visit in Seoul and of nothing else." for number in range(30))
SEOUL = (SHORT.index("Seoul"), SHORT.index("Seoul") + 5)
PARAGRAPHS = [
    Paragraph("squad1", "a", "", SHORT, (Question("Where?", (SEOUL,), SEOUL), Question("Why?", (), None))),
    Paragraph("squad2", "b", "A visit", LONG, (Question("What is line 20 about?", (), None),)),
    Paragraph(
        "squad1", "c", "Talks", SHORT, (Question("Where did Milley meet General Won?", (SEOUL,), SEOUL),)
    ),
]


@pytest.fixture(scope="module")
def data() -> SpanData:
    tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return SpanData(PARAGRAPHS, tokenizer, DataConfig(), seed=1, batch=1)


def laid_out(pack: Any, batch: int, count: int) -> list[tuple[Any, ...]]:
    import torch

    from training.packed_examples import DevicePack

    found = []
    for layout, _ in zip(DevicePack(pack, torch.device("cpu")).batches(5, batch), range(count), strict=False):
        for ids, mask, segments, allowed, label in zip(
            layout.ids, layout.mask, layout.segments, layout.allowed, layout.label, strict=True
        ):
            kept = int(mask.sum())
            assert not ids[kept:].any()
            assert not segments[kept:].any()
            assert not allowed[kept:].any()
            row = (ids, segments, allowed)
            found.append((*(tuple(part[:kept].tolist()) for part in row), tuple(label.tolist())))
    return found


def plainly(data: SpanData, turn: int) -> list[tuple[Any, ...]]:
    """The same examples by `training.windows.join` and `training.span_model.Batch`."""
    import torch

    from training.span_model import Batch
    from training.windows import join

    found = []
    for reading in data.readings(turn):
        asked = reading.asked
        ids = data.questions[asked[0]][asked[1]] if isinstance(asked, tuple) else asked
        title = data.titles[reading.row] if reading.titled else []
        text = data.texts[reading.row][reading.first : reading.last]
        batch = Batch([join(ids, title, text, reading.label)], torch.device("cpu"))
        parts = (batch.ids, batch.segments, batch.allowed)
        found.append((*(tuple(part[0].tolist()) for part in parts), tuple(batch.label[0].tolist())))
    return found


def test_a_pack_lays_out_what_the_plain_way_does(data: SpanData, tmp_path: Path) -> None:
    from training.packed_examples import Pack, pack_examples

    expected = plainly(data, 3)
    pack_examples(data, [3]).save(tmp_path / "pack.npz")
    pack = Pack.load(tmp_path / "pack.npz")
    assert len(expected) == len(pack.passes[0]) > 3
    assert Counter(laid_out(pack, 1, len(expected))) == Counter(expected)


def test_batches_are_padded_to_their_longest(data: SpanData) -> None:
    from training.packed_examples import pack_examples

    pack = pack_examples(data, [0, 1])
    assert len(laid_out(pack, 2, 4)) == 8


def test_an_average_of_weights_is_their_mean() -> None:
    import torch

    from training.ensemble import averaged

    mean = averaged([{"a": torch.tensor([1.0, 3.0])}, {"a": torch.tensor([3.0, 5.0])}])
    assert mean["a"].tolist() == [2.0, 4.0]


def test_the_rate_rises_and_falls_to_nothing() -> None:
    from training.ensemble import Recipe

    recipe = Recipe(1, 2e-4, warm_up=0.1)
    rates = [recipe.rate(done) for done in np.linspace(0, 1, 11)]
    assert rates[0] == 0
    assert rates[1] == pytest.approx(2e-4)
    assert rates[10] == pytest.approx(0)
    assert rates[1:] == sorted(rates[1:], reverse=True)
