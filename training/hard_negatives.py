"""Paragraphs that look as if they answered a question and do not: what a reader learns to refuse from."""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    """a an and are as at be by did do does for from had has have how in is it its of on or that the their
    this to was were what when where which who whom whose why with""".split()  # noqa: SIM905
)


def words(text: str) -> list[str]:
    """Lower-case words of `text`, in order."""
    return _WORD.findall(text.lower())


class NegativeFinder:
    """Finds, for a question, paragraphs that rank high for its words (BM25) and lack its answers.

    Robertson and Zaragoza (2009), The Probabilistic Relevance Framework, with k1 = 1.2 and b = 0.75.
    """

    def __init__(self, texts: Sequence[str], articles: Sequence[str]) -> None:
        self._words = [words(text) for text in texts]
        self._normal = [f" {' '.join(found)} " for found in self._words]
        self._article = list(articles)
        self._same: dict[str, list[int]] = defaultdict(list)
        for row, article in enumerate(articles):
            self._same[article].append(row)
        self._postings = self._index()

    def similar(self, question: str, answers: Sequence[str], *, depth: int) -> list[int]:
        """Up to `depth` rows without any of `answers`, best first; fewer where few share a word."""
        scores = np.zeros(len(self._words), np.float32)
        for word in set(words(question)) - _COMMON:
            rows, weights = self._postings.get(word, (None, None))
            if rows is not None and weights is not None:
                scores[rows] += weights
        best = (
            np.argpartition(scores, -8 * depth)[-8 * depth :]
            if len(scores) > 8 * depth
            else np.arange(len(scores))
        )
        ranked = best[np.argsort(-scores[best], kind="stable")]
        found = (int(row) for row in ranked if scores[row] > 0 and self._lacks(int(row), answers))
        return [row for row, _ in zip(found, range(depth), strict=False)]

    def same_article(self, row: int, answers: Sequence[str]) -> list[int]:
        """Other rows of the article of `row` that lack every answer."""
        same = self._same[self._article[row]]
        return [other for other in same if other != row and self._lacks(other, answers)]

    def _lacks(self, row: int, answers: Sequence[str]) -> bool:
        return not any(f" {' '.join(words(answer))} " in self._normal[row] for answer in answers)

    def _index(self) -> dict[str, tuple[NDArray[np.int64], NDArray[np.float32]]]:
        rows: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[int]] = defaultdict(list)
        for row, found in enumerate(self._words):
            seen: dict[str, int] = defaultdict(int)
            for word in found:
                seen[word] += 1
            for word, count in seen.items():
                rows[word].append(row)
                counts[word].append(count)
        lengths = np.array([len(found) for found in self._words], np.float32)
        norms = 1.2 * (0.25 + 0.75 * lengths / max(1.0, float(lengths.mean())))
        return {word: self._weigh(rows[word], counts[word], norms) for word in rows}

    def _weigh(
        self, rows: list[int], counts: list[int], norms: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        where, count = np.array(rows, np.int64), np.array(counts, np.float32)
        idf = np.log1p((len(self._words) - len(rows) + 0.5) / (len(rows) + 0.5))
        return where, (idf * 2.2 * count / (count + norms[where])).astype(np.float32)
