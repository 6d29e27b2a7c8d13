"""What asks in a question that tells something as well, and how it is worded where no word asks.

People tell what they have read before they ask ("The queen died on Thursday. When was she crowned?"). Quizzes
leave the question word out: "This star is back from retirement.", "The jackpot has risen to:".
"""

import re
from dataclasses import dataclass

from index.sentences import split_sentences
from index.word_tables import WEEKDAYS

_QUESTION_WORD = "who|whom|whose|what|which|when|where|why|how"
_AUXILIARY = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might"
# Where a sentence begins so, or has a question word anywhere, it need not be given one.
_BEGINS = re.compile(rf"(?i)^(?:(?:\w+ )?(?:{_QUESTION_WORD})|{_AUXILIARY})\b")
_ASKS = re.compile(rf"(?i)\b(?:{_QUESTION_WORD})\b")
_TIMES = "week|weekend|month|year|day|morning|afternoon|evening|night|summer|autumn|fall|winter|spring|season"
_NO_NOUN = (
    "time|century|decade|quarter|is|was|are|were|has|had|have|will|would|can|could|may|might|does|did|and|or"
    "|in|on|at|to|of|by|for|from|with|as|that|which|who"
)
_THIS = re.compile(rf"\b[Tt]his (?!(?:{_TIMES}|{_NO_NOUN}|{'|'.join(WEEKDAYS)})\b)(?=\w)", re.IGNORECASE)

_POINTS_BACK = re.compile(r"(?i)\b(?:he|she|it|they|him|her|them|his|hers|its|theirs?)\b")
_NAME = re.compile(r"(?<=\s)[A-Z]\w")

# Fewer words than these tell nothing that a question could be about: "Thanks.", "Nice to know."
FEWEST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Posed:
    """A question in two: the sentence that `asks`, and what the others say, "" for most questions."""

    asks: str
    tells: str

    @property
    def says_all(self) -> bool:
        """Whether what is told names what is asked about, so that no earlier question need be known."""
        back, name = _POINTS_BACK.search(self.tells), _NAME.search(self.tells)
        named_first = back is None or (name is not None and name.start() < back.start())
        return named_first and len(self.tells.split()) >= FEWEST_TOLD


def posed(question: str) -> Posed:
    """The last sentence with a question mark, or else the last, asks; it gets a question word if it has none.

    >>> posed("The queen died on Thursday. When was she crowned?")
    Posed(asks='When was she crowned?', tells='The queen died on Thursday.')
    >>> posed("This star is back from retirement.").asks
    'Which star is back from retirement?'
    """
    sentences = [question[span.start : span.end] for span in split_sentences(question)]
    if not sentences:
        return Posed(question, "")
    marked = [place for place, sentence in enumerate(sentences) if sentence.endswith("?")]
    at = marked[-1] if marked else len(sentences) - 1
    return Posed(_worded(sentences[at]), " ".join(sentences[:at] + sentences[at + 1 :]))


def _worded(sentence: str) -> str:
    """With "which" for the "this" that stands for the answer, or "what" where it breaks off at a colon."""
    plain = sentence.rstrip("?.! ")
    open_end = plain.endswith(":")
    plain = plain.rstrip(": ")
    this = _THIS.search(sentence)
    if this and (this.start() == 0 or not (_ASKS.search(sentence) or _BEGINS.search(sentence))):
        which = "Which " if this.start() == 0 else "which "
        return f"{plain[: this.start()]}{which}{plain[this.end() :]}?"
    if open_end and not _BEGINS.search(plain):
        return f"{plain} {'when' if plain.endswith(' since') else 'what'}?"
    return sentence
