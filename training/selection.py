"""Fit the weights that choose sentences.

    python -m training.selection --data ../shared/data --cache FOLDER --archive ARCHIVE

Encodes the training sentences once (vectors are kept in FOLDER), offers candidates for every question as an
archive would, reports figures by cross-validation over articles, and writes qa/data/selection.json. ARCHIVE
holds the articles of RealTimeQA, as for `training.ranking`, which is to be fitted before.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.loading import load_encoder
from index.settings import DEFAULT_ENCODER
from qa.models import READER, load_ranking
from qa.ranking import NEARNESS
from qa.reader import OnnxReader, Reader
from qa.selection import CHOICE, OVERALL, RARITY, TAKEN, WEIGHTS, LinearModel, SelectionModel, Stages, observe
from qa.selection_features import FEATURES, Candidate, Rarity, Row
from training.cached_reader import CachedReader
from training.selection_data import Collection, collections
from training.selection_figures import RULE, best_thresholds, figures
from training.selection_fit import GIVEN, Example, Thresholds, cross_validated, fit
from training.selection_news import news_examples
from training.selection_offers import Archive, CollectionVectors, Offer
from training.selection_written import written_examples

# The collections that training/reader.py learns from, all but their held-out articles.
READER_LEARNT = frozenset({"squad1", "squad2", "new_wiki", "qed"})

# Questions of one collection that are read: minutes of two cores.
MOST_READ = 420


# Groups of columns whose worth is measured by leaving them out.
ABLATIONS = {
    "the votes of other passages": ("votes",),
    "sentences that are only the answer": ("bare",),
    "repeats and time": ("repeats", "time", "best_time"),
    "what the reader found": ("reading", "reading_lead", "typed"),
    "meaning": tuple(name for name in FEATURES if "cosine" in name),
    "words and names": tuple(name for name in FEATURES if "coverage" in name or "missing" in name),
    "the type of the answer read": ("typed",),
    "agreement": ("agreeing",),
    "what the best sentence tells of": TAKEN,
    "its standing among the others": ("share", "lead", "total", "agreeing", "candidates", "articles"),
    "the nearest passage": ("nearness",),
}


def main() -> None:
    """Read, encode, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder (its train/ part is read)")
    parser.add_argument(
        "--cache",
        type=Path,
        required=True,
        help="where vectors and what was read are kept between runs",
    )
    parser.add_argument(
        "--archive",
        type=Path,
        required=True,
        help="an archive of all articles of RealTimeQA; made if need be",
    )
    parser.add_argument(
        "--ablations", action="store_true", help="also measure what groups of columns are worth"
    )
    arguments = parser.parse_args()
    table = json.loads(RARITY.read_text(encoding="utf-8"))
    unlisted = float(np.log(table["sentences"]))

    def rarity(form: str) -> float:
        return float(table["rarity"].get(form, unlisted))

    reader = CachedReader(OnnxReader(READER), arguments.cache / "readings.sqlite")
    examples = [
        example
        for collection in collections(arguments.data)
        for example in make_examples(collection, encoded(collection, arguments.cache), rarity, reader)
    ]
    examples += news_examples(arguments.data, arguments.archive, rarity, reader)
    examples += written_examples(arguments.data, arguments.cache / "written", rarity, reader)
    probabilities = cross_validated(examples)
    unseen = [examples[number] for number in probabilities]
    found = list(probabilities.values())
    thresholds = best_thresholds(unseen, found)
    report = reported(unseen, found, thresholds)
    for name, columns in ABLATIONS.items() if arguments.ablations else ():
        less = list(cross_validated(examples, without=frozenset(columns)).values())
        report[f"all, without {name}"] = asdict(figures(unseen, less, thresholds))
    write(fit(examples, thresholds, reader.checksum), report, _digest(arguments.data))
    print(json.dumps(report, indent=1))


def reported(examples: Sequence[Example], found: Sequence[Row], thresholds: Thresholds) -> dict[str, object]:
    """Figures over all questions, each collection, and two plain baselines that score by one feature."""
    report: dict[str, object] = {"all": asdict(figures(examples, found, thresholds))}
    for name in sorted({example.collection for example in examples}):
        rows = [number for number, example in enumerate(examples) if example.collection == name]
        of_name = [examples[row] for row in rows], [found[row] for row in rows]
        report[name] = asdict(figures(*of_name, thresholds))
    for baseline in ("sentence_cosine", "coverage"):
        column = FEATURES.index(baseline)
        scores = [example.seen.rows[:, column] for example in examples]
        report[f"all, by {baseline} alone"] = asdict(figures(examples, scores, thresholds))
    scores = [example.seen.reading for example in examples]
    report["all, by the reader alone"] = asdict(figures(examples, scores, thresholds))
    return report


def make_examples(
    collection: Collection, vectors: CollectionVectors, rarity: Rarity, reader: Reader
) -> list[Example]:
    """Features and labels of a collection's questions; read where the reader did not learn from them.

    Those on articles held out are asked of their paragraph alone too, as the collection GIVEN.
    """
    archive, left = Archive(collection, vectors, rarity), MOST_READ
    examples = [
        _example(GIVEN, offer, collection, read_offer(offer, reader), rarity, read=True)
        for offer in (archive.given() if collection.name == "squad2" else ())
    ]
    for offer in tqdm(list(archive.offers()), collection.name, mininterval=10):
        paragraph = collection.paragraphs[offer.asked.paragraph]
        unseen = (paragraph.held_out or collection.name not in READER_LEARNT) and left > 0
        left -= unseen
        candidates = with_nearness(offer, read_offer(offer, reader), rarity) if unseen else offer.candidates
        examples.append(_example(collection.name, offer, collection, candidates, rarity, read=unseen))
    return examples


def _example(
    name: str,
    offer: Offer,
    collection: Collection,
    candidates: Sequence[Candidate],
    rarity: Rarity,
    *,
    read: bool,
) -> Example:
    return Example(
        collection=name,
        article=collection.paragraphs[offer.asked.paragraph].article,
        seen=observe(offer.question, candidates, rarity),
        answers=np.array(offer.answers, dtype=bool),
        answerable=offer.answerable,
        read=read,
    )


def read_offer(offer: Offer, reader: Reader) -> list[Candidate]:
    """The candidates with the reader's best span in each."""
    spans = [
        (text, reading.best_within(sentence))
        for text, reading in zip(offer.texts, reader.read(offer.question.to_read, offer.texts), strict=True)
        for sentence in text.sentences
    ]
    return [
        replace(candidate, reading=span.score, answer=text.text[span.start : span.end]) if span else candidate
        for candidate, (text, span) in zip(offer.candidates, spans, strict=True)
    ]


def with_nearness(offer: Offer, candidates: Sequence[Candidate], rarity: Rarity) -> list[Candidate]:
    """The candidates with how near their paragraph comes to the question, as `qa.ranking` sees it."""
    ranked = load_ranking().of_found(offer.question, offer.found, rarity)
    nearness = [
        item.features[NEARNESS]
        for item, text in zip(ranked, offer.texts, strict=True)
        for _ in text.sentences
    ]
    return [replace(candidate, nearness=near) for candidate, near in zip(candidates, nearness, strict=True)]


def encoded(collection: Collection, cache: Path) -> CollectionVectors:
    """Vectors of a collection, from the cache if they were computed before."""
    path = cache / f"{collection.name}.npz"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        sentences = [sentence for paragraph in collection.paragraphs for sentence in paragraph.sentences]
        paragraphs = [paragraph.text for paragraph in collection.paragraphs]
        questions = [asked.text for asked in collection.questions]
        encoder = load_encoder(DEFAULT_ENCODER)
        vectors = {
            "sentences": encoder.encode_sentences(sentences),
            "paragraphs": encoder.encode_passages(paragraphs),
            "questions": encoder.encode_questions(questions),
        }
        np.savez(path, allow_pickle=False, **vectors)
    stored = np.load(path)
    return CollectionVectors(stored["sentences"], stored["paragraphs"], stored["questions"])


def write(model: SelectionModel, report: Mapping[str, object], data: str) -> None:
    """Save weights and figures where the product reads them."""
    stored = {
        "about": "weights of qa.selection, by training.selection; columns: name: [weight, mean, scale]",
        "rule": RULE,
        "reader_sha256": model.reader,
        "plain": stored_stages(model.plain),
        "of_the_day": stored_stages(model.of_the_day),
        "answering_few": stored_linear(model.answering_few, OVERALL),
        "answering_yes_no": stored_linear(model.answering_yes_no, OVERALL),
        "data_sha256": data,
        "figures": report,
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def stored_stages(stages: Stages) -> dict[str, object]:
    """Three models as they are written."""
    return {
        "threshold": round(stages.threshold, 2),
        "ranking": stored_linear(stages.ranking, FEATURES),
        "choosing": stored_linear(stages.choosing, CHOICE),
        "answering": stored_linear(stages.answering, OVERALL),
    }


def stored_linear(model: LinearModel, names: Sequence[str]) -> dict[str, object]:
    """A model as it is written: its columns by name, each with weight, mean and scale."""
    columns = zip(model.weights, model.means, model.scales, strict=True)
    rounded = [[round(float(number), 5) for number in column] for column in columns]
    return {"bias": round(model.bias, 5), "columns": dict(zip(names, rounded, strict=True))}


def _digest(data: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted((data / "train").iterdir()):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
