"""Questions that put something else into the one before: "and Austin?", "what about Mali?", "no, Milley"."""

import re
from collections.abc import Sequence

from index.reading.dates import MONTH
from qa.clauses import Clause, parse
from qa.counted import counted_otherwise
from qa.ellipsis import Completed, without_lead
from qa.mentions import Kind, Mention, head_of, phrase_mention
from qa.phrases import PREPOSITIONS, PRONOUNS, QUESTION_WORDS, Phrase, names, noun_phrases, tokens
from qa.turn import Turn
from qa.verbs import AUXILIARIES, known_base

_ABOUT = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|well)[\s,]+)*(?:what|how)\s+about\s+(?P<what>.+)$", re.IGNORECASE
)
_AND = re.compile(r"^(?:and|or|also|same for|the same for)\s+(?P<what>.+)$", re.IGNORECASE)
_CORRECTION = re.compile(
    r"^(?:ok(?:ay)?[\s,]+)?(?:(?:no|nope|(?:i\s+am\s+|i['’]m\s+)?sorry|oops|actually|wait|pardon|not that"
    r"|i mean|i meant|i was asking about|rather|correction)\b[\s,:;.-]*)+"
    r"(?:i\s+(?:meant|mean)\s+)?(?:to\s+ask\s+(?:(?:for|about)\s+)?)?(?P<what>.+)$",
    re.IGNORECASE,
)
# "How many in 2011?" asks the same of another time or place.
_SAME_IN = re.compile(
    r"^(?:how\s+(?:many|much)|who|what|which)\s+(?P<what>(?:in|at|on|during|before|after|since)\s+.+)$",
    re.IGNORECASE,
)
_MEANT_LAST = re.compile(r"[\s,]+i\s+(?:mean|meant)$", re.IGNORECASE)
_NOT = re.compile(r"^not\s+.+?,\s*(?:but\s+)?(?P<what>.+)$", re.IGNORECASE)
_OPENER = re.compile(
    r"^(?:what|who|whom|whose|which|when|where|why|how|if|because|since|while|after|before|is|was)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(r"\b(?:the\s+)?(?:(?:most|least)\s+\w+|\w{2,}est)\b", re.IGNORECASE)
_NO_SUPERLATIVES = frozenset(["west", "midwest", "rest", "test", "interest", "request", "protest", "forest",
    "contest", "guest", "harvest", "arrest", "invest", "suggest", "quest", "budapest"])  # fmt: skip
_ASKING = (
    rf"(?:(?:{'|'.join(sorted(PREPOSITIONS - {'like', 'because'}))}|to)\s+)?"
    r"(?:what|who|whom|whose|which|when|where|why|how)\b"
)
_ASKS = re.compile(_ASKING, re.IGNORECASE)
_NAMED_FIRST = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|well)[\s,]+)*(?:(?:what|how)\s+about\s+)?(?P<what>[^?,.;:]{2,60}?)"
    r"(?:[?,:]\s+|\s+[-–—]+\s+)"
    rf"(?P<rest>(?:{_ASKING}|(?:did|does|is|was|will|has)\b.{{2}}).{{0,200}})$",
    re.IGNORECASE,
)
# Of more words it is a sentence of its own.
MOST_WORDS = 7


def spoken_of_first(question: str) -> tuple[str, str] | None:
    """What a message names before it asks about it, and what it asks: "and McConnell? what did he say?".

    None for a message that does not.
    """
    match = _NAMED_FIRST.match(question.strip())
    return (match["what"].strip(), match["rest"].strip()) if match and _is_phrase(match["what"]) else None


def corrected(question: str) -> str | None:
    """What a correction puts in ("sorry, I meant Austin": "Austin"), None for what corrects nothing."""
    text = question.strip().rstrip("?!. …")
    match = _CORRECTION.match(text) or _NOT.match(text)
    return _MEANT_LAST.sub("", match["what"].strip()) if match else None


def asks_itself(meant: str) -> bool:
    """Whether what a correction puts in is a question: "how many agencies", "the mayor, when did he go"."""
    return bool(parse(meant) or _ASKS.match(meant) or spoken_of_first(meant))


def other_subject(question: str, *, is_question: bool = True) -> str | None:
    """What "and Austin?", "what about Austin?" or "Austin?" ask about in place of what was asked about.

    None for any other question, and for "Austin" unless it `is_question`.
    """
    text = question.strip().rstrip("?!. …")
    match = _ABOUT.match(text) or _AND.match(text)
    match = _SAME_IN.match(match["what"].strip() if match else without_lead(text)) or match
    what = (match["what"] if match else without_lead(text)).strip()
    if match is None and not is_question:
        return None
    return what if _is_phrase(what) else None


def _is_phrase(text: str) -> bool:
    words = [word[0].lower() for word in tokens(text)]
    if not 0 < len(words) <= MOST_WORDS or words[0] in AUXILIARIES:
        return False
    if _OPENER.match(text) and not (words[0] in ("before", "after", "since") and len(names(text)) == 1):
        return False
    if words[0] in PRONOUNS - {"that", "this", "these", "those", "her", "his"} or (
        len(words) == 1 and words[0] in PRONOUNS
    ):
        return False
    if any(word in QUESTION_WORDS for word in words):
        return False
    if _RECENT.fullmatch(text):
        return True
    # "Name of the base" has no verb.
    orders = known_base(words[0]) and len(words) > 1 and words[1] != "of"
    return not orders and not any(word in AUXILIARIES for word in words)


def substitute(what: str, last: Turn, context: str, known: frozenset[str]) -> Completed | None:
    """The question before with `what` in the place of the phrase that is most like it.

    None if the question before has no place for it. `context` is text of the articles in view, `known`
    the words that it writes with a capital.
    """
    frame = (last.frame or last.read).rstrip("?!. ")
    if not tokens(what) or not frame:
        return None
    counted = counted_otherwise(what, last)
    if replaced := counted or _superlative(what, frame) or _prepositional(what, frame, context):
        return Completed(replaced, replaced)
    new = _mention(what, context, known)
    clause = parse(frame)
    asking = len(frame) - len(clause.body) if clause and frame.endswith(clause.body) else 0
    phrases = noun_phrases(frame, known)
    held = [name for name in names(frame, known) if _ENDS_IN_PREPOSITION.search(frame[: name.start])]
    old = [
        (phrase, phrase_mention(phrase, context))
        for phrase in [*phrases, *held]
        if phrase.start >= asking and phrase.text.lower() not in ("someone", "something")
    ]
    if added := _circumstance(what, new, frame, [mention for _, mention in old]):
        return Completed(added, added)
    if clause and (counted := _other_noun(what, new, clause, [mention for _, mention in old])):
        return Completed(counted, counted)
    if not old:
        return None
    phrase = _most_like(new, old, last.question)
    if phrase is None or phrase.text.lower() == what.lower():
        return None
    text = f"{frame[: phrase.start]}{what}{frame[phrase.end :]}?"
    return Completed(text, text)


def _circumstance(what: str, new: Mention, frame: str, old: Sequence[Mention]) -> str | None:
    """The question before with a country or a time added that takes the place of nothing; None for others.

    >>> _circumstance("last year", Mention("last year", Kind.TIME), "who won", [])
    'who won last year?'
    """
    if new.kind is Kind.TIME and not any(mention.kind is Kind.TIME for mention in old):
        return f"{frame} {what}?"
    place = new.kind is Kind.PLACE and new.is_name
    alike = any(
        mention.kind in (Kind.PLACE, Kind.GROUP) or (mention.kind is Kind.THING and mention.is_name)
        for mention in old
    )
    return f"{frame} in {what}?" if place and not alike else None


def _other_noun(what: str, new: Mention, clause: Clause, old: Sequence[Mention]) -> str | None:
    """The question before about other things: "what about new cars?"; None where a phrase is more like it.

    >>> asked = parse("How many new boats are there this year?")
    >>> _other_noun("new cars", Mention("new cars", Kind.THING, True), asked, [])
    'How many new cars are there this year?'
    """
    fits = new.kind is Kind.THING and not new.is_name and clause.noun and not clause.noun[:1].isupper()
    if not fits or any(mention.kind is not Kind.TIME for mention in old):
        return None
    return f"{' '.join(f'{clause.word} {what} {clause.auxiliary} {clause.body}'.split())}?"


def _mention(what: str, context: str, known: frozenset[str]) -> Mention:
    found = noun_phrases(what, known)
    return phrase_mention(found[0] if found else Phrase(what, 0, len(what), False), context)


def _superlative(what: str, frame: str) -> str | None:
    """Make "the cheapest" in place of "the most expensive"; None if either has no such word."""
    new = _SUPERLATIVE.fullmatch(what)
    old = next((m for m in _SUPERLATIVE.finditer(frame) if m[0].lower() not in _NO_SUPERLATIVES), None)
    if not new or not old or what.lower() in _NO_SUPERLATIVES:
        return None
    article = re.match(r"the\s+", old[0], re.IGNORECASE)
    put = re.sub(r"^the\s+", "", what, flags=re.IGNORECASE)
    return f"{frame[: old.start()]}{article[0] if article else ''}{put}{frame[old.end() :]}?"


def _prepositional(what: str, frame: str, context: str) -> str | None:
    """Make "in 2019" or "in Seoul" in place of what follows the same preposition, else at the end.

    A time takes the place of a time, a place that of a place.
    """
    words = tokens(what)
    first = words[0][0].lower()
    if first not in PREPOSITIONS:
        return None
    is_time = _is_time(what[words[0].end() :].strip(), context)
    same = list(re.finditer(rf"\b{re.escape(first)}\s+", frame, re.IGNORECASE))
    if first == "in" and not is_time:
        # "The mayor of Oslo" and the one "in Bergen" are mayors of their towns.
        same = [*(match for match in _OF.finditer(frame) if _names_place(frame, match.end(), context)), *same]
    for match in reversed(same):
        phrases = [p for p in [*noun_phrases(frame), *names(frame)] if p.start == match.end()]
        number = re.match(r"\d[\d.,]*(?:\s\w+)?", frame[match.end() :])
        end = phrases[0].end if phrases else match.end() + number.end() if number else 0
        if is_time and (month := _MONTH.match(frame, match.end())):
            return f"{frame[: match.start()]}{what}{frame[month.end() :]}?"
        if end and _is_time(frame[match.end() : end], context) is is_time:
            return f"{frame[: match.start()]}{what}{frame[end:]}?"
    # "This week" gives way to "in 2019".
    recent = _RECENT.search(frame) if is_time else None
    return f"{frame[: recent.start()]}{what}{frame[recent.end() :]}?" if recent else f"{frame} {what}?"


_RECENT = re.compile(
    r"\b(?:(?:this|last|next)\s+(?:week(?:end)?|month|year|season|\w+day)|yesterday|today|tonight)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"(?i:{MONTH})\b\.?(?:,?\s\d{{4}}\b|\s(?:this|last)\syear\b)?")
_ENDS_IN_PREPOSITION = re.compile(r"\b(?:of|in|for|from|at|by)\s+$", re.IGNORECASE)
_OF = re.compile(r"\bof\s+", re.IGNORECASE)


def _names_place(frame: str, start: int, context: str) -> bool:
    """Whether the name of a place stands at `start`."""
    name = next((name for name in names(frame) if name.start == start), None)
    return name is not None and phrase_mention(name, context).kind is Kind.PLACE


def _is_time(text: str, context: str) -> bool:
    if text[:1].isdigit():
        return True
    return _mention(text, context, frozenset()).kind is Kind.TIME


def _most_like(new: Mention, old: Sequence[tuple[Phrase, Mention]], typed: str) -> Phrase | None:
    """The phrase of the same kind that the asker typed, of several the first; else the likeliest other."""

    def likeness(item: tuple[Phrase, Mention]) -> tuple[float, int]:
        phrase, mention = item
        kinds = {new.kind, mention.kind}
        same = 3.0 if len(kinds) == 1 else 1.0 if kinds <= {Kind.GROUP, Kind.PLACE, Kind.THING} else 0.0
        if not same and kinds == {Kind.PERSON, Kind.GROUP}:
            same = 0.8
        named = 1.0 if new.is_name == mention.is_name else 0.0
        # "The literature prize" is one of the prizes.
        named += 4.0 if head_of(new.text) == head_of(mention.text) else 0.0
        said = 0.5 if phrase.text.lower() in typed.lower() else 0.0
        return same + named + said, -phrase.start

    # Nobody takes the place of a time: "and Austin?" after "who resigned after 45 days?".
    old = [item for item in old if {new.kind, item[1].kind} != {Kind.PERSON, Kind.TIME}]
    if not old:
        return None
    best = max(old, key=likeness)
    return best[0] if likeness(best)[0] >= 1.0 or len(old) == 1 else None
