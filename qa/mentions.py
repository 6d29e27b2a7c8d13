"""Who and what a conversation speaks of: its persons, places, groups and things, with number and gender.

Nothing here knows names: what kind a name is, is read from how the articles in view use it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.word_tables import ABBREVIATIONS, DEMONYMS, MONTHS, ROLES, WEEKDAYS
from index.words import stem
from qa.phrases import DETERMINERS, PREPOSITIONS, Phrase, bare, names, noun_phrases, tokens
from qa.place_names import names_one

# Of a long article the beginning says who is who.
MOST_CONTEXT = 20_000


class Kind(StrEnum):
    """What a mention names."""

    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    THING = "thing"
    TIME = "time"


class Gender(StrEnum):
    """The pronoun that an article uses of a person."""

    HE = "he"
    SHE = "she"
    UNTOLD = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that later words may refer to; `plural` if "they" can."""

    text: str
    kind: Kind
    plural: bool = False
    gender: Gender = Gender.UNTOLD
    is_name: bool = False


_GROUP_WORDS = frozenset(
    """
    agency alliance army association authority bank board bureau cabinet club coalition college commission
    committee company congress corp corporation council court department federation firm force forces
    foundation fund government group inc institute jury league ltd ministry movement nations navy network
    organisation organization parliament party police pentagon kremlin school senate service society team
    times tribunal union university white-house house
    """.split()
)
_THING_WORDS = frozenset(
    """
    act agreement award awards bill bowl championship conference crisis cup day deal election festival fire
    games hurricane law meeting olympics open pact prize project series show storm summit treaty war world
    """.split()
)
_PLURAL_WORDS = frozenset(
    """
    people police troops children men women media data officials allies forces staff crew two three
    """.split()
)
_MAN = frozenset(
    """
    he mr sir lord king prince duke father son brother husband man boy actor pope uncle chairman
    """.split()
)
_WOMAN = frozenset(
    """
    she mrs ms miss lady queen princess duchess mother daughter sister wife woman girl actress aunt madam
    chairwoman congresswoman spokeswoman
    """.split()
)
# Roles beside those of the tables; a coach or a suspect is a person, "it" never.
_MORE_ROLES = frozenset(["ceo", "cfo", "chair", "suspect", "gunman", "victim", "survivor", "pilot", "rapper"])
_PERSONAL = (ROLES | _MORE_ROLES) - _GROUP_WORDS - _PLURAL_WORDS
TITLES = ROLES | frozenset(ABBREVIATIONS) | frozenset(
    ["mr", "mrs", "ms", "miss", "sir", "dr", "lord", "lady", "duke", "duchess", "princess", "spokesman",
     "spokeswoman", "chairwoman", "star"]
)  # fmt: skip


def phrase_mention(phrase: Phrase, context: str = "") -> Mention:
    """The mention that a phrase is; `context` is text that may speak of the same."""
    text = phrase.text
    if phrase.is_name:
        kind = name_kind(text, context)
        gender = gender_of(text, context) if kind is Kind.PERSON else Gender.UNTOLD
        return Mention(text, kind, kind is Kind.GROUP or _is_plural(text), gender, True)
    named = names(text)
    if named and _is_apposed(text, named[-1]):
        # "Pitcher Tim Mayza" is who Tim Mayza is.
        kind = name_kind(named[-1].text, context)
        gender = gender_of(text, context) if kind is Kind.PERSON else Gender.UNTOLD
        return Mention(text, kind, kind is Kind.GROUP or _is_plural(text), gender, True)
    return Mention(text, _common_kind(text), _is_plural(text), _word_gender(text), bool(named))


def _is_apposed(text: str, name: Phrase) -> bool:
    """Whether a phrase is common nouns and then a name: "former champion Ann Lee", not "the Bergen"."""
    before = tokens(text[: name.start])
    alone = bool(before) and before[-1][0].islower() and before[-1][0] not in DETERMINERS | PREPOSITIONS
    return alone and name.end == len(text)


def _common_kind(text: str) -> Kind:
    head = head_of(text)
    if any(word[0].lower() in MONTHS | WEEKDAYS for word in tokens(text)):
        return Kind.TIME
    if is_country_or_state(text):
        return Kind.PLACE
    if len(names(text)) > 1 and " and " in text:
        return Kind.GROUP
    if head in _GROUP_WORDS or (head in DEMONYMS and head.endswith("s")):
        return Kind.GROUP
    if head in ROLES | _MORE_ROLES and head not in _GROUP_WORDS | _PLURAL_WORDS and not head.endswith("s"):
        return Kind.PERSON
    if head in ROLES:
        return Kind.GROUP
    if head in _TIME_WORDS or head.removesuffix("s") in _TIME_WORDS:
        return Kind.TIME
    return Kind.THING


_TIME_WORDS = frozenset(
    """
    day week month year decade century morning afternoon evening night today yesterday tomorrow weekend
    """.split()
)


def head_of(text: str) -> str:
    """The noun of a phrase, in lower case: the last word before "of" and the like."""
    words = [bare(word[0]).lower() for word in tokens(text)]
    for place, word in enumerate(words):
        if word in ("of", "in", "for", "at", "on", "to", "with", "from") and place:
            return words[place - 1]
    return words[-1] if words else ""


def _is_plural(text: str) -> bool:
    words = [word[0].lower() for word in tokens(text)]
    if " and " in f" {' '.join(words)} " and (len(words) <= 9 or len(names(text)) > 2):
        return True
    head = head_of(text)
    return head in _PLURAL_WORDS or (
        head.endswith("s") and not head.endswith(("ss", "us", "is", "news", "series")) and len(head) > 3
        and (text[:1].islower() or is_counted(text)) and stem(head) != head
    )  # fmt: skip


_PEOPLE = frozenset(["people", "men", "women", "children", "officials", "troops"])


def are_people(text: str) -> bool:
    """True for a common noun that is "they" and never "it", whatever group it makes."""
    return head_of(text) in _PEOPLE


def is_counted(text: str) -> bool:
    """True for several that are counted in figures: "363,000 cars", not "1 car"."""
    return bool(re.match(r"(?!1\s)\d[\d.,]*\s+[a-z]", text))


def name_kind(name: str, context: str = "") -> Kind:
    """What a name names, from its words and from how `context` uses it."""
    words = [bare(word[0]) for word in tokens(name)]
    lowered = [word.lower() for word in words]
    if not words or lowered[-1] in MONTHS | WEEKDAYS:
        return Kind.TIME
    if lowered[-1] in _MORE_ROLES:
        return Kind.PERSON
    titled = len(words) > 1 and (lowered[0].rstrip(".") in TITLES or lowered[0] in TITLES)
    if lowered[-1] not in _GROUP_WORDS and (titled or _PERSONAL.intersection(lowered[1:-1])):
        return Kind.PERSON
    if {lowered[-1], head_of(name)} & _GROUP_WORDS or (
        len(words) == 1 and words[0].isupper() and len(words[0]) > 1
    ):
        return Kind.GROUP
    if len(words) > 1 and (lowered[-1] in _THING_WORDS or lowered[0] in ("the",)):
        return Kind.THING
    if is_country_or_state(name):
        return Kind.PLACE
    return _kind_in_use(name, len(words), context[:MOST_CONTEXT])


_SHORT_PLACES = [["usa"], ["america"], ["us"], ["uk"], ["britain"], ["european_union"]]


def is_country_or_state(name: str) -> bool:
    """True if the whole name is that of one, not a part: "Georgia", not "Georgia Meloni"."""
    parts = [bare(word[0]) for word in tokens(name) if word[0].lower() != "the"]
    if [stem(part.lower().replace(".", "")) for part in parts] in _SHORT_PLACES:
        return True
    held = [noun for noun in ("country", stem("state")) if names_one(noun, name)]
    shorter = (" ".join(parts[1:]), " ".join(parts[:-1]))
    return any(not any(names_one(noun, part) for part in shorter if part) for noun in held)


def _kind_in_use(name: str, length: int, context: str) -> Kind:
    written = re.escape(name)
    last = re.escape(bare(tokens(name)[-1][0]))
    speaks = r"(?:said|says|told|added|tweeted|wrote|joined|was born)"
    said = _times(rf"\b{last}(?:,? who\b|,? \d\d,| {speaks}\b)|\b(?:said|says|added) {written}\b", context)
    titled = _times(rf"\b(?:{_TITLE_PATTERN})\.? (?:[A-Z][\w.-]+ )?{written}\b", context)
    persons = said + 2 * titled + _pronouns_after(last, context)
    places = _times(rf"\b(?:in|at|from|near|across|outside|around|throughout) {written}\b(?! [A-Z])", context)
    if length == 1:
        persons += _times(rf"(?<![.!?”\"] )\b[A-Z][a-z]+ {written}\b", context)
        things = 2 * _times(rf"\b(?:[Tt]he|[Aa]n?) {written}\b(?! {_LED})", context)
    else:
        things = _times(rf"\b(?:[Tt]he) {written}\b", context)
    if not persons + places + things:
        return Kind.PERSON if 2 <= length <= 3 else Kind.THING
    best = max(persons, places, things)
    if best == persons:
        return Kind.PERSON
    return Kind.PLACE if best == places else Kind.THING


_LED = "(?:administration|government|campaign|family|team|era|doctrine|cabinet|presidency|camp|trial|case)"
_TITLE_PATTERN = "|".join(
    sorted({t.capitalize() for t in TITLES} | (ROLES - {"company", "group", "government", "court"}))
)


def _pronouns_after(last: str, context: str) -> int:
    """How often a sentence goes on with a pronoun for a person after the name."""
    between = r"[^.!?\n]{0,120}[.!?,]?\s{0,2}[^.!?\n]{0,25}"
    return _times(rf"\b{last}\b{between}\b(?:he|she|his|her|him|He|She|His|Her)\b", context)


def _times(pattern: str, context: str) -> int:
    return len(re.findall(pattern, context))


def gender_of(name: str, context: str) -> Gender:
    """Which pronoun `context` uses of a person, by what stands next after the name."""
    told = _word_gender(name)
    if told or not context:
        return told
    last = re.escape(bare(tokens(name)[-1][0])) if tokens(name) else ""
    if not last:
        return Gender.UNTOLD
    # The pronoun that comes next, in the same sentence rather than in the one after it.
    he = she = 0
    for between, pronoun in re.findall(
        rf"\b{last}\b([^\n]{{0,120}}?)\b([Hh]e|[Hh]is|[Hh]im|[Ss]he|[Hh]er)\b", context[:MOST_CONTEXT]
    ):
        counted = 1 if re.search(r"[.!?]", between) else 2
        if pronoun.lower() in ("she", "her"):
            she += counted
        else:
            he += counted
    title = r"\b(Mr|Mrs|Ms|Miss|Sir|King|Queen|Prince|Princess|Lady|Lord)\.?"
    if titled := re.search(rf"{title} (?:[A-Z][\w.-]+ )?{last}\b", context):
        return Gender.HE if titled[1].lower() in _MAN else Gender.SHE
    if he == she:
        return Gender.UNTOLD
    return Gender.HE if he > she else Gender.SHE


def _word_gender(text: str) -> Gender:
    words = {bare(word[0]).lower().rstrip(".") for word in tokens(text)}
    if words & _WOMAN:
        return Gender.SHE
    return Gender.HE if words & _MAN - {"chairman"} else Gender.UNTOLD


def mentions(text: str, context: str = "", known: frozenset[str] = frozenset()) -> list[Mention]:
    """What a text mentions, in order."""
    return [phrase_mention(phrase, context) for phrase in noun_phrases(text, known)]


def capitalised(texts: Sequence[str]) -> frozenset[str]:
    """Words, in lower case, that texts write with a capital and never without, away from sentence starts."""
    capital: set[str] = set()
    small: set[str] = set()
    for text in texts:
        for match in re.finditer(r"(?<=[a-z,;] )[^\W\d_][\w-]*", text[:MOST_CONTEXT]):
            (capital if match[0][0].isupper() else small).add(bare(match[0]).lower())
        small.update(match[0] for match in re.finditer(r"\b[a-z][\w-]*", text[:MOST_CONTEXT]))
    return frozenset(word for word in capital - small if len(word) > 2)
