"""Bytes to clean text: encodings, byte order marks, line ends, control characters."""

import codecs
import gzip
import io
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import CorpusError

MAX_ARTICLE_BYTES = 4 * 1024 * 1024
"""Most bytes of one article: a page file, a .jsonl line, a .csv field. War and Peace has 3.2 MB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark starts with that of UTF-16-LE
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xfd7zXZ",
)
_WIDE_SAMPLE = 4096
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def read_text(path: Path) -> str:
    """The text of a whole file, cleaned.

    Raises:
        CorpusError: it is larger than `MAX_ARTICLE_BYTES`, or it is not text.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        raise CorpusError(
            f"larger than {MAX_ARTICLE_BYTES >> 20} MiB: split it, or put its articles in a .jsonl file"
        )
    return decode(data)


def decode(data: bytes) -> str:
    """The text that `data` holds: by its byte order mark or zeros, else UTF-8, else Windows-1252; cleaned.

    Raises:
        CorpusError: it looks like no text at all.
    """
    encoding = _marked_encoding(data) or _wide_encoding(data)
    text = data.decode(encoding, errors="replace") if encoding else _decode_unmarked(data)
    if data.startswith(_BINARY_STARTS) or _looks_binary(text):
        raise CorpusError("not text (a binary file)")
    return clean(text)


def clean(text: str) -> str:
    """`text` with line ends as one line feed each and without what no reader sees.

    NUL must go because SQLite's `substr` stops at it, lone surrogates because no encoder takes them.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    return _SURROGATES.sub("\ufffd", text)


def iter_lines(path: Path) -> Iterator[tuple[int, str | CorpusError]]:
    """Lines of a text file, .gz and .xz included, with their numbers from 1, without loading it whole.

    A line that is too long comes as the error to report; reading goes on behind it. Damaged
    compression ends the lines with an error.
    """
    with open_stream(path) as stream:
        lines = io.TextIOWrapper(stream, _encoding_of(_peek(stream)), errors="surrogateescape")
        number = 0
        while True:
            number += 1
            try:
                line = lines.readline(MAX_ARTICLE_BYTES)
                too_long = len(line) == MAX_ARTICLE_BYTES and _skip_rest(lines)
            except (EOFError, lzma.LZMAError, gzip.BadGzipFile, UnicodeError) as error:
                yield number, CorpusError(f"the file breaks off here ({error})")
                return
            if not line:
                return
            yield (
                number,
                CorpusError(f"line longer than {MAX_ARTICLE_BYTES >> 20} MiB") if too_long else _repair(line),
            )


def open_stream(path: Path) -> BinaryIO:
    """The file's bytes, decompressed if its name ends in .gz or .xz."""
    if path.suffix.lower() == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    if path.suffix.lower() == ".xz":
        return cast("BinaryIO", lzma.open(path, "rb"))
    return path.open("rb")


def _peek(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, left unread; none where it is damaged, which reading will meet again."""
    try:
        start = stream.read(_WIDE_SAMPLE)
        stream.seek(0)
    except (EOFError, lzma.LZMAError, gzip.BadGzipFile):
        return b""
    return start


def _skip_rest(lines: io.TextIOWrapper) -> bool:
    """Reads to the end of a line that is too long; True if there was more of it."""
    more = False
    while (part := lines.readline(MAX_ARTICLE_BYTES)) and not part.endswith("\n"):
        more = True
    return more or bool(part)


def _repair(line: str) -> str:
    """Windows-1252 where a line was no UTF-8 (its bytes then stand in it as lone surrogates)."""
    line = line.removesuffix("\n")
    if not _SURROGATES.search(line):
        return line.replace("\0", "")
    return _decode_unmarked(line.encode("utf-8", "surrogateescape")).replace("\0", "")


def _marked_encoding(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _encoding_of(start: bytes) -> str:
    return _marked_encoding(start) or _wide_encoding(start) or "utf-8"


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark, by the zeros that half of its bytes are in any text mostly of Latin letters.

    It is taken for UTF-16 only if it decodes and the other half has next to no zeros: a binary file has
    them anywhere.
    """
    start = data[:_WIDE_SAMPLE]
    if len(start) < 16 or not start.count(0):
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    most, least, half = max(even, odd), min(even, odd), len(start) // 2
    if 2 * most < half or 20 * least > half:
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start)  # the last character may be cut
    except UnicodeDecodeError:
        return None
    return encoding if not _CONTROLS.search(text) else None


def _decode_unmarked(data: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")  # Windows-1252 leaves five bytes undefined


def _looks_binary(text: str) -> bool:
    """Whether control and replacement characters are more than a few, and more than one in twenty."""
    odd = len(_CONTROLS.findall(text)) + text.count("\ufffd")
    return odd > max(3, len(text) // 20)
