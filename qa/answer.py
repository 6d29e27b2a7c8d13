"""What a question gets: hits from the retriever, evidence that points into articles, an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from index.article import Article, Passage, Span
from qa.answer_days import answer_days, same_days
from qa.dates import DateNote, date_note
from qa.periods import Period
from qa.reader import Reading
from qa.sameness import same_answer


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. `score` orders hits (larger is better); `rank` starts at 1.

    `dense` is the cosine similarity to the question in [-1, 1], None while the passage has no vector;
    `lexical` is the BM25 score (>= 0, larger is better), None if no word of the question matched.
    `features` are what the score was made of, by name (see `qa.ranking_features` and `qa.ranking`), and
    `reading` is what the reader found in the passage, None if it was not read. `asked` is what the reader is
    asked of it, "" for the question as it was read: in the article in view, the question in its context.
    """

    article: Article
    passage: Passage
    rank: int
    score: float
    dense: float | None
    lexical: float | None
    features: Mapping[str, float] = field(default_factory=dict, hash=False)
    reading: Reading | None = None
    asked: str = ""

    @property
    def text(self) -> str:
        """The passage, verbatim."""
        return self.article.text[self.passage.start : self.passage.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of an article that answers, inside the sentence it stands in.

    Texts are cut from the article when asked for, so they cannot drift from it.
    `confidence` is the probability in [0, 1] that this evidence answers the question.
    """

    article: Article
    span: Span
    sentence: Span
    confidence: float

    def with_odds(self, factor: float) -> "Evidence":
        """The same evidence with the odds of its confidence, p / (1 - p), times a factor above 0."""
        odds = self.confidence / max(1e-9, 1 - self.confidence) * factor
        return replace(self, confidence=odds / (1 + odds))

    @property
    def answer(self) -> str:
        """The answering span, verbatim."""
        return self.span.of(self.article.text)

    @property
    def quote(self) -> str:
        """The whole sentence around it, verbatim."""
        return self.sentence.of(self.article.text)

    @property
    def date(self) -> DateNote | None:
        """The day that words such as "Wednesday" in the answer mean, by the article's date."""
        return date_note(self.article.text, self.span, self.sentence, self.article.published)

    @property
    def days(self) -> Period | None:
        """The days the answer names, for one that names days; also those that need no note."""
        return answer_days(self.article.text, self.span, self.sentence, self.article.published)

    def says_the_same(self, other: "Evidence") -> bool:
        """True if both give the same answer; the same weekday of two weeks does not, its two names do."""
        if self.days and other.days:
            return same_days(self.days, other.days)
        return same_answer(self.answer, other.answer)

    def same_sentence(self, other: "Evidence") -> bool:
        """True if both quote one and the same sentence."""
        return self.article.id == other.article.id and self.sentence == other.sentence


@dataclass(frozen=True, slots=True)
class DistinctAnswer:
    """One answer with all the evidence for it, at least one piece, best first."""

    evidence: tuple[Evidence, ...]

    @property
    def answer(self) -> str:
        """The best piece's span, verbatim."""
        return self.evidence[0].answer

    @property
    def confidence(self) -> float:
        """Probability in [0, 1] of the best piece."""
        return self.evidence[0].confidence


def distinct(evidence: Sequence[Evidence]) -> tuple[DistinctAnswer, ...]:
    """Evidence (best first) grouped by what it answers: each piece goes to the first group it agrees with."""
    groups: list[list[Evidence]] = []
    for piece in evidence:
        group = next((group for group in groups if group[0].says_the_same(piece)), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    return tuple(DistinctAnswer(tuple(group)) for group in groups)


class ReplyKind(StrEnum):
    """What a reply is: an answer (or an abstention), an overview of a topic, a list, or talk."""

    ANSWER = "answer"
    OVERVIEW = "overview"
    ARTICLES = "articles"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question: evidence, best first, or an abstention with its reason.

    `interpreted_as` tells in words how the question was read, `read_as` is the question in full where it was
    read as a follow-up of earlier ones. `kind` tells what kind of message it replies to. Only a question is
    answered with evidence; to anything else `message` says what there is to say, and `overview` holds
    sentences that tell of what was named, which answer nothing: on the question the archive is as silent as
    in any abstention.

    An abstention has no evidence. `near_miss` may then hold the closest sentence; it is shown folded
    and labelled as a near miss, never as a citation. `took_ms` is wall time in milliseconds.
    `compared` are sentences of further articles that give another number, day or name than the first answer
    (see `qa.disagreement`): too little for an answer of their own, but to be set beside it. `in_context` is
    true where the best sentence answers what was typed, after the turns before, rather than `read_as`.
    """

    question: str
    evidence: tuple[Evidence, ...]
    confidence: float
    took_ms: float
    reason: str | None = None
    interpreted_as: str | None = None
    near_miss: Evidence | None = None
    compared: tuple[Evidence, ...] = ()
    read_as: str | None = None
    kind: ReplyKind = ReplyKind.ANSWER
    message: str | None = None
    overview: tuple[Evidence, ...] = ()
    in_context: bool = False

    @property
    def abstained(self) -> bool:
        """True if the archive does not say."""
        return not self.evidence

    @property
    def answers(self) -> tuple[DistinctAnswer, ...]:
        """The evidence by what it answers, best first; () for an abstention."""
        return distinct(self.evidence)

    @property
    def answer(self) -> str | None:
        """The best evidence's span, None for an abstention."""
        return self.evidence[0].answer if self.evidence else None
