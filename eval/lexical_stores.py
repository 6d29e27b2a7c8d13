"""SQLite FTS5, tantivy and bm25s as the store of words.

    python -m eval lexical --data DIR --archive DIR --venv DIR

The passages of an archive of RealTimeQA, filled up with windows of AllSides articles, and the questions that
the archive answers. FTS5 gets the forms of words that index/lexical.py gives it and is asked for any of them;
the others, which run in an environment of their own (eval/lexical_run.py), get them too, and their own stems.
The product's search asks for more (abbreviations, names in full) and leaves out passages with nothing but
common words: it has a line of its own where the archive is as large as what is measured.
"""

import argparse
import json
import lzma
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from eval.answerable import answerable_questions
from eval.commands import Exit, Json, as_json, command_line, origin, save_results
from eval.copies import temporary_folder
from eval.environment import HERE, environment, installed, run
from eval.gold import Gold
from eval.lexical_run import Stopwatch
from eval.realtimeqa import QUESTIONS
from eval.side_by_side import DEPTH, figures_of, judged, print_table
from index.archive import Archive
from index.errors import UsageError
from index.lexical import TEXT_WEIGHT, TITLE_WEIGHT, match_query
from index.words import content_forms

FILLER = Path("corpus", "allsides_articles.jsonl.xz")
PASSAGES = 300_000
WINDOW = 90  # words of a filling passage: about as long as the archive's
ARTICLE = 12  # as in eval/lexical_run.py: the passages that are added afterwards

PRODUCT = "FTS5 in Citewire's search"
STORED = ("build_s", "build_cpu_s", "add_s", "add_cpu_s", "megabytes")

SCHEMA = (
    "CREATE VIRTUAL TABLE passage_words USING fts5"
    " (title, text, content = '', tokenize = 'unicode61 remove_diacritics 2')"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its article's title, and the words of both as Citewire forms them."""

    title: str
    text: str
    title_forms: str
    text_forms: str

    @classmethod
    def of(cls, title: str, text: str) -> "Passage":
        """Form the words."""
        return cls(title, text, " ".join(content_forms(title)), " ".join(content_forms(text)))


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the data, the archive or the environment will not do.
    """
    options = _options(arguments[1:])
    python = environment(options.venv)
    with Archive.open(options.archive, create=False) as archive, temporary_folder() as folder:
        gold = answerable_questions(options.data, archive, None)
        passages = list(islice(all_passages(archive, options.data / FILLER), options.passages))
        if len(passages) <= ARTICLE:
            raise UsageError(f"{options.archive}: {len(passages)} passages are too few to measure")
        export(passages, gold, folder)
        replies = {"SQLite FTS5": sqlite(passages, gold, folder / "words.sqlite")}
        if archive.counts().passages >= len(passages):
            replies[PRODUCT] = product(archive, gold, len(passages))
        run([str(python), str(HERE / "lexical_run.py"), str(folder), "--depth", str(DEPTH)])
        for path in sorted(folder.glob("*.json")):
            if path.stem != "questions":
                replies[path.stem] = json.loads(path.read_text(encoding="utf-8"))
        lines = list(judged(gold, [passage.text for passage in passages], replies))
        figures = figures_of(lines)
        record: Json = {
            "provenance": asdict(origin(command_line(arguments), options.data / QUESTIONS, archive)),
            "questions": len(gold),
            "passages": len(passages),
            "packages": installed(python) | {"sqlite": sqlite3.sqlite_version},
            "stores": {
                name: {key: reply[key] for key in STORED if key in reply} for name, reply in replies.items()
            },
            "figures": {name: as_json(own) for name, own in figures.items()},
        }
    save_results(options.out, record, lines)
    print(f"{len(gold)} questions over {len(passages)} passages\n")
    print_table(figures)
    print()
    for name, stored in record["stores"].items():
        print(f"{name:28} {', '.join(f'{what} {number}' for what, number in stored.items())}")
    print(f"\nsaved in {options.out}")
    return Exit.DONE


def all_passages(archive: Archive, filler: Path) -> Iterator[Passage]:
    """The archive's passages, then windows of the words of other articles, as long as there are any."""
    for title, text in archive.database.connection.execute(
        "SELECT title, text FROM passage_text ORDER BY id"
    ):
        yield Passage.of(title, text)
    if not filler.exists():
        return
    with lzma.open(filler, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            words = str(record["text"]).split()
            for first in range(0, len(words), WINDOW):
                yield Passage.of(str(record["title"]), " ".join(words[first : first + WINDOW]))


def export(passages: Sequence[Passage], gold: Sequence[Gold], folder: Path) -> None:
    """Write what eval/lexical_run.py reads."""
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(passage)) + "\n" for passage in passages)
    questions = [{"text": item.question, "forms": content_forms(item.question)} for item in gold]
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")


def sqlite(passages: Sequence[Passage], gold: Sequence[Gold], path: Path) -> Json:
    """FTS5 with the product's table, query and weights; the same measurements as eval/lexical_run.py."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(SCHEMA)
        build = Stopwatch()
        _add(connection, passages[:-ARTICLE], 0)
        building = build.read("build")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        megabytes = path.stat().st_size / 1e6
        found, took_ms = [], []
        for item in gold:
            started = time.process_time()
            found.append(_search(connection, item.question))
            took_ms.append(round((time.process_time() - started) * 1000, 3))
        add = Stopwatch()
        _add(connection, passages[-ARTICLE:], len(passages) - ARTICLE)
        adding = add.read("add")
    return {
        "found": found,
        "took_ms": took_ms,
        **building,
        **adding,
        "megabytes": round(megabytes, 1),
    }


def product(archive: Archive, gold: Sequence[Gold], measured: int) -> Json:
    """The archive's own search by words, of its first `measured` passages; nothing is built or added."""
    numbers = archive.database.connection.execute("SELECT id FROM passage ORDER BY id LIMIT ?", (measured,))
    rows = {passage: row for row, (passage,) in enumerate(numbers)}
    reply: Json = {"found": [], "took_ms": []}
    for item in gold:
        started = time.process_time()
        found = archive.search_words(item.question, DEPTH)
        reply["took_ms"].append(round((time.process_time() - started) * 1000, 3))
        reply["found"].append([rows[passage] for passage, _ in found if passage in rows])
    return reply


def _add(connection: sqlite3.Connection, passages: Sequence[Passage], first: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO passage_words (rowid, title, text) VALUES (?,?,?)",
        ((row, one.title_forms, one.text_forms) for row, one in enumerate(passages, start=first)),
    )
    connection.execute("COMMIT")


def _search(connection: sqlite3.Connection, question: str) -> list[int]:
    match = match_query(content_forms(question))
    if not match:
        return []
    rows = connection.execute(
        "SELECT rowid FROM passage_words WHERE passage_words MATCH ?"
        " ORDER BY bm25(passage_words, ?, ?), rowid LIMIT ?",
        (match, TITLE_WEIGHT, TEXT_WEIGHT, DEPTH),
    )
    return [row for (row,) in rows]


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval lexical",
        description="SQLite FTS5 beside tantivy and bm25s as the store of words.",
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    add("--archive", type=Path, required=True, metavar="DIR", help="an archive of RealTimeQA's articles, with"
        " or without vectors")  # fmt: skip
    add("--venv", type=Path, required=True, metavar="DIR", help="the others' environment, made if it is not"
        " there; outside of the checkout")  # fmt: skip
    add("--passages", type=int, default=PASSAGES, metavar="N", help=f"how many (default: {PASSAGES})")
    add("--out", type=Path, default=Path("eval", "results", "lexical"), metavar="DIR", help="for the results")
    return parser.parse_args(list(arguments))
