"""Retrieval on the TIME collection: python -m eval time --data DIR.

423 articles of the magazine TIME of 1963, in capitals, 83 queries, judged by article. The retriever ranks
passages: an article stands where its first passage does. Beside it stand its two lists alone.
"""

import argparse
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.archives import record_archive
from eval.bootstrap import Interval
from eval.commands import (
    Exit,
    as_json,
    command_line,
    counted,
    origin,
    passage_length,
    print_intervals,
    save_results,
)
from eval.ranking import Ranked, means, measure
from eval.records import Record
from index.archive import Archive
from index.errors import UsageError
from qa.retriever import Retriever

FOLDER = Path("eval", "time_collection")
CORPUS, QUERIES, JUDGED = "corpus.jsonl.gz", "queries.jsonl.gz", "qrels.tsv.gz"
ADDRESS = "https://time.invalid/"  # a domain that RFC 2606 keeps free

# Average precision looks at the whole list: more passages than an archive of 423 articles has.
DEPTH = 10_000

Rank = Callable[[str], list[str]]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Collection:
    """The articles, the queries by id, and the articles that are relevant to each."""

    records: tuple[Record, ...]
    queries: dict[str, str]
    relevant: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One query's line: the articles ranked first by one system, and what the list is worth."""

    system: str
    query: str
    text: str
    relevant: tuple[str, ...]
    first: tuple[str, ...]
    measures: Ranked


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the data will not do.
    """
    options = _options(arguments[1:])
    collection = read_collection(options.data / FOLDER)
    with record_archive(collection.records, options.archive) as archive:
        lines = list(score(archive, collection))
        figures = figures_of(lines)
        record: Json = {
            "provenance": asdict(origin(command_line(arguments), options.data / FOLDER / QUERIES, archive)),
            "queries": len(collection.queries),
            "passages": passage_length(archive),
            "figures": as_json(figures),
        }
    save_results(options.out, record, lines)
    print_intervals(figures, heading=f"TIME: {len(collection.queries)} queries")
    print(f"\nsaved in {options.out}")
    return Exit.DONE


def figures_of(lines: Sequence[Line]) -> dict[str, Interval]:
    """Each system's measures, averaged over the queries."""
    by_system: dict[str, list[Ranked]] = {}
    for line in lines:
        by_system.setdefault(line.system, []).append(line.measures)
    return {
        f"{system}, {name}": means([getattr(ranked, field) for ranked in measured])
        for system, measured in by_system.items()
        for name, field in (("nDCG@10", "ndcg_10"), ("MAP", "average_precision"))
    }


def score(archive: Archive, collection: Collection) -> Iterator[Line]:
    """Every query put to the retriever, and to each of its lists alone."""
    for system, rank in systems(archive, collection).items():
        for query, text in counted(list(collection.queries.items()), system, "query"):
            found, relevant = rank(text), collection.relevant.get(query, frozenset())
            yield Line(
                system, query, text, tuple(sorted(relevant)), tuple(found[:10]), measure(found, relevant)
            )


def systems(archive: Archive, collection: Collection) -> dict[str, Rank]:
    """What is measured: text of a query to ids of the data set's articles, best first."""
    ids = {article.id: article.url.removeprefix(ADDRESS) for article in archive.articles()}
    # Asked on the last day there is: the queries know nothing of later years.
    asked_on = max(date.fromisoformat(record.published) for record in collection.records)
    retriever = Retriever(archive)

    def of_passages(found: Sequence[tuple[int, float]]) -> list[str]:
        passages = archive.passages([passage for passage, _ in found])
        return list(dict.fromkeys(ids[passages[passage].article_id] for passage, _ in found))

    def ranked(text: str) -> list[str]:
        hits = retriever.search(text, passages_held, asked_on=asked_on)
        return list(dict.fromkeys(ids[hit.article.id] for hit in hits))

    passages_held = max(1, min(DEPTH, archive.counts().passages))
    return {
        "Citewire": ranked,
        "words alone": lambda text: of_passages(archive.search_words(text, passages_held)),
        "meaning alone": lambda text: of_passages(archive.search_meaning(text, passages_held)),
    }


def read_collection(folder: Path) -> Collection:
    """The collection as its files have it; queries without a relevant article are left out.

    Raises:
        UsageError: if a file is not there or not what it should be.
    """
    try:
        relevant = _judgements(folder / JUDGED)
        queries = {str(item["_id"]): str(item["text"]) for item in _lines(folder / QUERIES)}
        return Collection(
            records=tuple(_record(item) for item in _lines(folder / CORPUS)),
            queries={query: text for query, text in queries.items() if query in relevant},
            relevant=relevant,
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder}: not the TIME collection ({error!r})") from error


def _record(item: Json) -> Record:
    month, day = item["date"].split("/")[:2]  # one has no year: all are of 1963
    # The texts have no titles; their ids go into the address, which tells them apart after indexing.
    return Record(
        "", item["text"], f"{ADDRESS}{item['_id']}", "TIME", date(1963, int(month), int(day)).isoformat()
    )


def _judgements(path: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)  # the heading
        for line in lines:
            query, article, grade = line.split("\t")
            if int(grade) > 0:
                found.setdefault(query, set()).add(article)
    return {query: frozenset(articles) for query, articles in found.items()}


def _lines(path: Path) -> Iterator[Json]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval time", description="Retrieval on the TIME collection of 1963: nDCG@10 and MAP."
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    add("--archive", type=Path, metavar="DIR", help="where to keep the archive; default: temporary")
    add("--out", type=Path, default=Path("eval", "results", "time"), metavar="DIR", help="for the results")
    return parser.parse_args(list(arguments))
