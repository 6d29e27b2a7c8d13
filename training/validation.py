"""The validation curve: held-out questions read in one window each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from eval.metrics import auroc, exact_match, token_f1
from training.reading_sets import Paragraph
from training.span_model import Batch, best_spans
from training.windows import LONGEST_ANSWER, Tokens, Window, cut, join, token_span, tokenise, whole_tokenizer

WINDOW = 200  # tokens of text: longer than most paragraphs


@dataclass(frozen=True, slots=True)
class Case:
    """A question's window and what is right in it."""

    window: Window
    text: str
    offsets: Sequence[tuple[int, int]]  # characters of each token of the window's text
    golds: tuple[str, ...]


class Validation:
    """A fixed sample of the held-out questions."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], tokenizer: Tokenizer, *, seed: int, size: int = 600
    ) -> None:
        rng = np.random.default_rng(seed)
        pairs = [(row, question) for row, p in enumerate(paragraphs) for question in p.questions]
        chosen = [pairs[at] for at in rng.permutation(len(pairs))[:size]]
        texts = tokenise(tokenizer, [p.text for p in paragraphs])
        asked = tokenise(tokenizer, [question.text for _, question in chosen])
        cases = []
        for (row, question), tokens in zip(chosen, asked, strict=True):
            text, read = paragraphs[row].text, texts[row]
            label = token_span(read, question.label) if question.label else None
            first, last = cut(read, label, WINDOW, rng)
            placed = (label[0] - first, label[1] - first) if label else None
            golds = tuple(text[start:end] for start, end in question.answers)
            window = join(tokens.ids.tolist(), [], read.ids[first:last].tolist(), placed)
            cases.append(Case(window, text, _pairs(read, first, last), golds))
        self._cases = sorted(cases, key=lambda case: len(case.window.ids))

    def measure(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """Loss, EM and F1 of the answerable, AUROC of answerable against not, F1 at the best threshold."""
        model.eval()
        losses, answers, margins = [], [], []
        with torch.inference_mode():
            for at in range(0, len(self._cases), 32):
                cases = self._cases[at : at + 32]
                batch = Batch([case.window for case in cases], device)
                start, end = batch.logits(model)
                losses.append(float(batch.loss(start, end)) * len(cases))
                spans, margin = best_spans(start, end, longest=LONGEST_ANSWER)
                answers += [_answer(case, *span) for case, span in zip(cases, spans.tolist(), strict=True)]
                margins += margin.tolist()
        return {"loss": sum(losses) / len(self._cases), **self._score(answers, np.array(margins, np.float64))}

    def _score(self, answers: list[str], margins: NDArray[np.float64]) -> dict[str, float]:
        has = np.array([bool(case.golds) for case in self._cases])
        exact = np.array([exact_match(a, c.golds) for a, c in zip(answers, self._cases, strict=True)])
        words = np.array([token_f1(a, c.golds) for a, c in zip(answers, self._cases, strict=True)])
        thresholds = np.concatenate([[-np.inf], np.sort(margins)])
        best = max(float(np.where(margins > t, np.where(has, words, 0.0), ~has).mean()) for t in thresholds)
        return {
            "em": float(exact[has].mean()),
            "f1": float(words[has].mean()),
            "auroc": auroc(margins, has),
            "best_f1": best,
        }


def _pairs(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in tokens.offsets[first:last]]


def _answer(case: Case, first: int, last: int) -> str:
    at = case.window.text[0]
    return case.text[case.offsets[first - at][0] : case.offsets[last - at][1]]


def main() -> None:
    """Write the held-out questions as one file: python -m training.validation --data FOLDER --out FILE."""
    import argparse
    import pickle
    from pathlib import Path

    from training.reading_sets import read_all, split

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=1000)
    options = parser.parse_args()
    _, held_out = split(read_all(options.data))
    # Under its importable name: run as a script this module is called __main__.
    from training.validation import Validation

    held = Validation(held_out, whole_tokenizer(), seed=1, size=options.size)
    options.out.write_bytes(pickle.dumps(held))


if __name__ == "__main__":
    main()
