"""Blend a reader with what it was before it was taught more: `python -m training.blending --help`.

Weights on the straight line between the two often read the new as well as the taught one and the old nearly
as well as the first (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). Each share of the way
is measured on two sets: the written questions of articles not learnt from (training/written.py), and the
validation questions of the reader before. On each it has an F1 over all questions at the threshold that suits
it best, where refusing is right for those without an answer; the share with the best mean of the two is kept.
"""

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor

from training.news_measure import measure
from training.news_reader import SHIPPED, held_out, reader_from
from training.windows import whole_tokenizer

State = dict[str, Tensor]


def blended(before: State, after: State, share: float) -> State:
    """The weights a `share` in [0, 1] of the way from `before` to `after`, by name, as float32."""
    return {name: torch.lerp(before[name].float(), after[name].float(), share) for name in before}


def main() -> None:
    """Command line of the blending."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--before", type=Path, default=SHIPPED, help="checkpoint or exported reader")
    parser.add_argument("--after", type=Path, required=True, help="checkpoint or exported reader")
    parser.add_argument("--shares", type=float, nargs="+", default=[0.4, 0.6, 0.8, 1.0], metavar="SHARE",
                        help="shares of the way that are tried (default: %(default)s)")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint to write")
    options = parser.parse_args()
    news, old = held_out(options.data, whole_tokenizer())
    model = reader_from(options.before, dropout=0.0)
    before, after = (reader_from(path, dropout=0.0).state_dict() for path in (options.before, options.after))
    best = -1.0
    for share in options.shares:
        state = blended(before, after, share)
        model.load_state_dict(state)
        told = {"news": measure(model, news), "old": old.measure(model, torch.device("cpu"))}
        print(json.dumps({"share": share, **told}), flush=True)
        mean = (told["news"]["best_f1"] + told["old"]["best_f1"]) / 2
        if mean > best:
            best = mean
            torch.save({"model": state, "share": share}, options.out)


if __name__ == "__main__":
    main()
