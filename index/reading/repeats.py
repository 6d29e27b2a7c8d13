"""Paragraphs that say again what others say: summaries above a body, pull quotes, plain copies."""

from collections import Counter
from collections.abc import Sequence

from index.reading.lines import BULLETS, words_of

RUN = 5
"""Words of a run. Five common words in a row are rarely the same by chance."""

SHARED = 0.85
"""Share of a paragraph's runs that must stand elsewhere: a summary made of two sentences loses four runs."""

MAX_TEXT = 1_000_000
"""Characters up to which a text is searched for copies; what is longer is a book, not a page."""


def copies(paragraphs: Sequence[str]) -> list[int]:
    """The indices of paragraphs that are contained in the others, in their words, whatever the order.

    The shortest go first, so that a summary goes and the paragraphs it was made of stay; of equal ones
    the first stays. List items stay, and so does a near copy with another figure: it is news.
    """
    if sum(map(len, paragraphs)) > MAX_TEXT:
        return []
    runs = [set() if text[:1] in BULLETS else _runs(text) for text in paragraphs]
    counts = Counter(run for own in runs for run in own)
    found = []
    for i in sorted(range(len(paragraphs)), key=lambda i: (len(runs[i]), -i)):
        alone = [run for run in runs[i] if counts[run] == 1]
        new_figure = any(word.isdigit() for run in alone for word in run)
        if runs[i] and not new_figure and len(alone) <= (1 - SHARED) * len(runs[i]):
            found.append(i)
            counts.subtract(runs[i])
    return sorted(found)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return set(zip(*(words[k:] for k in range(RUN)), strict=False))
