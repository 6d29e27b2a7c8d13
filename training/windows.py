"""Windows: stretches of a text's word pieces that a question is read in, laid out as the reader's input."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.packaged_model import packaged_model
from training.reading_sets import CharSpan

CLS, SEP = 101, 102
MAX_QUESTION_TOKENS = 64
LONGEST_ANSWER = 24  # word pieces
_SENTENCE_END = re.compile(r"[.!?][\"')\]”’]*\s+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's word pieces: ids (n,), characters of each (n, 2), and where sentences start."""

    ids: NDArray[np.int32]
    offsets: NDArray[np.int32]
    sentences: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the reader, in positions of `ids`.

    `segment` is where the passage begins (title, then text), `text` the half-open range of its text, and
    `label` the answer's first and last position, (0, 0) for none.
    """

    ids: NDArray[np.int32]
    segment: int
    text: tuple[int, int]
    label: tuple[int, int]


def whole_tokenizer() -> Tokenizer:
    """The packaged model's tokenizer, which neither pads nor cuts off here.

    Raises:
        UsageError: the packaged model is not installed.
    """
    tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def tokenise(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Tokens]:
    """Word pieces of each text, without special tokens, uncut."""
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    found = []
    for text, encoding in zip(texts, encodings, strict=True):
        offsets = np.array(encoding.offsets, np.int32).reshape(-1, 2)
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        starts = np.searchsorted(offsets[:, 0], [0, *ends])
        sentences = np.unique(starts[starts < len(offsets)])
        found.append(Tokens(np.array(encoding.ids, np.int32), offsets, sentences))
    return found


def token_span(tokens: Tokens, span: CharSpan) -> tuple[int, int]:
    """First and last token that touch the characters of `span`."""
    first = int(np.searchsorted(tokens.offsets[:, 1], span[0], side="right"))
    last = int(np.searchsorted(tokens.offsets[:, 0], span[1], side="left")) - 1
    return first, max(first, last)


def join(
    question: Sequence[int], title: Sequence[int], text: Sequence[int], label: tuple[int, int] | None
) -> Window:
    """Lay out [CLS] question [SEP] title text [SEP]; `label` counts from the text's first token."""
    head = [CLS, *question[:MAX_QUESTION_TOKENS], SEP]
    first = len(head) + len(title)
    ids = np.array([*head, *title, *text, SEP], np.int32)
    placed = (0, 0) if label is None else (first + label[0], first + label[1])
    return Window(ids, len(head), (first, first + len(text)), placed)


def cut(
    tokens: Tokens, label: tuple[int, int] | None, size: int, rng: np.random.Generator
) -> tuple[int, int]:
    """Choose at most `size` tokens, from a sentence's start to a sentence's end, with the label inside.

    Where no sentence starts near enough before the label the window starts anywhere, and where none ends in
    its second half it is cut at `size`.
    """
    count = len(tokens.ids)
    if count <= size:
        return 0, count
    first = _first(tokens, label, size, rng)
    last = min(count, first + size)
    least = max(first + size // 2, label[1] if label else 0)
    ends = [int(start) for start in tokens.sentences if least < start <= last]
    return first, ends[-1] if ends and last < count else last


def cut_beside(
    tokens: Tokens, label: tuple[int, int], size: int, rng: np.random.Generator
) -> tuple[int, int]:
    """Choose at most `size` tokens behind the label or, where nothing follows, before it."""
    count = len(tokens.ids)
    behind = [int(start) for start in tokens.sentences if start > label[1]]
    if behind:
        first = int(rng.choice(behind))
        return first, min(count, first + size)
    before = [int(start) for start in tokens.sentences if start + size // 2 <= label[0]]
    first = int(rng.choice(before)) if before else 0
    return first, min(first + size, label[0]) if label[0] > first else count


def _first(tokens: Tokens, label: tuple[int, int] | None, size: int, rng: np.random.Generator) -> int:
    start, end = label or (len(tokens.ids), 0)
    fits = [int(at) for at in tokens.sentences if at + size > end and at <= start]
    roomy = [at for at in fits if at + size // 2 <= len(tokens.ids)] or fits
    if roomy:
        return int(rng.choice(roomy))
    return int(rng.integers(max(0, end + 1 - size), start + 1)) if end - start < size else start
