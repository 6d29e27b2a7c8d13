"""Conversations written on news: the file, the questions made of it, and the loss of a batch of them."""

import json
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from test_training_written import TEXT, stored

from eval.records import Record
from index.article import Span
from qa.context import SEPARATOR
from training.conversed import TurnOn, as_questions, read_conversations
from training.written import CONVERSATIONS, WrittenOn

WON = Span(TEXT.index("General Won"), TEXT.index("General Won") + 11)
ON = WrittenOn(Record("Milley in Seoul", TEXT, "", id="a"), ())
OTHER = WrittenOn(Record("Austin in Brussels", TEXT, "", id="b"), ())
TURNS = (
    TurnOn("who met Milley?", "Who met Milley?", "first", (WON,), "General Won", None),
    TurnOn("when?", "When did Milley meet General Won?", "bare", (WON,), "Wednesday", None),
    TurnOn("why?", "Why did Milley meet General Won?", "bare", (), "", WON),
)


def test_a_turn_is_read_with_its_article(tmp_path: Path) -> None:
    file = stored(tmp_path, [])
    start = TEXT.index("General Won")
    line = {"article": "allsides-x", "kind": "first", "typed": "who?", "full": "Who met Milley?"}
    lines = [
        {**line, "answers": [[start, "General Won"]], "near": None},
        {**line, "kind": "bare", "typed": "why?", "answers": [], "near": [0, 5]},
    ]
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    [(on, turns)] = read_conversations(tmp_path, file)
    assert on.record.source == "Outlet"
    assert [turn.answer for turn in turns] == ["General Won", ""]
    assert turns[1].near == Span(0, 5)


def test_a_turn_is_asked_in_full_and_in_context() -> None:
    [article] = as_questions([(ON, TURNS)])
    assert [(asked.kind, asked.text) for asked in article.questions] == [
        ("full", "Who met Milley?"),
        ("full", "When did Milley meet General Won?"),
        ("context", "when? | Who met Milley? | General Won"),
        ("full", "Why did Milley meet General Won?"),
        ("context", "why? | When did Milley meet General Won? | Wednesday | Who met Milley? | General Won"),
    ]
    assert article.questions[-1].near == WON


def test_with_noise_a_new_topic_comes_after_another_article_s_conversation() -> None:
    articles = as_questions([(ON, TURNS), (OTHER, TURNS)], noise=3)
    for article in articles:
        topic = article.questions[-1]
        assert topic.text.startswith("who met Milley?" + SEPARATOR)
        assert topic.answers == (WON,)
    assert articles == as_questions([(ON, TURNS), (OTHER, TURNS)], noise=3)


def test_the_file_has_conversations_of_all_kinds_on_each_article() -> None:
    lines = [json.loads(line) for line in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]
    kinds = Counter(line["kind"] for line in lines)
    assert kinds.keys() == {
        "first", "bare", "about", "pronoun", "noun", "topic", "in-view", "correction"
    }  # fmt: skip
    assert all(bool(line["near"]) == (not line["answers"]) for line in lines)
    assert 0.1 < sum(not line["answers"] for line in lines) / len(lines) < 0.3
    turns = [list(group) for _, group in groupby(lines, key=lambda line: line["article"])]
    assert len({one[0]["article"] for one in turns}) == len(turns)
    assert all(one[0]["kind"] == "first" and len(one) > 1 for one in turns)


@pytest.mark.slow  # imports torch
def test_the_loss_of_a_batch_is_that_of_its_questions(tmp_path: Path) -> None:
    import torch

    from training.news_reader import choice_loss, spans_of
    from training.news_windows import Choice, NewsWindows
    from training.packed_choices import ChoicePack, DeviceChoices, choices_loss, pack_choices
    from training.span_model import BLOCKED
    from training.windows import whole_tokenizer

    articles = as_questions([(ON, TURNS), (OTHER, TURNS)], noise=1)
    pack = pack_choices(NewsWindows(articles, whole_tokenizer()), passes=2, seed=1)
    assert len(pack.starts[0]) == len([asked for one in articles for asked in one.questions]) + 1
    pack.save(tmp_path / "choices.npz")
    pack = ChoicePack.load(tmp_path / "choices.npz")
    batch = next(DeviceChoices(pack, torch.device("cpu")).batches(seed=2, together=8))
    generator = torch.Generator().manual_seed(0)
    start, end = (
        torch.randn(batch.layout.ids.shape, generator=generator).masked_fill(~batch.layout.allowed, BLOCKED)
        for _ in range(2)
    )
    joint, window = spans_of(start, end)
    losses = []
    for question in range(batch.questions):
        rows = (batch.question == question).nonzero()[:, 0]
        marked = [[(int(a), int(b)) for a, b in batch.answers[row].tolist() if a] for row in rows]
        hard = [at for at, row in enumerate(rows) if batch.hard[row]]
        choice = Choice((), tuple(map(tuple, marked)), hard[0] if hard else None)
        losses.append(choice_loss(choice, joint[rows], window[rows]))
    found = choices_loss(batch, start, end)
    assert float(found) == pytest.approx(float(torch.stack(losses).mean()), rel=1e-5)
    assert batch.hard.any()


@pytest.mark.slow  # imports torch
def test_a_deeper_reader_begins_near_the_one_it_is_made_of() -> None:
    import torch

    from training.news_ensemble import deepened, layers_of
    from training.span_model import SpanModel

    torch.manual_seed(1)
    model = SpanModel.blank(6, dropout=0.0).eval()
    state = deepened(model.state_dict(), after=(1, 3, 5))
    assert layers_of(state) == 9
    deeper = SpanModel.blank(9, dropout=0.0).eval()
    deeper.load_state_dict(state)
    ids = torch.randint(1000, 2000, (2, 12))
    shown = torch.ones_like(ids)
    with torch.inference_mode():
        ends = [torch.stack(one(ids, shown, shown)) for one in (model, deeper)]
    assert torch.allclose(ends[0], ends[1], atol=1e-3)
