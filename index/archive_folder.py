"""The folder of an archive: where it lies, who is writing to it, and what it was made with."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.database import Database
from index.errors import ArchiveFormatError, ArchiveLockedError
from index.manifest import Manifest
from index.settings import Settings

if TYPE_CHECKING:
    from filelock import FileLock

CATALOGUE = "catalogue.sqlite"


class ArchiveFolder:
    """A folder that holds an archive; `path` is there already."""

    def __init__(self, path: Path, database: Database) -> None:
        self.path = path
        self.database = database
        self._writer: FileLock | None = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the archive for writing, again if held already; readers go on meanwhile.

        Raises:
            ArchiveLockedError: if another process holds it.
        """
        from filelock import FileLock, Timeout

        if self._writer is None:
            self._writer = FileLock(self.path / "writer.lock", timeout=0)
        try:
            with self._writer:
                yield
        except Timeout as error:
            raise ArchiveLockedError(
                f"{self.path}: another citewire is writing to this archive; wait until it is done"
            ) from error

    def read_manifest(self, settings: Settings) -> Manifest:
        """What the archive was made with, from the catalogue; its readable copy is put right if missing.

        Raises:
            ArchiveFormatError: if catalogue and copy belong to different archives.
        """
        stored = self.database.meta("manifest")
        copy = self.path / "manifest.json"
        if stored is None:
            manifest = Manifest(settings)
            self.write_manifest(manifest)
            return manifest
        manifest = Manifest.from_json(stored, self.database.path)
        if not copy.exists():
            manifest.save(copy)
        elif not manifest.agrees_with(Manifest.from_json(copy.read_text(encoding="utf-8"), copy)):
            raise ArchiveFormatError(
                f"{copy}: describes another archive than {self.database.path.name};"
                " delete it if the catalogue is the right one"
            )
        return manifest

    def write_manifest(self, manifest: Manifest) -> None:
        """Note what the archive was made with, in the catalogue and in its readable copy."""
        with self.database.transaction():
            self.database.set_meta("manifest", manifest.to_json())
        manifest.save(self.path / "manifest.json")


def default_folder() -> Path:
    """CITEWIRE_ARCHIVE of the environment, else `archive` in the user's data folder."""
    named = os.environ.get("CITEWIRE_ARCHIVE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("citewire", appauthor=False) / "archive"
