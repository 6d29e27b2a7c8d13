"""Self-training: written questions with their labels hidden, and what a reader is sure of in their place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import nn

from eval.metrics import token_f1
from index.article import Span
from training.news_measure import CPU, plain
from training.news_reader import spans_of
from training.news_windows import NewsWindows
from training.span_model import Batch
from training.written import Written, WrittenOn

SURE = 0.5  # probability of a span, or of silence, from which on it is a label


@dataclass(frozen=True, slots=True)
class Silver:
    """A question as a reader answered it: no answers where it is sure that its article has none.

    `right` tells what the hidden label says of it, F1 of the words, in [0, 1]; it is for the report alone.
    """

    row: int
    asked: Written
    right: float


def silver(model: nn.Module, windows: NewsWindows, numbers: Sequence[int]) -> list[Silver]:
    """Of some questions those that the reader answers, or refuses, with a probability of SURE or more.

    The probability is of one softmax over all spans of all windows of the article and "no answer".
    """
    model.eval()
    found = []
    with torch.inference_mode():
        for number in numbers:
            start, end = Batch(windows.whole(number).windows, CPU).logits(model)
            everything = torch.cat([torch.zeros(1), spans_of(start, end)[1]]).logsumexp(0)
            spans, margin = plain(start, end)
            best = int(margin.argmax())
            if float((margin[best] - everything).exp()) >= SURE:
                first, last = spans[best].tolist()
                found.append(_labelled(windows, number, [windows.place(number, best, (first, last))]))
            elif float((-everything).exp()) >= SURE:
                found.append(_labelled(windows, number, []))
    return found


def articles_of(articles: Sequence[WrittenOn], labelled: Sequence[Silver]) -> list[WrittenOn]:
    """The articles with those questions alone; one without any stays, to be read for others' questions."""
    of: dict[int, list[Written]] = {}
    for one in labelled:
        of.setdefault(one.row, []).append(one.asked)
    return [WrittenOn(article.record, tuple(of.get(row, ()))) for row, article in enumerate(articles)]


def told(labelled: Sequence[Silver], asked: int) -> dict[str, float]:
    """How many of `asked` questions got a label, and how right answers and silences among them are."""
    answers = [one.right for one in labelled if one.asked.answers]
    silences = [one.right for one in labelled if not one.asked.answers]
    return {
        "asked": asked,
        "answered": len(answers),
        "f1_of_answers": sum(answers) / max(1, len(answers)),
        "refused": len(silences),
        "right_refusals": sum(silences) / max(1, len(silences)),
    }


def _labelled(windows: NewsWindows, number: int, places: list[Span]) -> Silver:
    row, asked = windows.questions[number]
    golds = [windows.answer(number, place) for place in asked.answers]
    given = windows.answer(number, places[0]) if places else ""
    # Without golds an answer is wrong and silence right.
    right = token_f1(given, golds)
    return Silver(row, replace(asked, answers=tuple(places), near=None), right)
