"""The lines of a PDF with their places, found by PDFium in a process of its own.

A PDF is a program for a page, and PDFium is written in C++: a hostile or broken file may loop, take all
memory or crash. Here it takes this process with it and nothing else; `index.reading.pdf` starts it,
waits for a bounded time and reads what it prints: one JSON object, `Outcome`.
"""

import contextlib
import json
import sys
from ctypes import byref, c_double
from typing import Any, TypedDict

MAX_PAGES = 5_000
MAX_CHARACTERS = 4 * 1024 * 1024
"""Most characters of one PDF: as many as other articles may have bytes."""

MEMORY_BYTES = 4 << 30
CPU_SECONDS = 100

# PDFium joins the halves of a word that a hyphen at a line's end set apart, by one of these.
JOINED = "\x02\ufffe"

Place = tuple[str, float, float, float, float]
"""A line: its text, left, right, distance of its top from the page's top, height; all in points."""


class Outcome(TypedDict):
    """What is in a PDF, or why it cannot be read (`error`, else "")."""

    error: str
    metadata: dict[str, str]
    height: list[float]
    pages: list[list[Place]]


def read(path: str) -> Outcome:
    """The lines of each page in the order in which the file draws them."""
    import pypdfium2 as pdfium

    nothing = Outcome(error="", metadata={}, height=[], pages=[])
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            return {**nothing, "error": "locked with a password: save a copy without one"}
        return {**nothing, "error": "damaged, or no PDF: it cannot be opened"}
    if len(document) > MAX_PAGES:
        return {**nothing, "error": f"more than {MAX_PAGES:,} pages: split it"}
    pages, heights, characters = [], [], 0
    for number in range(len(document)):
        try:
            page = document[number]
            lines, height = _lines(page.get_textpage(), page.get_height()), page.get_height()
        except pdfium.PdfiumError:
            return {**nothing, "error": f"damaged: page {number + 1} cannot be read"}
        characters += sum(len(line[0]) for line in lines)
        if characters > MAX_CHARACTERS:
            return {**nothing, "error": f"more than {MAX_CHARACTERS >> 20} Mi characters of text: split it"}
        pages.append(lines)
        heights.append(height)
    return Outcome(error="", metadata=document.get_metadata_dict(), height=heights, pages=pages)


def _lines(text: Any, height: float) -> list[Place]:
    import pypdfium2.raw as raw

    lines: list[Place] = []
    started, letters = 0, ""
    count = min(text.count_chars(), MAX_CHARACTERS)
    for at in range(count + 1):
        letter = chr(raw.FPDFText_GetUnicode(text, at)) if at < count else "\n"
        if letter != "\n" and letter not in JOINED:
            letters += letter
            continue
        if letters.strip():
            first = started + len(letters) - len(letters.lstrip())
            last = started + len(letters.rstrip()) - 1
            left, _, bottom, top = _edges(text, first)
            right = _edges(text, last)[1]
            hyphen = "-" if letter in JOINED else ""
            lines.append((letters.strip() + hyphen, left, right, height - top, top - bottom))
        started, letters = at + 1, ""
    return lines


def _edges(text: Any, at: int) -> tuple[float, float, float, float]:
    """Left, right, bottom, top of the character's cell, whose height is the line's, not the letter's."""
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    if raw.FPDFText_GetLooseCharBox(text, at, byref(box)):
        return box.left, box.right, box.bottom, box.top
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    raw.FPDFText_GetCharBox(text, at, byref(left), byref(right), byref(bottom), byref(top))
    return left.value, right.value, bottom.value, top.value


def _bound() -> None:
    """Bound this process's memory and time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> None:
    """Read the PDF named on the command line and print what is in it."""
    _bound()
    json.dump(read(sys.argv[1]), sys.stdout)


if __name__ == "__main__":
    main()
