"""What the archive holds about a topic: the articles, and of each the sentence that tells most of it.

An overview answers nothing, so it has no answer and no evidence; its sentences are quoted all the same.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.archive import Archive
from index.article import Article, Span
from index.filters import EVERYTHING, Filters
from index.words import content_forms, form_set
from qa.answer import Answer, Evidence, Hit, ReplyKind
from qa.in_view import known_article
from qa.mentions import capitalised
from qa.models import load_selection
from qa.phrases import QUESTION_WORDS, tokens
from qa.question import normalise
from qa.retriever import Retriever
from qa.selection_features import coverage
from qa.turn import Turn
from qa.verbs import AUXILIARIES

MOST_ARTICLES = 5
MOST_LISTED = 20
SEARCHED = 30
MORE_SENTENCES = 3
# Share of a topic's words that a passage or its title must have to be about it.
ABOUT = 0.7
# Of more words a line without a question word is rather a question in keywords than a name.
MOST_NAME_WORDS = 4


@dataclass(frozen=True, slots=True)
class Topic:
    """What an overview is wanted of; `latest` if the newest articles should come first."""

    text: str
    latest: bool = False


_ASKED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:so\s+)?what (?:do|can|could|does) (?:you|the (?:archive|articles?|news|papers?)|they|it"
        r"|we) (?:all )?(?:know|tell(?: me| us)?|have|say|report|write|got)(?: to say)? (?:about|on|of)"
        r" (?P<topic>.+)$",
        r"^(?:please\s+)?(?:can you |could you )?(?:tell|inform|brief) (?:me|us)"
        r" (?:more |something |everything |all )?(?:about|on) (?P<topic>.+)$",
        r"^(?:what(?:'s| is) (?:there|known|said|written|reported)"
        r"|what has been (?:said|written|reported)) (?:about|on) (?P<topic>.+)$",
        r"^(?:give me |show me |an? )?(?:an? |the )?(?:overview|summary|briefing|background|information"
        r"|info|facts?) (?:of|on|about) (?P<topic>.+)$",
        r"^(?:please )?(?:summari[sz]e|search(?: for)?|look up|find)(?: me)? (?P<topic>.+)$",
        r"^(?:(?:find|show|give|list|get)(?: me)? )?(?:all )?(?:the )?(?:articles|stories|reports"
        r"|coverage|anything|everything) (?:about|on|that mentions?|mentioning) (?P<topic>.+)$",
        r"^(?:is there |do you have |have you got |any )(?:anything |something |articles |news "
        r"|information )?(?:about|on) (?P<topic>.+)$",
        r"^(?:what|how) about (?P<topic>.+)$",
    )
]  # fmt: skip
_LATEST = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:what(?:'s| is| are) |give me |show me |any |tell me )?(?:the )?(?:latest|newest"
        r"|most recent|recent|last)(?: (?:news|articles?|stor(?:y|ies)|reports?|developments?|updates?"
        r"|headlines|information))? (?:on|about|from|regarding|with|in|of) (?P<topic>.+)$",
        r"^(?:what(?:'s| is) (?:new|happening|going on)) (?:with|in|about|on) (?P<topic>.+)$",
        r"^(?:any )?(?:news|updates?|headlines) (?:on|about|from|in|of) (?P<topic>.+)$",
        r"^(?:latest|newest|recent) (?P<topic>.+?)(?: news| headlines)?$",
        r"^(?P<topic>\S+(?: \S+){0,3}) (?:latest|news|headlines|updates?)$",
    )
]  # fmt: skip
_LIST = re.compile(
    r"^(?:please )?(?:(?:can you |could you )?(?:list|show|display|give)(?: me)?(?: a list of)?"
    r" (?:all )?(?:the |your )?(?:\w+ )?(?:articles|documents|stories|sources|files|archive|titles)"
    r"|(?:what|which) (?:articles|documents|stories|sources"
    r"|files)(?: (?:do you have|are (?:there|in (?:here|the archive))|have you(?: got)?"
    r"|can i ask about))?"
    r"|what(?:'s| is) in (?:the archive|here)|what do you have"
    r"|how many (?:articles|documents|stories)(?: (?:do you have|are there(?: in the archive)?"
    r"|have you))?"
    r"|what (?:can i ask about|topics are there|do you know))[\s?.!]*$",
    re.IGNORECASE,
)  # fmt: skip
_MORE = re.compile(
    r"^(?:please )?(?:tell me more|more(?: please| details?| info(?:rmation)?| about (?:it|this|that))?"
    r"|go on|continue|what else does (?:it|the article) say|and then|read on|show me more)[\s?.!]*$",
    re.IGNORECASE,
)  # fmt: skip
_EMPTY_TOPIC = re.compile(
    r"^(?:it|this|that|them|him|her|you|yourself|me|here|everything|anything|all|today|yesterday|now)$",
    re.IGNORECASE,
)


def asked_topic(text: str) -> Topic | None:
    """The topic of "what do you know about X?", "latest on X" and the like, None for any other text."""
    told = text.strip().rstrip("?!. ")
    for latest, patterns in ((False, _ASKED), (True, _LATEST)):
        for pattern in patterns:
            match = pattern.match(told)
            if match and not _EMPTY_TOPIC.match(match["topic"].strip()):
                return Topic(match["topic"].strip(" ,;:'\"“”"), latest)
    return None


def lists_articles(text: str) -> bool:
    """True for "list the articles" and the like."""
    return bool(_LIST.match(text.strip()))


def asks_for_more(text: str) -> bool:
    """True for "tell me more" and the like."""
    return bool(_MORE.match(text.strip()))


def named_alone(archive: Archive, text: str, filters: Filters = EVERYTHING) -> Topic | None:
    """The topic of a line that is a mere name, however it is typed; None for any other."""
    told = text.strip().rstrip("?!. ")
    words = [match[0] for match in tokens(told)]
    lowered = [word.lower() for word in words]
    if not 0 < len(words) <= MOST_NAME_WORDS or any(w in QUESTION_WORDS | AUXILIARIES for w in lowered):
        return None
    forms = content_forms(told)
    frequency = archive.lexical.document_frequency
    if not forms or not all(frequency(form) for form in forms):
        return None
    if len(words) == 1:
        return Topic(told)
    if all(word[0].isupper() or word.lower() in ("of", "the", "de", "and") for word in words):
        return Topic(told)
    if told != told.lower():
        return None
    hits = archive.lexical.search(told, MOST_ARTICLES, archive.filtered.spelt(filters))
    passages = archive.passages([passage for passage, _ in hits])
    texts = [archive.article(p.article_id).text[p.start : p.end] for p in passages.values()]
    known = capitalised(texts)
    return Topic(told) if all(word in known for word in lowered) else None


def overview(
    archive: Archive,
    question: str,
    topic: Topic,
    *,
    filters: Filters = EVERYTHING,
    asked_on: date | None = None,
) -> Answer:
    """The articles on a topic, each with its key sentence: the nearest first, or the newest."""
    started = time.perf_counter()
    found = Retriever(archive).search(normalise(topic.text), SEARCHED, filters=filters, asked_on=asked_on)
    rarity = load_selection().word_rarity
    asked = content_forms(topic.text)
    about = [
        hit
        for hit in found
        if coverage(asked, form_set(hit.text) | form_set(hit.article.title), rarity) >= ABOUT
    ]
    if topic.latest:
        about.sort(key=lambda hit: hit.article.published or date.min, reverse=True)
    told = _key_sentences(archive, topic, about)
    message = _counted(topic, told)
    return _reply(question, ReplyKind.OVERVIEW, message, told, started)


def _key_sentences(archive: Archive, topic: Topic, hits: Sequence[Hit]) -> list[Evidence]:
    """Of each of the first articles the sentence that is nearest to the topic."""
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        by_article.setdefault(hit.article.id, []).append(hit)
    chosen = list(by_article.values())[:MOST_ARTICLES]
    vector = archive.encoder.encode_questions([topic.text])[0]
    rarity = load_selection().word_rarity
    asked = content_forms(topic.text)
    found = []
    for some in chosen:
        article = some[0].article
        spans = [
            span
            for span in archive.sentences(article.id)
            if any(span.start < h.passage.end and h.passage.start < span.end for h in some)
        ]
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
    return found


def _counted(topic: Topic, told: Sequence[Evidence]) -> str:
    if not told:
        return f"No article is about “{topic.text}”."
    one = len(told) == 1
    head = f"{len(told)} article{'' if one else 's'} on “{topic.text}”"
    return f"{head}, the newest first." if topic.latest and not one else f"{head}."


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


def listed(archive: Archive, question: str, *, filters: Filters = EVERYTHING) -> Answer:
    """The articles of the archive, the newest first, each with its first sentence."""
    started = time.perf_counter()
    articles = [a for a in archive.articles() if filters.accept(a.source, a.published)]
    articles.sort(key=lambda article: article.published or date.min, reverse=True)
    told = [_piece(a, spans[0], 0.0) for a in articles[:MOST_LISTED] if (spans := archive.sentences(a.id))]
    many = len(articles)
    shown = f"; the newest {len(told)} of them" if len(told) < many else ""
    message = f"{many:,} article{'' if many == 1 else 's'} in the archive{shown}."
    if not many:
        message = "The archive is empty: `citewire index PATH` adds articles."
    return _reply(question, ReplyKind.ARTICLES, message, told, started)


def _piece(article: Article, span: Span, score: float) -> Evidence:
    return Evidence(article, span, span, score)


def _reply(question: str, kind: ReplyKind, message: str, told: Sequence[Evidence], started: float) -> Answer:
    took_ms = round(1000 * (time.perf_counter() - started), 1)
    return Answer(
        question, (), 0.0, took_ms, reason=message, kind=kind, message=message, overview=tuple(told)
    )
