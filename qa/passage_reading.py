"""The reader at work on passages that were found: each once, its sentences told apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.archive import Archive
from index.article import Span
from qa.answer import Hit
from qa.reader import Reader, ReadingText


def read_hits(archive: Archive, question: str, hits: Sequence[Hit], reader: Reader) -> list[Hit]:
    """The hits with what the reader finds in each; those that were read before keep their reading."""
    new = [hit for hit in hits if hit.reading is None]
    pairs = [(hit.asked or question, _as_read(archive, hit)) for hit in new]
    readings = iter(reader.read_pairs(pairs) if pairs else ())
    return [replace(hit, reading=next(readings)) if hit.reading is None else hit for hit in hits]


def _as_read(archive: Archive, hit: Hit) -> ReadingText:
    parts = tuple(part for _, part in sentences_in(hit, archive.sentences(hit.article.id)))
    return ReadingText(hit.text, hit.article.title, parts)


def sentences_in(hit: Hit, sentences: Sequence[Span]) -> Iterator[tuple[int, Span]]:
    """The sentences with a part in a passage: position in the article and characters in the passage."""
    start, end = hit.passage.start, hit.passage.end
    for position, sentence in enumerate(sentences):
        if sentence.start < end and sentence.end > start:
            yield position, Span(max(0, sentence.start - start), min(end, sentence.end) - start)
