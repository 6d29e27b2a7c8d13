"""Where a run of `training.news_reader` stands: all that its next step depends on, kept in a checkpoint."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.random import Generator
from torch import nn

from index.errors import UsageError


@dataclass(slots=True)
class Place:
    """The step that comes next, the questions still to come in this pass, and the state of the draws.

    `course` tells of the whole run; a run goes on only where it is the same.
    """

    step: int
    order: list[int]
    rng: Generator
    course: Mapping[str, Any]

    @classmethod
    def resumed(
        cls,
        checkpoint: Path | None,
        model: nn.Module,
        optimiser: torch.optim.Optimizer,
        seed: int,
        course: Mapping[str, Any],
    ) -> Self:
        """The beginning; or, if the checkpoint is there, where it stood, with its weights taken up.

        Raises:
            UsageError: if it was written in another course.
        """
        rng = np.random.default_rng(seed)
        if checkpoint is None or not checkpoint.exists():
            return cls(0, [], rng, course)
        stored = torch.load(checkpoint, weights_only=True)
        if stored["course"] != dict(course):
            raise UsageError(f"{checkpoint}: is of another recipe; remove it to begin anew")
        model.load_state_dict(stored["model"])
        optimiser.load_state_dict(stored["optimiser"])
        torch.set_rng_state(stored["torch"])
        rng.bit_generator.state = stored["rng"]
        return cls(stored["step"], stored["order"], rng, course)

    def save(
        self, checkpoint: Path | None, step: int, model: nn.Module, optimiser: torch.optim.Optimizer
    ) -> None:
        """Write where the run stands before `step`, under a temporary name first: a kill leaves the last."""
        if checkpoint is None:
            return
        self.step = step
        stored = {
            "course": dict(self.course),
            "step": step,
            "order": self.order,
            "rng": self.rng.bit_generator.state,
            "torch": torch.get_rng_state(),
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
        }
        written = checkpoint.with_suffix(".new")
        torch.save(stored, written)
        written.replace(checkpoint)
