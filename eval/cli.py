"""The command line of the eval: `python -m eval`, which `citewire eval` runs too."""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from eval.archives import unknown_articles
from eval.commands import Exit, command_line, counted, guarded, origin
from eval.figures import figures
from eval.options import Options, read_options
from eval.prepare import prepared
from eval.report import Report, figure_line
from eval.run import run, warm_up
from eval.stated import print_stated
from eval.stated_figures import stated

# Measurements with options of their own, each a module with `main`, loaded when it is asked for.
COMMANDS: Mapping[str, str] = {
    "agreement": "eval.agreement",
    "basil": "eval.basil",
    "causes": "eval.causes",
    "conversations": "eval.conversations",
    "growth": "eval.growth",
    "latency": "eval.latency",
    "lexical": "eval.lexical_stores",
    "misses": "eval.misses",
    "peers": "eval.peers",
    "stated": "eval.stated",
    "time": "eval.time_collection",
    "trecqa": "eval.sentence_choice",
    "wikiqa": "eval.sentence_choice",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the eval; the exit status (see `Exit`)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments and arguments[0] in COMMANDS:
        command: Callable[[Sequence[str]], int] = import_module(COMMANDS[arguments[0]]).main
        return guarded(lambda: command(arguments))
    options = read_options(arguments)
    return guarded(lambda: _evaluate(options, command_line(arguments)))


def evaluate(options: Options, command: str) -> Report:
    """Read gold, ask every question, make the figures.

    Raises:
        UsageError: if the gold file or the archive's folder will not do.
        ArchiveError: if the archive is broken.
    """
    with prepared(options) as setting:
        first_ms = warm_up(setting.system, setting.gold[0].article_id)
        rows = run(setting.system, counted(setting.gold), depth=options.k, threshold=options.threshold)
        return Report(
            provenance=origin(command, setting.source, setting.archive),
            figures=figures(rows, depth=options.k, seed=options.seed, retrieves=setting.retrieves),
            rows=rows,
            depth=options.k,
            seed=options.seed,
            first_ms=first_ms,
            unknown_articles=unknown_articles(setting.gold, setting.archive),
            notes=setting.notes,
            stated=stated(rows, seed=options.seed),
        )


def _evaluate(options: Options, command: str) -> int:
    report = evaluate(options, command)
    report.save(options.folder)
    _print(report, options.folder)
    return Exit.ERRORS if report.errors else Exit.DONE


def _print(report: Report, folder: Path) -> None:
    for what, chosen in report.notes.items():
        print(f"{what}: {chosen}")
    for figure in report.figures:
        print(figure_line(figure))
    if report.stated is not None:
        print()
        print_stated(report.stated)
    for counts in (report.verdicts, report.violations):
        print()
        for what, count in counts.items():
            print(f"{what:34} {count:>8}")
    if report.errors:
        first = next(row for row in report.rows if row.error is not None)
        print(
            f"\n{report.errors} questions raised; the first: {first.question}: {first.error}", file=sys.stderr
        )
    if report.unknown_articles:
        print(f"\ngold names {len(report.unknown_articles)} articles that are not there", file=sys.stderr)
    print(f"\nsaved in {folder}")
