"""Fine-tune the encoder on questions and the passages that answer them: `python -m training.encoder_tuning`.

A question is drawn to its passage and away from the other passages of the batch and from one that looks as if
it answered (Karpukhin et al. 2020, "Dense Passage Retrieval"). It learns from the reader's packed examples
(`training.packed_examples`) of SQuAD 1.1, part_a and new_wiki; the result is a sentence-transformers folder.
"""

import argparse
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.packaged_model import packaged_model
from training.packed_examples import Lists, Pack
from training.windows import CLS, SEP

SCALE = 20.0  # of cosines, as all-MiniLM-L6-v2 was trained with
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Examples (rows of `packed_examples.COLUMNS`) that answer, one a question, and those that do not."""

    pack: Pack
    answering: Rows
    lacking: dict[int, Rows]

    @classmethod
    def of(cls, pack: Pack, texts: int) -> "Pairs":
        """Pairs from the pack's first `texts` texts: questions of later ones make no sense without theirs."""
        rows = np.concatenate(pack.passes)
        answers = rows[:, 5] >= 0
        found = rows[answers & (rows[:, 1] < texts)]
        _, first = np.unique(found[:, 0], return_index=True)
        lacking: dict[int, list[Rows]] = defaultdict(list)
        for row in rows[~answers]:
            lacking[int(row[0])].append(row)
        return cls(pack, found[first], {question: np.array(some) for question, some in lacking.items()})

    def question(self, row: Rows) -> list[int]:
        """Word pieces of an example's question."""
        return _list(self.pack.questions, int(row[0]))

    def passage(self, row: Rows) -> list[int]:
        """Word pieces of an example's title and window."""
        text = _list(self.pack.texts, int(row[1]))[row[3] : row[4]]
        return [*_list(self.pack.titles, int(row[1])), *text]

    def batches(self, rng: np.random.Generator, size: int) -> Iterator[tuple[Rows, Rows]]:
        """One pass: examples that answer, and one that does not for each question that has some."""
        order = rng.permutation(len(self.answering))
        for at in range(0, len(order) - size + 1, size):
            rows = self.answering[order[at : at + size]]
            hard = [self.lacking[int(row[0])] for row in rows if int(row[0]) in self.lacking]
            drawn = [some[rng.integers(len(some))] for some in hard]
            yield rows, np.array(drawn, np.int32).reshape(-1, rows.shape[1])


def _list(lists: Lists, number: int) -> list[int]:
    found: list[int] = lists.flat[lists.starts[number] : lists.starts[number + 1]].tolist()
    return found


def pooled(model: nn.Module, texts: Sequence[Sequence[int]], device: torch.device) -> Tensor:
    """Unit vectors (n, hidden) of texts given as word pieces: the mean over their positions."""
    length = max(map(len, texts)) + 2
    ids, mask = (np.zeros((len(texts), length), np.int64) for _ in range(2))
    for row, text in enumerate(texts):
        ids[row, : len(text) + 2] = [CLS, *text, SEP]
        mask[row, : len(text) + 2] = 1
    shown = torch.from_numpy(mask).to(device)
    hidden = model(input_ids=torch.from_numpy(ids).to(device), attention_mask=shown).last_hidden_state.float()
    summed = (hidden * shown[..., None]).sum(1)
    return functional.normalize(summed, dim=1)


def contrastive_loss(asked: Tensor, told: Tensor, same: Tensor) -> Tensor:
    """Cross-entropy of each question (n, hidden) finding its passage, the first n of `told` (m, hidden).

    `same` (n, m) marks passages of the question's own text, which do not count against it.
    """
    own = torch.eye(len(asked), len(told), dtype=torch.bool, device=asked.device)
    scores = (SCALE * asked @ told.T).masked_fill(same & ~own, -1e4)
    return functional.cross_entropy(scores, torch.arange(len(asked), device=asked.device))


def tune(model: nn.Module, pairs: Pairs, options: argparse.Namespace) -> None:
    """Train for some passes, the rate falling linearly to zero."""
    device, rng = torch.device(options.device), np.random.default_rng(options.seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.learning_rate, weight_decay=0.01)
    steps, step = options.passes * (len(pairs.answering) // options.batch), 0
    model.train()
    for _ in range(options.passes):
        for rows, hard in pairs.batches(rng, options.batch):
            for group in optimiser.param_groups:
                group["lr"] = options.learning_rate * min((step + 1) / 20, (steps - step) / steps)
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                asked = pooled(model, [pairs.question(row) for row in rows], device)
                every = np.concatenate([rows, hard])
                told = pooled(model, [pairs.passage(row) for row in every], device)
            same = torch.from_numpy(np.equal.outer(rows[:, 1], every[:, 1])).to(device)
            loss = contrastive_loss(asked, told, same)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            step += 1
            if step % 20 == 0:
                print(f"step {step} of {steps}, loss {float(loss.detach()):.3f}", flush=True)


def main() -> None:
    """Command line: read a pack, tune, and write the encoder's folder with its weights changed."""
    from safetensors.torch import save_file
    from transformers import AutoModel

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True, help="made by training.packed_examples")
    parser.add_argument("--out", type=Path, required=True, help="folder of the new encoder")
    parser.add_argument("--texts", type=int, default=12_945, help="texts of SQuAD 1.1, part_a and new_wiki")
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--learning-rate", type=float, default=3e-5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    folder = packaged_model()
    model: Any = AutoModel.from_pretrained(str(folder), add_pooling_layer=False, local_files_only=True)
    tune(model.float().to(options.device), Pairs.of(Pack.load(options.pack), options.texts), options)
    shutil.copytree(folder, options.out, dirs_exist_ok=True)
    state = {name: tensor.contiguous().cpu() for name, tensor in model.state_dict().items()}
    save_file(state, options.out / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
