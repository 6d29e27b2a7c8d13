"""When two quoted spans give the same answer, whatever their spelling or length: by words, numbers, names."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.word_tables import MONTHS, WEEKDAYS
from index.words import content_forms
from qa.person_names import name_parts, same_person
from qa.quantities import quantities, same_quantities

_DAY_NAMES = (MONTHS | WEEKDAYS) - {"may"}

# "5" and "5 %" share a word and differ; "5 million" does too, whose forms are all digits.
_UNITS = frozenset(["%", "trill"])


def same_answer(one: str, other: str) -> bool:
    """True if both spans give the same answer: the same words, number, or person.

    "Gen. Mark Milley" is the same as "General Milley", "twelve" as "12 people", "$2 billion" as "2bn
    dollars". Numbers decide where both spans have them, whatever else they say alike.
    """
    first, second = quantities(one), quantities(other)
    if first and second and not (names_day(one) or names_day(other)):
        return same_quantities(first, second)
    return same_words(one, other) or (_is_name(one) and _is_name(other) and same_person(one, other))


def names_day(text: str) -> bool:
    """True if the text names a month or a weekday: "25 June" is not "25 July"."""
    return not _DAY_NAMES.isdisjoint(content_forms(text)) or _IN_MAY.search(text) is not None


_IN_MAY = re.compile(r"\bMay\s+[0-9]|[0-9]\s+May\b")


def _is_name(text: str) -> bool:
    return bool(name_parts(text)) and not quantities(text)


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
