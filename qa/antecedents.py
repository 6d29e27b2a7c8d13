"""What a pronoun stands for: the likeliest of what earlier questions, answers and quotations mention.

A mention that stands near the question's own words in an article in view gains. No model is asked.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index.words import content_forms, form_set
from qa.mentions import Gender, Kind, Mention, are_people, head_of
from qa.phrases import bare, names, tokens
from qa.pronouns import Refers, pronouns
from qa.spoken_of import Found, events, pairs, spoken_of
from qa.turn import Turn
from qa.verbs import done_by_people, event_of

SUPPORT = 0.6  # gained where the article says the question's words of it
THINGS_DO_NOT_SPEAK = 0.3
UNTOLD_GENDER = 0.8
UNTOLD_BESIDE_TOLD = 0.5  # where the asker has called somebody else so
NAMED_BY_THAT = 0.6


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun may stand for, and how likely (larger is likelier, no probability)."""

    text: str
    score: float
    mention: Mention


def antecedent(
    refers: Refers, rest: str, turns: Sequence[Turn], context: str, known: frozenset[str] = frozenset()
) -> Antecedent | None:
    """The likeliest antecedent of a pronoun in a question whose other words are `rest`; None if none fits.

    `context` is the text of the articles in view, `known` the words that it writes with a capital.
    """
    asked = form_set(rest)
    genders = _genders_told(turns)
    spoken = [
        _with_gender(item, genders)
        for item in spoken_of(turns, context, known)
        if not _POINTS.match(item.mention.text) and not _is_named(item.mention, asked)
    ]
    found = [item for item in spoken if _fits(item.mention, refers)]
    if not found and refers in (Refers.HE, Refers.SHE) and not _OTHERS[refers].search(rest):
        # What pronoun articles use of somebody is guessed: anybody named is better than nobody.
        found = [
            replace(item, mention=replace(item.mention, gender=Gender.UNTOLD))
            for item in spoken
            if item.mention.kind is Kind.PERSON and item.mention.is_name
        ]
    if refers is Refers.THEY:
        found += pairs(turns, context, known)
    if refers in (Refers.IT, Refers.THAT):
        happened = list(events(turns, context, known))
        # "What did she do after that?" is after what happened.
        if refers is Refers.THAT and _SINCE.search(rest):
            found = [item for item in found if event_of(head_of(item.mention.text))]
        found += happened
    people = any(done_by_people(word[0]) for word in tokens(rest)[:6])
    called = {gender.value for gender in genders.values()}
    best: dict[str, Antecedent] = {}
    for item in found:
        weight = _weight(item.mention, refers, told=refers.value in called)
        if people and refers is Refers.THEY and item.mention.kind is Kind.THING:
            weight *= THINGS_DO_NOT_SPEAK
        score = item.score * weight * (1 + SUPPORT * supported(item.mention.text, rest, context))
        key = _key(item.mention)
        # The fuller of two forms of a name is shown, the better of two scores counts.
        if key not in best or score > best[key].score:
            best[key] = Antecedent(item.mention.text, score, item.mention)
    return max(best.values(), key=lambda one: one.score, default=None)


def _genders_told(turns: Sequence[Turn]) -> dict[str, Gender]:
    """Who was called "he" or "she" in the conversation already, by the last word of the name.

    What articles call somebody is guessed; what the asker called somebody, and went on with, is known.
    """
    told: dict[str, Gender] = {}
    for turn in turns:
        called = {Gender(p.refers) for p in pronouns(turn.question) if p.refers in (Refers.HE, Refers.SHE)}
        typed = form_set(turn.question)
        new = [name.text for name in names(turn.read) if form_set(name.text).isdisjoint(typed)]
        put_in = {bare(tokens(name)[-1][0]).lower() for name in new}
        if len(called) == len(put_in) == 1:
            told |= dict.fromkeys(put_in, called.pop())
    return told


def _with_gender(item: Found, genders: Mapping[str, Gender]) -> Found:
    gender = genders.get(_key(item.mention)) if item.mention.kind is Kind.PERSON else None
    return replace(item, mention=replace(item.mention, gender=gender)) if gender else item


def _is_named(mention: Mention, asked: frozenset[str]) -> bool:
    """Whether the question names what is mentioned itself: in "what did Nicks call her?" she is not Nicks."""
    forms = form_set(mention.text)
    return bool(forms) and forms <= asked


# In "what did she accuse him of?" the two are two.
_OTHERS = {
    Refers.HE: re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE),
    Refers.SHE: re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE),
}
_SINCE = re.compile(r"\b(?:after|before|since|until)\s*\W*$", re.IGNORECASE)
_POINTS = re.compile(
    r"(?:its|their|his|her|our|my|your|this|that|these|those|some|any|each|every)\b", re.IGNORECASE
)


def _key(mention: Mention) -> str:
    """What forms of one name share: its last word."""
    lowered = mention.text.lower()
    if not mention.is_name or " and " in lowered:
        return lowered
    return bare(tokens(lowered)[-1][0])


def _fits(mention: Mention, refers: Refers) -> bool:
    match refers:
        case Refers.HE:
            return (
                mention.kind is Kind.PERSON
                and mention.gender is not Gender.SHE
                and " and " not in mention.text
            )
        case Refers.SHE:
            return (
                mention.kind is Kind.PERSON
                and mention.gender is not Gender.HE
                and " and " not in mention.text
            )
        case Refers.THEY:
            return (
                mention.plural
                or mention.kind is Kind.GROUP
                or (mention.kind is Kind.PLACE and mention.is_name)
            )
        case Refers.IT:
            return (
                mention.kind in (Kind.THING, Kind.GROUP, Kind.PLACE)
                and not are_people(mention.text)
                and (not mention.plural or mention.kind is Kind.GROUP)
                and not (mention.plural and " and " in mention.text)
            )
        case Refers.THAT:
            return mention.kind in (Kind.THING, Kind.TIME)
        case Refers.THERE:
            return mention.kind is Kind.PLACE
        case Refers.THEN:
            return False


def _weight(mention: Mention, refers: Refers, *, told: bool) -> float:
    """How well a mention that fits fits: "it" is rather a thing than a country, "they" rather many.

    `told` if the asker has called somebody by this pronoun before.
    """
    if refers is Refers.THEY:
        return (
            1.0
            if mention.plural and (mention.kind is not Kind.GROUP or are_people(mention.text))
            else 0.8
            if mention.kind is Kind.GROUP
            else 0.5
        )
    if refers is Refers.IT and mention.kind is Kind.PLACE:
        return 0.45
    if refers in (Refers.HE, Refers.SHE):
        untold = UNTOLD_BESIDE_TOLD if told else UNTOLD_GENDER
        certain = 1.0 if mention.gender is not Gender.UNTOLD else untold
        return certain * (1.0 if mention.is_name else 0.8)
    if refers is Refers.THAT and mention.is_name:
        return NAMED_BY_THAT
    return 1.0


def supported(text: str, rest: str, context: str) -> float:
    """How much of the question's rarer words stands with `text` in a sentence of `context`, in [0, 1]."""
    asked = frozenset(content_forms(rest))
    named = frozenset(content_forms(text))
    if not asked or not named:
        return 0.0
    best = 0.0
    before: frozenset[str] = frozenset()
    for sentence in _sentences(context):
        forms = form_set(sentence)
        shared = len(asked & forms) / len(asked)
        if shared > best and named & (forms | before):
            here = len(named & forms) / len(named)
            best = max(best, shared * max(here, 0.5 * len(named & before) / len(named)))
        before = forms
    return best


@lru_cache(maxsize=16)
def _sentences(context: str) -> tuple[str, ...]:
    return tuple(re.split(r"(?<=[.!?”\"])\s+|\n+", context))
