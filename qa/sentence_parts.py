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

# Where a clause begins, seen from its verb: punctuation, or a word that joins clauses.
_BREAK = re.compile(
    r"""[;:"“”—–]|\s-{1,2}\s|,\s|\b(?:and|but|because|although|while|when|as|after|that|which|if|where)\s"""
)
_SUBJECT = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Ss]ome|[Ss]everal|[Mm]any|[Oo]ne|[Tt]wo)\s)?"
    r"(?:[\w.’'/&-]+\s+){0,11}[\w.’'/&-]+"
)
_ENDS_SUBJECT = re.compile(
    r"""[,;:"“”()—–!?]|\.(?=\s+["“A-Z]|\s*$)(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|Lt)\.)(?<!\b(?:Mrs|Gen|Rep|Sen|Gov|Col|Adm)\.)"""
    r"|\s(?:said|says|that|who|which|on|in|at|to|when|after|during|as|and|is|was|has|had|were|are|but|while)\s"
)
_NO_SUBJECT = re.compile(
    r"(?i)^(?:who|which|that|it|there|this|what|and|but|or|also|has|have|had|is|was|then|later|already|not|to|of|as"
    r"|yesterday|today|[\w]+ly|on|in|at|by|for|from|when|after|before|earlier)\b"
)
# Between a subject and its verb: "He repeatedly has said".
_BEFORE_VERB = re.compile(
    r"(?:\s(?:has|have|had|also|later|earlier|then|first|once|himself|herself|themselves|[a-z]{2,20}ly)){1,4}$"
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
        head = head[:inner].rstrip()
    start = max((match.end() for match in _BREAK.finditer(head)), default=0)
    return _subject(sentence, start, len(_BEFORE_VERB.sub("", head)))


def speaker_after(sentence: str, start: int) -> Span | None:
    """The source that follows "according to", or a verb of saying that ends at `start`."""
    start += len(sentence[start:]) - len(sentence[start:].lstrip())
    stop = _ENDS_SUBJECT.search(sentence, start)
    return _subject(sentence, start, stop.start() if stop else len(sentence))


def _subject(sentence: str, start: int, end: int) -> Span | None:
    part = sentence[start:end]
    start += len(part) - len(part.lstrip())
    part = part.strip().rstrip(".")
    if not len(part) >= FEWEST or len(part.split()) > MOST_WORDS:
        return None
    if not _SUBJECT.fullmatch(part) or _NO_SUBJECT.match(part):
        return None
    return Span(start, start + len(part))
