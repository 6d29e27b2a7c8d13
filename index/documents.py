"""Files, folders and web addresses in, articles out: one at a time, bad ones reported and passed over.

for read in read_articles([Path("seeds"), Path("archive.jsonl")]):
    ...  # an Article, or a ReadFailure that says where and why
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Article
from index.errors import CorpusError, UsageError
from index.network import Network, is_address
from index.reading.collection import RECORDS, day_order, estimate_records
from index.reading.decoding import read_text
from index.reading.document import Document
from index.reading.markdown import strip_markdown
from index.reading.naming import digest, file_id, file_stem, printable, safe_id, storable
from index.reading.page import read_page
from index.reading.pdf import read_pdf
from index.reading.record import numeric_date, read_record
from index.reading.webpage import read_html
from index.reading.word import read_docx
from index.reading.zipped import MAX_TOTAL_BYTES, extract, members, open_zip
from index.web import read_web

Read = Article | CorpusError


def _text_reader(read: Callable[[str], Article]) -> Callable[[Path], Article]:
    """A reader of files from a reader of their text."""

    def read_file(path: Path) -> Article:
        text = read_text(path)
        if not text.strip():
            raise CorpusError("the file is empty")
        return read(text)

    return read_file


PAGES: Mapping[str, Callable[[Path], Article]] = {
    ".txt": _text_reader(read_page),
    ".md": _text_reader(lambda text: read_page(*strip_markdown(text))),
    ".html": _text_reader(read_html),
    ".htm": _text_reader(read_html),
    ".pdf": read_pdf,
    ".docx": read_docx,
}
"""How a file of one article is read, by its suffix."""

ZIP = ".zip"
SUFFIXES = (*PAGES, *RECORDS, ZIP)
COMPRESSED = (".gz", ".xz")


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file or record that is no article: `place` is "path" or "path:line", `message` what to know or do."""

    place: str
    message: str


def read_articles(
    paths: Iterable[Path | str], network: Network | None = None
) -> Iterator[Article | ReadFailure]:
    """The articles of files and folders, in the order given, folders sorted and with all below them.

    In folders, hidden files and those of other suffixes are passed over; a file met twice is read once.
    A string that starts with http:// or https:// is the address of a page or feed, fetched by `network`.

    Raises:
        UsageError: a path does not exist, or an address is given and no network. Raised at once, before
            anything is read.
    """
    paths = list(paths)
    for path in paths:
        if is_address(path):
            if network is None:
                raise UsageError(
                    f"{printable(str(path))}: nothing is fetched unless --allow-network is given"
                )
        elif not Path(path).exists():
            raise UsageError(f"{printable(Path(path))}: no such file or folder")
    return _read_all(paths, network)


def count_records(paths: Iterable[Path | str]) -> int | None:
    """About how many articles `read_articles` will try to read: for a progress bar, not for a claim.

    Collections are estimated by the length of their first records; None if nothing could be counted.
    """
    paths = list(paths)
    total = sum(map(is_address, paths))
    for found in find_files(Path(path) for path in paths if not is_address(path)):
        if isinstance(found, ReadFailure):
            continue
        try:
            total += _count(found)
        except (CorpusError, OSError, EOFError, ValueError):
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


def _count(path: Path) -> int:
    suffix = suffix_of(path)
    if suffix == ZIP:
        with open_zip(path) as archive:
            return len(members(archive))
    return estimate_records(path, suffix) if suffix in RECORDS else 1


def _read_all(paths: list[Path | str], network: Network | None) -> Iterator[Article | ReadFailure]:
    # Together, so that a file named twice is read once; addresses come after them.
    for found in find_files(Path(path) for path in paths if not is_address(path)):
        yield from [found] if isinstance(found, ReadFailure) else _read_document(Document.at(found))
    for address in dict.fromkeys(str(path) for path in paths if is_address(path)):
        assert network is not None
        for place, read in read_web(address, network):
            yield read if isinstance(read, Article) else ReadFailure(printable(place), str(read))


def _read_document(document: Document) -> Iterator[Article | ReadFailure]:
    suffix = suffix_of(document.file)
    try:
        if suffix == ZIP:
            yield from _read_zip(document)
        elif suffix in RECORDS:
            yield from _read_collection(document)
        else:
            article = PAGES[suffix](document.file)
            name = file_id(Path(document.name))
            yield replace(article, id=name, path=document.path, origin=document.origin)
    except CorpusError as error:
        yield ReadFailure(document.place, str(error))
    except OSError as error:
        yield ReadFailure(document.place, _reason(error))


def _read_zip(document: Document) -> Iterator[Article | ReadFailure]:
    """The articles of a zip's members; those that are none, or harmful, are reported, the rest read."""
    left = MAX_TOTAL_BYTES
    with open_zip(document.file) as archive, tempfile.TemporaryDirectory(prefix="citewire-") as folder:
        for member in members(archive):
            suffix = Path(member.filename).suffix.lower()
            if suffix not in SUFFIXES and suffix not in COMPRESSED:
                continue
            inside = document.inside(member.filename, Path(folder) / f"member{suffix}")
            if suffix == ZIP or suffix in COMPRESSED:
                yield ReadFailure(inside.place, "compressed again inside the zip: unpack it first")
                continue
            try:
                with inside.file.open("wb") as target:
                    left -= extract(archive, member, target, left)
            except CorpusError as error:
                yield ReadFailure(inside.place, str(error))
                continue
            yield from _read_document(inside)


def _read_collection(document: Document) -> Iterator[Article | ReadFailure]:
    """The articles of a collection; a key that was used before in it is reported, not taken for an update."""
    path, place = document.file, document.place
    read = RECORDS[suffix_of(path)]
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
        own = article.id or f"{safe_id(storable(file_stem(Path(document.name))))}-{digest(key, 8)}"
        yield replace(article, id=own, path=document.path, origin=f"{document.origin}#{key}")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
