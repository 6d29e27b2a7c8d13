"""Written questions with the windows they choose among, packed for a GPU, and the loss of a batch.

`python -m training.packed_choices --data ../shared/data --out FILE` makes the file: texts once, and windows
as numbers that point into them, as `training.packed_examples` has examples. The loss is that of
`training.news_reader`, of all questions of a batch at once.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from training.conversed import as_questions, read_conversations
from training.news_windows import Drawn, NewsWindows
from training.packed_examples import COLUMNS, DevicePack, Layout, Lists, Pack
from training.span_model import BLOCKED
from training.windows import LONGEST_ANSWER, whole_tokenizer
from training.written import read_written

MOST_ANSWERS = 4  # marked in one window; few have more, which count as wrong

# Behind COLUMNS: whether the window is the hard one, then first and last token of each answer, -1 for none.
WIDTH = len(COLUMNS) + 1 + 2 * MOST_ANSWERS


@dataclass(frozen=True, slots=True)
class ChoicePack:
    """Examples as a `Pack`, without its passes; of each pass the windows (n, WIDTH), question by question.

    `starts` has the first window of each question, and behind the last one n.
    """

    held: Pack
    windows: tuple[NDArray[np.int32], ...]
    starts: tuple[NDArray[np.int64], ...]

    def save(self, path: Path) -> None:
        """Write the file, compressed, and the pack it belongs to beside it."""
        self.held.save(path.with_suffix(".texts.npz"))
        parts = {f"windows_{n}": rows for n, rows in enumerate(self.windows)}
        parts |= {f"starts_{n}": rows for n, rows in enumerate(self.starts)}  # type: ignore[misc]
        np.savez_compressed(path, **parts)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> "ChoicePack":
        """Read the two files."""
        with np.load(path) as file:
            held = dict(file)
        count = len(held) // 2
        return cls(
            Pack.load(path.with_suffix(".texts.npz")),
            tuple(held[f"windows_{n}"] for n in range(count)),
            tuple(held[f"starts_{n}"] for n in range(count)),
        )


def pack_choices(windows: NewsWindows, passes: int, seed: int) -> ChoicePack:
    """Each question of `windows` in `passes` draws of its windows."""
    rows: list[NDArray[np.int32]] = []
    starts: list[NDArray[np.int64]] = []
    for turn in range(passes):
        rng = np.random.default_rng([seed, turn])
        numbers = tqdm(range(len(windows.questions)), f"pass {turn}", mininterval=10)
        drawn = [_rows(windows.drawn(number, rng)) for number in numbers]
        rows.append(np.array([row for some in drawn for row in some], np.int32))
        starts.append(np.cumsum([0, *map(len, drawn)], dtype=np.int64))
    texts, titles, questions = map(Lists.of, windows.tokens())
    held = Pack(texts, titles, questions, passes=())
    return ChoicePack(held, tuple(rows), tuple(starts))


def _rows(drawn: Drawn) -> list[list[int]]:
    rows = []
    for at, (text, part) in enumerate(drawn.parts):
        answers = part.answers[:MOST_ANSWERS]
        label = answers[0] if answers else (-1, -1)
        places = [end for answer in answers for end in answer]
        places += [-1] * (2 * MOST_ANSWERS - len(places))
        row = [drawn.question, text, int(drawn.titled), part.first, part.last, *label]
        rows.append([*row, int(at == drawn.hard), *places])
    return rows


@dataclass(frozen=True, slots=True)
class Choices:
    """A batch of q questions in n windows on the device.

    `question` (n,) is each window's, `answers` (n, MOST_ANSWERS, 2) first and last positions, 0 for none, and
    `hard` (n,) marks the windows that come nearest where none answers.
    """

    layout: Layout
    question: Tensor
    answers: Tensor
    hard: Tensor
    questions: int


class DeviceChoices:
    """A pack of choices on a device, which lays out batches there."""

    def __init__(self, pack: ChoicePack, device: torch.device) -> None:
        self._device, self._pack = device, pack
        self._texts = DevicePack(pack.held, device)

    def batches(self, seed: int, together: int) -> Iterator[Choices]:
        """Batches of `together` questions for ever: passes and questions in an order of the seed."""
        rng = np.random.default_rng(seed)
        while True:
            for turn in rng.permutation(len(self._pack.windows)):
                starts, windows = self._pack.starts[turn], self._pack.windows[turn]
                order = rng.permutation(len(starts) - 1)
                for first, last in pairwise(range(0, len(order) + 1, together)):
                    chosen = [windows[starts[at] : starts[at + 1]] for at in order[first:last]]
                    yield self._laid_out(chosen)

    def _laid_out(self, chosen: Sequence[NDArray[np.int32]]) -> Choices:
        rows = np.concatenate(chosen)
        layout = self._texts.laid_out(rows[:, : len(COLUMNS)])
        places = torch.from_numpy(rows[:, len(COLUMNS) + 1 :].astype(np.int64)).to(self._device)
        answers = torch.where(places >= 0, places + layout.begin, 0).view(-1, MOST_ANSWERS, 2)
        question = torch.from_numpy(np.repeat(np.arange(len(chosen)), [len(some) for some in chosen]))
        hard = torch.from_numpy(rows[:, len(COLUMNS)] > 0)
        return Choices(
            layout, question.to(self._device), answers, hard.to(self._device), questions=len(chosen)
        )


def choices_loss(choices: Choices, start: Tensor, end: Tensor) -> Tensor:
    """The mean of `training.news_reader.choice_loss` over a batch, from its logits (n, length), float32."""
    null = start[:, 0] + end[:, 0]
    window = _window_scores(start, end) - null
    first, last = choices.answers.unbind(2)
    marked = start.gather(1, first) + end.gather(1, last) - null[:, None]
    marked = marked.masked_fill(first == 0, BLOCKED).logsumexp(1)
    answers = choices.answers[:, 0, 0] > 0

    question, count = choices.question, choices.questions
    answered = _sums(answers.float(), question, count)
    silent = _sums((~answers).float(), question, count)
    # Softmax over all windows of a question and "no answer", shifted by its largest for accuracy.
    shift = torch.zeros(count, device=window.device).scatter_reduce(0, question, window.detach(), "amax")
    exp = _sums((window - shift[question]).exp(), question, count)
    among = shift + (exp + (-shift).exp()).log()
    right = _sums(torch.where(answers, (marked - shift[question]).exp(), 0.0), question, count)
    is_answered = answered > 0
    log_right = shift + torch.where(is_answered, right, 1.0).clamp_min(1e-30).log()
    alone = _sums(torch.where(answers, functional.softplus(window) - marked, 0.0), question, count)
    refused = _sums(torch.where(answers, 0.0, functional.softplus(window)), question, count)
    refused_mean = refused / silent.clamp_min(1)
    if_answered = (among - log_right + alone / answered.clamp_min(1) + refused_mean) / 2

    soft = functional.softplus(window)
    hardest = torch.zeros(count, device=window.device).scatter_reduce(0, question, soft, "amax")
    told = _sums(choices.hard.float(), question, count) > 0
    hard = torch.where(told, _sums(soft * choices.hard, question, count), hardest)
    return torch.where(is_answered, if_answered, hard + refused_mean / 2).mean()


def _window_scores(start: Tensor, end: Tensor) -> Tensor:
    """The logsumexp over the spans of each window, (n,): those of at most LONGEST_ANSWER word pieces.

    Spans are summed by their length, so that no (n, length, length) is needed.
    """
    sums = [
        (start[:, 1 : start.shape[1] - more] + end[:, 1 + more :]).logsumexp(1)
        for more in range(min(LONGEST_ANSWER, start.shape[1] - 1))
    ]
    return torch.stack(sums, 1).logsumexp(1)


def _sums(values: Tensor, question: Tensor, count: int) -> Tensor:
    return torch.zeros(count, device=values.device).index_add(0, question, values)


def main() -> None:
    """Command line: draw the windows of some passes and write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--out", type=Path, required=True, help="the file to write (.npz)")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    spoken = as_questions(read_conversations(options.data), noise=options.seed)
    taught = [article for article in (*read_written(options.data), *spoken) if article.part == "reader"]
    windows = NewsWindows(taught, whole_tokenizer())
    pack_choices(windows, options.passes, options.seed).save(options.out)
    print(f"{len(windows.questions)} questions on {len(taught)} articles")


if __name__ == "__main__":
    main()
