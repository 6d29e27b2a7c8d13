"""What earlier turns speak of, which a later question may mean: answers, what was asked, what was quoted.

Answers come before questions, questions before quotations, recent turns before old ones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.word_tables import ROLES
from index.words import form_set, stem
from qa.answer_types import AnswerType, expected
from qa.clauses import LONGEST_ANSWER, Asks, Clause, is_clause, parse
from qa.counted import counted_noun
from qa.mentions import TITLES, Kind, Mention, head_of, mentions, phrase_mention
from qa.phrases import DETERMINERS, QUESTION_WORDS, Phrase, names, noun_phrases, tokens
from qa.pronouns import pronouns
from qa.question import analyse
from qa.turn import Turn
from qa.verbs import AUXILIARIES, event_of, known_base

# What a mention counts by where it stands, and how much less one turn earlier; chosen, then checked on the
# conversations that may be tuned on.
ANSWER, CENTRE, SUBJECT, ASKED, QUOTED = 1.0, 0.95, 0.85, 0.75, 0.35
EARLIER = 0.6
OLDEST = 4  # turns back
COUNTED, PAIR, EVENT, REASON = 1.25, 1.3, 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A mention, how likely it is to be meant by where it stands, and how many turns ago."""

    mention: Mention
    score: float
    turn: int


def spoken_of(turns: Sequence[Turn], context: str, known: frozenset[str]) -> Iterator[Found]:
    """What the last turns answered, asked and quoted, the newest turn first.

    `context` is the text of the articles in view, `known` the words that it writes with a capital.
    """
    for age, turn in enumerate(reversed(turns[-OLDEST:])):
        faded = EARLIER**age
        answer = answer_mention(turn, context, known)
        if answer:
            # A reason is seldom gone back to: "who won it?" after "because of rain" means the match.
            reason = expected(analyse(turn.read)) is AnswerType.REASON
            yield Found(answer, (REASON if reason else ANSWER) * faded, age)
        yield from _asked_about(turn, context, known, faded, age)
        told = form_set(answer.text) if answer else frozenset()
        quoted = _NICKNAME.sub("", _DATELINE.sub("", turn.quote))
        for mention in mentions(quoted, context, known):
            # What the answer is known to be, its name in the quotation is too: a place, where one was asked.
            if form_set(mention.text) <= told:
                continue
            if mention.is_name or mention.kind is not Kind.THING:
                yield Found(mention, QUOTED * faded, age)


# "SAN JOSE, Calif. — A jury" speaks of no San Jose.
_DATELINE = re.compile(r"^[A-Z][A-Z .'-]{2,40}(?:,[^—–-]{1,20}|\s*\([^)]{1,30}\))?\s*[—–-]+\s*")


def _asked_about(turn: Turn, context: str, known: frozenset[str], faded: float, age: int) -> Iterator[Found]:
    """What a question names behind its question word, and what that word asked for where no answer tells."""
    clause = parse(turn.read)
    told = turn.read.rstrip("?!. ")
    start = len(told) - len(clause.body) if clause and told.endswith(clause.body) else 0
    if clause and (asked_for := _asked_for(clause, turn, context, known)):
        noun, weight = asked_for
        yield Found(noun, weight * faded, age)
    phrases = [
        p
        for p in noun_phrases(told, known)
        if p.start >= start
        and p.text.lower() not in _NOBODY
        and not _is_of_verb(p, told)
        and not _NUMBER.fullmatch(p.text)
    ]
    typed = form_set(turn.question)
    pointed = bool(pronouns(turn.question))
    for place, phrase in enumerate(phrases):
        mention = _with_complement(phrase_mention(phrase, context), phrase, told, known)
        # What a pronoun stood for is what the conversation is about, and likely to be meant again: the
        # centre of Grosz, Joshi and Weinstein 1995 (https://aclanthology.org/J95-2003).
        centre = pointed and form_set(phrase.text).isdisjoint(typed)
        yield Found(mention, (CENTRE if centre else ASKED if place else SUBJECT) * faded, age)


def _asked_for(
    clause: Clause, turn: Turn, context: str, known: frozenset[str]
) -> tuple[Mention, float] | None:
    """The noun of the question word and its weight; None without one, or where an answer tells which it is.

    "Which giant snails were found?" - "how big are they?" is about the snails, until a name is told. "How
    many mink" are many, and those who were counted are what the answer tells of.
    """
    counts = clause.word.lower().endswith(("many", "much"))
    counted = counted_noun(clause) if counts else clause.noun
    if not counted or (not counts and answer_mention(turn, context, known) is not None):
        return None
    noun = _common(clause.noun or "people", context)
    many = noun.plural or clause.asks_how_many
    weight = COUNTED if many and counts else SUBJECT if clause.asks is Asks.SUBJECT else ASKED
    return replace(noun, text=counted, plural=many), weight


# "In 2022", "the 19th", "the next": no thing that "it" could mean.
_NUMBER = re.compile(r"(?:the\s+)?(?:\d[\d.,]*(?:st|nd|rd|th|s)?|next|last|first|latest)", re.IGNORECASE)


def _is_of_verb(phrase: Phrase, told: str) -> bool:
    """Whether a phrase is a verb or belongs to one: "erupt", "who sculpted", "take effect"."""
    if phrase.is_name or len(tokens(phrase.text)) != 1:
        return False
    before = told[: phrase.start].rstrip()
    words = [word[0].lower() for word in tokens(before)]
    last = words[-1] if words else ""
    past = phrase.text.endswith("ed") and last in AUXILIARIES | QUESTION_WORDS
    asked = not AUXILIARIES.isdisjoint(words) and any(name.end == len(before) for name in names(before))
    light = known_base(last) in _LIGHT and not phrase.text.endswith("s")
    return past or asked or light or last in _SUBJECTS or known_base(phrase.text) is not None


_SUBJECTS = frozenset(["he", "she", "they", "it"])
# "Take effect", "make sense", "give birth": what the noun names is no thing that could be meant again.
_LIGHT = frozenset(["take", "make", "give", "have", "do"])


_COMPLEMENT = re.compile(r"\s+(?:of|with|for|on|about|against)\s+")


def _with_complement(mention: Mention, phrase: Phrase, told: str, known: frozenset[str]) -> Mention:
    """A common noun with the name that tells which one: "the quarter with Anna May Wong"."""
    joined = _COMPLEMENT.match(told, phrase.end)
    after = next((name for name in names(told, known) if joined and name.start == joined.end()), None)
    if after is None or mention.is_name:
        return mention
    return replace(mention, text=told[phrase.start : after.end])


_NOBODY = frozenset(
    ["someone", "something", "nobody", "nothing", "no one", "everyone", "everything", "anything", "none"]
)


def _common(noun: str, context: str) -> Mention:
    return phrase_mention(Phrase(noun, 0, len(noun), False), context)


def answer_mention(turn: Turn, context: str, known: frozenset[str] = frozenset()) -> Mention | None:
    """The answer as something to refer to; None if it is a number, a day, a reason or a description."""
    text = _NICKNAME.sub("", turn.answer).strip().strip("\"“”'‘’.,;: ")
    if not text or len(text.split()) > LONGEST_ANSWER:
        return None
    if is_clause(text) or text.lower() in _NOBODY:
        return None
    question = analyse(turn.read)
    wanted = expected(question)
    if wanted in _NOT_THINGS or wanted is AnswerType.TRUTH:
        return None
    plain = _whole_name(
        re.sub(r"^(?:to|by|because of|due to|in|at|on|from|with|for)\s+", "", text), turn.quote
    )
    asks_name = wanted in (AnswerType.PERSON, AnswerType.NAME) or stem(head_of(plain)) in form_set(turn.read)
    if asks_name and not _has_name(plain, known):
        # "Who is Jen Psaki?" - "the spokesperson": she is Jen Psaki.
        # "Which airline bid for it?" - "the airline": the one that the quotation names.
        if wanted is AnswerType.PERSON and _names_person(turn, context, known):
            return None
        plain = _named_in(turn, known) or plain
    return _as_mention(plain, wanted, turn, context, known)


def _as_mention(
    plain: str, wanted: AnswerType, turn: Turn, context: str, known: frozenset[str]
) -> Mention | None:
    """The words of an answer of a type as a mention."""
    phrase = Phrase(plain, 0, len(plain), _is_name(plain, known))
    if wanted is AnswerType.REASON and phrase.is_name:
        return None  # a name is no reason
    mention = phrase_mention(phrase, context)
    if wanted is AnswerType.PLACE and _WHERE.search(turn.read):
        plural = mention.plural and not names(plain, known)
        return Mention(plain, Kind.PLACE, plural, is_name=phrase.is_name)
    held = names(plain, known)
    if wanted is AnswerType.PERSON and len(held) == 1 and _DATED.fullmatch(plain, held[0].end):
        # "Grover Cleveland in 1894" is somebody and when.
        return _as_mention(held[0].text, wanted, turn, context, known)
    if wanted is AnswerType.PERSON and held:
        if not plain.split()[-1][:1].isupper() and _names_person(turn, context, known):
            return None
        if mention.kind in (Kind.THING, Kind.PLACE) and phrase.is_name and " and " not in plain:
            return Mention(plain, Kind.PERSON, False, mention.gender, True)
    return mention


_DATED = re.compile(r",?\s+(?:in|on|since)\s[^A-Z\d]*\d[^A-Z]*")
# Ramesh “Sunny” Balwani is one name.
_NICKNAME = re.compile(r"(?<=\w )[\"“‘'][A-Z]\w*[\"”’']\s(?=[A-Z])")


_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)


def _has_name(text: str, known: frozenset[str]) -> bool:
    """Whether a text names someone or something: "first female President" does not."""
    told = (word[0].lower() for name in names(text, known) for word in tokens(name.text))
    return any(word not in ROLES for word in told)


def _whole_name(text: str, quote: str) -> str:
    """A name cut short as it stands in the quotation: "Ayman" as "Ayman al-Zawahiri"."""
    longer = (
        name.text
        for name in names(quote)
        if name.text.startswith(f"{text} ") or name.text.endswith(f" {text}")
    )
    return next(longer, text)


def _named_in(turn: Turn, known: frozenset[str]) -> str | None:
    """The first name of the quotation that the question has not."""
    asked = form_set(turn.read)
    return next((n.text for n in names(turn.quote, known) if not form_set(n.text) & asked), None)


_NOT_THINGS = (AnswerType.TIME, AnswerType.DURATION, AnswerType.NUMBER, AnswerType.AMOUNT, AnswerType.MANNER)


def _is_name(text: str, known: frozenset[str]) -> bool:
    found = names(text, known)
    return len(found) == 1 and found[0].end - found[0].start >= len(text) - 4 and " and " not in text


def _names_person(turn: Turn, context: str, known: frozenset[str]) -> bool:
    return any(m.kind is Kind.PERSON and m.is_name for m in mentions(turn.read, context, known))


def pairs(turns: Sequence[Turn], context: str, known: frozenset[str]) -> Iterator[Found]:
    """The two of whom a question and its answer speak: who met whom."""
    for age, turn in enumerate(reversed(turns[-OLDEST:])):
        persons = _persons(turn, context, known)
        if len(persons) == 2:
            both = Mention(" and ".join(persons), Kind.GROUP, True, is_name=True)
            yield Found(both, PAIR * EARLIER**age, age)


def _persons(turn: Turn, context: str, known: frozenset[str]) -> list[str]:
    """The persons that a question and its answer name, each once, in the fuller form."""
    answer = answer_mention(turn, context, known)
    told = [m for m in mentions(turn.read, context, known) if m.is_name] + ([answer] if answer else [])
    found: list[str] = []
    persons = dict.fromkeys(m.text for m in told if m.kind is Kind.PERSON)
    for text in sorted(persons, key=lambda text: -len(text)):
        untitled = form_set(text) - TITLES
        if not any(untitled <= form_set(fuller) for fuller in found):
            found.append(text)
    return sorted(found, key=lambda text: [m.text for m in told].index(text))


def events(turns: Sequence[Turn], context: str, known: frozenset[str]) -> Iterator[Found]:
    """What happened by the last questions: "who met Milley?" speaks of a meeting."""
    for age, turn in enumerate(reversed(turns[-2:])):
        words = [token[0] for token in tokens(turn.read)]
        # "The killing" is a noun already, and of nobody who did something else.
        verbs = [w for before, w in pairwise(words) if w.islower() and before.lower() not in DETERMINERS]
        called = next((name for word in verbs if (name := event_of(word))), None)
        if called:
            persons = _persons(turn, context, known)
            of = f" of {' and '.join(persons)}" if persons else ""
            yield Found(Mention(f"{called}{of}", Kind.THING), EVENT * EARLIER**age, age)
