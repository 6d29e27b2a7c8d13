"""What stands beside quotations: notes on them, and what other articles say otherwise, as HTML.

Small and quiet where all is plain; two sides next to each other where articles differ.
"""

from collections.abc import Sequence

from chat.citations import opener, quotation
from chat.markup import escape
from qa.answer import Answer, DistinctAnswer, Evidence
from qa.corroboration import support
from qa.disagreement import Disagreement, Side, disagreement
from qa.notes import notes_text
from qa.rendering import long_date, support_text
from qa.timeline import Report, timeline

SHOWN = 3  # articles of a side; further ones are folded


def notes(item: Evidence) -> str:
    """Who says so, how certain it is and whom pronouns mean, a line each; nothing where that is plain."""
    lines = "".join(f"<li>{_labelled(line)}</li>" for line in notes_text(item))
    return f'<ul class="notes" aria-label="Notes on the quotation">{lines}</ul>' if lines else ""


def _labelled(line: str) -> str:
    label, _, said = line.partition(": ")
    named = f"{label[:1].upper()}{label[1:]}"
    return f'<span class="label">{escape(named)}</span> <span dir="auto">{escape(said)}</span>'


def supported(item: DistinctAnswer) -> str:
    """How many articles and outlets say so; nothing for one article."""
    said = support_text(support(item.evidence))
    return f'<p class="support">In {escape(said)}</p>' if said else ""


def differing(answer: Answer) -> str:
    """The answers that articles differ in, side by side, and when each was reported; nothing if none do."""
    found = disagreement(answer)
    return (_sides(found) if found else "") + _timeline(timeline(answer))


def _sides(found: Disagreement) -> str:
    sides = "".join(map(_side, found.sides))
    return (
        f'<section class="differ" aria-label="Articles differ"><h3 class="more">Articles differ in the '
        f'{found.kind}</h3><div class="sides">{sides}</div></section>'
    )


def _side(side: Side) -> str:
    best = max(side.evidence, key=lambda piece: piece.confidence)
    return (
        f'<div class="side"><p class="side-answer" dir="auto">{escape(side.answer)}</p>'
        f'<p class="when">{side.when or "the answer above"}</p>'
        f"{quotation(best)}{_openers(side.evidence)}</div>"
    )


def _openers(evidence: Sequence[Evidence], *, dated: bool = True) -> str:
    items = [f"<li>{opener(piece, dated=dated)}</li>" for piece in evidence]
    shown, folded = "".join(items[:SHOWN]), "".join(items[SHOWN:])
    more = (
        f"<details><summary>{len(items) - SHOWN} more</summary><ul>{folded}</ul></details>" if folded else ""
    )
    return f'<ul class="openers">{shown}</ul>{more}'


def _timeline(reports: Sequence[Report]) -> str:
    items = "".join(map(_report, reports))
    if not items:
        return ""
    return (
        '<details class="fold timeline"><summary>As it was reported, day by day</summary>'
        f"<ol>{items}</ol></details>"
    )


def _report(report: Report) -> str:
    kind = "report new" if report.is_new else "report"
    return (
        f'<li class="{kind}"><time datetime="{report.day.isoformat()}">{long_date(report.day)}</time> '
        f'<strong dir="auto">{escape(" ".join(report.answer.split()))}</strong>'
        f"{_openers(report.evidence, dated=False)}</li>"
    )
