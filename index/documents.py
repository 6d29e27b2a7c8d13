"""Files and folders in, articles out: one at a time, bad ones reported and passed over.

for read in read_articles([Path("seeds"), Path("archive.jsonl")]):
    ...  # an Article, or a ReadFailure that says where and why
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Article
from index.errors import CorpusError, UsageError
from index.reading.collection import RECORDS, count_lines, day_order
from index.reading.decoding import read_text
from index.reading.markdown import strip_markdown
from index.reading.naming import digest, file_id, file_stem, printable, safe_id, storable
from index.reading.page import read_page
from index.reading.record import numeric_date, read_record
from index.reading.webpage import read_html

PAGE_SUFFIXES = (".txt", ".md", ".html", ".htm")
SUFFIXES = (*PAGE_SUFFIXES, *RECORDS)
COMPRESSED = (".gz", ".xz")


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file or record that is no article: `place` is "path" or "path:line", `message` what to know or do."""

    place: str
    message: str


def read_articles(paths: Iterable[Path]) -> Iterator[Article | ReadFailure]:
    """The articles of files and folders, in the order given, folders sorted and with all below them.

    In folders, hidden files and those of other suffixes are passed over; a file met twice is read once.

    Raises:
        UsageError: a path does not exist. Raised at once, before anything is read.
    """
    paths = [Path(path) for path in paths]
    for path in paths:
        if not path.exists():
            raise UsageError(f"{printable(path)}: no such file or folder")
    return _read_all(paths)


def count_records(paths: Iterable[Path]) -> int | None:
    """About how many articles `read_articles` will try to read: for a progress bar, not for a claim.

    Collections are estimated by the length of their first lines; None if nothing could be counted.
    """
    total = 0
    for found in find_files(Path(path) for path in paths):
        if isinstance(found, ReadFailure):
            continue
        try:
            total += count_lines(found) if suffix_of(found) in RECORDS else 1
        except (OSError, EOFError, ValueError):
            total += 1
    return total or None


def find_files(paths: Iterable[Path]) -> Iterator[Path | ReadFailure]:
    """The files that `paths` name or hold; symbolic links are followed, each folder and file taken once."""
    seen: set[str] = set()
    waiting = list(reversed([(path, True) for path in paths]))
    while waiting:
        path, named = waiting.pop()
        real = os.path.realpath(path)  # Path.resolve fails on links that loop
        if real in seen:
            continue
        seen.add(real)
        if path.is_dir():
            try:
                inside = sorted(
                    Path(entry.path) for entry in os.scandir(path) if not entry.name.startswith(".")
                )
            except OSError as error:
                yield ReadFailure(printable(path), _reason(error))
                continue
            waiting.extend((entry, False) for entry in reversed(inside))
        elif named and not (path.is_file() and suffix_of(path) in SUFFIXES):
            yield ReadFailure(printable(path), f"cannot be read as articles: expected {', '.join(SUFFIXES)}")
        elif suffix_of(path) in SUFFIXES and path.is_file():  # no pipe or device: opening one may block
            yield path


def suffix_of(path: Path) -> str:
    """The file's suffix in lower case, that of the format if it is a compressed collection."""
    suffix = path.suffix.lower()
    inner = Path(path.stem).suffix.lower()
    return inner if suffix in COMPRESSED and inner in RECORDS else suffix


def _read_all(paths: list[Path]) -> Iterator[Article | ReadFailure]:
    for found in find_files(paths):
        if isinstance(found, ReadFailure):
            yield found
            continue
        try:
            yield from _read_collection(found) if suffix_of(found) in RECORDS else [_read_file(found)]
        except CorpusError as error:
            yield ReadFailure(printable(found), str(error))
        except OSError as error:
            yield ReadFailure(printable(found), _reason(error))


def _read_file(path: Path) -> Article:
    """The one article of a page file."""
    text = read_text(path)
    if not text.strip():
        raise CorpusError("the file is empty")
    if path.suffix.lower() in (".html", ".htm"):
        article = read_html(text)
    elif path.suffix.lower() == ".md":
        article = read_page(*strip_markdown(text))
    else:
        article = read_page(text)
    return replace(article, id=file_id(path), path=storable(path), origin=storable(path.resolve()))


def _read_collection(path: Path) -> Iterator[Article | ReadFailure]:
    """The articles of a collection; a key that was used before in it is reported, not taken for an update."""
    place, read = printable(path), RECORDS[suffix_of(path)]
    order, order_known = None, False
    lines_of: dict[bytes, int] = {}
    for number, record in read(path):
        if isinstance(record, CorpusError):
            yield ReadFailure(f"{place}:{number}", str(record))
            continue
        if not order_known and numeric_date(record):
            order, order_known = day_order(read(path)), True
        try:
            article, key = read_record(record, order)
        except CorpusError as error:
            yield ReadFailure(f"{place}:{number}", str(error))
            continue
        first = lines_of.setdefault(bytes.fromhex(digest(key, 16)), number)
        if first != number:
            yield ReadFailure(
                f"{place}:{number}", f"the same record as line {first} (its key is {key[:80]!r})"
            )
            continue
        own = article.id or f"{safe_id(storable(file_stem(path)))}-{digest(key, 8)}"
        origin = f"{storable(path.resolve())}#{key}"
        yield replace(article, id=own, path=storable(path), origin=origin)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
