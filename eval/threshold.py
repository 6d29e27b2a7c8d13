"""The threshold that would have served a saved run best: `python -m eval.threshold eval/results/NAME`.

For a run over validation questions: the threshold found there is then given to a run over others
(`--threshold`), never the other way round.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from eval.metrics import Floats


def best_threshold(confidence: Floats, answering: Floats, silence: Floats) -> tuple[float, float]:
    """The confidence to answer from, and the mean score it gives; all arrays are (questions,).

    `answering` scores the best candidate, `silence` saying nothing. Tried are the confidences that occur, and
    one above them all; of equally good ones the lowest is taken.
    """
    tried = [*np.unique(confidence), np.inf]
    means = [float(np.where(confidence >= least, answering, silence).mean()) for least in tried]
    best = int(np.argmax(means))
    return float(tried[best]), means[best]


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; the exit status is 0, or 2 if the folder has no run in it."""
    parser = argparse.ArgumentParser(prog="python -m eval.threshold", description=__doc__)
    parser.add_argument("folder", type=Path, help="the results of a run, with questions.jsonl in it")
    path = parser.parse_args(argv).folder / "questions.jsonl"
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        print(f"eval.threshold: {path}: {error.strerror}; is it the folder of a run?", file=sys.stderr)
        return 2
    confidence, answering = (np.array([row[name] for row in rows]) for name in ("confidence", "forced_f1"))
    silence = np.array([0.0 if row["gold"] else 1.0 for row in rows])
    threshold, score = best_threshold(confidence, answering, silence)
    print(f"--threshold {threshold:.3f} gives F1 {100 * score:.1f} over {len(rows)} questions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
