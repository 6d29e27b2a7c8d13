"""Who says so: the source that a sentence or a neighbour of it names for what is quoted.

By rule: "according to X", "X said", "said X", "X told reporters"; for a sentence that is all quotation, a
speaker named in the sentence before or after it in the same paragraph. Nothing is guessed: a speaker that
is only a pronoun is told as the pronoun it is, and one that cannot be cut out of its sentence not at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.article import Span
from qa.neighbours import same_paragraph, sentence_after, sentences_before
from qa.sentence_parts import (
    SAYING,
    in_quotation,
    inverted_speaker,
    is_all_quotation,
    speaker_after,
    speaker_before,
)

LONGEST = 2_000
"""Longer sentences are lists and tables; nobody is looked for in them."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what is quoted: characters of the article that name them, and those of the words that tell it.

    `cue` covers "according to" or the verb. `nearby` is True where both stand in a neighbouring sentence.
    """

    who: Span
    cue: Span
    nearby: bool = False


def attribution(text: str, sentence: Span) -> Attribution | None:
    """Who says what a sentence of the text tells; None if it is the article's own word, or is not clear.

    Of several the one that stands nearest to the sentence's beginning or end, outside quotation marks.
    """
    found = _in_sentence(text, sentence)
    if found is not None:
        return found
    if not is_all_quotation(sentence.of(text)):
        return None
    for other in _neighbours(text, sentence):
        found = _in_sentence(text, other)
        if found is not None:
            return Attribution(found.who, found.cue, nearby=True)
    return None


def _neighbours(text: str, sentence: Span) -> Iterator[Span]:
    """The sentences that may name the speaker: those that quote themselves, then the one before."""
    before = [*sentences_before(text, sentence, 1)]
    after = sentence_after(text, sentence)
    near = [other for other in (*before, after) if other and same_paragraph(text, sentence, other)]
    yield from (other for other in near if any(mark in other.of(text) for mark in '“”"'))
    yield from (other for other in near if other in before)


def _in_sentence(text: str, sentence: Span) -> Attribution | None:
    if sentence.end - sentence.start > LONGEST:
        return None
    return next(_found(text, sentence), None)


def _found(text: str, sentence: Span) -> Iterator[Attribution]:
    quote = sentence.of(text)
    for match in _ACCORDING.finditer(quote):
        if not in_quotation(quote, match.start()):
            who = speaker_after(quote, match.end())
            if who is not None:
                yield _placed(who, Span(*match.span()), sentence)
    for match in SAYING.finditer(quote):
        if in_quotation(quote, match.start()) or _PASSIVE.search(quote[: match.start()]):
            continue
        who = _subject_of(match, quote) or (
            inverted_speaker(quote, Span(*match.span())) if _may_follow(match[0]) else None
        )
        if who is not None:
            yield _placed(who, Span(*match.span()), sentence)


def _subject_of(verb: re.Match[str], quote: str) -> Span | None:
    """The speaker before a verb, None if it is no verb: "industrial states", "an estimated million"."""
    if _NO_VERB.match(quote, verb.start()):
        return None
    who = speaker_before(quote, verb.start())
    if who is None or _DETERMINERS.fullmatch(who.of(quote)) or not any(map(str.isalpha, who.of(quote))):
        return None  # "49" of "Breen, 49, died a hero, said her father" is an age
    if who.of(quote).endswith(("'s", "’s")) or _DAY.match(who.of(quote)):
        return None  # "the asteroid's predicted orbit", "Thursday night suggested that"
    if verb[0] in _NOUNS_TOO and not _SURELY_A_SUBJECT.match(who.of(quote)):
        return None
    return who


def _placed(who: Span, cue: Span, sentence: Span) -> Attribution:
    by = sentence.start
    return Attribution(Span(who.start + by, who.end + by), Span(cue.start + by, cue.end + by))


def _may_follow(verb: str) -> bool:
    """True for verbs that may stand before their subject: "..., said the mayor"."""
    return verb.lower() in ("said", "says", "wrote", "writes", "added", "tweeted", "explained", "reported")


_NOUNS_TOO = frozenset({"states", "reports", "claims", "notes", "estimates"})
# "Initial claims were", "reports of fraud"; "added to the confusion"; "declared victory", which is a deed.
_NO_VERB = re.compile(
    r"(?:states|reports|claims|notes|estimates)(?:\s*[—–;)]|\s(?:is|are|was|were|have|had|will|would|could|of|for|from|by|about"
    r"|and|or|rose|fell|[a-z]+ed)\b)"
    r"|states\sto\b"
    r"|add(?:ed|s)\s(?:to|up|more|an?)\b"
    r"|declare[ds]\s(?!(?:that|he|she|it|they|we|there|the|an?|his|her|its|their|on|in|at|to)\b)[a-z]"
)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_SURELY_A_SUBJECT = re.compile(r"[A-Z\d]|(?:the|an?|his|her|its|their|our|one|another|he|she|it)\b")
_DETERMINERS = re.compile(r"(?i)(?:the|an?|his|her|its|their|our|some|this|that|these|those|other|more)")
_ACCORDING = re.compile(
    r"(?i)\b(?:according to|as (?:reported|announced|confirmed|stated) by|in the words of)\s+"
)
_PASSIVE = re.compile(r"(?i)\b(?:is|are|was|were|be|been|being|not|never)\s+(?:\w+ly\s+)?$")
