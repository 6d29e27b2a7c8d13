"""Cut a sentence that is too long for one passage where it hurts least."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from math import ceil

from index.article import Span

_CLAUSE = re.compile(r"[,;:…)\]}”\"、，；：]\s*|\s[—–-]+(?=\s)|[—–]")
_SPACE = re.compile(r"\s+")
_JOINER = "\u200d"


def cut_span(text: str, span: Span, *, budget: int, count: Callable[[str], int]) -> Iterator[Span]:
    """Yield parts of `span`, in order and trimmed, of about equal size and at most `budget` by `count`.

    They hold every character of it that is not white space. Cuts are behind a clause if one ends in the
    later half of a part, else at white space, else between two characters. Only a single character may
    exceed the budget.
    """
    total = count(span.of(text))
    aim = min(budget, ceil(1.1 * total / ceil(total / budget))) if total else budget
    start = span.start
    while start < span.end:
        furthest = _furthest(text, start, span.end, aim, count)
        cut = furthest if furthest == span.end else _best_cut(text, start, furthest)
        part = text[start:cut].rstrip()
        if part:
            yield Span(start, start + len(part))
        start = _skip_space(text, cut, span.end)


def shorten(text: str, *, budget: int, count: Callable[[str], int]) -> str:
    """Return the beginning of `text` that is at most `budget` by `count`, cut as a sentence is."""
    stripped = text.strip()
    if count(stripped) <= budget:
        return stripped
    return next(cut_span(stripped, Span(0, len(stripped)), budget=budget, count=count)).of(stripped)


def _furthest(text: str, start: int, end: int, aim: int, count: Callable[[str], int]) -> int:
    """Return about the furthest place up to which `text` from `start` fits, a character on at least."""
    fits, reach = start + 1, 4 * aim
    while start + reach < end and count(text[start : start + reach]) <= aim:
        fits, reach = start + reach, 2 * reach
    too_far = min(start + reach, end)
    if too_far == end and count(text[start:end]) <= aim:
        return end
    # Within a sixteenth is near enough: the cut moves back to a word's end anyway.
    while too_far - fits > 1 + (fits - start) // 16:
        middle = (fits + too_far) // 2
        if count(text[start:middle]) <= aim:
            fits = middle
        else:
            too_far = middle
    return fits


def _best_cut(text: str, start: int, furthest: int) -> int:
    middle = (start + furthest) // 2
    for boundary in (_CLAUSE, _SPACE):
        cuts = [match.end() for match in boundary.finditer(text, middle, furthest)]
        if cuts:
            return cuts[-1]
    spaces = [match.start() for match in _SPACE.finditer(text, start + 1, middle)]
    return spaces[-1] if spaces else _between_characters(text, start, furthest)


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _between_characters(text: str, start: int, furthest: int) -> int:
    """Return the last place at which no accent or joined emoji is torn from what it belongs to."""
    for cut in range(furthest, max(start, furthest - 16), -1):
        tears = unicodedata.category(text[cut])[0] == "M" or _JOINER in (text[cut], text[cut - 1])
        if not tears:
            return cut
    return furthest
