"""Titles as they are shown: without the name of the site that records keep behind them ("... | CNN")."""

import re

from index.reading.lines import words_of
from index.reading.outlets import is_known
from index.reading.phrases import word_set

UNTITLED = "Untitled"
_LAST = re.compile(r"^(?P<head>.*\S)\s+(?P<mark>[|–—-])\s+(?P<name>[^|]{1,40})$", re.DOTALL)
_EDITIONS = word_set(
    "uk us usa international world business politics news opinion online travel style entertainment health "
    "tech sport sports com co"
)


def headline(title: str, source: str) -> str:
    """The title without its last part, if that names the outlet, an edition of it, or is its name cut short.

    Behind a bar any outlet that is known counts, behind a dash this one alone. The title itself, which is
    what the article was read with, stays as it is in the archive.

    >>> headline("Twitter sues Elon Musk | CNN Business", "CNN"), headline("Musk - the man", "CNN")
    ('Twitter sues Elon Musk', 'Musk - the man')
    """
    match = _LAST.match(title)
    if not match or len(match["head"].split()) < 2:
        return title
    name, bar = match["name"].strip(), match["mark"] == "|"
    if _names(name, source, cut_short=bar) or (bar and is_known(name)):
        return match["head"].rstrip()
    return title


def _names(name: str, source: str, *, cut_short: bool) -> bool:
    own = _key(source)
    if not own:
        return False
    if cut_short and name.endswith(("...", "…")):
        begun = " ".join(words_of(name))
        whole = " ".join(words_of(source))
        return bool(begun) and (
            whole.startswith(begun) or f"the {own}".startswith(begun) or _key(name) == own
        )
    return _key(name) == own or _glued(name, own)


def _key(name: str) -> str:
    """The words of an outlet's name that tell it from others."""
    words = [word for word in words_of(name) if word not in ("the", "com")]
    while len(words) > 1 and words[-1] in _EDITIONS:
        words.pop()
    return " ".join(words)


def _glued(name: str, own: str) -> bool:
    """Whether the name is the outlet's with an edition behind it and no space: "CNNPolitics"."""
    joined, outlet = "".join(words_of(name)), own.replace(" ", "")
    return joined.startswith(outlet) and joined.removeprefix(outlet).removesuffix("com") in _EDITIONS
