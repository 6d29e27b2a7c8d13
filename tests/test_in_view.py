"""What stands in the article in view is likelier to answer a follow-up, and what stands elsewhere less."""

import pytest
from fakes import an_article

from index.article import Article, Passage, Span
from qa.answer import Evidence, Hit
from qa.follow_up import FollowUp, Way
from qa.in_view import in_view, knowing

IN_VIEW, BEFORE, ELSEWHERE = (an_article(number, f"Town {number} was told.") for number in (1, 2, 3))


def piece(article: Article, confidence: float) -> Evidence:
    whole = Span(0, len(article.text))
    return Evidence(article, whole, whole, confidence)


def order(way: Way, *pieces: Evidence, articles: tuple[Article, ...] = (IN_VIEW, BEFORE)) -> list[str]:
    read = FollowUp(way, "when was it told?", articles=tuple(article.id for article in articles))
    hits = [hit_of(found.article) for found in pieces]
    return [found.article.id for found in in_view(read, hits, pieces)]


def hit_of(article: Article) -> Hit:
    return Hit(article, Passage(1, article.id, 0, len(article.text)), 1, 0.0, None, None)


@pytest.mark.parametrize("way", [Way.REFERRING, Way.COMPLETED, Way.SUBSTITUTED, Way.IN_VIEW])
def test_a_follow_up_is_answered_from_what_was_spoken_of(way: Way) -> None:
    here, before, there = piece(IN_VIEW, 0.2), piece(BEFORE, 0.35), piece(ELSEWHERE, 0.55)
    assert order(way, there, before, here) == [IN_VIEW.id, BEFORE.id, ELSEWHERE.id]


def test_what_is_far_surer_elsewhere_still_wins() -> None:
    assert order(Way.REFERRING, piece(ELSEWHERE, 0.95), piece(IN_VIEW, 0.2)) == [ELSEWHERE.id, IN_VIEW.id]


def test_a_question_that_says_all_itself_may_leave_the_article() -> None:
    assert order(Way.ALONE, piece(ELSEWHERE, 0.65), piece(IN_VIEW, 0.2)) == [ELSEWHERE.id, IN_VIEW.id]
    assert order(Way.ALONE, piece(ELSEWHERE, 0.5), piece(IN_VIEW, 0.45)) == [IN_VIEW.id, ELSEWHERE.id]


def test_without_an_article_in_view_nothing_changes() -> None:
    pieces = [piece(ELSEWHERE, 0.5), piece(IN_VIEW, 0.4)]
    assert order(Way.REFERRING, *pieces, articles=()) == [ELSEWHERE.id, IN_VIEW.id]


def test_articles_in_view_are_read_in_the_context_of_the_conversation() -> None:
    read = FollowUp(
        Way.REFERRING,
        "When did Ana leave?",
        known="Ana",
        articles=(IN_VIEW.id,),
        context="when? | Who? | Ana",
    )
    here, there = knowing(read, [hit_of(IN_VIEW), hit_of(ELSEWHERE)])
    assert (here.asked, here.article.title, here.reading) == (read.context, f"{IN_VIEW.title} (Ana)", None)
    assert there == hit_of(ELSEWHERE)


@pytest.mark.parametrize(("question", "in_context"), [("Who met Ana?", False), ("Who won the vote?", True)])
def test_a_question_that_names_whom_it_is_about_is_read_by_itself(question: str, in_context: bool) -> None:
    read = FollowUp(
        Way.ALONE, question, articles=(IN_VIEW.id,), context=f"{question} | Did Bo meet Ana? | Bo met Ana"
    )
    (hit,) = knowing(read, [hit_of(IN_VIEW)])
    assert (hit.asked == read.context) == in_context
