"""When two names mean one person, whatever the titles: "Gen. Mark Milley", "General Milley", "Milley"."""

import re
import unicodedata
from functools import lru_cache

from index.spelling import one_spelling, plain_letters
from index.word_tables import ABBREVIATIONS
from qa.given_names import SHORT_FORMS

MOST_CHARACTERS = 200
"""No more of a text is read."""

_TITLE_WORDS = """
    acting admiral ambassador archbishop assistant attorney bishop captain chair chairman chairwoman
    chancellor chief coach colonel commissioner congressman congresswoman dame defence defense deputy
    detective director dr foreign former general governor interim judge justice king lady leader lieutenant
    lord major mayor minister miss mr mrs ms mx officer police pope premier president prime prince princess
    private professor queen rabbi representative rev reverend secretary senator sergeant sheriff sir speaker
    vice
"""
TITLES = frozenset(_TITLE_WORDS.split())
"""Words before a name that are no part of it, in lower case and without a full stop."""

_BETWEEN = frozenset({"us", "the", "of", "and", "for", "then", "current", "under", "state", "health"})
_WORD = re.compile(r"[^\W\d_](?:\.(?:[^\W\d_]\.)*|[^\W\d_]*(?:['’-][^\W\d_]+)*)\.?")
_NICKNAME = re.compile(r"[\"“‘'(]([^\W\d_]+)[\"”’')]")
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv"})


def same_person(one: str, other: str) -> bool:
    """True if both may be one person: the family names are one, and no given names speak against it.

    >>> same_person("Gen. Mark Milley", "Milley"), same_person("Joe Biden", "Jill Biden")
    (True, False)
    """
    first, second = name_parts(one), name_parts(other)
    if not first or not second or one_spelling(first[-1]) != one_spelling(second[-1]):
        return False
    mine, yours = _given(one, first), _given(other, second)
    return not mine or not yours or any(_same_given(a, b) for a in mine for b in yours)


@lru_cache(maxsize=4_096)
def name_parts(text: str) -> tuple[str, ...]:
    """The words of the name that a text begins with, in lower case, titles and nicknames aside; () for none.

    What follows a comma is no part of it. Accents are left out: "Gálvez" is "Galvez".
    """
    head = _NICKNAME.sub(" ", unicodedata.normalize("NFC", text[:MOST_CHARACTERS]).partition(",")[0])
    words = [match[0] for match in _WORD.finditer(head)]
    while words and (_plain(words[0]) in TITLES | _BETWEEN or not words[0][0].isupper()):
        words.pop(0)
    # "Maui Police Chief John Pelletier": whose chief he is comes before the title.
    titled = max((at for at, word in enumerate(words[:-1]) if _plain(word) in TITLES), default=-1)
    words = words[titled + 1 :]
    parts: list[str] = []
    for word in words:
        if not word[0].isupper() and _plain(word) not in _PARTICLES:
            break
        if _plain(word) not in _SUFFIX:
            parts.append(_plain(word))
    return tuple(parts)


def _given(text: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    nicknames = tuple(match[1].lower() for match in _NICKNAME.finditer(text[:MOST_CHARACTERS]))
    return (*parts[:1], *nicknames) if len(parts) > 1 else ()


def _same_given(one: str, other: str) -> bool:
    if one == other or SHORT_FORMS.get(one, one) == SHORT_FORMS.get(other, other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _plain(word: str) -> str:
    plain = plain_letters(word.lower()).replace(".", "").removesuffix("'s").removesuffix("’s")
    return ABBREVIATIONS.get(plain, plain)


_PARTICLES = frozenset(
    {"de", "del", "der", "den", "di", "da", "la", "le", "van", "von", "bin", "ben", "al", "el"}
)
