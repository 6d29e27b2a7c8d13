"""Measure an exported reader on given paragraphs: `python -m training.evaluate_reader READER --data FOLDER`.

Without --gold the held-out articles of the training folder are read and the best threshold is found on them;
with --gold (SQuAD JSON, for a last report only) --threshold gives the one found there. Prints one JSON line.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import bootstrap, resamples
from eval.gold import read_text
from eval.metrics import auroc, exact_match, token_f1
from eval.provenance import commit, file_sha256
from eval.squad import read_paragraphs
from qa.reader import OnnxReader, Reader, ReadingText
from training.reading_sets import read_all, split

SLICE = 64  # questions read at a time
SEED = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the paragraph that is given for it; no golds: the paragraph does not say."""

    question: str
    text: ReadingText
    golds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Per question, (n,): the best span's margin, EM and F1, and whether there is an answer."""

    margin: NDArray[np.float64]
    exact: NDArray[np.float64]
    words: NDArray[np.float64]
    answerable: NDArray[np.bool_]

    def at(self, rows: NDArray[np.int64]) -> "Scores":
        """The scores of some rows."""
        return Scores(self.margin[rows], self.exact[rows], self.words[rows], self.answerable[rows])

    def answered(self, right: NDArray[np.float64], threshold: float) -> float:
        """Mean of `right` where the margin passes the threshold, and of rightly saying nothing elsewhere."""
        given = np.where(self.answerable, right, 0.0)
        return float(np.where(self.margin > threshold, given, ~self.answerable).mean())


def held_out_cases(folder: Path, *, titles: bool) -> list[Case]:
    """The validation questions of the training folder."""
    _, paragraphs = split(read_all(folder))
    return [
        Case(
            question.text,
            ReadingText(paragraph.text, paragraph.title if titles else ""),
            tuple(paragraph.text[start:end] for start, end in question.answers),
        )
        for paragraph in paragraphs
        for question in paragraph.questions
    ]


def gold_cases(path: Path, *, titles: bool) -> list[Case]:
    """All questions of a file in SQuAD's JSON."""
    return [
        Case(gold.question, ReadingText(paragraph.text, paragraph.title if titles else ""), gold.answers)
        for paragraph in read_paragraphs(read_text(path), path)
        for gold in paragraph.questions
    ]


def read_cases(reader: Reader, cases: Sequence[Case]) -> Scores:
    """Read every case and score its best span, whatever its margin."""
    margin, exact, words = (np.zeros(len(cases)) for _ in range(3))
    for at in range(0, len(cases), SLICE):
        some = cases[at : at + SLICE]
        readings = reader.read_pairs([(case.question, case.text) for case in some])
        for row, (case, reading) in enumerate(zip(some, readings, strict=True), at):
            best = reading.spans[0] if reading.spans else None
            answer = case.text.text[best.start : best.end] if best else ""
            margin[row] = reading.margin
            exact[row], words[row] = exact_match(answer, case.golds), token_f1(answer, case.golds)
    return Scores(margin, exact, words, np.array([bool(case.golds) for case in cases]))


def best_threshold(scores: Scores) -> float:
    """The margin above which answering gives the best F1 over all questions."""
    tried = np.unique(scores.margin)
    return float(max([-np.inf, *tried], key=lambda value: scores.answered(scores.words, float(value))))


def figures(scores: Scores, threshold: float) -> dict[str, list[float | None]]:
    """Each figure and its 95 % interval, from 0 to 100; None where there is nothing to measure."""
    measures = {
        "answerable_em": lambda s: _mean(s.exact[s.answerable]),
        "answerable_f1": lambda s: _mean(s.words[s.answerable]),
        "em": lambda s: s.answered(s.exact, threshold),
        "f1": lambda s: s.answered(s.words, threshold),
        "auroc_answerable": lambda s: auroc(s.margin, s.answerable),
        "auroc_right": lambda s: auroc(s.margin, s.answerable & (s.exact > 0)),
    }
    samples = (scores.at(rows) for rows in resamples(len(scores.margin), SEED, times=200))
    found = bootstrap(list(measures.values()), scores, samples)
    return {
        name: [None if np.isnan(x) else round(100 * x, 2) for x in (i.value, i.low, i.high)]
        for name, i in zip(measures, found, strict=True)
    }


def _mean(values: NDArray[np.float64]) -> float:
    """NaN where there is nothing to measure, as eval.metrics has it."""
    return float(values.mean()) if len(values) else float("nan")


def main() -> None:
    """Command line of the evaluation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", type=Path)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="folder of the training sets: read the held-out articles")
    source.add_argument("--gold", type=Path, help="a file in SQuAD's JSON")
    parser.add_argument("--threshold", type=float, default=0.0, help="with --gold: from the validation")
    parser.add_argument("--without-titles", action="store_true")
    parser.add_argument("--limit", type=int, help="a sample of so many questions")
    options = parser.parse_args()
    titles = not options.without_titles
    cases = (
        gold_cases(options.gold, titles=titles)
        if options.gold
        else held_out_cases(options.data, titles=titles)
    )
    order = np.random.default_rng(SEED).permutation(len(cases))[: options.limit]
    reader, began = OnnxReader(options.reader), time.perf_counter()
    scores = read_cases(reader, [cases[at] for at in order])
    spent = time.perf_counter() - began
    threshold = options.threshold if options.gold else best_threshold(scores)
    result = {
        "reader": reader.checksum,
        "gold": options.gold.name if options.gold else "validation",
        "gold_sha256": file_sha256(options.gold) if options.gold else None,
        "commit": commit()[0],
        "titles": titles,
        "questions": len(order),
        "threshold": threshold,
        "ms_per_question": round(1000 * spent / len(order), 1),
        **figures(scores, threshold),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
