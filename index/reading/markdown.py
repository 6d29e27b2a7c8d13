"""Markdown as a plain page: front matter read, lines joined, headings, links, emphasis reduced to words."""

import json
import re
from contextlib import suppress

from index.reading.dates import parse_date
from index.reading.decoding import clean
from index.reading.page import Known
from index.reading.record import FIELDS
from index.reading.stamps import is_byline, is_stamp

_FRONT = re.compile(r"\s*(?:---|\+\+\+)\n(?P<fields>(?:[^\n]*\n){1,60}?)(?:---|\+\+\+)[ \t]*(?:\n|$)")
_PAIR = re.compile(r"(?P<key>\w[\w -]{0,30})\s*[:=]\s*(?P<value>.*)")
_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*?)\s*#*")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(?P<text>[^*_\n]+?)(?<=\S)\1")


_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*")
# What opens a block of its own whatever stands before it: heading, item, row of a table, rule, indented code.
_BLOCK = re.compile(r"\s{0,3}(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|\||!\[|<)|(?: {4}|\t)")
_QUOTED = re.compile(r"\s{0,3}>\s?")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")

LONGEST_WRAPPED = 160
"""No one breaks lines at more characters: what is longer is a paragraph to a line, whatever follows."""


def strip_markdown(text: str) -> tuple[str, Known]:
    """The text without markup, lines as they were, and what front matter and first heading say."""
    known, text = _front_matter(text)
    lines = _joined(text.split("\n"))
    title = known.title
    for i, line in enumerate(lines):
        if heading := _HEADING.fullmatch(line.strip()):
            lines[i] = heading["text"]
            title = title or _plain(heading["text"])
    return "\n".join(_plain(_HARD_BREAK.sub("", line)) for line in lines), Known(
        title, known.source, known.published, known.url
    )


def _joined(lines: list[str]) -> list[str]:
    """The lines with each paragraph on its first one, blank where the others stood, so that numbers hold."""
    result: list[str] = []
    at, fenced = None, False  # `at`: the line that the next one may go on
    for i, line in enumerate(lines):
        result.append(line)
        if _FENCE.match(line):
            at, fenced = None, not fenced
        elif fenced or not line.strip():
            at = None
        elif at is not None and _UNDERLINE.fullmatch(line):
            result[at], result[i], at = f"# {result[at].strip()}", "", None
        elif at is not None and _goes_on(lines[i - 1], line):
            result[at], result[i] = f"{result[at].rstrip()} {_QUOTED.sub('', line).strip()}", ""
        else:
            at = None if _HEADING.fullmatch(line.strip()) else i
    return result


def _goes_on(before: str, line: str) -> bool:
    """Whether a line belongs to the paragraph or item of the one before it."""
    item = _BLOCK.match(line) and not (line.startswith(("  ", "\t")) and _BLOCK.match(before))
    apart = any(is_stamp(text.strip()) or is_byline(text.strip()) for text in (before, line))
    opens_quote = bool(_QUOTED.match(line)) and not _QUOTED.match(before)
    return not (item or apart or opens_quote or _HARD_BREAK.search(before) or len(before) > LONGEST_WRAPPED)


def read_fields(block: str) -> Known:
    """The fields of a block of "key: value" lines under their usual names."""
    found: dict[str, str] = {}
    for line in block.split("\n"):
        if pair := _PAIR.fullmatch(line.strip()):
            key = pair["key"].lower().replace(" ", "_")
            name = next((name for name, aliases in FIELDS.items() if key in aliases), "")
            found.setdefault(name, _unquoted(pair["value"].strip()))
    return Known(
        found.get("title", ""),
        found.get("source", ""),
        parse_date(found.get("published", "")),
        found.get("url", ""),
    )


def _unquoted(value: str) -> str:
    """A value without its quotation marks, and with what they make special read as YAML does."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"' and "\\" in value:
        with suppress(ValueError):
            return " ".join(clean(str(json.loads(value))).split())
    return value.strip("\"'")


def _front_matter(text: str) -> tuple[Known, str]:
    match = _FRONT.match(text)
    if not match:
        return Known(), text
    return read_fields(match["fields"]), "\n" * match[0].count("\n") + text[match.end() :]


def _plain(line: str) -> str:
    line = _LINK.sub(lambda match: match["text"], _IMAGE.sub("", line))
    return _STRONG.sub(lambda match: match["text"], line)
