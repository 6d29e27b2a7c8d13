"""People named in a text: found by titles, given names and what is known of a family name earlier in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.article import Span
from qa.given_names import FEMALE, MALE

REACH = 20_000
"""Characters of a text before a name in which its fuller form is looked for."""


class Gender(StrEnum):
    """Which pronoun a name calls for, as far as it tells."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Person:
    """A name of a person in a text: its characters without a title, the family name, and what it tells."""

    span: Span
    family: str
    gender: Gender | None

    def may_be(self, gender: Gender) -> bool:
        """False if the name tells that the other pronoun is right."""
        return self.gender in (gender, None)


def people(text: str, within: Span) -> list[Person]:
    """The people named within a stretch of a text, in order, each mention once.

    A single capitalised word is a person if a title stands before it, or if the text has named somebody of
    that family name in full before.
    """
    found: list[Person] = []
    known = _known(text[max(0, within.start - REACH) : within.start])
    for match in _NAME.finditer(text, within.start, within.end):
        words = match["name"].split()
        span = Span(match.start("name"), match.end("name"))
        family = _family(words)
        title = _TITLE_GENDER.get((match["title"] or "").split(" ")[-1].strip(". ").lower())
        given = _given_gender(words)
        if match["title"] or given or (len(words) == 1 and family in known):
            gender = title or given or (known.get(family) if len(words) == 1 else None)
            found.append(Person(span, family, gender))
            known.setdefault(family, gender)
    return found


def full_name(text: str, person: Person) -> Span:
    """The fullest mention of a person up to this one: the longest name with the same family name.

    The mention itself if there is none longer, or if the family has two members in the text.
    """
    low = max(0, person.span.start - REACH)
    same = [
        match
        for match in _NAME.finditer(text, low, person.span.end)
        if _family(match["name"].split()) == person.family and len(match["name"].split()) > 1
    ]
    if len({match["name"].split()[0] for match in same}) != 1:
        return person.span
    return Span(same[0].start("name"), same[0].end("name"))


@lru_cache(maxsize=256)
def _known_items(text: str) -> tuple[tuple[str, Gender | None], ...]:
    return tuple(_named_in_full(text))


def _known(text: str) -> dict[str, Gender | None]:
    return dict(_known_items(text))


def _named_in_full(text: str) -> Iterator[tuple[str, Gender | None]]:
    for match in _NAME.finditer(text):
        words = match["name"].split()
        given = _given_gender(words)
        title = (match["title"] or "").split(" ")[-1].strip(". ").lower()
        if given or (match["title"] and len(words) > 1):
            yield _family(words), _TITLE_GENDER.get(title) or given


def _given_gender(words: list[str]) -> Gender | None:
    """What a given name before a family name tells; None for a family name alone or an unknown one."""
    first = words[0].lower()
    if len(words) < 2 or words[1].lower() in _NO_FAMILY:
        return None
    return Gender.MALE if first in MALE else Gender.FEMALE if first in FEMALE else None


def _family(words: list[str]) -> str:
    kept = [word for word in words if word.strip(".").lower() not in ("jr", "sr", "ii", "iii")]
    return re.sub(r"[’']s$", "", (kept or words)[-1]).lower()


_TITLE_GENDER = {"mr": Gender.MALE, "sir": Gender.MALE, "lord": Gender.MALE, "king": Gender.MALE}
_TITLE_GENDER |= {"prince": Gender.MALE, "pope": Gender.MALE, "congressman": Gender.MALE}
_TITLE_GENDER |= dict.fromkeys(
    ("mrs", "ms", "miss", "queen", "princess", "congresswoman", "lady"), Gender.FEMALE
)
# What follows a given name that is a place or a thing: "St. Paul", "Georgia State", "Victoria Street".
_PLACES = "street avenue road river state university county city island times post school"
_NO_FAMILY = frozenset(_PLACES.split())

_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Miss|President|Vice President|Prime Minister|Minister|Secretary|Gen"
    r"|General|Lt|Col|Colonel|Capt|Captain|Adm|Admiral|Maj|Sgt|Sergeant|Sen|Senator|Rep|Representative|Gov|Governor"
    r"|Mayor|Judge|Justice|Attorney|Chancellor|King|Queen|Prince|Princess|Pope|Bishop|Archbishop|Rabbi|Rev|Chief"
    r"|Director|Chairman|Chairwoman|Speaker|Congressman|Congresswoman|Sheriff|Officer|Detective|Coach"
    r"|Ambassador|Commissioner|Professor|Prof)"
)
_WORD = r"[A-Z][^\W\d_]*(?:[’'-][A-Z]?[^\W\d_]+)*(?<![’']s)"
_PARTICLES = r"(?:(?:van|von|de|der|bin|al)\s){0,2}"
_NAME = re.compile(
    rf"\b(?P<title>(?:{_TITLE}\.?\s)+)?(?P<name>{_WORD}(?:\s(?:[A-Z]\.\s)?{_PARTICLES}{_WORD}){{0,3}})"
)
