"""Split text into sentences with exact character offsets, for news in English and what it quotes.

By rules and short lists, so that a wrong split can be explained and mended. What the rules get right
and wrong on articles they were not written on is measured by eval/splitter.py.
"""

import re
from collections.abc import Iterator

from index.article import Span
from index.stops import sentence_ends

# Runs of white space in which a line may end. A run is matched once and counted afterwards: a pattern
# that looks for the line end inside is quadratic in a long run.
_GAP = re.compile(r"\s{2,}|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"[-*•‣◦▪●■–—]\s|\(?\d{1,3}[.)]\s|[A-Z]:\s")
_CONTINUES = re.compile(r"[a-z,;:)&]")
_NARROWEST, _WIDEST = 40, 120


def split_sentences(text: str) -> list[Span]:
    """Split `text` into its sentences, in order, trimmed of white space.

    They do not overlap, and every character that is not white space is in exactly one. A blank line
    always ends a sentence; a single line break does unless the lines are one paragraph wrapped to a
    width. A closing quotation mark or bracket behind a stop belongs to the sentence it closes.
    """
    sentences = []
    for start, end in _blocks(text):
        for close in [*sentence_ends(text, start, end), end]:
            if span := _trimmed(text, start, close):
                sentences.append(span)
            start = close
    return sentences


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches of `text` whose ends are ends of sentences by their layout."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    starts, ends = [first], []
    for gap in _GAP.finditer(text, first, last):
        lines = _lines_ended(gap[0])
        if lines:
            ends.append(gap.start())
            if lines > 1:
                yield from _joined(text, starts, ends)
                starts, ends = [], []
            starts.append(gap.end())
    yield from _joined(text, starts, [*ends, last])


def _lines_ended(gap: str) -> int:
    return 2 if "\u2029" in gap else len(f"|{gap}|".splitlines()) - 1


def _joined(text: str, starts: list[int], ends: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the lines of one paragraph, those joined that only its width parted."""
    wrapped = _is_wrapped(text, starts, ends)
    start = starts[0]
    for end, following in zip(ends, starts[1:], strict=False):
        if _starts_anew(text, following, wrapped):
            yield start, end
            start = following
    yield start, ends[-1]


def _is_wrapped(text: str, starts: list[int], ends: list[int]) -> bool:
    """Whether lines were broken to fit a width: the next line's first word would not have fitted."""
    widths = [end - start for start, end in zip(starts, ends, strict=True)]
    if len(starts) < 2 or not _NARROWEST <= max(widths) <= _WIDEST:
        return False
    going_on = sum(bool(_CONTINUES.match(text, start)) for start in starts[1:])
    if 2 * going_on >= len(starts) - 1:
        return True
    firsts = [len(text[start : start + 30].split(maxsplit=1)[0]) for start in starts[1:]]
    full = [width + 1 + first > max(widths) for width, first in zip(widths, firsts, strict=False)]
    return len(starts) > 2 and all(full)


def _starts_anew(text: str, start: int, wrapped: bool) -> bool:
    if _BULLET.match(text, start):
        return not (wrapped and _CONTINUES.match(text, start + 2))
    return not wrapped and not _CONTINUES.match(text, start)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    left = start + len(part) - len(part.lstrip())
    right = start + len(part.rstrip())
    return Span(left, right) if left < right else None
