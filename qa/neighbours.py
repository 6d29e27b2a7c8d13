"""The sentences around a quoted one, split from as much of the text as is needed."""

from functools import lru_cache

from index.article import Span
from index.sentences import split_sentences

REACH = 1_200
"""Characters on either side in which neighbours are looked for."""


@lru_cache(maxsize=1_024)
def sentences_before(text: str, sentence: Span, most: int = 3) -> tuple[Span, ...]:
    """Up to `most` sentences before one, nearest first, in characters of the text.

    The first of the stretch that is looked at may be cut, where it is the first of many.
    """
    low = max(0, sentence.start - REACH)
    found = [_moved(span, low) for span in split_sentences(text[low : sentence.start])]
    return tuple(found[::-1][:most])


@lru_cache(maxsize=1_024)
def sentence_after(text: str, sentence: Span) -> Span | None:
    """The sentence after one; None for the last."""
    found = split_sentences(text[sentence.end : sentence.end + REACH])
    return _moved(found[0], sentence.end) if found else None


def same_paragraph(text: str, one: Span, other: Span) -> bool:
    """True if no blank line stands between two sentences of a text, whichever is first."""
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return between.count("\n") < 2


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
