"""The archive a run asks: one that is there, the seeds in a temporary one, or the articles of a data set."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from eval.copies import temporary_folder
from eval.gold import Gold
from eval.records import Record, write_records
from eval.squad import Paragraph
from index.archive import Archive
from index.encoder import Encoder
from index.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"  # beside eval/ in the checkout and in the wheel alike


@contextmanager
def question_archive(folder: Path | None) -> Iterator[Archive]:
    """The archive in `folder`, which must be there; None: a temporary one with the seed articles.

    Raises:
        UsageError: if there is no archive in the folder.
    """
    if folder is not None:
        with Archive.open(folder, create=False) as archive:
            yield archive
        return
    with temporary_folder() as temporary, Archive.open(temporary) as archive:
        index_into(archive, SEEDS)
        yield archive


@contextmanager
def record_archive(
    records: Iterable[Record], folder: Path | None, *, encoder: Encoder | None = None
) -> Iterator[Archive]:
    """An archive of a data set's articles, kept in `folder` for the next run, else temporary.

    Stopped half-way, it goes on from there. `encoder` None is the one that comes with the product.

    Raises:
        UsageError: if the folder's archive has other articles in it: they would change the task.
    """
    records = list(records)
    with (
        temporary_folder() as temporary,
        Archive.open(folder or temporary / "archive", encoder=encoder) as archive,
    ):
        _refuse_others(archive, {record.url for record in records})
        # What is there was written under the path of an earlier run: read again, it would be split again.
        there = {article.url for article in archive.articles()}
        new = [record for record in records if record.url not in there]
        write_records(new, temporary / "records.jsonl")
        index_into(archive, temporary / "records.jsonl" if new else None)
        yield archive


def resolve(paragraphs: Sequence[Paragraph], archive: Archive) -> list[Gold]:
    """The questions of the paragraphs, each naming the article its paragraph has become.

    A paragraph that did not get into the archive keeps its url as `article_id`: nothing will match it,
    and its questions count as not retrieved.
    """
    ids = {article.url: article.id for article in archive.articles()}
    return [
        replace(question, article_id=ids.get(paragraph.url, paragraph.url))
        for paragraph in paragraphs
        for question in paragraph.questions
    ]


def unknown_articles(gold: Sequence[Gold], archive: Archive) -> list[str]:
    """Articles that answerable questions name and that the archive does not have, sorted."""
    known = article_ids(archive)
    return sorted({item.article_id for item in gold if item.answerable and item.article_id} - known)


def article_ids(archive: Archive) -> frozenset[str]:
    """The ids of all articles of the archive."""
    return frozenset(article.id for article in archive.articles())


def content_hash(archive: Archive) -> str:
    """SHA-256 (hex) of what the archive holds, whatever the order it was indexed in."""
    hashes = sorted(f"{article.id} {article.content_hash}" for article in archive.articles())
    return sha256("\n".join(hashes).encode()).hexdigest()


def _refuse_others(archive: Archive, urls: set[str]) -> None:
    other = next((article for article in archive.articles() if article.url not in urls), None)
    if other is not None:
        raise UsageError(
            f"{archive.folder}: holds {other.id!r}, which is not of this data set or not of the questions"
            " chosen from it; give --archive an empty folder, or leave it out"
        )


def index_into(archive: Archive, path: Path | None) -> None:
    """Index a file or folder (None: no more than is there) with a progress bar, and encode it."""
    from index.indexing import index_paths

    report = index_paths(archive, [path] if path else [], progress=True)
    for failure in report.failed:
        print(f"not indexed: {failure.place}: {failure.message}", file=sys.stderr)
