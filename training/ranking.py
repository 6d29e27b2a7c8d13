"""Fit the order of passages: python -m training.ranking --data ../shared/data --archive FOLDER.

FOLDER holds an archive of the articles of RealTimeQA, best all of them and with vectors; it is only read.
Reports figures by cross-validation over the weeks of asking, and writes qa/data/ranking.json.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.archive import Archive
from qa.models import READER
from qa.ranking import READ, WEIGHTS, RankingModel, read_rows
from qa.ranking_features import FOUND, Matrix
from qa.reader import OnnxReader
from qa.reranking import READ_PASSAGES
from qa.selection import LinearModel
from qa.selection_features import Row
from training.ranking_data import Example, Judged, judged, offered, questions
from training.ranking_figures import figures
from training.selection import stored_linear
from training.selection_fit import fit_ranking

FOLDS = 6
# The columns overlap and the questions are few; from 1 to 100 the MRR changed by .004.
PENALTY = 30.0


def main() -> None:
    """Find, read, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--archive", type=Path, required=True, help="an archive of RealTimeQA's articles")
    arguments = parser.parse_args()
    reader = OnnxReader(READER)
    with Archive.open(arguments.archive, create=False) as archive:
        examples = list(offered(archive, questions(arguments.data)))
        found = cross_validated(examples, [(e.rows, e.right) for e in examples])
        some = [
            judged(archive, example, scores, READ_PASSAGES, reader)
            for example, scores in zip(tqdm(examples, "reading", mininterval=10), found, strict=True)
        ]
        counts = archive.counts()
    read = cross_validated(examples, [(rows_of(item), item.right) for item in some])
    report = reported(
        examples, found, [item.in_full(scores) for item, scores in zip(some, read, strict=True)]
    )
    model = RankingModel(
        finding=fit([(e.rows, e.right) for e in examples]),
        reading=fit([(rows_of(item), item.right) for item in some]),
        reader=reader.checksum,
    )
    about = f"{len(examples)} questions of 2022, {counts.articles} articles, {counts.embedded} vectors"
    write(model, {"data": about, **report})
    print(json.dumps(report, indent=1))


def rows_of(item: Judged) -> Matrix:
    """The READ columns of the passages that were read."""
    return read_rows(item.found, item.reading, item.typed)


def fit(offers: Sequence[tuple[Matrix, np.ndarray]]) -> LinearModel:
    """A conditional logit over (rows, right) of each question."""
    return fit_ranking([rows for rows, _ in offers], [right for _, right in offers], penalty=PENALTY)


def cross_validated(examples: Sequence[Example], offers: Sequence[tuple[Matrix, np.ndarray]]) -> list[Row]:
    """The scores of each question's rows by a model fitted to the questions of other weeks."""
    weeks = sorted({example.week for example in examples})
    np.random.default_rng(1).shuffle(weeks)
    fold = {week: place % FOLDS for place, week in enumerate(weeks)}
    of = [fold[example.week] for example in examples]
    models = {
        held_out: fit([offer for offer, place in zip(offers, of, strict=True) if place != held_out])
        for held_out in set(of)
    }
    return [models[place].scores(rows) for (rows, _), place in zip(offers, of, strict=True)]


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
