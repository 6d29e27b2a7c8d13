"""Lines of pages joined to paragraphs, words that were divided at a line's end made whole."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from index.reading.lines import BULLETS, ends_sentence
from index.reading.paged import PlacedLine
from index.reading.phrases import word_set

_SAME_SIZE = 1.12
"""Lines whose heights differ by more are a heading and text, or text and a note."""

_WIDE_GAP = 1.45
"""A distance this many times the usual one sets paragraphs apart."""

_INDENT = 0.7
"""Of a line's height: a line that begins farther in than the one before opens a paragraph."""

_WIDE = 0.45
"""A line that goes on fills at least this share of the way to the page's right edge, columns counted."""

_LEADERS = re.compile(r"(?:\. ?){4}|\.{4}|…{2}")
"""The dots of a table of contents."""

_ITEM = re.compile(rf"[{re.escape(BULLETS)}●○■□▶]\s|\(?\d{{1,2}}[.)]\s|\(?[a-z]\)\s")
_DIVIDED = re.compile(r"(?P<head>[^\W\d_]+)[-\u00ad\u2010]$")
_HYPHENATED = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)+")
_WORD = re.compile(r"[^\W_]+")
# First halves that keep their hyphen when nothing in the text tells.
_PREFIXES = word_set(
    "all anti co counter cross ex far half high ill long low mid multi neo non off one over post pre "
    "pro quasi self semi short single so sub two three four five six seven eight nine ten twenty thirty "
    "forty fifty sixty seventy eighty ninety under vice well"
)


@dataclass(slots=True)
class Paragraph:
    """Lines that make one paragraph: its text, the page each part begins on, and its lines' height.

    `starts` are pairs of page and character at which the paragraph's part on that page begins.
    """

    number: int
    height: float
    text: str
    starts: list[tuple[int, int]] = field(default_factory=list)


def paragraphs(lines: Sequence[PlacedLine]) -> list[Paragraph]:
    """The paragraphs of lines in the order given."""
    goes_on, join = _paragraph_test(lines), _joiner(line.text for line in lines)
    found: list[Paragraph] = []
    before: PlacedLine | None = None
    first = True  # whether `before` is the first line of its paragraph
    for line in lines:
        if before is not None and goes_on(before, line, first):
            paragraph, first = found[-1], False
            head = join(paragraph.text, line.text)
            if line.page != before.page:
                paragraph.starts.append((line.page, len(head)))
            paragraph.text = head + line.text
        else:
            found.append(Paragraph(line.number, line.height, line.text, [(line.page, 0)]))
            first = True
        before = line
    return found


def body_height(lines: Sequence[PlacedLine]) -> float:
    """The height of the lines that most of the text is set in; 0 without lines."""
    weights: defaultdict[float, int] = defaultdict(int)
    for line in lines:
        weights[round(line.height, 1)] += len(line.text)
    return max(weights, key=lambda height: weights[height], default=0.0)


def same_height(one: PlacedLine, other: PlacedLine) -> bool:
    """Whether two lines are set in the same size."""
    small, large = sorted((one.height, other.height))
    return large <= _SAME_SIZE * small


def _paragraph_test(lines: Sequence[PlacedLine]) -> Callable[[PlacedLine, PlacedLine, bool], bool]:
    """A test whether a line goes on in the next one; it is told whether the line opens its paragraph."""
    follows = _follower(lines)
    edges, columns = _block_edges(lines, follows), _column_edges(lines)

    def full(before: PlacedLine, line: PlacedLine) -> bool:
        """Whether the next line's first word would not have fitted on the line before."""
        letter = (before.right - before.left) / max(1, len(before.text))
        return before.right + letter * (len(line.text.split()[0]) + 1) > edges[before.number]

    def goes_on(before: PlacedLine, line: PlacedLine, first: bool) -> bool:
        if not same_height(before, line) or _ITEM.match(line.text) or _LEADERS.search(before.text):
            return False
        if line.text[0].isalpha() and _DIVIDED.search(before.text):
            return True
        small = line.text[0].islower()
        wide = before.right - before.left >= _WIDE * (columns[before.number] - before.left)
        runs_on = wide and small and not ends_sentence(before.text)
        if not follows(before, line):
            return runs_on or (_jumps(before, line) and wide and not ends_sentence(before.text))
        hanging = first and bool(_ITEM.match(before.text))
        indented = line.left > before.left + _INDENT * line.height and not hanging
        return runs_on or (wide and full(before, line) and not indented)

    return goes_on


def _jumps(before: PlacedLine, line: PlacedLine) -> bool:
    """Whether the next line stands on another page or at the top of another column."""
    return line.page != before.page or line.top < before.top - before.height


def _follower(lines: Sequence[PlacedLine]) -> Callable[[PlacedLine, PlacedLine], bool]:
    """A test whether a line stands directly below another, at the distance that is usual in its size."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    for before, line in pairwise(lines):
        step = line.top - before.top
        if (
            line.page == before.page
            and same_height(before, line)
            and 0.5 * line.height < step < 3 * line.height
        ):
            found[round(line.height)].append(step)
    usual = {height: min(median(steps), 2.2 * max(height, 1)) for height, steps in found.items()}

    def follows(before: PlacedLine, line: PlacedLine) -> bool:
        step = usual.get(round(before.height), 1.3 * before.height)
        near = line.top - before.top <= _WIDE_GAP * step
        return near and not _jumps(before, line) and same_height(before, line)

    return follows


def _block_edges(
    lines: Sequence[PlacedLine], follows: Callable[[PlacedLine, PlacedLine], bool]
) -> dict[int, float]:
    """How far to the right the block of lines reaches that each line, by its number, stands in."""
    blocks: list[list[PlacedLine]] = []
    for line in lines:
        if blocks and follows(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return {line.number: max(other.right for other in block) for block in blocks for line in block}


def _column_edges(lines: Sequence[PlacedLine]) -> dict[int, float]:
    """How far to the right the column reaches that each line, by its number, begins in.

    A column's lines are of one size and begin near each other; what has no such company is measured by
    the page.
    """
    by_page: defaultdict[int, list[PlacedLine]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    edges = {}
    for page in by_page.values():
        groups: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        for line in page:
            groups[_start(line)].append(line.right)
        widest = max(line.right for line in page)
        for line in page:
            at, height = _start(line)
            near = [right for shift in (-1, 0, 1) for right in groups.get((at + shift, height), ())]
            edges[line.number] = max(near) if len(near) > 2 else widest
    return edges


def _start(line: PlacedLine) -> tuple[int, int]:
    return round(line.left / (2 * max(1.0, line.height))), round(line.height)


def _joiner(texts: Iterable[str]) -> Callable[[str, str], str]:
    """What stands before a line that goes on: with a space, or without the hyphen that divided a word."""
    whole: set[str] = set()
    hyphenated: set[str] = set()
    for text in texts:
        lowered = text.casefold()
        whole.update(_WORD.findall(lowered))
        hyphenated.update(word.replace("\u2010", "-") for word in _HYPHENATED.findall(lowered))

    def join(head: str, line: str) -> str:
        divided = _DIVIDED.search(head)
        if not divided:
            # A number or a dash is not divided, but nothing stands between "2021-" and "22" either.
            return head if re.search(r"\w[-\u2010]$", head) and line[0].isalnum() else f"{head} "
        first = divided["head"].casefold()
        second = _WORD.match(line)
        rest = second[0].casefold() if second else ""
        if head.endswith("\u00ad"):
            return head[:-1]
        if f"{first}-{rest}" in hyphenated or not line[0].islower():
            return head
        if first + rest in whole:
            return head[:-1]
        return head if first in _PREFIXES else head[:-1]

    return join
