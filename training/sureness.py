"""Fit how sure the answers to follow-ups are.

    python -m training.sureness --data ../shared/data --run FOLDER

Asks the written conversations on articles that the reader did not learn from turn by turn, as
`training.asked_conversations` does, and notes of each follow-up what `qa.sureness_model` sees of its best
sentence and whether that holds a marked answer. Reports figures by cross-validation over articles, beside
those of the shift in `qa.in_view` alone, and writes qa/data/sureness.json. FOLDER keeps the archive and what
was read: the first fit takes half an hour of two cores, one after a fit of `training.selection` ten minutes.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

import qa.answering
import qa.judging
import qa.sureness
from index.archive import Archive
from qa.answer import Evidence, Hit
from qa.dialogue import Dialogue
from qa.follow_up import FollowUp
from qa.judging import Judgement
from qa.models import READER, load_selection
from qa.question import Question
from qa.reader import OnnxReader, Reader
from qa.selection_features import Matrix, Row
from qa.sureness import follows, seen_of
from qa.sureness_model import SEEN, WEIGHTS, Seen, Sureness, SurenessModel
from training.asked_conversations import conversations_archive, holds
from training.cached_reader import CachedReader
from training.conversed import TurnOn
from training.selection import stored_linear
from training.selection_figures import auroc, calibration_error
from training.selection_fit import fit_logistic
from training.written import WrittenOn

FOLDS = 10

LOST = (0.02, 0.05, 0.1)
"""Shares of the right answers lost at which it is told how many unanswerable questions are refused."""

RULE = "the one of other questions that are not of the day: both probabilities mean what they say"


@dataclass(frozen=True, slots=True)
class Example:
    """A follow-up: what is seen of its best sentence, whether that is right, and whether any can be.

    `shifted` is the probability of that sentence with the shift that puts sentences in order.
    """

    article: str
    seen: Seen
    right: bool
    answerable: bool
    shifted: float


class _Noting:
    """In the place of `qa.sureness.how_sure`: notes what is seen, and leaves everything as it was judged."""

    def __init__(self) -> None:
        self.noted: list[tuple[Seen, Evidence]] = []

    def __call__(
        self,
        archive: Archive,
        question: Question,
        read: FollowUp,
        hits: Sequence[Hit],
        judgement: Judgement,
        likely: Sequence[Evidence],
    ) -> Sureness:
        if follows(read) and likely:
            self.noted = [(seen_of(archive, question, read, hits, likely), likely[0])]
        return Sureness(judgement.threshold)


@contextmanager
def _noting(reader: Reader) -> Iterator[_Noting]:
    """The product reading with this reader, and noting what is seen of follow-ups.

    The weights to be fitted are not needed for it, so that a fit does not depend on the one before.
    """
    noting = _Noting()
    with ExitStack() as stack:
        for module in (qa.judging, qa.sureness):
            stack.enter_context(patch.object(module, "load_reader", lambda: reader))
        stack.enter_context(patch.object(qa.answering, "how_sure", noting))
        yield noting


def examples_of(
    archive: Archive, conversations: Sequence[tuple[WrittenOn, Sequence[TurnOn]]], reader: Reader
) -> Iterator[Example]:
    """An example for each follow-up that has an article in view."""
    with _noting(reader) as noting:
        for on, turns in tqdm(conversations, "conversations", mininterval=10):
            dialogue = Dialogue()
            for turn in turns:
                noting.noted.clear()
                _, dialogue = dialogue.ask(archive, turn.typed)
                for seen, best in noting.noted:
                    golds = [span.of(on.record.text) for span in turn.answers]
                    right = holds(best.quote, golds)
                    yield Example(on.record.id, seen, right, bool(golds), best.confidence)


def cross_validated(examples: Sequence[Example]) -> Row:
    """The probability of each from models fitted on other articles, (n,)."""
    articles = sorted({example.article for example in examples})
    np.random.default_rng(1).shuffle(articles)
    fold = {article: place % FOLDS for place, article in enumerate(articles)}
    of = np.array([fold[example.article] for example in examples])
    found: Row = np.zeros(len(examples))
    for held_out in set(of.tolist()):
        model = fit([e for e, place in zip(examples, of, strict=True) if place != held_out])
        for number in np.flatnonzero(of == held_out).tolist():
            found[number] = model.probability(examples[number].seen)
    return found


def fit(examples: Sequence[Example], threshold: float = 0.5, reader: str = "") -> SurenessModel:
    """The model, each example weighed alike: one in five written follow-ups has no answer."""
    rows: Matrix = np.array([example.seen.row for example in examples])
    right = np.array([float(example.right) for example in examples])
    return SurenessModel(fit_logistic(rows, right, np.ones(len(right))), threshold, reader)


def figures(examples: Sequence[Example], found: Row) -> dict[str, object]:
    """How well probabilities tell right best sentences from follow-ups that have no answer.

    `refused_at` are the shares refused of these, and of wrong best sentences for others, at the thresholds
    that lose shares of the right ones.
    """
    right = np.array([example.right for example in examples])
    answerable = np.array([example.answerable for example in examples])
    wrong = answerable & ~right
    cuts = {f"{share:.0%}": float(np.quantile(found[right], share)) for share in LOST}
    return {
        "follow_ups": len(examples),
        "right": int(right.sum()),
        "unanswerable": int((~answerable).sum()),
        "auroc": round(auroc(found[right], found[~answerable]), 3),
        "calibration_error": round(calibration_error(found, right), 3),
        "refused_at": {name: _shares_below(cut, found, ~answerable, wrong) for name, cut in cuts.items()},
    }


def _shares_below(cut: float, found: Row, *groups: NDArray[np.bool_]) -> list[float]:
    return [round(float((found[group] < cut).mean()), 3) if group.any() else 0.0 for group in groups]


def report_on(examples: Sequence[Example], found: Row) -> dict[str, object]:
    """Figures of the model, of the shift alone and of the reader alone, and of the model less each column."""
    by: Mapping[str, Callable[[Example], float]] = {
        "by the shift alone": lambda example: example.shifted,
        "by the reader alone": lambda example: 1 / (1 + float(np.exp(-example.seen.in_context))),
    }
    alone = {name: figures(examples, np.array([one(e) for e in examples])) for name, one in by.items()}
    return {"cross-validated": figures(examples, found), **alone}


def write(model: SurenessModel, report: Mapping[str, object]) -> None:
    """Save weights and figures where the product reads them."""
    stored = {
        "about": "weights of qa.sureness_model, by training.sureness; columns: name: [weight, mean, scale]",
        "rule": RULE,
        "reader_sha256": model.reader,
        "threshold": round(model.threshold, 2),
        "answering": stored_linear(model.answering, SEEN),
        "figures": report,
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Ask, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--run", type=Path, required=True, help="where the archive and readings are kept")
    parser.add_argument("--number", type=int, help="of conversations, drawn by chance (default: all)")
    options = parser.parse_args()
    reader = CachedReader(OnnxReader(READER), options.run / "readings.sqlite")
    with conversations_archive(options.data, options.run / "archive") as (archive, held):
        examples = list(examples_of(archive, held[: options.number], reader))
    found = cross_validated(examples)
    threshold = load_selection().plain.threshold
    report = report_on(examples, found)
    write(fit(examples, threshold, reader.checksum), report)
    print(json.dumps({"threshold": threshold, **report}, indent=1))


if __name__ == "__main__":
    main()
