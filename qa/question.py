"""What a question asks for, read from its words alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.word_tables import MONTHS, WEEKDAYS
from index.words import Word, words


class QuestionKind(StrEnum):
    """The question word, or what stands in for it."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    HOW = "how"
    WHICH = "which"
    WHAT = "what"
    WHY = "why"
    YES_NO = "yes_no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    `content` are the forms (see `index.words`) of its words that are not stop words, in order, each once;
    `names` those of capitalised words and acronyms, which is empty for a question typed in lower case;
    `numbers` those of numbers, months and weekdays. `focus` is the noun asked for ("country" in "what
    country", "chairman" in "who is the chairman"), "" if there is none, and `verb` the form of the main
    verb, "" if it cannot be told.
    """

    text: str
    kind: QuestionKind
    content: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    focus: str
    verb: str


_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_LEAD = r"(?:^|^(?:[a-z]+ ){1,2}|[,;:] )"
_KINDS = (
    (
        QuestionKind.HOW_LONG,
        rf"{_LEAD}how long\b|\bwhat (?:length of|span of)? ?time\b(?! did| does| was| is| will)",
    ),
    (
        QuestionKind.HOW_MUCH,
        r"\bhow (?:much|expensive)\b|\bwhat (?:price|amount|sum|percentage|per ?cent|share|fraction)\b",
    ),
    (QuestionKind.HOW_MANY, r"\bhow (?:many|old|far|tall|high|big|large|fast|often|deep|heavy|frequently)\b"),
    (
        QuestionKind.HOW_MANY,
        r"\b(?:what|which) (?:number|age|distance)\b|\bwhat is the (?:number|age|population)\b",
    ),
    (
        QuestionKind.WHEN,
        r"\bwhen\b|\b(?:what|which) (?:year|month|day|date|time|century|decade|weekday|season)s?\b",
    ),
    (
        QuestionKind.WHY,
        r"\bwhy\b|\bfor what reason|\bwhat (?:is|was) the reason|\bhow come\b|\bwhat cause[sd]?\b",
    ),
    (QuestionKind.WHERE, r"\bwhere\b"),
    (QuestionKind.WHO, r"\b(?:who|whom|whose|who's|who’s)\b"),
    (QuestionKind.WHICH, r"\bwhich\b"),
    (QuestionKind.WHAT, r"\b(?:what|what's|what’s)\b"),
    (QuestionKind.HOW, r"\bhow\b"),
    (QuestionKind.YES_NO, rf"^{_AUXILIARY}\b"),
)
_MOVED_WHEN = re.compile(r"^(?!when\b).*\bwhen\b", re.IGNORECASE)
_FOCUS_AFTER = re.compile(r"\b(?:what|which|whose|how many|how much)\s+", re.IGNORECASE)
_FOCUS_OF = re.compile(
    r"\b(?:what|who|which)(?:['’]s| is| was| are| were)\s+(?:the|a|an|one of the)\s+", re.IGNORECASE
)
_ENDS_NOUN = re.compile(
    r"^(?:of|in|on|at|to|for|by|with|from|that|who|which|and|or|about|between|'s|’s)$", re.I
)
_IS_AUXILIARY = re.compile(f"^{_AUXILIARY}$", re.IGNORECASE)


def analyse(question: str) -> Question:
    """Take a question apart; any text is accepted, also keywords without a question mark.

    >>> analyse("which general did Milley meet on Wednesday").focus
    'general'
    """
    text = normalise(question)
    kind = _kind(text)
    told = [word for word in words(text) if not word.is_stop]
    names = [word.form for word in _names(text)]
    numbers = [word.form for word in told if word.is_number or word.form in MONTHS | WEEKDAYS]
    return Question(
        text=text,
        kind=kind,
        content=_each_once([word.form for word in told]),
        names=_each_once([name for name in names if name not in numbers]),
        numbers=_each_once(numbers),
        focus=_focus(text),
        verb=_main_verb(text),
    )


def normalise(question: str) -> str:
    """One space between words, no capitals where all letters are capitals, a question mark at the end."""
    text = " ".join(question.split())
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 8 and all(letter.isupper() for letter in letters):
        text = text.lower()
    return text if text.endswith(("?", ".", "!")) or not text else text + "?"


def _kind(text: str) -> QuestionKind:
    lowered = text.lower()
    if re.match(rf"{_AUXILIARY}\b", lowered):
        return QuestionKind.YES_NO
    for kind, pattern in _KINDS:
        # "What did he say when he left?" asks what, not when.
        if (
            kind is QuestionKind.WHEN
            and _MOVED_WHEN.search(lowered)
            and re.search(r"\b(?:what|who|how|why|where)\b", lowered.split("when")[0])
        ):
            continue
        if re.search(pattern, lowered):
            return kind
    return QuestionKind.OTHER


def _names(text: str) -> list[Word]:
    """Capitalised words after the first, and a first word that is no question word but followed by one."""
    found = words(text)
    return [
        word
        for place, word in enumerate(found)
        if word.is_capitalised and not word.is_stop and (place > 0 or _starts_name(found))
    ]


def _starts_name(found: Sequence[Word]) -> bool:
    first = found[0].text
    return (len(first) > 1 and first.isupper()) or (len(found) > 1 and found[1].is_capitalised)


def _focus(text: str) -> str:
    """The form of the head of the noun phrase that is asked for; "" if nothing names it."""
    for pattern in (_FOCUS_OF, _FOCUS_AFTER):
        match = pattern.search(text)
        if match:
            phrase = _noun_phrase(text[match.end() :])
            if phrase:
                return phrase[-1].form
    return ""


def _noun_phrase(text: str) -> list[Word]:
    phrase: list[Word] = []
    for word in words(text):
        if _IS_AUXILIARY.match(word.text) or _ENDS_NOUN.match(word.text):
            break
        phrase.append(word)
        if len(phrase) == 4:
            break
    content = [word for word in phrase if not word.is_stop]
    # Without an auxiliary the verb follows the noun: "which general met Milley" asks for a general.
    return content[:1] if len(phrase) == 4 else content


def _main_verb(text: str) -> str:
    """The last content word before a name or after the subject of did/does/will: a guess from word order."""
    found = [word for word in words(text) if not _is_question_word(word)]
    plain = [word for word in found if not word.is_capitalised and not word.is_stop]
    if any(word.text.lower() in ("did", "does", "do", "will", "would") for word in found):
        later = [word for word in plain if word.start > _first_auxiliary(found)]
        return later[-1].form if len(later) == 1 else (later[0].form if later else "")
    return plain[0].form if plain else ""


def _first_auxiliary(found: Sequence[Word]) -> int:
    return next((word.start for word in found if _IS_AUXILIARY.match(word.text)), -1)


def _is_question_word(word: Word) -> bool:
    return bool(re.match(r"(?:who|whom|whose|what|which|when|where|why|how)$", word.text, re.IGNORECASE))


def unknown_names(
    question: Question,
    occurs: Callable[[str], bool],
    *,
    near: Callable[[str], bool] | None = None,
) -> list[str]:
    """Names of the question, as written, that no article mentions; for one in lower case, its rare words.

    `occurs` tells whether a form (see `index.words`) stands anywhere in the archive; `near` whether one
    spelt almost like it does, so that a misspelt name is not called unknown.
    """
    written = {word.form: word.text for word in words(question.text)}
    unknown = [name for name in question.names if not occurs(name) and not (near and near(name))]
    return [written[name] for name in unknown]


def _each_once(forms: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))
