"""A conversation to take away, with its citations: Markdown, HTML or JSON. Pure functions of turns."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chat.markup import escape, live_link
from chat.turns import Turn
from index.article import Article
from qa import references
from qa.rendering import ABSTENTION, Json, long_date

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
        if read_as := turn.answer["interpreted_as"]:
            parts.append(f"Read as: {references.escaped_markdown(read_as)}\n")
        if turn.answer["abstained"]:
            parts.append(
                f"{ABSTENTION} {references.escaped_markdown(turn.answer['reason'] or '')}".rstrip() + "\n"
            )
        else:
            parts.append(f"**{references.escaped_markdown(turn.answer['answer'])}**\n")
        parts += [references.markdown(article_of(piece), piece["quote"]) for piece in turn.answer["evidence"]]
    return "\n".join(parts)


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
    """`exported` and `turns`: the question of each and its answer, as `citewire ask --json` prints it."""
    kept = [{"question": turn.question, "answer": turn.answer} for turn in turns]
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


def _section(turn: Turn) -> str:
    heading = f'<h2 dir="auto">{escape(turn.question)}</h2>'
    answer = turn.answer
    if answer is None:
        return f"<section>{heading}</section>\n"
    read_as = f"<p>Read as: {escape(answer['interpreted_as'])}</p>" if answer["interpreted_as"] else ""
    if answer["abstained"]:
        return f"<section>{heading}{read_as}<p>{ABSTENTION} {escape(answer['reason'] or '')}</p></section>\n"
    said = f'<p><strong dir="auto">{escape(answer["answer"])}</strong></p>'
    return f"<section>{heading}{read_as}{said}{''.join(map(_quotation, answer['evidence']))}</section>\n"


def _quotation(piece: Json) -> str:
    quote, article = piece["quote"], article_of(piece)
    start, end = (piece[name] - piece["quote_start"] for name in ("start", "end"))
    words = f"{escape(quote[:start])}<mark>{escape(quote[start:end])}</mark>{escape(quote[end:])}"
    day = long_date(article.published) if article.published else "undated"
    by = ", ".join(filter(None, (f"“{article.title or 'Untitled'}”", references.outlet(article), day)))
    link = live_link(article.url, f"Live page of {article.title}", quote)
    return f'<blockquote dir="auto">{words}</blockquote><p class="by">{escape(by)} {link}</p>'


Writer = Callable[[Sequence[Turn], date], str]
WRITERS: dict[Format, tuple[Writer, str, str]] = {
    Format.MARKDOWN: (markdown, "text/markdown", "md"),
    Format.HTML: (page, "text/html", "html"),
    Format.JSON: (as_json, "application/json", "json"),
}
