"""What a question asks for, read from its words alone."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.word_tables import MONTHS, WEEKDAYS
from index.words import Word, words
from qa.context import in_context
from qa.posed import posed


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
    verb, "" if it cannot be told. `asks` is the sentence that asks, which kind, focus and verb are of, and
    `tells` all that is told beside it (see `qa.posed`).
    """

    text: str
    asks: str
    tells: str
    kind: QuestionKind
    content: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    focus: str
    verb: str

    @property
    def to_read(self) -> str:
        """As the reader is asked it: what asks first, then what is told, as it knows a conversation."""
        return in_context(self.asks, [(self.tells, "")] if self.tells else [])


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
# "What did he say when he left?" asks what, not when.
_WHEN_TELLS = re.compile(r"\b(?:what|who|how|why|where)\b.*\bwhen\b")
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
    parts = posed(text)
    told = [word for word in words(text) if not word.is_stop]
    names = [word.form for word in _names(text)]
    numbers = [word.form for word in told if word.is_number or word.form in MONTHS | WEEKDAYS]
    return Question(
        text=text,
        asks=parts.asks,
        tells=parts.tells,
        kind=_kind(parts.asks),
        content=_each_once([word.form for word in told]),
        names=_each_once([name for name in names if name not in numbers]),
        numbers=_each_once(numbers),
        focus=_focus(parts.asks),
        verb=_main_verb(parts.asks),
    )


def normalise(question: str) -> str:
    """One space between words, no capitals where all letters are capitals, a mark at the end."""
    text = " ".join(question.split())
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 8 and all(letter.isupper() for letter in letters):
        text = text.lower()
    return text if text.endswith(("?", ".", "!", ":")) or not text else text + "?"


def _kind(text: str) -> QuestionKind:
    lowered = text.lower()
    if re.match(rf"{_AUXILIARY}\b", lowered):
        return QuestionKind.YES_NO
    for kind, pattern in _KINDS:
        if kind is QuestionKind.WHEN and _WHEN_TELLS.search(lowered):
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
    of, after = _FOCUS_OF.search(text), _FOCUS_AFTER.search(text)
    phrase, _ = _noun_phrase(text[of.end() :]) if of else ([], False)
    if not phrase and after:
        phrase, closed = _noun_phrase(text[after.end() :])
        if not closed:
            # The verb follows the noun: "which general met Milley" asks for a general.
            phrase = [word for word in phrase if not word.is_capitalised][:1]
    return phrase[-1].form if phrase else ""


def _noun_phrase(text: str) -> tuple[list[Word], bool]:
    """The words `text` begins with that may be a noun phrase, and whether an auxiliary closes it."""
    phrase: list[Word] = []
    for word in words(text):
        if _IS_AUXILIARY.match(word.text):
            return phrase, True
        if _ENDS_NOUN.match(word.text):
            break
        if not word.is_stop:
            phrase.append(word)
    return phrase, False


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
    rare: Callable[[str], bool] | None = None,
) -> list[str]:
    """Names of the question, as written, that no article mentions.

    `occurs` tells whether a form (see `index.words`) stands anywhere in the archive, `near` whether one
    spelt almost alike does, so that a misspelt name is not called unknown. A question without capitals
    shows no names: given `rare`, its rare words are taken for them.
    """
    asked = question.names
    if rare is not None and question.text == question.text.lower():
        asked = tuple(form for form in question.content if rare(form) and form not in question.numbers)
    written = {word.form: word.text for word in words(question.text)}
    unknown = [form for form in asked if not occurs(form) and not (near and near(form))]
    return [written[form] for form in unknown]


def _each_once(forms: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))
