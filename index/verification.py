"""Checking an archive against itself, and making anew what can be derived."""

from collections.abc import Iterator
from itertools import pairwise

from index.archive import Archive
from index.article import Article, Span


def verify(archive: Archive) -> list[str]:
    """What is wrong with an archive, one line each; empty if all is well.

    Checks SQLite's own integrity, every article against its content hash, every sentence and passage
    against the article's text, the lexical index against the passages, the vector file against its
    checksum, and whether every story is there.
    """
    problems = [f"catalogue: {line}" for line in _damage(archive)]
    for article in archive.articles():
        problems += [f"article {article.id}: {problem}" for problem in _article_problems(archive, article)]
    for name, problem in (
        ("lexical index", archive.lexical.problem()),
        ("vectors", archive.dense.problem()),
        ("stories", archive.story_index.problem()),
    ):
        if problem:
            problems.append(f"{name}: {problem} (derived: `citewire verify --repair` makes it anew)")
    return problems


def repair(archive: Archive) -> None:
    """Make the lexical index, the stories and the vector file anew from the catalogue."""
    with archive.writing():
        archive.lexical.rebuild()
        archive.rebuild_stories()
        archive.embed()
        archive.dense.rebuild()


def _damage(archive: Archive) -> Iterator[str]:
    for (line,) in archive.database.connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield str(line)


def _article_problems(archive: Archive, article: Article) -> Iterator[str]:
    row = archive.database.connection.execute(
        "SELECT content_hash FROM article WHERE id = ?", (article.id,)
    ).fetchone()
    if row[0] != archive.catalogue.corrections.as_read(article).content_hash:
        yield "its content does not match its checksum"
    sentences = archive.sentences(article.id)
    if any(problem := _outside(span, article.text) for span in sentences):
        yield f"a sentence {problem}"
    if any(before.end > after.start for before, after in pairwise(sentences)):
        yield "sentences overlap"
    passages = archive.catalogue.passages_of(article.id)
    if any(problem := _outside(Span(passage.start, passage.end), article.text) for passage in passages):
        yield f"a passage {problem}"
    if article.text.strip() and not passages:
        yield "it has text but no passage"


def _outside(span: Span, text: str) -> str | None:
    if not 0 <= span.start < span.end <= len(text):
        return f"points outside the text ({span.start}:{span.end} of {len(text)})"
    return None if span.of(text).strip() else f"is empty ({span.start}:{span.end})"
