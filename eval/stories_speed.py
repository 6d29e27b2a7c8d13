"""How long grouping a large archive takes: python -m eval.stories_speed --data DIR.

The 37,500 articles of AllSides are put into a temporary archive as they are, not split and not encoded,
and grouped; then one article is added and one removed, which is what an everyday change costs.
"""

import argparse
import json
import lzma
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from eval.basil_task import OTHERS
from eval.provenance import Machine
from index.archive import Archive
from index.article import Article
from index.catalogue import Prepared


def main() -> None:
    """Group, add one, remove one; print what each took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--data", type=Path, required=True, help="the data folder (with corpus/ in it)")
    parser.add_argument("--articles", type=int, help="only the first N")
    options = parser.parse_args()
    articles = list(_articles(options.data / OTHERS))[: options.articles]
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        archive.put([Prepared(article, (), ()) for article in articles[1:]])
        _timed(f"group {len(articles) - 1} articles", archive.update_stories)
        archive.put([Prepared(articles[0], (), ())])
        _timed("add one article", archive.update_stories)
        _timed("remove it", lambda: archive.remove([articles[0].id]))
        stories = archive.stories()
        _timed("list all stories", archive.stories)
        _timed("the story of one article", lambda: archive.story(articles[1].id))
    sizes = Counter(min(len(story.articles), 10) for story in stories)
    print("stories by size (10 or more as 10):", dict(sorted(sizes.items())))
    largest = max(stories, key=lambda story: len(story.articles))
    print(f"largest: {len(largest.articles)} articles, {len(largest.outlets)} outlets, {largest.title!r}")
    print("articles that are versions of another:", sum(len(s.articles) - s.texts for s in stories))
    print(Machine.here())


def _articles(path: Path) -> Iterator[Article]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            yield Article(
                id=record["id"],
                title=record["title"],
                text=record["text"],
                source=record["source"],
                published=_day(record["date"]),
                origin=f"{path.name}#{number}",
            )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _timed(what: str, work: Callable[[], object]) -> None:
    started, used = time.perf_counter(), time.process_time()
    work()
    print(
        f"{what}: {time.perf_counter() - started:.2f} s, {time.process_time() - used:.2f} s of processor",
        flush=True,
    )


if __name__ == "__main__":
    main()
