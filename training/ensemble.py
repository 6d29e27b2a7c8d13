"""Train the reader as an ensemble and distil it into one: `python -m training.ensemble --help`.

Several teachers learn the packed examples (`training.packed_examples`) from the packaged encoder's weights,
each with its own order and rate. Their weights are averaged (Wortsman et al. 2022, "Model soups"), and from
the average students learn the teachers' mean distributions (Hinton et al. 2015, "Distilling the Knowledge in
a Neural Network") beside the labels. The reader that is best on the held-out articles is kept.

The rate falls over `--teacher-seconds` and `--student-seconds`, for a machine that is there for minutes; with
`--teacher-steps` and `--student-steps` it falls over steps, and a run can be repeated.
"""

import argparse
import dataclasses
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor
from torch.nn import functional

from index.packaged_model import packaged_model
from training.packed_examples import DevicePack, Layout, Pack
from training.span_model import SpanModel
from training.validation import Validation

State = dict[str, Tensor]
Given = TypeVar("Given")
LOGGED = 250  # steps between two lines of the log


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one network is trained; `steps` or, if that is 0, `seconds` is how long."""

    seed: int
    learning_rate: float
    batch: int = 64
    dropout: float = 0.1
    weight_decay: float = 0.01
    warm_up: float = 0.05  # share of the run
    clip: float = 1.0
    smoothing: float = 0.0  # of the labels
    temperature: float = 1.0  # of teachers and student
    taught: float = 0.0  # weight of the teachers beside the labels
    steps: int = 0
    seconds: float = 0.0

    def rate(self, done: float) -> float:
        """Learning rate when the share `done` of the run is over: up to the top, then linearly to zero."""
        return self.learning_rate * min(done / self.warm_up, (1 - done) / (1 - self.warm_up), 1.0)

    def done(self, step: int, seconds: float) -> float:
        """The share of the run that is over after so many steps and seconds."""
        return step / self.steps if self.steps else seconds / self.seconds


TEACHERS = (
    Recipe(1, 1.5e-4),
    Recipe(2, 2.5e-4),
    Recipe(3, 1.5e-4, dropout=0.05, batch=48),
    Recipe(4, 3e-4, batch=128),
)
STUDENTS = (
    Recipe(11, 1.5e-4, dropout=0.05, taught=0.8),
    Recipe(12, 1.5e-4, dropout=0.05, taught=0.8, temperature=2.0),
)


def train(
    model: SpanModel, batches: Iterator[Given], recipe: Recipe, loss_of: Callable[[Given], Tensor]
) -> Iterator[tuple[int, float]]:
    """Train to the end of the recipe; yields (step, mean loss) every LOGGED steps and at the end."""
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": recipe.weight_decay},
            {"params": [p for p in model.parameters() if p.ndim <= 1], "weight_decay": 0.0},
        ],
        eps=1e-6,
        fused=True,
    )
    began, step, total = time.monotonic(), 0, torch.zeros((), device=next(model.parameters()).device)
    model.train()
    for batch in batches:
        done = recipe.done(step, time.monotonic() - began)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate(done)
        loss = loss_of(batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.clip)
        optimiser.step()
        total += loss.detach()
        step += 1
        if step % LOGGED == 0:
            yield step, float(total) / LOGGED
            total.zero_()
    yield step, float(total) / max(1, step % LOGGED)


def _loss(model: SpanModel, batch: Layout, recipe: Recipe, teachers: Sequence[SpanModel]) -> Tensor:
    with half(batch.ids.device):
        ends = batch.logits(model)
    hard = sum(
        functional.cross_entropy(logits, label, label_smoothing=recipe.smoothing)
        for logits, label in zip(ends, batch.label.unbind(1), strict=True)
    )
    hard = torch.as_tensor(hard) / 2
    if not teachers:
        return hard
    return recipe.taught * taught_loss(batch, ends, recipe, teachers) + (1 - recipe.taught) * hard


def taught_loss(
    batch: Layout, ends: tuple[Tensor, Tensor], recipe: Recipe, teachers: Sequence[SpanModel]
) -> Tensor:
    """The distance of a batch's logits from the mean of the teachers' distributions, a scalar."""
    heat, device = recipe.temperature, batch.ids.device
    with torch.no_grad(), half(device):
        told = [batch.logits(teacher) for teacher in teachers]
    soft = torch.zeros((), device=device)
    for which, logits in enumerate(ends):
        goal = torch.stack([functional.softmax(pair[which] / heat, 1) for pair in told]).mean(0)
        mine = functional.log_softmax(logits / heat, 1)
        soft = soft + heat**2 * functional.kl_div(mine, goal, reduction="batchmean")
    return soft / 2


def half(device: torch.device) -> torch.autocast:
    """Computing in bfloat16 where it is quicker."""
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")


def averaged(states: Sequence[State]) -> State:
    """The mean of several networks' weights."""
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0).to(states[0][name].dtype)
        for name in states[0]
    }


def merit(figures: dict[str, float]) -> float:
    """What a reader is chosen by: F1 of the answerable, and F1 of all with silence, on validation."""
    return (figures["f1"] + figures["best_f1"]) / 2


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every network of a run needs: the packs, the held-out questions, the weights to begin from."""

    packs: tuple[Path, ...]
    validation: Path
    weights: Path
    out: Path
    device: torch.device

    def new(self, dropout: float, state: State | None = None) -> SpanModel:
        """A network with the packaged encoder's weights, or those of `state`."""
        model = SpanModel.from_folder(self.weights, dropout=dropout).float()
        if state is not None:
            model.load_state_dict(state)
        return model.to(self.device)

    def batches(self, recipe: Recipe) -> Iterator[Layout]:
        """Batches from the packs in turn."""
        held = [DevicePack(Pack.load(path), self.device) for path in self.packs]
        sources = [pack.batches(recipe.seed + 100 * n, recipe.batch) for n, pack in enumerate(held)]
        for source in cycle(sources):
            yield next(source)

    def measured(self) -> Callable[[SpanModel], dict[str, float]]:
        """What measures a network on the held-out questions."""
        held: Validation = pickle.loads(self.validation.read_bytes())  # noqa: S301 - our own file
        return lambda model: held.measure(model, self.device)

    def log(self, **values: object) -> None:
        """Add a line to the run's log."""
        print(json.dumps(values), flush=True)
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(values) + "\n")

    def one(self, name: str, recipe: Recipe, begin: State | None, teachers: Sequence[State]) -> None:
        """Train one network, measure it, and keep its weights."""
        torch.manual_seed(recipe.seed)
        model = self.new(recipe.dropout, begin)
        taught_by = [self.new(0.0, state).eval() for state in teachers]
        measure, began = self.measured(), time.monotonic()
        loss_of = partial(_loss, model, recipe=recipe, teachers=taught_by)
        for step, loss in train(model, self.batches(recipe), recipe, loss_of):
            self.log(name=name, step=step, loss=round(loss, 4), seconds=round(time.monotonic() - began))
        self.log(name=name, recipe=dataclasses.asdict(recipe), figures=measure(model))
        torch.save(model.state_dict(), self.out / f"{name}.pt")


def soup(shop: Workshop, names: Sequence[str]) -> tuple[State, dict[str, float]]:
    """The best by `merit` of the named networks and the average of all of them, with its figures."""
    measure = shop.measured()
    states = {name: _load(shop, name) for name in names}
    states[f"mean of {', '.join(names)}"] = averaged(list(states.values()))
    found = {name: measure(shop.new(0.0, state)) for name, state in states.items()}
    best = max(found, key=lambda name: merit(found[name]))
    shop.log(best=best, figures=found)
    return states[best], found[best]


def _load(shop: Workshop, name: str) -> State:
    state: State = torch.load(shop.out / f"{name}.pt", weights_only=True, map_location="cpu")
    return state


def side_by_side(names: Sequence[str], module: str = "training.ensemble") -> None:
    """Do what a module's `--only` says for each name, in processes of their own, with these options."""
    command = [sys.executable, "-m", module, *sys.argv[1:], "--only"]
    running = [subprocess.Popen([*command, name]) for name in names]  # noqa: S603
    failed = [name for name, process in zip(names, running, strict=True) if process.wait()]
    if failed:
        raise SystemExit(f"training failed: {', '.join(failed)}")


def main() -> None:
    """Command line: teachers, their average, students, and the best of all in `OUT/reader.pt`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packs", type=Path, nargs="+", required=True)
    parser.add_argument("--validation", type=Path, required=True, help="made by `training.validation`")
    parser.add_argument("--weights", type=Path, help="folder of the encoder (default: the packaged one)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    for role in ("teacher", "student"):
        parser.add_argument(f"--{role}-steps", type=int, default=0)
        parser.add_argument(f"--{role}-seconds", type=float, default=180.0)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device(options.device)
    weights = options.weights or packaged_model()
    shop = Workshop(tuple(options.packs), options.validation, weights, options.out, device)
    teachers = _lasting(TEACHERS, "teacher", options.teacher_steps, options.teacher_seconds)
    students = _lasting(STUDENTS, "student", options.student_steps, options.student_seconds)
    if options.only in teachers:
        shop.one(options.only, teachers[options.only], None, ())
    elif options.only:
        states = [_load(shop, name) for name in teachers]
        shop.one(options.only, students[options.only], _load(shop, "soup"), states)
    else:
        side_by_side(list(teachers))
        torch.save(soup(shop, list(teachers))[0], options.out / "soup.pt")
        side_by_side(list(students))
        best, figures = soup(shop, [*students, "soup"])
        torch.save({"model": best}, options.out / "checkpoint.pt")
        shop.log(shipped=figures)


def _lasting(recipes: Sequence[Recipe], role: str, steps: int, seconds: float) -> dict[str, Recipe]:
    return {
        f"{role}{number}": dataclasses.replace(recipe, steps=steps, seconds=seconds)
        for number, recipe in enumerate(recipes, start=1)
    }


if __name__ == "__main__":
    main()
