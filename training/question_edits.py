"""Answerable questions turned into ones their paragraph does not answer, though it shares their words.

The kinds follow those that Rajpurkar et al. (2018, "Know What You Don't Know", table 2) found among the
unanswerable questions people wrote for SQuAD 2.0: a name or number swapped, an antonym, a negation, another
word changed. Made by rule, some edits leave a question answerable or ungrammatical; few enough that
learning from them pays (training/README.md has the measurements).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from training.antonyms import ANTONYMS

Item = TypeVar("Item")

_NAME = re.compile(r"\b[A-Z][\w-]*(?:(?: of| de| von| van)? [A-Z][\w-]*)*\b")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w.,]*\d)")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_AUXILIARY = re.compile(r"\b(did|does|do|is|are|was|were|can|could|has|have|had|will|would|should)\b")
_SUBJECT = re.compile(
    r"^(who|what|which \w+|what \w+) (?!does|is|was|has|as)(?=[a-z]+(?:ed|s)\b)", re.IGNORECASE
)
_ASKING = frozenset(
    {"who", "whom", "whose", "what", "which", "when", "where", "why", "how", "in", "on", "the"}
)
_ENDS = '.!?"”'
# Endings that show the part of speech well enough to change one word for another.
_ENDINGS = ("tion", "ment", "ness", "ity", "ing", "ous", "ive", "ful", "ical", "ly", "ed", "al", "er", "s")


@dataclass(frozen=True, slots=True)
class _Case:
    """A question, its paragraph, the answers (never to be put into the question), and the draws."""

    question: str
    text: str
    answers: Sequence[str]
    rng: np.random.Generator

    def one_of(self, items: Sequence[Item]) -> Item:
        return items[int(self.rng.integers(len(items)))]

    def with_in_place(self, old: re.Match[str], new: str) -> str:
        return self.question[: old.start()] + new + self.question[old.end() :]


Edit = Callable[[_Case], str | None]


def edited(question: str, text: str, answers: Sequence[str], rng: np.random.Generator) -> str | None:
    """Change one thing in `question` so that `text` no longer answers it; None if no rule applies.

    `answers` are never put into the question.
    """
    kinds: list[tuple[Edit, float]] = [
        (_swap_name, 0.35),
        (_swap_number, 0.15),
        (_antonym, 0.2),
        (_swap_word, 0.2),
        (_negation, 0.1),
    ]
    case = _Case(question, text, answers, rng)
    weights = np.array([weight for _, weight in kinds])
    for at in rng.choice(len(kinds), len(kinds), replace=False, p=weights / weights.sum()):
        changed = kinds[int(at)][0](case)
        if changed and changed.lower() != question.lower():
            return changed
    return None


def _swap_name(case: _Case) -> str | None:
    """Put another name of the text in the place of one that the question and the text share."""
    named = [m for m in _NAME.finditer(case.question) if m.group() in case.text]
    named = [m for m in named if m.group().lower() not in _ASKING]
    taken = f"{case.question} {' '.join(case.answers)}".lower()
    inside = (m for m in _NAME.finditer(case.text) if m.start() > 1 and case.text[m.start() - 2] not in _ENDS)
    names = sorted({m.group() for m in inside if len(m.group()) > 2})
    free = [name for name in names if not _shares_word(name, taken)]
    if not named or not free:
        return None
    old = case.one_of(named)
    alike = [name for name in free if name.count(" ") == old.group().count(" ")]
    return case.with_in_place(old, case.one_of(alike or free))


def _swap_number(case: _Case) -> str | None:
    """Put another number in the place of one of the question: one of the text, or one near by."""
    numbers = list(_NUMBER.finditer(case.question))
    if not numbers:
        return None
    old = case.one_of(numbers)
    alike = {m.group() for m in _NUMBER.finditer(case.text) if len(m.group()) == len(old.group())}
    free = sorted(alike - {old.group(), *case.answers})
    if free and case.rng.random() < 0.6:
        return case.with_in_place(old, case.one_of(free))
    value = int(re.sub(r"\D", "", old.group().partition(".")[0]))
    step = int(case.rng.integers(1, 2 + max(2, value // 40)))
    return case.with_in_place(old, str(max(1, value + case.one_of([-1, 1]) * step)))


def _antonym(case: _Case) -> str | None:
    """Put the opposite in the place of a word."""
    words = [m for m in re.finditer(r"[a-z-]+", case.question) if m.group() in ANTONYMS]
    if not words:
        return None
    old = case.one_of(words)
    return case.with_in_place(old, case.one_of(ANTONYMS[old.group()]))


def _swap_word(case: _Case) -> str | None:
    """Put another word of the text with the same ending in the place of one that both share."""
    in_text = set(_WORD.findall(case.text))
    free = in_text - set(_WORD.findall(f"{case.question} {' '.join(case.answers)}".lower()))
    pairs = []
    for match in _WORD.finditer(case.question):
        word = match.group()
        ending = next((ending for ending in _ENDINGS if word.endswith(ending)), None)
        if ending and any(other.startswith(word[:5]) for other in in_text):
            pairs += [(match, new) for new in free if new.endswith(ending) and new[:4] != word[:4]]
    if not pairs:
        return None
    return case.with_in_place(*case.one_of(sorted(pairs, key=lambda pair: (pair[0].start(), pair[1]))))


def _negation(case: _Case) -> str | None:
    """Ask for what is not so."""
    if subject := _SUBJECT.match(case.question):
        return f"{subject[0]}never {case.question[subject.end() :]}"
    auxiliary = _AUXILIARY.search(case.question)
    if auxiliary is None:
        return None
    contracted = {"can": "can't", "will": "won't"}.get(auxiliary[0], f"{auxiliary[0]}n't")
    return case.with_in_place(auxiliary, contracted)


def _shares_word(name: str, taken: str) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", taken) for word in name.lower().split() if len(word) > 2)
