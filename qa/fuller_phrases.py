"""What "that war", "the meeting" or "the company" of a question is, by what was said last."""

import re
from collections.abc import Iterator, Sequence

from index.words import form_set, stem
from qa.clauses import parse
from qa.mentions import head_of
from qa.phrases import names, noun_phrases
from qa.pronouns import pointing_phrase
from qa.spoken_of import answer_mention, events
from qa.turn import Turn

_DETERMINED = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their)\s+", re.IGNORECASE)

# Turns back that such a phrase may point.
REACH = 2


def with_fuller_phrase(text: str, turns: Sequence[Turn], context: str, known: frozenset[str]) -> str | None:
    """Make "how did that war end" with the fuller name that "war" has in what was said last.

    None if the question has no such phrase, or nothing that was said is called so.
    """
    pointing = pointing_phrase(text)
    if pointing is None:
        return None
    start, end, head = pointing
    shown = re.sub(r"^\w+\s+", "", text[start:end])
    for turn in reversed(turns[-REACH:]):
        for fuller in _called(head, turn, context, known):
            longer = len(fuller.split()) > len(shown.split()) and form_set(shown) <= form_set(fuller)
            if longer:
                return f"{text[:start]}the {fuller}{text[end:]}"
        if named := _answer_called(head, shown, turn, context, known):
            return f"{text[:start]}{named}{text[end:]}"
    return None


def _called(head: str, turn: Turn, context: str, known: frozenset[str]) -> Iterator[str]:
    """What a turn calls by a noun, without determiner, and the event by that name that it asked about."""
    for said in (turn.answer, turn.read, turn.quote):
        for phrase in [*noun_phrases(said), *names(said)]:
            fuller = _DETERMINED.sub("", phrase.text)
            if stem(head_of(fuller)) == head:
                yield fuller
    for found in events([turn], context, known):
        fuller = _DETERMINED.sub("", found.mention.text)
        if stem(head_of(fuller)) == head:
            yield fuller


def _answer_called(head: str, shown: str, turn: Turn, context: str, known: frozenset[str]) -> str | None:
    """The name that answers which one: "the company" after "which company bought the mill?"."""
    clause = parse(turn.read)
    if clause is None or stem(head_of(clause.noun)) != head or len(shown.split()) > 1:
        return None
    answer = answer_mention(turn, context, known)
    return answer.text if answer and answer.is_name else None
