"""A Word document (.docx) as an article: paragraphs in order, with title, author and date of its properties.

The file is a zip of XML. It is read with what is here already (zipfile, lxml): python-docx, the usual
library, leaves out inserted text of tracked changes, content controls and text boxes.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from index.article import Article
from index.errors import CorpusError
from index.reading.dates import parse_date
from index.reading.decoding import clean
from index.reading.headline import MAX_TITLE
from index.reading.lines import Line, words_of
from index.reading.manuscript import Properties, read_manuscript
from index.reading.outlets import is_outlet
from index.reading.xml import Element, local_name, parse_xml
from index.reading.zipped import open_zip, read_member

MAX_PARAGRAPHS = 50_000

# Deleted text of tracked changes, fallback copies of text boxes, instructions of fields, phonetic guides.
_UNREAD = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "rt", "tblPr", "sectPr"}
)
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_TITLE_STYLE = re.compile(r"title|titel|titre|headline", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"heading ?1|berschrift ?1|titre ?1", re.IGNORECASE)


def read_docx(path: Path) -> Article:
    """The article of a Word file; id, path and origin are left to the caller.

    Raises:
        CorpusError: it is no Word document, damaged, locked or without text.
        OSError: it cannot be opened.
    """
    with open_zip(path, "Word document") as archive:
        if "word/document.xml" not in archive.namelist():
            raise CorpusError("no Word document: it has no word/document.xml")
        root = parse_xml(read_member(archive, "word/document.xml"))
        core = _fields(archive, "docProps/core.xml")
        company = _fields(archive, "docProps/app.xml").get("Company", "")
    found = [(style, text) for style, text in _paragraphs(root) if text]
    if not found:
        raise CorpusError("no text in it")
    if len(found) > MAX_PARAGRAPHS:
        raise CorpusError(f"more than {MAX_PARAGRAPHS:,} paragraphs: split it")
    lines = [Line(number, text) for number, (_, text) in enumerate(found, start=1)]
    author = core.get("creator", "")
    properties = Properties(
        title=_title_of(core.get("title", "")),
        source=company if is_outlet(company) else author if is_outlet(author) else "",
        made=_day(core),
    )
    return read_manuscript(lines, properties, _title_at([style for style, _ in found], lines))[0]


def _paragraphs(root: Element) -> Iterator[tuple[str, str]]:
    """Style and text of each paragraph, in the order of the text; a row of a table is one paragraph."""
    stack = [root]
    while stack:
        element = stack.pop()
        name = local_name(element)
        if name in _UNREAD:
            continue
        if name == "p":
            boxes: list[Element] = []
            for line in clean(_text(element, boxes)).split("\n"):
                yield _style(element), " ".join(line.split())
            stack.extend(reversed(boxes))
        elif name == "tr":
            cells = [
                " ".join(text for _, text in _paragraphs(cell) if text)
                for cell in element
                if local_name(cell) == "tc"
            ]
            yield "", " | ".join(filter(None, cells))
        else:
            stack.extend(reversed(element))


def _text(element: Element, boxes: list[Element]) -> str:
    """The text of a paragraph; text boxes anchored in it are put into `boxes`, to be read after it."""
    parts: list[str] = []
    stack = [element]
    while stack:
        part = stack.pop()
        name = local_name(part)
        if name == "t":
            parts.append(part.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name == "txbxContent":
            boxes.append(part)
        elif name not in _UNREAD:
            stack.extend(reversed(part))
    return "".join(parts)


def _style(paragraph: Element) -> str:
    """The id of a paragraph's style, "" for the usual one."""
    for properties in paragraph:
        if local_name(properties) == "pPr":
            for entry in properties:
                if local_name(entry) == "pStyle":
                    return next(
                        (str(value) for name, value in entry.attrib.items() if str(name).endswith("}val")), ""
                    )
    return ""


def _title_at(styles: list[str], lines: list[Line]) -> int | None:
    """The paragraph whose style says that it is the title; a heading counts among the first ones only."""
    named = (at for at, style in enumerate(styles[:20]) if _TITLE_STYLE.fullmatch(style))
    heading = (at for at, style in enumerate(styles[:5]) if _HEADING_STYLE.fullmatch(style))
    at = next(named, next(heading, None))
    return at if at is not None and len(lines[at].text) <= MAX_TITLE and len(lines) > 1 else None


def _fields(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The properties of one part of the file, none if it is missing or cannot be read."""
    if name not in archive.namelist():
        return {}
    try:
        root = parse_xml(read_member(archive, name))
    except CorpusError:
        return {}
    return {local_name(field): " ".join(clean(field.text or "").split()) for field in root}


def _title_of(title: str) -> str:
    return title if len(words_of(title)) > 1 and len(title) <= MAX_TITLE else ""


def _day(core: dict[str, str]) -> date | None:
    return parse_date(core.get("created", "")) or parse_date(core.get("modified", ""))
