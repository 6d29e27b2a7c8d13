"""The held-out questions of `training.news_ensemble` as one file, or read by readers that are there.

`python -m training.held_news --data ../shared/data --out FILE` writes the file, with `--measure READER ...`
it prints the figures of checkpoints or exported readers on them, read on the CPU.
"""

import argparse
import json
import pickle
from pathlib import Path

from training.conversed import as_questions, read_conversations
from training.news_ensemble import Held, merit
from training.news_measure import CPU
from training.news_reader import reader_from
from training.news_windows import NewsWindows
from training.reading_sets import read_all, split
from training.validation import Validation
from training.windows import whole_tokenizer
from training.written import WrittenOn, read_written

SIZE = 600  # of the questions of before; of each written kind `training.news_measure.MEASURED`


def held_news(data: Path) -> Held:
    """What was held out of the sets of before, and the written questions on articles not learnt from."""
    tokenizer = whole_tokenizer()
    _, articles = split(read_all(data / "train"))
    written = [article for article in read_written(data) if article.part == "choice"]
    turns = [article for article in as_questions(read_conversations(data)) if article.part == "choice"]
    news = {"news": NewsWindows(written, tokenizer)}
    for kind in ("full", "context"):
        news[kind] = NewsWindows([_only(article, kind) for article in turns], tokenizer)
    return Held(Validation(articles, tokenizer, seed=1, size=SIZE), news)


def _only(article: WrittenOn, kind: str) -> WrittenOn:
    return WrittenOn(article.record, tuple(asked for asked in article.questions if asked.kind == kind))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--out", type=Path, help="the file to write")
    parser.add_argument("--measure", type=Path, nargs="+", default=[], metavar="READER")
    parser.add_argument("--number", type=int, help="of the written questions of each kind that are read")
    options = parser.parse_args()
    held = held_news(options.data)
    if options.out:
        options.out.write_bytes(pickle.dumps(held))
    for path in options.measure:
        told = held.measure(reader_from(path, dropout=0.0), CPU, options.number)
        print(json.dumps({"reader": str(path), "merit": merit(told), **told}), flush=True)


if __name__ == "__main__":
    main()
