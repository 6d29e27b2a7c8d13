"""Answer-sentence selection on WikiQA and TREC-QA: python -m eval wikiqa|trecqa --data DIR.

Each question comes with sentences that were judged. They are put into an archive as they are, passages are
made of them, read, and their sentences weighed, all as the product does it; what is measured is the order of
its probabilities. The order by the encoder's cosine and that by the reader's score stand beside it.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

from eval.bootstrap import Interval
from eval.commands import Exit, Json, as_json, command_line, counted, origin, print_intervals, save_results
from eval.copies import temporary_folder
from eval.judged import Question, read_trecqa, read_wikiqa
from eval.ranking import Ranked, means, measure
from index.archive import Archive
from index.article import Article, Span
from index.catalogue import Prepared, encoded_text
from index.encoder import Encoder
from index.errors import UsageError
from index.passages import EncoderLimit, split_passages
from index.tokens import count_tokens
from qa.answer import Hit
from qa.judging import candidates_of, read_sentences
from qa.models import load_reader, load_selection
from qa.question import analyse
from qa.reader import Reader
from qa.selection import SelectionModel
from qa.time_reading import read_time

FILES = {
    "wikiqa": (Path("eval", "wikiqa_test.tsv.gz"), read_wikiqa),
    "trecqa": (Path("eval", "trecqa_test.xml.gz"), read_trecqa),
}
SYSTEMS = ("Citewire", "reader alone", "cosine alone")


@dataclass(frozen=True, slots=True)
class Line:
    """One question's line: which of its sentences are right, and every system's score of each."""

    question: str
    right: tuple[int, ...]
    sentences: tuple[str, ...]
    scores: dict[str, tuple[float, ...]]

    @property
    def both_kinds(self) -> bool:
        """True if there are right sentences and wrong ones: else every order is as good."""
        return 0 < len(self.right) < len(self.sentences)

    def measured(self, system: str) -> Ranked:
        """What a system's order is worth; ties go to the earlier sentence."""
        order = np.argsort(-np.array(self.scores[system]), kind="stable")
        return measure(order.tolist(), self.right)


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the data set's name.

    Raises:
        UsageError: if the data will not do.
    """
    options = _options(arguments)
    path, read = FILES[arguments[0]]
    questions = [question for question in read(options.data / path) if question.right]
    if not questions:
        raise UsageError(f"{options.data / path}: no question has a sentence that answers")
    with temporary_folder() as folder, Archive.open(folder) as archive:
        lines = list(score(archive, questions, load_reader(), load_selection()))
        figures = figures_of(lines)
        record: Json = {
            "provenance": asdict(origin(command_line(arguments), options.data / path, archive)),
            "questions with a sentence that answers": len(lines),
            "of them with one that does not": sum(line.both_kinds for line in lines),
            "sentences": sum(len(line.sentences) for line in lines),
            "figures": as_json(figures),
        }
    save_results(options.out or Path("eval", "results", arguments[0]), record, lines)
    print_intervals(figures, heading=f"{arguments[0]}: {len(lines)} questions with a sentence that answers")
    return Exit.DONE


def score(
    archive: Archive, questions: Sequence[Question], reader: Reader, selection: SelectionModel
) -> Iterator[Line]:
    """Every question with the scores of its sentences; the archive must be empty."""
    for number, question in enumerate(counted(questions)):
        hits = _put(archive, question, f"q{number}")
        asked = analyse(question.text)
        found = read_sentences(archive, asked, hits, reader)
        candidates = candidates_of(archive, asked, found, read_time(question.text, date.today()))
        place = {(item.article.id, item.position): at for at, item in enumerate(found)}
        order = [place[key] for key in _keys(question, f"q{number}")]
        columns = {
            "Citewire": selection.probabilities(asked, candidates),
            "reader alone": np.array([candidate.reading for candidate in candidates]),
            "cosine alone": np.array([candidate.sentence_cosine for candidate in candidates]),
        }
        scores = {system: tuple(column[order].tolist()) for system, column in columns.items()}
        yield Line(question.text, question.right, question.sentences, scores)


def figures_of(lines: Sequence[Line]) -> dict[str, Interval]:
    """MAP and MRR of each system, of all questions and of those where the order matters."""
    mixed = [line for line in lines if line.both_kinds]
    return {
        f"{system}, {name}{suffix}": means([getattr(line.measured(system), field) for line in chosen])
        for suffix, chosen in (("", lines), (", both kinds", mixed))
        for system in SYSTEMS
        for name, field in (("MAP", "average_precision"), ("MRR", "reciprocal_rank"))
    }


def _put(archive: Archive, question: Question, name: str) -> list[Hit]:
    """Add the question's sentences, each document an article, and return all of their passages as hits."""
    prepared = []
    for at, (title, sentences) in enumerate(question.documents):
        text, spans = _laid_out(sentences)
        key = f"{name}-{at}"
        # With an address of its own: what says the same as another article would be left out as a copy.
        article = Article(key, title, text, url=f"https://judged.invalid/{key}", origin=key)
        prepared.append(Prepared(article, tuple(spans), tuple(_passages(article, spans, archive))))
    archive.put(prepared)
    archive.embed()
    articles = [archive.article(item.article.id) for item in prepared]
    passages = [
        (article, passage) for article in articles for passage in archive.catalogue.passages_of(article.id)
    ]
    return [
        Hit(article, passage, rank, 0.0, None, None)
        for rank, (article, passage) in enumerate(passages, start=1)
    ]


def _passages(article: Article, sentences: Sequence[Span], archive: Archive) -> Sequence[Span]:
    encoder: Encoder = archive.encoder
    return split_passages(
        article.text,
        sentences,
        budget=archive.settings.passage_tokens,
        overlap=archive.settings.overlap_sentences,
        count=count_tokens,
        limit=EncoderLimit(
            encoder.count_tokens, encoder.max_tokens, lambda text: encoded_text(article.title, text)
        ),
    )


def _laid_out(sentences: Sequence[str]) -> tuple[str, list[Span]]:
    """The sentences as one text with a blank between them, and where each stands in it."""
    text, spans = "", []
    for sentence in sentences:
        start = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        spans.append(Span(start, len(text)))
    return text, spans


def _keys(question: Question, name: str) -> Iterator[tuple[str, int]]:
    """Article and position of each sentence, in the order of the data set."""
    for at, (_, sentences) in enumerate(question.documents):
        yield from ((f"{name}-{at}", position) for position in range(len(sentences)))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    name = arguments[0]
    parser = argparse.ArgumentParser(
        prog=f"citewire eval {name}", description="Choosing the sentence that answers: MAP and MRR on test."
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    add("--out", type=Path, metavar="DIR", help=f"for the results; default: eval/results/{name}")
    return parser.parse_args(list(arguments[1:]))
