"""Abbreviations that a text introduces itself: "operational control (OPCON)".

By the method of Schwartz and Hearst (2003), A simple algorithm for identifying abbreviation definitions in
biomedical text: the letters of the short form are looked for in the words before the bracket, from the
last to the first, and the first must begin a word.
"""

import re
from collections.abc import Iterator

_BRACKET = re.compile(r"\(\s{0,3}[\"“']?([A-Z][A-Za-z0-9&.-]{1,9})[\"”']?\s{0,3}[),;]")
_APART = re.compile(r"[().;:\n]")  # what a long form does not reach across
MOST_BEFORE = 160  # characters before a bracket that are looked at


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Short and long forms that a text defines, as written, in its order.

    >>> list(definitions("Wartime operational control (OPCON) of troops"))
    [('OPCON', 'operational control')]
    """
    for match in _BRACKET.finditer(text):
        short = match[1].rstrip(".-")
        # Brackets are few: looking back from them, each character is read once or twice.
        before = _APART.split(text[max(0, match.start() - MOST_BEFORE) : match.start()])[-1]
        if sum(letter.isupper() for letter in short) >= 2 and (long := _long_form(short, before)):
            yield short, long


def _long_form(short: str, before: str) -> str:
    """The words at the end of `before` that the short form abbreviates, "" if none do."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    words = before.split()[-min(len(letters) + 5, 2 * len(letters)) :]
    text = " ".join(words)
    at = len(text)
    for place in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (
            text[at].lower() != letters[place] or (place == 0 and at > 0 and text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
    long = text[at:].strip(" \"“”'")
    return long if len(long) > len(short) and len(long.split()) > 1 else ""
