"""The lines of a paged file: where each stands, and which of them belong to the page, not to the text."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MARGIN = 0.12
"""The part of a page's height, at its top and at its bottom, in which running heads and feet stand."""

_MOST = 3  # lines of a head or foot
_SAME_PLACE = 0.015
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)?\s*[-–—|[(]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:of|/|\|)\s*\d{1,4})?\s*[-–—|\])]?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page: where it begins and ends, how far its top is from the page's top, its height.

    `page` counts from 1; `number` counts the lines of the whole file from 1. Places are in points.
    """

    page: int
    number: int
    text: str
    left: float
    right: float
    top: float
    height: float

    @property
    def bottom(self) -> float:
        """How far its lower edge is from the page's top."""
        return self.top + self.height


def margin_marks(lines: Sequence[PlacedLine], heights: Sequence[float]) -> dict[int, str]:
    """Page numbers, and lines that come again at one place in the margins of pages: rule by line number.

    What differs in its digits alone is the same line ("Annual report 2024 - 17"). A title is kept where
    it stands first, since it stands lower and larger there than above the pages that repeat it.
    """
    marks: dict[int, str] = {}
    margins = _margins(lines, heights)
    pages_of: Mapping[tuple[str, int], set[int]] = defaultdict(set)
    for margin in margins:
        for line in margin.lines:
            pages_of[_key(line, heights)].add(line.page)
    for margin in margins:
        of_page = [
            is_page_number(line.text) or _comes_again(_key(line, heights), pages_of) for line in margin.lines
        ]
        count = min(_MOST, next((at for at, true in enumerate(of_page) if not true), len(of_page)))
        within = [*margin.lines, *margin.text]
        while count and count < len(within) and not _set_apart(within[count - 1], within[count]):
            count -= 1  # a line of the text that happens to stand on two pages at one height
        for line in margin.lines[:count]:
            marks[line.number] = "page number" if is_page_number(line.text) else "running head"
    return marks


def is_page_number(text: str) -> bool:
    """Whether a line says which page it is and nothing else: "3", "- iv -", "Page 3 of 10"."""
    return any(map(str.isalnum, text)) and bool(_PAGE_NUMBER.fullmatch(text.strip()))


@dataclass(frozen=True, slots=True)
class _Margin:
    """The lines of a page's upper or lower margin from the edge inwards, and the text's line next to them."""

    lines: Sequence[PlacedLine]
    text: Sequence[PlacedLine]


def _margins(lines: Sequence[PlacedLine], heights: Sequence[float]) -> list[_Margin]:
    by_page: Mapping[int, list[PlacedLine]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    found = []
    for page, on_page in by_page.items():
        height = heights[page - 1]
        down = sorted(on_page, key=lambda line: line.top)
        upper = sum(line.bottom < MARGIN * height for line in down)
        lower = sum(line.top > (1 - MARGIN) * height for line in down)
        up = down[::-1]
        found += [_Margin(down[:upper], down[upper : upper + 1]), _Margin(up[:lower], up[lower : lower + 1])]
    return found


def _comes_again(key: tuple[str, int], pages_of: Mapping[tuple[str, int], set[int]]) -> bool:
    words, place = key
    near = set().union(*(pages_of.get((words, place + shift), ()) for shift in (-1, 0, 1)))
    return bool(words) and len(near) > 1


def _set_apart(outer: PlacedLine, inner: PlacedLine) -> bool:
    """Whether a margin's line is divided from the text by its size or by a space."""
    small, large = sorted((outer.height, inner.height))
    space = max(outer.top, inner.top) - min(outer.bottom, inner.bottom)
    return large > 1.12 * small or space > 0.6 * small


def _key(line: PlacedLine, heights: Sequence[float]) -> tuple[str, int]:
    """What is the same of a running head on each page: its words, and its height above or below."""
    words = " ".join(_DIGITS.sub("", line.text).casefold().split())
    return words, round(line.top / max(1.0, heights[line.page - 1]) / _SAME_PLACE)
