"""When two quoted spans give the same answer: by their words, whatever their spelling or length."""

from collections.abc import Sequence
from functools import lru_cache

from index.words import content_forms

# "5" and "5 %" share a word and differ; "5 million" does too, whose forms are all digits.
_UNITS = frozenset(["%", "trill"])


def same_words(one: str, other: str) -> bool:
    """True if both spans say the same, or one says it with more words around it.

    "Won" is the same as "General In-Choul Won", "28,500" as "28,500 troops", "Seoul" as "Seoul, South Korea";
    "South Korea" is not, nor is "5" the same as "5 million". A span without content words is the same as
    its equal only.
    """
    if one.casefold() == other.casefold():
        return True
    first, second = content_forms(one), content_forms(other)
    if first == second:
        return bool(first)
    short, long, text = (first, second, other) if len(first) < len(second) else (second, first, one)
    return bool(short) and _says(short, long[: len(_head(text))])


def _says(short: Sequence[str], long: Sequence[str]) -> bool:
    """True if the words of `short` stand side by side in `long`, and no number is cut short."""
    size = len(short)
    for at in range(len(long) - size + 1):
        if tuple(long[at : at + size]) == tuple(short):
            number, after = short[-1][:1].isdigit(), "".join(long[at + size : at + size + 1])
            if not (number and (after in _UNITS or after[:1].isdigit())):
                return True
    return False


@lru_cache(maxsize=4_096)
def _head(text: str) -> tuple[str, ...]:
    """Content forms before the first comma: behind it stands what a thing is, or lies in."""
    return content_forms(text.partition(", ")[0])
