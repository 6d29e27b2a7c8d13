"""Measure the sentence splitter: python -m eval.splitter --data DIR.

eval/gold/sentences.jsonl holds where sentences end in articles of DIR/corpus, marked by hand, as
character offsets only: the texts are their publishers'. Beside the splitter stands a plain rule, a stop,
a space and a capital, to show what the lists and exceptions are worth.
"""

import argparse
import json
import lzma
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Span
from index.errors import CorpusError
from index.sentences import split_sentences

GOLD = Path(__file__).resolve().parent / "gold" / "sentences.jsonl"
Splitter = Callable[[str], Sequence[Span]]

_PLAIN_END = re.compile(r"[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z0-9])|(?=\s*\n)")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The beginning of an article and where its sentences end; at `either` an end counts neither way."""

    id: str
    text: str
    ends: frozenset[int]
    either: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """What a splitter made of the marked texts: their sentences, ends not found and ends too many."""

    sentences: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def errors_per_thousand(self) -> float:
        """Ends missed and ends too many to 1,000 sentences."""
        return 1000 * (len(self.missed) + len(self.extra)) / self.sentences


def read_marked(gold: Path, data: Path) -> list[MarkedText]:
    """Read the marked texts out of the corpora in data/corpus.

    Raises:
        CorpusError: if an article of the gold file is not there.

    """
    lines = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    texts: dict[str, str] = {}
    for corpus in sorted({line["corpus"] for line in lines}):
        wanted = {line["id"] for line in lines if line["corpus"] == corpus}
        texts |= _texts(data / "corpus" / corpus, wanted)
    missing = [line["id"] for line in lines if line["id"] not in texts]
    if missing:
        raise CorpusError(f"{gold}: not in {data}/corpus: {', '.join(missing)}")
    return [
        MarkedText(
            line["id"],
            texts[line["id"]][: line["end"]],
            frozenset(line["sentence_ends"]),
            frozenset(line["either"]),
        )
        for line in lines
    ]


def score(texts: Sequence[MarkedText], split: Splitter) -> Score:
    """Compare the ends that `split` finds with the marked ones, each with its surroundings."""
    missed, extra = [], []
    for marked in texts:
        found = {span.end for span in split(marked.text)} - marked.either
        missed += [_around(marked, end) for end in sorted(marked.ends - found)]
        extra += [_around(marked, end) for end in sorted(found - marked.ends)]
    return Score(sum(len(marked.ends) for marked in texts), tuple(missed), tuple(extra))


def split_plainly(text: str) -> Iterator[Span]:
    """Split behind every stop that a space and a capital or digit follow, and at line ends."""
    start = 0
    for end in [*(match.end() for match in _PLAIN_END.finditer(text)), len(text)]:
        if text[start:end].strip():
            yield Span(start, end)
        start = end


def _texts(path: Path, wanted: set[str]) -> dict[str, str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        records = (json.loads(line) for line in file)
        return {record["id"]: record["text"] for record in records if record["id"] in wanted}


def _around(marked: MarkedText, end: int) -> str:
    return f"{marked.id}: {marked.text[max(0, end - 50) : end]!r} | {marked.text[end : end + 30]!r}"


def main() -> None:
    """Print errors per 1,000 sentences of the splitter and of the plain rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder (with corpus/ in it)")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--errors", action="store_true", help="print every error of the splitter")
    arguments = parser.parse_args()
    texts = read_marked(arguments.gold, arguments.data)
    splitters: dict[str, Splitter] = {
        "split_sentences": split_sentences,
        "plain rule": lambda text: list(split_plainly(text)),
    }
    for name, split in splitters.items():
        found = score(texts, split)
        print(
            f"{name}: {found.sentences} sentences, {len(found.missed)} ends missed, "
            f"{len(found.extra)} too many, {found.errors_per_thousand:.1f} errors per 1,000"
        )
        if arguments.errors and split is split_sentences:
            print("missed", *found.missed, "too many", *found.extra, sep="\n  ")


if __name__ == "__main__":
    main()
