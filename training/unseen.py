"""A RealTimeQA run less the questions on articles learnt from: `python -m training.unseen RUN --data DIR`.

Of the articles with written questions (training/written.py) some were also found for quiz questions of 2023
and later. None of those was learnt from, but an article that answers it may have been, with other questions.
This prints the figures over the questions of which no answering article was.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from eval.figures import figures
from eval.gold import read_text
from eval.judge import Row
from eval.misses import read_rows
from eval.quiz import Question, read_questions
from eval.realtimeqa import QUESTIONS
from eval.report import figure_line
from eval.stated import print_stated
from eval.stated_figures import stated
from training.written import learnt_from


def unseen(rows: Iterable[Row], questions: Iterable[Question], learnt: frozenset[str]) -> list[Row]:
    """The rows of questions of which no answering article is among those learnt from.

    Rows and questions are brought together by id; a row whose question the data set does not have stays.
    """
    seen = {question.id for question in questions if question.answer_in & learnt}
    return [row for row in rows if row.id not in seen]


def main() -> None:
    """Command line of the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of a run of realtimeqa")
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    options = parser.parse_args()
    rows = read_rows(options.run / "questions.jsonl")
    kept = unseen(rows, read_questions(options.data / QUESTIONS), learnt_from())
    print(f"{len(kept)} of {len(rows)} questions")
    depth = int(json.loads(read_text(options.run / "results.json"))["depth"])
    for figure in figures(kept, depth=depth, seed=0):
        print(figure_line(figure))
    if read := stated(kept, seed=0):
        print_stated(read)


if __name__ == "__main__":
    main()
