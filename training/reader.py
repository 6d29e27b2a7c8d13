"""Train the span reader: `python -m training.reader --data ../shared/data/train --out FOLDER`.

Run again with the same folder, it goes on from the last checkpoint; `--set name=value` changes a setting of
the run, for example `--set total_steps=4000` to extend the schedule.
"""

import argparse
import dataclasses
import json
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from index.packaged_model import packaged_model
from training.import_reader import exported_weights, model_state
from training.reading_sets import read_all, split
from training.span_model import Batch, SpanModel
from training.spans_data import DataConfig, SpanData
from training.validation import Validation
from training.windows import whole_tokenizer


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that decides a run besides the data files."""

    seed: int = 20261122
    batch: int = 32
    learning_rate: float = 2.5e-4
    warm_up_steps: int = 100
    # The rate is held, then falls linearly to zero: the checkpoint kept at `decay_from` can be trained on.
    decay_from: int = 200
    total_steps: int = 3250
    weight_decay: float = 0.01
    dropout: float = 0.0  # few passes do not overfit, and drawing dropout masks is slow on a CPU
    clip: float = 1.0
    validate_every: int = 250
    checkpoint_seconds: float = 600.0
    threads: int = 2
    compile: bool = False  # a ninth quicker on a CPU, for a minute's wait and a C++ compiler
    data: DataConfig = field(default_factory=DataConfig)

    def rate(self, step: int) -> float:
        """Learning rate of step `step` (0-based)."""
        warm = min(1.0, (step + 1) / self.warm_up_steps)
        left = (self.total_steps - step) / max(1, self.total_steps - self.decay_from)
        return self.learning_rate * min(warm, max(0.0, left), 1.0)


class Run:
    """A training run in its folder: model, optimiser and place in the data, saved and taken up again."""

    def __init__(self, folder: Path, config: Config, model: SpanModel, device: torch.device) -> None:
        self.folder, self.config, self.model, self.step = folder, config, model.to(device), 0
        if config.compile:
            self.model.compile(dynamic=True)
        decayed = [p for p in model.parameters() if p.ndim > 1]
        others = [p for p in model.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": decayed, "weight_decay": config.weight_decay},
                {"params": others, "weight_decay": 0.0},
            ],
            lr=config.learning_rate,
            eps=1e-6,
            fused=True,
        )

    def begin_from(self, trained: Path) -> None:
        """Take the weights of another run's checkpoint or of an exported reader (.onnx), and those alone."""
        if trained.suffix == ".onnx":
            self.model.load_state_dict(model_state(exported_weights(trained)))
        else:
            self.model.load_state_dict(torch.load(trained, weights_only=True)["model"])

    def load(self) -> None:
        """Take up the last checkpoint, if there is one."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]
        torch.set_rng_state(state["rng"])
        if torch.cuda.is_available() and state["cuda_rng"]:
            torch.cuda.set_rng_state_all(state["cuda_rng"])

    def save(self, name: str = "checkpoint.pt") -> None:
        """Write a checkpoint under a temporary name and rename it, so that a kill leaves the one before."""
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "rng": torch.get_rng_state(),
            "cuda_rng": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else [],
        }
        torch.save(state, self.folder / f"{name}.part")
        (self.folder / f"{name}.part").replace(self.folder / name)

    def train_on(self, batch: Batch) -> float:
        """Do one step and return its loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.config.rate(self.step)
        loss = batch.loss(*batch.logits(self.model))
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.optimiser.step()
        self.step += 1
        return float(loss.detach())

    def log(self, **values: float) -> None:
        """Add a line to the curve, with the time it was written."""
        line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "step": self.step, **values}
        with (self.folder / "curve.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")


def train(run: Run, data: SpanData, validation: Validation, device: torch.device) -> None:
    """Train to the end of the schedule, with a checkpoint every few minutes and a validation curve."""
    config, losses, saved, since = run.config, [], time.monotonic(), time.monotonic()
    progress = tqdm(total=config.total_steps, initial=run.step, mininterval=30, file=sys.stdout)
    for windows in data.batches(run.step):
        if run.step >= config.total_steps:
            break
        run.model.train()
        losses.append(run.train_on(Batch(windows, device)))
        progress.update()
        if run.step % config.validate_every == 0 or run.step == config.total_steps:
            rate = len(losses) * config.batch / (time.monotonic() - since)
            figures = validation.measure(run.model, device)
            run.log(
                train_loss=sum(losses) / len(losses), lr=config.rate(run.step), examples_per_s=rate, **figures
            )
            losses, since = [], time.monotonic()
        if run.step == config.decay_from:
            run.save("before_decay.pt")
        if time.monotonic() - saved > config.checkpoint_seconds:
            run.save()
            saved = time.monotonic()
    run.save()


def read_config(folder: Path, changes: list[str]) -> Config:
    """Settings of the run in `folder` (the defaults for a new one) with "name=value" changes, saved there."""
    path = folder / "config.json"
    values: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    data = values.pop("data", {})
    for change in changes:
        name, _, value = change.partition("=")
        (data if name in DataConfig.__dataclass_fields__ else values)[name] = json.loads(value)
    config = Config(**values, data=DataConfig(**{k: _tuples(v) for k, v in data.items()}))
    path.write_text(json.dumps(dataclasses.asdict(config), indent=1) + "\n", encoding="utf-8")
    return config


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def main() -> None:
    """Command line of the training script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training sets")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument(
        "--init", type=Path, help="checkpoint or exported reader whose weights a new run begins from"
    )
    parser.add_argument("--set", action="append", default=[], dest="changes", metavar="NAME=VALUE")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    config, device = read_config(options.out, options.changes), torch.device(options.device)
    torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)
    tokenizer = whole_tokenizer()
    training, held_out = split(read_all(options.data))
    data = SpanData(training, tokenizer, config.data, seed=config.seed, batch=config.batch)
    run = Run(options.out, config, SpanModel.from_folder(packaged_model(), dropout=config.dropout), device)
    if options.init:
        run.begin_from(options.init)
    run.load()
    train(run, data, Validation(held_out, tokenizer, seed=config.seed), device)


if __name__ == "__main__":
    main()
