"""tantivy and bm25s as lexical stores, over passages that are given; see eval/lexical_stores.py.

Runs in the environment of eval/peers-requirements.txt and imports nothing of Citewire:

    python eval/lexical_run.py FOLDER [--depth 20]

FOLDER holds passages.jsonl (`title`, `text`, and their words as Citewire forms them, `title_forms`,
`text_forms`) and questions.json (`text`, `forms`). Written there: NAME.json with `found`, passages by row for
each question, `took_ms` of processor time, `build_s`, `add_s` (one article more, searchable), both also in
processor time (`build_cpu_s`), which work beside does not change, and `megabytes` on disk.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

Json = dict[str, Any]
TITLE_WEIGHT = 0.5  # as in index/lexical.py
ARTICLE = 12  # passages of the article that is added afterwards
HEAP = 256_000_000


class Stopwatch:
    """Seconds since it was made: by the wall, and of this process's processor time."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def read(self, name: str) -> dict[str, float]:
        """Both, as `NAME_s` and `NAME_cpu_s`."""
        wall, processor = time.perf_counter() - self._wall, time.process_time() - self._processor
        return {f"{name}_s": round(wall, 3), f"{name}_cpu_s": round(processor, 3)}


class Store(Protocol):
    """A lexical store on disk."""

    def add(self, passages: Iterable[Json], first: int) -> None:
        """Add passages, numbered from `first`, and make them searchable."""

    def search(self, question: Json, k: int) -> list[int]:
        """Rows of the k best passages, best first."""


class Tantivy:
    """An index of two fields, the title weighing half; with its own English stems, or the forms given."""

    def __init__(self, folder: Path, *, forms: bool) -> None:
        import tantivy

        self._tantivy, self._forms = tantivy, forms
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("row", stored=True)
        for field in ("title", "text"):
            builder.add_text_field(field, tokenizer_name="whitespace" if forms else "en_stem")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))

    def add(self, passages: Iterable[Json], first: int) -> None:
        """Add passages and wait until they are merged."""
        writer = self._index.writer(heap_size=HEAP, num_threads=1)
        suffix = "_forms" if self._forms else ""
        for row, passage in enumerate(passages, start=first):
            fields = {name: passage[f"{name}{suffix}"] for name in ("title", "text")}
            writer.add_document(self._tantivy.Document(row=row, **fields))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, question: Json, k: int) -> list[int]:
        """Any of the words; the title's counts half."""
        searcher = self._index.searcher()
        found = searcher.search(self._query(question), k).hits
        return [int(searcher.doc(address)["row"][0]) for _, address in found]

    def _query(self, question: Json) -> Any:
        query = self._tantivy.Query
        if not self._forms:
            boosts = {"title": TITLE_WEIGHT}
            return self._index.parse_query_lenient(question["text"], ["title", "text"], field_boosts=boosts)[
                0
            ]
        should = self._tantivy.Occur.Should
        parts = []
        for form in question["forms"]:
            title = query.term_query(self._schema, "title", form)
            parts += [
                (should, query.boost_query(title, TITLE_WEIGHT)),
                (should, query.term_query(self._schema, "text", form)),
            ]
        return query.boolean_query(parts)


class Bm25s:
    """An index in memory, saved as files; with its own stop words and stems, or the forms given."""

    def __init__(self, folder: Path, *, forms: bool) -> None:
        import bm25s
        import Stemmer

        self._bm25s, self._forms, self._folder = bm25s, forms, folder
        self._stemmer = Stemmer.Stemmer("english")
        self._passages: list[Json] = []

    def add(self, passages: Iterable[Json], first: int) -> None:
        """Make the index anew: it knows of no adding."""
        assert first == len(self._passages)
        self._passages += passages
        self._retriever = self._bm25s.BM25()
        self._retriever.index(self._tokens(self._passages), show_progress=False)
        self._retriever.save(str(self._folder))

    def search(self, question: Json, k: int) -> list[int]:
        """Any of the words."""
        query = [question["forms"]] if self._forms else self._tokens_of([question["text"]])
        found, scores = self._retriever.retrieve(query, k=min(k, len(self._passages)), show_progress=False)
        return [int(row) for row, score in zip(found[0], scores[0], strict=True) if score > 0]

    def _tokens(self, passages: Sequence[Json]) -> Any:
        if self._forms:
            return [f"{one['title_forms']} {one['text_forms']}".split() for one in passages]
        return self._tokens_of([f"{one['title']}\n{one['text']}" for one in passages])

    def _tokens_of(self, texts: Sequence[str]) -> Any:
        return self._bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


STORES: dict[str, Callable[[Path], Store]] = {
    "tantivy": lambda folder: Tantivy(folder, forms=False),
    "tantivy, Citewire's forms": lambda folder: Tantivy(folder, forms=True),
    "bm25s": lambda folder: Bm25s(folder, forms=False),
    "bm25s, Citewire's forms": lambda folder: Bm25s(folder, forms=True),
}


def run(
    make: Callable[[Path], Store], passages: Sequence[Json], questions: Sequence[Json], depth: int
) -> Json:
    """Build a store of all but the last article, ask every question, then add that article."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = make(folder)
        build = Stopwatch()
        store.add(passages[:-ARTICLE], 0)
        building = build.read("build")
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        found, took_ms = [], []
        for question in questions:
            started = time.process_time()
            found.append(store.search(question, depth))
            took_ms.append(round((time.process_time() - started) * 1000, 3))
        add = Stopwatch()
        store.add(passages[-ARTICLE:], len(passages) - ARTICLE)
        adding = add.read("add")
    return {
        "found": found,
        "took_ms": took_ms,
        **building,
        **adding,
        "megabytes": round(size / 1e6, 1),
    }


def main() -> None:
    """Run all stores, each file written as soon as it is done."""
    parser = argparse.ArgumentParser(description="Time tantivy and bm25s over the passages of a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--depth", type=int, default=20)
    options = parser.parse_args()
    with (options.folder / "passages.jsonl").open(encoding="utf-8") as lines:
        passages = [json.loads(line) for line in lines]
    questions = json.loads((options.folder / "questions.json").read_text(encoding="utf-8"))
    for name, make in STORES.items():
        print(f"{name} ...", flush=True)
        result = run(make, passages, questions, options.depth)
        (options.folder / f"{name}.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
