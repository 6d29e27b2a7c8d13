"""What the page's events call: a question becomes a reply, a citation becomes the source, both as HTML."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from chat import render, source
from chat.welcome import Holdings, survey, welcome
from index.archive import Archive
from index.article import Article, Span
from index.catalogue import Counts
from index.errors import CitewireError, UsageError
from qa.answer import Answer
from qa.rendering import to_json

LONGEST_QUESTION = 2_000  # characters; some five times what the encoder reads
READING = "Reading the archive …"
WARMING = "Loading the models, then reading the archive …"
BROKEN = "Something went wrong while reading the archive; the terminal Citewire runs in says what."
WARM_UP = "Who said what?"  # any question loads all models

log = logging.getLogger("citewire")

Asker = Callable[[Archive, str], Answer]
"""Answers a question from an archive, as `qa.ask` does."""


class Conversation:
    """Replies, sources and the welcome of one archive; it keeps nothing about who is asking."""

    def __init__(self, archive: Archive, ask: Asker) -> None:
        self.archive = archive
        self._ask = ask
        self._warm = threading.Event()
        self._surveyed: tuple[Counts, Holdings] | None = None

    def warm_up(self) -> None:
        """Load the models now, so that the first question need not wait."""
        try:
            if self.archive.counts().articles:
                self._ask(self.archive, WARM_UP)
        except CitewireError as error:
            log.warning("%s", error)
        finally:
            self._warm.set()

    @property
    def progress(self) -> str:
        """What to say while a question is being answered."""
        return READING if self._warm.is_set() else WARMING

    def reply(self, question: str) -> str:
        """The reply as HTML; an error is one line of it, never a traceback."""
        try:
            return self._reply(question.strip())
        except CitewireError as error:
            return render.notice(str(error))
        except Exception:
            log.exception("The question could not be answered")
            return render.notice(BROKEN)

    def _reply(self, question: str) -> str:
        if not question:
            return render.notice("Type a question first.")
        if len(question) > LONGEST_QUESTION:
            return render.notice(
                f"That is {len(question):,} characters; please ask in at most {LONGEST_QUESTION:,}."
            )
        if not self.archive.counts().articles:
            return render.notice("The archive is empty: add articles with `citewire index PATH`.")
        return render.reply(self._ask(self.archive, question))

    def answer_json(self, question: str) -> dict[str, Any]:
        """Answer a question from the archive, as the same JSON object that `citewire ask --json` prints."""
        return to_json(self._ask(self.archive, question))

    def source(self, place: Mapping[str, object]) -> str:
        """The source panel for a place the page named: an article, the sentence and the answer in it.

        The place comes from a browser, so nothing in it is trusted: spans are cut to the text.
        """
        try:
            article = self.archive.article(str(place.get("article", "")))
        except UsageError:
            return source.missing("This article is not in the archive any more.")
        except CitewireError as error:
            return source.missing(str(error))
        sentence = _span(place, "quoteStart", "quoteEnd", article)
        return source.panel(article, sentence, _span(place, "start", "end", article))

    def welcome(self) -> str:
        """What the archive holds now and examples; looked up again only when its counts have changed."""
        try:
            counts = self.archive.counts()
            if self._surveyed is None or self._surveyed[0] != counts:
                self._surveyed = counts, survey(self.archive.articles())
        except CitewireError as error:
            return render.notice(str(error))
        return welcome(self._surveyed[1], counts.coverage)


def _span(place: Mapping[str, object], start: str, end: str, article: Article) -> Span:
    """The span two fields of a place name, cut to the article; empty if they name none."""
    try:
        first, last = (int(str(place.get(key, 0))) for key in (start, end))
    except ValueError:
        return source.NO_PLACE
    length = len(article.text)
    return Span(min(max(first, 0), length), min(max(last, 0), length))
