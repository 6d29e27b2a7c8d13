"""The commands on the catalogue, each returning its exit status: what is in it, changing and checking it."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from index.errors import UsageError
from qa.asking import read_day
from qa.command import BROKEN_ARCHIVE, DONE, dump, filters_from, open_archive
from qa.rendering import article_json, long_date, reference

if TYPE_CHECKING:
    from index.archive import Archive
    from index.article import Article
    from index.browsing import Entry
    from index.filters import Filters

PAGE = 500  # articles that are looked up at once for a list


def list_articles(options: argparse.Namespace) -> int:
    """List the catalogue, or what of it the words and the filters find."""
    from itertools import islice

    from qa.abstention import EMPTY
    from qa.filter_words import no_article
    from qa.programs import entry_json

    filters = filters_from(options)
    with open_archive(options) as archive:
        found = list(islice(_entries(archive, " ".join(options.words), filters), options.n))
        if not found:  # apart from the list, which programs read
            nothing = EMPTY if archive.is_empty else no_article(archive, filters) or "Nothing found."
            print(nothing, file=sys.stderr)
        for entry in found:
            if options.json:
                print(dump(entry_json(entry)))
            else:
                day = entry.published.isoformat() if entry.published else "-"
                print(f"{entry.id}\t{day}\t{entry.source or '-'}\t{entry.title}")
    return DONE


def _entries(archive: "Archive", words: str, filters: "Filters") -> "Iterator[Entry]":
    """All that `browse` finds, a page at a time."""
    from index.browsing import browse

    offset = 0
    while page := browse(archive.database, words, filters, offset=offset, limit=PAGE).entries:
        yield from page
        offset += len(page)


def stories(options: argparse.Namespace) -> int:
    """List the stories that several articles tell: those of most outlets first, or the latest."""
    from qa.story_rendering import ordered, stories_text, story_json

    with open_archive(options) as archive:
        found = ordered(archive.stories(), latest=options.latest)[: options.n]
    if options.json:
        for story in found:
            print(dump(story_json(story)))
    else:
        print(stories_text(found))
    return DONE


def show(options: argparse.Namespace) -> int:
    """Show an article as it was kept, or what was dropped from its page."""
    from qa.story_rendering import others_text, story_json

    with open_archive(options) as archive:
        article = archive.article(options.id)
        story = archive.story(options.id)
    dropped = [{"line": piece.line, "rule": piece.rule, "text": piece.text} for piece in article.dropped]
    if options.json:
        shown = {
            **article_json(article),
            "text": article.text,
            "pages": list(article.pages),
            "dropped": dropped,
            "story": story_json(story),
        }
        print(dump(shown, indent=2))
    elif options.dropped:
        for piece in article.dropped:
            print(f"{piece.line}\t{piece.rule}\t{piece.text}")
    else:
        published = long_date(article.published) if article.published else ""
        facts = (article.source, article.agency, published, article.url, article.path)
        print("\n".join([article.title, " · ".join(fact for fact in facts if fact), "", article.text]))
        if others := others_text(story, article.id):
            print(f"\n{others}")
    return DONE


def correct(options: argparse.Namespace) -> int:
    """Fill in or put right the outlet or day of articles, or take that back."""
    if options.undo == (options.source is not None or options.published is not None):
        raise UsageError("correct takes --source, --published or both, or --undo alone")
    day = read_day(options.published or None, "--published")
    with open_archive(options) as archive:
        articles = [archive.article(article_id) for article_id in options.ids]
        for article in articles:
            print(_corrected(archive, article, options, day))
    return DONE


def _corrected(archive: "Archive", article: "Article", options: argparse.Namespace, day: date | None) -> str:
    """What an article is listed as, after correcting it."""
    from index.corrections import Facts

    counted = archive.catalogue.corrections.as_read(article) if options.undo else article
    facts = Facts(
        counted.source if options.source is None else options.source,
        counted.published if options.published is None else day,
    )
    corrected = archive.correct(article.id, facts)
    return f"{corrected.id}  {reference(corrected)}"


def remove(options: argparse.Namespace) -> int:
    """Remove articles; at a terminal, after asking."""
    with open_archive(options) as archive:
        articles = [archive.article(article_id) for article_id in options.ids]
        if sys.stdin.isatty() and not options.yes:
            for article in articles:
                print(f"{article.id}  {reference(article)}")
            if input(f"Remove {len(articles)} from the archive? [y/N] ").strip().lower() not in ("y", "yes"):
                print("nothing removed")
                return DONE
        archive.remove(options.ids)
    print(f"removed {len(articles)}; indexing the files again brings them back")
    return DONE


def verify(options: argparse.Namespace) -> int:
    """Check the archive."""
    from index.verification import repair
    from index.verification import verify as check

    with open_archive(options) as archive:
        if options.repair:
            repair(archive)
        problems, counts = check(archive), archive.counts()
    print(
        f"{counts.articles} articles, {counts.sentences} sentences, {counts.passages} passages,"
        f" {counts.embedded} with vectors"
    )
    for problem in problems:
        print(f"citewire: {problem}", file=sys.stderr)
    print("ok" if not problems else f"{len(problems)} problems")
    return BROKEN_ARCHIVE if problems else DONE
