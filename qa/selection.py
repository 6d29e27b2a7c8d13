"""Choose the sentence that answers, and know how sure that is: small linear models over named features.

The first ranks sentences by words and vectors (a conditional logit); the second weighs that ranking against
what the reader makes of each sentence; the third, a logistic regression, tells from the best sentence and
its distance to the others whether it answers at all. All are fitted by `training.selection`, once to
questions of all kinds and once to news that was asked in its days.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from qa.question import Question, QuestionKind
from qa.sameness import same_words
from qa.selection_features import FEATURES, Candidate, Matrix, Rarity, Row, bare, features, lead, typed
from qa.votes import repeats, votes

__all__ = [
    "CHOICE",
    "OVERALL",
    "UNREAD",
    "Candidate",
    "LinearModel",
    "Observed",
    "SelectionModel",
    "Stages",
    "choice_rows",
    "is_of_the_day",
    "observe",
    "overall",
]

WEIGHTS = Path(__file__).parent / "data" / "selection.json"
RARITY = Path(__file__).parent / "data" / "word_rarity.json"

CHOICE = ("words", "words_lead", "reading", "reading_lead", "typed", "votes", "repeats", "bare", "time")
"""What the second model sees of a sentence: its score by the first and by the reader, their leads, whether
the answer read in it is of the type asked for, what other passages say for that answer (see `qa.votes`),
whether it only repeats words of the question, whether the sentence says nothing else, and how well the
article's day fits the question's time.
"""

TAKEN = ("context_cosine", "coverage_with_context", "heaviest_missing", "names_missing", "numbers_missing")
"""Features of the best sentence that the third model sees too: is what is asked about what it tells of?"""

STANDING = ("share", "lead", "total", "agreeing", "candidates", "articles", "best_time", "nearness")

OVERALL = (*CHOICE, *TAKEN, *STANDING)
"""What the third model sees: the best sentence's columns and how it stands among the others.

Share, lead and total compare it with the sentences that give another answer; `agreeing` counts those that
give the same one, by their scores. `candidates` and `articles` count, in logarithms, the sentences and the
articles they are from: where one article was read, none can bear it out. `best_time` is the best fit of any
candidate's day, so that an archive of old articles is not taken for one that has nothing new on it, and
`nearness` that of the passage that comes nearest to the question: is there any article on what is asked?
"""

# Of so few sentences, one paragraph's, the best proves nothing by being best: what it says is told by a model
# of its own. An archive offers forty.
FEW = 14

# How far ahead of the best other answer one is where there is no other; longer leads count as this.
MOST_LEAD = 8.0

# From this fit of the best day on, an archive has articles of the days that a question asks about: published
# within a month of them or, where it names days of reports, as near to them as there are.
OF_THE_DAY = 0.1

# That of passages that were not searched for but given with the question; chosen, not measured.
GIVEN_NEARNESS = 2.0

# The reader's score of a sentence it found no span in, and the lowest that is told apart.
UNREAD = -15.0


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of columns that are first brought to mean 0 and deviation 1."""

    weights: Row
    means: Row
    scales: Row
    bias: float = 0.0

    def scores(self, rows: Matrix) -> Row:
        """One number for each row."""
        scores: Row = ((rows - self.means) / self.scales) @ self.weights + self.bias
        return scores


@dataclass(frozen=True, slots=True)
class Observed:
    """What is seen of a question's n candidates.

    Rows of FEATURES, the reader's scores (n,), whether the answers read are of the type asked for (n,; see
    `typed`), the votes for them and whether they repeat the question (n,; see `qa.votes`), whether they are
    all that the sentence says (n,; see `bare`), how well the articles' days fit (n,), the words of the
    answers, how many articles the candidates are from, how near the nearest passage is to the question, and
    whether that is one of yes or no.
    """

    rows: Matrix
    reading: Row
    typed: Row
    votes: Row
    repeats: Row
    bare: Row
    time: Row
    answers: tuple[str, ...]
    articles: int
    nearness: float
    yes_no: bool = False


@dataclass(frozen=True, slots=True)
class Stages:
    """The three models in turn: of words and vectors, of the choice, and of the probability.

    From `threshold` on the best sentence is given as the answer.
    """

    ranking: LinearModel
    choosing: LinearModel
    answering: LinearModel
    threshold: float

    @classmethod
    def load(cls, stored: Mapping[str, Any], path: Path) -> Self:
        """Those that were stored in the file at `path`."""
        return cls(
            ranking=linear_model(stored["ranking"], FEATURES, path),
            choosing=linear_model(stored["choosing"], CHOICE, path),
            answering=linear_model(stored["answering"], OVERALL, path),
            threshold=float(stored["threshold"]),
        )


@dataclass(frozen=True, slots=True)
class SelectionModel:
    """Says how likely each sentence answers.

    `of_the_day` are the stages for questions asked of articles of the days they ask about, as news is in
    its week, and `plain` those for all others. Questions of yes or no are answered by a whole sentence, of
    which the reader is never sure: what its scores are worth there is told by `answering_yes_no`. `reader`
    is the checksum of the reader whose scores they were fitted to.
    """

    plain: Stages
    of_the_day: Stages
    answering_few: LinearModel
    answering_yes_no: LinearModel
    reader: str
    rarity: Mapping[str, float]
    rarity_of_unlisted: float

    @classmethod
    def load(cls, weights: Path = WEIGHTS, rarity: Path = RARITY) -> Self:
        """Read the fitted weights and the table of word rarity.

        Raises:
            ValueError: The weights belong to other features than this code computes.
        """
        stored = json.loads(weights.read_text(encoding="utf-8"))
        table = json.loads(rarity.read_text(encoding="utf-8"))
        return cls(
            plain=Stages.load(stored["plain"], weights),
            of_the_day=Stages.load(stored["of_the_day"], weights),
            answering_few=linear_model(stored["answering_few"], OVERALL, weights),
            answering_yes_no=linear_model(stored["answering_yes_no"], OVERALL, weights),
            reader=str(stored["reader_sha256"]),
            rarity=table["rarity"],
            rarity_of_unlisted=math.log(table["sentences"]),
        )

    def word_rarity(self, form: str) -> float:
        """How much a form tells in general English: about 1 for "and", 11 for a word never seen."""
        return self.rarity.get(form, self.rarity_of_unlisted)

    def probabilities(self, question: Question, candidates: Sequence[Candidate]) -> Row:
        """P(this sentence answers the question) of each candidate, in [0, 1]; (0,) for none."""
        return self.of_observed(observe(question, candidates, self.word_rarity))

    def of_observed(self, seen: Observed) -> Row:
        """The same, from what is seen of the candidates."""
        if not len(seen.rows):
            return np.zeros(0)
        stages = self.stages(seen)
        choices = choice_rows(stages.ranking.scores(seen.rows), seen)
        scores = stages.choosing.scores(choices)
        logit = float(stages.answering.scores(overall(choices, scores, seen)[None])[0])
        best = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
        # The others answer as likely as the ranking holds them to be, relative to the best.
        relative: Row = np.exp(scores - scores.max())
        return best * relative

    def stages(self, seen: Observed) -> Stages:
        """The models for what is seen of a question's candidates."""
        if len(seen.rows) <= FEW:
            return replace(self.plain, answering=self.answering_few)
        if seen.yes_no:
            return replace(self.plain, answering=self.answering_yes_no)
        return self.of_the_day if is_of_the_day(seen) else self.plain


def is_of_the_day(seen: Observed) -> bool:
    """True if an article among the candidates fits the days that the question asks about."""
    return bool(seen.time.max() >= OF_THE_DAY)


def observe(question: Question, candidates: Sequence[Candidate], rarity: Rarity) -> Observed:
    """Everything about the candidates that the models see."""
    return Observed(
        rows=features(question, candidates, rarity),
        reading=np.array([candidate.reading for candidate in candidates], dtype=np.float64),
        typed=typed(question, candidates),
        votes=votes(candidates),
        repeats=repeats(question, candidates),
        bare=bare(candidates),
        time=np.array([candidate.time for candidate in candidates], dtype=np.float64),
        answers=tuple(candidate.answer for candidate in candidates),
        articles=len({candidate.title for candidate in candidates}),
        nearness=max((c.nearness for c in candidates if c.nearness is not None), default=GIVEN_NEARNESS),
        yes_no=question.kind is QuestionKind.YES_NO,
    )


def choice_rows(words: Row, seen: Observed) -> Matrix:
    """The CHOICE columns; `words` (n,) are the first model's scores."""
    read = np.maximum(seen.reading, UNREAD)
    told = (seen.typed, seen.votes, seen.repeats, seen.bare, seen.time)
    columns: Matrix = np.column_stack([words, lead(words), read, lead(read), *told])
    return columns


def overall(choices: Matrix, scores: Row, seen: Observed) -> Row:
    """The OVERALL columns from one question's choice rows and the second model's scores (n,)."""
    best = int(scores.argmax())
    odds = np.exp(scores - scores[best])
    same = np.array([bool(other) and same_words(seen.answers[best], other) for other in seen.answers])
    same[best] = True
    others = float(odds[~same].sum())
    ahead = min(MOST_LEAD, float((scores[best] - scores[~same]).min())) if (~same).any() else MOST_LEAD
    agreeing = math.log(float(odds[same].sum()))
    standing = (1 / (1 + others), ahead, math.log1p(others), agreeing)
    taken = seen.rows[best, [FEATURES.index(name) for name in TAKEN]]
    around = (math.log(len(choices)), math.log(seen.articles), float(seen.time.max()), seen.nearness)
    row: Row = np.concatenate([choices[best], taken, np.array([*standing, *around])])
    return row


def linear_model(stored: Mapping[str, object], names: Sequence[str], path: Path) -> LinearModel:
    """The model that was stored for these columns in the file at `path`.

    Raises:
        ValueError: it is for others.
    """
    columns = stored["columns"]
    if not isinstance(columns, dict) or tuple(columns) != tuple(names):
        raise ValueError(
            f"{path}: fitted for other features than this version computes; install the package anew"
        )
    weights, means, scales = np.array(list(columns.values()), dtype=np.float64).T
    return LinearModel(weights, means, scales, float(str(stored["bias"])))
