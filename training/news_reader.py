"""Teach the reader news: `python -m training.news_reader --data ../shared/data --out RUN`.

Begins from a reader and learns the written questions (training/written.py): which window of a few answers,
where, and that none does (a softmax over all spans of all windows and "no answer", Clark and Gardner 2018,
with the sum over all marked places as what is right). Beside them it reads old examples, of which it keeps
the distributions of before (Li and Hoiem 2016, "Learning without Forgetting"), against unlearning them.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from eval.metrics import auroc, token_f1
from index.packaged_model import packaged_model
from training.import_reader import exported_weights, model_state
from training.news_windows import Choice, NewsWindows
from training.reading_sets import read_all, split
from training.span_model import BLOCKED, Batch, SpanModel, best_spans
from training.spans_data import DataConfig, SpanData
from training.validation import Validation
from training.windows import LONGEST_ANSWER, Window, whole_tokenizer
from training.written import read_written

MEASURED = 600  # questions of a sample that each measuring reads
LOGGED = 50  # steps between two lines of the log
CPU = torch.device("cpu")
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


def choice_loss(choice: Choice, joint: Tensor, window: Tensor) -> Tensor:
    """The loss of one question, a scalar, from the scores of its windows that `spans_of` gives.

    If a window answers: the marked spans against all others of all windows and "no answer". If none does:
    that each is silent, above all the hard one.
    """
    silent = [row for row, answers in enumerate(choice.answers) if not answers]
    refused = functional.softplus(window[silent])
    if not any(choice.answers):
        hard = refused[silent.index(choice.hard)] if choice.hard is not None else refused.max()
        return hard + refused.mean() / 2
    marked = [
        torch.stack([joint[row, first, last] for first, last in answers]).logsumexp(0)
        for row, answers in enumerate(choice.answers)
        if answers
    ]
    answering = [row for row, answers in enumerate(choice.answers) if answers]
    among_all = torch.cat([torch.zeros(1), window]).logsumexp(0) - torch.stack(marked).logsumexp(0)
    # A window that answers is read alone too: its own words against its own silence.
    alone = torch.stack(
        [functional.softplus(window[row]) - one for row, one in zip(answering, marked, strict=True)]
    )
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


def measure(model: SpanModel, windows: NewsWindows) -> dict[str, float]:
    """How well a sample of MEASURED questions is read, each in its whole article.

    In [0, 1]: `f1` over the answerable, `f1_reworded` over those of them in other words, `auroc` of the
    margin over "no answer" for telling the answerable from the others, and `best_f1` over all questions, of
    which those with a margin up to `threshold`, the best one, are refused; that is right, and counts 1, for
    those without an answer.
    """
    model.eval()
    f1s, margins, has = [], [], []
    chosen = np.random.default_rng(0).permutation(len(windows.questions))[:MEASURED].tolist()
    questions = [windows.questions[number][1] for number in chosen]
    with torch.inference_mode():
        for number, asked in zip(chosen, questions, strict=True):
            choice = windows.whole(number)
            batch = Batch(choice.windows, CPU)
            spans, margin = best_spans(*batch.logits(model), longest=LONGEST_ANSWER)
            best = int(margin.argmax())
            first, last = spans[best].tolist()
            golds = [windows.answer(number, place) for place in asked.answers]
            f1s.append(token_f1(windows.text(number, best, (first, last)), golds) if golds else 0.0)
            margins.append(float(margin[best]))
            has.append(bool(golds))
    answerable, f1, margin_of = np.array(has), np.array(f1s), np.array(margins)
    reworded = np.array([asked.kind == "reworded" for asked in questions])
    thresholds = np.sort(margin_of)
    at_each = [
        float(np.where(margin_of > t, np.where(answerable, f1, 0.0), ~answerable).mean()) for t in thresholds
    ]
    return {
        "f1": float(f1[answerable].mean()),
        "f1_reworded": float(f1[reworded].mean()),
        "auroc": auroc(margin_of, answerable),
        "best_f1": max(at_each),
        "threshold": float(thresholds[int(np.argmax(at_each))]),
    }


def teach(
    model: SpanModel, before: SpanModel, windows: NewsWindows, old: Iterator[Sequence[Window]], recipe: Recipe
) -> Iterator[dict[str, float]]:
    """Train `model` to the end of the recipe; yields step and mean losses of the last LOGGED steps.

    `before` is what it was, whose distributions are kept on the batches of `old`.
    """
    rng = np.random.default_rng(recipe.seed)
    steps = int(recipe.passes * len(windows.questions) / recipe.together)
    optimiser = _optimiser(model, recipe)
    order: list[int] = []
    losses: list[tuple[float, float]] = []
    model.train()
    for step in range(steps):
        if len(order) < recipe.together:
            order += rng.permutation(len(windows.questions)).tolist()
        choices = [windows.choice(order.pop(0), rng) for _ in range(recipe.together)]
        news = news_loss(model, choices, recipe)
        kept = kept_loss(Batch(next(old), CPU), model, before, recipe)
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate((step + 0.5) / steps)
        optimiser.zero_grad()
        (news + kept).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimiser.step()
        losses.append((float(news.detach()), float(kept.detach())))
        if (step + 1) % LOGGED == 0 or step == steps - 1:
            news_mean, kept_mean = np.mean(losses[-LOGGED:], axis=0)
            yield {"step": step + 1, "of": steps, "news": float(news_mean), "kept": float(kept_mean)}


def _optimiser(model: SpanModel, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW, in which only matrices decay; its learning rate is set at every step."""
    return torch.optim.AdamW(
        [
            {"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": recipe.weight_decay},
            {"params": [p for p in model.parameters() if p.ndim <= 1], "weight_decay": 0.0},
        ],
        eps=1e-6,
        fused=True,
    )


def news_loss(model: SpanModel, choices: Sequence[Choice], recipe: Recipe) -> Tensor:
    """Mean loss of some questions, all their windows read at once."""
    batch = Batch([window for choice in choices for window in choice.windows], CPU)
    joint, window = spans_of(*ends_of(batch, model, recipe))
    ends = np.cumsum([len(choice.windows) for choice in choices])
    rows = [slice(end - len(choice.windows), end) for choice, end in zip(choices, ends, strict=True)]
    return torch.stack(
        [choice_loss(choice, joint[of], window[of]) for choice, of in zip(choices, rows, strict=True)]
    ).mean()


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
    taught = NewsWindows([article for article in articles if article.part == "reader"], tokenizer)
    old = _old_examples(options.data, tokenizer, recipe)
    held, validation = held_out(options.data, tokenizer)

    log = _log(options.out / "log.jsonl")
    log(recipe=asdict(recipe), questions=len(taught.questions), held_out=len(held.questions))
    log(before=measure(model, held), old=validation.measure(model, CPU))
    for line in teach(model, before, taught, old, recipe):
        log(**line)
    log(after=measure(model, held), old=validation.measure(model, CPU))
    torch.save({"model": model.state_dict()}, options.out / "checkpoint.pt")


def _options() -> argparse.Namespace:
    """What the command line says, with every setting of the recipe by its name."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="the data folder")
    add("--out", type=Path, required=True, help="folder of the run")
    add("--init", type=Path, default=SHIPPED, help="checkpoint or exported reader begun from")
    add("--first", type=int, default=0, help="the first article learnt from")
    add("--last", type=int, help="the one behind the last (default: all)")
    add("--keep", type=Path, default=SHIPPED, help="the reader kept to on old examples, of the same kinds")
    add("--threads", type=int, default=2)
    for name, value in asdict(Recipe()).items():
        option = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            add(option, action="store_true")
        else:
            add(option, type=type(value), default=value)
    return parser.parse_args()


def _old_examples(data: Path, tokenizer: Tokenizer, recipe: Recipe) -> Iterator[Sequence[Window]]:
    """Batches without end of what the reader learnt before."""
    training, _ = split(read_all(data / "train"))
    return SpanData(training, tokenizer, DataConfig(), seed=recipe.seed, batch=recipe.beside).batches(0)


def _log(path: Path) -> Callable[..., None]:
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
