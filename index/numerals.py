"""Numbers of several words in digits: "2.5 million", "twenty-five", "three hundred and fifty"."""

import re
from decimal import Decimal

_UNITS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_SMALL = "|".join([*_TENS, *sorted(_UNITS, key=len, reverse=True)])
_SCALE = "hundred|thousand|million|billion|trillion"
# Two words of a number at least; "one hundred", not "one".
_WRITTEN = re.compile(
    rf"\b(?:(?:{_SMALL}|a|half a)(?=[ -](?:{_SMALL}|{_SCALE})\b))"
    rf"(?:(?:[ -]|,? and |, )(?:{_SMALL}|{_SCALE})\b)+",
    re.IGNORECASE,
)
# "$3bn", "2.5m", "28 thousand"; "5 m" may be metres and "5K" a race: letters alone count only close to a sum.
_SCALED = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?"
    r"(?:[ -]?(?P<word>thousand|million|billion|trillion|bn|tn|mn)|(?P<letter>m))\b",
    re.IGNORECASE,
)
_NTH = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_LONGEST = 12
"""Words of a number that are read: beyond this it is a list."""


def join_numbers(text: str) -> str:
    """The text with such numbers in digits.

    >>> join_numbers("2.5 million people, twenty-five of them in two hundred and six towns")
    '2500000 people, 25 of them in 206 towns'
    """
    if not any(letter.isdigit() for letter in text) and not _MAYBE.search(text):
        return text
    text = _WRITTEN.sub(lambda match: _value(match[0]), text)
    text = _SCALED.sub(_scaled, text)
    return _NTH.sub(r"\1", text)


_MAYBE = re.compile(rf"[ -](?:{_SCALE}|{_SMALL})\b", re.IGNORECASE)


def _scaled(match: re.Match[str]) -> str:
    scale = _SCALES[(match["word"] or match["letter"]).lower()]
    value = Decimal(match["number"].replace(",", "") + (match["part"] or "")) * scale
    return str(int(value)) if value == int(value) else match[0]


def _value(words: str) -> str:
    """The number that words of numbers mean together; the words themselves where they mean none."""
    parts = [part for part in re.split(r"[ ,-]+", words.lower()) if part != "and"]
    if len(parts) > _LONGEST:
        return words
    if parts[:2] == ["half", "a"]:
        return str(_SCALES[parts[2]] // 2) if len(parts) == 3 and parts[2] in _SCALES else words
    total, group = 0, 0
    for part in parts:
        if part in _SCALES:
            scale = _SCALES[part]
            if scale == 100:
                group = (group or 1) * 100
            else:
                total, group = total + (group or 1) * scale, 0
        elif part == "a":
            group = 1
        else:
            value = _TENS.get(part, _UNITS.get(part, 0))
            # "ten twenty" is two numbers, "nineteen eighty-four" a year: neither is a sum.
            if group % 100 and not (group % 100 >= 20 and group % 10 == 0 and value < 10):
                return words
            group += value
    return str(total + group)
