"""Where sentences end inside a block of text: which stops end one and which belong to a word.

Every decision looks at a bounded stretch on both sides of a stop, so the time is linear in the text,
whatever it holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.abbreviations import (
    AFTER_TIMES,
    LOWER,
    MARKED_NAMES,
    MONTHS,
    NUMBERED,
    OPEN,
    SPEECH,
    STARTERS,
    STATES,
    TIMES,
    TITLES,
)

# Stops of scripts that put no space after them: always an end.
_WIDE = "。！？｡।॥؟۔።։။"
_STOP = re.compile(rf"[.!?…](?:\s?[.!?…])*|[{_WIDE}]+")
_CLOSERS = re.compile(r"(?:[\"'”’»)\]}」』]|\[\d{1,3}\]|\s[”»)\]}](?!\w))*")
_NEXT = re.compile(r"(?P<gap>\s*)(?P<opening>(?:[\"'“‘«(\[{¿¡*•]\s?)*)(?P<word>[\w][\w.'’&-]{0,40})?")
_WORD_REVERSED = re.compile(r"[\w.'’&-]*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[IVXivx]{1,5})")
_GLUED_NEXT = re.compile(r"[\"'“‘(]?[A-Z](?:[a-z]+[\s,;:'’-]|[a-z]+[.!?](?!\w)|['’ ])")
_GLUED_WORD = re.compile(r"[^\W\d_]{2,}|.*[’'][a-z]|\d{2,}%?")
_SPOKEN = re.compile(r"(?:[A-Z][\w.'’-]*\s){1,4}(?P<verb>[a-z]+)")
_LONE_MARK = re.compile(r"\s\"(?=\s|$)")
_REACH = 60
_DASHES = ("-", "–", "—", "―")


@dataclass(frozen=True, slots=True)
class _Stop:
    """A stop and its surroundings.

    `word` stands before it, `closers` behind, then `after`, a match of _NEXT. `opens`: the word is the
    first of its sentence. `located`: a comma or a party's letter precedes it, as a state's name.
    """

    mark: str
    closers: str
    word: str
    opens: bool
    located: bool
    after: re.Match[str]

    @property
    def quoted(self) -> bool:
        return any(mark in "\"'”’»" for mark in self.closers)

    @property
    def later(self) -> str:
        return self.after.string[self.after.end() : self.after.end() + 8]

    @property
    def follower(self) -> str:
        return self.after["word"] or ""

    @property
    def opening(self) -> str:
        return self.after["opening"].strip()

    @property
    def starter(self) -> bool:
        return self.follower.lower().replace("’", "'") in STARTERS


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the ends, ascending, of the sentences of text[start:end] but its last, which ends at `end`."""
    sentence, seen, quoted = start, start, False
    for match in _STOP.finditer(text, start, end):
        if match.start() < sentence:
            continue
        quoted ^= text.count('"', seen, match.start()) % 2 == 1
        seen = match.start()
        close = _closers_end(text, match.end(), end, quoted)
        if close < end and _is_end(text, sentence, match, close, end):
            yield close
            sentence = close


def _closers_end(text: str, at: int, end: int, quoted: bool) -> int:
    """Where the marks end that close what the stop ended: quotation marks, brackets, references."""
    match = _CLOSERS.match(text, at, min(end, at + _REACH))
    close = match.end() if match else at
    if text[at:close] == '"' and not quoted and text[close : close + 1].isalnum():
        return at  # ended."The next: the mark opens the next sentence
    if quoted and '"' not in text[at:close] and _LONE_MARK.match(text, close, end):
        return close + 2  # a collection set with spaces: said . " The next
    return close


def _is_end(text: str, sentence: int, match: re.Match[str], close: int, end: int) -> bool:
    if match[0][0] in _WIDE:
        return True
    after = _NEXT.match(text, close, end)
    assert after
    word = _word_before(text, sentence, match.start())
    opens = match.start() - sentence < 12 and not text[sentence : match.start() - len(word)].strip()
    located = text.endswith(f", {word}", sentence, match.start()) or "-" in word
    stop = _Stop(match[0], text[match.end() : close], word, opens, located, after)
    if stop.quoted and not stop.follower and text[after.end() : after.end() + 1] in _DASHES:
        return False  # "He will win." -- Poll
    if not after["gap"]:
        return _glued_ends(text, stop, match.start(), close)
    if match[0].strip() != ".":
        return _mark_ends(text, stop)
    return _period_ends(stop)


def _word_before(text: str, sentence: int, at: int) -> str:
    before = text[max(sentence, at - _REACH) : at].rstrip()
    match = _WORD_REVERSED.match(before[::-1])
    return match[0][::-1].strip("'’-&") if match else ""


def _glued_ends(text: str, stop: _Stop, at: int, close: int) -> bool:
    """Whether a sentence ends where no space follows: ended.The next, but not U.S.Army or a.Com/B."""
    if not _GLUED_NEXT.match(text, close, close + _REACH):
        return False
    if stop.closers:
        return True
    word = _without_prefix(stop.word)
    if not _GLUED_WORD.fullmatch(word) or _is_abbreviation(word):
        return False
    whole = text[max(0, at - _REACH) : at].split()[-1:]
    return not any(mark in whole[0] for mark in ("/", "@", "www.")) if whole else False


def _mark_ends(text: str, stop: _Stop) -> bool:
    """Whether "?", "!", an ellipsis or a run of them ends a sentence; a space follows."""
    if _is_lower(stop) or stop.word.lower() + stop.mark in MARKED_NAMES:
        return False
    if stop.closers and stop.mark[-1] in "?!":
        spoken = _SPOKEN.match(text, stop.after.start("word"), stop.after.end() + _REACH)
        return not (spoken and not stop.opening and spoken["verb"] in SPEECH)
    return True


def _period_ends(stop: _Stop) -> bool:
    """Whether a single full stop with a space behind it ends a sentence."""
    if _is_lower(stop) or (stop.opens and _ENUMERATOR.fullmatch(stop.word)):
        return False
    cased = _without_prefix(stop.word)
    word = cased.lower()
    if word in NUMBERED and _may_shorten(cased):
        return not stop.follower[:1].isdigit()
    if not _is_abbreviation(cased):
        return True
    if word in TITLES:
        return False
    if word in TIMES:
        return _opens_after_time(stop)
    return stop.starter or _opens_after_abbreviation(stop, word)


def _opens_after_time(stop: _Stop) -> bool:
    """Whether a capital behind "p.m." opens a sentence; not in "p.m. Sundays-Fridays (EST)"."""
    if not stop.follower or stop.opening == "(" or stop.later.startswith(" time"):
        return False
    return re.split(r"[-.–]", stop.follower.lower())[0] not in AFTER_TIMES


def _opens_after_abbreviation(stop: _Stop, word: str) -> bool:
    if not stop.follower or stop.opening == "(":
        return False
    if word in STATES and stop.located:
        return stop.follower[0].isupper() and not _is_abbreviation(stop.follower.rstrip("."))
    nickname = len(word) == 1 and not stop.quoted
    return stop.quoted or (stop.opening in ('"', "“", "‘") and not nickname)


def _without_prefix(word: str) -> str:
    """Cut off what is joined in front of an abbreviation: R-Fla, then-Gov; but pre-K stays whole."""
    tail = word.rpartition("-")[2]
    return word if len(tail) == 1 else tail


def _is_abbreviation(cased: str) -> bool:
    word = cased.lower()
    listed = word in TITLES or word in MONTHS or word in OPEN or word in STATES or word in TIMES
    return (listed or bool(_INITIALS.fullmatch(word))) and _may_shorten(cased)


def _may_shorten(cased: str) -> bool:
    """Whether the word has the case of an abbreviation: Mass. and Ill. are states, mass and ill are not."""
    return not cased.islower() or "." in cased or cased in LOWER


def _is_lower(stop: _Stop) -> bool:
    """Whether what follows goes on in lower case; iPhone and eBay do not count as such."""
    return stop.follower[:1].islower() and not stop.follower[1:2].isupper()
