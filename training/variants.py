"""Measure changes of the news stage one by one, in short, equal runs: `python -m training.variants --help`.

Every variant begins from the same reader and sees the same questions in the same windows and order as `base`;
it differs in one thing. A line of OUT/variants.jsonl has its figures on written questions of articles not
learnt from, and on the validation questions of before; OUT/NAME.npz has what it made of each question, from
which `python -m training.variant_differences OUT` tells differences from noise. Where a weight is chosen,
each half of the questions is read with the one that suits the other half best; NAME-at-0.npz is without it.

base           the recipe of training.news_reader
layers         the learning rate falls by a fifth with each layer, from the output down to the embeddings
smoothing      a tenth of what is right is shared evenly by all windows and "no answer"
second-head    a linear layer on position 0 learns whether the window answers, by binary cross-entropy
self-training  beside the questions of each step one whose label `base`, which must have run, gave and was
               sure of; they are of those that the steps do not come to
length-prior   nothing is learnt: the reader of --init with a prior of the answers' lengths added to its spans
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from eval.provenance import commit
from training import length_prior, second_head
from training.length_prior import log_prior, with_prior
from training.news_measure import CPU, Decoder, Readings, cross_chosen, figures, plain, readings
from training.news_reader import (
    Lesson,
    Recipe,
    held_out,
    log_to,
    news_loss,
    old_examples,
    reader_from,
    teach,
)
from training.news_windows import Choice, NewsWindows
from training.second_head import SecondHead, with_head
from training.silver import articles_of, silver, told
from training.span_model import SpanModel
from training.windows import Window, whole_tokenizer
from training.written import WrittenOn, read_written

LAYER_DECAY = 0.8
SMOOTHED = 0.1
HEAD_RATE = 20.0  # times the learning rate of the rest: the head begins from nothing
HIDDEN = 300  # questions whose labels are hidden, for self-training


@dataclass(frozen=True, slots=True)
class Course:
    """What all variants have in common."""

    articles: Sequence[WrittenOn]
    taught: NewsWindows
    tokenizer: Tokenizer
    recipe: Recipe
    steps: int
    out: Path


@dataclass(frozen=True, slots=True)
class Variant:
    """In what a variant differs from `base`; `weights` are the decoders', `told` is for its report."""

    lesson: Lesson = news_loss
    share_of: Callable[[str], float] = lambda _: 1.0
    decoders: Sequence[Decoder] = (plain,)
    weights: Sequence[float] = (0.0,)
    taught: bool = True
    told: dict[str, Any] = field(default_factory=dict)


class Halved(nn.Module):
    """A reader whose encoder is computed in bfloat16, if `enabled`, but not its logits: for measuring."""

    def __init__(self, model: SpanModel, *, enabled: bool) -> None:
        super().__init__()
        self.model, self.enabled = model, enabled

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """Start and end logits, each (batch, length) and float32."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.enabled):
            told = self.model.encoder(input_ids=ids, attention_mask=mask, token_type_ids=segments)
        start, end = self.model.span(told.last_hidden_state.float()).unbind(-1)
        return start, end


def layer_share(name: str, layers: int) -> float:
    """Share of the learning rate that a weight gets by its name: 1 for the output, less with each layer."""
    if name.startswith("encoder.embeddings."):
        return float(LAYER_DECAY ** (layers + 1))
    if name.startswith("encoder.encoder.layer."):
        return float(LAYER_DECAY ** (layers - int(name.split(".")[3])))
    return 1.0


def with_silver(labelled: NewsWindows, seed: int) -> Lesson:
    """The lesson with one more question each step, of those of `labelled`, which counts as the others do."""
    rng = np.random.default_rng([seed, 1])
    order: list[int] = []

    def lesson(model: SpanModel, choices: Sequence[Choice], recipe: Recipe) -> Tensor:
        if not order:
            order.extend(rng.permutation(len(labelled.questions)).tolist())
        more = [*choices, labelled.choice(order.pop(), rng)]
        # The mean is over more, and the others shall weigh what they weigh without it.
        return news_loss(model, more, recipe) * (len(more) / len(choices))

    return lesson


def _layers(model: SpanModel, _: Course) -> Variant:
    return Variant(share_of=partial(layer_share, layers=model.encoder.config.num_hidden_layers))  # type: ignore[arg-type, union-attr]


def _second_head(model: SpanModel, _: Course) -> Variant:
    head, weights = SecondHead(model), second_head.WEIGHTS
    return Variant(
        lesson=head.lesson,
        share_of=lambda name: HEAD_RATE if name.startswith("second.") else 1.0,
        decoders=[with_head(head, weight) for weight in weights],
        weights=weights,
    )


def _self_training(_: SpanModel, course: Course) -> Variant:
    # The first draw of `teach` is the order of its questions: these are the ones its steps do not reach.
    order = np.random.default_rng(course.recipe.seed).permutation(len(course.taught.questions))
    later = order[course.steps * course.recipe.together :][:HIDDEN].tolist()
    base = reader_from(course.out / "base.pt", dropout=0.0)
    labelled = silver(Halved(base, enabled=course.recipe.half), course.taught, later)
    windows = NewsWindows(articles_of(course.articles, labelled), course.tokenizer)
    return Variant(lesson=with_silver(windows, course.recipe.seed), told=told(labelled, len(later)))


def _length_prior(_: SpanModel, course: Course) -> Variant:
    prior, weights = log_prior(course.taught.lengths()), length_prior.WEIGHTS
    decoders = [with_prior(prior, weight) for weight in weights]
    return Variant(decoders=decoders, weights=weights, taught=False)


VARIANTS: dict[str, Callable[[SpanModel, Course], Variant]] = {
    "base": lambda _model, _course: Variant(),
    "layers": _layers,
    "smoothing": lambda _model, _course: Variant(lesson=partial(news_loss, smooth=SMOOTHED)),
    "second-head": _second_head,
    "self-training": _self_training,
    "length-prior": _length_prior,
}


def run(
    name: str, model: SpanModel, before: SpanModel, course: Course, old: Sequence[Sequence[Window]]
) -> Variant:
    """Teach `model` as the variant has it, and log its losses."""
    torch.manual_seed(course.recipe.seed)
    variant = VARIANTS[name](model, course)
    if variant.taught:
        log = log_to(course.out / f"{name}.log.jsonl")
        lines = teach(
            model,
            before,
            course.taught,
            lambda first: iter(old[first:]),
            course.recipe,
            variant.lesson,
            variant.share_of,
        )
        for line in lines:
            log(**line)
    if name == "base":
        torch.save({"model": model.state_dict()}, course.out / "base.pt")
    return variant


def chosen(variant: Variant, read: Sequence[Readings]) -> tuple[Readings, dict[str, Any]]:
    """The readings, each half with the weight that suits the other best; the weights and their figures."""
    if len(read) == 1:
        return read[0], {}
    found, ways = cross_chosen(read)
    each = {str(weight): figures(one) for weight, one in zip(variant.weights, read, strict=True)}
    return found, {"weights": [variant.weights[way] for way in ways], "each": each}


def main() -> None:
    """Command line of the variants."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    tokenizer = whole_tokenizer()
    articles = [article for article in read_written(options.data) if article.part == "reader"]
    taught = NewsWindows(articles, tokenizer)
    # Half a question more, so that rounding gives the very number of steps.
    passes = (options.steps * Recipe().together + 0.5) / len(taught.questions)
    recipe = Recipe(passes=passes, half=options.half, seed=options.seed)
    course = Course(articles, taught, tokenizer, recipe, options.steps, options.out)
    held, validation = held_out(options.data, tokenizer)
    old = list(islice(old_examples(options.data, tokenizer, recipe).batches(0), options.steps))
    log = log_to(options.out / "variants.jsonl")
    for name in options.variants:
        model = reader_from(options.init, dropout=recipe.dropout)
        before = reader_from(options.keep, dropout=0.0)
        before.eval()
        variant = run(name, model, before, course, old)
        shown = Halved(model, enabled=recipe.half)
        every = readings(shown, held, variant.decoders)
        read, more = chosen(variant, every)
        np.savez(options.out / f"{name}.npz", **asdict(read))
        if more:
            np.savez(options.out / f"{name}-at-0.npz", **asdict(every[0]))
        told = {**variant.told, **more}
        log(variant=name, steps=options.steps * variant.taught, seed=options.seed, commit=commit(),
            news=figures(read), old=validation.measure(shown, CPU), **told)  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    add = parser.add_argument
    add("variants", nargs="+", choices=list(VARIANTS), metavar="VARIANT", help=", ".join(VARIANTS))
    add("--data", type=Path, required=True, help="the data folder")
    add("--out", type=Path, required=True, help="folder of the runs")
    add("--init", type=Path, required=True, help="checkpoint or exported reader begun from")
    add("--keep", type=Path, required=True, help="the reader kept to on old examples")
    add("--steps", type=int, default=200, help="training steps (default: %(default)s)")
    add("--half", action="store_true", help="bfloat16 where it can be")
    add("--seed", type=int, default=1)
    add("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
