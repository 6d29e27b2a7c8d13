"""Expressions for whole lines, written as lists of phrases so that they can be read and added to."""

import re


def one_of(*phrases: str) -> str:
    """A group that matches any of the phrases; each is a regular expression."""
    return f"(?:{'|'.join(phrases)})"


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for look-up."""
    return frozenset(words.split())


def line_of(*parts: str) -> re.Pattern[str]:
    """The parts one after another as an expression that ignores case."""
    return re.compile("".join(parts), re.IGNORECASE)
