"""Words of a question that are misspelt, read as the word of the archive that was meant.

A word is taken for misspelt only if the archive does not have it, general English does not know it, and
the archive has one that differs by a slip or two of the fingers (Damerau 1964: one letter wrong, missing,
too many, or two changed about). A capitalised word may be a name that is merely unknown: it is read as
another only if one slip away from a name of the archive, and in a full name only if the archive has the
full name so: "Mahsa Amini" is not "Amiri". Numbers and initials are left alone.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.archive import Archive
from index.word_tables import STOP_WORDS
from index.words import stem, words
from qa.models import load_selection
from qa.remembered import Remembered

# Shorter words have too many neighbours: "Iran" is one letter from "Iraq".
SHORTEST, SHORTEST_NAME = 4, 5
# From this length on two slips are still told from another word.
LONG = 8
# Passages in which the word's spelling is looked up.
LOOKED_UP = 8
LOOKED_UP_NAMES = 60
# Near words of the archive that are tried: the form of a misspelt word is often that of a shorter one.
TRIED = 10

_WORD = re.compile(r"(?<![\w.'’-])[^\W\d_]{4,}(?![\w-])")

_mended: Remembered[str | None] = Remembered()
"""A misspelt question takes a tenth of a second, and is read again for the next turn and for a topic."""


def mended(archive: Archive, question: str) -> str | None:
    """The question as it was meant, None if nothing in it is misspelt."""
    return _mended.get(archive, question, lambda: _as_meant(archive, question))


def _as_meant(archive: Archive, question: str) -> str | None:
    rarity = load_selection()

    def known(form: str) -> bool:
        return rarity.word_rarity(form) < rarity.rarity_of_unlisted or form in STOP_WORDS

    shouted = question.upper() == question
    found = list(_WORD.finditer(question))
    meant = [_mended_word(archive, m[0], known, name=m[0][0].isupper() and not shouted) for m in found]
    result, end = "", 0
    for match, word in zip(found, _in_full(archive, question, found, meant, known), strict=True):
        result += question[end : match.start()] + word
        end = match.end()
    result += question[end:]
    return result if result != question else None


def slips(one: str, other: str, most: int) -> int:
    """How many slips turn one word into the other, `most` + 1 if more than `most`.

    The optimal string alignment distance: a pair of letters is changed about at most once.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, last[j - 2] + 1)
            row.append(least)
        if min(row) > most:
            return most + 1
    return row[-1]


def _in_full(
    archive: Archive,
    question: str,
    typed: Sequence[re.Match[str]],
    meant: Sequence[str],
    known: Callable[[str], bool],
) -> list[str]:
    """The words meant, but as typed in a full name that the archive does not have as it would be read.

    A full name is two capitalised words or more; what is a word of general English need not be of the name.
    """
    kept = list(meant)
    for place, (one, other) in enumerate(pairwise(typed)):
        changed = [at for at in (place, place + 1) if meant[at] != typed[at][0]]
        apart = question[one.end() : other.start()] != " " or not (
            one[0][0].isupper() and other[0][0].isupper()
        )
        if apart or not changed or all(known(meant[at].lower()) for at in changed):
            continue
        if not _stand_together(archive, meant[place], meant[place + 1]):
            for at in changed:
                kept[at] = typed[at][0]
    return kept


def _stand_together(archive: Archive, one: str, other: str) -> bool:
    """Whether some passage has both words of a name beside each other, but for an initial between."""
    form = min(stem(one.lower()), stem(other.lower()), key=archive.lexical.document_frequency)
    together = re.compile(rf"\b{re.escape(one)}\s+(?:\w\.\s+)?{re.escape(other)}\b", re.IGNORECASE)
    near = archive.passages(archive.lexical.passages_with(form, LOOKED_UP_NAMES)).values()
    return any(together.search(archive.article(p.article_id).text, p.start, p.end) for p in near)


def _mended_word(archive: Archive, word: str, known: Callable[[str], bool], *, name: bool) -> str:
    """The word of the archive that is meant, the word itself if it is none or cannot be told."""
    form = stem(word.lower())
    shortest = SHORTEST_NAME if name else SHORTEST
    initials = name and word.isupper()
    if len(word) < shortest or initials or known(form) or known(word.lower()):
        return word
    if archive.lexical.document_frequency(form):
        return word
    most = 2 if len(word) >= LONG and not name else 1
    near = [
        (count, -archive.lexical.document_frequency(term), term)
        for term in archive.lexical.terms(form[:1])
        if len(term) >= shortest and term.isalpha() and (count := slips(form, term, most)) <= most
    ]
    for _, _, term in sorted(near)[:TRIED]:
        written = _as_written(archive, term, word.lower(), most, name=name)
        if written:
            return written
    return word


def _as_written(archive: Archive, form: str, typed: str, most: int, *, name: bool) -> str:
    """How the archive writes the word of a form that is at most so many slips away, "" if it has none such.

    For what may be a name only a name will do: a word that is capitalised amid a sentence.
    """
    found: list[tuple[int, str]] = []
    for passage in archive.passages(archive.lexical.passages_with(form, LOOKED_UP)).values():
        text = archive.article(passage.article_id).text[passage.start : passage.end]
        for place, word in enumerate(words(text)):
            fits = not name or (place > 0 and word.is_capitalised)
            if word.form == form and fits:
                found.append((slips(word.text.lower(), typed, most), word.text))
    count, written = min(found, default=(most + 1, ""))
    return written if count <= most else ""
