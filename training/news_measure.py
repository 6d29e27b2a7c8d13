"""How well a reader reads written questions on articles not learnt from, each in its whole article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from eval.metrics import Bools, Floats, auroc, token_f1
from training.news_windows import NewsWindows
from training.span_model import Batch, best_spans
from training.windows import LONGEST_ANSWER

MEASURED = 600  # questions of a sample that each measuring reads
CPU = torch.device("cpu")

Decoder = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]
"""From start and end logits, (n, length), the best span, (n, 2), and its score over "no answer", (n,)."""

plain: Decoder = partial(best_spans, longest=LONGEST_ANSWER)


@dataclass(frozen=True, slots=True)
class Readings:
    """What a reader made of n questions: all arrays are (n,), rows in the order of the sample.

    `f1` is that of the span with the best margin over "no answer" in any window, 0 where there is no answer.
    """

    f1: Floats
    margin: Floats
    answerable: Bools
    reworded: Bools

    def of(self, rows: NDArray[np.int64]) -> "Readings":
        """Some of the questions, by row."""
        return Readings(self.f1[rows], self.margin[rows], self.answerable[rows], self.reworded[rows])


def readings(
    model: nn.Module,
    windows: NewsWindows,
    decoders: Sequence[Decoder],
    device: torch.device = CPU,
    number: int | None = None,
) -> list[Readings]:
    """What each decoder makes of the same logits, for a sample of `number` or MEASURED questions."""
    model.eval()
    chosen = np.random.default_rng(0).permutation(len(windows.questions))[: number or MEASURED].tolist()
    found: list[list[tuple[float, float]]] = [[] for _ in decoders]
    with torch.inference_mode():
        for number in chosen:
            logits = Batch(windows.whole(number).windows, device).logits(model)
            for rows, decoder in zip(found, decoders, strict=True):
                rows.append(_read(windows, number, *decoder(*logits)))
    asked = [windows.questions[number][1] for number in chosen]
    answerable = np.array([bool(one.answers) for one in asked])
    reworded = np.array([one.kind == "reworded" for one in asked])
    f1s, margins = np.array(found).transpose(2, 0, 1)
    return [Readings(f1, margin, answerable, reworded) for f1, margin in zip(f1s, margins, strict=True)]


def figures(read: Readings) -> dict[str, float]:
    """What `readings` tell, in [0, 1].

    `f1` over the answerable, `f1_reworded` over those of them in other words, `auroc` of the
    margin over "no answer" for telling the answerable from the others, and `best_f1` over all questions, of
    which those with a margin up to `threshold`, the best one, are refused; that is right, and counts 1, for
    those without an answer.
    """
    order = np.argsort(read.margin, kind="stable")
    margin, silent = read.margin[order], ~read.answerable[order]
    words = np.where(silent, 0.0, read.f1[order])
    at_each = (np.cumsum(silent) + words.sum() - np.cumsum(words)) / len(order)
    # Questions of equal margin are refused together.
    at_each[:-1][margin[1:] == margin[:-1]] = -1.0
    return {
        "f1": float(read.f1[read.answerable].mean()),
        "f1_reworded": float(read.f1[read.reworded].mean()) if read.reworded.any() else 0.0,
        "auroc": auroc(read.margin, read.answerable),
        "best_f1": float(at_each.max()),
        "threshold": float(margin[int(at_each.argmax())]),
    }


def cross_chosen(read: Sequence[Readings]) -> tuple[Readings, list[int]]:
    """Each half of the sample as read in the way of several that has the best `best_f1` on the other half.

    Also the number of that way for either half. Halves take turns question by question.
    """
    even, odd = np.arange(0, len(read[0].f1), 2), np.arange(1, len(read[0].f1), 2)
    ways = [int(np.argmax([figures(one.of(rows))["best_f1"] for one in read])) for rows in (odd, even)]
    f1, margin = read[ways[0]].f1.copy(), read[ways[0]].margin.copy()
    f1[odd], margin[odd] = read[ways[1]].f1[odd], read[ways[1]].margin[odd]
    return replace(read[0], f1=f1, margin=margin), ways


def measure(
    model: nn.Module, windows: NewsWindows, device: torch.device = CPU, number: int | None = None
) -> dict[str, float]:
    """The figures of a reader on a sample of `number` or MEASURED questions."""
    return figures(readings(model, windows, [plain], device, number)[0])


def _read(windows: NewsWindows, number: int, spans: Tensor, margin: Tensor) -> tuple[float, float]:
    """F1 and margin of the best of the spans of a question's windows."""
    best = int(margin.argmax())
    first, last = spans[best].tolist()
    golds = [windows.answer(number, place) for place in windows.questions[number][1].answers]
    f1 = token_f1(windows.text(number, best, (first, last)), golds) if golds else 0.0
    return f1, float(margin[best])
