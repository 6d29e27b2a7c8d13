"""The reader's examples of several passes in one small file, laid out on the device that trains.

`python -m training.packed_examples --data ../shared/data/train --out FILE --passes 6` makes it. Each text is
stored once; an example is a few numbers that point into texts, titles and questions. Choosing windows and
negatives costs a processor milliseconds an example, a GPU reads thousands a second: so it is done beforehand.
"""

import argparse
import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from training.span_model import BLOCKED
from training.spans_data import SpanData
from training.windows import CLS, MAX_QUESTION_TOKENS, SEP, whole_tokenizer

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of word pieces end to end: number i is flat[starts[i]:starts[i + 1]]."""

    flat: NDArray[np.uint16]
    starts: Ints

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Self:
        """Put lists end to end."""
        starts = np.cumsum([0, *map(len, lists)], dtype=np.int64)
        return cls(np.array([token for one in lists for token in one], np.uint16), starts)

    @property
    def lengths(self) -> Ints:
        """How long each is."""
        lengths: Ints = np.diff(self.starts)
        return lengths


# Columns of an example: question, text and whether its title stands in front, tokens [first, last) of the
# text, and the label's first and last token counted from `first`, -1 for none.
COLUMNS = ("question", "text", "titled", "first", "last", "label_first", "label_last")


@dataclass(frozen=True, slots=True)
class Pack:
    """Texts, titles, questions, and for each pass the examples (n, len(COLUMNS))."""

    texts: Lists
    titles: Lists
    questions: Lists
    passes: tuple[NDArray[np.int32], ...]

    def save(self, path: Path) -> None:
        """Write the file, compressed."""
        parts = {
            f"{name}_{part}": getattr(getattr(self, name), part)
            for name in ("texts", "titles", "questions")
            for part in ("flat", "starts")
        }
        turns = {f"pass_{number}": rows for number, rows in enumerate(self.passes)}
        np.savez_compressed(path, **parts, **turns)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the file."""
        with np.load(path) as file:
            held = dict(file)
        texts, titles, questions = (
            Lists(held[f"{name}_flat"], held[f"{name}_starts"]) for name in ("texts", "titles", "questions")
        )
        count = sum(name.startswith("pass_") for name in held)
        return cls(texts, titles, questions, tuple(held[f"pass_{number}"] for number in range(count)))


def pack_examples(data: SpanData, turns: Iterable[int]) -> Pack:
    """The examples of some passes over `data`."""
    asked = [ids for questions in data.questions for ids in questions]
    rows = np.cumsum([0, *map(len, data.questions)])
    passes = []
    for turn in turns:
        examples = []
        for reading in tqdm(data.readings(turn), f"pass {turn}", mininterval=10):
            if isinstance(reading.asked, tuple):
                question = int(rows[reading.asked[0]]) + reading.asked[1]
            else:
                question = len(asked)
                asked.append(reading.asked)
            label = reading.label or (-1, -1)
            examples.append([question, reading.row, reading.titled, reading.first, reading.last, *label])
        passes.append(np.array(examples, np.int32))
    return Pack(Lists.of(data.texts), Lists.of(data.titles), Lists.of(asked), tuple(passes))


@dataclass(frozen=True, slots=True)
class Layout:
    """A batch on the device: the model's inputs, where answers may stand, and the labels (batch, 2).

    `begin` (batch, 1) is the position of each text's first word piece.
    """

    ids: Tensor
    mask: Tensor
    segments: Tensor
    allowed: Tensor
    label: Tensor
    begin: Tensor

    def logits(self, model: torch.nn.Module) -> tuple[Tensor, Tensor]:
        """Start and end logits, float32, with every position that is not allowed blocked."""
        start, end = model(self.ids, self.mask, self.segments)
        blocked = ~self.allowed
        return start.float().masked_fill(blocked, BLOCKED), end.float().masked_fill(blocked, BLOCKED)


class DevicePack:
    """A pack on a device, which lays out batches there."""

    def __init__(self, pack: Pack, device: torch.device) -> None:
        self._device = device
        self._flat = [self._tensor(lists.flat) for lists in (pack.texts, pack.titles, pack.questions)]
        self._starts = [self._tensor(lists.starts) for lists in (pack.texts, pack.titles, pack.questions)]
        self._passes = pack.passes
        questions = np.minimum(pack.questions.lengths, MAX_QUESTION_TOKENS)
        titles = pack.titles.lengths
        self._questions, self._titles = questions, titles
        self._lengths = [self._length(rows) for rows in pack.passes]

    def _length(self, rows: NDArray[np.int32]) -> Ints:
        """Positions of each example."""
        titles = self._titles[rows[:, 1]] * rows[:, 2]
        lengths: Ints = 3 + self._questions[rows[:, 0]] + titles + rows[:, 4] - rows[:, 3]
        return lengths

    def batches(self, seed: int, batch: int, *, pool: int = 32) -> Iterator[Layout]:
        """Batches for ever: passes and their examples in an order of the seed, like lengths together."""
        rng = np.random.default_rng(seed)
        while True:
            for turn in rng.permutation(len(self._passes)):
                order = rng.permutation(len(self._passes[turn]))
                pools = [order[at : at + pool * batch] for at in range(0, len(order), pool * batch)]
                for drawn in pools:
                    ranked = drawn[np.argsort(self._lengths[turn][drawn], kind="stable")]
                    cuts = [ranked[at : at + batch] for at in range(0, len(ranked), batch)]
                    full = [some for some in cuts if len(some) == batch]
                    for at in rng.permutation(len(full)):
                        rows = full[at]
                        yield self.laid_out(self._passes[turn][rows])

    def laid_out(self, rows: NDArray[np.int32]) -> Layout:
        """Examples, (n, len(COLUMNS)), as [CLS] question [SEP] title text [SEP].

        Each position is told from its place among the parts.
        """
        # Asking the device how long the longest is would wait for all that it has to do.
        length = int(self._length(rows).max())
        columns = self._tensor(rows).unbind(1)
        question, text, titled, first, last, label_first, label_last = (c[:, None] for c in columns)
        texts, titles, questions = self._flat
        text_starts, title_starts, question_starts = self._starts
        asked = (question_starts[question + 1] - question_starts[question]).clamp(max=MAX_QUESTION_TOKENS)
        head = (title_starts[text + 1] - title_starts[text]) * titled
        body = last - first
        at = torch.arange(length, device=self._device)[None, :]
        title_at, text_at = at - (2 + asked), at - (2 + asked + head)
        end = 2 + asked + head + body
        ids = torch.zeros(len(rows), at.shape[1], dtype=torch.long, device=self._device)
        for inside, flat, start in (
            ((at >= 1) & (at <= asked), questions, question_starts[question] - 1 + at),
            ((title_at >= 0) & (title_at < head), titles, title_starts[text] + title_at),
            ((text_at >= 0) & (text_at < body), texts, text_starts[text] + first + text_at),
        ):
            if len(flat):
                ids = torch.where(inside, flat[start.clamp(0, len(flat) - 1)], ids)
        ids = torch.where(at == 0, CLS, ids)
        ids = torch.where((at == asked + 1) | (at == end), SEP, ids)
        allowed = ((text_at >= 0) & (text_at < body)) | (at == 0)
        offset = torch.where(label_first >= 0, 2 + asked + head, 1)
        label = torch.cat([label_first + offset, label_last + offset], 1)
        mask = (at <= end).long()
        return Layout(ids, mask, mask * (at >= asked + 2), allowed, label, 2 + asked + head)

    def _tensor(self, array: NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(array.astype(np.int64)).to(self._device)


def main() -> None:
    """Command line: choose the examples of some passes and write them."""
    from training.reading_sets import read_all, split
    from training.spans_data import DataConfig

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training sets")
    parser.add_argument("--out", type=Path, required=True, help="the file to write (.npz)")
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--first", type=int, default=0, help="number of the first pass (default: 0)")
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--set", action="append", default=[], dest="changes", metavar="NAME=VALUE")
    options = parser.parse_args()
    tokenizer = whole_tokenizer()
    changes = {name: json.loads(value) for name, _, value in (c.partition("=") for c in options.changes)}
    config = dataclasses.replace(DataConfig(), **changes)
    training, _ = split(read_all(options.data))
    data = SpanData(training, tokenizer, config, seed=options.seed, batch=32)
    pack_examples(data, range(options.first, options.first + options.passes)).save(options.out)


if __name__ == "__main__":
    main()
