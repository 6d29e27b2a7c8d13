"""Whom a pronoun of a quotation means, where the words around leave one answer; else nothing is said.

A note stands beside the quotation and never in it. "He" is explained by the one man, or the one person whose
name does not tell, that the nearest sentence before names; where it names two, or the quotation itself
names somebody before the pronoun, there is no note. After Hobbs 1978, simplified to one sentence at a time.
"""

import re
from dataclasses import dataclass

from index.article import Span
from qa.neighbours import sentences_before
from qa.people import Gender, Person, full_name, people

FARTHEST = 3
"""Sentences before the quotation that are looked at: farther ones are about somebody else too often."""


@dataclass(frozen=True, slots=True)
class PronounNote:
    """A pronoun of a quotation and the name it stands for, both in characters of the article.

    `full` is the fullest earlier mention of the same person, often the name itself; `back` counts the
    sentences from the pronoun's to the name's.
    """

    pronoun: Span
    name: Span
    full: Span
    back: int


def pronoun_notes(text: str, sentence: Span) -> tuple[PronounNote, ...]:
    """The pronouns of a sentence that can be explained: the first "he" and the first "she", in order."""
    quote = sentence.of(text)
    notes: list[PronounNote] = []
    for pattern, gender in ((_HE, Gender.MALE), (_SHE, Gender.FEMALE)):
        match = pattern.search(quote)
        if match is None or _quoted(quote, match.start()) or _named(text, sentence, match, gender):
            continue
        found = _antecedent(text, sentence, gender)
        if found is not None:
            person, back = found
            pronoun = Span(sentence.start + match.start(), sentence.start + match.end())
            notes.append(PronounNote(pronoun, person.span, full_name(text, person), back))
    return tuple(sorted(notes, key=lambda note: note.pronoun.start))


def _antecedent(text: str, sentence: Span, gender: Gender) -> tuple[Person, int] | None:
    """The one person that the nearest sentence with a fitting name has; None if there are two, or none."""
    for back, before in enumerate(sentences_before(text, sentence, FARTHEST), start=1):
        anybody = people(text, before)
        named = [person for person in anybody if person.may_be(gender)]
        if len({person.family for person in named}) > 1 or (anybody and not named):
            return None  # two it may be, or somebody else has come in between
        if named:
            return named[0], back
        other = _SHE if gender is Gender.MALE else _HE
        if other.search(before.of(text)):
            return None
    return None


def _named(text: str, sentence: Span, pronoun: re.Match[str], gender: Gender) -> bool:
    """True if somebody is named before the pronoun whom it may mean: its reader sees as much as we do.

    Also somebody of whom only the family name stands there, or whose given name is not known to be one.
    """
    before = Span(sentence.start, sentence.start + pronoun.start())
    if any(person.may_be(gender) for person in people(text, before)):
        return True
    return any(_may_be_somebody(match) for match in _FULL_NAME.finditer(before.of(text)))


def _may_be_somebody(name: re.Match[str]) -> bool:
    return not people(name[0], Span(0, len(name[0])))


def _quoted(quote: str, at: int) -> bool:
    """True inside quotation marks, where somebody else may be speaking of somebody else."""
    before = quote[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


# Not "himself": whom it means stands in its own clause (principle A, Chomsky 1981), not in a sentence before.
_HE = re.compile(r"\b(?:[Hh]e|[Hh]im|[Hh]is)\b")
# Two capitalised words or more, no article before them: not "the White House".
_FULL_NAME = re.compile(
    r"(?<!\b[Tt]he\s)\b(?!(?:The|In|On|At|An?|And|But|When|After|As|For|From|With)\b)"
    r"[A-Z][^\W\d_]+(?:\s[A-Z]\.)?\s[A-Z][^\W\d_]+"
)
_SHE = re.compile(r"\b(?:[Ss]he|[Hh]ers?)\b")
