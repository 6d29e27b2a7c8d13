"""Who did it and to whom: "Truss replaced Johnson" does not answer who replaced Truss.

The words of such a sentence are all those of the question, so that neither the words nor the models tell
the two apart; the order of the words and the voice of the verb do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Evidence
from qa.clauses import DO, Asks, Clause, parse
from qa.phrases import DETERMINERS, bare, names, tokens
from qa.question import Question
from qa.verbs import BE, base_of, known_base

# What a sentence of the other direction keeps of its odds: as much as in `qa.other_events`, not chosen anew.
KEPT_ODDS = 0.25

# How many words before "replaced" may be its "was": "was on Tuesday formally replaced".
PASSIVE_REACH = 4

# Whom one meets has met one too.
_EACH_OTHER = frozenset(["meet", "marry", "divorce", "fight", "face", "play", "debate", "join", "resemble"])
# What is done to a thing is not done by it: of these alone the two may be mistaken for each other.
_ASKS_WHO = re.compile(r"(?:by\s+)?(?:who|whom|which)\b", re.IGNORECASE)
_PERSONAL = frozenset(["he", "she", "they"])


@dataclass(frozen=True, slots=True)
class Deed:
    """What a question asks of a deed: its verb's base, who is named, and whether that one did it."""

    verb: str
    named: str
    did_it: bool


def right_way_round(question: Question, judged: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with sentences that turn the question's deed round less likely, best first."""
    deed = deed_of(question.text)
    if deed is None:
        return list(judged)
    weighed = [piece.with_odds(KEPT_ODDS) if _is_turned_round(deed, piece) else piece for piece in judged]
    return sorted(weighed, key=lambda piece: -piece.confidence)


def deed_of(question: str) -> Deed | None:
    """The deed that a question asks one party of and names the other; None for any other question.

    >>> deed_of("who replaced Liz Truss?"), deed_of("whom did Liz Truss replace?").did_it
    (Deed(verb='replace', named='Truss', did_it=False), True)
    """
    clause = parse(question)
    verb = _verb(clause) if clause and _ASKS_WHO.match(clause.word) else None
    if clause is None or verb is None or known_base(verb[0]) in _EACH_OTHER:
        return None
    for name in names(clause.body):
        between = clause.body[verb.end() : name.start].strip().lower()
        ahead = name.start == 0 and not clause.body[name.end : verb.start()].strip()
        did_it = _did_it(clause, between if name.start > verb.start() else None, ahead=ahead)
        owns = clause.body[name.end :].startswith(("'s", "’s"))
        if did_it is not None and not owns:
            return Deed(base_of(verb[0]), _last_word(name.text), did_it)
    return None


def _did_it(clause: Clause, between: str | None, *, ahead: bool) -> bool | None:
    """Whether the one who is named did it; None if neither that nor the reverse is asked.

    `between` stands between the verb and a name behind it, None if the name is `ahead` of it.
    """
    if between is not None:
        passive = clause.auxiliary in BE
        asks = clause.asks is Asks.SUBJECT and between == ("by" if passive else "")
        return passive if asks else None
    if ahead and clause.asks is Asks.OBJECT and clause.auxiliary in DO:
        return True
    return False if ahead and clause.word.lower() == "by whom" and clause.auxiliary in BE else None


def _verb(clause: Clause) -> re.Match[str] | None:
    """The verb of a clause: its first word where it asks for the subject, else the first one known."""
    words = tokens(clause.body)
    if clause.asks is Asks.SUBJECT and words:
        first = words[0][0]
        return words[0] if first.islower() and (known_base(first) or first.endswith("ed")) else None
    return next((word for word in words if word[0].islower() and known_base(word[0])), None)


def _is_turned_round(deed: Deed, piece: Evidence) -> bool:
    """Whether the answer did in its sentence what the question says was done to it, or the reverse."""
    shift, words = piece.sentence.start, tokens(piece.quote)
    named = [place for place, word in enumerate(words) if bare(word[0]) == deed.named]
    for place, word in enumerate(words):
        before, after = words[max(0, place - PASSIVE_REACH) : place], words[place + 1 : place + 2]
        if base_of(word[0]) != deed.verb or not word[0].islower() or _is_noun(before):
            continue
        first, last = bool(named) and named[0] < place, bool(named) and named[-1] > place
        # "She replaced Johnson": who, if not the one who is named.
        first = first or (not last and bool(before) and before[-1][0].lower() in _PERSONAL)
        answer_first = piece.span.end <= shift + word.start()
        answer_last = piece.span.start >= shift + word.end()
        if (first and answer_last and not last) or (last and answer_first and not first):
            return (first != _is_passive(before, after)) != deed.did_it
    return False


def _is_noun(before: Sequence[re.Match[str]]) -> bool:
    """Whether a form is no verb, by what stands before it: "the attack", "Biden's visit"."""
    last = before[-1][0] if before else ""
    return last.lower() in DETERMINERS or bare(last) != last


def _is_passive(before: Sequence[re.Match[str]], after: Sequence[re.Match[str]]) -> bool:
    """Whether the verb between is passive, by the few words around it: "was replaced", "replaced by"."""
    be = any(word[0].lower() in BE for word in before)
    return be or bool(after and after[0][0].lower() == "by")


def _last_word(name: str) -> str:
    return bare(tokens(name)[-1][0])
