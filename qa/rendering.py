"""Answers and hits as JSON and as plain text: the same everywhere."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from index.article import Article
from qa.answer import Answer, DistinctAnswer, Evidence, Hit
from qa.corroboration import Support, support
from qa.date_words import MONTHS
from qa.dates import DateNote
from qa.headlines import headline
from qa.notes import notes_text
from qa.trust_rendering import disagreement_text, notes_json, timeline_text, trust_json

ABSTENTION = "The archive does not say."

Json = dict[str, Any]
"""A JSON object; its names are stable, more may be added."""


def to_json(answer: Answer) -> Json:
    """The JSON object of an answer."""
    return {
        "question": answer.question,
        "answer": answer.answer,
        "confidence": round(answer.confidence, 4),
        "abstained": answer.abstained,
        "reason": answer.reason,
        "interpreted_as": answer.interpreted_as,
        "read_as": answer.read_as,
        "kind": answer.kind,
        "message": answer.message,
        "took_ms": answer.took_ms,
        "answers": [_distinct_json(item, answer.evidence) for item in answer.answers],
        "evidence": [evidence_json(piece) for piece in answer.evidence],
        "near_miss": evidence_json(answer.near_miss) if answer.near_miss else None,
        **trust_json(answer, evidence_json),
        "overview": [_overview_json(piece) for piece in answer.overview],
    }


def _overview_json(piece: Evidence) -> Json:
    """A sentence of an overview, which answers nothing."""
    return {
        "quote": piece.quote,
        "quote_start": piece.sentence.start,
        "quote_end": piece.sentence.end,
        "article": article_json(piece.article),
    }


def evidence_json(piece: Evidence) -> Json:
    """The JSON object of a piece of evidence; offsets are characters of the article's text."""
    return {
        "answer": piece.answer,
        "quote": piece.quote,
        "start": piece.span.start,
        "end": piece.span.end,
        "quote_start": piece.sentence.start,
        "quote_end": piece.sentence.end,
        "confidence": round(piece.confidence, 4),
        "date": date_json(piece.date) if piece.date else None,
        "page": piece.article.page_of(piece.span.start),
        **notes_json(piece),
        "article": article_json(piece.article),
    }


def date_json(note: DateNote) -> Json:
    """The JSON object of what date words mean: the words, the first and last day, and both as a text."""
    return {
        "words": note.words,
        "from": note.first.isoformat(),
        "to": note.last.isoformat(),
        "text": note.text,
    }


def _distinct_json(item: DistinctAnswer, evidence: Sequence[Evidence]) -> Json:
    """One answer; `evidence` are places in the list of evidence, from 0, `support` counts what it is from."""
    return {
        "answer": item.answer,
        "confidence": round(item.confidence, 4),
        "support": asdict(support(item.evidence)),
        "evidence": [place for place, piece in enumerate(evidence) if piece in item.evidence],
    }


def article_json(article: Article) -> Json:
    """The JSON object of an article, without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "path": article.path,
        "agency": article.agency,
    }


def hit_json(hit: Hit) -> Json:
    """The JSON object of a passage found; offsets are characters of the article's text."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "dense": None if hit.dense is None else round(hit.dense, 4),
        "lexical": None if hit.lexical is None else round(hit.lexical, 4),
        "features": {name: round(value, 4) for name, value in hit.features.items()},
        "text": hit.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "page": hit.article.page_of(hit.passage.start),
        "article": article_json(hit.article),
    }


def answer_text(answer: Answer) -> str:
    """An answer for a terminal."""
    reading = told_reading(answer.question, answer.interpreted_as)
    read = [f"Read as: {reading}"] if reading else []
    if answer.message is not None:
        told = [line for piece in answer.overview for line in _evidence_lines(piece, "· ")]
        return "\n".join([*read, answer.message, "", *told]).rstrip()
    if answer.abstained:
        lines = [ABSTENTION, answer.reason or "", *read]
        if answer.near_miss:
            lines += ["", "Closest sentence (does not answer):", *_evidence_lines(answer.near_miss)]
        return "\n".join(lines).rstrip()
    lines = [*read, ""] if read else []
    for item in answer.answers:
        lines += [item.answer, *_date_lines(item.evidence[0]), ""]
        for piece in item.evidence:
            number = 1 + next(at for at, other in enumerate(answer.evidence) if other is piece)
            lines += _evidence_lines(piece, f"[{number}] ")
        counted = support_text(support(item.evidence))
        lines += [f"{round(100 * item.confidence)} % sure{f', {counted}' if counted else ''}", ""]
    lines += disagreement_text(answer, lambda piece: reference(piece.article))
    lines += timeline_text(answer)
    return "\n".join(lines).rstrip()


def told_reading(question: str, interpreted_as: str | None) -> str:
    """How a question was read, to be told beside it; "" if that says no more than the question does.

    >>> told_reading("who met him", "Who met him?"), told_reading("when?", "when did he go?")
    ('', 'when did he go?')
    """
    read = interpreted_as or ""
    return "" if _bare(read) == _bare(question) else read


def _bare(question: str) -> str:
    return " ".join(question.casefold().split()).rstrip(" ?!.")


def support_text(found: Support) -> str:
    """How many articles and outlets say so, and how many texts if some are copies; "" for one article.

    >>> support_text(Support(articles=3, outlets=2, independent=1))
    '3 articles, 2 outlets, copies of one text'
    """
    if found.articles < 2:
        return ""
    texts = {1: ", copies of one text", found.articles: ""}
    return (
        f"{found.articles} articles, {found.outlets} outlet{'s' if found.outlets > 1 else ''}"
        f"{texts.get(found.independent, f', {found.independent} different texts')}"
    )


def _date_lines(piece: Evidence) -> list[str]:
    note = piece.date
    return [f"(“{note.words}” means {note.text}, by the article's date)"] if note else []


def hits_text(hits: Sequence[Hit]) -> str:
    """Passages found, for a terminal."""
    blocks = []
    for hit in hits:
        scores = [f"meaning {hit.dense:.3f}"] if hit.dense is not None else []
        scores += [f"words {hit.lexical:.2f}"] if hit.lexical is not None else []
        head = f"{hit.rank}. {reference(hit.article)}  ({', '.join(scores)})"
        blocks.append(f"{head}\n   {' '.join(hit.text.split())}")
    return "\n\n".join(blocks) if blocks else "Nothing found."


def reference(article: Article) -> str:
    """Outlet, date and title in one line, as a citation names an article."""
    published = long_date(article.published) if article.published else ""
    parts = [
        article.source,
        published,
        f"“{title}”" if (title := headline(article.title, article.source)) else "",
    ]
    return ", ".join(part for part in parts if part) or article.id


def on_pages(pages: str) -> str:
    """Pages as a sentence names them: "page 3", "pages 3–4", "" for none."""
    return f"page{'s' if '-' in pages else ''} {pages.replace('-', '–')}" if pages else ""


def long_date(day: date) -> str:
    """The day written out, in English whatever the machine's language: 1 December 2021."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _evidence_lines(piece: Evidence, mark: str = "") -> list[str]:
    indent = " " * len(mark)
    pages = on_pages(piece.article.pages_of(piece.sentence))
    place = ", ".join(filter(None, (reference(piece.article), pages)))
    lines = [f"{mark}“{' '.join(piece.quote.split())}”", f"{indent}{place}"]
    lines += [f"{indent}({note})" for note in notes_text(piece)]
    lines.append(f"{indent}{piece.article.id} {piece.sentence.start}:{piece.sentence.end}")
    if piece.article.url:
        lines.append(f"{indent}{piece.article.url}")
    return [*lines, ""]
