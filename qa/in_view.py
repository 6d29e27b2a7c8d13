"""The article in view of a conversation: its passages are read too, and what it is about is known."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from index.archive import Archive
from index.article import Article, Passage
from index.browsing import last_day
from index.errors import UsageError
from index.filters import Filters
from index.words import form_set
from qa.answer import Evidence, Hit
from qa.filter_words import only
from qa.follow_up import FollowUp, Way
from qa.models import load_selection
from qa.question import Question, analyse
from qa.sameness import same_words
from qa.selection_features import coverage
from qa.time_reading import read_time

# Passages read of the article in view and of the one before it, in place of the last of those found.
NEAREST = (5, 1)

# What it adds to the logit of an answer to stand in the article in view, and what it takes to stand in none
# of them; half-way between for the one before. A question that says all itself may start a new topic. Chosen
# on conversations that may be tuned on (eval/gold) and on 45 written ones (training/questions).
IN_VIEW_LOGIT = 2.0
ELSEWHERE_LOGIT = -2.0
MAY_BE_IN_VIEW_LOGIT = 1.0
MAY_BE_ELSEWHERE_LOGIT = -0.75


def with_articles_in_view(
    archive: Archive, read: FollowUp, found: Sequence[Hit], filters: Filters, asked_on: date
) -> list[Hit]:
    """The best passages of the articles in view and those found, each once, ranked anew."""
    wanted = only(filters, read_time(read.asked, asked_on, last_day(archive.database)))
    if not read.articles or wanted is None:
        return list(found)
    shown = {hit.passage.id: hit for hit in found}
    question = analyse(read.asked)
    chosen = [
        hit
        for article_id, most in zip(read.articles, NEAREST, strict=False)
        for hit in _nearest(archive, question, article_id, shown, most, wanted)
    ]
    held = {hit.passage.id for hit in chosen}
    hits = [*chosen, *(hit for hit in found if hit.passage.id not in held)]
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits, start=1)]


def _nearest(
    archive: Archive,
    question: Question,
    article_id: str,
    shown: Mapping[int, Hit],
    most: int,
    filters: Filters,
) -> list[Hit]:
    """The passages of an article that are nearest to a question, in meaning and in words together."""
    article = known_article(archive, article_id)
    if article is None or not filters.accept(article.source, article.published):
        return []
    passages = archive.catalogue.passages_of(article_id)
    vector = archive.encoder.encode_questions([question.text])[0]
    nearness = archive.embeddings.cosines(vector, [passage.id for passage in passages])
    rarity = load_selection().word_rarity

    def score(passage: Passage) -> float:
        told = form_set(article.text[passage.start : passage.end])
        return nearness.get(passage.id, 0.0) + coverage(question.content, told, rarity)

    best = sorted(passages, key=lambda passage: (-score(passage), passage.id))[:most]
    return [shown.get(p.id) or Hit(article, p, 1, score(p), nearness.get(p.id), None) for p in best]


def known_article(archive: Archive, article_id: str) -> Article | None:
    """The article of this id, None if it is not there any more."""
    try:
        return archive.article(article_id)
    except UsageError:
        return None


def knowing(read: FollowUp, hits: Sequence[Hit]) -> list[Hit]:
    """The hits as the reader is asked of them: those in articles in view in the context of the conversation.

    What was put into the question stands beside their titles: "He will step down in May" tells when Tedros
    steps down, in an article that is known to be about him. A question that names whom it is about says all
    itself: in context "who met Milley?" would not be answered with the general who was spoken of before.
    """
    if read.way is Way.ALONE and analyse(read.asked).names:
        return list(hits)
    return [_in_context(read, hit) if hit.article.id in read.articles else hit for hit in hits]


def _in_context(read: FollowUp, hit: Hit) -> Hit:
    title = f"{hit.article.title} ({read.known})" if read.known else hit.article.title
    # What was read before was read as a question that says all itself.
    return replace(hit, article=replace(hit.article, title=title), reading=None, asked=read.context)


def in_view(read: FollowUp, hits: Sequence[Hit], judged: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with its articles as they are stored, less answers not wanted again, best first.

    What stands in the article in view is likelier to answer a follow-up than its words alone show, and what
    stands in none that was spoken of is less likely to.
    """
    stored = {hit.article.id: hit.article for hit in hits}
    found = [
        replace(piece, article=stored[piece.article.id]).with_odds(math.exp(_logit(piece.article.id, read)))
        for piece in judged
        if not any(same_words(piece.answer, answer) for answer in read.excluded)
    ]
    return sorted(found, key=lambda piece: -piece.confidence)


def _logit(article: str, read: FollowUp) -> float:
    if not read.articles:
        return 0.0
    if read.way is Way.ALONE:
        return MAY_BE_IN_VIEW_LOGIT if article in read.articles[:1] else MAY_BE_ELSEWHERE_LOGIT
    if article in read.articles[:1]:
        return IN_VIEW_LOGIT
    return (IN_VIEW_LOGIT + ELSEWHERE_LOGIT) / 2 if article in read.articles else ELSEWHERE_LOGIT
