"""Copies of an archive that a measurement may change: articles taken out, vectors forgotten."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.archive import Archive


@contextmanager
def temporary_copy(archive: Archive) -> Iterator[Archive]:
    """A copy of an archive in a temporary folder, with the same encoder; gone afterwards."""
    with temporary_folder() as folder:
        copy_archive(archive, folder)
        with Archive.open(folder, encoder=archive.encoder, create=False) as copy:
            yield copy


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="citewire-eval-") as folder:
        yield Path(folder)


def copy_archive(archive: Archive, folder: Path) -> None:
    """Copy an archive into an empty folder; what is derived comes along only where it is a plain file."""
    # The backup API copies one moment of the catalogue, whatever its write-ahead log still holds.
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as target:
        archive.database.connection.backup(target)
    for name in ("manifest.json", "vectors.faiss", "vectors.json"):
        if (archive.folder / name).exists():
            shutil.copyfile(archive.folder / name, folder / name)


def take_out(archive: Archive, urls: Iterable[str]) -> int:
    """Remove the articles of these addresses with all that is derived from them; how many there were."""
    gone = set(urls)
    ids = [article.id for article in archive.articles() if article.url in gone]
    with archive.writing():
        archive.catalogue.remove(ids)
    return len(ids)


def forget_vectors(archive: Archive, share: float) -> None:
    """Keep the vectors of the first `share` of the articles, in the order they were added.

    It leaves the archive as it is while it is indexed: articles are encoded in that order. A vector that an
    earlier article needs as well stays.
    """
    with archive.writing(), archive.database.transaction() as connection:
        numbers = [row[0] for row in connection.execute("SELECT number FROM article ORDER BY number")]
        kept = round(share * len(numbers))
        last = numbers[kept - 1] if kept else -1
        connection.execute(
            "DELETE FROM embedding WHERE key NOT IN (SELECT embedding_key FROM passage WHERE article <= ?)",
            (last,),
        )
