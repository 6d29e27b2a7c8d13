"""Words of questions and sentences, brought to one form so that they can be compared.

A word's form is its lower-cased stem: "met", "meets" and "meeting" share one, and so do "U.S.", "US" and
"United States", "S. Korea" and "South Korea", "Korean" and "Korea", "two" and "2", "2.5 million" and
"2,500,000", "colour" and "color", "Erdoğan" and "Erdogan", "World Health Organisation" and "WHO".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.acronyms import full_names, shorten
from index.numerals import join_numbers
from index.spelling import one_spelling
from index.word_tables import ABBREVIATIONS, DEMONYMS, IRREGULAR, NUMBER_WORDS, STOP_WORDS

# Accents may stand behind their letters as marks of their own, which are no letters to a pattern.
_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,:]\d+)*|[^\W\d_]+\d[^\W_]*|{_LETTERS}(?:['’]{_LETTERS})?|[%$€£¥₩]"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_UNITED_STATES = re.compile(
    r"\b(?i:United States)(?: of America)?\b|\b(?i:U\.\s?S\.(?:\s?A\.)?)|\b(?:USA?|usa)\b|(?<=\b[Tt]he )us\b"
    # In lower case "us" is a pronoun, but not before what only a country has.
    r"|\bus(?= (?:president|government|congress|senate|army|navy|air force|military|troops|forces|soldiers"
    r"|marines|supreme court|dollar|economy|elections?|embassy|ambassador|citizens?"
    r"|officials?|house of|federal|secretary)\b)"
)
_UNITED_KINGDOM = re.compile(r"\b(?i:United Kingdom)\b|\b(?i:U\.\s?K\.)|\b(?:UK|uk)\b")
_COMPASS = re.compile(r"\b([NSEW])\.\s?(?=[A-Z][a-z]{3})")
_DIRECTIONS = {"N": "North ", "S": "South ", "E": "East ", "W": "West "}

_PER_CENT = re.compile(r"\bper cent\b", re.IGNORECASE)
# Written with a hyphen by some and as one word by others, and no word of its own behind it to be found by.
_ONE_WORD = re.compile(r"\b(co|e|re|semi)-(?=[a-z]{3})", re.IGNORECASE)
# From a word's first letter only, and never back into one: a text may be one long word.
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-\u2010\u2011][^\W\d_]++){1,3}")

_DERIVED = (("ations", 5), ("ation", 5), ("ments", 4), ("ment", 4), ("ions", 5), ("ion", 5))
_INFLECTED = (("ies", 2), ("ied", 2), ("ings", 3), ("ing", 3), ("eed", 2), ("ed", 3), ("es", 3), ("s", 3))
_DOUBLED = frozenset("bdgmnprt")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as written, its form, and its characters [start, end) in the spelled-out text."""

    text: str
    form: str
    start: int
    end: int

    @property
    def is_stop(self) -> bool:
        """True for words too common to tell sentences apart ("the", "did", "I"), not for "WHO" and "US"."""
        acronym = len(self.text) > 1 and self.text.isupper()
        return self.text.lower() in STOP_WORDS and not acronym

    @property
    def is_capitalised(self) -> bool:
        """True for "Milley", "EU" and "McCain"."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """True for digits and for number words."""
        return self.form[0].isdigit()


@lru_cache(maxsize=4_096)
def spell_out(text: str) -> str:
    """`text` with what is written in several ways written in one: "S. Korea" becomes "South Korea".

    So do numbers of several words, digits; names with well-known initials, these initials.
    """
    text = _ONE_WORD.sub(r"\1", shorten(join_numbers(_PER_CENT.sub("percent", text))))
    text = _UNITED_STATES.sub("America", text)
    text = _UNITED_KINGDOM.sub("Britain", text)
    return _COMPASS.sub(lambda match: _DIRECTIONS[match[1]], text)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The form of one lower-cased word; words that share a form are taken for the same word."""
    word = one_spelling(word)
    word = ABBREVIATIONS.get(word, word)
    word = DEMONYMS.get(word, word)
    if word in IRREGULAR:
        return _without_final_e(IRREGULAR[word])
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    return _without_final_e(_without_suffix(word))


def _without_suffix(word: str) -> str:
    for suffix, shortest in _DERIVED + _INFLECTED:
        rest = word[: -len(suffix)]
        if word.endswith(suffix) and len(rest) >= shortest and not word.endswith(("ss", "us", "is")):
            return _repair(rest, suffix)
    return word


def _repair(rest: str, suffix: str) -> str:
    if suffix in ("ies", "ied"):
        return rest + "y"
    if suffix == "eed":
        return rest + "ee"
    if suffix in ("ing", "ings", "ed") and rest[-1] == rest[-2] and _doubles_before_suffix(rest):
        return rest[:-1]
    return rest


def _doubles_before_suffix(rest: str) -> bool:
    """True if the last letter was doubled for the suffix: "stopp", "cancell", but not "kill"."""
    return rest[-1] in _DOUBLED or (rest[-1] == "l" and sum(letter in "aeiou" for letter in rest) > 1)


def _without_final_e(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(maxsize=100_000)
def _read(token: str) -> Word:
    """A token as a word that starts at 0: texts repeat their tokens, so each is taken apart once."""
    plain = _POSSESSIVE.sub("", token) or token
    lowered = plain.lower().replace(".", "") if plain[0].isalpha() else plain.replace(",", "")
    return Word(plain, stem(lowered), 0, len(token))


@lru_cache(maxsize=100_000)
def _content_form(token: str) -> str:
    """The form of a token, "" for a stop word."""
    word = _read(token)
    return "" if word.is_stop else word.form


@lru_cache(maxsize=2_000)
def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order, hyphenated words apart; () for a text without any.

    >>> [word.form for word in words("S. Korea's Gen. Won met two U.S. leaders")]
    ['south', 'korea', 'general', 'won', 'meet', '2', 'america', 'leader']
    """
    found = ((_read(match[0]), match.span()) for match in _TOKEN.finditer(spell_out(text)))
    return tuple(Word(word.text, word.form, start, end) for word, (start, end) in found)


@lru_cache(maxsize=20_000)
def content_forms(text: str) -> tuple[str, ...]:
    """Forms of the words of `text` that are not stop words, in order, with repetitions."""
    return tuple(filter(None, map(_content_form, _TOKEN.findall(spell_out(text)))))


@lru_cache(maxsize=20_000)
def form_set(text: str) -> frozenset[str]:
    """Every form in `text`, stop words included, and those it may be asked by besides."""
    return frozenset(_read(token).form for token in _TOKEN.findall(spell_out(text))).union(
        compound_forms(text), name_forms(text)
    )


def compound_forms(text: str) -> tuple[str, ...]:
    """Forms of the words with hyphens written as one: "inchoul" for "In-Choul"."""
    return tuple(stem(re.sub(r"[-\u2010\u2011]", "", word).lower()) for word in _COMPOUND.findall(text))


def name_forms(text: str) -> tuple[str, ...]:
    """Forms of the words of names that stand among a text's forms by their initials."""
    return tuple(_read(word).form for name in full_names(text) for word in _TOKEN.findall(name))
