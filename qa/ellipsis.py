"""Questions that leave out what the one before has said: "when?", "with whom?", "who else?"."""

import re
from dataclasses import dataclass

from index.words import stem
from qa.answer_types import AnswerType, expected
from qa.clauses import Asks, Clause, asked_anew, parse, stated
from qa.counted import counted_on
from qa.mentions import head_of
from qa.phrases import DETERMINERS, PREPOSITIONS, PRONOUNS, names, tokens
from qa.question import analyse
from qa.turn import Turn
from qa.verbs import AUXILIARIES, BE, is_past, known_base

LEAD = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|well|right|then|also|now|hm+|oh|alright|great|thanks|thank you"
    r"|please|yes|no)\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)
_EXACTLY = re.compile(r"\b(?:exactly|precisely|roughly|again|though|then|specifically)\b", re.IGNORECASE)
_BARE = re.compile(
    rf"^(?:(?:{'|'.join(sorted(PREPOSITIONS))}|to|as of|because of|in exchange for|instead of|out of)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"^(?P<asking>(?:since\s+)?(?:when|where|why|how(?:\s+long\s+ago|\s+often)?|(?:on|in)\s+(?:what|which)\s+\w+))\s+"
    r"(?:did|was|is|were|has|will|does|would)\s+(?:that|this|it|they|he|she|all\s+(?:that|this|of\s+(?:it|that)))"
    r"(?:\s+(?:happen|happening|happened|occur|occurring|take\s+place|taking\s+place|be|been|so|come\s+about|the\s+case|do\s+(?:that|so|it|this)))?$",
    re.IGNORECASE,
)
# What is still to come is a thing, not what happened: "when is it?" after "where was she born?".
_IS_IT = re.compile(r"^(?:when|where)\s+(?:is|are)\s+(?:it|they|he|she)$", re.IGNORECASE)
_FROM_WHEN = re.compile(r"^(?:(?:starting|beginning)(?:\s+from)?\s+when|from\s+when\s+on)$", re.IGNORECASE)
_DONE = re.compile(
    r"^(?P<done>[a-z]+(?:\s+for)?)\s+(?P<asking>(?:(?:by|after|to|from|for|on|in|with)\s+)?"
    r"(?:whom?|when|where|what|which\s+\w+|what\s+\w+|how(?:\s+(?:much|long|many))?))$",
    re.IGNORECASE,
)
_SAID = frozenset(["said", "told", "according"])
_ELSE = re.compile(
    r"^(?P<asking>(?:with|by|to|from|for)?\s*(?:who|whom|what|where|when|why|how|anyone|anybody|anything|someone|somewhere|anywhere))\s+else$"
    r"|^(?:any|are there|is there)\s+(?:any\s+)?(?:other|more|others)(?:\s+\w+)?$"
    r"|^(?:others|another(?:\s+one)?|any more|anymore)$",
    re.IGNORECASE,
)
_SAID_SO = re.compile(
    r"^(?P<who>(?:who|when did \w+|where did \w+|which \w+)\s+(?:said|says|say|claims?|claimed|thinks?"
    r"|told|reported|announced))"
    r"\s+(?:so|that|this|it)$",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(
    r"^(?:says?\s+who|said\s+who|according\s+to(?:\s+whom?)?|who\s+says|by\s+whose\s+(?:account|count))$",
    re.IGNORECASE,
)
_NO_NOUNS = AUXILIARIES | DETERMINERS | PREPOSITIONS
_WORD = re.compile(r"(?:of\s+)?(?:what|which|whose|how\s+(?:many|much))\b", re.IGNORECASE)
_MORE_WORDS = frozenset(
    """
    many much long old far often big large high tall fast deep heavy soon late early come not so for else
    bad else
    """.split()
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A question in full; `frame` is the same with "someone" for what an earlier answer put in.

    `excluded` are answers that were given already and are not wanted again.
    """

    text: str
    frame: str
    excluded: tuple[str, ...] = ()


def without_lead(question: str) -> str:
    """The question without "and", "ok, so" and the like before it, and without its question mark."""
    text = question.strip().rstrip("?!. …")
    rest = LEAD.sub("", text)
    return rest if rest.strip() else text


def of_what_was_done(question: str) -> str | None:
    """Make "by whom was it paid" of "paid by whom?", whose "it" the turns before tell; None for any other.

    >>> of_what_was_done("and written when?")
    'when was it written'
    """
    match = _DONE.match(without_lead(question))
    if match is None or not is_past(match["done"].split()[0]) or match["done"].lower() in _SAID:
        return None
    return f"{match['asking']} was it {match['done'].lower()}"


def bare_asking(question: str) -> str | None:
    """The question words of a question that has nothing else: "when", "with whom", "how many people"."""
    text = _EXACTLY.sub(" ", without_lead(question))
    text = " ".join(text.split())
    text = _FROM_WHEN.sub("from when", text)
    happened = _HAPPENED.match(text)
    if happened and not _IS_IT.match(text):
        return happened["asking"]
    match = _BARE.match(text)
    if not match:
        return None
    rest = [token[0].lower() for token in tokens(match["rest"])]
    while rest and rest[0] in _MORE_WORDS:
        rest.pop(0)
    if len(rest) > 3 or any(word in _NO_NOUNS for word in rest):
        return None
    if rest and not _WORD.search(text):
        return None
    if any(word in PRONOUNS - {"one", "ones"} for word in rest) or any(map(_may_be_verb, rest[1:])):
        return None
    if rest and known_base(rest[0]) not in (None, rest[0]):
        return None
    return text


def _may_be_verb(word: str) -> bool:
    """Whether what stands behind a noun makes a question of its own of it: "which justices dissented?"."""
    return known_base(word) is not None or (word.endswith("ed") and len(word) > _LONGEST_NOUN_IN_ED)


_LONGEST_NOUN_IN_ED = 5  # "speed", "breed"


def asks_for_others(question: str) -> str | None:
    """The question words of "who else?" and the like, "" if it has none, None if it is no such question."""
    match = _ELSE.match(" ".join(without_lead(question).split()))
    if not match:
        return None
    return (match["asking"] or "").strip()


def complete(question: str, last: Turn) -> Completed | None:
    """The question completed from the turn before it; None if it lacks nothing that this could tell."""
    others = asks_for_others(question)
    if others is not None:
        return _others(others, last)
    if said := _said_so(question):
        clause = parse(last.read)
        if clause is None:
            return None
        text = f"{said} that {stated(clause, last.answer)}?"
        return Completed(text, text)
    if counted := counted_on(without_lead(question), last):
        return Completed(counted, counted)
    clause = parse(last.read)
    if clause and clause.asks_how_many and (few := _SO_FEW.match(without_lead(question))):
        text = asked_anew(clause, "why", few["few"])
        return Completed(text, text)
    asking = _of_agent(question, clause) or bare_asking(question)
    if asking is None:
        return None
    asking = _of_reason(asking)
    if clause and (narrower := _narrower(asking, clause, last)):
        return Completed(narrower, narrower)
    if asking.lower() == "how old" and (person := _person(last)):
        return Completed(f"how old is {person}?", f"how old is {person}?")
    asking = _of_price(asking, clause)
    if clause is None:
        # What was asked is not understood: no more can be told than what this one goes on with.
        text = f"{asking}: {last.read.rstrip('?!. ')}?"
        return Completed(text, text)
    frame_clause = parse(last.frame) if last.frame else clause
    return Completed(
        asked_anew(clause, asking, last.answer),
        asked_anew(frame_clause or clause, asking, ""),
    )


def _said_so(question: str) -> str | None:
    """What asks who or which said what was answered: "who says so", "according to whom"; None if nothing."""
    text = without_lead(question)
    if _SAYS_WHO.match(text):
        return "who says"
    match = _SAID_SO.match(text)
    return match["who"] if match else None


_WHO_DID = re.compile(
    r"^who(?:\s+(?:did|was|is|were|are)\s+(?:(?:behind|responsible\s+for|to\s+blame\s+for)\s+)?(?:it|that|this|all\s+this)"
    r"|\s+(?:was|is|were)\s+(?:responsible|to\s+blame))$",
    re.IGNORECASE,
)


def _of_agent(question: str, clause: Clause | None) -> str | None:
    """Make "by whom" of "who did it?" after what was done to somebody: "how many were killed?"."""
    done = clause is not None and clause.auxiliary in BE and any(is_past(w[0]) for w in tokens(clause.body))
    return "by whom" if done and _WHO_DID.match(without_lead(question)) else None


_OF_WHICH = re.compile(r"^(?:what|which)\s+(?P<noun>\w.*)$", re.IGNORECASE)


def _narrower(asking: str, clause: Clause, last: Turn) -> str | None:
    """The question before asked of a kind of what it asked for: "which models?", "how many?"; None if not.

    "Which year?" and "which city?" ask for a circumstance.
    """
    if clause.asks not in (Asks.OBJECT, Asks.SUBJECT):
        return None
    kind = _OF_WHICH.match(asking)
    if kind and expected(analyse(asking)) in (AnswerType.TIME, AnswerType.PLACE):
        return None
    if asking.lower() == "how many":
        head = head_of(last.answer)
        # Several things alone are counted: a plural, of common words or behind a number.
        if stem(head) == head or (not last.answer[:1].isdigit() and not last.answer[:1].islower()):
            return None
        asking = f"how many {head}"
    elif kind is None or kind["noun"].lower() in ("one", "ones"):
        return None
    return " ".join(f"{asking} {clause.auxiliary} {clause.body}".split()) + "?"


_SO_FEW = re.compile(r"^why\s+(?P<few>(?:so|this|that)\s+(?:few|many|little|much))$", re.IGNORECASE)


def _person(last: Turn) -> str | None:
    """Whom the last answer names, if a person was asked for, else its question; None if nobody."""
    if last.answer and expected(analyse(last.read)) is not AnswerType.PERSON:
        return None
    found = names(last.answer or last.read)
    return found[0].text if len(found) == 1 else None


_BOUGHT = frozenset(["buy", "sell", "purchase", "acquire"])


def _of_price(asking: str, clause: Clause | None) -> str:
    """Make "for how much" of "how much" after what was bought or sold."""
    traded = clause is not None and any(known_base(word[0]) in _BOUGHT for word in tokens(clause.body))
    return "for how much" if traded and asking.lower() == "how much" else asking


def _of_reason(asking: str) -> str:
    lowered = asking.lower()
    if lowered in ("how come", "what for", "why so", "how so", "why not", "because of what"):
        return "why"
    return asking[0].lower() + asking[1:]


def _others(asking: str, last: Turn) -> Completed:
    """The question before once more, or one like it with other question words: "where else"."""
    word = asking.split()[-1].lower() if asking else ""
    clause = parse(last.read)
    first = clause.word.lower() if clause else ""
    same = not word or word.startswith(("any", "some")) or word in first
    if same or clause is None:
        return Completed(last.read, last.frame or last.read, last.answers)
    return Completed(asked_anew(clause, asking, last.answer), asked_anew(clause, asking, ""), last.answers)
