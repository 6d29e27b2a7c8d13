"""A text as numbered lines, and what a line looks like: prose or not."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

MIN_PROSE = 60
"""Fewest characters of a line that counts as running text: headlines with a full stop are shorter."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_INNER_STOP = re.compile(r"[a-z0-9)”\"’][.!?][\"'”’)]* [\"'“‘(]?[A-Z]")
_STOPWORDS = frozenset(
    "a an the of to in on at for from by with as is are was were be been has have had will would can could "
    "and or but not that this it its he she they his her their who which after over about into".split()
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
    joins = _wrap_test(raw)
    lines: list[Line] = []
    for number, line in enumerate(raw, start=1):
        if not line:
            continue
        before = raw[number - 2] if number > 1 else ""
        if lines and before and joins(before, line):
            lines[-1] = Line(lines[-1].number, f"{lines[-1].text} {line}")
        else:
            lines.append(Line(number, line))
    return lines


def is_prose(text: str) -> bool:
    """Whether a line is running text: long enough, and ending as a sentence does."""
    return len(text) >= MIN_PROSE and ends_sentence(text)


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

    In such a text a line ends because the next word no longer fitted. It is taken as broken only if
    that holds for most line ends within blocks; lines of a table or list end for other reasons.
    """
    lengths = sorted(len(line) for line in raw if line)
    width = lengths[int(len(lengths) * 0.95) - 1] if lengths else 0
    if width not in _WRAP_WIDTHS:
        return lambda before, line: False

    def full(before: str, line: str) -> bool:
        return len(before) + 1 + len(line.split()[0]) > width

    pairs = [(before, line) for before, line in zip(raw, raw[1:], strict=False) if before and line]
    wrapped = sum(full(before, line) for before, line in pairs)
    return full if wrapped * 4 > len(pairs) * 3 else lambda before, line: False
