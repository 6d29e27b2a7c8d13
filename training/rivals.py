"""Fit what tells whether another value answers the same question.

    python -m training.rivals --data ../shared/data --run FOLDER

Asks the cases of articles that agree and that differ that may be tuned on (eval/gold/agreement.jsonl), and
notes of each further article the sentences with another value (see `qa.rivals`). One is right if it gives
another answer of the case. Reports by cross-validation over cases how many would come out right, and writes
qa/data/rivals.json. FOLDER keeps the archive of the cases' articles; a fit takes five minutes on two cores.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

import qa.answering
from eval.agreement_task import OTHERS, Case, read_task
from eval.archives import record_archive
from eval.metrics import contains
from index.archive import Archive
from qa.answer import Evidence
from qa.question import Question
from qa.rivals import FEATURES, WEIGHTS
from qa.selection import LinearModel
from qa.selection_features import Matrix, Row
from qa.witnesses import Told, told_apart
from training.selection import stored_linear
from training.selection_figures import auroc
from training.selection_fit import fit_logistic

FOLDS = 10
PENALTIES = (3.0, 10.0, 30.0, 100.0)
PENALTY = 30.0
"""One of these among which cases right by cross-validation hardly differ."""

THRESHOLDS = np.arange(0.1, 0.6, 0.025)


@dataclass(frozen=True, slots=True)
class Example:
    """A case with an answer of its articles: what is seen of other values, and which are its other answers.

    `rows` (n, len(FEATURES)) and `right` (n,), which is 0 or 1; n may be 0.
    """

    id: str
    differs: bool
    rows: Matrix
    right: Row


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, report and write; see the module's text."""
    parser = argparse.ArgumentParser(
        prog="training.rivals", description="Fit what tells whether another value answers the same question."
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/"
    )
    parser.add_argument("--run", type=Path, required=True, metavar="DIR", help="keeps the archive")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="default: the file that is shipped")
    options = parser.parse_args(arguments)
    task = read_task(options.data, part="tune", others=OTHERS)
    with record_archive(task.records, options.run / "archive") as archive:
        found = [example_of(archive, case) for case in tqdm(task.cases, unit="case")]
    examples = [example for example in found if example]
    threshold = report(examples, asked=len(found))
    record = {
        "cases": len(examples),
        "threshold": threshold,
        "answering": stored_linear(fitted(examples), FEATURES),
    }
    options.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"written: {options.out}")
    return 0


def example_of(archive: Archive, case: Case) -> Example | None:
    """What is seen of a case; None if another answer than the articles' is given to it."""
    with recorded() as calls:
        qa.answering.ask(archive, case.question, asked_on=case.asked_on, threshold=0.0)
    if not calls:
        return None
    best, articles = calls[-1]
    own = [spellings for spellings in case.answers if contains(best.answer, spellings)]
    if not own:
        return None
    others = [spelling for spellings in case.answers if spellings not in own for spelling in spellings]
    rivals = [rival for article in articles for rival in article.rivals]
    rows = np.array([rival.row for rival in rivals]).reshape(len(rivals), len(FEATURES))
    right = np.array([float(bool(others) and contains(rival.piece.answer, others)) for rival in rivals])
    return Example(case.id, case.differs, rows, right)


@contextmanager
def recorded() -> Iterator[list[tuple[Evidence, list[Told]]]]:
    """Notes of each time that articles are told apart the best piece and what each gives; tells of none."""
    calls: list[tuple[Evidence, list[Told]]] = []

    def recording(
        question: Question, best: Evidence, judged: Sequence[Evidence]
    ) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
        articles = told_apart(question, best, judged)
        calls.append((best, articles))
        # What a likelier value stands before is looked at again, as it is where that is not likely enough.
        return tuple(a.agreeing for a in articles if a.agreeing and not a.rivals), ()

    with patch.object(qa.answering, "witnesses", recording):
        yield calls


def fitted(examples: Sequence[Example], penalty: float = PENALTY) -> LinearModel:
    """The logistic regression over all their rows, each of one weight."""
    rows = np.concatenate([example.rows for example in examples])
    right = np.concatenate([example.right for example in examples])
    return fit_logistic(rows, right, np.ones(len(rows)), penalty=penalty)


def held_out(examples: Sequence[Example], penalty: float = PENALTY) -> list[Row]:
    """How likely the values of each case are by a model of the other folds' cases."""
    fold = np.random.default_rng(0).permutation(len(examples)) % FOLDS
    found: list[Row] = [np.zeros(0)] * len(examples)
    for held in range(FOLDS):
        model = fitted([e for e, at in zip(examples, fold, strict=True) if at != held], penalty)
        for number in map(int, np.flatnonzero(fold == held)):
            found[number] = 1 / (1 + np.exp(-model.scores(examples[number].rows)))
    return found


def cases_right(examples: Sequence[Example], likely: Sequence[Row], threshold: float) -> NDArray[np.bool_]:
    """Which cases come out right: where they differ another answer is told, where they agree no other."""
    return np.array(
        [
            bool(np.any((sure >= threshold) & (example.right > 0)))
            if example.differs
            else not np.any(sure >= threshold)
            for example, sure in zip(examples, likely, strict=True)
        ]
    )


def report(examples: Sequence[Example], *, asked: int) -> float:
    """Print the figures by cross-validation; the threshold of most cases right."""
    differs = np.array([example.differs for example in examples])
    right = np.concatenate([example.right for example in examples])
    print(f"{len(examples)} of {asked} cases, {differs.sum()} of which differ; {len(right)} other values")
    chosen = 0.0
    for penalty in PENALTIES:
        likely = held_out(examples, penalty)
        sure = np.concatenate(likely)
        shares = [float(cases_right(examples, likely, threshold).mean()) for threshold in THRESHOLDS]
        threshold = float(THRESHOLDS[int(np.argmax(shares))])
        cases = cases_right(examples, likely, threshold)
        agree, differ = cases[~differs].mean(), cases[differs].mean()
        area = auroc(sure[right > 0], sure[right == 0])
        print(
            f"penalty {penalty:g}: AUROC {area:.3f}; from {threshold:.3f} on"
            f" {cases.mean():.1%} right (agree {agree:.1%}, differ {differ:.1%})"
        )
        if penalty == PENALTY:
            chosen = round(threshold, 3)
    return chosen


if __name__ == "__main__":
    raise SystemExit(main())
