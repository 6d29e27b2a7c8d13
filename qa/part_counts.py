"""Numbers that count only a part of what is asked for, more than that, or something that went with it.

"Four other people died", "six of them in Polk County" and "8 new cases" are parts of a toll, "45 died or
were injured" is more than one, and "213 injured" is no number of dead. None of them differs from the whole.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from index.article import Span
from index.words import content_forms, form_set, words
from qa.answer import Evidence
from qa.focused_numbers import PEOPLE_NAMED
from qa.metonyms import is_told
from qa.predicates import alike, core_of, counted_names
from qa.quantities import find_quantities, quantities
from qa.question import Question


def _forms(listed: str) -> frozenset[str]:
    return frozenset(content_forms(listed))


# What may come of an event for those whom it meets: who counts one does not count the others.
_OUTCOMES = tuple(
    map(
        _forms,
        (
            "die kill killing dead death fatality fatal perish slay murder massacre victim life",
            "injure injury hurt wound",
            "sick ill illness infect infection sicken",
            "hospitalize hospitalization hospital",
            "displace evacuate homeless flee shelter",
            "missing unaccounted",
            "arrest detain charge",
            "rescue survive survivor",
        ),
    )
)
# What is counted beside people: a question for people is not answered by it.
_PLACES = _forms("state states county counties country countries nation nations city cities province region")
_THINGS = _forms(
    "livestock cattle cow animal bird chicken pig horse sheep goat dog cat whale home house building"
    " structure business vehicle car acre mile flight village magnitude"
)


def counts_part(question: Question, piece: Evidence) -> bool:
    """True if the piece's number counts a part of what is asked, more than that, or another outcome of it.

    False for an answer without a number.
    """
    number = number_of(piece)
    if number is None:
        return False
    return (
        _no_count(question, piece, number)
        or _age_on(question, piece, number)
        or _of_a_part(question, piece, number)
        or _of_a_place(question, piece, number)
        or _of_all_places(question, piece, number)
        or _of_events(question, piece, number)
        or _of_other_outcome(question, piece, number)
        or _of_two_outcomes(question, piece)
        or _of_a_kind(question, piece, number)
        or _of_somebody(question, piece, number)
        or _of_another_people(question, piece, number)
    )


def with_whole(question: Question, piece: Evidence) -> Evidence | None:
    """The piece if its number counts no part, else with that number of its sentence that counts the whole.

    "It put 177,000 in hospital and killed 14,000": the one that stands with the outcome asked for. None if no
    number does.
    """
    if not counts_part(question, piece):
        return piece
    asked = _outcomes(core_of(question))
    for place, _ in find_quantities(piece.quote) if asked else ():
        number = Span(place.start + piece.sentence.start, place.end + piece.sentence.start)
        other = replace(piece, span=number)
        if _outcomes(_forms_after(piece, number)) == asked and not counts_part(question, other):
            return other
    return None


def number_of(piece: Evidence) -> Span | None:
    """The first number of an answer, in characters of its article."""
    place = next((place for place, _ in find_quantities(piece.answer)), None)
    return Span(piece.span.start + place.start, piece.span.start + place.end) if place else None


_CLOCK = re.compile(r"(?i):[0-9]{2}|\s?[ap]\.?m\b")
_ONE = re.compile(r"(?i)one")
_OLD = re.compile(r"(?i)(?:[\s-](?:years?|months?))?[\s-]olds?\b")
_AGE_ON = re.compile(r"(?i)\s+(?:years?\s+(?:old\s+)?)?(?:and|or)\s+(?:older|over|up|above|younger|under)\b")


def _no_count(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it is the hour in "11:30 a.m.", the pronoun in "one of us", the states in "in 34 states"."""
    after = _forms_after(piece, number)
    if _CLOCK.match(_after(piece, number)) or re.search(r"[0-9]:$", _before(piece, number)):
        return True
    if after and after[0] in _PLACES and after[0] not in question.content:
        return True
    if not _ONE.fullmatch(number.of(piece.article.text)):
        return False
    asked, before = _outcomes(core_of(question)), _LAST_WORD.search(_before(piece, number))
    counted = bool(after) and (after[0] == question.focus or after[0] in PEOPLE_NAMED | _THINGS)
    told = _outcomes([*after[:1], *(content_forms(before[1]) if before else ())])
    return not counted and asked.isdisjoint(told)


def _age_on(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it is an age as in "adults 60 and older" or "54-year-old", where none is asked for."""
    if re.search(r"(?i)\b(?:aged?|old|young|youngest|oldest)\b", question.text):
        return False
    after = _after(piece, number)
    return bool(_AGE_ON.match(after) or _OLD.match(after))


# The rough words that may stand before a number.
_ROUGHLY = r"(?:(?:at least|about|around|some|nearly|almost|more than|over|up to|as many as)\s+)?$"
_FIRST = re.compile(rf"(?i)\b(?:the|its|their|his|her)\s+(?:first|last|remaining)\s+{_ROUGHLY}")
_AMONG = re.compile(rf"(?i)\b(?:including|among them|of whom)[,:]?\s+{_ROUGHLY}")
_ANOTHER = re.compile(rf"(?i)\b(?:another|additional|the other)\s+{_ROUGHLY}")
# "Half of the workforce of 7,500" tells of how many a part is meant.
_WHOLE_OF = re.compile(rf"(?i)\b(?:workforce|staff|population|out)\s+of\s+{_ROUGHLY}")
# "Like Ian did before killing 120", "months after tornadoes hit it, killing 74": of another event.
_COMPARED = re.compile(r"\b(?:like|unlike|than)\s+[A-Z][\w’'-]+\s+(?:did|was|had)\b")
_AFTER_ANOTHER = re.compile(
    r".{15,}\b(?:weeks|months|years|year)\s+after\b.*\b(?:killing|injuring|leaving|(?:that|which)\s+\w+)\s+"
    rf"(?i:{_ROUGHLY})"
)
_THERE = re.compile(r"(?i)[^.;:0-9]{0,80}?\b(?:at|on) (?:the|a) (?:scene|spot|hospital)\b")
_OF_THEM = re.compile(r"(?i)\s+(?:of|among)\s+(?:them|those|these|whom|the(?!\s+(?:\w+\s+){0,2}?[0-9]))\b")
# "Of the 10 senators who met" are no more than those who met.
_OF_THE = re.compile(r"(?i)\bof the\s+$")
_WHO_DID = re.compile(r"(?i)(?:\s+[\w-]+){1,3}?\s+who\s+((?:\w+\s+){1,3})")
_ALSO = re.compile(r"(?i)\s+(?:[\w-]+\s+){0,3}?also\b")
_AMONG_SOME = re.compile(
    r"(?i)[^.;:,]{0,60}?\b(?:among|in)\s+(?:\w+\s+)?(individuals|women|men|children|kids|students|adults|infants)\b"
)
_NEW = re.compile(r"(?i)\s+(?:newly|new)\s+\w")
# All jobs that were added are new ones.
_ASKS_NEW = re.compile(r"\bnew|\b(?:add|creat|hire|open|launch|buil[dt])")
_OTHERS = re.compile(r"(?i)\s+(?:\w+\s+)?(?:others?|more|additional)\b(?!\s+than)")


def _of_a_part(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it is as in "four others", "including two children", "8 new cases" or "its first two"."""
    before, after = _before(piece, number), _after(piece, number)
    asked = question.text.lower()
    if any(told.search(before) for told in (_FIRST, _WHOLE_OF, _COMPARED, _AFTER_ANOTHER)):
        return True
    if any(told.match(after) for told in (_ALSO, _THERE)) or _of_them(piece, number, after):
        return True
    if _OF_THE.search(before) and (who := _WHO_DID.match(after)):
        return not any(alike(asked_for, form) for asked_for in core_of(question) for form in form_set(who[1]))
    if (some := _AMONG_SOME.match(after)) and some[1].lower() not in asked:
        return True
    if _NEW.match(after) and not _ASKS_NEW.search(asked):
        return True
    if _AMONG.search(before) and question.focus in PEOPLE_NAMED:
        return question.focus not in [form for form in _forms_after(piece, number) if form != "person"]
    # "Killed 10 and wounded three others": the others are all that were wounded.
    alone = len(_outcomes(form_set(piece.quote))) < 2
    further = _ANOTHER.search(before) or _OTHERS.match(after)
    return bool(alone and further and not re.search(r"\b(?:other|more|another|additional)", asked))


def _of_them(piece: Evidence, number: Span, after: str) -> bool:
    """Whether it is as in "six of the victims"; "58 % of the vote" is a share of the whole that is meant."""
    share = any(found.unit == "%" for found in quantities(number.of(piece.article.text)))
    return not share and _OF_THEM.match(after) is not None


_AREA = re.compile(
    r"[^.;:0-9]{0,100}?\b(?:in|from|across)\s+(?:[\w’']+\s+){0,3}?"
    r"(?P<name>(?:[A-Z][\w’'.-]+\s+){1,3})(?:County|Parish|Province|Township|District)\b"
)
_NAME = r"(?P<name>[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,2})"
_IN = re.compile(
    r"[^.;:,0-9]{0,40}?\bin\s+(?!(?:January|February|March|April|May|June|July|August|September|October"
    rf"|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b){_NAME}"
)
_LIES_IN = re.compile(rf"(?:,|\s)+(?:(?:in|near|at|of|outside|on)\s+)?(?:the\s+)?{_NAME}")
# "In the county" is one that was named before.
_THE_AREA = re.compile(r"[^.;:0-9]{0,60}?\bin (?:the|that|one) (?P<area>county|city|town|district|village)\b")
_LISTED = re.compile(r"[^.;:]{0,60}?\bin\s+(?P<name>[A-Z][\w’'.-]+(?:\s+[A-Z][\w’'.-]+){0,3})[^.;:]{0,20}?$")
_LISTED_NEXT = re.compile(r"(?:\s+\w+){0,2}?\s+in\s+(?:the\s+)?[A-Z]")


def _of_a_place(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it is as in "two died in Orange County" or "eight in Ghent, five in Bruges", not asked for."""
    after = _after(piece, number)
    known = form_set(question.text) | form_set(piece.article.title)
    following = find_quantities(after)
    own = after[: following[0][0].start] if following else after
    if (area := _AREA.match(own)) and known.isdisjoint(content_forms(area["name"])):
        return True
    if (place := _IN.match(own)) and known.isdisjoint(content_forms(place["name"])):
        rest = after[place.end() :]
        lies_in = _LIES_IN.match(rest)
        # "In Uvalde, Texas" is in Texas; "in D.C., more than elsewhere in the United States" is a part of it.
        if not (lies_in and _named(question, lies_in["name"])) and _named(question, rest):
            return True
    if (area := _THE_AREA.match(own)) and area["area"] not in question.text.lower():
        return True
    if not following:
        return False
    until, rest = after[: following[0][0].start], after[following[0][0].end :]
    between = re.sub(r"(?:,\s+and|,|\s+and)\s+$", "", until)
    listed = _LISTED.match(between) if between != until and _LISTED_NEXT.match(rest) else None
    return listed is not None and known.isdisjoint(content_forms(listed["name"]))


_EVERYWHERE = re.compile(r"(?i)\b(?:worldwide|globally|(?:around|across) the (?:world|globe))\b")
_COUNTRIES = re.compile(r"(?i)[^.;:]{0,60}?\b(?:countries|nations)\b")


def _of_all_places(question: Question, piece: Evidence, number: Span) -> bool:
    """True if the number counts worldwide, or in several countries, what is asked of a place."""
    if not question.names or re.search(r"(?i)\b(?:world|glob|countries|nations)", question.text):
        return False
    after = _after(piece, number)
    following = find_quantities(after)
    own = after[: following[0][0].start] if following else after
    if _EVERYWHERE.search(own[:80]) or _EVERYWHERE.match(piece.quote):
        return True
    both = _ACROSS_BOTH.search(own[:80])
    if both and len(_named(question, both[1]) + _named(question, both[2])) == 1:
        return True
    # "16,500 cases in 74 countries".
    rest = after[following[0][0].end :] if following and len(own) < 60 else ""
    return bool(re.match(r"(?i)\s+(?:\w+\s+)?(?:countries|nations)\b", rest) or _COUNTRIES.match(own))


_ACROSS_BOTH = re.compile(r"\b(?:across|in both)\s+([A-Z][\w’'-]+)\s+and\s+([A-Z][\w’'-]+)")


def _named(question: Question, name: str) -> list[str]:
    return [form for form in content_forms(name) if form in question.names]


_IN_WHICH = re.compile(r"(?i)\b(?:in|at|from|during|by|after|on|of)\b")
_THINGS_NEXT = re.compile(r"(?:\s+[a-z-]+)?\s+([a-z]+s)\b")


def _of_events(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it counts that in which something is to be counted: "15 mass shootings", "two fires"."""
    told, around = _THINGS_NEXT.match(_after(piece, number)), _IN_WHICH.split(question.text, maxsplit=1)[1:]
    if not (told and around and question.focus):
        return False
    counted = form_set(told[1])
    return question.focus not in counted and not counted.isdisjoint(form_set(around[0]))


def _of_other_outcome(question: Question, piece: Evidence, number: Span) -> bool:
    """True for "213 injured" where the dead are asked for, "794,000 heads of livestock" where people are."""
    after = _forms_after(piece, number)
    if question.focus in PEOPLE_NAMED and not _THINGS.isdisjoint(after):
        return True
    asked = _outcomes(core_of(question))
    if not asked:
        return False
    if told := _outcomes(after):
        return told.isdisjoint(asked)
    before = _LAST_WORD.search(re.sub(rf"(?i){_ROUGHLY}", "", _before(piece, number)))
    told = _outcomes(content_forms(before[1])) if before else frozenset()
    return bool(told) and told.isdisjoint(asked)


_LAST_WORD = re.compile(r"([^\W\d_]+)\s*$")
_EITHER = re.compile(r"(?i)\b(\w+)\s+or\s+(?:were\s+|was\s+|are\s+|is\s+)?(\w+)")


def _of_two_outcomes(question: Question, piece: Evidence) -> bool:
    """Whether it is as in "45 people died or were injured", where one of the two is asked for."""
    asked = _outcomes(core_of(question))
    for one, other in _EITHER.findall(piece.quote):
        first, second = _outcomes(content_forms(one)), _outcomes(content_forms(other))
        if first and second and first != second and len(asked) == 1:
            return True
    return False


_KIND = re.compile(r"\s+(?:\w+[\w-]*\s+){1,2}(?:and|or)\s+(?:their\s+)?$")


def _of_a_kind(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it is as in "54 children" or "19 children and two teachers": people are all together."""
    if question.focus not in _PEOPLE:
        return False
    if not _KINDS.isdisjoint(_forms_after(piece, number)[:1]):
        return True
    text, start, end = piece.article.text, piece.sentence.start, piece.sentence.end
    places = [Span(place.start + start, place.end + start) for place, _ in find_quantities(piece.quote)]
    for one, other in pairwise(places):
        if number.start < other.end and one.start < number.end:
            between, after = text[one.end : other.start], _next_forms(text, other, end)[:1]
            if after and _KIND.fullmatch(between) and not _outcomes(form_set(between) | set(after)):
                return True
    return False


_PEOPLE = _forms("people person")
_KINDS = _forms("child children kid kids infant baby babies minor teenager girl boy woman women man men")

_UNNAMED = re.compile(r"(?i)\b(?:an?|another)\s+$")
_AGED = re.compile(
    r"(?i)(?:[\s-]years?)?[\s-]old\s+(?:man|woman|boy|girl|male|female|suspect|gunman|driver|student)\b"
)


def _of_somebody(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it is as in "a 42-year-old man", where the age of somebody with a name is asked for."""
    if not question.names or not re.search(r"(?i)\bhow old\b|\bage\b", question.text):
        return False
    return bool(_UNNAMED.search(_before(piece, number)) and _AGED.match(_after(piece, number)))


def _of_another_people(question: Question, piece: Evidence, number: Span) -> bool:
    """Whether it is as in "1,400 Israeli civilians", where Americans are to be counted."""
    counted = counted_names(question)
    told = _NAMED_NEXT.match(_after(piece, number)) if counted else None
    # "Belgian" alone is also a form of Belgium, "Belgians" is none.
    return told is not None and not any(is_told(form, form_set(f"{told[1]} {told[1]}s")) for form in counted)


_NAMED_NEXT = re.compile(r"\s+([A-Z][\w’'-]+)")


@lru_cache(maxsize=1_024)
def _outcome_of(form: str) -> int:
    return next((at for at, group in enumerate(_OUTCOMES) if form in group), -1)


def _outcomes(forms: Sequence[str] | frozenset[str] | set[str]) -> frozenset[int]:
    """Which outcomes the forms tell of, by their places in the list."""
    return frozenset(at for form in forms if (at := _outcome_of(form)) >= 0)


def _before(piece: Evidence, number: Span) -> str:
    return piece.article.text[piece.sentence.start : number.start]


def _after(piece: Evidence, number: Span) -> str:
    return piece.article.text[number.end : max(number.end, piece.sentence.end)]


def _forms_after(piece: Evidence, number: Span) -> list[str]:
    return _next_forms(piece.article.text, number, piece.sentence.end)


def _next_forms(text: str, number: Span, end: int) -> list[str]:
    """Forms of the first two words that tell something, after a number and before the next one or a break."""
    found: list[str] = []
    rest = re.split(r"[;:,.?!]\s|\band\b", text[number.end : min(end, number.end + 80)])[0]
    for word in words(rest):
        if word.is_number or len(found) == 2:
            break
        if not word.is_stop:
            found.append(word.form)
    return found
