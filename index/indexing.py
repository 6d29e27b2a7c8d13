"""From files to an archive: read, split, commit, encode, group; interrupted, it goes on from there."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.archive import Archive
from index.article import Article
from index.catalogue import Outcome, Prepared, encoded_text
from index.documents import ReadFailure, count_records, read_articles
from index.network import Network, is_address
from index.passages import EncoderLimit, split_passages
from index.sentences import split_sentences
from index.tokens import count_tokens

# An article can be asked once its batch is committed: small enough for "at once", large enough that
# the disk's sync does not set the pace.
BATCH_ARTICLES = 32
BATCH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run of indexing did. `skipped` articles were in the archive as they are already.

    `missing` are ids whose file or record was not met again under the given paths; they stay unless
    pruning was asked for, then they are `removed`. `encoded` counts texts that got a vector.
    """

    added: int
    updated: int
    skipped: int
    duplicates: int
    removed: tuple[str, ...]
    missing: tuple[str, ...]
    failed: tuple[ReadFailure, ...]
    encoded: int
    took_s: float


@dataclass(slots=True)
class _Run:
    """What one run has seen so far."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failed: list[ReadFailure] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    twins: dict[str, Article] = field(default_factory=dict)  # duplicates, by content hash


def index_paths(
    archive: Archive,
    paths: Iterable[str | Path],
    *,
    progress: bool = False,
    prune: bool = False,
    network: Network | None = None,
) -> IndexReport:
    """Bring an archive up to date with files, folders and web addresses, then encode what has no vector yet.

    Idempotent: what is unchanged is neither split nor encoded again. `prune` removes the articles that
    came from these paths earlier and are not there any more; what came from an address stays, since
    feeds only name the latest. Addresses are fetched by `network`.

    Raises:
        UsageError: if a path does not exist, or an address is given and no network.
        ArchiveLockedError: if another process is indexing.
    """
    started, named = time.perf_counter(), list(paths)
    roots = [Path(path) for path in named if not is_address(path)]
    with archive.writing():
        run = _read(archive, named, network, progress)
        missing = _missing(archive, roots, run)
        removed = _prune(archive, missing, run) if prune else ()
        encoded = embed_pending(archive, progress=progress)
        archive.update_stories()
        archive.catalogue.drop_orphaned_embeddings()
        archive.dense.save()
    return IndexReport(
        added=run.outcomes[Outcome.ADDED],
        updated=run.outcomes[Outcome.UPDATED],
        skipped=run.outcomes[Outcome.UNCHANGED],
        duplicates=run.outcomes[Outcome.DUPLICATE],
        removed=removed,
        missing=() if prune else missing,
        failed=tuple(run.failed),
        encoded=encoded,
        took_s=time.perf_counter() - started,
    )


def embed_pending(archive: Archive, *, progress: bool = False) -> int:
    """Encode what has no vector yet, with a progress bar; how many texts were encoded."""
    pending = archive.embeddings.pending_count()
    if not pending:
        return 0
    with _bar(progress, "Encoding", pending, "passage") as advance:
        return archive.embed(advance)


def prepare(article: Article, archive: Archive) -> Prepared:
    """Split an article into the sentences and passages it is searched by."""
    sentences = split_sentences(article.text)
    encoder = archive.encoder
    passages = split_passages(
        article.text,
        sentences,
        budget=archive.settings.passage_tokens,
        overlap=archive.settings.overlap_sentences,
        count=count_tokens,
        limit=EncoderLimit(
            encoder.count_tokens, encoder.max_tokens, lambda text: encoded_text(article.title, text)
        ),
    )
    return Prepared(article, tuple(sentences), tuple(passages))


def _read(archive: Archive, named: list[str | Path], network: Network | None, progress: bool) -> _Run:
    run, found = _Run(), read_articles(named, network)
    with _bar(progress, "Reading", count_records(named), "article") as advance:
        for batch in _batches(_changed(archive, found, run, advance)):
            run.outcomes.update(archive.put([prepare(article, archive) for article in batch]))
    return run


def _changed(
    archive: Archive,
    found: Iterable[Article | ReadFailure],
    run: _Run,
    advance: Callable[[int], None],
) -> Iterator[Article | None]:
    """The articles to put; None for one that needs nothing, so that waiting ones are not held up."""
    for item in found:
        advance(1)
        if isinstance(item, ReadFailure):
            run.failed.append(item)
            continue
        run.origins.add(item.origin)
        outcome = archive.catalogue.outcome(item)
        if outcome in (Outcome.ADDED, Outcome.UPDATED):
            yield item
            continue
        run.outcomes[outcome] += 1
        if outcome is Outcome.DUPLICATE:
            run.twins[item.content_hash] = item
        yield None


def _batches(articles: Iterable[Article | None]) -> Iterator[list[Article]]:
    """Articles in batches that are full or half a second old, whichever comes first."""
    batch: list[Article] = []
    opened = time.monotonic()
    for article in articles:
        if article is not None:
            batch.append(article)
        if len(batch) >= BATCH_ARTICLES or (batch and time.monotonic() - opened > BATCH_SECONDS):
            yield batch
            batch, opened = [], time.monotonic()
    if batch:
        yield batch


def _missing(archive: Archive, roots: list[Path], run: _Run) -> tuple[str, ...]:
    """Ids of articles that came from these paths and were not met again, nor hidden by a failure."""
    places = [str(root.resolve()) for root in roots]
    failed = tuple(str(_file_of(failure).resolve()) for failure in run.failed)
    return tuple(
        article_id
        for origin, article_id in archive.catalogue.origins().items()
        if origin not in run.origins
        and any(origin == place or origin.startswith((f"{place}/", f"{place}#")) for place in places)
        and not origin.startswith(failed)
    )


def _file_of(failure: ReadFailure) -> Path:
    """The file of a failure's place, which is "path" or "path:line"."""
    path, _, line = failure.place.rpartition(":")
    return Path(path if path and line.isdecimal() else failure.place)


def _prune(archive: Archive, missing: tuple[str, ...], run: _Run) -> tuple[str, ...]:
    """Remove missing articles, except those whose content was met at another place: they have moved."""
    gone = []
    for article_id in missing:
        read = archive.catalogue.corrections.as_read(archive.article(article_id))
        twin = run.twins.get(read.content_hash)
        if twin is None:
            gone.append(article_id)
        else:
            archive.catalogue.rehome(article_id, twin.origin, twin.path)
    archive.catalogue.remove(gone)
    return tuple(gone)


@contextmanager
def _bar(show: bool, label: str, total: int | None, unit: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, or nothing; yields what moves it."""
    if not show:
        yield lambda _: None
        return
    from tqdm import tqdm

    with tqdm(total=total, desc=label, unit=unit, dynamic_ncols=True) as bar:

        def advance(count: int) -> None:
            bar.update(count)

        yield advance
