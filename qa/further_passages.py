"""Passages that were not read, and that may give another value than the answer.

Eight passages are read for an answer, often most of them of one article. Of a toll that rose, a jackpot or a
date that was put off the reports of other days stand behind these, and not always with the passage that has
the value. So every further article that was found is looked through, as is each of the answer's story: where
a sentence on the matter has a value of the answer's kind, the passage around the best such sentence is read
too, first of those articles that have another value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from index.archive import Archive
from index.article import Article, Passage, Span
from qa.answer import Evidence, Hit
from qa.answer_days import days_in, same_days
from qa.answer_types import new_runs
from qa.in_view import known_article
from qa.part_counts import counts_part
from qa.periods import Period
from qa.predicates import answers_alike, asks_what_comes, core_told, names_itself, names_missing, tells_of
from qa.quantities import find_quantities, quantities
from qa.question import Question
from qa.values import Kind, Verdict, compare, kind_of

MOST = 4
"""No more passages are read for it, one of an article; chosen for the time they take, some 12 ms each."""

MOST_ARTICLES = 24
"""No more articles are looked through for them."""

# How likely a sentence of them must be beside the best one: to be looked at, to have another value, and to
# have it although it tells little of what is asked. Chosen on the cases of eval/gold/agreement.jsonl that may
# be tuned on.
LEAST_SHARE = 0.05
OTHER_SHARE = 0.1
LIKELY_SHARE = 0.3
LIKELY_ALONE = 0.5

SAME_WEEKS = 30  # days
MOST_DAYS = 300
"""What is asked for is another one a year later: the jackpot, the fire, the vote."""


@dataclass(frozen=True, slots=True)
class _Valued:
    """A sentence on the matter with a value; `told` says how much of the question it tells itself."""

    piece: Evidence
    told: int
    differs: bool


def may_differ(
    archive: Archive, question: Question, best: Evidence, known: Set[str], found: Sequence[Hit]
) -> list[Hit]:
    """The passages with a sentence on the matter that has a value of the best one's kind.

    Those with another value come first, and of these the ones of the same weeks; then the best found. `known`
    are the articles whose answer is known, by id; neither they nor the best one's own are looked at. Passages
    that were read say no more than they did.
    """
    kind = kind_of(question, best)
    if kind is None or not tells_of(question, best):
        return []
    read = [hit for hit in found if hit.reading is not None]
    by_passage = {hit.passage.id: hit for hit in found}
    of_story = _of_story(archive, best)
    valued: list[tuple[_Valued, Hit]] = []
    for article in _articles(archive, best, known, found, of_story):
        unread = _unread(archive.sentences(article.id), article, read)
        told = _best_in(kind, question, best, article, unread)
        if told and (article.id in of_story or _near(question, best, told.piece)):
            hit = _hit_of(archive, told.piece, by_passage)
            valued += [(told, hit)] if hit else []
    valued.sort(key=lambda item: (not item[0].differs, _apart(best, item[0].piece) > SAME_WEEKS))
    return [hit for _, hit in valued[:MOST]]


def judged_beside(best: Evidence, known: Set[str], judged: Sequence[Evidence]) -> list[Evidence]:
    """What is likely enough to be set beside the best piece, of articles whose answer is not known yet.

    `judged` has the best piece's sentence again, where it was judged anew with the others: they are as likely
    as they are beside that.
    """
    again = next((p for p in judged if p.same_sentence(best)), best)
    share = best.confidence / max(again.confidence, 1e-9)
    return [
        replace(piece, confidence=min(best.confidence, piece.confidence * share))
        for piece in judged
        if piece.article.id not in known and piece.confidence >= LEAST_SHARE * again.confidence
    ]


def surely_other(
    archive: Archive,
    question: Question,
    best: Evidence,
    others: Sequence[Evidence],
    alone: Callable[[Evidence], float],
) -> list[Evidence]:
    """Those of the pieces with another value that are of the event asked about, as far as can be told.

    Its story may leave the names out. Others must have all of the question's, be from within a year of the
    answer, and tell as much of what is asked in the sentence itself as that does, or be likely for it. Beside
    a sure answer little is likely: what is not may be so `alone`, which says how likely a piece is if its
    article is asked by itself.
    """
    of_story = set(_of_story(archive, best))

    def fits(piece: Evidence) -> bool:
        likely = piece.confidence >= OTHER_SHARE * best.confidence
        if likely and piece.article.id in of_story:
            return True
        if not _near(question, best, piece):
            return False
        return (likely and _as_telling(question, best, piece)) or alone(piece) >= LIKELY_ALONE

    return [piece for piece in others if fits(piece)]


def _of_story(archive: Archive, best: Evidence) -> list[str]:
    """The articles on the same event as the best piece's, by id; that one too, if stories were made."""
    story = archive.story_index.story(best.article.id)
    return [article.id for article in story.articles] if story else []


def _near(question: Question, best: Evidence, piece: Evidence) -> bool:
    """Whether all names of the question stand with a sentence, in a report of the same months."""
    return not names_missing(question, piece) and _apart(best, piece) <= MOST_DAYS


def _as_telling(question: Question, best: Evidence, piece: Evidence) -> bool:
    """Whether a sentence is likely, or tells as much of what is asked as the best one, a name too."""
    if not names_itself(question, piece) and _GOES_ON.match(piece.quote):
        return False
    if piece.confidence >= LIKELY_SHARE * best.confidence:
        return True
    return names_itself(question, piece) and core_told(question, piece) >= core_told(question, best)


# "That state's rate was 2.7 %" tells of what was named before it, where the question's own name is not there.
_GOES_ON = re.compile(r"\W*(?:That|Another|Its|Their)\s+\w")


def _apart(one: Evidence, other: Evidence) -> int:
    """Days between two reports; 0 if one of them has no day."""
    mine, yours = one.article.published, other.article.published
    return abs((mine - yours).days) if mine and yours else 0


def _articles(
    archive: Archive, best: Evidence, known: Set[str], found: Sequence[Hit], of_story: Sequence[str]
) -> Iterator[Article]:
    """The articles found, best first, and those of the answer's story, each once."""
    seen = {best.article.id, *known}
    articles = {hit.article.id: hit.article for hit in found}
    left = MOST_ARTICLES
    for article_id in (*articles, *of_story):
        if article_id in seen or left == 0:
            continue
        seen.add(article_id)
        left -= 1
        article = articles.get(article_id) or known_article(archive, article_id)
        if article is not None:
            yield article


def _best_in(
    kind: Kind, question: Question, best: Evidence, article: Article, sentences: Sequence[Span]
) -> _Valued | None:
    """The sentence of an article that tells most of the question and has a value of the kind."""
    chosen: _Valued | None = None
    for sentence in sentences:
        for piece in _values_in(kind, question, best, article, sentence):
            told = core_told(question, piece)
            if chosen and told <= chosen.told:
                break
            if not (tells_of(question, piece) and answers_alike(question, kind, piece, best)):
                break
            verdict = compare(kind, best, piece)
            part = kind is Kind.NUMBER and counts_part(question, piece)
            if verdict is not Verdict.UNCLEAR and not part:
                chosen = _Valued(piece, told, verdict is Verdict.DIFFERENT)
                break
    return chosen


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
            if wanted and found.comparable(wanted[0]) and found.unit == wanted[0].unit:
                yield Span(by + place.start, by + place.end)
