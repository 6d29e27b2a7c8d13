"""Names and noun phrases of a text, found by capitals, determiners and word lists: no tagger is at hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.word_tables import DEMONYMS, MONTHS, ROLES, STOP_WORDS, WEEKDAYS
from qa.verbs import AUXILIARIES, known_base

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[$€£¥]?\d[\d.,]*(?:-\d+)?%?|\w+(?:[-’'.&]\w+)*(?:['’](?=\s|$))?")
_POSSESSIVE = re.compile(r"['’]s?$")
QUESTION_WORDS = frozenset(["who", "whom", "whose", "what", "which", "when", "where", "why", "how"])
PREPOSITIONS = frozenset(
    """
    about above across after against ahead along alongside amid among around at because before behind below
    beside besides between beyond by despite during except for from in inside into like near of off on onto
    out outside over past per since than through throughout to toward towards under until unlike up upon via
    with within without
    """.split()
)
DETERMINERS = frozenset(
    """
    the a an this that these those its his her their our your my some any each every
    """.split()
)
PRONOUNS = frozenset(
    """
    i you he she it we they me him her us them his hers its our ours your yours their theirs this that these
    those there then himself herself itself themselves someone anyone somebody anybody something anything
    one ones both neither either
    """.split()
)
_PARTICLE = re.compile(r"(?:al|el|ibn|abu|bin|d|l|o)[-’'][A-Z]")
_JOINS_NAME = frozenset(
    """
    of de del della di da la le van von der bin al el and the for &
    """.split()
)
_GIVEN_MONTHS = frozenset(["April", "May", "June", "August"])
"""Months that are names of people too, where names stand on both sides: "Anna May Wong"."""
_NEVER_NAME = (
    STOP_WORDS | QUESTION_WORDS | AUXILIARIES | PRONOUNS | PREPOSITIONS | DETERMINERS
    | frozenset([
        "and", "but", "or", "so", "also", "yes", "no", "not", "please", "if", "ok", "okay", "well",
        "sorry", "actually", "read", "tell", "give", "list", "show", "mr", "mrs", "ms", "i'm", "let's",
        "name", "does", "don't", "didn't", "isn't", "doesn't", "won't", "can't", "wasn't", "aren't",
        "weren't", "he's", "she's", "it's", "what's", "who's", "where's", "when's", "how's", "that's",
        "there's", "they're"
    ])
) - {"may", "us", "will"}  # fmt: skip
# Words that end a noun phrase although they are neither verbs nor prepositions.
_ENDS_PHRASE = frozenset(
    """
    and or but if that who which when where while because so as than then also already still ever just only
    not never really exactly currently now ago later earlier yesterday today tomorrow soon again together
    due able likely unlikely ready aware allegedly reportedly supposedly recently eventually finally
    """.split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a text at its characters [start, end); `is_name` if capitals show it to be a name."""

    text: str
    start: int
    end: int
    is_name: bool


def tokens(text: str) -> list[re.Match[str]]:
    """The words and numbers of a text in order, with hyphens, inner apostrophes and full stops."""
    return list(TOKEN.finditer(text))


def bare(word: str) -> str:
    """A word without the ending of a possessive."""
    return _POSSESSIVE.sub("", word)


def names(text: str, known: frozenset[str] = frozenset()) -> list[Phrase]:
    """Runs of capitalised words, with "of" and the like between them; possessive endings are left off.

    Words of `known` (in lower case) count as capitalised however they are typed; months and days are no
    names here.

    >>> [name.text for name in names("did Lloyd Austin's visit please the Ministry of Defence?")]
    ['Lloyd Austin', 'Ministry of Defence']
    """
    found: list[Phrase] = []
    run: list[re.Match[str]] = []
    words = tokens(text)
    for place, match in enumerate(words):
        if _in_name(text, words, place, known, bool(run)):
            run.append(match)
            if bare(match[0]) == match[0]:
                continue
        if run:
            found.append(_phrase(text, run, known))
            run = []
    if run:
        found.append(_phrase(text, run, known))
    return [phrase for phrase in found if phrase.text]


def _phrase(text: str, run: list[re.Match[str]], known: frozenset[str]) -> Phrase:
    while run and not _is_capital(run[-1][0], known):
        run = run[:-1]
    if len(run) > 2 and run[0][0] in ("Will", "May") and (run[1][0].isupper() or run[1][0].lower() in ROLES):
        run = run[1:]  # "Will CEO Ann Lee stay?"
    start, end = run[0].start(), run[-1].end()
    written = bare(text[start:end])
    return Phrase(written, start, start + len(written), True)


def _in_name(text: str, words: list[re.Match[str]], place: int, known: frozenset[str], running: bool) -> bool:
    match = words[place]
    if running and _breaks(text[words[place - 1].end() : match.start()]):
        return False
    if _is_capital(match[0], known):
        return True
    joins = running and match[0] in (_JOINS_NAME - {"and", "for", "the"}) | _GIVEN_MONTHS
    after = words[place + 1][0] if place + 1 < len(words) else ""
    if not joins or not after or not _is_capital(after, known):
        return False
    return not text[match.end() : words[place + 1].start()].strip()


def _breaks(between: str) -> bool:
    return not re.fullmatch(r"[\s.]{0,3}", between) or "\n" in between


def _is_capital(word: str, known: frozenset[str]) -> bool:
    plain = bare(word)
    lowered = plain.lower()
    if lowered in MONTHS | WEEKDAYS or not plain or not plain[0].isalpha():
        return False
    acronym = (len(plain) > 1 and plain.isupper()) or bool(_PARTICLE.match(plain))
    if lowered in known:
        return True
    return acronym or (plain[0].isupper() and lowered not in _NEVER_NAME)


def noun_phrases(text: str, known: frozenset[str] = frozenset()) -> list[Phrase]:
    """Names, and phrases such as "the transition of operational control" or "American troops", in order.

    A name inside a longer phrase is part of it; pronouns are no phrases.

    >>> [found.text for found in noun_phrases("What has delayed the transition of operational control?")]
    ['the transition of operational control']
    """
    named = names(text, known)
    common = list(_common(text, named))
    alone = [name for name in named if not any(_overlap(name, phrase) for phrase in common)]
    return sorted([*common, *alone], key=lambda phrase: phrase.start)


def _overlap(one: Phrase, other: Phrase) -> bool:
    return one.start < other.end and other.start < one.end


def _common(text: str, named: list[Phrase]) -> Iterator[Phrase]:
    """Phrases of common words: from a determiner, a name or an adjective to the noun, with "of ..."."""
    words = tokens(text)
    place = 0
    while place < len(words):
        end = _phrase_end(text, words, place, named)
        if end > place:
            start, stop = words[place].start(), words[end - 1].end()
            written = bare(text[start:stop])
            yield Phrase(written, start, start + len(written), False)
            place = end
        else:
            place += 1


def _phrase_end(text: str, words: list[re.Match[str]], place: int, named: list[Phrase]) -> int:
    """The place after the last word of a common noun phrase that begins at `place`; `place` if none does."""
    determined = words[place][0].lower() in DETERMINERS
    end = place + determined
    heads = common = 0
    asked = _awaits_verb(words[:place])
    last_is_name = False
    while end < len(words):
        word, lowered = words[end][0], words[end][0].lower()
        if end > place and text[words[end - 1].end() : words[end].start()].strip():
            break
        if _inside(words[end], named):
            heads, last_is_name = heads + 1, True
        elif lowered == "of" and heads and end + 1 < len(words) and words[end + 1][0].lower() not in PRONOUNS:
            end += 1 + (words[end + 1][0].lower() in DETERMINERS)
            last_is_name = False
            continue
        elif _may_be_noun(
            word,
            words[end + 1 :],
            determined=determined,
            asked=asked,
            after=heads,
            behind_name=last_is_name,
            demonym=words[end - 1][0].lower() in DEMONYMS,
        ):
            heads, common, last_is_name = heads + 1, common + 1, False
        else:
            break
        end += 1
        if bare(word) != word:
            break
    while end > place and words[end - 1][0].lower() in {"of"} | DETERMINERS:
        end -= 1
    return end if heads and (common or determined) else place


def _inside(word: re.Match[str], named: list[Phrase]) -> bool:
    return any(name.start <= word.start() < name.end for name in named)


def _awaits_verb(before: list[re.Match[str]]) -> bool:
    """True if "did" or the like stands before, and no verb since."""
    for match in reversed(before):
        word = match[0].lower()
        if word in _ASKING:
            return True
        if known_base(word) is not None and word not in AUXILIARIES and word not in STOP_WORDS:
            return False
    return False


def _may_be_noun(
    word: str,
    later: list[re.Match[str]],
    *,
    determined: bool,
    asked: bool,
    after: int,
    behind_name: bool,
    demonym: bool,
) -> bool:
    """Whether a word may go on a noun phrase that has `after` words; `asked` if a verb is still to come."""
    lowered = word.lower()
    if lowered in _NO_NOUN or lowered in WEEKDAYS | MONTHS or not any(c.isalnum() for c in word):
        return False
    base = known_base(lowered)
    if base is None:
        # "Trump supporters", "Korean war", but "Milley due": a bare name goes on with few words.
        return not behind_name or determined or lowered.endswith("s") or demonym
    following = later[0][0].lower() if later else ""
    if behind_name:
        return False
    if following == "of":
        return True
    if determined and (not after or lowered.endswith("ing")):
        # "the meeting", "the strike"; but "of driving tensions" has a verb.
        return True
    # "operational control", "the military drills" end a phrase, "the company recalls the cars" does not.
    # Where a verb is still to come it is this one: "did the painting sell for".
    closes = not asked and (following in PREPOSITIONS | AUXILIARIES or not following)
    return after > 0 and closes and lowered in (base, f"{base}s")


_ASKING = frozenset(["do", "does", "did", "will", "would", "can", "could", "should", "may", "might", "must"])
_NO_NOUN = (
    STOP_WORDS | PREPOSITIONS | AUXILIARIES | PRONOUNS | QUESTION_WORDS | _ENDS_PHRASE
) - {"us", "may"}  # fmt: skip
