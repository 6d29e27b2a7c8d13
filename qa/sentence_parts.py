"""Parts of a sentence, found by punctuation and short lists: quotations, clauses, who speaks."""

import re

from index.article import Span

SAYING = re.compile(
    r"\b(?:said|says|told|tells|announced|announces|confirmed|confirms|reported|reports|warned|warns|added|adds|wrote|writes"
    r"|tweeted|claimed|claims|argued|argues|insisted|insists|estimated|estimates|acknowledged|acknowledges|explained"
    r"|explains|noted|notes|stated|states|declared|declares|predicted|predicts|alleged|alleges|testified|conceded|disclosed"
    r"|reiterated|asserted|maintained|maintains|suggested|revealed)\b"
)
"""Verbs that tell of what somebody said, in lower case: a capital makes a name or a heading of them."""

_QUESTION_WORD = r"\b(?:what|who|whom|whose|how|why)(?:\s|$)"
# Where a clause begins, seen from its verb: punctuation, or a word that joins clauses.
_BREAK = re.compile(
    r"""[;:"“”—–]|\s-{1,2}\s|,\s|\b(?:[Aa]nd|[Bb]ut|because|although|while|when|as|after|that|which|if|where)(?:\s|$)"""
    rf"|{_QUESTION_WORD}"
)
_HAS_SUBJECT = re.compile(r"[A-Z]|(?:the|an?|his|her|its|their|he|she|it|they|we|I)\s")
# "The Centers for Disease Control and Prevention said": one subject, though it has an "and".
_NAMES_JOINED = re.compile(
    r"(?:[Tt]he\s)?[A-Z][\w.’'-]*(?:\s(?:(?:of|for|the)\s){0,2}[A-Z][\w.’'-]*)*\sand\s[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)*$"
)
# What stands between commas and is no apposition: a clause of its own.
_CLAUSE = re.compile(
    r",\s+(?:as|while|when|because|although|though|if|since|until|after|before|and|but|or)\s"
)
_IN_BRACKETS = re.compile(r"\s\([^()]{1,40}\)$")  # "Sen. Kelly Loeffler (R-Ga.) said"
_SUBJECT = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Ss]ome|[Ss]everal|[Mm]any|[Oo]ne|[Tt]wo)\s)?"
    r"(?:[\w.’'/&-]+\s+){0,11}[\w.’'/&-]+"
)
_ENDS_SUBJECT = re.compile(
    r"""[,;:"“”()—–!?]|\.(?=\s+["“A-Z]|\s*$)(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|Lt)\.)(?<!\b(?:Mrs|Gen|Rep|Sen|Gov|Col|Adm)\.)"""
    r"|\s(?:said|says|that|who|which|on|in|at|to|when|after|during|as|and|is|was|has|had|were|are|but|while)\s"
)
_NO_SUBJECT = re.compile(
    r"(?i)^(?:who|which|that|it|there|this|what|so|and|but|or|also|has|have|had|is|was|then|later|already|not|to|of|as"
    r"|yesterday|today|[\w]+ly|on|in|at|by|for|from|when|after|before|earlier)\b"
)
# Between a subject and its verb: "He repeatedly has said".
_BEFORE_VERB = re.compile(
    r"(?:\s(?:has|have|had|may|might|could|would|also|later|earlier|then|first|once|himself|herself|themselves|[a-z]{2,20}ly)){1,4}$"
)
_BEFORE_INVERSION = re.compile(r"""(?:[,?!"”’'—–]\s*|\s-{1,2}\s|^|^\W*(?:So|Thus)\s)$""")
_WHAT_WAS_DONE = re.compile(r"(?<=[a-z\d])\s(?:published|released|issued|posted|written|given|based|led)$")
_OF_A_CLAUSE = re.compile(r"\s+(?:has|had|have|is|was|were|are)\b")
_HOLDS_A_VERB = re.compile(
    r"\s(?<!\ba\s)(?<!\ban\s)(?<!\bthe\s)(?:[a-z]+ly|[a-z]+ed|will|would|could|may|might|can|should|did|does|do)\s"
)
_OPENING, _CLOSING = '“"', '”"'
FEWEST, MOST_WORDS = 2, 12


def in_quotation(text: str, at: int) -> bool:
    """True if a character of a sentence stands between its quotation marks, or before one only closed."""
    before, after = text[:at], text[at:]
    straight = before.count('"')
    opened = before.count("“") - before.count("”")
    if opened > 0 or straight % 2:
        return True
    # The beginning of the quotation is in the sentence before.
    closing = after.find("”")
    return closing >= 0 and "“" not in after[:closing] and "“" not in before


def is_all_quotation(text: str) -> bool:
    """True for a sentence that is somebody's words from its first character to its last."""
    bare = text.strip()
    starts = bare[:1] in tuple(_OPENING)
    ends = bare.rstrip(".,!?")[-1:] in tuple(_CLOSING) or bare[-1:] in tuple(_CLOSING)
    inside = bare.strip("".join(_OPENING + _CLOSING))
    return (starts or ends) and not any(mark in inside for mark in _OPENING + _CLOSING)


def speaker_before(sentence: str, verb: int) -> Span | None:
    """The subject that stands before a verb of saying at `verb`; None if what stands there is none.

    An apposition is stepped over: of "Julie Su, the acting secretary, said" it is "Julie Su".
    """
    head = sentence[:verb].rstrip()
    if head.endswith(","):
        inner = head[:-1].rfind(",")
        if inner < 0 or len(head) - inner > 120 or any(mark in head[inner:] for mark in '"“”'):
            return None
        if _CLAUSE.match(head[inner:]):
            return None
        head = head[:inner].rstrip()
    head = _IN_BRACKETS.sub("", head)
    head = _BEFORE_VERB.sub("", head)
    breaks = list(_BREAK.finditer(head))
    start = breaks[-1].end() if breaks else 0
    if breaks and re.match(_QUESTION_WORD, breaks[-1][0]) and not _HAS_SUBJECT.match(head, start):
        return None  # "Weaver, who worked for Kasich, said": no subject but that of a clause within
    joined = _NAMES_JOINED.search(head)
    if joined and joined.start() in {0, *(match.end() for match in breaks)}:
        start = joined.start()
    return _subject(sentence, start, len(head))


def speaker_after(sentence: str, start: int) -> Span | None:
    """The source that follows "according to"."""
    start += len(sentence[start:]) - len(sentence[start:].lstrip())
    stop = _ENDS_SUBJECT.search(sentence, start)
    return _subject(sentence, start, stop.start() if stop else len(sentence))


def inverted_speaker(sentence: str, verb: Span) -> Span | None:
    """The subject that follows its verb of saying: "..., said the mayor"; None where a clause follows.

    The verb stands after what is said. In "a member of the council, said Trump only changed the date" it has
    its subject before it, and a verb tells that what follows is what was said.
    """
    if not _BEFORE_INVERSION.search(sentence[: verb.start]):
        return None
    found = speaker_after(sentence, verb.end)
    if found is None or _OF_A_CLAUSE.match(sentence, found.end) or _HOLDS_A_VERB.search(found.of(sentence)):
        return None
    # "Said the report released on Monday": it is the report.
    bare = _WHAT_WAS_DONE.sub("", found.of(sentence))
    return Span(found.start, found.start + len(bare))


def _subject(sentence: str, start: int, end: int) -> Span | None:
    part = sentence[start:end]
    start += len(part) - len(part.lstrip())
    part = part.strip().rstrip(".")
    if not len(part) >= FEWEST or len(part.split()) > MOST_WORDS:
        return None
    if not _SUBJECT.fullmatch(part) or _NO_SUBJECT.match(part):
        return None
    return Span(start, start + len(part))
