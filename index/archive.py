"""An archive on disk: articles that can be listed, added, removed and searched.

The catalogue (SQLite) is the only truth. Words are searchable as soon as an article is in it; meaning
(vectors) follows when `embed` has run. The folder holds:

    catalogue.sqlite    articles, sentences, passages, embeddings, lexical index, stories
    manifest.json       what it was made with (a readable copy of what the catalogue says)
    vectors.faiss/.json derived from the catalogue, made anew when missing, stale or damaged
    writer.lock         held by the process that is indexing
"""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from index.archive_folder import CATALOGUE, ArchiveFolder, default_folder
from index.article import Article, Passage, Span
from index.catalogue import Catalogue, Counts, Outcome, Prepared
from index.corrections import Facts, checked
from index.database import Database
from index.dense import DenseIndex
from index.embeddings import Embeddings
from index.encoder import Encoder, Vectors
from index.errors import ArchiveLockedError, UsageError
from index.filtered import FilteredPassages
from index.filters import EVERYTHING, Filters
from index.lexical import LexicalIndex
from index.loading import load_encoder
from index.settings import Settings
from index.stories import Story, StoryIndex, story_article
from index.text_vectors import TextVectors

# Texts encoded and committed together: what a kill can cost, a few seconds of two cores.
EMBED_BATCH = 64
# Texts sorted by length together, so that batches hold texts of one length and little is padded.
EMBED_CHUNK = 16 * EMBED_BATCH

NO_VECTOR: Vectors = np.empty(0, dtype=np.float32)


class Archive:
    """An indexed collection of articles; open it with `Archive.open`."""

    def __init__(self, folder: Path, database: Database, encoder: Encoder | None, settings: Settings) -> None:
        self.folder = folder
        self.database = database
        self.lexical = LexicalIndex(database)
        self.catalogue = Catalogue(database, self.lexical)
        self.filtered = FilteredPassages(database)
        self.story_index = StoryIndex(database)
        self._encoder = encoder
        self._encoder_checked = False
        self._asked: tuple[str | None, Vectors] = (None, NO_VECTOR)
        self._loading = threading.RLock()
        self._dense: DenseIndex | None = None
        self._texts: TextVectors | None = None
        self._place = ArchiveFolder(folder, database)
        self.manifest = self._place.read_manifest(settings)

    @classmethod
    def open(
        cls,
        folder: str | Path | None = None,
        *,
        encoder: Encoder | None = None,
        settings: Settings | None = None,
        create: bool = True,
    ) -> "Archive":
        """Open the archive in a folder, or make an empty one there.

        Without a folder it is CITEWIRE_ARCHIVE of the environment, else the user's data folder. The
        encoder is loaded on first need; `settings` count only for a new archive.

        Raises:
            UsageError: if the folder is no folder, or holds no archive and `create` is off.
            ArchiveFormatError: if what is there cannot be read.
        """
        path = Path(folder).expanduser() if folder is not None else default_folder()
        file = path / CATALOGUE
        if not create and not file.exists():
            raise UsageError(f"{path}: no archive here; make one with `citewire index PATH --archive {path}`")
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{path}: cannot hold an archive ({error.strerror})") from error
        return cls(path, Database(file), encoder, settings or Settings())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the files."""
        self.database.close()

    # Articles

    def articles(self) -> Iterator[Article]:
        """All articles in the order they were added."""
        return self.catalogue.articles()

    def article(self, article_id: str) -> Article:
        """The article of this id.

        Raises:
            UsageError: if there is none.
        """
        return self.catalogue.article(article_id)

    def sentences(self, article_id: str) -> list[Span]:
        """The sentences of an article in the order of the text."""
        return self.catalogue.sentences(article_id)

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id; ids that are not there any more are left out."""
        return self.catalogue.passages(ids)

    def published(self, ids: Sequence[int]) -> dict[int, date | None]:
        """Days of publication by passage id; ids that are not there any more are left out."""
        return self.catalogue.published(ids)

    @property
    def is_empty(self) -> bool:
        """Whether there is no article in it; quicker than to count them and their passages."""
        return self.catalogue.is_empty

    def counts(self) -> Counts:
        """How much the archive holds, and how much of it has vectors."""
        return self.catalogue.counts()

    def put(self, batch: Sequence[Prepared]) -> list[Outcome]:
        """Add or update articles (see Catalogue.put); they can be asked by their words at once."""
        return self.catalogue.put(batch)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove articles and everything derived from them, all or none.

        Raises:
            UsageError: if there is no article of one of these ids.
            ArchiveLockedError: if another process is indexing.
        """
        with self.writing():
            self.catalogue.remove(ids)
            self.story_index.update()

    def correct(self, article_id: str, facts: Facts) -> Article:
        """Let other facts than its file's count for an article, or the file's again; the article with them.

        Raises:
            UsageError: if there is no article of this id, or the outlet's name is too long.
            ArchiveLockedError: if another process is indexing.
        """
        with self.writing():
            article = self.article(article_id)
            with self.database.transaction() as connection:
                self.catalogue.corrections.correct(connection, article, checked(facts))
                self.story_index.forget(connection, article_id)
            self.story_index.update()
        return self.article(article_id)

    # Stories

    def story(self, article_id: str) -> Story:
        """The story an article belongs to, which may be its own alone.

        Raises:
            UsageError: if there is no article of this id.
        """
        self._update_stories_if_free()
        return self.story_index.story(article_id) or Story((story_article(self.article(article_id)),))

    def stories(self) -> list[Story]:
        """All stories, those of one article too, in the order in which their first articles were added."""
        self._update_stories_if_free()
        return self.story_index.stories()

    def update_stories(self) -> None:
        """Bring the stories up to date with the articles; nothing to do costs little.

        Raises:
            ArchiveLockedError: if another process is writing.
        """
        with self.writing():
            if not self.story_index.is_current:
                self.story_index.update()

    def rebuild_stories(self) -> None:
        """Make the stories anew from the articles.

        Raises:
            ArchiveLockedError: if another process is writing.
        """
        with self.writing():
            self.story_index.rebuild()

    def _update_stories_if_free(self) -> None:
        # While another process is indexing, the stories are those it left: it brings them up to date itself.
        if not self.story_index.is_current:
            with contextlib.suppress(ArchiveLockedError):
                self.update_stories()

    # Search

    def search_words(self, query: str, k: int, filters: Filters = EVERYTHING) -> list[tuple[int, float]]:
        """The k best (passage id, BM25) for any of a query's words, best first.

        Only passages of articles that the filters accept are ranked.
        """
        return self.lexical.search(query, k, self.filtered.spelt(filters))

    def search_meaning(self, question: str, k: int, filters: Filters = EVERYTHING) -> list[tuple[int, float]]:
        """The k best (passage id, cosine) among the passages that have a vector, best first.

        Only passages of articles that the filters accept are ranked.
        """
        # Loading the encoder takes a second; without vectors it could find nothing.
        if not self.catalogue.has_vectors:
            return []
        vector = self._question_vector(question)
        return self.dense.search(vector, k, among=self.filtered.ids(filters) if filters else None)

    def search_both(
        self, question: str, k: int, filters: Filters = EVERYTHING
    ) -> tuple[list[tuple[int, float]], list[tuple[int, float]]]:
        """What `search_meaning` and `search_words` find, searched side by side."""
        if not self.catalogue.has_vectors:
            return [], self.search_words(question, k, filters)
        # What needs the catalogue is got here: a thread of its own would leave a connection behind.
        vectors, among = self.dense.current(), self.filtered.ids(filters) if filters else None
        with ThreadPoolExecutor(1) as worker:
            found = worker.submit(lambda: vectors.search(self._question_vector(question), k, among=among))
            told = self.search_words(question, k, filters)
            return found.result(), told

    def meaning(self, question: str, passages: Sequence[int]) -> dict[int, float]:
        """Cosine to the question of each of the passages that has a vector."""
        if not self.catalogue.has_vectors:
            return {}
        return self.embeddings.cosines(self._question_vector(question), passages)

    def _question_vector(self, question: str) -> Vectors:
        # A question is searched for with several filters, one right after the other.
        asked, vector = self._asked
        if asked != question:
            vector = self.encoder.encode_questions([question])[0]
            self._asked = (question, vector)
        return vector

    @property
    def encoder(self) -> Encoder:
        """The encoder the archive was made with, loaded on first need.

        Raises:
            EncoderMismatchError: if the encoder given or installed is another one.
        """
        with self._loading:
            if self._encoder is None:
                self._encoder = load_encoder(self.settings.encoder)
            if not self._encoder_checked:
                accepted = self.manifest.accept(self._encoder, self.folder)
                if accepted != self.manifest:
                    self._place.write_manifest(accepted)
                self.manifest, self._encoder_checked = accepted, True
            return self._encoder

    @property
    def settings(self) -> Settings:
        """How its passages are made."""
        return self.manifest.settings

    @property
    def embeddings(self) -> Embeddings:
        """The vectors in the catalogue."""
        return Embeddings(self.database, self.encoder.dimension)

    @property
    def dense(self) -> DenseIndex:
        """The vector search, following the catalogue."""
        with self._loading:
            if self._dense is None:
                path = self.folder / "vectors.faiss"
                self._dense = DenseIndex(self.embeddings, path, self.encoder.checksum)
            return self._dense

    @property
    def texts(self) -> TextVectors:
        """Vectors of sentences and other short texts, encoded when first asked for."""
        with self._loading:
            if self._texts is None:
                self._texts = TextVectors(self.encoder)
            return self._texts

    def embed(self, advance: Callable[[int], None] = lambda _: None) -> int:
        """Encode what has no vector yet, committing as it goes; how many texts were encoded.

        `advance` is called with the number of texts after each commit.
        """
        embeddings, done = self.embeddings, 0
        while chunk := embeddings.pending(EMBED_CHUNK):
            chunk.sort(key=lambda item: len(item[1]))
            for first in range(0, len(chunk), EMBED_BATCH):
                keys, texts = zip(*chunk[first : first + EMBED_BATCH], strict=True)
                embeddings.store(keys, self.encoder.encode_passages(texts))
                done += len(keys)
                advance(len(keys))
        return done

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the archive for writing, again if held already; readers go on meanwhile.

        Raises:
            ArchiveLockedError: if another process holds it.
        """
        with self._place.writing():
            yield
