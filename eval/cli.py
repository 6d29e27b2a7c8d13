"""The command line of the eval: `python -m eval`, which `citewire eval` runs too."""

import argparse
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from eval.archives import (
    content_hash,
    paragraph_archive,
    question_archive,
    resolve,
    unknown_articles,
)
from eval.figures import RECALL_DEPTHS, figures
from eval.gold import Gold, read_questions, read_text
from eval.provenance import Machine, Provenance, commit, file_sha256, now, packages
from eval.report import Report, figure_cells
from eval.run import ArchiveSystem, run, warm_up
from eval.squad import is_squad, read_paragraphs
from index.archive import Archive
from index.errors import ArchiveError, UsageError

SEEDS_GOLD = Path(__file__).resolve().parent / "gold" / "seeds.jsonl"


class Exit(IntEnum):
    """Exit statuses."""

    DONE = 0
    ERRORS = 1  # some questions raised; all results are there
    USAGE = 2
    BROKEN_ARCHIVE = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run the eval; the exit status (see `Exit`)."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    options = _parser().parse_args(arguments)
    try:
        report = evaluate(options.gold, options, shlex.join(["python", "-m", "eval", *arguments]))
        folder = options.out or Path("eval") / "results" / _name(options.gold)
        report.save(folder)
    except (UsageError, OSError) as error:
        return _fail(error, Exit.USAGE)
    except ArchiveError as error:
        return _fail(error, Exit.BROKEN_ARCHIVE)
    _print(report, folder)
    return Exit.ERRORS if report.errors else Exit.DONE


def evaluate(path: Path, options: argparse.Namespace, command: str) -> Report:
    """Read gold, ask every question, make the figures.

    Raises:
        UsageError: if the gold file or the archive's folder will not do.
        ArchiveError: if the archive is broken.
    """
    with _prepared(path, options.archive, options.limit) as (archive, gold):
        system = ArchiveSystem(archive)
        first_ms = warm_up(system)
        rows = run(system, _counted(gold), depth=options.k)
        return Report(
            provenance=_provenance(command, path, archive),
            figures=figures(rows, depth=options.k, seed=options.seed),
            rows=rows,
            depth=options.k,
            seed=options.seed,
            first_ms=first_ms,
            unknown_articles=unknown_articles(gold, archive),
        )


@contextmanager
def _prepared(path: Path, folder: Path | None, limit: int | None) -> Iterator[tuple[Archive, list[Gold]]]:
    text = read_text(path)
    if is_squad(text):
        paragraphs = read_paragraphs(text, path, limit=limit)
        with paragraph_archive(paragraphs, folder) as archive:
            yield archive, resolve(paragraphs, archive)
    else:
        gold = read_questions(text, path, limit=limit)
        with question_archive(folder) as archive:
            yield archive, gold


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="citewire eval",
        description="Ask an archive gold questions; report how often it is right, how surely and how fast.",
        epilog="Exit status: 0 done, 1 a question raised an error, 2 bad usage or gold, 3 broken archive.",
    )
    add = parser.add_argument
    add("gold", nargs="?", type=Path, default=SEEDS_GOLD, help="question file or SQuAD JSON, also gzip;"
        " default: the questions on the seeds")  # fmt: skip
    add("--archive", type=Path, metavar="DIR", help="archive to ask; default: a temporary one of the seeds."
        " For SQuAD JSON: where to keep the archive made of its paragraphs")  # fmt: skip
    add("--out", type=Path, metavar="DIR", help="folder for the results; default: eval/results/NAME")
    add("--k", type=_positive, default=max(RECALL_DEPTHS), help="hits asked for (default: %(default)s)")
    add("--seed", type=int, default=0, help="seed of the bootstrap (default: %(default)s)")
    add(
        "--limit",
        type=_positive,
        help="only the first LIMIT questions, of SQuAD JSON the first LIMIT articles",
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz").rsplit(".", 1)[0]


def _counted(gold: Sequence[Gold]) -> Iterable[Gold]:
    from tqdm import tqdm

    bar: Iterable[Gold] = tqdm(gold, desc="asking", unit="question", disable=None)
    return bar


def _print(report: Report, folder: Path) -> None:
    for figure in report.figures:
        name, value, interval, over = figure_cells(figure)
        print(f"{name:28} {value:>8}  {interval:>18}  {over:>6} questions")
    for counted in (report.verdicts, report.violations):
        print()
        for what, count in counted.items():
            print(f"{what:28} {count:>8}")
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
