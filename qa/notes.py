"""What stands beside a quotation and never in it: who says so, how certain it is, whom a pronoun means.

Every note points at the characters of the article that tell it, so that a reader can check.
"""

from dataclasses import dataclass

from qa.answer import Evidence
from qa.attribution import Attribution, attribution
from qa.certainty import Certainty, Flag, flags
from qa.pronoun_notes import PronounNote, pronoun_notes

_MEANS = {
    Certainty.PLAN: "not done yet when written, or only possible",
    Certainty.DENIAL: "denied or negated",
    Certainty.QUESTION: "asked, not told",
    Certainty.HEARSAY: "hearsay",
}


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes on a quotation; all spans are characters of its article's text."""

    attribution: Attribution | None
    flags: tuple[Flag, ...]
    pronouns: tuple[PronounNote, ...]


def notes_on(piece: Evidence) -> Notes:
    """What can be said beside the quotation of a piece of evidence; never raises, whatever the text."""
    text = piece.article.text
    return Notes(
        attribution=attribution(text, piece.sentence),
        flags=flags(text, piece.sentence, piece.span),
        pronouns=pronoun_notes(text, piece.sentence),
    )


def notes_text(piece: Evidence) -> list[str]:
    """The notes as short lines in English; [] if there are none.

    >>> notes_text(piece)  # doctest: +SKIP
    ['says so: joint statement', 'plan: “is scheduled to” (not done yet when written, or only possible)']
    """
    text, notes = piece.article.text, notes_on(piece)
    lines: list[str] = []
    if notes.attribution is not None and not is_pronoun(notes.attribution.who.of(text)):
        lines.append(_attribution_text(text, notes.attribution))
    lines += [
        f"{flag.certainty}: “{_line(flag.cue.of(text))}” ({_MEANS[flag.certainty]})" for flag in notes.flags
    ]
    lines += [pronoun_text(text, note) for note in notes.pronouns]
    return lines


def is_pronoun(who: str) -> bool:
    """True for a speaker told by a pronoun alone: the quotation shows as much, and a note adds nothing."""
    return who.strip().lower() in ("he", "she", "it", "they", "we", "i", "you", "who")


def _attribution_text(text: str, found: Attribution) -> str:
    where = ", in a sentence beside it" if found.nearby else ""
    return f"says so: {_line(found.who.of(text))}{where}"


def pronoun_text(text: str, note: PronounNote) -> str:
    """A pronoun explained: "he: Mark Milley, named in the sentence before"."""
    where = "in the sentence before" if note.back == 1 else f"{note.back} sentences before"
    return f"{_line(note.pronoun.of(text)).lower()}: {_line(note.full.of(text))}, named {where}"


def _line(words: str) -> str:
    return " ".join(words.split())
