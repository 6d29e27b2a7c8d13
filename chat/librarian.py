"""What the library's events call: leafing through, adding, removing and putting back, as HTML."""

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from chat import library, render, source
from chat.conversation import read_facts, read_scope
from chat.uploads import Uploads
from index.archive import Archive
from index.article import Article
from index.browsing import browse, outlets
from index.corrections import Facts
from index.documents import SUFFIXES
from index.errors import CitewireError, UsageError
from index.indexing import prepare
from index.network import Network
from qa.asking import read_day
from qa.programs import bounded, whole
from qa.rendering import Json

KEPT_REMOVED = 100  # articles that can be put back, until the page ends
READ_ONLY = "This archive is read only."


class Librarian:
    """The library of one archive; `uploads_folder` is where Gradio puts uploads, None if it is read only.

    With a `network` it also takes addresses.
    """

    def __init__(
        self,
        archive: Archive,
        uploads_folder: Path | None,
        most_megabytes: int = 0,
        network: Network | None = None,
    ) -> None:
        self.archive = archive
        self.uploads = Uploads(archive, uploads_folder, network) if uploads_folder else None
        self.most_megabytes = most_megabytes
        self._removed: OrderedDict[str, Article] = OrderedDict()

    def panel(self, _: object = None) -> str:
        """The library as it is opened, with the outlets there are now."""
        try:
            return library.panel(
                outlets(self.archive.database),
                uploads=self.uploads is not None,
                formats=SUFFIXES,
                most_megabytes=self.most_megabytes,
                addresses=self.uploads is not None and self.uploads.network is not None,
            )
        except CitewireError as error:
            return render.notice(str(error))

    def listing(self, wanted: object) -> str:
        """A page of the articles that a browser chose by `words`, `sources`, `after`, `before`, `offset`."""
        fields = wanted if isinstance(wanted, Mapping) else {}
        try:
            found = browse(
                self.archive.database,
                bounded(str(fields.get("words") or "")),
                read_scope(fields),
                offset=whole(fields.get("offset") or 0, 0, 1_000_000_000, "offset"),
                limit=library.PAGE,
            )
        except CitewireError as error:
            return render.notice(str(error))
        return library.listing(found)

    def add(self, wanted: object) -> Json:
        """Start adding uploads at the paths a browser named, or what is at the address it named.

        The progress as `report` gives it.
        """
        if self.uploads is None:
            return {"html": render.notice(READ_ONLY), "running": False}
        try:
            if isinstance(wanted, str):
                self.uploads.add_address(wanted)
            else:
                self.uploads.add(wanted if isinstance(wanted, list) else [])
        except CitewireError as error:
            return {"html": render.notice(str(error)), "running": False}
        return self.report()

    def report(self, _: object = None) -> Json:
        """How far adding has come: `html` to show, and whether it is `running` still."""
        if self.uploads is None:
            return {"html": "", "running": False}
        progress = self.uploads.progress
        return {"html": library.report(progress), "running": progress.running}

    def remove(self, article_id: object) -> Json:
        """Remove an article: `html` for the panel it stood in, and whether it was `done`."""
        if self.uploads is None:
            return {"html": source.missing(READ_ONLY), "done": False}
        try:
            article = self.archive.article(str(article_id))
            # As it was read: what was corrected of it stays in the archive, and counts again when it is back.
            article = self.archive.catalogue.corrections.as_read(article)
            self.archive.remove([article.id])
        except UsageError:
            return {"html": source.missing("This article is not in the archive any more."), "done": False}
        except CitewireError as error:
            return {"html": source.missing(str(error)), "done": False}
        self._removed[article.id] = article
        while len(self._removed) > KEPT_REMOVED:
            self._removed.popitem(last=False)
        return {"html": source.notice("Removed", library.removed(article)), "done": True}

    def correct(self, wanted: object) -> Json:
        """Correct an article's `source` and `published`; without these, go back to what its file gives.

        As `remove` returns it: the panel with the article as it is now.
        """
        if self.uploads is None:
            return {"html": source.missing(READ_ONLY), "done": False}
        fields = wanted if isinstance(wanted, Mapping) else {}
        try:
            article = self.archive.article(str(fields.get("article", "")))
            facts = Facts.of(self.archive.catalogue.corrections.as_read(article))
            if "source" in fields:
                facts = Facts(
                    bounded(str(fields["source"])),
                    read_day(str(fields.get("published") or "") or None, "published"),
                )
            article = self.archive.correct(article.id, facts)
        except CitewireError as error:
            return {"html": source.missing(str(error)), "done": False}
        view = source.View(removable=True, read=read_facts(self.archive, article))
        return {"html": source.panel(article, view), "done": True}

    def put_back(self, article_id: object) -> Json:
        """Put an article back that was removed from this page; its vectors follow in the background."""
        if self.uploads is None:
            return {"html": source.missing(READ_ONLY), "done": False}
        article = self._removed.get(str(article_id))
        if article is None:
            return {"html": source.missing("It cannot be put back any more."), "done": False}
        try:
            with self.archive.writing():
                self.archive.put([prepare(article, self.archive)])
        except CitewireError as error:
            return {"html": source.missing(str(error)), "done": False}
        self._removed.pop(article.id, None)
        self.uploads.catch_up()
        article = self.archive.article(article.id)
        view = source.View(removable=True, read=read_facts(self.archive, article))
        return {"html": source.panel(article, view), "done": True}
