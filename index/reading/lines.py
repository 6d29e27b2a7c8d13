"""A text as numbered lines, and what a line looks like: prose or not."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.reading.phrases import word_set

BULLETS = "•·-–—*►▪◦‣>"
"""Characters that open an item of a list; equal items under several headings are no copies."""

MIN_PROSE = 60
"""Fewest characters of a line that counts as running text: headlines with a full stop are shorter."""

LONG = 200
"""Characters from which a line is running text however it ends: no headline is longer."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_INNER_STOP = re.compile(r"[a-z0-9)”\"’][.!?][\"'”’)]* [\"'“‘(]?[A-Z]")
_STOPWORDS = word_set(
    "a an the of to in on at for from by with as is are was were be been has have had will would can could "
    "and or "
    "but not that this it its he she they his her their who which after over about into"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WRAP_WIDTHS = range(50, 101)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number in the text, from 1, and its characters, stripped."""

    number: int
    text: str


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank; lines broken to a fixed width are joined again."""
    raw = [line.strip() for line in text.split("\n")]
    goes_on = _wrap_test(raw)
    paragraphs: list[tuple[int, list[str]]] = []
    before = ""
    for number, line in enumerate(raw, start=1):
        if line and before and goes_on(before, line):
            paragraphs[-1][1].append(line)
        elif line:
            paragraphs.append((number, [line]))
        before = line
    return [Line(number, " ".join(parts)) for number, parts in paragraphs]


def is_prose(text: str) -> bool:
    """Whether a line is running text: long and ending like a sentence, or longer than any headline."""
    return len(text) >= LONG or (len(text) >= MIN_PROSE and ends_sentence(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a full stop, question or exclamation mark, quotes and brackets aside."""
    return bool(_SENTENCE_END.search(text))


def has_inner_stop(text: str) -> bool:
    """Whether a line holds more than one sentence (roughly: a stop, a space, a capital)."""
    return bool(_INNER_STOP.search(text))


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.lower())


def function_words(text: str) -> int:
    """How many words of a line are articles, prepositions, auxiliaries: menus have hardly any."""
    return sum(word in _STOPWORDS for word in text.split())


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same, case and punctuation aside."""
    return words_of(one) == words_of(other)


def prose_length(lines: Iterable[Line]) -> int:
    """Characters of the lines that are running text."""
    return sum(len(line.text) for line in lines if is_prose(line.text))


def _wrap_test(raw: Sequence[str]) -> Callable[[str, str], bool]:
    """A test whether a line goes on in the next one, for a text broken to a fixed width.

    In such a text a line ends because the next word no longer fitted, mostly amid a sentence. It is
    taken as broken only if that holds for most line ends within blocks; the lines of a list, or of a
    page with a paragraph a line, end for other reasons.
    """
    lengths = sorted(len(line) for line in raw if line)
    width = lengths[int(len(lengths) * 0.95) - 1] if lengths else 0

    def full(before: str, line: str) -> bool:
        return len(before) + 1 + len(line.split()[0]) > width

    pairs = [(before, line) for before, line in pairwise(raw) if before and line]
    amid = sum(full(*pair) and not ends_sentence(pair[0]) for pair in pairs)
    wrapped = width in _WRAP_WIDTHS and amid * 2 > len(pairs)
    return lambda before, line: wrapped and full(before, line)
