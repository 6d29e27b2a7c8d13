"""What the page's events call: a question becomes a turn, a citation becomes the source, both as HTML."""

import logging
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from chat import feedback, render, why
from chat.citations import NO_PLACE
from chat.export import File, Format, export
from chat.markup import fingerprint
from chat.source import Elsewhere, View, missing, panel
from chat.turns import Seals, Turn
from chat.welcome import Holdings, survey, welcome
from index.archive import Archive
from index.article import Article, Span
from index.catalogue import Counts
from index.corrections import Facts
from index.errors import CitewireError, UsageError
from index.filters import EVERYTHING, Filters
from index.words import content_forms, form_set
from qa.answer import Answer, ReplyKind
from qa.dialogue import Dialogue
from qa.explanation import explain
from qa.programs import LONGEST_QUESTION, filters_of
from qa.rendering import to_json
from qa.turn import Turn as Said

READING = "Reading the archive …"
WARMING = "Loading the models, then reading the archive …"
BROKEN = "Something went wrong while reading the archive; the terminal Citewire runs in says what."
WARM_UP = "Who said what?"  # any question loads all models
MOST_FOUND = 200  # words of an article that are marked
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
MOST_CITATIONS = 100  # of one reply, as a browser names them

log = logging.getLogger("citewire")

Asker = Callable[..., Answer]
"""Answers a question from an archive, as `qa.ask` does."""


class Conversation:
    """Replies, sources and the welcome of one archive; it keeps nothing about who is asking.

    With `read_only`, nothing that readers do changes a file of the archive.
    """

    def __init__(
        self,
        archive: Archive,
        ask: Asker,
        *,
        read_only: bool = False,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.archive = archive
        self.read_only = read_only
        self.seals = Seals.of(archive.folder)
        self._ask = ask
        self._today = today
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
    def ready(self) -> bool:
        """True once the models are loaded, or cannot be."""
        return self._warm.is_set()

    @property
    def progress(self) -> str:
        """What to say while a question is being answered."""
        return READING if self.ready else WARMING

    def turn(
        self, question: str, before: Sequence[Turn] = (), scope: object = None, *, follow_up: bool = True
    ) -> Turn:
        """The turn of a question, asked after the turns `before` and within the filters of `scope`.

        Without `follow_up` it is read as typed. An error is one line of it, never a traceback.
        """
        asked = question.strip()
        try:
            filters = read_scope(scope)
            answer, said = self._answer(asked, before if follow_up else (), filters)
        except CitewireError as error:
            return Turn(asked, render.turn(question, render.notice(str(error))))
        except Exception:
            log.exception("The question could not be answered")
            return Turn(asked, render.turn(question, render.notice(BROKEN)))
        judged = answer.kind is ReplyKind.ANSWER and not self.read_only
        reply = render.selection(filters) + render.reply(answer)
        html = render.turn(question, reply, render.verdict(answer) if judged else "")
        return Turn(asked, html, to_json(answer), filters, said, self._today())

    def _answer(self, question: str, before: Sequence[Turn], filters: Filters) -> tuple[Answer, Said | None]:
        """The answer from the archive, and what later questions may refer to of it.

        Raises:
            UsageError: if there is nothing to answer, or nothing to answer it from.
        """
        if not question:
            raise UsageError("Type a question first.")
        if len(question) > LONGEST_QUESTION:
            raise UsageError(
                f"That is {len(question):,} characters; please ask in at most {LONGEST_QUESTION:,}."
            )
        if not self.archive.counts().articles:
            raise UsageError("The archive is empty: add articles with `citewire index PATH`.")
        dialogue = Dialogue.after(self.archive, [turn.said for turn in before if turn.said])
        options: dict[str, Any] = {"history": dialogue.turns} if dialogue.turns else {}
        if filters:
            options["filters"] = filters
        answer = self._ask(self.archive, question, **options)
        return answer, dialogue.said(self.archive, answer)

    def why(self, kept: object) -> str:
        """Why the last of these sealed turns has its answer, or none, as HTML; it is answered once more."""
        *before, turn = [*self.seals.open_all(kept)] or [Turn("", "")]
        if turn.answer is None:
            return render.notice("There is nothing here to explain.")
        history = [earlier.said for earlier in before if earlier.said] if turn.answer["read_as"] else []
        try:
            day = turn.asked_on or self._today()
            found = explain(self.archive, turn.question, history=history, filters=turn.filters, asked_on=day)
            return why.panel(found)
        except CitewireError as error:
            return render.notice(str(error))
        except Exception:
            log.exception("The answer could not be explained")
            return render.notice(BROKEN)

    def source(self, place: object) -> str:
        """The source panel for a place the page named: an article, the sentence and the answer in it.

        The place comes from a browser, so nothing in it is trusted: spans are cut to the text.
        """
        named = place if isinstance(place, Mapping) else {}
        try:
            article = self.archive.article(str(named.get("article", "")))
        except UsageError:
            return missing("This article is not in the archive any more.")
        except CitewireError as error:
            return missing(str(error))
        return panel(article, self._view(named, article))

    def _view(self, place: Mapping[str, Any], article: Article) -> View:
        removable = not self.read_only
        sentence = _span(place, "quoteStart", "quoteEnd", article)
        check = place.get("check")
        if check and check != fingerprint(sentence.of(article.text)):
            return View(removable=removable, changed=True, read=read_facts(self.archive, article))
        others = place.get("others")
        listed = others[:MOST_CITATIONS] if isinstance(others, list) else []
        return View(
            found=_found(article, str(place.get("words") or "")),
            read=read_facts(self.archive, article),
            sentence=sentence,
            answer=_span(place, "start", "end", article),
            others=tuple(
                Elsewhere(_whole(other.get("number")), _span(other, "quoteStart", "quoteEnd", article))
                for other in listed
                if isinstance(other, Mapping) and other.get("article") == article.id
            ),
            number=_whole(place.get("number")),
            count=_whole(place.get("count")),
            removable=removable,
        )

    def judge(self, said: object) -> str:
        """Keep a verdict on the last of the sealed `turns`; what to tell the reader, as text."""
        if self.read_only:
            return "This archive is read only."
        fields = said if isinstance(said, Mapping) else {}
        *before, turn = [*self.seals.open_all(fields.get("turns"))] or [Turn("", "")]
        try:
            feedback.keep(
                self.archive.folder, feedback.gold(turn, before, fields, turn.asked_on or self._today())
            )
        except UsageError as error:
            return str(error)
        return feedback.THANKS

    def export(self, wanted: object) -> dict[str, str]:
        """A file of sealed `turns` in a `format`: its name, media type and text; `error` if there is none."""
        fields = wanted if isinstance(wanted, Mapping) else {}
        turns = self.seals.open_all(fields.get("turns"))
        try:
            form = Format(str(fields.get("format")))
        except ValueError:
            return {"error": "There is no such format."}
        if not turns:
            return {"error": "There is nothing to export yet."}
        file: File = export(turns, form, self._today())
        return {"name": file.name, "kind": file.kind, "text": file.text}

    def welcome(self) -> str:
        """What the archive holds now and examples; looked up again only when its counts have changed."""
        try:
            counts = self.archive.counts()
            if self._surveyed is None or self._surveyed[0] != counts:
                self._surveyed = counts, survey(self.archive)
        except CitewireError as error:
            return render.notice(str(error))
        return welcome(self._surveyed[1], counts.coverage)


def read_scope(scope: object) -> Filters:
    """The filters a browser named: `sources`, `after` and `before`; everything if it names none.

    Raises:
        UsageError: if they are no filters.
    """
    if not isinstance(scope, Mapping):
        return EVERYTHING
    sources = scope.get("sources") or []
    if not isinstance(sources, list):
        raise UsageError("sources: expected a list of outlets")
    return filters_of(sources, str(scope.get("after") or ""), str(scope.get("before") or ""))


def _span(place: Mapping[str, object], start: str, end: str, article: Article) -> Span:
    """The span two fields of a place name, cut to the article; empty if they name none."""
    try:
        first, last = (int(str(place.get(key, 0))) for key in (start, end))
    except ValueError:
        return NO_PLACE
    length = len(article.text)
    return Span(min(max(first, 0), length), min(max(last, 0), length))


def _found(article: Article, words: str) -> tuple[Span, ...]:
    """Where the first words of an article stand that a list was searched for, in any of their forms."""
    wanted = set(content_forms(words[:LONGEST_QUESTION]))
    if not wanted:
        return ()
    spans = (Span(*match.span()) for match in _WORD.finditer(article.text))
    held = (span for span in spans if not wanted.isdisjoint(form_set(span.of(article.text))))
    return tuple(islice(held, MOST_FOUND))


def read_facts(archive: Archive, article: Article) -> Facts | None:
    """What the file of an article gives as its outlet and day, None where no reader has corrected them."""
    read = Facts.of(archive.catalogue.corrections.as_read(article))
    return None if read == Facts.of(article) else read


def _whole(value: object) -> int:
    """A small number a browser sent, 0 for anything else."""
    return value if isinstance(value, int) and 0 <= value <= MOST_CITATIONS else 0
