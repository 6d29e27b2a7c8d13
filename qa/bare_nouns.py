"""Questions that are a noun alone: "the judge's name?", "name of that base?", "and the day of the trial?"."""

import re
from collections.abc import Sequence

from qa.clauses import DO, parse
from qa.mentions import Kind, Mention, head_of, phrase_mention
from qa.phrases import DETERMINERS, PREPOSITIONS, Phrase, bare, noun_phrases, tokens
from qa.verbs import AUXILIARIES

# What is asked of a person or a thing: after "and" too these ask anew, where "and the mayor?" asks the same.
_ASKED_OF = frozenset(
    """
    name names nickname age date day reason reasons cause job role title rank salary cost price amount total
    address number result results outcome vote verdict sentence reaction response reply answer comment
    argument arguments defence defense explanation excuse objection charge charges motive size length
    height weight distance population winner host owner author source sources location
    """.split()
)
_SEVERAL = frozenset(word for word in _ASKED_OF if word.endswith("s"))
_GOES_ON = re.compile(
    r"^\W*(?:(?:but|so|ok(?:ay)?|well)[\s,]+)*(?:and|or|also|(?:what|how)\s+about|same)\b", re.IGNORECASE
)
_POLITE = re.compile(r"[\s,]+(?:please|pls|thanks|thank you)$", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:other|another|same|else)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\w(?:['’]s|s['’])\s")


def asked_for(typed: str, what: str, read: str, context: str) -> str | None:
    """The question that a noun alone asks, None if it is to take the place of one in the question before.

    `typed` is the message, `what` the noun of it, `read` the question before.

    >>> asked_for("the judge's name?", "the judge's name", "When is the hearing?", "")
    "what is the judge's name?"
    >>> asked_for("and the judge?", "the judge", "How old is the lawyer?", "") is None
    True
    """
    noun = _POLITE.sub("", what.strip())
    words = [word[0].lower() for word in tokens(noun)]
    if (
        not words
        or words[0] in PREPOSITIONS
        or AUXILIARIES.intersection(words)
        or _OTHER.search(noun)
        or "," in noun
    ):
        return None
    mention = phrase_mention(Phrase(noun, 0, len(noun), False), context)
    head = _head(noun)
    if mention.is_name and not _POSSESSIVE.search(noun) and " of " not in noun and head not in _ASKED_OF:
        return None
    if not _asks_anew(typed, noun, words, head, mention) or head in _heads(read):
        return None
    word = "who" if mention.kind is Kind.PERSON and head not in _ASKED_OF else "what"
    determined = words[0] in DETERMINERS or _POSSESSIVE.search(noun) or noun[:1].isupper()
    verb = "are" if mention.plural or head in _SEVERAL else "is"
    return f"{word} {verb} {noun if determined else f'the {noun}'}?"


def _asks_anew(typed: str, noun: str, words: Sequence[str], head: str, mention: Mention) -> bool:
    """Whether a noun asks a question of its own: it tells of whom it is, or it is asked without "and"."""
    if head in _ASKED_OF:
        return True
    if mention.kind is Kind.TIME or _GOES_ON.match(typed):
        return False
    return bool(_POSSESSIVE.search(noun)) or " of " in noun or words[0] == "the"


def _head(noun: str) -> str:
    """The head of a phrase: "name" of "the judge's name" and of "name of that base"."""
    return bare(head_of(noun)).lower()


def _heads(read: str) -> frozenset[str]:
    """The nouns of a question, which another of the kind takes the place of."""
    clause = parse(read)
    asked = [clause.noun] if clause and clause.noun and clause.auxiliary not in DO else []
    return frozenset(
        _head(text) for text in [*asked, *(phrase.text for phrase in noun_phrases(read))] if text
    )
