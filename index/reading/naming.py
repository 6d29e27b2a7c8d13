"""Names of articles: short ids that people can type, keys of records, paths that can be stored."""

import hashlib
import re
import unicodedata
from pathlib import Path

MAX_ID = 80
"""Most characters of an id: it stands in URLs, file names and on the command line."""

_UNSAFE = re.compile(r"[^\w.\-]+")


def safe_id(name: str) -> str:
    """`name` as an id: letters, digits, `_`, `.` and `-` only, at most `MAX_ID`; "" if nothing is left.

    >>> safe_id("Q3 results / final")
    'Q3-results-final'
    """
    wanted = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-.")
    if len(wanted) > MAX_ID:
        # Long names often differ at their end only.
        wanted = f"{wanted[: MAX_ID - 9]}-{digest(name, 8)}"
    return wanted


def file_stem(path: Path) -> str:
    """The file's name without its suffixes of format and compression."""
    name = path.name
    for suffix in (".gz", ".xz"):
        name = name.removesuffix(suffix)
    return Path(name).stem


def file_id(path: Path) -> str:
    """An id for the one article of a file: its stem, else a digest of its name."""
    return safe_id(storable(file_stem(path))) or digest(storable(path.name), 12)


def digest(text: str, length: int) -> str:
    """The first `length` hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def storable(path: Path | str) -> str:
    r"""The path as valid Unicode: bytes of a file name that are no UTF-8 become `\xNN`."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def printable(path: Path | str) -> str:
    """The path on one line, fit for a terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in storable(path))
