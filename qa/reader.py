"""Reading: which words of a text answer a question, with a score that compares over texts."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Span
from index.batching import SMALL_BATCH_TOKENS, batches, padded, readable, side_by_side
from index.errors import UsageError
from index.onnx_encoder import open_session
from index.packaged_model import packaged_model
from qa.spans import Offsets, ScoredSpan, decode, tokens_within, without_overlaps

CLS, SEP = 101, 102
# As in training (training/windows.py), where positions beyond were never seen.
QUESTION_TOKENS = 64
TITLE_TOKENS = 24


@dataclass(frozen=True, slots=True)
class ReadingText:
    """What is read: the text that may be quoted, and its article's title, which is context only.

    With `sentences` (characters of the text, in order), no span crosses from one to the next and each is
    given its best; without, the text is read as one.
    """

    text: str
    title: str = ""
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The best spans of one text, in its characters, best first, none overlapping another."""

    spans: tuple[ScoredSpan, ...]

    @property
    def margin(self) -> float:
        """Score of the best span over "no answer": below 0 the text does not say; -inf for an empty one."""
        return self.spans[0].score if self.spans else -np.inf

    def best_within(self, sentence: Span) -> ScoredSpan | None:
        """The best span inside a sentence of the text, None if none was found there."""
        inside = (s for s in self.spans if sentence.start <= s.start and s.end <= sentence.end)
        return next(inside, None)


class Reader(Protocol):
    """Finds the spans of texts that answer questions."""

    @property
    def checksum(self) -> str:
        """SHA-256 (hex) of the model: scores of one checksum may be compared, others may not."""

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Read the question in each text, in the order given."""

    def read_pairs(self, pairs: Sequence[tuple[str, ReadingText]]) -> list[Reading]:
        """Read each question in its own text, in the order given."""


@dataclass(frozen=True, slots=True)
class _Window:
    """Part of one pair: token numbers, where the passage begins, which pair, its text's tokens."""

    ids: list[int]
    segment: int
    pair: int
    text_at: int
    offsets: Offsets


class OnnxReader:
    """A reader exported by training/export_reader.py; a `Reader`.

    Texts longer than `window` word pieces are read in several windows, each `stride` behind the one before.
    A sentence gets at most `count` spans of at most `longest` word pieces. `threads` is how many batches
    are read side by side, 0 for one on each core. `checksum` is the SHA-256 (hex) that the file must have,
    "" for any.

    Raises:
        UsageError: the file is missing, or has another checksum.
    """

    def __init__(
        self,
        path: Path,
        *,
        checksum: str = "",
        window: int = 200,
        stride: int = 100,
        longest: int = 24,
        count: int = 5,
        threads: int = 0,
    ) -> None:
        from tokenizers import Tokenizer

        try:
            graph = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path}: the reader is unreadable ({error.strerror})") from error
        self.checksum = hashlib.sha256(graph).hexdigest()
        if checksum and self.checksum != checksum:
            raise UsageError(
                f"{path}: damaged, or of another version (SHA-256 differs); install the package anew"
            )
        self._session = open_session(graph, {})
        self._tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._window, self._stride = window, stride
        self._longest, self._count = longest, count
        self._threads = threads or os.cpu_count() or 1

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Read the question in each text, in the order given; [] for no texts."""
        return self.read_pairs([(question, text) for text in texts])

    def read_pairs(self, pairs: Sequence[tuple[str, ReadingText]]) -> list[Reading]:
        """Read each question in its own text, in the order given; a text without tokens has no spans."""
        windows = list(self._windows(pairs))
        found: list[list[ScoredSpan]] = [[] for _ in windows]

        def work(rows: list[int]) -> None:
            logits = self._logits([windows[row] for row in rows])
            for row, values in zip(rows, logits, strict=True):
                found[row] = self._spans(pairs[windows[row].pair][1], windows[row], values)

        parts = list(batches([len(window.ids) for window in windows], SMALL_BATCH_TOKENS))
        side_by_side(work, parts, threads=self._threads)
        spans: list[list[ScoredSpan]] = [[] for _ in pairs]
        for window, some in zip(windows, found, strict=True):
            spans[window.pair] += some
        return [Reading(tuple(without_overlaps(some))) for some in spans]

    def _windows(self, pairs: Sequence[tuple[str, ReadingText]]) -> Iterator[_Window]:
        questions = self._ids([question for question, _ in pairs], QUESTION_TOKENS)
        titles = self._ids([f"{text.title}." if text.title else "" for _, text in pairs], TITLE_TOKENS)
        bodies = self._tokenizer.encode_batch(
            readable([text.text for _, text in pairs]), add_special_tokens=False
        )
        for pair, (question, title, body) in enumerate(zip(questions, titles, bodies, strict=True)):
            head = [CLS, *question, SEP]
            offsets = np.array(body.offsets, np.int32).reshape(-1, 2)
            for first in _starts(len(body.ids), self._window, self._stride):
                ids = body.ids[first : first + self._window]
                at = len(head) + len(title)
                yield _Window(
                    [*head, *title, *ids, SEP], len(head), pair, at, offsets[first : first + len(ids)]
                )

    def _ids(self, texts: Sequence[str], most: int) -> list[list[int]]:
        encodings = self._tokenizer.encode_batch_fast(readable(texts), add_special_tokens=False)
        return [encoding.ids[:most] for encoding in encodings]

    def _logits(self, windows: Sequence[_Window]) -> NDArray[np.float32]:
        ids, mask = padded([window.ids for window in windows])
        segments = mask.copy()
        for row, window in enumerate(windows):
            segments[row, : window.segment] = 0
        inputs = {"input_ids": ids, "segment_ids": segments, "attention_mask": mask}
        logits: NDArray[np.float32] = self._session.run(None, inputs)[0]
        return logits

    def _spans(self, text: ReadingText, window: _Window, logits: NDArray[np.float32]) -> list[ScoredSpan]:
        context = logits[window.text_at : window.text_at + len(window.offsets)]
        null = float(logits[0].sum())
        spans: list[ScoredSpan] = []
        for sentence in text.sentences or (Span(0, len(text.text)),):
            inside = tokens_within(window.offsets, sentence)
            spans += decode(
                text.text,
                context[inside, 0],
                context[inside, 1],
                null,
                window.offsets[inside],
                longest=self._longest,
                count=self._count,
            )
        return spans


def _starts(tokens: int, window: int, stride: int) -> Iterator[int]:
    """First tokens of the windows over a text: the last window reaches its end; none for an empty text."""
    first = 0
    while first < tokens:
        yield first
        if first + window >= tokens:
            return
        first += stride
