"""Agreement and disagreement between articles, measured: python -m eval agreement --data DIR.

Questions, each answered by several articles, alike in half of them and differently in the other half
(gold/agreement.jsonl). Those of one part may be looked at while working, the others are for reporting.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.agreement_figures import Outcome, Verdict, figures, judge_case
from eval.agreement_task import CASES, OTHERS, Case, Task, read_task
from eval.archives import record_archive
from eval.commands import Exit, Json, as_json, command_line, counted, origin, print_intervals, save_results
from index.archive import Archive
from qa.answering import ask


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the data or the archive's folder will not do.
        ArchiveError: if the archive is broken.
    """
    options = _options(arguments[1:])
    task = read_task(options.data, part=options.part, others=options.others)
    with record_archive(task.records, options.archive) as archive:
        given, forced = run(task, archive)
        provenance = origin(command_line(arguments), CASES, archive)
    measured = {
        "as answered": figures(task.cases, given, seed=options.seed),
        "before abstaining": figures(task.cases, forced, seed=options.seed),
    }
    record = {
        "provenance": asdict(provenance),
        "part": options.part or "both",
        "cases": len(task.cases),
        "bootstrap_seed": options.seed,
        "outcomes": Counter(verdict.outcome for verdict in given),
        "figures": {name: as_json(found) for name, found in measured.items()},
    }
    lines = [_line(*row) for row in zip(task.cases, given, forced, strict=True)]
    save_results(options.out, record, lines, each="cases.jsonl")
    for name, found in measured.items():
        print_intervals(found, heading=name)
    _print_outcomes(given)
    print(f"\nsaved in {options.out}")
    return Exit.DONE


def run(task: Task, archive: Archive) -> tuple[list[Verdict], list[Verdict]]:
    """Ask every case: as the product answers, and as it would without abstaining."""
    given, forced = [], []
    for case in counted(task.cases, unit="case"):
        answer = ask(archive, case.question, asked_on=case.asked_on)
        given.append(judge_case(case, answer))
        if answer.abstained:
            answer = ask(archive, case.question, asked_on=case.asked_on, threshold=0.0)
        forced.append(judge_case(case, answer))
    return given, forced


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval agreement",
        description="How well answers that articles share, and answers that differ, are told.",
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    add("--part", choices=["tune", "report"], help="only these cases (default: both)")
    add("--archive", type=Path, metavar="DIR", help="where to keep the archive made of the articles")
    add("--others", type=int, default=OTHERS, metavar="N", help="articles of no case beside them"
        f" (default: {OTHERS})")  # fmt: skip
    add(
        "--out",
        type=Path,
        default=Path("eval", "results", "agreement"),
        metavar="DIR",
        help="for the results",
    )
    add("--seed", type=int, default=0, help="seed of the bootstrap (default: 0)")
    return parser.parse_args(list(arguments))


def _line(case: Case, given: Verdict, forced: Verdict) -> Json:
    """A case with what was answered, so that every error can be looked at."""
    return {
        "id": case.id,
        "part": case.part,
        "question": case.question,
        "expected": case.answers,
        "outlets": case.outlets,
        "given": asdict(given),
        "before abstaining": asdict(forced),
    }


def _print_outcomes(given: Sequence[Verdict]) -> None:
    print("\noutcomes")
    times = Counter(verdict.outcome for verdict in given)
    for outcome in Outcome:
        print(f"{outcome:46} {times[outcome]:>6}")
