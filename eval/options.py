"""The options of `python -m eval`, read and checked."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.figures import RECALL_DEPTHS
from eval.realtimeqa import EVERYDAY, SINCE
from qa.command import positive, probability

SEEDS_GOLD = Path(__file__).resolve().parent / "gold" / "seeds.jsonl"
REALTIMEQA = Path("realtimeqa")  # read as a path, but a word

_OF_REALTIMEQA = {"data", "since", "until", "questions", "whole", "vectors"}
_OF_FILES = {"limit", "titles", "sample", "given_paragraph"}


@dataclass(frozen=True, slots=True)
class Options:
    """What to ask (`gold`: a file, or REALTIMEQA), of what, how much of it, and where results go.

    None is the default: a temporary archive, all questions, a folder named after what is asked.
    """

    gold: Path = SEEDS_GOLD
    archive: Path | None = None
    out: Path | None = None
    k: int = max(RECALL_DEPTHS)
    seed: int = 0
    limit: int | None = None
    titles: tuple[str, ...] = ()
    sample: int | None = None
    given_paragraph: bool = False
    threshold: float | None = None
    data: Path | None = None
    since: date = SINCE
    until: date | None = None
    questions: int | None = None
    whole: bool = False
    vectors: Path | None = None

    @property
    def folder(self) -> Path:
        """Where the results are saved."""
        name = self.gold.name.removesuffix(".gz").rsplit(".", 1)[0]
        task = f"{name}-given-paragraph" if self.given_paragraph else f"{name}-whole" if self.whole else name
        return self.out or Path("eval") / "results" / task


def read_options(arguments: Sequence[str]) -> Options:
    """The options of a command line.

    Raises:
        SystemExit: with status 2 for bad usage, after saying so; with 0 for --help.
    """
    parser = _parser()
    given = vars(parser.parse_args(arguments))
    if "titles" in given:
        given["titles"] = tuple(given["titles"])
    options = Options(**given)
    if options.gold != REALTIMEQA and given.keys() & _OF_REALTIMEQA:
        parser.error("--data, --since, --until, --questions, --whole and --vectors go with realtimeqa")
    if options.gold == REALTIMEQA and given.keys() & _OF_FILES:
        parser.error("realtimeqa takes --questions, not --limit, --title, --sample or --given-paragraph")
    if options.gold == REALTIMEQA and options.data is None:
        parser.error("realtimeqa needs --data DIR, the folder with eval/ and corpus/ in it")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="citewire eval",
        description="Ask an archive gold questions; report how often it is right, how surely and how fast.",
        epilog="Exit status: 0 done, 1 a question raised an error, 2 bad usage or gold, 3 broken archive.",
        argument_default=argparse.SUPPRESS,  # what is not given has the default of Options
    )
    add, default = parser.add_argument, Options()
    add("gold", nargs="?", type=Path, default=default.gold, help="question file or SQuAD JSON, also gzip,"
        " or the word realtimeqa; default: the questions on the seeds")  # fmt: skip
    add("--archive", type=Path, metavar="DIR", help="archive to ask; default: a temporary one of the seeds."
        " For SQuAD JSON and realtimeqa: where to keep the archive made of their articles")  # fmt: skip
    add("--out", type=Path, metavar="DIR", help="folder for the results; default: eval/results/NAME")
    add("--k", type=positive, help=f"hits asked for (default: {default.k})")
    add("--seed", type=int, help=f"seed of the bootstrap and of --sample (default: {default.seed})")
    add("--limit", type=positive, metavar="N", help="only the first N questions, of SQuAD JSON the first"
        " N articles")  # fmt: skip
    add("--title", action="append", metavar="TITLE", dest="titles", default=argparse.SUPPRESS,
        help="of SQuAD JSON only the article of this title; may be given again for another")  # fmt: skip
    add("--sample", type=positive, metavar="N", help="only N of the questions, drawn by --seed")
    add(
        "--given-paragraph",
        action="store_true",
        default=argparse.SUPPRESS,
        help="SQuAD's own task: each question is answered from its own paragraph, and nothing is searched",
    )
    add("--threshold", type=probability, metavar="P", help="answer when at least this sure (0 to 1);"
        " default: as the product does")  # fmt: skip
    news = parser.add_argument_group("realtimeqa")
    news.add_argument("--data", type=Path, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    news.add_argument("--since", type=_day, metavar="DATE", help="questions asked from this day"
        f" on (default: {SINCE}; earlier ones may have been tuned on)")  # fmt: skip
    news.add_argument("--until", type=_day, metavar="DATE", help="questions asked to this day")
    news.add_argument("--questions", type=positive, metavar="N", help="how many, the same ones each time"
        f" (default: {EVERYDAY}, with --whole all)")  # fmt: skip
    news.add_argument("--whole", action="store_true", default=argparse.SUPPRESS, help="of all articles of"
        " the data set, not of those retrieved for the questions alone; hours to encode")  # fmt: skip
    news.add_argument("--vectors", type=Path, metavar="DIR", help="an archive to take vectors from where it"
        " has the same text")  # fmt: skip
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a date such as 2023-01-31, found {text!r}") from None
