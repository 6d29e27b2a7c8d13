"""The command line of the eval: `python -m eval`, which `citewire eval` runs too."""

import shlex
import sys
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path

from eval import basil, conversations
from eval.archives import content_hash, unknown_articles
from eval.figures import figures
from eval.gold import Gold
from eval.options import Options, read_options
from eval.prepare import prepared
from eval.provenance import Machine, Provenance, commit, file_sha256, now, packages
from eval.report import Report, figure_cells
from eval.run import run, warm_up
from index.archive import Archive
from index.errors import ArchiveError, UsageError


class Exit(IntEnum):
    """Exit statuses."""

    DONE = 0
    ERRORS = 1  # some questions raised; all results are there
    USAGE = 2
    BROKEN_ARCHIVE = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run the eval; the exit status (see `Exit`)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == ["basil"]:
        return basil.main(arguments[1:])
    if arguments[:1] == ["conversations"]:
        return conversations.main(arguments[1:])
    options = read_options(arguments)
    try:
        report = evaluate(options, shlex.join(["python", "-m", "eval", *arguments]))
        report.save(options.folder)
    except (UsageError, OSError) as error:
        return _fail(error, Exit.USAGE)
    except ArchiveError as error:
        return _fail(error, Exit.BROKEN_ARCHIVE)
    _print(report, options.folder)
    return Exit.ERRORS if report.errors else Exit.DONE


def evaluate(options: Options, command: str) -> Report:
    """Read gold, ask every question, make the figures.

    Raises:
        UsageError: if the gold file or the archive's folder will not do.
        ArchiveError: if the archive is broken.
    """
    with prepared(options) as setting:
        first_ms = warm_up(setting.system, setting.gold[0].article_id)
        rows = run(setting.system, _counted(setting.gold), depth=options.k, threshold=options.threshold)
        return Report(
            provenance=_provenance(command, setting.source, setting.archive),
            figures=figures(rows, depth=options.k, seed=options.seed, retrieves=setting.retrieves),
            rows=rows,
            depth=options.k,
            seed=options.seed,
            first_ms=first_ms,
            unknown_articles=unknown_articles(setting.gold, setting.archive),
            notes=setting.notes,
        )


def _provenance(command: str, path: Path, archive: Archive) -> Provenance:
    revision, dirty = commit()
    counts = archive.counts()
    return Provenance(
        command=command,
        commit=revision,
        dirty=dirty,
        date=now(),
        machine=Machine.here(),
        packages=packages(),
        encoder=archive.manifest.settings.encoder,
        encoder_checksum=archive.manifest.checksum,
        gold=path.name,
        gold_sha256=file_sha256(path),
        archive_sha256=content_hash(archive),
        articles=counts.articles,
        passages=counts.passages,
        embedded=counts.embedded,
    )


def _counted(gold: Sequence[Gold]) -> Iterable[Gold]:
    from tqdm import tqdm

    bar: Iterable[Gold] = tqdm(gold, desc="asking", unit="question", disable=None)
    return bar


def _print(report: Report, folder: Path) -> None:
    for what, chosen in report.notes.items():
        print(f"{what}: {chosen}")
    for figure in report.figures:
        name, value, interval, over = figure_cells(figure)
        print(f"{name:32} {value:>8}  {interval:>18}  {over:>6} questions")
    for counted in (report.verdicts, report.violations):
        print()
        for what, count in counted.items():
            print(f"{what:32} {count:>8}")
    if report.errors:
        first = next(row for row in report.rows if row.error is not None)
        print(
            f"\n{report.errors} questions raised; the first: {first.question}: {first.error}", file=sys.stderr
        )
    if report.unknown_articles:
        print(f"\ngold names {len(report.unknown_articles)} articles that are not there", file=sys.stderr)
    print(f"\nsaved in {folder}")


def _fail(error: Exception, status: Exit) -> int:
    print(f"citewire eval: {error}", file=sys.stderr)
    return status
