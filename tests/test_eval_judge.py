"""What is said of one question: verdict, rank, and what its confidence is measured against."""

import pytest

from eval.gold import Gold
from eval.judge import Reply, Verdict, failed, is_correct, judge, rank_of_answer
from index.article import Article, Passage, Span
from qa.answer import Answer, Evidence, Hit

TALKS = Article(id="talks", title="Talks", text="Milley met General Won on Wednesday. Austin came later.")
OTHER = Article(id="other", title="Other", text="General Won spoke. Nobody else did.")
WHO = Gold("who met Milley?", ("General Won",), "talks")
NOBODY = Gold("who met Kim?", ())


def evidence(article: Article, answer: str, quote: str, confidence: float = 0.7) -> Evidence:
    start, quote_start = article.text.index(answer), article.text.index(quote)
    span, sentence = Span(start, start + len(answer)), Span(quote_start, quote_start + len(quote))
    return Evidence(article, span, sentence, confidence)


def hit(article: Article, rank: int, start: int = 0, end: int | None = None) -> Hit:
    end = len(article.text) if end is None else end
    return Hit(article, Passage(rank, article.id, start, end), rank, 1 / rank, dense=None, lexical=None)


def reply(*found: Evidence, hits: tuple[Hit, ...] = (), candidate: Evidence | None = None) -> Reply:
    reason = None if found else "no article mentions it"
    confidence = found[0].confidence if found else 0.1
    answer = Answer("?", found, confidence, took_ms=1.0, reason=reason)
    return Reply(hits, answer, candidate, took_ms=2.0, broken_quotes=0)


FIRST = "Milley met General Won on Wednesday."
HITS = (hit(OTHER, 1), hit(TALKS, 2))


@pytest.mark.parametrize(
    ("gold", "given", "verdict"),
    [
        (WHO, reply(evidence(TALKS, "General Won", FIRST), hits=HITS), Verdict.RIGHT),
        (WHO, reply(evidence(TALKS, "Wednesday", FIRST), hits=HITS), Verdict.WRONG_SPAN),
        (WHO, reply(evidence(TALKS, "Austin", "Austin came later."), hits=HITS), Verdict.WRONG_SENTENCE),
        (WHO, reply(evidence(OTHER, "General Won", "General Won spoke."), hits=HITS), Verdict.WRONG_ARTICLE),
        (
            WHO,
            reply(evidence(OTHER, "General Won", "General Won spoke."), hits=HITS[:1]),
            Verdict.NOT_RETRIEVED,
        ),
        (WHO, reply(hits=HITS), Verdict.WRONGLY_ABSTAINED),
        (WHO, reply(), Verdict.NOT_RETRIEVED),
        (NOBODY, reply(evidence(TALKS, "General Won", FIRST), hits=HITS), Verdict.WRONGLY_ANSWERED),
        (NOBODY, reply(hits=HITS), Verdict.RIGHTLY_ABSTAINED),
    ],
    ids=lambda value: value.name if isinstance(value, Verdict) else "",
)
def test_each_verdict(gold: Gold, given: Reply, verdict: Verdict) -> None:
    assert judge(gold, given).verdict is verdict


def test_a_row_holds_what_was_answered() -> None:
    row = judge(WHO, reply(evidence(TALKS, "met General Won", FIRST), hits=HITS))
    assert (row.answer, row.quote, row.article) == ("met General Won", FIRST, "talks")
    assert (row.exact, row.rank) == (0.0, 2)
    assert row.f1 == pytest.approx(0.8)
    assert row.gold_in_quote
    assert row.right_article
    assert row.correct
    assert (row.confidence, row.took_ms, row.abstained) == (0.7, 2.0, False)


def test_abstaining_from_the_unanswerable_scores_one() -> None:
    row = judge(NOBODY, reply())
    assert (row.exact, row.f1, row.abstained, row.correct) == (1.0, 1.0, True, False)


def test_an_abstention_is_measured_by_the_candidate_it_withheld() -> None:
    withheld = evidence(TALKS, "General Won", FIRST)
    assert judge(WHO, reply(hits=HITS, candidate=withheld)).correct
    assert not judge(WHO, reply(hits=HITS)).correct


def test_a_gold_without_article_is_content_with_any() -> None:
    anywhere = Gold("who met Milley?", ("General Won",))
    assert rank_of_answer(anywhere, HITS) == 1
    assert is_correct(anywhere, evidence(OTHER, "General Won", "General Won spoke."))


def test_rank_asks_for_the_answer_and_for_the_article() -> None:
    without_answer = hit(TALKS, 1, start=37)
    assert without_answer.text == "Austin came later."
    assert rank_of_answer(WHO, (without_answer, *HITS)) == 3
    assert rank_of_answer(WHO, HITS[:1]) is None
    assert rank_of_answer(NOBODY, HITS) is None


def test_evidence_beside_a_reason_for_not_answering_is_a_cited_abstention() -> None:
    found = evidence(TALKS, "General Won", FIRST)
    answer = Answer("?", (found,), 0.2, took_ms=1.0, reason="nothing certain enough")
    assert judge(WHO, Reply(HITS, answer, None, took_ms=1.0, broken_quotes=0)).cited_abstention
    assert not judge(WHO, reply(found)).cited_abstention


def test_a_question_that_raised_is_wrong_in_everything() -> None:
    row = failed(NOBODY, ValueError("bad"))
    assert (row.verdict, row.error) == (Verdict.ERROR, "ValueError: bad")
    assert (row.exact, row.f1, row.abstained) == (0.0, 0.0, False)
