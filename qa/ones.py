"""What "one" stands for in a question: the noun that was spoken of: "the last one", "when was the first?"."""

import re

from qa.clauses import parse
from qa.mentions import head_of
from qa.phrases import names, noun_phrases, tokens
from qa.turn import Turn

_ORDER = (
    "first|second|third|fourth|fifth|last|latest|next|previous|other|only|biggest|largest|smallest|oldest"
    "|youngest|newest|longest|shortest|cheapest|worst|best"
)
_ONE = re.compile(
    rf"\b(?:the\s+(?:{_ORDER})|that|another|(?:his|her|its|their)\s+(?:{_ORDER}))(?P<one>\s+ones?)\b",
    re.IGNORECASE,
)
# "When was the first?", "who built the second and why?" leave the noun out altogether.
_ALONE = re.compile(
    rf"\bthe\s+(?:{_ORDER})(?P<one>)(?=\s*$|,|\s+(?:and|held|built|made|played)\b)", re.IGNORECASE
)
# What leads a noun: "the", "her last".
_LED = re.compile(rf"^(?:(?:the|an?|this|that|his|her|its|their)\s+)?(?:(?:{_ORDER})\s+)?", re.IGNORECASE)
# Of the plurals in "ies" those of a noun in "ie"; the others are of one in "y".
_IN_IE = frozenset(["calories", "cookies", "lies", "movies", "pies", "rookies", "selfies", "ties", "zombies"])


def with_noun_for_one(question: str, last: Turn) -> str:
    """The question with the noun of the one before it where it says "one", or none; as it is without either.

    >>> with_noun_for_one("when was the first?", Turn("", "How many titles has she won?"))
    'when was the first title?'
    """
    text = question.rstrip("?!. ")
    clause = parse(text)
    # "Which president was the first?" and "when was Ann Lee the first?" name what they ask about themselves.
    lacks = clause is not None and not clause.noun and not names(text)
    match = _ONE.search(text) or (_ALONE.search(text) if lacks else None)
    noun = _noun(last) if match else None
    if match is None or noun is None:
        return question
    several = match["one"].strip().lower() == "ones"
    put = noun if several else _singular(noun)
    return f"{text[: match.start('one')]} {put}{text[match.end('one') :]}?"


def _noun(last: Turn) -> str | None:
    """What the last question counted or asked for, else the last common noun in it with its adjectives."""
    clause = parse(last.read)
    if clause and clause.noun:
        return clause.noun
    phrases = [phrase.text for phrase in noun_phrases(last.read.rstrip("?!. ")) if not phrase.is_name]
    return _LED.sub("", phrases[-1]) if phrases else None


def _singular(noun: str) -> str:
    """The noun for one of them; a head that ends in no plural "s" stays."""
    head = head_of(noun)
    place = next((word for word in tokens(noun) if word[0].lower() == head), None)
    if (
        place is None
        or not head.endswith("s")
        or head.endswith(("ss", "us", "is", "news", "series", "species"))
    ):
        return noun
    one = f"{head[:-3]}y" if head.endswith("ies") and head not in _IN_IE else head[:-1]
    one = head[:-2] if head.endswith(("sses", "ches", "shes", "xes")) else one
    return f"{noun[: place.start()]}{one}{noun[place.end() :]}"
