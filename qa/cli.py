"""The command line: its options, and how a command is run. Each returns its exit status.

0 answered or done, 1 abstained (`ask` with one question), 2 bad usage or bad input, 3 broken archive.
"""

import argparse
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from index.errors import CitewireError, UsageError
from qa import asking_commands, catalogue_commands
from qa.command import (
    BAD_USAGE,
    BROKEN_ARCHIVE,
    DONE,
    INTERRUPTED,
    add_archive,
    failed,
    open_archive,
    positive,
    probability,
)

# Programs of their own, with their own options: the page and the evaluation are never imported from here.
PROGRAMS = {"chat": "app", "eval": "eval", "mcp": "qa.mcp_server"}

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
    from index.documents import SUFFIXES
    from index.indexing import index_paths
    from index.network import Network

    paths = [*options.paths, *([SEEDS] if options.seeds else [])]
    if not paths:
        raise UsageError("nothing to index: name files or folders, or --seeds for the two seed articles")
    network = Network() if options.allow_network else None
    with open_archive(options, create=True) as archive:
        report = index_paths(archive, paths, progress=not options.quiet, prune=options.prune, network=network)
        counts = archive.counts()
    for failure in report.failed:
        print(f"failed: {failure.place}: {failure.message}", file=sys.stderr)
    print(
        f"added {report.added}, updated {report.updated}, skipped {report.skipped},"
        f" duplicates {report.duplicates}, removed {len(report.removed)}, failed {len(report.failed)}"
    )
    found = report.added + report.updated + report.skipped + report.duplicates + len(report.failed)
    if not found:
        print(f"no article found there: expected {', '.join(SUFFIXES)}", file=sys.stderr)
    if report.missing:
        print(f"{len(report.missing)} indexed earlier are not there any more; --prune removes them")
    print(f"{counts.articles} articles, {counts.passages} passages, {counts.coverage:.0%} with vectors")
    nothing = not (report.added or report.updated or report.skipped or report.duplicates or report.removed)
    return BAD_USAGE if nothing and report.failed else DONE


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
    parser = _command(commands, "ask", asking_commands.ask, "answer a question by quoting the archive")
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
        "--threshold",
        type=probability,
        metavar="P",
        help="answer when at least this sure (0 to 1); by default as sure as nine in ten right answers are",
    )
    _add_filters(parser)


def _add_search(commands: Commands) -> None:
    parser = _command(
        commands, "search", asking_commands.search, "find passages, without judging whether they answer"
    )
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
    parser.add_argument(
        "--after",
        metavar="DATE",
        help="only articles published on this day, or in this month or year, or later",
    )
    parser.add_argument(
        "--before",
        metavar="DATE",
        help="only articles published on this day, or in this month or year, or earlier",
    )


def _add_catalogue(commands: Commands) -> None:
    parser = _command(
        commands,
        "list",
        catalogue_commands.list_articles,
        "list the articles, latest first: id, date, outlet, title",
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="only those that hold all the words")
    parser.add_argument("-n", type=positive, metavar="N", help="at most so many (default all)")
    _add_selection(parser)
    parser.add_argument("--json", action="store_true", help="one JSON line for each article")
    parser = _command(
        commands, "stories", catalogue_commands.stories, "list the stories that several articles tell"
    )
    parser.add_argument("-n", type=positive, default=20, metavar="N", help="how many (default 20)")
    parser.add_argument("--latest", action="store_true", help="latest first, not those of most outlets")
    parser.add_argument("--json", action="store_true", help="one JSON line for each story")
    parser = _command(commands, "show", catalogue_commands.show, "show an article as it was kept")
    parser.add_argument("id", metavar="ID")
    parser.add_argument(
        "--dropped", action="store_true", help="what was left out of its page, and by which rule"
    )
    parser.add_argument("--json", action="store_true", help="a JSON object with its text")
    parser = _command(
        commands, "correct", catalogue_commands.correct, "fill in or put right the outlet or day of articles"
    )
    parser.add_argument("ids", nargs="+", metavar="ID")
    parser.add_argument("--source", metavar="OUTLET", help='the outlet; "" for none')
    parser.add_argument("--published", metavar="DATE", help='the day of publication; "" for none')
    parser.add_argument("--undo", action="store_true", help="as the file gives them again")
    parser = _command(commands, "remove", catalogue_commands.remove, "remove articles from the archive")
    parser.add_argument("ids", nargs="+", metavar="ID")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask")
    parser = _command(
        commands, "verify", catalogue_commands.verify, "check the archive: counts, checksums, offsets"
    )
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
