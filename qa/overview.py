"""What the archive holds about a topic: the articles, and of each the sentence that tells most of it.

An overview answers nothing, so it has no answer and no evidence; its sentences are quoted all the same.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.archive import Archive
from index.article import Article, Span
from index.browsing import Entry, browse, outlets, period
from index.filters import EVERYTHING, Filters
from index.words import content_forms, form_set
from qa.abstention import EMPTY
from qa.answer import Answer, Evidence, Hit, ReplyKind
from qa.date_forms import Basis
from qa.filter_words import filters_text, no_article
from qa.in_view import known_article
from qa.misspelling import mended
from qa.models import load_selection
from qa.question import normalise
from qa.retriever import Retriever
from qa.selection_features import coverage
from qa.time_expressions import TimeExpression, time_expressions
from qa.topics import Topic, earliest_first, listed_from
from qa.turn import Turn

MOST_ARTICLES = 5
MOST_LISTED = 20
SEARCHED = 30
MORE_SENTENCES = 3
# Share of a topic's words that a passage or its title must have to be about it.
ABOUT = 0.7
# The newest article that merely mentions a topic is no news of it: the words must stand in its title, at its
# beginning, or in this share of its sentences. So many of the newest are looked through for such articles.
BEGINNING = 4  # sentences
SAID_OFTEN = 0.125
LOOKED_THROUGH = 60
MOST_WEIGHED = 8  # sentences of such an article, as each is encoded
# A shorter sentence is a heading or whom a picture is by: nearest to a name of all, and says nothing of it.
LEAST_WORDS = 6


def overview(
    archive: Archive,
    question: str,
    topic: Topic,
    *,
    filters: Filters = EVERYTHING,
    asked_on: date | None = None,
) -> Answer:
    """The articles on a topic, each with its key sentence: the nearest, the newest or the oldest first."""
    started = time.perf_counter()
    if meant := mended(archive, topic.text):
        topic = replace(topic, text=meant, is_mended=True)
    topic, filters, dated = _of_days(archive, question, topic, filters, asked_on or date.today())
    mentioning = browse(
        archive.database, topic.text, filters, limit=LOOKED_THROUGH, earliest_first=topic.earliest
    )
    told: list[Evidence] = []
    if topic.latest or topic.earliest:
        told = _key_sentences(archive, topic, _about(archive, topic, mentioning.entries))
    if not told:
        told = _key_sentences(archive, topic, _nearest(archive, topic, filters, asked_on))
    message = _counted(topic, told, max(mentioning.total, len(told)), dated)
    answer = _reply(question, ReplyKind.OVERVIEW, message, told, started)
    return replace(answer, interpreted_as=topic.text) if topic.is_mended else answer


def _of_days(
    archive: Archive, question: str, topic: Topic, filters: Filters, asked_on: date
) -> tuple[Topic, Filters, str]:
    """Topic and filters of "articles about inflation from 2021", with the filter in words; else as given.

    Only of what asks for articles: what somebody knows about "the protests in 2021" may be told at any time.
    """
    days = _listed_days(archive, topic.text, asked_on) if _OF_ARTICLES.search(question) else []
    last = days[-1] if days else None
    if last is None or not topic.text.endswith(last.words):
        return topic, filters, ""
    about = _BETWEEN.sub("", topic.text.removesuffix(last.words).rstrip())
    within = filters.within(last.period.first, last.period.last)
    if within is None or not content_forms(about):
        return topic, filters, ""
    return replace(topic, text=about), within, f", {filters_text(replace(within, sources=()))}"


_OF_ARTICLES = re.compile(
    r"(?i)\b(?:articles|stories|reports|coverage|headlines|news|updates?|anything|everything)\s+"
    r"(?:on|about|from|in|of|that mentions?|mentioning)\b"
)

Places = Iterator[tuple[Article, Sequence[Span]]]
"""Articles, each with the sentences of it that may tell of a topic."""


def _nearest(archive: Archive, topic: Topic, filters: Filters, asked_on: date | None) -> Places:
    """The articles of the passages nearest to a topic, with the sentences of these passages."""
    found = Retriever(archive).search(normalise(topic.text), SEARCHED, filters=filters, asked_on=asked_on)
    rarity = load_selection().word_rarity
    asked = content_forms(topic.text)
    by_article: dict[str, list[Hit]] = {}
    for hit in found:
        if coverage(asked, form_set(hit.text) | form_set(hit.article.title), rarity) >= ABOUT:
            by_article.setdefault(hit.article.id, []).append(hit)
    chosen = list(by_article.values())
    if topic.latest:
        chosen.sort(key=lambda some: some[0].article.published or date.min, reverse=True)
    for some in chosen:
        article = some[0].article
        yield (
            article,
            [
                span
                for span in archive.sentences(article.id)
                if any(span.start < h.passage.end and h.passage.start < span.end for h in some)
            ],
        )


def _about(archive: Archive, topic: Topic, mentioning: Sequence[Entry]) -> Places:
    """Of articles that mention a topic, in their order, those about it, with what they say of it."""
    rarity = load_selection().word_rarity
    asked = content_forms(topic.text)
    for entry in mentioning:
        article = archive.article(entry.id)
        spans = archive.sentences(article.id)
        saying = [s for s in spans if coverage(asked, form_set(s.of(article.text)), rarity) >= ABOUT]
        titled = coverage(asked, form_set(article.title), rarity) >= ABOUT
        if (
            titled
            or len(saying) >= SAID_OFTEN * len(spans)
            or any(span in saying for span in spans[:BEGINNING])
        ):
            yield article, (saying or spans)[:MOST_WEIGHED]


def _key_sentences(archive: Archive, topic: Topic, places: Places) -> list[Evidence]:
    """Of each of the first articles the sentence that is nearest to the topic."""
    vector = archive.encoder.encode_questions([topic.text])[0]
    rarity = load_selection().word_rarity
    asked = content_forms(topic.text)
    found: list[Evidence] = []
    for article, spans in places:
        spans = _sentences_among(article, spans)
        texts = [span.of(article.text) for span in spans]
        if not texts:
            continue
        nearness = archive.texts.of(texts) @ vector
        scores = [
            float(near) + coverage(asked, form_set(text), rarity)
            for near, text in zip(nearness, texts, strict=True)
        ]
        best = max(range(len(spans)), key=lambda at: scores[at])
        found.append(_piece(article, spans[best], min(1.0, max(0.0, scores[best] / 2))))
        if len(found) == MOST_ARTICLES:
            break
    return found


def _sentences_among(article: Article, spans: Sequence[Span]) -> Sequence[Span]:
    """What is no heading or line beneath a picture: these are short, or have no stop. All if all are such."""
    told = [span for span in spans if len(span.of(article.text).split()) >= LEAST_WORDS] or spans
    return [span for span in told if _STOP.search(span.of(article.text))] or told


_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s*$")


def _counted(topic: Topic, told: Sequence[Evidence], total: int, dated: str = "") -> str:
    """How many articles there are on a topic; `dated` tells of what days."""
    if not told:
        return f"No article{dated and f'{dated},'} is about “{topic.text}”."
    if total > len(told):
        these = "this is" if len(told) == 1 else "these are"
        best = "the nearest to it"
        if topic.latest or topic.earliest:
            best = "the newest about it" if topic.latest else "the oldest about it"
        return f"{total:,} articles mention “{topic.text}”{dated}; {these} {best}."
    one = total == 1
    head = f"{total} article{'' if one else 's'} on “{topic.text}”{dated}"
    if one or not (topic.latest or topic.earliest):
        return f"{head}."
    return f"{head}, the {'newest' if topic.latest else 'oldest'} first."


def more(archive: Archive, question: str, last: Turn) -> Answer | None:
    """The sentences that follow the one quoted last; None if nothing was quoted, or nothing follows."""
    started = time.perf_counter()
    article = known_article(archive, last.articles[0]) if last.articles else None
    if article is None:
        return None
    at = article.text.find(last.quote) if last.quote else -1
    behind = at + len(last.quote) if at >= 0 else 0
    spans = archive.sentences(article.id)
    # Behind the last sentence the article begins anew, without the one that was quoted.
    following = [span for span in spans if span.start >= behind] or [s for s in spans if s.start != at]
    if not following:
        return None
    spans = following[:MORE_SENTENCES]
    told = [_piece(article, span, 0.0) for span in spans]
    return _reply(question, ReplyKind.OVERVIEW, "The article says further:", told, started)


def listed(
    archive: Archive, question: str, *, filters: Filters = EVERYTHING, asked_on: date | None = None
) -> Answer:
    """The articles of the archive, the newest first, or the oldest, each with its first sentence.

    Only those of the outlet or the time that the question names; if it names something else, of that.
    "Last week" is counted from `asked_on`, None for today.
    """
    started = time.perf_counter()
    where = listed_from(question)
    wanted = narrowed(archive, where, filters, asked_on or date.today()) if where else filters
    if wanted is None:
        return overview(archive, question, Topic(where, latest=True), filters=filters)
    oldest = earliest_first(question)
    found = browse(archive.database, "", wanted, limit=MOST_LISTED, earliest_first=oldest)
    articles = [archive.article(entry.id) for entry in found.entries]
    told = [_piece(a, _first(a, spans), 0.0) for a in articles if (spans := archive.sentences(a.id))]
    many = found.total
    shown = ", the oldest first" if oldest and many > 1 else ""
    if len(told) < many:
        shown = f"; the {'oldest' if oldest else 'newest'} {len(told)} of them"
    message = f"{many:,} article{'' if many == 1 else 's'} {filters_text(wanted) or 'in the archive'}{shown}."
    if missing := no_article(archive, wanted):
        message = missing
    if archive.is_empty:
        message = EMPTY
    return _reply(question, ReplyKind.ARTICLES, message, told, started)


def _first(article: Article, spans: Sequence[Span]) -> Span:
    """The first sentence that tells something: not "New York CNN Business —", nor the reporter's name."""
    return _sentences_among(article, spans[:BEGINNING])[0]


def narrowed(archive: Archive, where: str, filters: Filters, asked_on: date) -> Filters | None:
    """The filters, narrowed to the outlets and the days that words name; None if they name anything else.

    "New York Times" names every outlet that begins so; what names one is never read as a day ("The Sunday
    Times"). A month without its year is the latest that the archive reaches.
    """
    if named := _outlets_named(archive, where, filters):
        return replace(filters, sources=named)
    rest = where
    for item in _listed_days(archive, where, asked_on):
        within = filters.within(item.period.first, item.period.last)
        if within is None:
            return None
        filters, rest = within, rest.replace(item.words, " ")
    rest = _BETWEEN.sub("", " ".join(rest.split())).casefold()
    if not rest:
        return filters
    named = _outlets_named(archive, rest, filters)
    return replace(filters, sources=named) if named else None


def _listed_days(archive: Archive, where: str, asked_on: date) -> list[TimeExpression]:
    """The days that words name: a month without its year is the latest that the archive reaches."""
    text = f"published in {where}"
    last = period(archive.database)[1] or asked_on
    counted = time_expressions(text, asked_on)
    reached = time_expressions(text, min(last, asked_on))
    return [then if now.basis is Basis.CALENDAR else now for now, then in zip(counted, reached, strict=False)]


def _outlets_named(archive: Archive, told: str, filters: Filters) -> tuple[str, ...]:
    """The outlets among those of the filters whose names begin with these words."""
    rest = told.casefold().removeprefix("the ")
    names = dict.fromkeys(found.source for found in outlets(archive.database) if found.source)
    named = [name for name in names if f"{name.casefold().removeprefix('the ')} ".startswith(f"{rest} ")]
    if filters.sources:
        accepted = {name.casefold() for name in filters.sources}
        named = [name for name in named if name.casefold() in accepted]
    return tuple(named)


_BETWEEN = re.compile(
    r"(?i)^(?:the |(?:in|from|of|on|by|during|published) )+|(?: (?:in|from|of|on|by|during|published))+$"
)


def _piece(article: Article, span: Span, score: float) -> Evidence:
    return Evidence(article, span, span, score)


def _reply(question: str, kind: ReplyKind, message: str, told: Sequence[Evidence], started: float) -> Answer:
    took_ms = round(1000 * (time.perf_counter() - started), 1)
    return Answer(
        question, (), 0.0, took_ms, reason=message, kind=kind, message=message, overview=tuple(told)
    )
