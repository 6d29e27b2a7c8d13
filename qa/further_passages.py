"""Passages that were not read, and that may give another value than the answer.

Eight passages are read for an answer, often most of them of one article. Of a toll that rose, a jackpot or a
date that was put off the reports of other days stand behind these, and not always with the passage that has
the value. So the further passages that were found are read if a sentence on the matter has another value of
the answer's kind in them. Every other passage of their articles is looked through, as is each article of the
answer's story. Where nobody bears the answer out yet, passages are read that have its own value again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from index.archive import Archive
from index.article import Article, Passage, Span
from qa.answer import Evidence, Hit
from qa.answer_days import days_in, same_days
from qa.answer_types import new_runs
from qa.corroboration import without_copies
from qa.in_view import known_article
from qa.part_counts import counts_part
from qa.periods import Period
from qa.predicates import answers_alike, asks_what_comes, names_missing, share_told, tells_of
from qa.quantities import find_quantities, quantities
from qa.question import Question
from qa.values import Kind, Verdict, compare, kind_of
from qa.witnesses import restated, says_so

MOST = 8
"""No more passages are read for it, one of an article; chosen for the time they take, some 12 ms each."""

MOST_AGREEING = 3
MOST_OF_ONE = 2
MOST_BY_WORDS = 2

MOST_ARTICLES = 24
"""No more articles are looked through for them."""

MOST_DAYS = 300
"""What is asked for is another one a year later: the jackpot, the fire, the vote."""


def may_differ(
    archive: Archive, question: Question, best: Evidence, known: Set[str], found: Sequence[Hit]
) -> list[Hit]:
    """The passages with a sentence on the matter that has another value of the best one's kind.

    First those found, in their order, then those of articles of which another passage was. `known` are the
    articles whose answer is known, by id; neither they nor the best one's own are looked at. Passages that
    were read say no more than they did.
    """
    kind = kind_of(question, best)
    if kind is None:
        return []
    settled = {best.article.id, *known}
    unread = [hit for hit in found if hit.reading is None and hit.article.id not in settled]
    chosen: dict[int, Hit] = {}
    passages_of = Counter[str]()
    for hit in without_copies(unread, len(unread))[0]:
        has_value = any(_valued_in(kind, question, best, hit.article, _sentences_of(archive, hit)))
        if has_value and passages_of[hit.article.id] < MOST_OF_ONE:
            chosen[hit.passage.id] = hit
            passages_of[hit.article.id] += 1
    read = [*(hit for hit in found if hit.reading is not None), *chosen.values()]
    by_passage = {hit.passage.id: hit for hit in found}
    by_words: list[tuple[tuple[bool, float], Hit]] = []
    for article in _articles(archive, best, known, found):
        sentences = _unread(archive.sentences(article.id), article, read)
        valued = _valued_in(kind, question, best, article, sentences)
        told = max(valued, key=lambda item: item[0], default=None)
        passage = _hit_of(archive, told[1], by_passage) if told else None
        by_words += [(told[0], passage)] if told and passage else []
    by_words.sort(key=lambda item: item[0], reverse=True)
    last = [hit for _, hit in by_words[:MOST_BY_WORDS]]
    return [*[*chosen.values()][: MOST - len(last)], *last]


def may_agree(archive: Archive, question: Question, best: Evidence, found: Sequence[Hit]) -> list[Hit]:
    """The first unread passages of other articles that have the best piece's value in a sentence."""
    kind = kind_of(question, best)
    chosen: dict[str, Hit] = {}
    for hit in found:
        if hit.reading is None and hit.article.id not in {best.article.id, *chosen}:
            pieces = (Evidence(hit.article, s, s, 0.0) for s in _sentences_of(archive, hit))
            said = (again for piece in pieces if (again := restated(kind, best, piece)))
            if any(says_so(question, kind, best, piece) for piece in said):
                chosen[hit.article.id] = hit
    return [*chosen.values()][:MOST_AGREEING]


def judged_beside(best: Evidence, known: Set[str], judged: Sequence[Evidence]) -> list[Evidence]:
    """What was judged of articles whose answer is not known yet, as likely as it is beside the best piece.

    `judged` has the best piece's sentence again, where it was judged anew with the others.
    """
    again = next((p for p in judged if p.same_sentence(best)), best)
    share = best.confidence / max(again.confidence, 1e-9)
    return [
        replace(piece, confidence=min(best.confidence, piece.confidence * share))
        for piece in judged
        if piece.article.id not in known
    ]


def _of_story(archive: Archive, best: Evidence) -> list[str]:
    """The articles on the same event as the best piece's, by id; that one too, if stories were made."""
    story = archive.story_index.story(best.article.id)
    return [article.id for article in story.articles] if story else []


def _apart(one: Evidence, other: Evidence) -> int:
    """Days between two reports; 0 if one of them has no day."""
    mine, yours = one.article.published, other.article.published
    return abs((mine - yours).days) if mine and yours else 0


def _articles(archive: Archive, best: Evidence, known: Set[str], found: Sequence[Hit]) -> Iterator[Article]:
    """The articles found, best first, and those of the answer's story, each once."""
    seen = {best.article.id, *known}
    articles = {hit.article.id: hit.article for hit in found}
    left = MOST_ARTICLES
    for article_id in (*articles, *_of_story(archive, best)):
        if article_id in seen or left == 0:
            continue
        seen.add(article_id)
        left -= 1
        article = articles.get(article_id) or known_article(archive, article_id)
        if article is not None:
            yield article


def _valued_in(
    kind: Kind, question: Question, best: Evidence, article: Article, sentences: Sequence[Span]
) -> Iterator[tuple[tuple[bool, float], Evidence]]:
    """The sentences of an article that tell of the matter, with another value; and how well they may do so.

    That is whether all names stand with it in a report of the same months, and how much it tells.
    """
    for sentence in sentences:
        for piece in _values_in(kind, question, best, article, sentence):
            if compare(kind, best, piece) is not Verdict.DIFFERENT:
                continue
            if not (tells_of(question, piece) and answers_alike(question, kind, piece, best)):
                break
            if kind is Kind.NUMBER and counts_part(question, piece):
                continue
            near = not names_missing(question, piece) and _apart(best, piece) <= MOST_DAYS
            told = share_told(question, piece) + share_told(question, piece, around=True) / 2
            yield (near, told), piece
            break


def _sentences_of(archive: Archive, hit: Hit) -> list[Span]:
    """The sentences of an article that stand in a passage, whole or in part."""
    return [s for s in archive.sentences(hit.article.id) if _shared(hit.passage, s)]


def _unread(sentences: Sequence[Span], article: Article, read: Sequence[Hit]) -> list[Span]:
    """The sentences of an article that stand in none of its passages that were read."""
    passages = [hit.passage for hit in read if hit.article.id == article.id]
    return [s for s in sentences if not any(_shared(passage, s) for passage in passages)]


def _hit_of(archive: Archive, piece: Evidence, found: Mapping[int, Hit]) -> Hit | None:
    """The passage that a sentence stands in, whole if there is one, as it was found or else anew."""
    passages = [p for p in archive.catalogue.passages_of(piece.article.id) if _shared(p, piece.sentence)]
    passage = max(passages, key=lambda p: _shared(p, piece.sentence), default=None)
    if passage is None:
        return None
    return found.get(passage.id) or Hit(piece.article, passage, len(found) + 1, 0.0, None, None)


def _shared(passage: Passage, sentence: Span) -> int:
    return max(0, min(passage.end, sentence.end) - max(passage.start, sentence.start))


def _values_in(
    kind: Kind, question: Question, best: Evidence, article: Article, sentence: Span
) -> Iterator[Evidence]:
    """The sentence with each value of the best one's kind as its answer."""
    piece = Evidence(article, sentence, sentence, 0.0)
    for place in _places(kind, question, best, piece):
        yield replace(piece, span=place)


def _places(kind: Kind, question: Question, best: Evidence, piece: Evidence) -> Iterator[Span]:
    by = piece.sentence.start
    if kind is Kind.DATE:
        day = piece.article.published
        for place, days in days_in(piece.article.text, piece.sentence, day):
            # What is to come is seldom of the day of the report.
            if not (day and asks_what_comes(question) and same_days(days, Period(day, day))):
                yield place
    elif kind is Kind.NAME:
        for run in new_runs(question, piece.quote):
            yield Span(by + run[0].start, by + run[-1].end)
    else:
        wanted = quantities(best.answer)
        for place, found in find_quantities(piece.quote):
            year = _YEAR.fullmatch(place.of(piece.quote)) is not None
            if wanted and found.comparable(wanted[0]) and found.unit == wanted[0].unit and not year:
                yield Span(by + place.start, by + place.end)


# Of numbers that answer "how many?" none is a year, as far as it can be told.
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
