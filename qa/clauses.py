"""Questions taken apart as far as another question can be made of them: "who met Milley?" - "when?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.phrases import DETERMINERS, PREPOSITIONS, PRONOUNS, bare, names, noun_phrases, tokens
from qa.verbs import AUXILIARIES, BE, HAVE, base_of, is_past, known_base

DO = frozenset({"do", "does", "did"})
ASKING_WORDS = r"(?:who|whom|whose|what|which|when|where|why|how)"
# Answers of more words than this are not put into another question.
LONGEST_ANSWER = 12

_WH = re.compile(
    rf"(?P<preposition>(?:{'|'.join(sorted(PREPOSITIONS))})\s+)?(?P<word>{ASKING_WORDS})\b"
    r"(?P<more>\s+(?:many|much|long|old|far|often|big|large|high|tall|fast|deep|heavy|soon|late|early))?",
    re.IGNORECASE,
)
# "MLB held its game on Tuesday. Who was the best player?"
_ASKED_LAST = re.compile(rf"^.*[.!?]\s+(?={ASKING_WORDS}\b)", re.IGNORECASE | re.DOTALL)
_STRANDED = PREPOSITIONS | {"to"}


class Asks(StrEnum):
    """What a question asks for: its subject, something its verb or preposition lacks, or a circumstance."""

    SUBJECT = "subject"
    OBJECT = "object"
    CIRCUMSTANCE = "circumstance"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Clause:
    """A question's parts: "how many" + "troops" + "did" + "the army send to Mali".

    `noun` belongs to the question word ("which general"), `auxiliary` is "" in "who met Milley".
    """

    asks: Asks
    word: str
    noun: str
    auxiliary: str
    body: str

    @property
    def asking(self) -> str:
        """The question word with its noun, in lower case: "how much", "which city"."""
        return f"{self.word} {self.noun}".strip().lower()

    @property
    def asks_how_many(self) -> bool:
        """True for "how many", alone or behind a preposition."""
        return self.word.lower().endswith("many")


_CONTRACTED = re.compile(rf"\b(?P<word>{ASKING_WORDS})['’](?P<verb>d|re|ve|ll)\b(?P<rest>.*)$", re.IGNORECASE)
_RUN_ON = re.compile(
    r"^(?P<word>what|where|when|how|who(?=s\s+(?:the|that|this|his|her|he|she|it)\b))s\b",
    re.IGNORECASE,
)
_WHOLE = {"re": "are", "ve": "have", "ll": "will"}


def expanded(question: str) -> str:
    """A question with "what did" for "what'd", "who are" for "who're".

    >>> expanded("who'd get it?"), expanded("where'd she go?")
    ('who would get it?', 'where did she go?')
    """
    question = _RUN_ON.sub(r"\g<word> is", question)
    match = _CONTRACTED.search(question)
    if match is None:
        return question
    following = tokens(match["rest"])
    first = following[0][0] if following else ""
    # "Who'd get it?" has its verb at once, "who'd she meet?" a subject before it.
    would = first.lower() == "rather" or (first.islower() and known_base(first) == first)
    verb = _WHOLE.get(match["verb"].lower()) or ("would" if would else "did")
    return f"{question[: match.start()]}{match['word']} {verb}{match['rest']}"


def parse(question: str) -> Clause | None:
    """The parts of a question, None for what does not look like one."""
    text = _ASKED_LAST.sub("", question.strip().rstrip("?!. "))
    first = tokens(text)[0][0].lower() if tokens(text) else ""
    if first in AUXILIARIES:
        auxiliary, _, body = text.partition(" ")
        return Clause(Asks.TRUTH, "", "", auxiliary.lower(), body.strip()) if body.strip() else None
    match = _WH.match(text)
    if not match:
        return None
    word, rest = match[0], text[match.end() :].strip()
    contracted = re.match(r"['’]s\b\s*", text[match.end() :])
    if contracted:
        rest = "is " + text[match.end() + contracted.end() :]
    if partitive := _partitive(rest):
        word, rest = f"{word} {partitive}", rest[len(partitive) :].strip()
    noun, rest = _noun_of(match, rest)
    return _clause(word.strip(), noun, rest)


def _partitive(rest: str) -> str:
    """The words after "who" that tell of which ones: "of Fleetwood Mac"; "" if there are none."""
    if not rest.lower().startswith("of "):
        return ""
    whole = next((phrase for phrase in noun_phrases(rest) if phrase.start == len("of ")), None)
    return rest[: whole.end] if whole else ""


def _noun_of(match: re.Match[str], rest: str) -> tuple[str, str]:
    """The noun that belongs to the question word, and what comes after it."""
    counts = (match["more"] or "").strip().lower() in ("many", "much")
    if match["word"].lower() not in ("what", "which", "whose") and not counts:
        return "", rest
    end = 0
    words = tokens(rest)
    for place, token in enumerate(words):
        lowered = token[0].lower()
        behind_of = place > 0 and words[place - 1][0].lower() == "of"
        if lowered in AUXILIARIES or (lowered in PRONOUNS | DETERMINERS and not behind_of):
            break
        if lowered in PREPOSITIONS - {"of"} and not (end and _tells_where(words[place + 1 :])):
            break
        known = known_base(lowered) is not None
        finite = (known and (is_past(lowered) or lowered.endswith("s"))) or _ends_in_past(words[place:])
        following = [other[0].lower() for other in words[place + 1 : place + 3]]
        later = any(word in AUXILIARIES for word in following) and following[0] not in PRONOUNS
        if finite and not later:
            break
        end = token.end()
    return rest[:end].strip(), rest[end:].strip()


# Words between a preposition and the verb of "what share of people in England and Wales are Christian?".
_WHERE_WORDS = 4


def _tells_where(words: Sequence[re.Match[str]]) -> bool:
    """Whether a name comes next and then an auxiliary: "in England and Wales are"."""
    lowered = [word[0].lower() for word in words[: _WHERE_WORDS + 1]]
    verb = next((place for place, word in enumerate(lowered) if word in AUXILIARIES), 0)
    return verb > 0 and words[0][0][0].isupper() and not PREPOSITIONS.intersection(lowered[:verb])


_AFTER_VERB = (
    PREPOSITIONS | DETERMINERS | {"first", "last", "most", "least", "more", "less", "together", "again"}
)


def _ends_in_past(words: Sequence[re.Match[str]]) -> bool:
    """Whether a form in -ed of no known verb comes next and no noun after it: "imploded near"."""
    word, following = words[0][0], words[1][0].lower() if len(words) > 1 else ""
    past = word.endswith("ed") and len(word) > len("need") and word.islower()
    return past and (not following or following in _AFTER_VERB or following[0].isdigit())


def _clause(word: str, noun: str, rest: str) -> Clause | None:
    words = tokens(rest)
    if not words:
        return None
    first = words[0][0].lower()
    lowered = word.split()[-1].lower() if not word.lower().startswith("how") else "how"
    asking = _WH.match(word)
    body = rest[words[0].end() :].strip()
    circumstance = (lowered in ("when", "where", "why", "how") and not noun) or bool(
        asking and asking["preposition"]
    )
    if word.lower() == "how many" and (first in DO or _is_participle_next(first, body)):
        circumstance = False  # "how many were killed?" asks for those who were
    if first in DO and noun.lower() in _TIMES:
        circumstance = True  # "which year did it open" asks when
    if first not in AUXILIARIES:
        return None if circumstance else Clause(Asks.SUBJECT, word, noun, "", rest)
    if circumstance:
        return Clause(Asks.CIRCUMSTANCE, word, noun, first, body)
    negated = body.lower().startswith("not ")  # "which country did not attend?"
    if (first in DO and not negated) or _starts_with_subject(body):
        return Clause(Asks.OBJECT, word, noun, first, body)
    return Clause(Asks.SUBJECT, word, noun, first, body)


_TIMES = frozenset(["year", "month", "day", "date", "week", "time", "century", "decade"])


def _is_participle_next(first: str, body: str) -> bool:
    """Whether a verb in the past comes first, or behind "were" and "have"."""
    words = tokens(body)
    return is_past(words[0][0] if words else "") if first in BE | HAVE else is_past(first)


def _starts_with_subject(body: str) -> bool:
    """Whether a subject comes next ("is Seoul seeking"), no verb or place ("has delayed", "are in")."""
    words = tokens(body)
    if not words:
        return False
    first = words[0][0].lower()
    if first in DETERMINERS or first in PRONOUNS - {"there"}:
        return True
    if first in PREPOSITIONS or first in BE or first == "not":
        return False
    if any(name.start == words[0].start() for name in names(body)):
        return True
    if known_base(first) is not None or first.endswith(("ed", "ing", "en")):
        return False
    return any(phrase.start == words[0].start() for phrase in noun_phrases(body))


def asked_anew(clause: Clause, asking: str, answer: str) -> str:
    """The clause as a question with other question words; `answer` fills what it asked for.

    >>> asked_anew(parse("who met Milley?"), "when", "General Won")
    'when did General Won meet Milley?'
    """
    filled = _filler(clause, answer)
    match clause.asks:
        case Asks.CIRCUMSTANCE | Asks.TRUTH:
            return f"{asking} {clause.auxiliary} {_without_stranded(clause)}?"
        case Asks.OBJECT:
            return f"{asking} {clause.auxiliary} {_with_object(clause.body, filled, clause.auxiliary)}?"
        case Asks.SUBJECT if clause.auxiliary:
            return f"{asking} {clause.auxiliary} {filled} {clause.body}?"
        case _:
            return f"{asking} {_finite_turned(clause.body, filled)}?"


def _without_stranded(clause: Clause) -> str:
    """The body without the preposition that belonged to the question word: "where was it launched from"."""
    words = tokens(clause.body)
    stranded = clause.word.lower() == "where" and len(words) > 1 and words[-1][0].lower() in _STRANDED
    return clause.body[: words[-2].end()] if stranded else clause.body


_VERB_IN = re.compile(r"(?:n['’]t|['’](?:ll|ve|re|d|m))$|^(?:it|he|she|that|there)['’]s$", re.IGNORECASE)


def is_clause(answer: str) -> bool:
    """Whether an answer has a verb of its own, so that it is nothing to be named: "would not have come"."""
    words = [word[0] for word in tokens(answer)]
    first = words[0] if words else ""
    # "Pose a threat" names nothing either.
    acts = len(words) > 1 and first.islower() and known_base(first) == first and words[1] in DETERMINERS
    return acts or any(word in AUXILIARIES or _VERB_IN.search(word) for word in words)


def _filler(clause: Clause, answer: str) -> str:
    """The answer with its noun ("28,500 American troops", "Maris's record"); for none "someone" or so."""
    short = len(answer.split()) <= LONGEST_ANSWER
    if not answer or not short or is_clause(answer):
        if clause.word.lower() == "how many":
            return clause.noun or "many"
        return "someone" if clause.word.lower().endswith(("who", "whom")) else "something"
    told = answer.strip().rstrip(".,;")
    named = any(word[0].lower() in told.lower() for word in tokens(clause.noun)[-1:])
    if clause.noun and not named and clause.word.lower().endswith(("many", "much")):
        return f"{told} {clause.noun}"
    if clause.noun and not named and clause.word.lower().endswith("whose"):
        return f"{bare(told)}'s {clause.noun}"
    return told


def _finite_turned(body: str, subject: str) -> str:
    """Make "met Milley" and its subject as "did X meet Milley"."""
    verb, _, rest = body.partition(" ")
    auxiliary = "did" if is_past(verb) else "does" if verb.lower().endswith("s") else "do"
    return f"{auxiliary} {subject} {base_of(verb)} {rest}".strip()


def _with_object(body: str, filled: str, auxiliary: str) -> str:
    """The body with the words asked for where they belong: behind the verb, or at the end."""
    words = tokens(body)
    last = words[-1][0].lower() if words else ""
    if auxiliary in BE | HAVE and len(words) <= 1:
        return f"{body} {filled}"
    if last in _STRANDED or known_base(last) is not None:
        return f"{body} {filled}"
    subjects = [phrase for phrase in noun_phrases(body) if phrase.start == 0]
    start = subjects[0].end if subjects else 0
    for place, token in enumerate(words[:-1]):
        following = words[place + 1][0].lower()
        led = words[place + 2][0] if place + 2 < len(words) else ""
        # "Bring to the steps" and "want to say" differ in what follows "to".
        ends = following in PREPOSITIONS or (following == "to" and known_base(led) is None)
        if token.start() >= start and known_base(token[0]) and ends:
            return f"{body[: token.end()]} {filled}{body[token.end() :]}"
    return f"{body} {filled}"


def stated(clause: Clause, answer: str) -> str:
    """What was asked as something said: "South Korea did push for high-level meetings".

    "Did" is kept, as the past of a verb is not made here; "something" stands for what no answer tells.

    >>> stated(parse("By how much would the plan cut the debt?"), "10 percent")
    'the plan would cut the debt by 10 percent'
    """
    filled = _filler(clause, answer)
    if clause.asks is Asks.SUBJECT:
        return " ".join(f"{filled} {clause.auxiliary} {clause.body}".split())
    subject, rest = _subject_and_rest(clause.body, moved=clause.auxiliary not in BE | HAVE)
    if clause.asks is Asks.TRUTH:
        return " ".join(f"{subject} {clause.auxiliary} {rest}".split())
    if clause.asks is Asks.CIRCUMSTANCE:
        told = _told(clause, answer)
        return " ".join(f"{subject} {clause.auxiliary} {rest} {told}".split())
    if clause.auxiliary in BE and (not rest or rest.split()[0].lower() in PREPOSITIONS):
        return f"{clause.body} {clause.auxiliary} {filled}"
    return " ".join(f"{subject} {clause.auxiliary} {_with_object(rest, filled, clause.auxiliary)}".split())


def _told(clause: Clause, answer: str) -> str:
    """The answer to when, where or by how much, with its preposition; "" for none or a long one."""
    if not answer or len(answer.split()) > LONGEST_ANSWER:
        return ""
    told, words = answer.strip().rstrip(".,;"), clause.word.lower().split()
    preposition = words[0] if len(words) > 1 and words[0] in PREPOSITIONS else ""
    had = told.split()[0].lower() in PREPOSITIONS
    counted = clause.noun if words[-1] in ("many", "much") and clause.noun.lower() not in told.lower() else ""
    return f"{'' if had else preposition} {told} {counted}".strip()


def _subject_and_rest(body: str, *, moved: bool) -> tuple[str, str]:
    """The subject that a clause's body begins with, and the rest; `moved` if a verb is to come."""
    words = tokens(body)
    subject = next((phrase for phrase in noun_phrases(body) if phrase.start == 0), None)
    end = subject.end if subject else words[0].end() if words else 0
    within = [word for word in words if word.end() <= end]
    last = within[-1][0] if len(within) > 1 else ""
    # "The bill take" and "the bank considering" hold the verb too.
    after = body[end:].split()[:1]
    lacks = moved and (not after or after[0].lower() in PREPOSITIONS)
    verb = last.islower() and known_base(last) is not None and (last.endswith("ing") or lacks)
    end = within[-2].end() if verb else end
    return body[:end], body[end:].strip()
