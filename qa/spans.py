"""From a reader's logits to the spans that answer: pure NumPy, no model.

A span's score is the sum of its start and end logit less that of "no answer" (position 0, the null), as in
BERT's SQuAD 2.0 baseline (Devlin et al. 2019, section 4.3): above 0 the reader prefers the span to silence,
and scores of different windows and passages compare.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.article import Span

Floats = NDArray[np.float32]
Offsets = NDArray[np.int32]
"""Characters [start, end) of each token, (tokens, 2)."""

_EDGES = " \t\r\n,;:"
_OPENING, _CLOSING = ('"', "“"), ('"', "”")
# What a text asks itself ("How many?") answers nobody.
_ASKS = re.compile(
    r"(?i)\W*(?:how|what|which|who|whom|whose|when|where|why)(?:\s+(?:many|much|long|old|often))?\W*"
)
_NAME_GOES_ON = re.compile(r" [^\W\d_a-z][^\W_]+(?:-[^\W_]+)*(?![^\W_])")


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Characters [start, end) of a text and the score over the null; larger is better."""

    start: int
    end: int
    score: float


def best_token_spans(
    start: Floats, end: Floats, null: float, *, longest: int, count: int
) -> list[tuple[int, int, float]]:
    """The `count` best spans (first token, last token, score), none overlapping another, best first.

    `start` and `end` are the logits of the context's tokens alone, (tokens,), and `null` the sum of both at
    position 0. A span has at most `longest` tokens. Ties go to the earlier start, then to the shorter span.

    Raises:
        ValueError: `longest` or `count` is below 1, or the two arrays differ in length.
    """
    if longest < 1 or count < 1:
        raise ValueError(f"longest and count must be at least 1, not {longest} and {count}")
    if start.shape != end.shape or start.ndim != 1:
        raise ValueError(f"start and end must be alike and flat, not {start.shape} and {end.shape}")
    first = np.arange(len(start))[:, None]
    last = first + np.arange(min(longest, len(start)))[None, :]
    padded = np.concatenate([end, np.full(longest, -np.inf)])
    scores = start.astype(np.float64)[:, None] + padded[last]
    found: list[tuple[int, int, float]] = []
    while len(found) < count and scores.size:
        row, more = divmod(int(scores.argmax()), scores.shape[1])
        best = float(scores[row, more])
        if best == -np.inf:
            break
        found.append((row, row + more, best - null))
        scores[(first <= row + more) & (last >= row)] = -np.inf
    return found


def decode(
    text: str,
    start: Floats,
    end: Floats,
    null: float,
    offsets: Offsets,
    *,
    longest: int = 24,
    count: int = 5,
) -> list[ScoredSpan]:
    """The best spans as characters of `text`, trimmed to whole words, best first; [] for no tokens."""
    spans = best_token_spans(start, end, null, longest=longest, count=count)
    limit = int(offsets[-1, 1]) if len(offsets) else 0
    found = []
    for first, last, score in spans:
        begin, stop = whole_words(text, int(offsets[first, 0]), int(offsets[last, 1]))
        if _ASKS.fullmatch(text, begin, stop):
            continue
        stop = whole_measure(text, begin, whole_name(text, begin, stop, limit), limit)
        found.append(ScoredSpan(begin, stop, score))
    return without_overlaps(found)


def tokens_within(offsets: Offsets, sentence: Span) -> slice:
    """The tokens that lie whole inside a sentence; an empty slice if none does."""
    first = int(np.searchsorted(offsets[:, 0], sentence.start))
    last = int(np.searchsorted(offsets[:, 1], sentence.end, side="right"))
    return slice(first, max(first, last))


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen [start, end) to the words it cuts, then drop spaces, commas, colons and semicolons at its edges.

    A decimal point or comma between digits belongs to the number. [start, start) if nothing is left.
    """
    while 0 < start < len(text) and _inside_word(text, start):
        start -= 1
    while 0 < end < len(text) and _inside_word(text, end):
        end += 1
    while (settled := without_lone_quote(text, *_without_edges(text, start, end))) != (start, end):
        start, end = settled
    return start, end


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    kept = text[start:end]
    start += len(kept) - len(kept.lstrip(_EDGES))
    return start, start + len(kept.strip(_EDGES))


def without_lone_quote(text: str, start: int, end: int) -> tuple[int, int]:
    """Take a quotation mark off the edge of [start, end) if its partner stands outside.

    Of one inside, the partner is taken in if it stands right beside the span: "operational control" of
    forces, not operational control" of forces.
    """
    kept = text[start:end]
    if kept.startswith(_OPENING) and not any(mark in kept[1:] for mark in _CLOSING):
        return start + 1, end
    if kept.endswith(_CLOSING) and not any(mark in kept[:-1] for mark in _OPENING):
        return start, end - 1
    before, after = text[start - 1 : start], text[end : end + 1]
    if kept.count('"') % 2:
        return start - (before == '"'), end + (after == '"' and before != '"')
    unopened = kept.count("”") - kept.count("“")
    return start - (before == "“" and unopened > 0), end + (after == "”" and unopened < 0)


def whole_name(text: str, start: int, end: int, limit: int) -> int:
    """The end of [start, end) moved to that of the capitalised name it stops in, not beyond `limit`.

    "General In-Choul" goes on to "Won"; a span that ends in a common word, or at a comma, stays.
    """
    last = text[start:end].rsplit(maxsplit=1)[-1:]
    if not last or not last[0][:1].isupper():
        return end
    while (match := _NAME_GOES_ON.match(text, end, limit)) is not None:
        end = match.end()
    return end


def whole_measure(text: str, start: int, end: int, limit: int) -> int:
    """The end of [start, end) moved to that of the measure it stops in, not beyond `limit`.

    "11 hours" goes on to "and 55 minutes", "six feet" to "two inches": to smaller units, in their order.
    """
    found = _ENDS_IN_MEASURE.search(text, start, end)
    while found and (more := _MEASURE_GOES_ON.match(text, end, limit)) and _smaller(more[1], found[1]):
        end, found = more.end(), more
    return end


_LARGEST_FIRST = (
    ["year", "month", "week", "day", "hour", "minute", "second"],
    ["foot", "feet", "inch"],
    ["pound", "ounce"],
)
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MEASURE = rf"{_NUMBER}[\s-]({'|'.join(unit for units in _LARGEST_FIRST for unit in units)})(?:e?s)?"
_ENDS_IN_MEASURE = re.compile(rf"(?i)\b{_MEASURE}\Z")
# "Jailed for a year, six months after": the second is of something else.
_MEASURE_GOES_ON = re.compile(
    rf"(?i)(?:,\s(?!and)|,?\sand\s|\s){_MEASURE}\b(?!\s(?:after|before|later|ago|earlier|into)\b)"
)


def _smaller(unit: str, than: str) -> bool:
    one, other = unit.lower(), than.lower()
    return any(one in units and other in units[: units.index(one)] for units in _LARGEST_FIRST)


def without_overlaps(spans: Iterable[ScoredSpan]) -> list[ScoredSpan]:
    """Spans best first (ties: earlier, then shorter); empty ones and those that overlap a better one go."""
    kept: list[ScoredSpan] = []
    for span in sorted(spans, key=lambda span: (-span.score, span.start, span.end)):
        if span.start < span.end and all(span.end <= k.start or k.end <= span.start for k in kept):
            kept.append(span)
    return kept


def _inside_word(text: str, at: int) -> bool:
    """True if no word ends between the characters before and at `at`."""
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    if after in ".,":
        return before.isdigit() and text[at + 1 : at + 2].isdigit()
    return before in ".," and after.isdigit() and text[max(0, at - 2) : at - 1].isdigit()
