"""Stories measured on BASIL: python -m eval basil --data DIR.

100 events, each told by three outlets (Fan et al. 2019, https://aclanthology.org/D19-1664/), mixed among
5,000 articles of AllSides: how well do stories bring the three together and keep all else apart? The other
articles may be about the same events. Nobody has read them, so they count in figures of their own.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from eval.basil_figures import intervals, score_events
from eval.basil_task import EVENTS, OTHER_ARTICLES, StoryArticle, Task, read_task
from eval.commands import Exit, Json, as_json, command_line, origin_of, print_intervals, save_results
from eval.provenance import Provenance
from index.catalogue import Counts
from index.stories_events import Told, group
from index.stories_words import profile_of


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the data will not do.
    """
    options = _options(arguments[1:])
    task = read_task(options.data, others=options.others)
    started = time.perf_counter()
    stories = grouped(task.articles)
    took_s = time.perf_counter() - started
    figures = intervals(score_events(task.events, stories), seed=options.seed)
    command = command_line(arguments)
    record = {
        "provenance": asdict(_provenance(command, task, options.data / EVENTS)),
        "events": len(set(task.events.values())),
        "articles of events": len(task.events),
        "other articles": len(task.articles) - len(task.events),
        "left out, versions of an event's article": task.duplicates,
        "stories of several articles": sum(len(story) > 1 for story in stories),
        "took_s": round(took_s, 1),
        "bootstrap_seed": options.seed,
        "figures": as_json(figures),
    }
    save_results(options.out, record, _lines(task.articles, stories), each="stories.jsonl")
    print_intervals(figures)
    print(f"\n{len(task.articles)} articles grouped in {took_s:.0f} s; saved in {options.out}")
    return Exit.DONE


def grouped(articles: Sequence[StoryArticle]) -> list[list[str]]:
    """The articles as the product groups them: their ids, story by story."""
    told = [
        Told(number, article.day.toordinal(), profile_of(article.title, article.text))
        for number, article in enumerate(articles)
    ]
    stories = group(told, lambda number: articles[number].text)
    return [[articles[version.number].id for text in story for version in text] for story in stories]


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval basil", description="How well stories bring reports of one event together."
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    add("--others", type=int, default=OTHER_ARTICLES, metavar="N", help="articles of no event beside them"
        f" (default: {OTHER_ARTICLES})")  # fmt: skip
    add("--out", type=Path, default=Path("eval", "results", "basil"), metavar="DIR", help="for the results")
    add("--seed", type=int, default=0, help="seed of the bootstrap (default: 0)")
    return parser.parse_args(list(arguments))


def _provenance(command: str, task: Task, events: Path) -> Provenance:
    contents = "\n".join(f"{article.id} {article.title} {article.text}" for article in task.articles)
    return origin_of(
        command,
        events,
        encoder="none: stories are told by words",
        checksum=None,
        contents=sha256(contents.encode("utf-8", "surrogatepass")).hexdigest(),
        counts=Counts(articles=len(task.articles), sentences=0, passages=0, embedded=0),
    )


def _lines(articles: Sequence[StoryArticle], stories: Sequence[Sequence[str]]) -> Iterator[Json]:
    """A line for each story with an article of an event in it, so that every error can be looked at."""
    by_id = {article.id: article for article in articles}
    for story in stories:
        told = [by_id[one] for one in story]
        if any(article.event for article in told):
            yield {
                "events": sorted({article.event for article in told if article.event}),
                "articles": [
                    {
                        "id": article.id,
                        "event": article.event,
                        "source": article.source,
                        "day": article.day.isoformat(),
                        "title": article.title,
                    }
                    for article in told
                ],
            }
