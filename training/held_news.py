"""The held-out questions of `training.news_ensemble` as one file: `python -m training.held_news --help`."""

import argparse
import pickle
from pathlib import Path

from training.conversed import as_questions, read_conversations
from training.news_ensemble import Held
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.write_bytes(pickle.dumps(held_news(options.data)))


if __name__ == "__main__":
    main()
