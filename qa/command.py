"""What the commands have in common: exit statuses, the archive's option, and numbers as options take them."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ArchiveError, ArchiveLockedError, CitewireError
from index.filters import Filters
from qa.asking import read_filters

if TYPE_CHECKING:
    from index.archive import Archive

DONE, ABSTAINED, BAD_USAGE, BROKEN_ARCHIVE, INTERRUPTED = 0, 1, 2, 3, 130


def add_archive(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the archive's folder."""
    parser.add_argument(
        "--archive", type=Path, metavar="DIR", help="default: $CITEWIRE_ARCHIVE, else the user's data folder"
    )


def open_archive(options: argparse.Namespace, *, create: bool = False) -> "Archive":
    """The archive that the options name."""
    from index.archive import Archive

    return Archive.open(options.archive, create=create)


def filters_from(options: argparse.Namespace) -> Filters:
    """The filters that the options name."""
    return read_filters(options.source or [], options.after, options.before, prefix="--")


def dump(value: object, indent: int | None = None) -> str:
    """A value as JSON, in the letters it has."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def failed(error: CitewireError) -> int:
    """Say in one line what went wrong; the exit status it ends with."""
    print(f"citewire: {error}", file=sys.stderr)
    broken = isinstance(error, ArchiveError) and not isinstance(error, ArchiveLockedError)
    return BROKEN_ARCHIVE if broken else BAD_USAGE


def positive(text: str) -> int:
    """A whole number of at least 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def probability(text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value
