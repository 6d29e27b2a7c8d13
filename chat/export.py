"""A conversation to take away, with its citations: Markdown, HTML or JSON. Pure functions of turns."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chat.markup import escape, live_link, shown_title
from chat.turns import Turn, filters_json
from index.article import Article
from qa import references
from qa.filter_words import filters_text
from qa.notes import is_pronoun
from qa.rendering import ABSTENTION, Json, long_date, on_pages, told_reading

STYLE = (
    "body{max-width:42rem;margin:3rem auto;padding:0 1.25rem;font:1.0625rem/1.6 Georgia,serif;color:#1f1d1a;"
    "background:#fff}h1{font-size:1.5rem}h2{margin-top:2.5rem;font-size:1.125rem;color:#5f5a52}"
    "blockquote{margin:1rem 0 .25rem;padding-left:1rem;border-left:.25rem solid #c98a00}"
    "mark{background:#ffe58a}.by{margin:0 0 1rem;color:#5f5a52;font-size:.9375rem}"
)


class Format(StrEnum):
    """The formats of a conversation."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class File:
    """A file to save: its name, its media type and its text."""

    name: str
    kind: str
    text: str


def export(turns: Sequence[Turn], form: Format, day: date) -> File:
    """The conversation as a file; `day` is that of exporting."""
    write, kind, suffix = WRITERS[form]
    return File(f"citewire-{day.isoformat()}.{suffix}", kind, write(turns, day))


def markdown(turns: Sequence[Turn], day: date) -> str:
    """Questions as headings, quotations as block quotations with their reference."""
    parts = [f"# Questions to the archive, {long_date(day)}\n"]
    for turn in turns:
        parts.append(f"## {references.escaped_markdown(turn.question)}\n")
        if turn.answer is None:
            continue
        if selection := filters_text(turn.filters):
            parts.append(f"Asked only of articles {references.escaped_markdown(selection)}\n")
        if read_as := told_reading(turn.question, turn.answer["interpreted_as"]):
            parts.append(f"Read as: {references.escaped_markdown(read_as)}\n")
        said = references.escaped_markdown(told(turn.answer))
        parts.append(f"{said}\n" if turn.answer["abstained"] else f"**{said}**\n")
        parts += map(_markdown_quotation, quoted(turn.answer))
        parts += [f"{references.escaped_markdown(line)}\n" for line in differing(turn.answer)]
    return "\n".join(parts)


def _markdown_quotation(piece: Json) -> str:
    quotation = references.markdown(article_of(piece), piece["quote"], _pages(piece))
    beside = "".join(f"> ({references.escaped_markdown(line)})\n" for line in notes(piece))
    return f"{quotation}>\n{beside}" if beside else quotation


def page(turns: Sequence[Turn], day: date) -> str:
    """A page of its own, without scripts, the answers marked in their sentences."""
    title = f"Questions to the archive, {long_date(day)}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>\n"
        f"{''.join(map(_section, turns))}</body></html>\n"
    )


def as_json(turns: Sequence[Turn], day: date) -> str:
    """`exported` and `turns`: of each the question, what it was asked of, and the answer as JSON has it."""
    kept = [
        {"question": turn.question, "filters": filters_json(turn.filters), "answer": turn.answer}
        for turn in turns
    ]
    return json.dumps({"exported": day.isoformat(), "turns": kept}, ensure_ascii=False, indent=2) + "\n"


def article_of(piece: Json) -> Article:
    """The article a piece of evidence names, without its text."""
    named = piece["article"]
    return Article(
        id=named["id"],
        title=named["title"],
        text="",
        source=named["source"],
        published=date.fromisoformat(named["published"]) if named["published"] else None,
        url=named["url"],
        agency=named["agency"],
    )


def told(answer: Json) -> str:
    """What the reply says in its own words, or the answer's."""
    if answer.get("message") is not None:
        return str(answer["message"])
    return f"{ABSTENTION} {answer['reason'] or ''}".rstrip() if answer["abstained"] else str(answer["answer"])


def quoted(answer: Json) -> list[Json]:
    """The pieces that are quoted: the evidence, or the sentences of an overview."""
    return [*answer["evidence"], *answer.get("overview", ())]


def notes(piece: Json) -> list[str]:
    """The notes beside a quotation, a line each."""
    said = piece.get("attribution")
    lines = []
    if said and not is_pronoun(said["who"]["words"]):
        lines.append(f"says so: {_line(said['who']['words'])}")
    lines += [f"{flag['flag']}: “{_line(flag['words'])}”" for flag in piece.get("certainty", ())]
    return lines + [note["text"] for note in piece.get("pronouns", ())]


def differing(answer: Json) -> list[str]:
    """What other articles say instead, a line for each side; [] if none do."""
    found = answer.get("disagreement")
    if not found:
        return []
    return [
        f"Articles differ in the {found['kind']}:",
        *(
            f"{_line(side['answer'])} ({', '.join(filter(None, (*side['outlets'], side['published'])))})"
            for side in found["sides"]
        ),
    ]


def _line(words: str) -> str:
    return " ".join(words.split())


def _pages(piece: Json) -> str:
    return str(piece.get("page") or "")


def _section(turn: Turn) -> str:
    heading = f'<h2 dir="auto">{escape(turn.question)}</h2>'
    answer = turn.answer
    if answer is None:
        return f"<section>{heading}</section>\n"
    selection, read_as = filters_text(turn.filters), told_reading(turn.question, answer["interpreted_as"])
    beside = f"<p>Asked only of articles {escape(selection)}</p>" if selection else ""
    beside += f"<p>Read as: {escape(read_as)}</p>" if read_as else ""
    said = escape(told(answer))
    if not answer["abstained"]:
        said = f'<strong dir="auto">{said}</strong>'
    quotations = "".join(map(_quotation, quoted(answer)))
    otherwise = "<br>".join(map(escape, differing(answer)))
    differ = f'<p class="by">{otherwise}</p>' if otherwise else ""
    return f"<section>{heading}{beside}<p>{said}</p>{quotations}{differ}</section>\n"


def _quotation(piece: Json) -> str:
    quote, article = piece["quote"], article_of(piece)
    words = escape(quote)
    if "start" in piece:  # a sentence of an overview answers nothing
        start, end = (piece[name] - piece["quote_start"] for name in ("start", "end"))
        words = f"{escape(quote[:start])}<mark>{escape(quote[start:end])}</mark>{escape(quote[end:])}"
    day = long_date(article.published) if article.published else "undated"
    title = f"“{shown_title(article)}”"
    by = ", ".join(filter(None, (title, references.outlet(article), day, on_pages(_pages(piece)))))
    link = live_link(article.url, f"Live page of {shown_title(article)}", quote)
    beside = "".join(f"<br>{escape(line)}" for line in notes(piece))
    return f'<blockquote dir="auto">{words}</blockquote><p class="by">{escape(by)} {link}{beside}</p>'


Writer = Callable[[Sequence[Turn], date], str]
WRITERS: dict[Format, tuple[Writer, str, str]] = {
    Format.MARKDOWN: (markdown, "text/markdown", "md"),
    Format.HTML: (page, "text/html", "html"),
    Format.JSON: (as_json, "application/json", "json"),
}
