"""The articles of the BASIL measurement: those of its events, and others of AllSides to mix them among."""

import gzip
import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from index.errors import UsageError
from index.stories_copies import same_text

EVENTS = Path("eval", "basil_story_triples.jsonl.gz")
OTHERS = Path("corpus", "allsides_articles.jsonl.xz")

# The others are the articles of the smallest hashes: always the same ones, and a larger number has them too.
OTHER_ARTICLES = 5_000
FEWEST_CHARACTERS = 200  # shorter texts are what a failed scrape left

# A copy of an event's article is looked for among what appeared this many days from it.
DUPLICATE_DAYS = 30


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article to be grouped; `event` is "" for the others."""

    id: str
    event: str
    source: str
    title: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Task:
    """The articles of the events, then the others; `duplicates` of the events' articles were left out."""

    articles: tuple[StoryArticle, ...]
    duplicates: int

    @property
    def events(self) -> dict[str, str]:
        """The event of each article that has one, by id."""
        return {article.id: article.event for article in self.articles if article.event}


def read_task(data: Path, *, others: int = OTHER_ARTICLES) -> Task:
    """The events' articles, and as many others, versions of an event's article left out.

    Raises:
        UsageError: if a file of `data` is not there or not what it should be.
    """
    told = read_events(data)
    kept: list[StoryArticle] = []
    duplicates = 0
    for article in sorted(_read(data / OTHERS, _of_no_event), key=_hash):
        if len(kept) == others:
            break
        if _is_version(article, told):
            duplicates += 1
        else:
            kept.append(article)
    return Task((*told, *kept), duplicates)


def read_events(data: Path) -> list[StoryArticle]:
    """The articles of the events, three each.

    Raises:
        UsageError: if the file of `data` is not there or not what it should be.
    """
    return list(_read(data / EVENTS, _of_event))


def _read(path: Path, article_of: Callable[[dict[str, Any]], StoryArticle | None]) -> Iterator[StoryArticle]:
    unpacked = gzip.open if path.suffix == ".gz" else lzma.open
    try:
        with unpacked(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = article_of(json.loads(line))
                if article is not None:
                    yield article
    except (OSError, EOFError, lzma.LZMAError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: cannot be read as articles ({error!r})") from error


def _of_event(record: dict[str, Any]) -> StoryArticle:
    paragraphs = (" ".join(sentences) for sentences in record["body-paragraphs"])
    return StoryArticle(
        id=f"{record['triplet-uuid']} {record['source'].lower()}",  # four have the uuid "empty"
        event=record["triplet-uuid"],
        source=record["source"].lower(),
        title=record["title"],
        text="\n\n".join(paragraphs),
        day=date.fromisoformat(record["date"]),
    )


def _of_no_event(record: dict[str, Any]) -> StoryArticle | None:
    """The article, None if it has no day or hardly any text."""
    try:
        day = date.fromisoformat(record["date"])
    except ValueError:
        return None
    if len(record["text"]) < FEWEST_CHARACTERS:
        return None
    return StoryArticle(record["id"], "", record["source"], record["title"], record["text"], day)


def _hash(article: StoryArticle) -> str:
    return sha256(f"basil others {article.id}".encode()).hexdigest()


def _is_version(article: StoryArticle, told: Sequence[StoryArticle]) -> bool:
    return any(
        abs((article.day - other.day).days) <= DUPLICATE_DAYS and same_text(article.text, other.text)
        for other in told
    )
