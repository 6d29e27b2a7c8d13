"""Misses that were read, by the cause each was given: python -m eval causes [FILE].

A line of FILE is one miss: `question_id`, `verdict` as the run has it, `answered` (False: an abstention), the
`cause` a person found by reading question, quotation and archive, and a `note`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from eval.bootstrap import Interval, bootstrap, resamples
from eval.commands import Exit
from eval.judge import Verdict
from eval.metrics import Bools
from index.errors import UsageError

READ = Path(__file__).parent / "analysis" / "realtimeqa_misses.jsonl"


class Reason(StrEnum):
    """Why a question was missed; each miss has the first that holds."""

    NO_ARTICLE = "no_article"  # gold's words stand in articles on something else, or in the quiz itself
    GOLD_SPELLING = "gold_spelling"  # what was quoted is right: other, more or fewer words than gold's
    NOT_RETRIEVED = "not_retrieved"  # an article says it, no hit is of it
    NOT_READ = "not_read"  # a hit says it, below those that are read
    OTHER_EVENT = "other_event"  # of the same kind, or the same one in another year
    SAME_EVENT = "same_event"  # right article or event, words of the right type, in another role
    WRONG_TYPE = "wrong_type"  # words that are not of the type asked for
    REFUSED = "refused"  # right sentence, too unsure
    ANSWERS_AFTER_ALL = "answers_after_all"  # withheld, but what was quoted from an article left does say it


@dataclass(frozen=True, slots=True)
class ReadMiss:
    """A miss with the reason a person gave; `withheld` if the archive was to have no answer."""

    reason: Reason
    withheld: bool
    answered: bool


def main(arguments: Sequence[str]) -> int:
    """Print shares of the causes; `arguments` begin with the command's name.

    Raises:
        UsageError: if the file holds no misses that were read.
    """
    parser = argparse.ArgumentParser(
        prog="citewire eval causes", description="Misses that were read, by cause, with intervals."
    )
    parser.add_argument("file", type=Path, nargs="?", default=READ, help="the notes (default: RealTimeQA's)")
    misses = read_misses(parser.parse_args(list(arguments[1:])).file)
    for what, withheld in (("answerable", False), ("withheld, and answered", True)):
        _print(f"{what} questions", [miss for miss in misses if miss.withheld is withheld])
    return Exit.DONE


def read_misses(path: Path) -> list[ReadMiss]:
    """The misses of a file.

    Raises:
        UsageError: if the file cannot be read, or a line is no miss with one of the reasons.
    """
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [
            ReadMiss(
                Reason(record["cause"]),
                Verdict(record["verdict"]) is Verdict.WRONGLY_ANSWERED,
                bool(record["answered"]),
            )
            for record in records
        ]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{path}: not misses with their causes ({error})") from error


def shares(misses: Sequence[ReadMiss], *, seed: int = 0) -> dict[Reason, Interval]:
    """Each reason's share of the misses, in percent, most first."""
    reasons = np.array([miss.reason for miss in misses])
    found = {}
    for reason, _ in Counter(miss.reason for miss in misses).most_common():
        is_it = reasons == reason
        samples = (is_it[rows] for rows in resamples(len(is_it), seed))
        found[reason] = bootstrap([_percent], is_it, samples)[0]
    return found


def _percent(is_it: Bools) -> float:
    return 100 * float(is_it.mean())


def _print(heading: str, misses: Sequence[ReadMiss]) -> None:
    print(f"{len(misses)} misses of {heading}")
    for reason, share in shares(misses).items():
        own = [miss for miss in misses if miss.reason is reason]
        answered = sum(miss.answered for miss in own)
        interval = f"{share.low:.0f} to {share.high:.0f}"
        print(f"  {reason:20} {len(own):>3}  {share.value:>3.0f} %  ({interval:>8})  {answered} answered")
    print()
