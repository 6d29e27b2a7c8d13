"""Markdown as a plain page: front matter read, headings, links and emphasis reduced to their words."""

import re

from index.reading.dates import parse_date
from index.reading.page import Known
from index.reading.record import FIELDS

_FRONT = re.compile(r"\s*(?:---|\+\+\+)\n(?P<fields>(?:[^\n]*\n){1,60}?)(?:---|\+\+\+)[ \t]*(?:\n|$)")
_PAIR = re.compile(r"(?P<key>\w[\w -]{0,30})\s*[:=]\s*(?P<value>.*)")
_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*?)\s*#*")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(?P<text>[^*_\n]+?)(?<=\S)\1")


def strip_markdown(text: str) -> tuple[str, Known]:
    """The text without markup, lines as they were, and what front matter and first heading say."""
    known, text = _front_matter(text)
    lines = text.split("\n")
    title = known.title
    for i, line in enumerate(lines):
        if heading := _HEADING.fullmatch(line.strip()):
            lines[i] = heading["text"]
            title = title or _plain(heading["text"])
    return "\n".join(_plain(line) for line in lines), Known(title, known.source, known.published, known.url)


def read_fields(block: str) -> Known:
    """The fields of a block of "key: value" lines under their usual names."""
    found: dict[str, str] = {}
    for line in block.split("\n"):
        if pair := _PAIR.fullmatch(line.strip()):
            key = pair["key"].lower().replace(" ", "_")
            name = next((name for name, aliases in FIELDS.items() if key in aliases), "")
            found.setdefault(name, pair["value"].strip().strip("\"'"))
    return Known(
        found.get("title", ""),
        found.get("source", ""),
        parse_date(found.get("published", "")),
        found.get("url", ""),
    )


def _front_matter(text: str) -> tuple[Known, str]:
    match = _FRONT.match(text)
    if not match:
        return Known(), text
    return read_fields(match["fields"]), "\n" * match[0].count("\n") + text[match.end() :]


def _plain(line: str) -> str:
    line = _LINK.sub(lambda match: match["text"], _IMAGE.sub("", line))
    return _STRONG.sub(lambda match: match["text"], line)
