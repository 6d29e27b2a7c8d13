"""Teach the reader news: `python -m training.news_reader --data ../shared/data --out RUN`.

Begins from a reader and learns the written questions (training/written.py): which window of a few answers,
where, and that none does (a softmax over all spans of all windows and "no answer", Clark and Gardner 2018,
with the sum over all marked places as what is right). Beside them it reads old examples, of which it keeps
the distributions of before (Li and Hoiem 2016, "Learning without Forgetting"), against unlearning them.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from index.packaged_model import packaged_model
from training.conversed import as_questions, read_conversations
from training.import_reader import exported_weights, model_state
from training.news_measure import CPU, measure
from training.news_place import Place
from training.news_windows import Choice, NewsWindows
from training.reading_sets import read_all, split
from training.span_model import BLOCKED, Batch, SpanModel
from training.spans_data import DataConfig, SpanData
from training.validation import Validation
from training.windows import LONGEST_ANSWER, Window, whole_tokenizer
from training.written import read_written

LOGGED = 50  # steps between two lines of the log
SHIPPED = Path(__file__).resolve().parent.parent / "qa" / "data" / "reader.onnx"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is taught; `passes` go over the written questions, `together` is how many make a step."""

    passes: float = 1.0
    together: int = 3
    beside: int = 6  # old examples in each step
    learning_rate: float = 5e-5
    warm_up: float = 0.05  # share of the run
    weight_decay: float = 0.01
    clip: float = 1.0
    kept: float = 0.7  # weight of its own distributions on old examples, beside their labels
    dropout: float = 0.0  # few passes do not overfit, and drawing dropout masks is slow on a CPU
    half: bool = False  # bfloat16 where it can be, twice as quick on processors that have it
    seed: int = 1

    def rate(self, done: float) -> float:
        """Learning rate when the share `done` of the run is over: up to the top, then linearly to zero."""
        return self.learning_rate * min(done / self.warm_up, (1 - done) / (1 - self.warm_up), 1.0)


def spans_of(start: Tensor, end: Tensor) -> tuple[Tensor, Tensor]:
    """Scores of all spans in each of n windows, and of each window as a whole, from logits (n, length).

    A span's score, (n, length, length) by first and last position, is its logit less that of "no answer",
    which is position 0. A window's, (n,), is the logsumexp of its spans' scores; spans of more than
    LONGEST_ANSWER word pieces, backward ones and those with position 0 are left out of it.
    """
    length = start.shape[1]
    joint = start[:, :, None] + end[:, None, :] - (start[:, 0] + end[:, 0])[:, None, None]
    band = torch.ones(length, length).triu().tril(LONGEST_ANSWER - 1).bool()
    band[0, :] = band[:, 0] = False
    return joint, joint.masked_fill(~band | (joint < BLOCKED / 2), BLOCKED).flatten(1).logsumexp(1)


def choice_loss(choice: Choice, joint: Tensor, window: Tensor, smooth: float = 0.0) -> Tensor:
    """The loss of one question, a scalar, from the scores of its windows that `spans_of` gives.

    If a window answers: the marked spans against all others of all windows and "no answer". If none does:
    that each is silent, above all the hard one. What is right counts 1 - `smooth`; the rest is shared evenly
    by all that is chosen among, windows and "no answer" (Szegedy et al. 2016, "Rethinking the Inception").
    """
    silent = [row for row, answers in enumerate(choice.answers) if not answers]
    refused = functional.softplus(window[silent]) - smooth / 2 * window[silent]
    if not any(choice.answers):
        hard = refused[silent.index(choice.hard)] if choice.hard is not None else refused.max()
        return hard + refused.mean() / 2
    marked = torch.stack(
        [
            torch.stack([joint[row, first, last] for first, last in answers]).logsumexp(0)
            for row, answers in enumerate(choice.answers)
            if answers
        ]
    )
    answering = window[[row for row, answers in enumerate(choice.answers) if answers]]
    offered = torch.cat([torch.zeros(1), window])
    among_all = offered.logsumexp(0) - torch.lerp(marked.logsumexp(0), offered.mean(), smooth)
    # A window that answers is read alone too: its own words against its own silence.
    alone = functional.softplus(answering) - torch.lerp(marked, answering / 2, smooth)
    return (among_all + alone.mean() + (refused.mean() if silent else 0.0)) / 2


def ends_of(batch: Batch, model: SpanModel, recipe: Recipe) -> tuple[Tensor, Tensor]:
    """Start and end logits, each (n, length) and float32, though computed in bfloat16 if so the recipe."""
    with torch.autocast("cpu", torch.bfloat16, enabled=recipe.half):
        start, end = batch.logits(model)
    return start.float(), end.float()


def kept_loss(batch: Batch, model: SpanModel, before: SpanModel, recipe: Recipe) -> Tensor:
    """The loss on old examples, a scalar: distance from the distributions of `before`, and the labels."""
    ends = ends_of(batch, model, recipe)
    with torch.no_grad():
        goals = ends_of(batch, before, recipe)
    soft = sum(
        functional.kl_div(functional.log_softmax(mine, 1), functional.softmax(goal, 1), reduction="batchmean")
        for mine, goal in zip(ends, goals, strict=True)
    )
    return recipe.kept * torch.as_tensor(soft) / 2 + (1 - recipe.kept) * batch.loss(*ends)


def news_loss(model: SpanModel, choices: Sequence[Choice], recipe: Recipe, *, smooth: float = 0.0) -> Tensor:
    """Mean `choice_loss` of some questions, all their windows read at once."""
    batch = Batch([window for choice in choices for window in choice.windows], CPU)
    joint, window = spans_of(*ends_of(batch, model, recipe))
    ends = np.cumsum([len(choice.windows) for choice in choices])
    rows = [slice(end - len(choice.windows), end) for choice, end in zip(choices, ends, strict=True)]
    return torch.stack(
        [choice_loss(choice, joint[of], window[of], smooth) for choice, of in zip(choices, rows, strict=True)]
    ).mean()


Batches = Callable[[int], Iterator[Sequence[Window]]]
Lesson = Callable[[SpanModel, Sequence[Choice], Recipe], Tensor]


def teach(
    model: SpanModel,
    before: SpanModel,
    windows: NewsWindows,
    old: Batches,
    recipe: Recipe,
    lesson: Lesson = news_loss,
    share_of: Callable[[str], float] = lambda _: 1.0,
    checkpoint: Path | None = None,
) -> Iterator[dict[str, float]]:
    """Train `model` to the end of the recipe; yields step and mean losses of the last LOGGED steps.

    `before` is what it was, whose distributions are kept on old examples: `old` gives their batches from a
    step on. `lesson` is the loss of a step's questions, and `share_of` tells by a weight's name how much of
    the learning rate it gets. With a `checkpoint` a run that was stopped goes on from the last line it
    yielded, as if it had not been.

    Raises:
        UsageError: if the checkpoint is of another recipe or number of questions.
    """
    steps = int(recipe.passes * len(windows.questions) / recipe.together)
    optimiser = optimiser_of(model, recipe, share_of)
    course = {**asdict(recipe), "steps": steps}
    place = Place.resumed(checkpoint, model, optimiser, recipe.seed, course)
    order, rng, batches = place.order, place.rng, old(place.step)
    losses: list[tuple[float, float]] = []
    model.train()
    for step in range(place.step, steps):
        if len(order) < recipe.together:
            order += rng.permutation(len(windows.questions)).tolist()
        choices = [windows.choice(order.pop(0), rng) for _ in range(recipe.together)]
        news = lesson(model, choices, recipe)
        kept = kept_loss(Batch(next(batches), CPU), model, before, recipe)
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate((step + 0.5) / steps) * group["share"]
        optimiser.zero_grad()
        (news + kept).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimiser.step()
        losses.append((float(news.detach()), float(kept.detach())))
        if (step + 1) % LOGGED == 0 or step == steps - 1:
            news_mean, kept_mean = np.mean(losses[-LOGGED:], axis=0)
            place.save(checkpoint, step + 1, model, optimiser)
            yield {"step": step + 1, "of": steps, "news": float(news_mean), "kept": float(kept_mean)}


def optimiser_of(model: SpanModel, recipe: Recipe, share_of: Callable[[str], float]) -> torch.optim.Optimizer:
    """AdamW, in which only matrices decay; the learning rate, of which each has a share, is set at a step."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = defaultdict(list)
    for name, weights in model.named_parameters():
        groups[share_of(name), recipe.weight_decay if weights.ndim > 1 else 0.0].append(weights)
    return torch.optim.AdamW(
        [
            {"params": params, "share": share, "weight_decay": decay}
            for (share, decay), params in groups.items()
        ],
        eps=1e-6,
        fused=True,
    )


def main() -> None:
    """Command line of the training script."""
    options = _options()
    recipe = Recipe(**{name: getattr(options, name) for name in asdict(Recipe())})
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(recipe.seed)
    model, before = reader_from(options.init, dropout=recipe.dropout), reader_from(options.keep, dropout=0.0)
    before.eval()
    tokenizer = whole_tokenizer()
    articles = read_written(options.data)[options.first : options.last]
    if options.spoken:
        articles += as_questions(read_conversations(options.data)[-options.spoken :], noise=recipe.seed)
    taught = NewsWindows([article for article in articles if article.part == "reader"], tokenizer)
    old = old_examples(options.data, tokenizer, recipe).batches
    held, validation = held_out(options.data, tokenizer)

    log = log_to(options.out / "log.jsonl")
    log(recipe=asdict(recipe), questions=len(taught.questions), held_out=len(held.questions))
    running = options.out / "running.pt"
    if not running.exists():
        log(before=measure(model, held), old=validation.measure(model, CPU))
    for line in teach(model, before, taught, old, recipe, checkpoint=running):
        log(**line)
    log(after=measure(model, held), old=validation.measure(model, CPU))
    torch.save({"model": model.state_dict()}, options.out / "checkpoint.pt")
    running.unlink(missing_ok=True)


def _options() -> argparse.Namespace:
    """What the command line says, with every setting of the recipe by its name."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="the data folder")
    add("--out", type=Path, required=True, help="folder of the run")
    add("--init", type=Path, default=SHIPPED, help="checkpoint or exported reader begun from")
    add("--first", type=int, default=0, help="the first article learnt from")
    add("--last", type=int, help="the one behind the last (default: all)")
    add("--spoken", type=int, default=0, help="articles with conversations learnt from beside them")
    add("--keep", type=Path, default=SHIPPED, help="the reader kept to on old examples, of the same kinds")
    add("--threads", type=int, default=2)
    for name, value in asdict(Recipe()).items():
        option = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            add(option, action="store_true")
        else:
            add(option, type=type(value), default=value)
    return parser.parse_args()


def old_examples(data: Path, tokenizer: Tokenizer, recipe: Recipe) -> SpanData:
    """What the reader learnt before, in batches as large as the recipe says."""
    training, _ = split(read_all(data / "train"))
    return SpanData(training, tokenizer, DataConfig(), seed=recipe.seed, batch=recipe.beside)


def log_to(path: Path) -> Callable[..., None]:
    """A function that prints its values as a line of JSON and adds it to a file, with the seconds gone by."""
    began = time.monotonic()

    def log(**values: object) -> None:
        line = json.dumps({"at": round(time.monotonic() - began), **values})
        print(line, flush=True)
        with path.open("a", encoding="utf-8") as out:
            out.write(f"{line}\n")

    return log


def held_out(data: Path, tokenizer: Tokenizer) -> tuple[NewsWindows, Validation]:
    """What a reader is measured on: written questions on other articles, and the validation of before."""
    news = NewsWindows([article for article in read_written(data) if article.part == "choice"], tokenizer)
    _, articles = split(read_all(data / "train"))
    return news, Validation(articles, tokenizer, seed=1)


def reader_from(trained: Path, *, dropout: float) -> SpanModel:
    """The network of a checkpoint or of an exported reader (.onnx)."""
    model = SpanModel.from_folder(packaged_model(), dropout=dropout)
    if trained.suffix == ".onnx":
        model.load_state_dict(model_state(exported_weights(trained)))
    else:
        model.load_state_dict(torch.load(trained, weights_only=True)["model"])
    return model


if __name__ == "__main__":
    main()
