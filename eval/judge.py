"""One question judged: what was found, answered and quoted, and what went wrong, as one of a closed list."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.gold import Gold, Holding
from eval.metrics import contains, exact_match, token_f1
from qa.answer import Answer, Evidence, Hit


class Verdict(StrEnum):
    """What became of a question; every question has exactly one."""

    RIGHT = "right"
    WRONG_SPAN = "right sentence wrong span"
    WRONG_SENTENCE = "wrong sentence"
    WRONG_ARTICLE = "wrong article"
    NOT_RETRIEVED = "not retrieved"
    WRONGLY_ABSTAINED = "wrongly abstained"
    WRONGLY_ANSWERED = "wrongly answered"
    RIGHTLY_ABSTAINED = "rightly abstained"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Row:
    """One question's line in questions.jsonl; every figure is made from these and nothing else.

    `rank` is that of the first hit with the answer, from 1, None if there is none. `correct` is of the best
    candidate, which an abstention withheld: does its sentence hold a gold answer, in the right article?
    It is what `confidence` is measured against. `forced` is that candidate's span, the answer had there been
    no abstaining, `forced_quote` its sentence, and `reading` the reader's own score of it. `found` is the
    text of the hit at `rank`. `broken_quotes` counts evidence that is not verbatim. `id` and `holding` are
    gold's.
    """

    question: str
    kind: str
    gold: tuple[str, ...]
    gold_article: str
    verdict: Verdict
    answer: str | None = None
    quote: str | None = None
    article: str | None = None
    abstained: bool = False
    reason: str | None = None
    confidence: float = 0.0
    rank: int | None = None
    exact: float = 0.0
    f1: float = 0.0
    gold_in_quote: bool = False
    right_article: bool = False
    correct: bool = False
    forced: str | None = None
    forced_exact: float = 0.0
    forced_f1: float = 0.0
    forced_quote: str | None = None
    found: str | None = None
    reading: float | None = None
    broken_quotes: int = 0
    cited_abstention: bool = False
    took_ms: float = 0.0
    error: str | None = None
    id: str = ""
    holding: Holding | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the system made of a question: its hits, its answer, the candidate it would give if it had to.

    `candidate` is the first evidence of an answer. `took_ms` is the wall time of the answer alone.
    `broken_quotes` was counted against the stored articles. `reading` is the reader's score of the candidate.
    """

    hits: Sequence[Hit]
    answer: Answer
    candidate: Evidence | None
    took_ms: float
    broken_quotes: int
    reading: float | None = None


def judge(gold: Gold, reply: Reply) -> Row:
    """The row of a question that was answered or abstained from."""
    answer, best = reply.answer, next(iter(reply.answer.evidence), None)
    candidate = best or reply.candidate
    forced = candidate.answer if candidate else ""
    rank = rank_of_answer(gold, reply.hits)
    exact = exact_match(best.answer if best else "", gold.answers)
    in_quote = best is not None and contains(best.quote, gold.answers)
    right_article = best is not None and gold.answerable and _of_article(gold, best.article.id)
    return Row(
        question=gold.question,
        kind=gold.kind,
        gold=gold.answers,
        gold_article=gold.article_id,
        verdict=_verdict(gold, answer.abstained, rank, bool(exact), in_quote, right_article),
        answer=best.answer if best else None,
        quote=best.quote if best else None,
        article=best.article.id if best else None,
        abstained=answer.abstained,
        reason=answer.reason,
        confidence=answer.confidence,
        rank=rank,
        exact=exact,
        f1=token_f1(best.answer if best else "", gold.answers),
        gold_in_quote=in_quote,
        right_article=right_article,
        correct=is_correct(gold, candidate),
        forced=forced or None,
        forced_exact=exact_match(forced, gold.answers),
        forced_f1=token_f1(forced, gold.answers),
        forced_quote=candidate.quote if candidate else None,
        found=reply.hits[rank - 1].text if rank else None,
        reading=reply.reading,
        broken_quotes=reply.broken_quotes,
        # A reason is only ever given for not answering: with evidence beside it, one of them is false.
        cited_abstention=bool(answer.evidence) and answer.reason is not None,
        took_ms=round(reply.took_ms, 3),
        id=gold.id,
        holding=gold.holding,
    )


def failed(gold: Gold, error: Exception) -> Row:
    """The row of a question that raised: wrong in every figure, and neither answered nor abstained from."""
    message = f"{type(error).__name__}: {error}"
    return Row(
        gold.question,
        gold.kind,
        gold.answers,
        gold.article_id,
        Verdict.ERROR,
        error=message,
        id=gold.id,
        holding=gold.holding,
    )


def rank_of_answer(gold: Gold, hits: Sequence[Hit]) -> int | None:
    """Rank of the first passage that holds a gold answer and, where gold names one, is of that article."""
    found = (at for at, hit in enumerate(hits, start=1) if _has_answer(gold, hit))
    return next(found, None)


def is_correct(gold: Gold, candidate: Evidence | None) -> bool:
    """True if the candidate's sentence holds a gold answer, in the right article."""
    if candidate is None or not _of_article(gold, candidate.article.id):
        return False
    return contains(candidate.quote, gold.answers)


def _has_answer(gold: Gold, hit: Hit) -> bool:
    return _of_article(gold, hit.article.id) and contains(hit.text, gold.answers)


def _of_article(gold: Gold, article_id: str) -> bool:
    return not gold.article_id or article_id == gold.article_id


def _verdict(
    gold: Gold, abstained: bool, rank: int | None, exact: bool, in_quote: bool, right_article: bool
) -> Verdict:
    if not gold.answerable:
        return Verdict.RIGHTLY_ABSTAINED if abstained else Verdict.WRONGLY_ANSWERED
    if right_article and (exact or in_quote):
        return Verdict.RIGHT if exact else Verdict.WRONG_SPAN
    # The earliest fault is the one to mend: what was not found could not be answered, and was not.
    if rank is None:
        return Verdict.NOT_RETRIEVED
    if abstained:
        return Verdict.WRONGLY_ABSTAINED
    return Verdict.WRONG_SENTENCE if right_article else Verdict.WRONG_ARTICLE
