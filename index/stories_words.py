"""Which event an article reports, told by its words: rare ones count, most of all those of title and lead.

How rare a word is comes from the ranks of the shipped token encoding, not from the archive: the likeness
of two articles then never changes by adding a third, so stories do not depend on the order of adding.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.tokens import load_encoding
from index.word_tables import STOP_WORDS
from index.words import spell_out, stem

# How often a word counts for standing in the title, in the lead, and after it. Chosen with MOST_TIMES on 132
# pairs of AllSides articles of like days, told apart by hand.
TITLE_TIMES, LEAD_TIMES, BODY_TIMES = 3.0, 1.0, 0.5
LEAD_CHARACTERS = 1_200
READ_CHARACTERS = 6_000  # beyond it stands background, which is the same in last week's article

# A name in every sentence tells little more than one in six.
MOST_TIMES = 6.0

# Words kept of an article, those that weigh most: 1 kB in the archive.
KEPT = 128

# Tokens are ranked by how early they were merged, which falls off as frequency does (Zipf). A word of this
# rank weighs nothing; a word that is no token of its own weighs as one behind the last.
COMMONEST, UNRANKED = 200, 20_000

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")

Words = NDArray[np.uint32]
Weights = NDArray[np.float32]
Cosines = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Profile:
    """The words that tell an article's event: hashes, ascending, and weights of unit length, both (n,)."""

    words: Words
    weights: Weights

    def to_bytes(self) -> bytes:
        """Both arrays, little-endian, one after the other."""
        return self.words.astype("<u4").tobytes() + self.weights.astype("<f4").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Profile":
        """What `to_bytes` made."""
        half = len(stored) // 2
        return cls(np.frombuffer(stored[:half], "<u4"), np.frombuffer(stored[half:], "<f4"))


def profile_of(title: str, text: str) -> Profile:
    """The profile of an article; one without words is like no other."""
    counts: Counter[str] = Counter()
    for part, times in (
        (title, TITLE_TIMES),
        (text[:LEAD_CHARACTERS], LEAD_TIMES),
        (text[LEAD_CHARACTERS:READ_CHARACTERS], BODY_TIMES),
    ):
        for form in _forms(part):
            counts[form] += times  # type: ignore[assignment]  # halves are counts here
    rarity = _rarities()
    unranked = math.log(UNRANKED / COMMONEST)
    weighed = {form: min(count, MOST_TIMES) * rarity.get(form, unranked) for form, count in counts.items()}
    kept = sorted(weighed, key=lambda form: (-weighed[form], form))[:KEPT]
    # Two forms of one hash are one word: once in some four billion.
    by_hash = sorted({crc32(form.encode()): weighed[form] for form in kept}.items())
    words = np.array([word for word, _ in by_hash], np.uint32)
    weights = np.array([weight for _, weight in by_hash], np.float64)
    length = float(np.sqrt((weights**2).sum()))
    return Profile(words, (weights / length if length else weights).astype(np.float32))


class ProfileTable:
    """Many profiles, by word, so that one can be compared with all of them at once."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._count = len(profiles)
        rows = np.repeat(np.arange(len(profiles)), [len(profile.words) for profile in profiles])
        words = np.concatenate([np.empty(0, np.uint32), *(profile.words for profile in profiles)])
        weights = np.concatenate([np.empty(0, np.float32), *(profile.weights for profile in profiles)])
        order = np.argsort(words, kind="stable")
        self._words, self._rows, self._weights = words[order], rows[order], weights[order].astype(np.float64)

    def cosines(self, profile: Profile) -> Cosines:
        """Cosine of a profile to each of the table's, (n,), in [0, 1].

        To the bit the same whichever of two profiles is in the table and whatever else is.
        """
        first = np.searchsorted(self._words, profile.words, "left")
        counts = np.searchsorted(self._words, profile.words, "right") - first
        starts = np.repeat(first - np.cumsum(counts) + counts, counts)
        places = starts + np.arange(len(starts))
        products = self._weights[places] * np.repeat(profile.weights.astype(np.float64), counts)
        found: Cosines = np.bincount(self._rows[places], products, minlength=self._count).astype(np.float64)
        return found


def _forms(text: str) -> Iterator[str]:
    for token in _WORD.findall(spell_out(text)):
        lowered = token.lower()
        if len(lowered) > 1 and lowered not in STOP_WORDS:
            yield stem(lowered)


@cache
def _rarities() -> dict[str, float]:
    """How much each form that is a token weighs, by its most frequent spelling."""
    encoding = load_encoding()
    found: dict[str, float] = {}
    for token in encoding.token_byte_values():
        word = token.decode("utf-8", "replace")
        if word.startswith(" "):
            weight = math.log(encoding.encode_single_token(token) / COMMONEST)
            for form in _forms(word):
                found[form] = min(weight, found.get(form, weight))
    return found
