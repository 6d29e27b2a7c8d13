"""Citewire and its peers side by side: python -m eval peers --data DIR --archive DIR --venv DIR.

One run, one machine, the same passages, the same vectors, the same questions, the same rule of what a hit
is: a passage whose text holds a gold answer. The peers run in an environment of their own, by
eval/peers_run.py; they are not told the day of asking, which only Citewire has a use for.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from eval.answerable import answerable_questions
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
from eval.gold import Gold
from eval.peers_run import PEERS
from eval.realtimeqa import EVERYDAY, QUESTIONS
from eval.run import WARM_UP
from eval.side_by_side import DEPTH, ahead, figures_of, judged, print_table
from index.archive import Archive
from index.encoder import Vectors
from index.errors import UsageError
from index.vector_store import Ids

OURS = "Citewire"
_TOGETHER = 4096


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
        found = {path.stem: _read(path) for path in folder.glob("*.json")}
        replies = {name: found[name] for name in PEERS if name in found}
        lines = list(judged(gold, texts, replies | {OURS: ours(archive, gold, texts)}))
        figures, lead = figures_of(lines), ahead(lines, OURS)
        record: Json = {
            "provenance": asdict(origin(command_line(arguments), options.data / QUESTIONS, archive)),
            "questions": len(gold),
            "passages": passage_length(archive),
            "peers": installed(python),
            "least cosine of the vectors given to those of sentence-transformers": found["check"][
                "least_cosine"
            ],
            "build_s": {name: reply["build_s"] for name, reply in replies.items()},
            "figures": {name: as_json(own) for name, own in figures.items()},
            "ahead": as_json(lead),
        }
    save_results(options.out, record, lines)
    print(f"{len(gold)} questions over {len(texts)} passages\n")
    print_table(figures)
    print_intervals(lead, heading=f"{OURS} is ahead by", digits=1)
    print(f"\nsaved in {options.out}")
    return Exit.DONE


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


def ours(archive: Archive, gold: Sequence[Gold], texts: Sequence[str]) -> Json:
    """Citewire's reply, after one question that is not counted; `texts` are the passages by row.

    Passages of the same words share a row: which of them it was makes no difference to a hit.
    """
    from qa import Retriever

    rows = {text: row for row, text in enumerate(texts)}
    retriever = Retriever(archive)
    retriever.search(WARM_UP, k=DEPTH)
    reply: Json = {"found": [], "took_ms": []}
    for item in counted(gold, OURS):
        started = time.perf_counter()
        hits = retriever.search(item.question, k=DEPTH, asked_on=item.asked_on)
        reply["took_ms"].append(round((time.perf_counter() - started) * 1000, 3))
        reply["found"].append([rows[hit.text] for hit in hits])
    return reply


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
