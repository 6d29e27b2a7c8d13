"""What supports an answer and what speaks against it, as JSON and as plain text."""

from collections.abc import Callable
from typing import Any

from index.article import Span
from qa.answer import Answer, Evidence
from qa.disagreement import Disagreement, Side, disagreement
from qa.notes import notes_on, pronoun_text
from qa.timeline import Report, timeline

Json = dict[str, Any]
PieceJson = Callable[[Evidence], Json]


def trust_json(answer: Answer, piece_json: PieceJson) -> Json:
    """The fields `disagreement` (null if there is none) and `timeline` ([] if it is of one day)."""
    found = disagreement(answer)
    return {
        "disagreement": disagreement_json(found, piece_json) if found else None,
        "timeline": [_report_json(report, piece_json) for report in timeline(answer)],
    }


def disagreement_json(found: Disagreement, piece_json: PieceJson) -> Json:
    """`kind` is number, date or name; `when` is null on the side of the answer itself."""
    return {"kind": found.kind, "sides": [_side_json(side, piece_json) for side in found.sides]}


def _side_json(side: Side, piece_json: PieceJson) -> Json:
    return {
        "answer": side.answer,
        "when": side.when,
        "published": side.published.isoformat() if side.published else None,
        "outlets": list(side.outlets),
        "evidence": [piece_json(piece) for piece in side.evidence],
    }


def _report_json(report: Report, piece_json: PieceJson) -> Json:
    return {
        "day": report.day.isoformat(),
        "answer": report.answer,
        "new": report.is_new,
        "evidence": [piece_json(piece) for piece in report.evidence],
    }


def notes_json(piece: Evidence) -> Json:
    """The fields `attribution` (null if unknown), `certainty` and `pronouns` of a piece of evidence.

    Every one has `start` and `end` of the words that tell it, in characters of the article's text.
    """
    text, notes = piece.article.text, notes_on(piece)
    said = notes.attribution
    return {
        "attribution": said
        and {"who": _words(text, said.who), "cue": _words(text, said.cue), "nearby": said.nearby},
        "certainty": [{"flag": flag.certainty, **_words(text, flag.cue)} for flag in notes.flags],
        "pronouns": [
            {
                "text": pronoun_text(text, note),
                "pronoun": _words(text, note.pronoun),
                "name": _words(text, note.name),
                "full_name": _words(text, note.full),
            }
            for note in notes.pronouns
        ],
    }


def _words(text: str, span: Span) -> Json:
    return {"words": span.of(text), "start": span.start, "end": span.end}


def disagreement_text(answer: Answer, reference: Callable[[Evidence], str]) -> list[str]:
    """Lines for a terminal: what other articles say, and when; [] if nothing differs."""
    found = disagreement(answer)
    if found is None:
        return []
    lines = [f"Articles differ in the {found.kind}:"]
    for side in found.sides:
        when = side.when or "the answer above"
        best = max(side.evidence, key=lambda piece: piece.confidence)
        more = f", and {len(side.evidence) - 1} more" if len(side.evidence) > 1 else ""
        lines.append(f"  {_line(side.answer)} ({when}): {reference(best)}{more}")
        lines.append(f"    {best.article.id} {best.sentence.start}:{best.sentence.end}")
    return [*lines, ""]


def timeline_text(answer: Answer) -> list[str]:
    """Lines for a terminal: what was reported on which day; [] unless it was on several."""
    lines = [
        f"  {report.day.isoformat()}  {_line(report.answer)}"
        f" ({', '.join(dict.fromkeys(piece.article.source or 'no outlet' for piece in report.evidence))})"
        for report in timeline(answer)
    ]
    return ["As it was reported:", *lines, ""] if lines else []


def _line(words: str) -> str:
    return " ".join(words.split())
