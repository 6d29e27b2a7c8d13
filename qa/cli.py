"""The command line: one function a command, each returning its exit status.

0 answered or done, 1 abstained (`ask` with one question), 2 bad usage or bad input, 3 broken archive.
"""

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from index.errors import CitewireError, UsageError
from qa.asking import read_day, read_filters
from qa.command import (
    ABSTAINED,
    BAD_USAGE,
    BROKEN_ARCHIVE,
    DONE,
    INTERRUPTED,
    add_archive,
    failed,
    positive,
    probability,
)
from qa.question_file import read_questions
from qa.rendering import answer_text, article_json, hit_json, hits_text, long_date, reference, to_json

if TYPE_CHECKING:
    from index.archive import Archive
    from index.browsing import Entry
    from index.filters import Filters

# Programs of their own, with their own options: the page and the evaluation are never imported from here.
PROGRAMS = {"chat": "app", "eval": "eval", "mcp": "qa.mcp_server"}

PAGE = 500  # articles that are looked up at once for a list

SEEDS = Path(__file__).parent.parent / "seeds"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; errors become one line on standard error and an exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in PROGRAMS:
        return _run_program(arguments[0], arguments[1:])
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = command(options)
        sys.stdout.flush()
    except CitewireError as error:
        return failed(error)
    except sqlite3.DatabaseError as error:
        print(f"citewire: the archive's catalogue failed ({error}); try `citewire verify`", file=sys.stderr)
        return BROKEN_ARCHIVE
    except BrokenPipeError:
        sys.stderr.close()  # `citewire list | head`: the reader has seen enough
        return DONE
    except KeyboardInterrupt:
        print("\ncitewire: stopped; what was committed is kept, the same command goes on", file=sys.stderr)
        return INTERRUPTED
    return status


def index(options: argparse.Namespace) -> int:
    """Add or update articles, then encode what has no vector yet."""
    from index.indexing import index_paths
    from index.network import Network

    paths = [*options.paths, *([SEEDS] if options.seeds else [])]
    if not paths:
        raise UsageError("nothing to index: name files or folders, or --seeds for the two seed articles")
    network = Network() if options.allow_network else None
    with _open(options, create=True) as archive:
        report = index_paths(archive, paths, progress=not options.quiet, prune=options.prune, network=network)
        counts = archive.counts()
    for failure in report.failed:
        print(f"failed: {failure.place}: {failure.message}", file=sys.stderr)
    print(
        f"added {report.added}, updated {report.updated}, skipped {report.skipped},"
        f" duplicates {report.duplicates}, removed {len(report.removed)}, failed {len(report.failed)}"
    )
    if report.missing:
        print(f"{len(report.missing)} indexed earlier are not there any more; --prune removes them")
    print(f"{counts.articles} articles, {counts.passages} passages, {counts.coverage:.0%} with vectors")
    nothing = not (report.added or report.updated or report.skipped or report.duplicates or report.removed)
    return BAD_USAGE if nothing and report.failed else DONE


def ask(options: argparse.Namespace) -> int:
    """Answer one question, or those of a file."""
    if (options.question is None) == (options.questions is None):
        raise UsageError("ask takes one question, or --questions FILE.jsonl")
    if options.questions is not None:
        if options.explain:
            raise UsageError("--explain takes one question, not a file of them")
        return _ask_all(options)
    from qa.answering import ask as answer

    if options.explain:
        return _explain(options)
    asked_on, filters = read_day(options.asked_on, "--asked-on"), _filters(options)
    with _open(options) as archive:
        reply = answer(
            archive,
            options.question,
            history=options.history or [],
            follow_up=options.follow_up,
            threshold=options.threshold,
            asked_on=asked_on,
            filters=filters,
        )
    print(_dump(to_json(reply), indent=2) if options.json else answer_text(reply))
    return ABSTAINED if reply.abstained else DONE


def _explain(options: argparse.Namespace) -> int:
    from qa.explanation import explain
    from qa.explanation_rendering import explanation_json, explanation_text

    asked_on, filters = read_day(options.asked_on, "--asked-on"), _filters(options)
    with _open(options) as archive:
        found = explain(
            archive,
            options.question,
            history=(options.history or []) if options.follow_up else (),
            threshold=options.threshold,
            asked_on=asked_on,
            filters=filters,
        )
    if options.json:
        print(_dump({**to_json(found.answer), "explanation": explanation_json(found)}, indent=2))
    else:
        print(f"{answer_text(found.answer)}\n\n{explanation_text(found)}")
    return ABSTAINED if found.answer.abstained else DONE


def _ask_all(options: argparse.Namespace) -> int:
    from qa.answering import ask as answer

    questions = list(read_questions(options.questions))
    asked_on, filters = read_day(options.asked_on, "--asked-on"), _filters(options)
    with _open(options) as archive:
        for item in questions:
            reply = answer(
                archive,
                item.question,
                history=item.history,
                follow_up=options.follow_up,
                threshold=options.threshold,
                asked_on=item.asked_on or asked_on,
                filters=item.filters or filters,
            )
            print(_dump(to_json(reply)), flush=True)
    return DONE


def search(options: argparse.Namespace) -> int:
    """Find passages."""
    from qa.retriever import Retriever

    asked_on, filters = read_day(options.asked_on, "--asked-on"), _filters(options)
    with _open(options) as archive:
        hits = Retriever(archive).search(options.query, options.k, filters=filters, asked_on=asked_on)
    print(_dump([hit_json(hit) for hit in hits], indent=2) if options.json else hits_text(hits))
    return DONE


def list_articles(options: argparse.Namespace) -> int:
    """List the catalogue, or what of it the words and the filters find."""
    from itertools import islice

    from qa.programs import entry_json

    filters = _filters(options)
    with _open(options) as archive:
        for entry in islice(_entries(archive, " ".join(options.words), filters), options.n):
            if options.json:
                print(_dump(entry_json(entry)))
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

    with _open(options) as archive:
        found = ordered(archive.stories(), latest=options.latest)[: options.n]
    if options.json:
        for story in found:
            print(_dump(story_json(story)))
    else:
        print(stories_text(found))
    return DONE


def show(options: argparse.Namespace) -> int:
    """Show an article as it was kept, or what was dropped from its page."""
    from qa.story_rendering import others_text, story_json

    with _open(options) as archive:
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
        print(_dump(shown, indent=2))
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


def remove(options: argparse.Namespace) -> int:
    """Remove articles; at a terminal, after asking."""
    with _open(options) as archive:
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

    with _open(options) as archive:
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


def _open(options: argparse.Namespace, *, create: bool = False) -> "Archive":
    from index.archive import Archive

    return Archive.open(options.archive, create=create)


def _filters(options: argparse.Namespace) -> "Filters":
    return read_filters(options.source or [], options.after, options.before, prefix="--")


def _dump(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _run_program(name: str, arguments: list[str]) -> int:
    import runpy

    sys.argv = [f"citewire {name}", *arguments]
    try:
        runpy.run_module(PROGRAMS[name], run_name="__main__", alter_sys=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE if stop.code is None else BAD_USAGE
    return DONE


class _Version(argparse.Action):
    """Prints the installed version; looking it up takes longer than all other help."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"citewire {version('citewire')}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="citewire",
        description="Ask a news archive: every answer is a quotation that opens at its place in the article.",
        epilog="Exit status: 0 answered or done, 1 abstained, 2 bad usage or input, 3 broken archive.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    commands.add_parser("chat", help="open the web chat (`citewire chat --help`)")
    _add_index(commands)
    _add_ask(commands)
    _add_search(commands)
    _add_catalogue(commands)
    commands.add_parser("mcp", help="offer the archive to an assistant, by MCP (`citewire mcp --help`)")
    commands.add_parser("eval", help="measure answers against gold questions (`citewire eval --help`)")
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_index(commands: Commands) -> None:
    parser = _command(commands, "index", index, "add or update articles")
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files or folders of .txt .md .html .pdf .docx .jsonl .csv and .zip of them;"
        " with --allow-network also addresses of pages and feeds",
    )
    parser.add_argument("--seeds", action="store_true", help="the two seed articles that come with Citewire")
    parser.add_argument(
        "--prune", action="store_true", help="remove what came from PATH and is not there any more"
    )
    parser.add_argument(
        "--allow-network", action="store_true", help="fetch the addresses named, and nothing else"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress bar")


def _add_ask(commands: Commands) -> None:
    parser = _command(commands, "ask", ask, "answer a question by quoting the archive")
    parser.add_argument("question", nargs="?", metavar="QUESTION")
    parser.add_argument(
        "--questions", type=Path, metavar="FILE.jsonl", help="many: one JSON line out for each line in"
    )
    parser.add_argument("--json", action="store_true", help="the answer as a JSON object")
    parser.add_argument("--explain", action="store_true", help="say why: what was found, read and weighed")
    parser.add_argument(
        "--history", action="append", metavar="QUESTION", help="asked before it; again for each, oldest first"
    )
    parser.add_argument(
        "--no-follow-up", dest="follow_up", action="store_false", help="read every question as typed"
    )
    parser.add_argument(
        "--threshold", type=probability, metavar="P", help="answer when at least this sure (0 to 1)"
    )
    _add_filters(parser)


def _add_search(commands: Commands) -> None:
    parser = _command(commands, "search", search, "find passages, without judging whether they answer")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("-k", type=positive, default=5, metavar="N", help="how many (default 5)")
    parser.add_argument("--json", action="store_true", help="a JSON array")
    _add_filters(parser)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    _add_selection(parser)
    parser.add_argument(
        "--asked-on", metavar="DATE", help='the day that "last week" is counted from (default: today)'
    )


def _add_selection(parser: argparse.ArgumentParser) -> None:
    # Days stay text here: a bad one gets one line like other bad input, not the whole usage.
    parser.add_argument(
        "--source", action="append", metavar="OUTLET", help="only articles of this outlet, or of several"
    )
    parser.add_argument("--after", metavar="DATE", help="only articles published on this day or later")
    parser.add_argument("--before", metavar="DATE", help="only articles published on this day or earlier")


def _add_catalogue(commands: Commands) -> None:
    parser = _command(
        commands, "list", list_articles, "list the articles, latest first: id, date, outlet, title"
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="only those that hold all the words")
    parser.add_argument("-n", type=positive, metavar="N", help="at most so many (default all)")
    _add_selection(parser)
    parser.add_argument("--json", action="store_true", help="one JSON line for each article")
    parser = _command(commands, "stories", stories, "list the stories that several articles tell")
    parser.add_argument("-n", type=positive, default=20, metavar="N", help="how many (default 20)")
    parser.add_argument("--latest", action="store_true", help="latest first, not those of most outlets")
    parser.add_argument("--json", action="store_true", help="one JSON line for each story")
    parser = _command(commands, "show", show, "show an article as it was kept")
    parser.add_argument("id", metavar="ID")
    parser.add_argument(
        "--dropped", action="store_true", help="what was left out of its page, and by which rule"
    )
    parser.add_argument("--json", action="store_true", help="a JSON object with its text")
    parser = _command(commands, "remove", remove, "remove articles from the archive")
    parser.add_argument("ids", nargs="+", metavar="ID")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask")
    parser = _command(commands, "verify", verify, "check the archive: counts, checksums, offsets")
    parser.add_argument("--repair", action="store_true", help="first make anew what is derived")


def _command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=f"{summary.capitalize()}."
    )
    parser.set_defaults(command=run)
    add_archive(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
