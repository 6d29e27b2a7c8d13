"""A PDF as an article: its lines from a process of their own, joined to paragraphs, pages remembered."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

from index.article import Article, Dropped
from index.errors import CorpusError
from index.reading.dates import make_date
from index.reading.decoding import clean
from index.reading.headline import MAX_TITLE
from index.reading.lines import Line, same_words, words_of
from index.reading.manuscript import Properties, page_starts, read_manuscript
from index.reading.outlets import is_outlet, outlet_of_title
from index.reading.paged import PlacedLine, margin_marks
from index.reading.paragraphs import Paragraph, body_height, paragraphs
from index.reading.pdf_worker import Outcome

MAX_PDF_BYTES = 256 * 1024 * 1024
READ_SECONDS = 120.0
"""Longest time that reading one PDF may take; a thousand pages take a few seconds."""

_ROOT = Path(__file__).parent.parent.parent
_LARGER = 1.15
"""A title is set in letters at least this many times as large as the text."""

_JUNK_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|untitled.*|document ?\d*"
    r"|.*\.(?:docx?|pdf|indd|qxd|html?|rtf|tex|odt)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,500}")
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read_pdf(path: Path) -> Article:
    """The article of a PDF file; id, path and origin are left to the caller.

    Raises:
        CorpusError: it is too large, locked, damaged, or holds no text; the message says which.
        OSError: it cannot be opened.
    """
    if path.stat().st_size > MAX_PDF_BYTES:
        raise CorpusError(f"larger than {MAX_PDF_BYTES >> 20} MiB: split it")
    found = _read_apart(path)
    lines = _placed(found)
    if not lines:
        raise CorpusError("no text in it: its pages are pictures; recognise their text (OCR) first")
    marks = margin_marks(lines, found["height"])
    gone = [Dropped(line.number, line.text, marks[line.number]) for line in lines if line.number in marks]
    kept = [line for line in lines if line.number not in marks]
    blocks = paragraphs(kept)
    properties = _properties(
        found["metadata"], [piece.text for piece in gone], _masthead(blocks, body_height(kept))
    )
    title_at = _title_at(blocks, body_height(kept), properties.title)
    article, body = read_manuscript(
        [Line(block.number, block.text) for block in blocks], properties, title_at, gone
    )
    starts = {block.number: block.starts for block in blocks}
    return replace(article, pages=page_starts(body, starts, len(found["pages"])))


def _read_apart(path: Path) -> Outcome:
    """What the worker finds in the file."""
    command = [sys.executable, "-m", "index.reading.pdf_worker", str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, cwd=_ROOT, timeout=READ_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise CorpusError(
            f"reading it took longer than {READ_SECONDS:.0f} s: print it to a new PDF"
        ) from error
    try:
        outcome = cast("Outcome", json.loads(done.stdout))
    except ValueError as error:
        raise CorpusError("damaged, or made to harm: reading it failed") from error
    if outcome["error"]:
        raise CorpusError(outcome["error"])
    return outcome


def _placed(found: Outcome) -> list[PlacedLine]:
    lines: list[PlacedLine] = []
    for page, places in enumerate(found["pages"], start=1):
        for text, left, right, top, height in places:
            # A line is one line whatever the file calls a letter.
            if plain := " ".join(clean(text).split()):
                lines.append(PlacedLine(page, len(lines) + 1, plain, left, right, top, height))
    return lines


def _title_at(blocks: Sequence[Paragraph], body: float, named: str) -> int | None:
    """The first page's paragraph that is the title: the one the file names, else the largest."""
    first = [at for at, block in enumerate(blocks) if block.starts[0][0] == 1]
    for at in first:
        if named and same_words(blocks[at].text, outlet_of_title(named)[0]):
            return at
    large = [at for at in first if blocks[at].height >= _LARGER * body and _may_be_title(blocks[at].text)]
    return max(large, key=lambda at: blocks[at].height, default=None)


def _may_be_title(text: str) -> bool:
    """Whether a paragraph in large letters is a title: no masthead, no initial, no text."""
    return (
        any(len(word) > 2 for word in words_of(text)) and len(text) <= MAX_TITLE and not _names_outlet(text)
    )


def _masthead(blocks: Sequence[Paragraph], body: float) -> str:
    """The outlet whose name stands in large letters among the first lines, "" if none does."""
    large = (block.text for block in blocks[:3] if block.height >= _LARGER * body and block.starts[0][0] == 1)
    return next(filter(_names_outlet, large), "")


def _names_outlet(text: str) -> bool:
    return is_outlet(text) and len(text.split()) <= 4


def _properties(metadata: Mapping[str, str], margins: Sequence[str], masthead: str) -> Properties:
    """What the file says of itself, and the address that a browser prints beneath each page."""
    title = " ".join(clean(metadata.get("Title", "")).split())[:MAX_TITLE]
    if _JUNK_TITLE.fullmatch(title) or len(words_of(title)) < 2:
        title = ""
    author = " ".join(clean(metadata.get("Author", "")).split())
    source = outlet_of_title(title)[1] or masthead or (author if is_outlet(author) else "")
    addresses = [match[0] for text in margins if (match := _ADDRESS.search(text))]
    return Properties(
        title, source, addresses[0] if addresses else "", _day(metadata.get("CreationDate", ""))
    )


def _day(stamp: str) -> date | None:
    match = _MADE.match(stamp)
    return make_date(*map(int, match.groups())) if match else None
