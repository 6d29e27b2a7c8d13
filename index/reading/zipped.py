"""Zip files: opened, checked, and their members taken out one at a time, never by the name they claim.

A member's name is a label, no place: what is taken out goes to a file whose name is ours. How much comes
out is counted while it comes, whatever the zip's own directory says.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from index.errors import CorpusError

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 512 * 1024 * 1024
MAX_TOTAL_BYTES = 4 * 1024 * 1024 * 1024
"""Most bytes that are taken out of one zip."""

MAX_RATIO = 200
"""Text compresses to a tenth, at best to a hundredth. Beyond this a member is made to fill the disk."""

_UNSUSPECTED = 16 * 1024 * 1024
"""Bytes that any member may have: a short file of blanks is no harm."""

_PIECE = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def open_zip(path: Path, kind: str = "zip") -> Iterator[zipfile.ZipFile]:
    """The zip at a path, open; `kind` is what it should be, for whoever has another file of that name.

    Raises:
        CorpusError: it is damaged or no zip.
        OSError: it cannot be opened.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise CorpusError(f"damaged, or no {kind} ({error})") from error
    with archive:
        yield archive


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in a zip in the order of their names, without folders, hidden files and what Macs add.

    Raises:
        CorpusError: there are more than `MAX_MEMBERS`.
    """
    found = archive.infolist()
    if len(found) > MAX_MEMBERS:
        raise CorpusError(f"more than {MAX_MEMBERS:,} files in it: split it")
    shown = [member for member in found if not member.is_dir() and not _hidden(member.filename)]
    return sorted(shown, key=lambda member: member.filename)


def read_member(archive: zipfile.ZipFile, name: str, most: int = 64 * 1024 * 1024) -> bytes:
    """The bytes of a member.

    Raises:
        CorpusError: it is damaged, locked, or has more than `most` bytes.
    """
    return b"".join(_pieces(archive, archive.getinfo(name), most))


def extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: IO[bytes], most: int) -> int:
    """Write a member's bytes to `target`; how many there were, no more than `most`.

    Raises:
        CorpusError: it is damaged, locked, too large, or compressed beyond what text allows.
    """
    written = 0
    for piece in _pieces(archive, member, min(most, MAX_MEMBER_BYTES)):
        written += len(piece)
        target.write(piece)
    return written


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    if member.flag_bits & 0x1:
        raise CorpusError("locked with a password: unpack it first")
    count = 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                count += len(piece)
                if count > most:
                    raise CorpusError(f"larger than {most >> 20} MiB unpacked")
                if count > max(_UNSUSPECTED, MAX_RATIO * member.compress_size):
                    raise CorpusError(f"unpacks to more than {MAX_RATIO} times its size: refused as unsafe")
                yield piece
    except _DAMAGED as error:
        raise CorpusError(f"damaged in the zip ({error})") from error


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or "__MACOSX" in parts
