"""Where the time of a question goes: methods of the product are timed while a question is answered."""

import functools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Stopwatch:
    """Milliseconds by stage. A stage inside another counts for itself alone: stages add up to the whole."""

    spent: dict[str, float] = field(default_factory=dict)
    _inner: list[float] = field(default_factory=list)
    _thread: int = field(default_factory=threading.get_ident)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens meanwhile for the stage; work of other threads is part of the caller's wait."""
        if threading.get_ident() != self._thread:
            yield
            return
        started = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            took = (time.perf_counter() - started) * 1000
            inner = self._inner.pop()
            self.spent[name] = self.spent.get(name, 0.0) + took - inner
            if self._inner:
                self._inner[-1] += took

    def take(self) -> dict[str, float]:
        """What was counted since the last time."""
        taken, self.spent = self.spent, {}
        return taken


@contextmanager
def timed(watch: Stopwatch, methods: Sequence[tuple[type, str, str]]) -> Iterator[None]:
    """Time methods, each given by its class, name and stage, of all their instances."""
    kept = [(owner, name, owner.__dict__[name]) for owner, name, _ in methods]
    try:
        for owner, name, stage in methods:
            setattr(owner, name, _wrapped(watch, stage, owner.__dict__[name]))
        yield
    finally:
        for owner, name, method in kept:
            setattr(owner, name, method)


def _wrapped(watch: Stopwatch, stage: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def run(*arguments: Any, **options: Any) -> Any:
        with watch.stage(stage):
            return method(*arguments, **options)

    return run
