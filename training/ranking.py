"""Fit the order of passages: python -m training.ranking --data ../shared/data --archive FOLDER.

FOLDER holds an archive of all articles of RealTimeQA with their vectors; it is made if need be, in hours.
Reports figures by cross-validation over the weeks of asking, and writes qa/data/ranking.json.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from eval.archives import record_archive
from eval.quiz import read_articles
from eval.realtimeqa import ARTICLES
from qa.models import READER
from qa.ranking import READ, WEIGHTS, RankingModel, read_rows
from qa.ranking_features import FOUND, Matrix
from qa.reader import OnnxReader
from qa.reranking import READ_PASSAGES
from qa.selection import LinearModel
from qa.selection_features import Row
from training.ranking_data import Example, judged, offered, questions
from training.ranking_figures import figures
from training.selection import stored_linear
from training.selection_fit import fit_ranking

FOLDS = 6
# The columns overlap and the questions are few; from 1 to 100 the MRR changed by .004.
PENALTY = 30.0
# What a larger value of a column says: for the passage (1, all others), against it (-1) or either (0).
MEANT = {"heaviest_missing": -1.0, "length": 0.0}


@dataclass(frozen=True, slots=True)
class Offer:
    """One question's rows (n, columns), and which of them are right (n,)."""

    rows: Matrix
    right: NDArray[np.bool_]


def main() -> None:
    """Find, read, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--archive", type=Path, required=True, help="where the archive of articles is kept")
    arguments = parser.parse_args()
    reader = OnnxReader(READER)
    records = read_articles(arguments.data / ARTICLES).values()
    with record_archive(records, arguments.archive) as archive:
        examples = list(offered(archive, questions(arguments.data)))
        weeks = [example.week for example in examples]
        offers = [Offer(example.rows, example.right) for example in examples]
        found = cross_validated(weeks, FOUND, offers)
        some = [
            judged(archive, example, scores, READ_PASSAGES, reader)
            for example, scores in zip(tqdm(examples, "reading", mininterval=10), found, strict=True)
        ]
        counts = archive.counts()
    of_read = [Offer(read_rows(item.found, item.reading, item.typed), item.right) for item in some]
    read = cross_validated(weeks, READ, of_read)
    full = [item.in_full(scores) for item, scores in zip(some, read, strict=True)]
    report = reported(examples, found, full)
    model = RankingModel(fit(FOUND, offers), fit(READ, of_read), reader.checksum)
    about = f"{len(examples)} questions of 2022, {counts.articles} articles, {counts.embedded} vectors"
    write(model, {"data": about, **report})
    print(json.dumps(report, indent=1))


def fit(names: Sequence[str], offers: Sequence[Offer]) -> LinearModel:
    """A conditional logit over the rows of each question whose columns all count as they are meant to.

    Of columns that overlap some come out with the wrong sign, which fits these questions and not the next
    archive: one by one, the worst such column is left out.
    """
    meant = np.array([MEANT.get(name, 1.0) for name in names])
    kept = np.ones(len(names))
    while True:
        model = fit_ranking([o.rows * kept for o in offers], [o.right for o in offers], penalty=PENALTY)
        wrong = model.weights * meant
        if wrong.min() >= 0:
            return model
        kept[wrong.argmin()] = 0.0


def cross_validated(weeks: Sequence[str], names: Sequence[str], offers: Sequence[Offer]) -> list[Row]:
    """The scores of each question's rows by a model fitted to the questions of other weeks."""
    different = sorted(set(weeks))
    np.random.default_rng(1).shuffle(different)
    fold = {week: place % FOLDS for place, week in enumerate(different)}
    models = {
        held_out: fit(names, [o for o, week in zip(offers, weeks, strict=True) if fold[week] != held_out])
        for held_out in set(fold.values())
    }
    return [models[fold[week]].scores(offer.rows) for offer, week in zip(offers, weeks, strict=True)]


def reported(examples: Sequence[Example], found: Sequence[Row], read: Sequence[Row]) -> Mapping[str, object]:
    """Figures of both models and of what they start from."""
    right = [example.right for example in examples]
    orders: Iterator[tuple[str, Sequence[Row]]] = iter(
        (
            ("by words alone", [e.words for e in examples]),
            ("by meaning alone", [e.meaning for e in examples]),
            ("fused", [e.fused for e in examples]),
            ("fused, by time", [-np.arange(len(e.right), dtype=np.float64) for e in examples]),
            ("first model", found),
            ("both models", read),
        )
    )
    return {name: figures(scores, right) for name, scores in orders}


def write(model: RankingModel, report: Mapping[str, object]) -> None:
    """Save weights and figures where the product reads them."""
    stored = {
        "about": "weights of qa.ranking, by training.ranking; columns: name: [weight, mean, scale]",
        "reader_sha256": model.reader,
        "finding": stored_linear(model.finding, FOUND),
        "reading": stored_linear(model.reading, READ),
        "figures": report,
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
