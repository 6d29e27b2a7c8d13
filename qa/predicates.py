"""Whether a sentence tells of what a question asks, so that its number may be set beside another's.

"Microsoft employs 221,000 people" is near to "how many people is Microsoft laying off?" and answers another
question. News says one thing in several words ("killed", "dead", "death toll"): small groups of them count
as one.
"""

import re
from collections.abc import Sequence, Set

from index.words import content_forms, form_set, stem
from qa.answer import Evidence
from qa.metonyms import is_told
from qa.neighbours import sentences_before
from qa.question import Question
from qa.values import Kind

_GROUPS = tuple(
    frozenset(content_forms(group))
    for group in (
        "die kill dead death toll fatality perish slay claim life murder massacre",
        "injure hurt wound injury",
        "sick ill illness infect infection sicken case outbreak",
        "hospitalize hospitalization hospital hospitalise",
        "lay laying layoff cut job eliminate reduce slash trim dismiss",
        "earn make gross bring take rake collect income earning ticket sale revenue",
        "destroy damage level raze burn gut wreck",
        "hostage captive abduct kidnap seize",
        "displace flee evacuate homeless uproot",
        "jackpot prize",
        "rich wealthy wealth fortune worth",
        "strike walkout picket walk",
        "pay settle settlement agree payment",
        "vote pass approve tally",
        "win won beat defeat victory triumph",
        "spend use misuse convert",
        "leave resign quit depart exit retire step",
        "charge indict count accuse",
        "raise hike increase",
        "recall withdraw pull",
        "site location plant facility place",
        "structure building home house",
        "demand want seek ask request",
    )
)
_COMMON_WORDS = "person people many much high big number total far long take happen go do make"
_TOO_COMMON = frozenset(map(stem, _COMMON_WORDS.split()))

_YEAR = re.compile(r"\b(?:1[6-9]|20)[0-9]{2}\b(?![,.][0-9]|\s?[%-])")
# "The deadliest since 2002" tells when something else was; so does "the sequel to the 1986 film".
_COMPARED_YEAR = re.compile(
    r"(?i)\b(?:since(?: the)?|(?:than|as|like|to|from|of) (?:in|the|that of|those of)"
    r"|(?:built|born|founded|opened|established|created) in|(?:back|dating) to)"
    r"\s+(?:early |late |mid-)?(?:1[6-9]|20)[0-9]{2}\b"
    r"(?!(?:\s+[\w-]+){0,3},?\s+(?:that|which|when|where|whose)\b)"
)
# "Fell to 3.5 %, matching the low of early 2020": what is set beside the answer is of another time.
_BESIDE = re.compile(
    r"(?i),\s+(?:match|surpass|exceed|compar|break|beat|top|eclips|tying|up from|down from|from|versus)"
    r"[\s\S]*"
)
_GOES_ON = re.compile(r"\W*(?:That|This|These|Those|It|There)\b")

_PEOPLE_WORDS = "member worker employee man woman child resident official soldier troop student"
PEOPLE = frozenset(form for word in _PEOPLE_WORDS.split() for form in content_forms(f"{word} {word}s"))
"""Nouns for people of a kind; "people" itself may be whoever is asked for."""

# What would be is no report of what is.
_CONDITIONAL = re.compile(r"(?i)^\W*(?:(?:and|but|so)\s+)?(?:even\s+)?(?:if|unless|in case)\b")

# What is said of every year is no report of one event.
_HABITUAL = re.compile(
    r"(?i)\b(?:(?:each|every|per) (?:year|month|week|day)|annually|a year,|on average|typically|usually)\b"
)


def tells_of(question: Question, piece: Evidence) -> bool:
    """True if the piece's sentence tells of what the question asks.

    Of the words that stand in groups half must have one of their group in the sentence; of all words half
    must stand in it, in the one before or in the title; of the names half in the article. What is said of
    every year tells of no event, nor does what is said of a year before the report's, or on a condition.
    """
    if of_another_time(question, piece) or _CONDITIONAL.match(piece.quote):
        return False
    core, here, around = core_of(question), form_set(piece.quote), _around(piece)
    grouped = [group for form in core for group in _GROUPS if form in group]
    # "Swelled to 4,000 acres" tells how many acres burned: of so many things no more is said.
    if _counts_things(question, here):
        grouped = []
    if 2 * sum(bool(group & here) for group in grouped) < len(grouped):
        return False
    return 2 * _told(core, here, around) >= len(core) and _names_told(question, piece, around)


def tells_a_part(question: Question, piece: Evidence) -> bool:
    """True if the piece's sentence, with the one before and the title, tells a third of the question.

    Half of the names must stand in its article, and the sentence must be of the time asked about.
    """
    if of_another_time(question, piece) or _CONDITIONAL.match(piece.quote):
        return False
    return 3 * share_told(question, piece, around=True) >= 1 and _names_told(question, piece, _around(piece))


def _counts_things(question: Question, here: Set[str]) -> bool:
    return question.focus in here and question.focus not in PEOPLE | {stem("people")}


def of_another_time(question: Question, piece: Evidence) -> bool:
    """True if the sentence tells of what happens every year, or of a year before the report's.

    Never of a question that asks for just that.
    """
    return _habitual(question, piece) or _of_another_year(question, piece)


def _habitual(question: Question, piece: Evidence) -> bool:
    """True if the sentence tells of every year; a day that answers is a day of one event all the same."""
    if not _HABITUAL.search(piece.quote) or _HABITUAL.search(question.text):
        return False
    return piece.days is None


def answers_alike(question: Question, kind: Kind, piece: Evidence, best: Evidence | None = None) -> bool:
    """True if the answer in a sentence that tells of the question's matter may be set against another's.

    Half of the question's names must stand in the sentence, in the one before or in the title: an article
    tells of other fires too. A date must stand in a sentence with half of the question's words itself, or
    with as many as that of the `best` answer has, as many sentences have dates, and a number in one with the
    name of those who are counted ("Americans").
    """
    core, here, around = core_of(question), form_set(piece.quote), _around(piece)
    if 2 * sum(is_told(name, around) for name in question.names) < len(question.names):
        return False
    if kind is Kind.NUMBER and not all(is_told(name, here) for name in counted_names(question)):
        return False
    if kind is Kind.DATE and _past_for_coming(question, piece):
        return False
    if kind is Kind.NAME and _no_longer(question, piece):
        return False
    if kind is not Kind.DATE:
        return True
    told = _told(core, here, here)
    return 2 * told >= len(core) or (best is not None and told >= max(1, _told_in(core, best)))


def _told_in(core: Sequence[str], piece: Evidence) -> int:
    here = form_set(piece.quote)
    return _told(core, here, here)


def share_told(question: Question, piece: Evidence, *, around: bool = False) -> float:
    """The share of what the question asks, names too, that the piece's sentence tells.

    With `around` the sentence before and the title tell as well.
    """
    asked, here = [*core_of(question), *question.names], form_set(piece.quote)
    return _told(asked, here, _around(piece) if around else here) / max(1, len(asked))


def names_missing(question: Question, piece: Evidence) -> int:
    """How many of the question's names stand neither in the sentence nor before it nor in the title."""
    around = _around(piece)
    return sum(not is_told(name, around) for name in question.names)


def names_itself(question: Question, piece: Evidence) -> bool:
    """True if the sentence has one of the question's names, or the question has none."""
    here = form_set(piece.quote)
    return not question.names or any(is_told(name, here) for name in question.names)


_COMING = re.compile(
    r"(?i)\b(?:when|(?:what|which) (?:day|date|month|year))\s+(?:is|are|will|do|does|can|could|should|must)\b"
)


def _past_for_coming(question: Question, piece: Evidence) -> bool:
    """Whether the day was over when the report was made, or its own, and what is to come is asked for.

    "The death last week", "he resigned today" and "in force since May 2020" are days of something else.
    """
    if piece.days is None or piece.days.last is None or piece.article.published is None:
        return False
    return asks_what_comes(question) and piece.days.last <= piece.article.published


_WHO_NOW = re.compile(r"(?i)\bwho(?:['’]s|\s+(?:is|leads|heads|runs|owns|chairs|commands))\b")
_FORMER = r"(?:former|then|ex|previous|outgoing|one-time)"
_FORMER_BEFORE = re.compile(rf"(?i)\b{_FORMER}[\s-]+(?:[\w.’'-]+\s+){{0,5}}$")
_FORMER_AFTER = re.compile(
    rf"(?i)(?:,?\s+(?:who\s+)?(?:(?:is|was)\s+)?(?:(?:the|an?|his|her|its|their)\s+)?(?:\w+\s+)?{_FORMER}\b"
    r"|\s+(?:had\s+)?served\s+as\b)"
)


def _no_longer(question: Question, piece: Evidence) -> bool:
    """Whether the name is told to be that of a former holder, and the one of now is asked for."""
    if not _WHO_NOW.search(question.text) or re.search(rf"(?i)\b{_FORMER}\b", question.text):
        return False
    text = piece.article.text
    before = text[piece.sentence.start : piece.span.start]
    after = text[piece.span.end : max(piece.span.end, piece.sentence.end)]
    return bool(_FORMER_BEFORE.search(before) or _FORMER_AFTER.match(after))


def asks_what_comes(question: Question) -> bool:
    """True if the day of something to come is asked for, or of something that is so from a day on."""
    return _COMING.search(question.text) is not None


# "How many Americans died?", but not "how many Tesla cars": there what is counted has a word of its own.
_COUNTED_NAME = re.compile(
    r"\b(?i:how many)\s+([A-Z][\w'’-]+)\s+(?:were|are|have|has|had|did|do|will|died|fled|[a-z]+ed)\b"
)


def counted_names(question: Question) -> list[str]:
    """The forms of the name of those who are asked to be counted; [] if a common noun is."""
    match = _COUNTED_NAME.search(question.text)
    if match is None:
        return []
    return [form for form in content_forms(match[1]) if form in question.names]


def alike(one: str, other: str) -> bool:
    """True if two forms are the same, or of one group."""
    return one == other or any(one in group and other in group for group in _GROUPS)


def core_of(question: Question) -> list[str]:
    """The forms of what is asked beside names and numbers."""
    named = question.names + question.numbers
    return [form for form in question.content if form not in named and form not in _TOO_COMMON]


def _told(core: Sequence[str], here: Set[str], around: Set[str]) -> int:
    return sum(is_told(form, around) or any(form in g and g & here for g in _GROUPS) for form in core)


def _of_another_year(question: Question, piece: Evidence) -> bool:
    """True if the sentence, or the one it goes on from, tells only of years before that of the report.

    "That blaze killed 85" goes on from the sentence before. Years in the answer or the question do not count.
    """
    day, text = piece.article.published, piece.article.text
    if day is None:
        return False
    after = _BESIDE.sub("", text[piece.span.end : piece.sentence.end])
    told = text[piece.sentence.start : piece.span.start] + after
    if _GOES_ON.match(told):
        told = "".join(span.of(text) for span in sentences_before(text, piece.sentence, 1)) + told
    told = _COMPARED_YEAR.sub(" ", told)
    years = {year for year in map(int, _YEAR.findall(told)) if str(year) not in question.text}
    return bool(years) and max(years) < day.year - 1


def _names_told(question: Question, piece: Evidence, around: frozenset[str]) -> bool:
    missing = [name for name in question.names if not is_told(name, around)]
    if 2 * len(missing) <= len(question.names):
        return True
    article = _article(piece)
    return 2 * sum(not is_told(name, article) for name in missing) <= len(question.names)


def _article(piece: Evidence) -> frozenset[str]:
    return frozenset(content_forms(f"{piece.article.title} {piece.article.text}"))


def _around(piece: Evidence) -> frozenset[str]:
    """Forms of the sentence, of the one before it, and of the title."""
    text = piece.article.text
    before = [span.of(text) for span in sentences_before(text, piece.sentence, 1)]
    return form_set(piece.quote) | form_set("".join(before)) | form_set(piece.article.title)
