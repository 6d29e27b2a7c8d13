"""Whether two texts are versions of one: wire copies, updates, the same text at several outlets.

Told by the runs of words they share (shingles: Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900).
"""

import re
from functools import lru_cache

# Words in a shingle: the shortest run that two reports of one event seldom share but for quotations.
RUN = 5

# An update keeps most of the bulletin that it grew from: share of the shorter text that stands in the other.
SHARED = 0.5
# A digest that holds a brief among ten others is no version of it: the same share of the longer text.
SHARED_OF_LONGER = 0.2
# Texts of fewer words than this are versions of each other only if their words are the same.
FEWEST_WORDS = 20

# Longer articles are compared by their beginnings, so that a book costs no more than a report.
READ_WORDS = 3_000

_WORD = re.compile(r"[^\W_]+")


def same_text(one: str, other: str) -> bool:
    """True if one text is a copy or an update of the other; an empty text is a version of none."""
    first, second = sorted((shingles(one), shingles(other)), key=len)
    if not first:
        return False
    if len(first) + RUN - 1 < FEWEST_WORDS:
        return first == second
    shared = len(first & second)
    return shared >= SHARED * len(first) and shared >= SHARED_OF_LONGER * len(second)


@lru_cache(maxsize=1_000)
def shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of RUN words in a text, case and punctuation aside; of fewer words, of all."""
    words = [match[0] for match in _WORD.finditer(text.lower())][:READ_WORDS]
    if not words:
        return frozenset()
    ends = range(min(RUN, len(words)), len(words) + 1)
    # hash() of a str differs between runs; only whether two are equal in this one matters.
    return frozenset(hash(tuple(words[max(0, end - RUN) : end])) for end in ends)
