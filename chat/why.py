"""Why this answer, or why none, as HTML: written only when a reader unfolds it. Pure functions of values."""

from collections.abc import Sequence

from chat.citations import byline, opener
from chat.markup import escape, shown_title
from qa.explanation import Explanation, Input, PassageTrace, SentenceTrace
from qa.explanation_rendering import MEANINGS, why

SHOWN = 4  # sentences, passages and reasons; the JSON of `ask --explain` has all


def fold(*, answered: bool) -> str:
    """The closed panel; chat/log.js asks for what is in it when it is opened."""
    summary = "Why this answer" if answered else "Why no answer"
    return (
        f'<details class="fold why"><summary>{summary}</summary>'
        '<div class="why-body" role="status"><p>Looking it up …</p></div></details>'
    )


def panel(found: Explanation) -> str:
    """In a sentence why; then the sentences judged, what the probability is made of, and the passages."""
    return f"<p>{escape(why(found))}</p>" + "".join(
        (
            _part("Sentences judged", [_sentence(item) for item in found.sentences[:SHOWN]]),
            _part("What made it more or less sure", _inputs(found.inputs)),
            _part("Passages found", [_passage(item) for item in found.passages[:SHOWN]]),
        )
    )


def _part(heading: str, items: Sequence[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<h4>{heading}</h4><ol>{listed}</ol>" if items else ""


def _sentence(item: SentenceTrace) -> str:
    piece = item.piece
    sure = f"{piece.confidence:.0%}".replace("%", " %")
    return (
        f'<span class="figure">{sure}</span> <q dir="auto">{escape(" ".join(piece.quote.split()))}</q> '
        f'<span class="fate">{escape(item.fate)}</span> {opener(piece)}'
    )


def _inputs(inputs: Sequence[Input]) -> list[str]:
    heaviest = sorted(inputs, key=lambda item: -abs(item.added))[:SHOWN]
    return [
        f'<span class="figure">{_signed(item.added)}</span> '
        f"{escape(MEANINGS.get(item.name, item.name.replace('_', ' ')))}"
        for item in heaviest
    ]


def _signed(number: float) -> str:
    return f"{number:+.1f}".replace("-", "\N{MINUS SIGN}")


def _passage(item: PassageTrace) -> str:
    words = ", ".join(item.matched) or "no word of the question"
    return (
        f'<span dir="auto">{escape(shown_title(item.hit.article))}</span> '
        f'<span class="byline">{byline(item.hit.article)}</span> '
        f'<span class="fate">{escape(item.fate)}; has {escape(words)}</span>'
    )
