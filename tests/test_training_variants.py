"""What the variants of the news stage compute: smoothed losses, shares of the rate, priors, labels."""

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from eval.records import Record
from index.article import Span
from index.errors import UsageError
from training.news_windows import Choice, NewsWindows
from training.windows import whole_tokenizer
from training.written import Written, WrittenOn

if TYPE_CHECKING:
    from torch import Tensor

    from training.news_measure import Readings
    from training.span_model import SpanModel

TEXT = "Milley met General Won in Seoul on Wednesday. " + "Nothing was signed, officials said. " * 30

pytestmark = pytest.mark.slow  # torch is loaded


def readings(margins: list[float], answerable: list[bool], f1: list[float]) -> "Readings":
    from training.news_measure import Readings

    return Readings(np.array(f1), np.array(margins), np.array(answerable), np.array(answerable))


def small_model() -> "SpanModel":
    from transformers import BertConfig, BertModel

    from training.span_model import SpanModel

    config = BertConfig(
        vocab_size=30522, hidden_size=16, num_hidden_layers=3, num_attention_heads=2, intermediate_size=32
    )
    return SpanModel(BertModel(config, add_pooling_layer=False), 16)


@pytest.fixture(scope="module")
def windows() -> NewsWindows:
    record = Record("Milley in Seoul", TEXT, "", id="a")
    answer = Span(TEXT.index("General Won"), TEXT.index(" in Seoul"))
    asked = Written("Whom did Milley meet?", "plain", (answer,), None)
    other = Record("Austin in Brussels", "Austin spoke with the minister on Wednesday. " * 4, "", id="b")
    return NewsWindows([WrittenOn(record, (asked,)), WrittenOn(other, ())], whole_tokenizer())


def scores(*windows: float) -> "tuple[Tensor, Tensor]":
    """Scores of windows of one position each beside position 0, as `spans_of` gives them."""
    import torch

    from training.news_reader import spans_of

    ends = torch.tensor([[0.0, score / 2] for score in windows])
    return spans_of(ends, ends)


def test_smoothing_shares_what_is_right() -> None:
    import torch

    from training.news_reader import choice_loss

    choice = Choice((), (((1, 1),), ()), None)
    window = torch.tensor([2.0, -1.0])
    none_or = torch.log(1 + window.exp().sum())
    # By hand: the share of each outcome that is right, times what its probability costs.
    among = none_or - 0.9 * window[0] - 0.1 * (0 + window[0] + window[1]) / 3
    alone = torch.log(1 + window[0].exp()) - 0.95 * window[0]
    silent = torch.log(1 + window[1].exp()) - 0.05 * window[1]
    expected = (among + alone + silent) / 2
    assert float(choice_loss(choice, *scores(2.0, -1.0), 0.1)) == pytest.approx(float(expected))


def test_a_smoothed_loss_is_least_short_of_certainty() -> None:
    from training.news_reader import choice_loss

    unanswered = Choice((), ((), ()), 0)

    def loss(score: float, smooth: float) -> float:
        return float(choice_loss(unanswered, *scores(score, score), smooth))

    assert loss(-20.0, 0.0) < loss(-3.0, 0.0)
    assert loss(-20.0, 0.1) > loss(-3.0, 0.1) < loss(0.0, 0.1)
    assert loss(-3.0, 0.0) == pytest.approx(1.5 * math.log1p(math.exp(-3.0)))


def test_the_rate_falls_with_each_layer() -> None:
    from training.variants import layer_share

    names = ["span.weight", "encoder.encoder.layer.2.x", "encoder.encoder.layer.0.x", "encoder.embeddings.x"]
    shares = [layer_share(name, 3) for name in names]
    assert shares == pytest.approx([1.0, 0.8, 0.8**3, 0.8**4])


def test_each_weight_is_in_one_group_with_its_share() -> None:
    from training.news_reader import Recipe, optimiser_of
    from training.variants import layer_share

    model = small_model()
    groups = optimiser_of(model, Recipe(), lambda name: layer_share(name, 3)).param_groups
    share_of = {id(p): group["share"] for group in groups for p in group["params"]}
    assert len(share_of) == sum(len(group["params"]) for group in groups) == len(list(model.parameters()))
    assert all(share_of[id(p)] == layer_share(name, 3) for name, p in model.named_parameters())
    assert all((p.ndim > 1) == (group["weight_decay"] > 0) for group in groups for p in group["params"])


def test_the_prior_counts_lengths() -> None:
    from training.length_prior import log_prior
    from training.windows import LONGEST_ANSWER

    prior = log_prior([1, 1, 2, 60]).exp()
    assert prior.shape == (LONGEST_ANSWER,)
    assert float(prior.sum()) == pytest.approx(1.0)
    assert (prior / prior[3])[[0, 1, LONGEST_ANSWER - 1]].tolist() == pytest.approx([3, 2, 2])


def test_a_prior_prefers_usual_lengths() -> None:
    import torch

    from training.length_prior import log_prior, with_prior
    from training.news_measure import plain

    start, end = torch.zeros(2, 1, 9)
    start[0, 2] = 3.0
    end[0, 3], end[0, 6] = 2.0, 2.5
    prior = log_prior([2] * 50)
    spans, margin = with_prior(prior, 0.0)(start, end)
    assert (spans.tolist(), margin.tolist()) == ([[2, 6]], [5.5])
    assert plain(start, end)[0].tolist() == spans.tolist()
    spans, margin = with_prior(prior, 1.0)(start, end)
    assert spans.tolist() == [[2, 3]]
    assert float(margin) == pytest.approx(5.0 + float(prior[1]))


def test_a_second_head_learns_and_is_weighed(windows: NewsWindows) -> None:
    import torch

    from training.news_measure import CPU
    from training.news_reader import Recipe, news_loss
    from training.second_head import SecondHead, with_head
    from training.span_model import Batch

    torch.manual_seed(1)
    model = small_model()
    model.eval()
    choice = windows.choice(0, np.random.default_rng(1))
    plainly = float(news_loss(model, [choice], Recipe()).detach())
    head = SecondHead(model)
    assert {"second.linear.weight", "second.linear.bias"} <= {name for name, _ in model.named_parameters()}
    # A head that knows nothing yet costs log 2.
    assert float(head.lesson(model, [choice], Recipe()).detach()) == pytest.approx(plainly + math.log(2))
    head.lesson(model, [choice], Recipe()).backward()  # type: ignore[no-untyped-call]
    assert head.linear.weight.grad is not None
    with torch.no_grad():
        head.linear.bias.fill_(2.0)
        logits = Batch(choice.windows, CPU).logits(model)
        without, weighed = (with_head(head, weight)(*logits)[1] for weight in (0.0, 0.5))
    assert (weighed - without).tolist() == pytest.approx([1.0] * len(choice.windows))


def test_a_sure_reader_labels_and_a_doubtful_one_does_not(
    windows: NewsWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from training import silver
    from training.span_model import Batch

    place = windows.questions[0][1].answers[0]

    def claims(score: float) -> list[silver.Silver]:
        """Labels of question 0 where only the words of its answer score, at each end, or where none do."""

        def logits(batch: Batch, _: object) -> "tuple[Tensor, Tensor]":
            start, end = torch.full((2, *batch.ids.shape), -30.0)
            start[:, 0] = end[:, 0] = 0.0
            for row, answers in enumerate(windows.whole(0).answers):
                for first, last in answers:
                    start[row, first], end[row, last] = score, score
            return start, end

        monkeypatch.setattr(Batch, "logits", logits)
        return silver.silver(small_model(), windows, [0])

    (sure,) = claims(3.0)
    assert sure.asked.answers == (place,)
    assert sure.right == 1.0
    (silent,) = claims(-3.0)
    assert silent.asked.answers == ()
    assert silent.right == 0.0
    monkeypatch.setattr(silver, "SURE", 0.7)
    assert claims(0.0) == []  # as probable as silence
    assert silver.told([sure, silent], 3) == {
        "asked": 3,
        "answered": 1,
        "f1_of_answers": 1.0,
        "refused": 1,
        "right_refusals": 0.0,
    }


def test_figures_refuse_at_the_best_margin() -> None:
    from training.news_measure import figures

    told = figures(readings([3.0, 2.0, 1.0, 0.0], [True, False, True, False], [1.0, 0.0, 0.5, 0.0]))
    assert told["f1"] == 0.75
    assert told["auroc"] == 0.75
    # Up to 2 refused: one answered rightly, two rightly refused.
    assert (told["best_f1"], told["threshold"]) == (0.75, 2.0)


def test_equal_margins_are_refused_together() -> None:
    from training.news_measure import figures

    told = figures(readings([1.0, 1.0, 2.0], [False, True, True], [0.0, 1.0, 1.0]))
    assert told["best_f1"] == pytest.approx(2 / 3)


def test_each_half_is_read_with_the_weight_that_suits_the_other() -> None:
    from training.news_measure import cross_chosen

    answerable = [True] * 4
    # The even questions are read well in the second way, the odd ones in the first.
    ways = [
        readings([1, 2, 3, 4], answerable, [0.0, 1.0, 0.0, 1.0]),
        readings([5, 6, 7, 8], answerable, [1.0, 0.0, 1.0, 0.0]),
    ]
    read, chosen = cross_chosen(ways)
    assert chosen == [0, 1]
    assert read.f1.tolist() == [0.0] * 4
    assert read.margin.tolist() == [1, 6, 3, 8]


def test_a_reader_does_not_differ_from_itself(tmp_path: Path) -> None:
    from dataclasses import asdict

    from training.variant_differences import differences, read_readings

    read = readings([3.0, 2.0, 1.0, 0.0] * 9, [True, False, True, False] * 9, [1.0, 0.0, 0.5, 0.0] * 9)
    np.savez(tmp_path / "base.npz", **asdict(read))
    same = differences(read, read_readings(tmp_path / "base.npz"))
    assert all((gap.value, gap.low, gap.high) == (0, 0, 0) for gap in same.values())
    better = differences(replace(read, f1=read.f1 + 0.1 * read.answerable), read)
    assert (better["f1"].value, better["f1"].low) == pytest.approx((0.1, 0.1))
    with pytest.raises(UsageError, match="none"):
        read_readings(tmp_path / "none.npz")
