"""What speaks for a passage as the place of an answer, one number for each: the columns of the ranking.

Everything is read from words, the scores of the searches and the place in the article. Words count by how
rare they are in general English: a name missing weighs more than a verb. "Told" is a word that stands in
the passage or in its article's title, which is context for every passage of it.
"""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.words import content_forms, words
from qa.answer_types import has_answer
from qa.question import Question
from qa.selection_features import Rarity, coverage

Matrix = NDArray[np.float64]
"""(n, columns), one row for each passage, in their order."""

# Content words that one sentence of a report holds; a window of them moves over the passage.
WINDOW = 15
# A question in lower case shows no names: its words rarer than this are taken for them; "canada" has 5.6.
RARE = 5.5
# The cosine of a passage without a vector, counted from the best there is; chosen, not measured.
NO_COSINE = -0.15


@dataclass(frozen=True, slots=True)
class Found:
    """A passage as the searches found it.

    `text` is the passage's and `start` where it begins in its article (characters). `fused` is the score of
    the fused lists (> 0), `dense` the cosine (None: no vector), `lexical` the BM25 score (None: not among
    the best by words), `time` how well its day fits the question's time, in [0, 1].
    """

    article: Article
    text: str
    start: int
    fused: float
    dense: float | None
    lexical: float | None
    time: float


FOUND = (
    "fused",
    "meaning",
    "words",
    "time",
    "coverage",
    "coverage_titled",
    "nearby",
    "in_order",
    "title",
    "article",
    "names",
    "names_in_article",
    "names_whole",
    "numbers",
    "heaviest_missing",
    "type",
    "lead",
    "length",
    "fellows",
)
"""The columns, all larger where more speaks for the passage, but for `heaviest_missing` and `length`.

`fused` and `meaning` are the scores of the searches beside the best of the list (<= 0), `words` is a share
of it; `time` fits the question's time; `coverage` is the share of the question's words in the passage,
`coverage_titled` in passage or title, `nearby` in the best WINDOW words of it, `title` in the title,
`article` anywhere in the article; `in_order` the share of neighbours in the question that are neighbours in
the passage; `names` and `numbers` those told, `names_in_article` those anywhere in the article,
`names_whole` the names of several words told as one; `heaviest_missing` is the rarity of the rarest word
not told; `type` is 1 where words of the type asked for stand beside the question's; `lead` is 1 for an
article's beginning, less further down; `length` the logarithm of the passage's content words; `fellows` the
logarithm of how much of the list is of the same article.
"""


def features(question: Question, found: Sequence[Found], rarity: Rarity) -> Matrix:
    """Rows of FOUND; (0, columns) for nothing found."""
    if not found:
        return np.zeros((0, len(FOUND)))
    names, runs = asked_names(question, rarity), name_runs(question)
    within = {item.article.id: in_article(question, item.article.text) for item in found}
    rows = [_of_one(question, names, runs, item, within[item.article.id], rarity) for item in found]
    matrix = np.array([[row.get(name, 0.0) for name in FOUND] for row in rows], dtype=np.float64)
    for name, column in _standing(found).items():
        matrix[:, FOUND.index(name)] = column
    return matrix


def asked_names(question: Question, rarity: Rarity) -> tuple[str, ...]:
    """The forms of the question's names; of its rare words where all is in lower case."""
    if question.names or question.text != question.text.lower():
        return question.names
    return tuple(form for form in question.content if rarity(form) > RARE and form not in question.numbers)


def name_runs(question: Question) -> list[tuple[str, ...]]:
    """Names of several words, as forms: ("kim", "jong", "un") in "when did Kim Jong Un speak?"."""
    runs: list[tuple[str, ...]] = []
    run: list[str] = []
    for word in words(question.text):
        if word.form in question.names and word.is_capitalised:
            run.append(word.form)
            continue
        if len(run) > 1:
            runs.append(tuple(run))
        run = []
    return [*runs, tuple(run)] if len(run) > 1 else runs


def _standing(found: Sequence[Found]) -> Mapping[str, Matrix]:
    """How each stands beside the others of the list."""
    fused = np.array([item.fused for item in found])
    cosines = np.array([-1.0 if item.dense is None else item.dense for item in found])
    best = cosines.max()
    bm25 = np.array([item.lexical or 0.0 for item in found])
    articles: dict[str, float] = {}
    for item in found:
        articles[item.article.id] = articles.get(item.article.id, 0.0) + item.fused
    share = np.array([articles[item.article.id] for item in found]) / fused.max()
    return {
        "fused": np.log(fused / fused.max()),
        "meaning": np.where(cosines > -1.0, np.maximum(cosines - best, -1.0), NO_COSINE),
        "words": bm25 / max(float(bm25.max()), 1e-9),
        "fellows": np.log(share),
    }


def _of_one(
    question: Question,
    names: Sequence[str],
    runs: Sequence[Sequence[str]],
    item: Found,
    within: Set[str],
    rarity: Rarity,
) -> dict[str, float]:
    told, title = content_forms(item.text), content_forms(item.article.title)
    present, titled = frozenset(told), frozenset(told + title)
    asked = question.content
    return {
        "time": item.time,
        "coverage": coverage(asked, present, rarity),
        "coverage_titled": coverage(asked, titled, rarity),
        "nearby": nearby(asked, told, rarity),
        "in_order": in_order(asked, told),
        "title": coverage(asked, frozenset(title), rarity) if asked else 0.0,
        "article": coverage(asked, titled | within, rarity),
        "names": coverage(names, titled, rarity),
        "names_in_article": coverage(names, titled | within, rarity),
        "names_whole": _whole(runs, told, title),
        "numbers": coverage(question.numbers, titled, rarity),
        "heaviest_missing": heaviest_missing(asked, titled, rarity),
        "type": float(has_answer(question, item.text)),
        "lead": 1 / (1 + item.start / 500),
        "length": math.log1p(len(told)),
    }


def in_article(question: Question, text: str) -> frozenset[str]:
    """Forms of the question's words that stand in a text, as written there or as a part of another word.

    To bring a whole article to forms would take longer than all the rest; this finds "Seoul's" too, and
    misses "met" where the text has "meeting".
    """
    lowered = text.lower()
    asked = (word for word in words(question.text) if not word.is_stop)
    return frozenset(word.form for word in asked if word.text.lower() in lowered)


def nearby(asked: Sequence[str], told: Sequence[str], rarity: Rarity) -> float:
    """The largest share of the weight of `asked` that stands within WINDOW words of `told`, in [0, 1]."""
    weights = {form: rarity(form) for form in asked}
    total = sum(weights.values())
    places = [place for place, form in enumerate(told) if form in weights]
    windows = ({told[p] for p in places if first <= p < first + WINDOW} for first in places)
    return max((sum(weights[form] for form in window) for window in windows), default=0.0) / (total or 1.0)


def in_order(asked: Sequence[str], told: Sequence[str]) -> float:
    """Share of the neighbours in `asked` that stand in this order in `told`, one word between at most."""
    pairs = {*pairwise(told), *zip(told, told[2:], strict=False)}
    return sum(pair in pairs for pair in pairwise(asked)) / max(1, len(asked) - 1)


def heaviest_missing(asked: Sequence[str], told: Set[str], rarity: Rarity) -> float:
    """The rarity of the rarest form asked for that is not told, 0 if all are."""
    return max((rarity(form) for form in asked if not coverage((form,), told, rarity)), default=0.0)


def _whole(runs: Sequence[Sequence[str]], *told: Sequence[str]) -> float:
    """Share of the names of several words that stand word after word; 1 if there are none."""
    texts = [f" {' '.join(forms)} " for forms in told]
    whole = sum(any(f" {' '.join(run)} " in text for text in texts) for run in runs)
    return whole / len(runs) if runs else 1.0
