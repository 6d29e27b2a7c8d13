"""The product asked written conversations, turn by turn: `python -m training.asked_conversations --help`.

They are on articles that the reader did not learn from, and are asked of an archive of these and of all those
that questions were written on, each turn after the product's own answers: for choosing what may be tuned
(qa/in_view.py), not for reporting.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tqdm import tqdm

from eval.archives import record_archive
from index.archive import Archive
from qa.answering import ask
from qa.dialogue import Dialogue
from training.conversed import TurnOn, read_conversations
from training.written import WrittenOn, read_written

FIRST = "first"


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn that was asked: its kind, whether the article answers it, and whether the answer was right.

    Right is a best quotation that holds one of the marked answers, and silence where there is none.
    """

    kind: str
    answerable: bool
    right: bool


def asked(
    archive: Archive, conversations: Sequence[tuple[WrittenOn, Sequence[TurnOn]]], *, in_full: bool = False
) -> Iterator[Asked]:
    """What becomes of each turn, as it was typed or, if so wanted, each `in_full` and alone."""
    for on, turns in tqdm(conversations, "conversations", mininterval=10):
        dialogue = Dialogue()
        for turn in turns:
            if in_full:
                answer = ask(archive, turn.full)
            else:
                answer, dialogue = dialogue.ask(archive, turn.typed)
            golds = [span.of(on.record.text) for span in turn.answers]
            quote = answer.evidence[0].quote if answer.evidence else ""
            right = holds(quote, golds) if golds else answer.abstained
            yield Asked(turn.kind, bool(golds), right)


def holds(quote: str, golds: Sequence[str]) -> bool:
    """Whether a quotation holds one of the marked answers, whatever case and spaces they are written in."""
    return any(_plain(gold) in _plain(quote) for gold in golds)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def told(found: Sequence[Asked]) -> str:
    """The shares of right turns: first ones, follow-ups by kind and together, those without an answer."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for turn in found:
        if not turn.answerable:
            groups["without an answer"].append(turn.right)
            continue
        groups[turn.kind].append(turn.right)
        if turn.kind != FIRST:
            groups["follow-ups"].append(turn.right)
    lines = (f"{name:20}{sum(rows):5} of {len(rows)}" for name, rows in sorted(groups.items()))
    return "\n".join(lines)


@contextmanager
def conversations_archive(
    data: Path, folder: Path
) -> Iterator[tuple[Archive, list[tuple[WrittenOn, list[TurnOn]]]]]:
    """The archive that they are asked of, kept in `folder`, and the conversations, in an order by chance."""
    held = [each for each in read_conversations(data) if each[0].part == "choice"]
    records = [on.record for on, _ in held] + [on.record for on in read_written(data)]
    Random(5).shuffle(held)
    with record_archive([replace(record, id="") for record in records], folder) as archive:
        yield archive, held


def main() -> None:
    """Command line: build or complete the archive, ask, and print shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--archive", type=Path, required=True, help="kept there, some 3,000 articles")
    parser.add_argument("--number", type=int, default=45, help="of conversations, drawn by chance")
    parser.add_argument("--in-full", action="store_true", help="each turn in full, alone")
    options = parser.parse_args()
    with conversations_archive(options.data, options.archive) as (archive, held):
        print(told(list(asked(archive, held[: options.number], in_full=options.in_full))))


if __name__ == "__main__":
    main()
