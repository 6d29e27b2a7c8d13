"""Files and addresses that a reader adds: read one by one in a thread, with progress and a report for each.

The page sends files to Gradio's upload folder first. They are read there, never copied, and deleted as
soon as they have been read; only what is an article is kept, in the catalogue. An uploaded file is known
by its name: sent again with other contents, it updates what it brought before. Addresses are fetched only
where a network is given.
"""

import contextlib
import logging
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.archive import Archive
from index.article import Article
from index.catalogue import Outcome
from index.documents import ReadFailure, read_articles
from index.errors import ArchiveError, ArchiveLockedError, CitewireError, UsageError
from index.indexing import BATCH_ARTICLES, prepare
from index.network import Network, is_address
from index.reading.naming import printable, storable

MOST_FILES = 50  # at once
MOST_FAILURES = 20  # reported of one file
LONGEST_ADDRESS = 2_000  # characters
PATIENCE = 3_600.0  # seconds: as long as it takes to index some ten thousand articles
PAUSE = 0.5  # seconds between two looks
BUSY = "Another citewire is changing the archive; nothing was added. Please try again when it is done."
BROKEN = "Something went wrong; the terminal Citewire runs in says what."

log = logging.getLogger("citewire")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: how many articles of each outcome, and what could not be read."""

    name: str
    outcomes: tuple[tuple[Outcome, int], ...] = ()
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far adding has come. `reports` are of the files read so far, `current` is being read now.

    `encoded` of `to_encode` texts have got their vector. `waiting` tells that another process writes to the
    archive, which must be done first. `error` is what stopped it, "" if nothing.
    """

    files: int = 0
    current: str = ""
    reports: tuple[FileReport, ...] = ()
    encoded: int = 0
    to_encode: int = 0
    running: bool = False
    waiting: bool = False
    error: str = ""


class Uploads:
    """Adds uploaded files to an archive, one lot at a time. `folder` is where uploads arrive.

    With a `network`, also pages and feeds by their address. `patience` is how many seconds another process
    that writes to the archive is waited for.
    """

    def __init__(
        self, archive: Archive, folder: Path, network: Network | None = None, patience: float = PATIENCE
    ) -> None:
        self.archive = archive
        self.network = network
        self.patience = patience
        self.folder = folder.resolve()
        self.progress = Progress()
        self._lock = threading.Lock()

    def add(self, paths: Iterable[object]) -> None:
        """Start to add the files at these paths, which a browser named: only uploads are read.

        Raises:
            UsageError: if other files are being added still, or these are no uploads, or too many.
        """
        self._start(self._checked(list(paths)))

    def add_address(self, address: str) -> None:
        """Start to add the page at an address, or the pages that a feed there names.

        Raises:
            UsageError: if other files are being added still, it is no address, or nothing may be fetched.
        """
        named = address.strip()
        if self.network is None:
            raise UsageError("Nothing is fetched unless Citewire was started with --allow-network.")
        if not is_address(named) or len(named) > LONGEST_ADDRESS:
            raise UsageError("Please give an address that starts with https:// or http://.")
        self._start([named])

    def _start(self, files: Sequence[Path | str]) -> None:
        with self._lock:
            if self.progress.running:
                raise UsageError("Other files are being added; please wait until they are done.")
            self.progress = Progress(files=len(files), running=True)
        threading.Thread(target=self._run, args=(files,), name="uploads", daemon=True).start()

    def catch_up(self) -> None:
        """Encode what has no vector yet and group the stories in the background, if nothing runs there."""
        with self._lock:
            if self.progress.running:
                return
            self.progress = Progress(running=True)
        threading.Thread(target=self._run, args=((),), name="catch-up", daemon=True).start()

    def _checked(self, paths: Sequence[object]) -> list[Path]:
        if not 0 < len(paths) <= MOST_FILES:
            raise UsageError(f"Please add at least one file and at most {MOST_FILES} at once.")
        files = [Path(str(path)).resolve() for path in paths if "\0" not in str(path)]
        if len(files) < len(paths) or not all(
            file.is_relative_to(self.folder) and file.is_file() for file in files
        ):
            raise UsageError("These are no uploaded files.")
        return files

    def _run(self, files: Sequence[Path | str]) -> None:
        error = ""
        try:
            with contextlib.ExitStack() as held:
                self._wait_for_archive(held)
                for file in files:
                    self._read(file)
                self._finish()
        except ArchiveLockedError:
            error = BUSY
        except CitewireError as problem:
            error = str(problem)
            if isinstance(problem, ArchiveError):
                log.warning("%s", problem)
        except Exception:
            log.exception("The files could not be added")
            error = BROKEN
        finally:
            for file in files:
                if isinstance(file, Path):
                    _forget(file, self.folder)
            self.progress = replace(self.progress, current="", running=False, waiting=False, error=error)

    def _wait_for_archive(self, held: contextlib.ExitStack) -> None:
        """Begin to write as soon as nobody else does, until `held` ends.

        Raises:
            ArchiveLockedError: if somebody still does when the patience is over.
        """
        end = time.monotonic() + self.patience
        while True:
            try:
                held.enter_context(self.archive.writing())
            except ArchiveLockedError:
                if time.monotonic() >= end:
                    raise
                self.progress = replace(self.progress, waiting=True)
                time.sleep(PAUSE)
            else:
                self.progress = replace(self.progress, waiting=False)
                return

    def _read(self, file: Path | str) -> None:
        name = printable(Path(file.name) if isinstance(file, Path) else file)
        self.progress = replace(self.progress, current=name)
        outcomes: Counter[Outcome] = Counter()
        failures: list[str] = []
        for batch in _batches(self._articles(file, failures)):
            outcomes.update(self.archive.put([prepare(article, self.archive) for article in batch]))
        if isinstance(file, Path):
            _forget(file, self.folder)
        counted = tuple((outcome, outcomes[outcome]) for outcome in Outcome if outcomes[outcome])
        if len(failures) > MOST_FAILURES:
            failures[MOST_FAILURES:] = [f"and {len(failures) - MOST_FAILURES:,} more"]
        report = FileReport(name, counted, tuple(failures))
        self.progress = replace(self.progress, reports=(*self.progress.reports, report))

    def _articles(self, file: Path | str, failures: list[str]) -> Iterator[Article]:
        if isinstance(file, Path):
            yield from _named_anew(file, failures)
            return
        for item in read_articles([file], self.network):
            if isinstance(item, ReadFailure):
                failures.append(
                    item.message if item.place == printable(file) else f"{item.place}: {item.message}"
                )
            else:
                yield item

    def _finish(self) -> None:
        archive = self.archive
        self.progress = replace(
            self.progress, current="", encoded=0, to_encode=archive.embeddings.pending_count()
        )

        def advance(count: int) -> None:
            self.progress = replace(self.progress, encoded=self.progress.encoded + count)

        archive.embed(advance)
        archive.update_stories()
        archive.catalogue.drop_orphaned_embeddings()
        archive.dense.save()


def _named_anew(file: Path, failures: list[str]) -> Iterator[Article]:
    """The articles of an upload, known by the file's name instead of its passing place; failures go there."""
    place, name = storable(file.resolve()), storable(file.name)
    for item in read_articles([file]):
        if isinstance(item, ReadFailure):
            failures.append(_failure(item, printable(file)))
        else:
            origin = f"upload:{name}{item.origin.removeprefix(place)}"
            yield replace(item, origin=origin, path=item.path.replace(storable(file), name))


def _failure(item: ReadFailure, file: str) -> str:
    """What is wrong, where in the file that is named above it: nothing, a line or a part of it."""
    part = item.place.removeprefix(file).lstrip(":/#!")
    where = f"line {part}" if part.isdecimal() else part
    return f"{where}: {item.message}" if where else item.message


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == BATCH_ARTICLES:
            yield batch
            batch = []
    if batch:
        yield batch


def _forget(file: Path, folder: Path) -> None:
    """Delete an upload, and the folder that Gradio made for it alone."""
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
        if file.parent != folder and not any(file.parent.iterdir()):
            shutil.rmtree(file.parent)
