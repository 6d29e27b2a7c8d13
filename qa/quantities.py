"""Numbers with their units, read from words: "$2 billion", "2bn dollars", "twelve people", "234-193".

A number tells how exact it is: "$141 million" is exact to a million, "28,500" to a hundred, and "nearly
2,000" is rough. Two numbers say the same if the coarser one may be the finer one rounded or cut.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index.article import Span

# A rough number ("about 2,000") may be this share off, another this share: "200 hostages" for 199.
ROUGHLY = 0.1
CLOSELY = 0.02

MOST_CHARACTERS = 300
"""No more of a text is read."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: `value`, `unit` ("" for a bare count), the `step` it is exact to, whether it is `rough`.

    `side` tells of a rough number where it lies: 1 for above the value ("more than 100"), -1 for below it
    ("nearly 100"), 0 if it may be either ("about 100").
    """

    value: float
    unit: str
    step: float
    rough: bool = False
    side: int = 0

    def same(self, other: "Quantity") -> bool:
        """True if one may be the other, rounded or cut; numbers of different units are never the same."""
        if not self.comparable(other):
            return False
        coarse, fine = (self, other) if self.step >= other.step else (other, self)
        rough = (self.rough or other.rough) and self.allows(other) and other.allows(self)
        bound = (ROUGHLY if rough else CLOSELY) * max(abs(self.value), abs(other.value))
        difference = abs(coarse.value - fine.value)
        # The sum 0.1 + 0.2 must not make a step of two equal numbers.
        return difference <= 1e-9 * max(1.0, abs(fine.value)) or difference < min(coarse.step, bound)

    def allows(self, other: "Quantity") -> bool:
        """False if the other lies on the side where this one is told not to be.

        >>> nearly, more = quantities("nearly 100")[0], quantities("104")[0]
        >>> nearly.allows(more)
        False
        """
        return (other.value - self.value) * self.side >= 0

    @property
    def is_money(self) -> bool:
        """True if its unit is a currency."""
        return self.unit in _ALWAYS_SAID - {"%"}

    def comparable(self, other: "Quantity") -> bool:
        """True if both count the same kind of thing, as far as their words tell."""
        if self.unit in _ALWAYS_SAID or other.unit in _ALWAYS_SAID:
            return self.unit == other.unit
        return not self.unit or not other.unit or self.unit == other.unit


@lru_cache(maxsize=4_096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text in its order; () for one without. Dates are read as numbers too.

    >>> [(found.value, found.unit) for found in quantities("more than 2.5bn dollars")]
    [(2500000000.0, '$')]
    """
    return tuple(quantity for _, quantity in find_quantities(text[:MOST_CHARACTERS]))


@lru_cache(maxsize=1_024)
def find_quantities(text: str) -> tuple[tuple[Span, Quantity], ...]:
    """The numbers of a text, however long, each with its characters, the rough word before it left out."""
    parts = list(_fractions(text))
    matches = [
        match
        for match in _NUMBER.finditer(text)
        if not any(part.start <= match.start() < part.end for part, _ in parts)
    ]
    found = [(_place(match), _quantity(match)) for match in matches]
    for at, (one, last) in enumerate(pairwise(matches)):
        place, after = found[at][0], found[at + 1][0]
        if _is_range(one, text[place.end : after.start], last):
            found[at] = place, _in_range(found[at][1], last)
    whole = [_with_inches(text, place, number) for place, number in _whole(text, matches, found)]
    return tuple(sorted([*whole, *parts], key=lambda item: item[0].start))


Found = tuple[Span, Quantity]


def _whole(text: str, matches: Sequence[re.Match[str]], found: Sequence[Found]) -> Iterator[Found]:
    """The numbers, those that are one measure made one: "1 hour and 54 minutes"."""
    at = 0
    while at < len(found):
        place, number = found[at]
        while at + 1 < len(found) and _goes_on(
            text[place.end : found[at + 1][0].start], *matches[at : at + 2]
        ):
            at += 1
            place = Span(place.start, found[at][0].end)
            number = replace(number, value=number.value + found[at][1].value, step=found[at][1].step)
        yield place, number
        at += 1


_NEXT_PART = re.compile(r"(?:,\s|,?\sand\s|\s)")


def _goes_on(between: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = _unit(one), _unit(other)
    smaller = any(
        first in units and second in units[units.index(first) + 1 :] for units in _MEASURES_IN_PARTS
    )
    return smaller and _NEXT_PART.fullmatch(between) is not None


_MEASURES_IN_PARTS = (("hour", "minute", "second"), ("foot", "inch"))
_INCHES = re.compile(r"-([0-9]|1[01])(?:-inch)?\b(?![-.,]?[0-9%])")


def _with_inches(text: str, place: Span, number: Quantity) -> Found:
    """The height in "7-foot-5"; any other number as it is."""
    inches = _INCHES.match(text, place.end) if number.unit == "foot" else None
    if inches is None:
        return place, number
    whole = replace(number, value=number.value + int(inches[1]) / 12, step=1 / 12)
    return Span(place.start, inches.end()), whole


_PARTS = {"half": 2.0, "halves": 2.0}
_PARTS |= {"third": 3.0, "quarter": 4.0, "fourth": 4.0, "fifth": 5.0, "tenth": 10.0}
_PART = r"(?P<part>half|halves|(?:third|quarter|fourth|fifth|tenth)s?)"
_ANY_PART = re.compile(r"hal[fv]|third|quarter|fourth|fifth|tenth", re.IGNORECASE)
_TIMES = r"(?P<times>an?|one|two|three|four|seven|nine)"
_OF_A_POINT = re.compile(
    rf"(?i)(?<![\w-])(?:{_TIMES}[\s-])?{_PART}[\s-](?:of\s)?(?:an?\s)?(?:percent(?:age)?[\s-])?points?\b"
)
# "A third" alone may be the third one, and "a quarter of a million" is a number of its own.
_SHARE = re.compile(rf"(?i)(?<![\w-]){_TIMES}(?P<joint>[\s-]){_PART}\b(?=(?P<of>\sof\b(?!\s(?:an?|one)\b))?)")


def _fractions(text: str) -> Iterator[tuple[Span, Quantity]]:
    """Parts of a percentage point, which are told exactly, and shares of a whole, which seldom are."""
    if not _ANY_PART.search(text):  # as in most texts, and told sooner than by what follows
        return
    points = list(_OF_A_POINT.finditer(text))
    for match in points:
        value = _parts(match)
        yield Span(*match.span()), Quantity(value, "%", value)
    for match in _SHARE.finditer(text):
        plain = match["part"].endswith("s") or (match["joint"] == "-" and match["times"] == "one")
        if (plain or match["of"]) and not any(
            match.start() < p.end() and p.start() < match.end() for p in points
        ):
            yield Span(*match.span()), Quantity(100 * _parts(match), "%", 10.0, rough=True)


def _parts(match: re.Match[str]) -> float:
    part = match["part"].lower()
    return _WORDS.get((match["times"] or "a").lower(), 1.0) / (
        _PARTS.get(part) or _PARTS[part.removesuffix("s")]
    )


_TO = re.compile(r"(?i)\s?(?:[-–—]|to)\s?")
_AND = re.compile(r"(?i)\s?(?:and|or)\s?")


def _is_range(one: re.Match[str], between: str, last: re.Match[str]) -> bool:
    """Whether two numbers are as in "$25 to $40 billion": the second's scale or % is the first's too.

    Those of "12 and 4 million" and of "900,000 to 1.2 million" stand each for itself.
    """
    if one["scale"] or one["unit"] or not one["digits"] or not last["digits"] or "," in one["digits"]:
        return False
    joined = _TO.fullmatch(between) or (_AND.fullmatch(between) and (one["before"] or _unit(last) == "%"))
    same = bool(one["before"]) == bool(last["before"]) or (one["before"] and last["scale"])
    return bool(joined and same) and float(one["digits"]) < _digits(last["digits"])[0]


def _in_range(number: Quantity, last: re.Match[str]) -> Quantity:
    scale = _SCALES.get((last["scale"] or "").lower(), 1.0)
    unit = number.unit or ("%" if _unit(last) == "%" else "")
    return replace(number, value=number.value * scale, step=number.step * scale, unit=unit)


def _place(match: re.Match[str]) -> Span:
    start = match.end("before") - len(match["before"].lstrip()) if match["before"] else match.start("digits")
    return Span(start if start >= 0 else match.start("words"), match.end())


def same_quantities(one: Sequence[Quantity], other: Sequence[Quantity]) -> bool:
    """True if the numbers of both are the same, one by one, as far as the shorter goes; False for none."""
    return bool(one and other) and all(a.same(b) for a, b in zip(one, other, strict=False))


# A sum for each and the sum of all ("$10,000", "$400 billion") do not answer the same question.
_OTHER_SIZE = 1_000


def of_other_size(one: Quantity, other: Quantity) -> bool:
    """True if one sum of money is so many times the other; a toll may grow from three to thousands."""
    small, large = sorted((abs(one.value), abs(other.value)))
    return one.is_money and other.is_money and large >= _OTHER_SIZE * small


def _quantity(match: re.Match[str]) -> Quantity:
    value, step = _digits(match["digits"]) if match["digits"] else _worded(match["words"])
    if (match["unit"] or "").lower().startswith("basis"):  # hundredths of a percentage point
        value, step = value / 100, step / 100
    scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
    rough = bool(match["rough"] or match["plus"])
    side = 1 if match["plus"] else _SIDES.get(" ".join((match["rough"] or "").lower().split()), 0)
    if scale == 1.0 and not rough and not match["before"] and _YEAR.fullmatch(match["digits"] or ""):
        step = 1.0
    unit, size = _SAME_MEASURE.get(_unit(match), (_unit(match), 1.0))
    return Quantity(value * scale * size, unit, step * scale * size, rough, side)


TIMES = frozenset({"minute", "day", "month", "year"})
"""The units of times, as quantities have them."""

# Times and lengths that are told in several units, brought to one.
_SAME_MEASURE = {
    "second": ("minute", 1 / 60),
    "hour": ("minute", 60.0),
    "week": ("day", 7.0),
    "inch": ("foot", 1 / 12),
    "kilometer": ("mile", 0.6214),
    "meter": ("foot", 3.281),
}


def _digits(written: str) -> tuple[float, float]:
    """The value, and the place of its last digit that is not a zero before the point."""
    plain = written.replace(",", "")
    _, point, decimals = plain.partition(".")
    if point:
        return float(plain), 10.0 ** -len(decimals)
    zeros = len(plain) - len(plain.rstrip("0")) if float(plain) else 0
    return float(plain), 10.0**zeros


def _worded(written: str) -> tuple[float, float]:
    """The value of number words: "two hundred and five" is 205; "a dozen" is exact to one."""
    total = current = 0.0
    for word in re.findall(r"[a-z]+", written.lower()):
        size = _WORDS.get(word, 0.0)
        if word in ("hundred", "dozen", "thousand"):
            current = (current or 1.0) * size
            if word == "thousand":
                total, current = total + current, 0.0
        else:
            current += 0.0 if word in ("a", "an") and current else size  # "half a million"
    return total + current, 1.0


def _unit(match: re.Match[str]) -> str:
    if match["before"]:
        return _CURRENCIES[match["before"].upper().replace("US", "").replace(" ", "") or "$"]
    return _UNITS.get((match["unit"] or "").lower().replace(" ", "").removesuffix("s"), "")


_TO_TWENTY = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: float(value) for value, word in enumerate(_TO_TWENTY.split())}
_WORDS |= {word: 10.0 * tens for tens, word in enumerate(_TENS.split(), start=2)}
_WORDS |= {"a": 1.0, "an": 1.0, "half": 0.5, "dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}
_SCALES |= {"tn": 1e12, "trillion": 1e12}
_CURRENCIES = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₩": "₩", "C$": "C$", "A$": "A$"}
# Units that a number is never told without: "5" is not "5 %", as it may be "5 miles".
_ALWAYS_SAID = frozenset("%$€£¥₩") | {"C$", "A$"}
_UNITS = {"dollar": "$", "usd": "$", "euro": "€", "eur": "€", "pound": "£", "yen": "¥", "won": "₩", "%": "%"}
_UNITS |= {"percent": "%", "percent.": "%", "percentagepoint": "%", "basispoint": "%"}
_UNITS |= {"buck": "$"}
_MEASURES = "acre mile foot meter inch ton degree second minute hour day week month"
_UNITS |= {unit: unit for unit in _MEASURES.split()}
_UNITS |= {"year": "year", "squaremile": "squaremile", "kilometer": "kilometer", "km": "kilometer"}
_UNITS |= {
    "kilometre": "kilometer",
    "metre": "meter",
    "feet": "foot",
    "inche": "inch",
    "tonne": "ton",
    "hectare": "hectare",
}

# 1970 is a year, exact to one, where 1,970 may be a rounded count.
_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")

# Gaps and numbers are bounded: no text takes more than linear time.
_ONES = "|".join(sorted((w for w in _WORDS if w not in ("a", "an", "half")), key=len, reverse=True))
_ROUGH = (
    r"about|around|almost|nearly|roughly|approximately|approx\.?|some|over|under|more\ than|less\ than"
    r"|fewer\ than|up\ to|as\ many\ as|as\ much\ as|close\ to|just\ over|just\ under|upwards\ of"
    r"|an\ estimated|estimated|topp?(?:s|ed)|exceed(?:s|ed)|surpass(?:es|ed)"
)
_ABOVE = "over|more than|just over|upwards of|tops|topped|exceeds|exceeded|surpasses|surpassed"
_BELOW = "almost|nearly|under|less than|fewer than|up to|as many as|as much as|just under"
_SIDES = dict.fromkeys(_ABOVE.split("|"), 1) | dict.fromkeys(_BELOW.split("|"), -1)
_NUMBER = re.compile(
    rf"""(?i:\b(?P<rough>{_ROUGH})\s{{1,3}})?
    (?P<before>(?:US|C|A)?\ ?[$]|[€£¥₩])?\s?
    (?: (?<![\w.,])(?<![^\W\d_]-)(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}(?:\.[0-9]{{1,6}})?(?![0-9])
        | [0-9]{{1,15}}(?:\.[0-9]{{1,6}})?(?![0-9]))
      | (?<![\w])(?P<words>(?i:(?!(?:hundred|thousand|dozen)\b)
          (?:an?\ (?=(?:dozen|hundred|thousand|million|billion)\b))?
          (?:(?:{_ONES})(?:[\s-]{{1,3}}(?:and\s{{1,3}})?(?=(?:{_ONES})\b))?){{1,6}}\b
          |an?\ (?=(?:million|billion|trillion)\b)|half\ an?\ (?=(?:million|billion|trillion)\b))) )
    (?P<plus>\+)?
    (?i:[\s-]{{0,3}}(?P<scale>thousand|million|billion|trillion|mn|bn|tn|[kmb](?![a-z'’-]))\b)?
    (?i:[\s-]{{0,3}}(?P<unit>%|per\ ?cent\b|percentage\ points?\b|basis\ points?\b|us\ dollars?\b
      |(?:dollar|euro|pound|buck)s?\b|yen\b|won\b(?!\s+the)|usd\b|eur\b|square\ miles?\b|km\b|feet\b|foot\b
      |(?:acre|mile|kilomet(?:er|re)|met(?:er|re)|inche?|tonne|ton|degree|hectare
        |second|minute|hour|day|week|month|year)s?\b))?
    """,
    re.VERBOSE,
)
