"""Questions that count on: "how many were hurt?" and "and injured?" after "how many people died in Oslo?"."""

import re

from qa.clauses import Asks, Clause, parse
from qa.phrases import PREPOSITIONS, tokens
from qa.turn import Turn
from qa.verbs import AUXILIARIES, BE, is_past, known_base

_COUNTS_ON = re.compile(
    r"^how\s+many(?P<of>\s+of\s+(?:them|those|these))?\s+(?P<verb>\w+)(?:\s+(?P<rest>.*))?$", re.IGNORECASE
)
# "How many of them in Oslo?" asks the same question of Oslo.
_OF_THEM_IN = re.compile(r"^how\s+many\s+of\s+(?:them|those|these)\s+(?P<what>\w+\s+.+)$", re.IGNORECASE)
# "What share of people are Christian?" counts too.
_SHARE = re.compile(r"(?:share|percentage|proportion|fraction|per ?cent)\b", re.IGNORECASE)
# What is done to people: "how many were killed?" counts them without a noun.
_TO_PEOPLE = frozenset(["kill", "injure", "wound", "hurt", "arrest", "detain", "evacuate", "rescue", "shoot"])


def counted_on(question: str, last: Turn) -> str | None:
    """The question in full that counts more of what the last one counted; None if it does not.

    `question` has no lead and no question mark.

    >>> counted_on("how many were hurt", Turn("", "How many people died in Oslo?"))
    'how many people were hurt in Oslo?'
    """
    clause = parse(last.read)
    if clause is None or not (clause.asks_how_many or _SHARE.match(clause.noun)):
        return None
    match = _COUNTS_ON.match(question)
    if match is None or match["verb"].lower() in PREPOSITIONS or not _is_verb(match["verb"]):
        return None
    rest = f" {match['rest']}" if match["rest"] else ""
    counted = counted_noun(clause)
    if match["of"] and counted:
        return f"how many of the {counted} {match['verb']}{rest}?"
    word = "how many" if clause.asks_how_many else clause.word.lower()
    asked = " ".join(f"{word} {clause.noun} {match['verb']}{rest}".split())
    # "How many were hurt" and "how many fled" mean the same place, "how many fled to Bergen" has its own.
    verb_alone = len(tokens(rest)) == (1 if match["verb"].lower() in AUXILIARIES else 0)
    return f"{asked}{_circumstances(clause) if verb_alone and clause.asks_how_many else ''}?"


def counted_otherwise(what: str, last: Turn) -> str | None:
    """The counting question before with another participle: "and injured?"; None if it has none.

    >>> counted_otherwise("the injured", Turn("", "How many people were killed in Oslo?"))
    'how many people were injured in Oslo?'
    """
    clause = parse(last.read)
    words = [word[0].lower() for word in tokens(what)]
    words = words[1:] if words[:1] == ["the"] else words
    if clause is None or len(words) != 1 or not is_past(words[0]) or clause.auxiliary not in BE:
        return None
    first, _, rest = clause.body.partition(" ")
    if not clause.asks_how_many or not is_past(first):
        return None
    asked = f"how many {clause.noun} {clause.auxiliary} {words[0]} {rest}"
    return f"{' '.join(asked.split())}?"


def counted_noun(clause: Clause) -> str:
    """What a question counts, with what was done to it: "people killed in Oslo"; else its noun alone.

    "" if it does not say what, and that is not plain from what was done.
    """
    first = clause.body.split(maxsplit=1)[0] if clause.body else ""
    noun = clause.noun or ("people" if known_base(first) in _TO_PEOPLE else "")
    done = clause.asks is Asks.SUBJECT and clause.auxiliary in BE and is_past(first)
    return f"{noun} {clause.body}" if noun and done and clause.asks_how_many else noun


def counted_in(question: str, last: Turn) -> str | None:
    """Of what "how many of them in Oslo?" asks the question before: "in Oslo"; None for any other."""
    clause = parse(last.read)
    match = _OF_THEM_IN.match(question) if clause and clause.asks_how_many else None
    told = match["what"] if match else ""
    words = [word[0].lower() for word in tokens(told)]
    verb = any(word in AUXILIARIES for word in words)
    return told if words and words[0] in PREPOSITIONS and not verb else None


def _is_verb(word: str) -> bool:
    return word.lower() in AUXILIARIES or is_past(word)


def _circumstances(clause: Clause) -> str:
    """What follows the verb of a clause from its first preposition on: " in Oslo"; "" if nothing does."""
    for word in tokens(clause.body):
        if word[0].lower() in PREPOSITIONS:
            return f" {clause.body[word.start() :]}"
    return ""
