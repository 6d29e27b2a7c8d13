"""Split an article's sentences into passages: runs of whole sentences within a budget of tokens.

Breaks are chosen for the article as a whole, as TeX chooses line breaks: few passages, filled alike,
ending where paragraphs end. Nothing is lost: a sentence longer than the budget becomes several passages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from index.article import Span
from index.cuts import cut_span

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class PassageSpan(Span):
    """Characters [start, end) of a text, and the sentences [first, last) it has a part in."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class EncoderLimit:
    """What the encoder reads of a passage: at most `most` of its own tokens, counted by `count`.

    `dress` makes the text that is encoded from a passage's, for instance by putting the title in front.
    """

    count: Callable[[Sequence[str]], Sequence[int]]
    most: int
    dress: Callable[[str], str] = str

    def __post_init__(self) -> None:
        (bare,) = self.count([self.dress("")])
        if 2 * bare > self.most:
            raise ValueError(
                f"{bare} of the encoder's {self.most} tokens are not the passage's: shorten them"
            )


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that is too long. `tokens` counts the gap before it too."""

    start: int
    end: int
    sentence: int
    tokens: int
    rests: bool
    """Whether a paragraph comes to rest here: a heading ends a paragraph but leads to the next."""


def split_passages(
    text: str,
    sentences: Sequence[Span],
    *,
    budget: int,
    count: Count,
    overlap: int = 0,
    limit: EncoderLimit | None = None,
) -> list[PassageSpan]:
    """Split `text` into passages of at most `budget` tokens by `count`, in order.

    Every sentence is whole in a passage, or cut over several in a row if it alone exceeds the budget.
    `overlap` sentences are repeated from one passage to the next where they fit. With `limit`, no
    passage is longer than the encoder reads. Only a single character may exceed budget and limit.
    No sentences, no passages.

    Raises:
        ValueError: if `budget` is less than 1 or `overlap` less than 0.

    """
    if budget < 1 or overlap < 0:
        raise ValueError(f"budget is {budget} and overlap {overlap}: at least 1 and 0 are needed")
    return _Packer(text, count, limit).pack(_units(text, sentences, count), budget, overlap)


def passage_cost(fill: float, rests: bool) -> float:
    """Return what a passage costs that fills `fill` of its budget and ends with a paragraph, or not.

    Each costs 1, so few are made; the square makes them alike in size. 0.15 is worth about a third
    of a passage left empty for the sake of a paragraph's end.
    """
    return 1.0 + max(0.0, 1.0 - fill) ** 2 + (0.0 if rests else 0.15)


def _units(text: str, sentences: Sequence[Span], count: Count) -> list[_Unit]:
    units = []
    starts = [sentence.start for sentence in sentences]
    before = [sentence.end for sentence in sentences]
    for number, (start, end, gap) in enumerate(zip(starts, before, [*starts[:1], *before], strict=False)):
        following = starts[number + 1] if number + 1 < len(starts) else len(text)
        rests = "\n" in text[end:following] and not text[end - 1].isalnum()
        units.append(_Unit(start, end, number, count(text[gap:end]), rests))
    return units


@dataclass(frozen=True, slots=True)
class _Packer:
    """What stays the same while one text is split."""

    text: str
    count: Count
    limit: EncoderLimit | None

    def pack(self, units: Sequence[_Unit], budget: int, overlap: int) -> list[PassageSpan]:
        """Split a run of units; a passage that proves too long is split again with a smaller budget."""
        fitting = [part for unit in units for part in self._cut(unit, budget)]
        runs = _best_runs(fitting, budget, overlap)
        passages = [_passage(fitting[lead:last]) for lead, _, last in runs]
        kept = []
        for passage, excess, (lead, first, last) in zip(
            passages, self._excess(passages, budget), runs, strict=True
        ):
            if excess <= 1 or passage.end - passage.start == 1:
                kept.append(passage)
            else:
                again = budget if lead < first else int(0.9 * budget / excess)
                kept += self._repack(fitting[first:last], again)
        return kept

    def _repack(self, units: Sequence[_Unit], budget: int) -> list[PassageSpan]:
        if budget >= 1:
            return self.pack(units, budget, 0)
        # Not even one token of ours fits: a limit that no encoder has, but nothing may be lost.
        places = [(unit, at) for unit in units for at in range(unit.start, unit.end)]
        return [
            PassageSpan(at, at + 1, unit.sentence, unit.sentence + 1)
            for unit, at in places
            if not self.text[at].isspace()
        ]

    def _cut(self, unit: _Unit, budget: int) -> list[_Unit]:
        if unit.tokens <= budget:
            return [unit]
        if self.count(self.text[unit.start : unit.end]) <= budget:
            # Too long with the gap before it, which a passage of its own is without.
            return [replace(unit, tokens=budget)]
        spans = list(cut_span(self.text, Span(unit.start, unit.end), budget=budget, count=self.count))
        rests = [False] * (len(spans) - 1) + [unit.rests]
        return [
            _Unit(span.start, span.end, unit.sentence, self.count(span.of(self.text)), rest)
            for span, rest in zip(spans, rests, strict=True)
        ]

    def _excess(self, passages: Sequence[PassageSpan], budget: int) -> list[float]:
        """Return how many times too long each passage is, by the budget or the encoder; at most 1 fits.

        Units add up to the passage but for rare merges across a gap, so the sum is not trusted.
        """
        texts = [passage.of(self.text) for passage in passages]
        shares = [self.count(text) / budget for text in texts]
        if not self.limit or not texts:
            return shares
        read = self.limit.count([self.limit.dress(text) for text in texts])
        return [max(share, size / self.limit.most) for share, size in zip(shares, read, strict=True)]


def _best_runs(units: Sequence[_Unit], budget: int, overlap: int) -> list[tuple[int, int, int]]:
    """Return the cheapest runs by dynamic programming: (first with overlap, first, behind the last)."""
    total = [0, *accumulate(unit.tokens for unit in units)]
    best = [0.0] + [float("inf")] * len(units)
    origin = [0] * (len(units) + 1)
    for last in range(1, len(units) + 1):
        for first in range(last - 1, -1, -1):
            tokens = total[last] - total[max(0, first - overlap)]
            if tokens > budget and first < last - 1:
                break
            cost = best[first] + passage_cost(tokens / budget, units[last - 1].rests)
            if cost < best[last]:
                best[last], origin[last] = cost, first
    return _traced(total, origin, budget, overlap)


def _traced(total: list[int], origin: list[int], budget: int, overlap: int) -> list[tuple[int, int, int]]:
    runs, last = [], len(origin) - 1
    while last:
        first = lead = origin[last]
        while lead > max(0, first - overlap) and total[last] - total[lead - 1] <= budget:
            lead -= 1
        runs.append((lead, first, last))
        last = first
    return runs[::-1]


def _passage(run: Sequence[_Unit]) -> PassageSpan:
    return PassageSpan(run[0].start, run[-1].end, run[0].sentence, run[-1].sentence + 1)
