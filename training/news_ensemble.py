"""Teach an ensemble of readers news on a GPU, distilled into one: `python -m training.news_ensemble --help`.

Begins from a reader that is there (an exported one). Teachers learn written questions with the windows they
choose among (`training.packed_choices`) beside the sets of before (`training.packed_examples`), each with its
own order and rate; some are deeper, with a copy of a layer behind every second one. The weights of those of
the same depth are averaged, and from each average a student learns the distributions of all teachers beside
the labels (see `training.ensemble`). Of each depth the best on the held-out questions is kept as
`OUT/DEPTH-reader.pt`, for `training.export_reader`.
"""

import argparse
import dataclasses
import json
import pickle
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.ensemble import Recipe, State, averaged, half, side_by_side, taught_loss, train
from training.import_reader import exported_weights, model_state
from training.news_measure import measure
from training.news_windows import NewsWindows
from training.packed_choices import ChoicePack, Choices, DeviceChoices, choices_loss
from training.packed_examples import DevicePack, Layout, Pack
from training.span_model import SpanModel
from training.validation import Validation

DEEPER = (1, 3, 5)
"""Layers behind which a deeper reader has another."""

TEACHERS = {
    "shallow1": Recipe(1, 1e-4),
    "shallow2": Recipe(2, 2e-4),
    "deep1": Recipe(3, 1e-4),
    "deep2": Recipe(4, 2e-4),
}
STUDENTS = {
    "shallow": Recipe(11, 1e-4, dropout=0.05, taught=0.8, temperature=2.0),
    "deep": Recipe(12, 1e-4, dropout=0.05, taught=0.8, temperature=2.0),
}
BEST, MORE = "-best", "-more"  # behind a depth: its best network is wanted, and its student taught further
FURTHER = {
    "shallow": Recipe(21, 7e-5, dropout=0.05, taught=0.8, temperature=2.0),
}
"""What goes on from a student."""

TOGETHER = 32  # written questions of a step, beside the old examples of the recipe's batch


@dataclass(frozen=True, slots=True)
class Held:
    """What readers are measured on: the held-out questions of before, and written ones of each kind."""

    old: Validation
    news: Mapping[str, NewsWindows]

    def measure(
        self, model: SpanModel, device: torch.device, number: int | None = None
    ) -> dict[str, dict[str, float]]:
        """Figures of each set, of the written ones on a sample of `number` questions (see `news_measure`)."""
        told = {name: measure(model, windows, device, number) for name, windows in self.news.items()}
        return {"old": self.old.measure(model, device), **told}


def merit(figures: Mapping[str, Mapping[str, float]]) -> float:
    """What a reader is chosen by: F1 with silence, the mean over the sets."""
    return sum(told["best_f1"] for told in figures.values()) / len(figures)


def deepened(state: State, after: Sequence[int] = DEEPER) -> State:
    """Weights of a reader with a further layer behind each of `after`.

    It is a copy of the layer before it whose outputs are nil, so that at first it changes little (after Wu et
    al. 2024, "LLaMA Pro", whose layers have their normalisation in front and are changed nothing by it).
    """
    layer = "encoder.encoder.layer."
    deeper = {name: value for name, value in state.items() if not name.startswith(layer)}
    numbers = sorted(
        {int(name.removeprefix(layer).split(".")[0]) for name in state if name.startswith(layer)}
    )
    order = [(n, copy) for n in numbers for copy in ((False, True) if n in after else (False,))]
    for at, (number, copy) in enumerate(order):
        for name, value in state.items():
            if name.startswith(f"{layer}{number}."):
                rest = name.removeprefix(f"{layer}{number}.")
                nil = copy and rest.startswith(("attention.output.dense.", "output.dense."))
                deeper[f"{layer}{at}.{rest}"] = torch.zeros_like(value) if nil else value.clone()
    return deeper


def layers_of(state: State) -> int:
    """How many layers the weights are of."""
    return len({name.split(".")[3] for name in state if name.startswith("encoder.encoder.layer.")})


@dataclass(frozen=True, slots=True)
class Batch:
    """What is learnt from in a step."""

    old: Layout
    news: Choices


def _loss(model: SpanModel, batch: Batch, recipe: Recipe, teachers: Sequence[SpanModel]) -> Tensor:
    """The mean loss of a step: of the labels and, if there are teachers, their distributions."""
    layouts = (batch.old, batch.news.layout)
    with half(batch.old.ids.device):
        ends = [layout.logits(model) for layout in layouts]
    labels = batch.old.label.unbind(1)
    hard = sum(functional.cross_entropy(*pair) for pair in zip(ends[0], labels, strict=True)) / 2
    hard = hard + choices_loss(batch.news, *ends[1])
    if not teachers:
        return hard
    pairs = zip(layouts, ends, strict=True)
    soft = torch.stack([taught_loss(layout, mine, recipe, teachers) for layout, mine in pairs]).sum()
    return recipe.taught * soft + (1 - recipe.taught) * hard


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every network of a run needs."""

    old: Path
    choices: Path
    held: Path
    begin: Path
    out: Path
    device: torch.device

    def begun(self, *, deep: bool) -> State:
        """The weights begun from."""
        state = model_state(exported_weights(self.begin))
        return deepened(state) if deep else state

    def new(self, state: State, dropout: float = 0.0) -> SpanModel:
        """A network with these weights."""
        model = SpanModel.blank(layers_of(state), dropout=dropout).float()
        model.load_state_dict(state)
        return model.to(self.device)

    def batches(self, recipe: Recipe) -> Iterator[Batch]:
        """Old examples and written questions in an order of the recipe's seed."""
        old = DevicePack(Pack.load(self.old), self.device).batches(recipe.seed, recipe.batch)
        news = DeviceChoices(ChoicePack.load(self.choices), self.device).batches(recipe.seed, TOGETHER)
        return (Batch(*pair) for pair in zip(old, news, strict=True))

    def best(self, depth: str) -> None:
        """Measure the students of a depth, the mean they began from, and both averaged; keep the best."""
        held: Held = pickle.loads(self.held.read_bytes())  # noqa: S301 - our own file
        student, mean = self.load(depth), self.load(f"{depth}-mean")
        tried = {"student": student, "mean": mean, "both": averaged([student, mean])}
        if depth in FURTHER:
            tried["student, taught further"] = self.load(f"{depth}{MORE}")
        figures = {name: held.measure(self.new(state), self.device) for name, state in tried.items()}
        best = max(figures, key=lambda name: merit(figures[name]))
        torch.save({"model": tried[best]}, self.out / f"{depth}-reader.pt")
        merits = {name: round(merit(told), 4) for name, told in figures.items()}
        self.log(depth=depth, best=best, merit=merits, figures=figures)

    def log(self, **values: object) -> None:
        """Add a line to the run's log."""
        print(json.dumps(values), flush=True)
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(values) + "\n")

    def one(self, name: str, recipe: Recipe, begin: State, teachers: Sequence[State]) -> None:
        """Train one network and keep its weights."""
        torch.manual_seed(recipe.seed)
        model = self.new(begin, recipe.dropout)
        taught_by = [self.new(state).eval() for state in teachers]
        began = time.monotonic()
        loss_of = partial(_loss, model, recipe=recipe, teachers=taught_by)
        for step, loss in train(model, self.batches(recipe), recipe, loss_of):
            self.log(name=name, step=step, loss=round(loss, 4), seconds=round(time.monotonic() - began))
        torch.save(model.state_dict(), self.out / f"{name}.pt")
        self.log(name=name, recipe=dataclasses.asdict(recipe))

    def load(self, name: str) -> State:
        """The weights of a network of this run."""
        state: State = torch.load(self.out / f"{name}.pt", weights_only=True, map_location="cpu")
        return state


def main() -> None:
    """Command line: teachers, their averages, students; writes the best of each depth into OUT."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    shop = Workshop(
        options.old, options.choices, options.held, options.begin, options.out, torch.device(options.device)
    )
    teachers = _lasting(TEACHERS, options.teacher_steps, options.teacher_seconds)
    students = _lasting(STUDENTS, options.student_steps, options.student_seconds)
    further = _lasting(FURTHER, options.further_steps, options.further_seconds)
    apart = partial(side_by_side, module="training.news_ensemble")
    if options.only is None:
        apart(list(teachers))
        for depth in students:
            mean = averaged([shop.load(name) for name in teachers if name.startswith(depth)])
            torch.save(mean, shop.out / f"{depth}-mean.pt")
        apart(list(students))
        apart([f"{depth}{MORE}" for depth in further])
        apart([f"{depth}{BEST}" for depth in students])
    elif options.only in teachers:
        shop.one(options.only, teachers[options.only], shop.begun(deep=options.only.startswith("deep")), ())
    elif options.only.endswith(BEST):
        shop.best(options.only.removesuffix(BEST))
    else:
        taught = {depth: (recipe, f"{depth}-mean") for depth, recipe in students.items()}
        taught |= {f"{depth}{MORE}": (recipe, depth) for depth, recipe in further.items()}
        recipe, begin = taught[options.only]
        shop.one(options.only, recipe, shop.load(begin), [shop.load(name) for name in teachers])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--old", type=Path, required=True, help="made by `training.packed_examples`")
    parser.add_argument("--choices", type=Path, required=True, help="made by `training.packed_choices`")
    parser.add_argument("--held", type=Path, required=True, help="made by `training.held_news`")
    parser.add_argument("--begin", type=Path, required=True, help="an exported reader, of 6 layers")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    for role in ("teacher", "student", "further"):
        parser.add_argument(f"--{role}-steps", type=int, default=0)
        parser.add_argument(f"--{role}-seconds", type=float, default=200.0)
    return parser.parse_args()


def _lasting(recipes: Mapping[str, Recipe], steps: int, seconds: float) -> dict[str, Recipe]:
    return {name: dataclasses.replace(one, steps=steps, seconds=seconds) for name, one in recipes.items()}


if __name__ == "__main__":
    main()
