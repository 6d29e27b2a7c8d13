"""Pronouns of a question that stand for something said earlier, and the question with them replaced."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.words import stem
from qa.phrases import DETERMINERS, PREPOSITIONS, QUESTION_WORDS, noun_phrases, tokens
from qa.verbs import AUXILIARIES, known_base


class Refers(StrEnum):
    """What kind of thing a pronoun may stand for."""

    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"
    THAT = "that"
    THERE = "there"
    THEN = "then"


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun at characters [start, end); `possessive` if it stands before what is had: "his job"."""

    text: str
    start: int
    end: int
    refers: Refers
    possessive: bool = False


_FORMS = {
    "he": Refers.HE, "him": Refers.HE, "his": Refers.HE, "himself": Refers.HE,
    "she": Refers.SHE, "her": Refers.SHE, "hers": Refers.SHE, "herself": Refers.SHE,
    "they": Refers.THEY, "them": Refers.THEY, "their": Refers.THEY, "theirs": Refers.THEY,
    "it": Refers.IT, "its": Refers.IT, "that": Refers.THAT, "this": Refers.THAT,
    "these": Refers.THEY, "those": Refers.THEY, "there": Refers.THERE, "then": Refers.THEN,
}  # fmt: skip
_POSSESSIVES = frozenset({"his", "her", "its", "their", "theirs", "hers"})
# Pronouns that refer to nothing: "how long does it take to ...", "is there a ...", "it is true that".
_EMPTY_IT = re.compile(
    r"\bit\s+(?:takes?|took|taken|rains?|snows?|seems?|appears?)\b|\b(?:does|did|will|would)\s+it\s+take\b"
    r"|\b(?:is|was)\s+it\s+(?!(?:expected|going|due|scheduled|supposed|set|meant|about)\b)(?:\w+\s+)?"
    r"(?:that|to|raining|snowing|true|possible|likely|legal|safe|worth(?=\s+\w+ing))\b"
    r"|\bwhat\s+time\s+is\s+it\b|\bmake\s+it\s+(?:to|in)\b",
    re.IGNORECASE,
)
_EMPTY_THERE = re.compile(
    r"\b(?:is|are|was|were|be|been|will|would|has|have|can|could|may|might|should)\s+there\b"
    r"|\bthere\s+(?:is|are|was|were|be|been|will|would|has|have|had|any|a|an|no)\b(?!\s+(?:now|today))",
    re.IGNORECASE,
)
_NEVER_HEADS = frozenset(
    ["week", "month", "year", "morning", "afternoon", "evening", "night", "weekend", "summer", "spring",
     "winter", "autumn", "century", "decade"]
)  # fmt: skip
# What stands between a name and a pronoun that may stand for it.
_BETWEEN_PERSONS = re.compile(
    r"\b(?:when|that|if|after|before|because|about|of|for|and|while|say|said|with|his|her)\b|,", re.IGNORECASE
)
_BETWEEN_THINGS = re.compile(
    r"\b(?:when|that|if|after|before|because|while|say|said|once|since|and)\b|,", re.IGNORECASE
)
# Who does something in a clause does it to another: in "what did Netblocks say about it", "her" or "them"
# are not Netblocks. A new clause must begin in between.
_NEW_CLAUSE = re.compile(r"\b(?:when|that|if|after|before|because|while|once|since|and)\b|,", re.IGNORECASE)
_OBJECTS = frozenset({"him", "her", "them"})


def pronouns(question: str) -> list[Pronoun]:
    """The pronouns that point out of the question, in order; those it explains itself are left out."""
    words = tokens(question)
    found = []
    for place, token in enumerate(words):
        refers = _FORMS.get(token[0].lower())
        if refers is None or (token[0].isupper() and len(token[0]) > 1 and not question.isupper()):
            continue
        after = words[place + 1] if place + 1 < len(words) else None
        if _is_empty(question, token) or _is_determiner_or_link(words, place):
            continue
        pronoun = Pronoun(token[0], token.start(), token.end(), refers, _is_possessive(token[0], after))
        if not _explained(question, pronoun):
            found.append(pronoun)
    return found


def _is_empty(question: str, token: re.Match[str]) -> bool:
    lowered = token[0].lower()
    patterns = {"it": _EMPTY_IT, "there": _EMPTY_THERE}
    if lowered not in patterns:
        return False
    return any(m.start() <= token.start() < m.end() for m in patterns[lowered].finditer(question))


def _is_determiner_or_link(words: list[re.Match[str]], place: int) -> bool:
    """Whether "that" and "these" belong to a noun or link a clause, and "then" is a mere filler."""
    lowered = words[place][0].lower()
    before = words[place - 1][0].lower() if place else ""
    after = words[place + 1][0].lower() if place + 1 < len(words) else ""
    if lowered == "then":
        return before not in ("since", "until", "till", "by", "from", "before", "back") and bool(
            after or place == 0
        )
    if lowered not in ("that", "this", "these", "those"):
        return False
    if not after:
        return False
    if after in AUXILIARIES or after in PREPOSITIONS:
        # "what is that about", but "the man that was shot", "said that is".
        return (
            lowered == "that"
            and place > 1
            and before not in AUXILIARIES | PREPOSITIONS | QUESTION_WORDS | {"and"}
        )
    verbs = known_base(after)
    return not (
        before in ("did", "does", "do", "will", "would", "could", "can", "has", "have", "is", "was") and verbs
    )


def _is_possessive(word: str, after: re.Match[str] | None) -> bool:
    lowered = word.lower()
    if lowered not in _POSSESSIVES:
        return False
    if lowered != "her":
        return True
    if after is None:
        return False
    following = after[0].lower()
    return (
        following not in PREPOSITIONS | AUXILIARIES | DETERMINERS | QUESTION_WORDS
        and not following.endswith("ly")
    )


def _explained(question: str, pronoun: Pronoun) -> bool:
    """Whether the question itself names what the pronoun may stand for, before it."""
    before = question[: pronoun.start]
    phrases = noun_phrases(before)
    if not phrases:
        return False
    between = before[phrases[-1].end :]
    if _is_object(before, pronoun) and not _NEW_CLAUSE.search(between):
        return False
    if pronoun.refers in (Refers.HE, Refers.SHE):
        return any(phrase.is_name for phrase in phrases) and bool(_BETWEEN_PERSONS.search(between))
    if pronoun.refers in (Refers.IT, Refers.THEY):
        owns = pronoun.possessive and not before.strip().lower().endswith("of")
        return owns or bool(_BETWEEN_THINGS.search(between))
    return False


def _is_object(before: str, pronoun: Pronoun) -> bool:
    """Whether a pronoun is what is acted upon or spoken of: "him", "about it"."""
    if pronoun.possessive:
        return False
    words = tokens(before)
    return pronoun.text.lower() in _OBJECTS or bool(words and words[-1][0].lower() in PREPOSITIONS)


def replaced(question: str, pronoun: Pronoun, text: str) -> str:
    """The question with the pronoun replaced: "his job" becomes "Lloyd Austin's job"."""
    put = text
    if pronoun.possessive:
        put = f"{text}'" if text.endswith("s") and len(text) > 4 and text.islower() else f"{text}'s"
    elif pronoun.refers is Refers.THERE:
        put = text if re.match(r"(?:in|at|on|near|from)\b", text, re.IGNORECASE) else f"in {text}"
        if re.search(r"\b(?:from|in|to|over|out)\s*$", question[: pronoun.start], re.IGNORECASE):
            put = text
    return f"{question[: pronoun.start]}{put}{question[pronoun.end :]}"


def pointing_phrase(question: str) -> tuple[int, int, str] | None:
    """The place and head of a phrase such as "that war" or "the meeting", None if there is none.

    "this week" points at a time, not at something said.
    """
    alone = {pronoun.start for pronoun in pronouns(question)}
    for phrase in noun_phrases(question):
        words = [word[0] for word in tokens(phrase.text)]
        if phrase.start in alone or words[0].lower() not in _POINTERS or phrase.is_name or len(words) < 2:
            continue
        head = words[-1].lower()
        told = any(word[0].isupper() for word in words[1:]) or " of " in phrase.text
        if head not in _NEVER_HEADS and not told and not _RESTRICTED.match(question[phrase.end :]):
            return phrase.start, phrase.end, stem(head)
    return None


_POINTERS = frozenset(["that", "this", "these", "those", "the", "such"])
_RESTRICTED = re.compile(r"\s+(?:that|who|which|whose|whom|where|of|called|named)\b", re.IGNORECASE)
