"""Citewire and its peers side by side: python -m eval peers --data DIR --archive DIR --venv DIR.

One run, one machine, the same passages, the same vectors, the same questions, the same rule of what a hit
is: a passage whose text holds a gold answer. The peers run in an environment of their own, by
eval/peers_run.py; they are not told the day of asking, which only Citewire has a use for.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from eval.answerable import answerable_questions
from eval.bootstrap import Interval, bootstrap, resamples
from eval.commands import (
    Exit,
    Json,
    as_json,
    command_line,
    counted,
    origin,
    passage_length,
    print_intervals,
    save_results,
)
from eval.copies import temporary_folder
from eval.environment import HERE, environment, installed, run
from eval.figures import MRR_DEPTH, RECALL_DEPTHS
from eval.gold import Gold
from eval.metrics import Floats, contains
from eval.realtimeqa import EVERYDAY, QUESTIONS
from index.archive import Archive
from index.encoder import Vectors
from index.errors import UsageError
from index.vector_store import Ids

OURS = "Citewire"
DEPTH = max(RECALL_DEPTHS)
_TOGETHER = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """One question: the rank of the first hit of each system (None: not found), and its milliseconds."""

    question: str
    gold: tuple[str, ...]
    ranks: dict[str, int | None]
    took_ms: dict[str, float]


def main(arguments: Sequence[str]) -> int:
    """Measure, print and save; `arguments` begin with the command's name.

    Raises:
        UsageError: if the data, the archive or the environment will not do.
    """
    options = _options(arguments[1:])
    python = environment(options.venv)
    with Archive.open(options.archive, create=False) as archive, temporary_folder() as folder:
        gold = answerable_questions(options.data, archive, options.questions or None)
        texts = export(archive, gold, folder)
        only = ["--only", *options.only] if options.only else []
        run([str(python), str(HERE / "peers_run.py"), str(folder), "--depth", str(DEPTH), *only])
        replies = {
            path.stem: _read(path) for path in sorted(folder.glob("*.json")) if path.stem not in _OTHER
        }
        replies = {name: reply for name, reply in replies.items() if "found" in reply}
        lines = list(judged(gold, texts, replies, ours(archive, gold)))
        figures = figures_of(lines)
        record: Json = {
            "provenance": asdict(origin(command_line(arguments), options.data / QUESTIONS, archive)),
            "questions": len(gold),
            "passages": passage_length(archive),
            "peers": installed(python),
            "least cosine of the vectors given to those of sentence-transformers": _read(
                folder / "check.json"
            )["least_cosine"],
            "build_s": {name: reply["build_s"] for name, reply in replies.items()},
            "figures": as_json(figures),
        }
    save_results(options.out, record, lines)
    print_intervals(figures, heading=f"{len(gold)} questions over {len(texts)} passages")
    print(f"\nsaved in {options.out}")
    return Exit.DONE


_OTHER = {"check", "questions"}


def export(archive: Archive, gold: Sequence[Gold], folder: Path) -> list[str]:
    """Write what eval/peers_run.py reads; the passages' texts, in its order.

    Raises:
        UsageError: if a passage has no vector yet.
    """
    ids, texts = [], []
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        for number, title, text in archive.database.connection.execute(
            "SELECT id, title, text FROM passage_text ORDER BY id"
        ):
            ids.append(number)
            texts.append(text)
            file.write(json.dumps({"title": title, "text": text}) + "\n")
    np.save(folder / "passages.npy", _vectors(archive, np.array(ids, dtype=np.int64)))
    questions = [item.question for item in gold]
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    np.save(folder / "questions.npy", archive.encoder.encode_questions(questions))
    return texts


def _vectors(archive: Archive, ids: Ids) -> Vectors:
    rows = np.empty((len(ids), archive.encoder.dimension), dtype=np.float32)
    for first in range(0, len(ids), _TOGETHER):
        some = ids[first : first + _TOGETHER]
        found, vectors = archive.embeddings.vectors(some)
        if len(found) < len(some):
            raise UsageError(f"{archive.folder}: passages have no vector; index it to its end")
        rows[first : first + len(some)] = vectors[np.argsort(found)]
    return rows


def ours(archive: Archive, gold: Sequence[Gold]) -> Iterator[tuple[list[str], float]]:
    """Texts of Citewire's hits and the milliseconds of each question, after one that is not counted."""
    from qa import Retriever

    retriever = Retriever(archive)
    retriever.search("Who announced the decision, and when?", k=DEPTH)
    for item in counted(gold, OURS):
        started = time.perf_counter()
        hits = retriever.search(item.question, k=DEPTH, asked_on=item.asked_on)
        yield [hit.text for hit in hits], (time.perf_counter() - started) * 1000


def judged(
    gold: Sequence[Gold],
    texts: Sequence[str],
    replies: Mapping[str, Json],
    own: Iterator[tuple[list[str], float]],
) -> Iterator[Line]:
    """Each question with the rank of every system's first hit."""
    for row, (item, (found, took_ms)) in enumerate(zip(gold, own, strict=True)):
        lists = {name: [texts[passage] for passage in reply["found"][row]] for name, reply in replies.items()}
        times = {name: float(reply["took_ms"][row]) for name, reply in replies.items()}
        yield Line(
            item.question,
            item.answers,
            {name: first_hit(passages, item.answers) for name, passages in (lists | {OURS: found}).items()},
            times | {OURS: round(took_ms, 3)},
        )


def first_hit(passages: Sequence[str], answers: Sequence[str]) -> int | None:
    """Rank of the first passage that holds an answer."""
    return next((rank for rank, text in enumerate(passages, start=1) if contains(text, answers)), None)


def figures_of(lines: Sequence[Line], *, seed: int = 0) -> dict[str, Interval]:
    """Every system's figures, and by how much Citewire is ahead of the peer of the best MRR, in pairs."""
    ranks = {
        name: np.array([np.inf if line.ranks[name] is None else line.ranks[name] for line in lines])
        for name in lines[0].ranks
    }
    figures: dict[str, Interval] = {}
    for name, column in ranks.items():
        found = bootstrap(
            [_mrr, *(_hit_at(k) for k in RECALL_DEPTHS)],
            column,
            (column[rows] for rows in resamples(len(column), seed)),
        )
        names = (f"MRR@{MRR_DEPTH}", *(f"hit@{k}" for k in RECALL_DEPTHS))
        figures |= {f"{name}, {what}": figure for what, figure in zip(names, found, strict=True)}
    return figures | _ahead(ranks, seed) | _times(lines, seed)


def _ahead(ranks: Mapping[str, Floats], seed: int) -> dict[str, Interval]:
    """Citewire against the best peer by each measure, question by question."""
    peers = [name for name in ranks if name != OURS]
    if OURS not in ranks or not peers:
        return {}
    best_mrr = max(peers, key=lambda name: _mrr(ranks[name]))
    best_hit = max(peers, key=lambda name: _hit_at(10)(ranks[name]))
    by_mrr = np.column_stack([ranks[OURS], ranks[best_mrr]])
    by_hit = np.column_stack([ranks[OURS], ranks[best_hit]])
    (gain,) = bootstrap([_relative_gain], by_mrr, (by_mrr[rows] for rows in resamples(len(by_mrr), seed)))
    (more,) = bootstrap([_more_hits], by_hit, (by_hit[rows] for rows in resamples(len(by_hit), seed)))
    return {
        f"MRR@10 over {best_mrr}, %": gain,
        f"hit@10 over {best_hit}, points": more,
    }


def _times(lines: Sequence[Line], seed: int) -> dict[str, Interval]:
    figures = {}
    for name in lines[0].took_ms:
        column = np.array([line.took_ms[name] for line in lines])
        samples = (column[rows] for rows in resamples(len(column), seed))
        (figures[f"{name}, ms p50"],) = bootstrap([_median], column, samples)
    return figures


def _mrr(ranks: Floats) -> float:
    return float(np.where(ranks <= MRR_DEPTH, 1 / ranks, 0.0).mean())


def _hit_at(depth: int) -> Callable[[Floats], float]:
    return lambda ranks: float((ranks <= depth).mean())


def _relative_gain(pairs: Floats) -> float:
    base = _mrr(pairs[:, 1])
    return 100 * (_mrr(pairs[:, 0]) / base - 1) if base else float("nan")


def _more_hits(pairs: Floats) -> float:
    return 100 * float((pairs[:, 0] <= 10).mean() - (pairs[:, 1] <= 10).mean())


def _median(values: Floats) -> float:
    return float(np.median(values))


def _read(path: Path) -> Json:
    record = json.loads(path.read_text(encoding="utf-8"))
    return record if isinstance(record, dict) else {}


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="citewire eval peers",
        description="Retrieval beside bm25s, MiniLM, txtai and Haystack, in one run.",
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR", help="the folder with eval/ and corpus/ in it")
    add("--archive", type=Path, required=True, metavar="DIR", help="an archive of RealTimeQA's articles with"
        " all vectors, as realtimeqa --archive keeps it")  # fmt: skip
    add("--venv", type=Path, required=True, metavar="DIR", help="the peers' environment, made if it is not"
        " there; outside of the checkout")  # fmt: skip
    add("--questions", type=int, default=EVERYDAY, metavar="N", help="how many, the same ones each time; 0"
        f" for all (default: {EVERYDAY})")  # fmt: skip
    add("--only", nargs="+", metavar="PEER", help="only these peers, by the names of eval/peers_run.py")
    add("--out", type=Path, default=Path("eval", "results", "peers"), metavar="DIR", help="for the results")
    return parser.parse_args(list(arguments))
