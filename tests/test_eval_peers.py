"""Peers and lexical stores: what they are given, how they are judged; none of them has to be installed."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from fakes import an_article, put

from eval import lexical_run, lexical_stores, peers_run
from eval.environment import ROOT, environment
from eval.gold import Gold
from eval.peers import OURS, export, ours
from eval.side_by_side import DEPTH, ahead, figures_of, first_hit, judged
from index.archive import Archive
from index.errors import UsageError

GOLD = [Gold(f"Who opened the bridge of Town{number}?", (f"Town{number}",)) for number in range(4)]


@pytest.fixture
def archive(archive: Archive) -> Archive:
    put(archive, *(an_article(number) for number in range(4)))
    archive.embed()
    return archive


def test_peers_get_the_archives_passages_and_vectors(archive: Archive, tmp_path: Path) -> None:
    texts = export(archive, GOLD, tmp_path)
    task = peers_run.Task(tmp_path)
    assert len(task.texts) == len(texts) == archive.counts().passages
    assert task.texts[0] == f"Bridge of Town0 opens\n{texts[0]}"
    assert task.questions == [item.question for item in GOLD]
    assert np.allclose(task.vectors, archive.encoder.encode_passages(task.texts), atol=1e-6)
    assert np.allclose(task.asked, archive.encoder.encode_questions(task.questions), atol=1e-6)


def test_an_archive_without_all_vectors_is_refused(archive: Archive, tmp_path: Path) -> None:
    put(archive, an_article(9))
    with pytest.raises(UsageError, match="no vector"):
        export(archive, GOLD, tmp_path)


def test_exact_search_by_vectors_alone(archive: Archive, tmp_path: Path) -> None:
    export(archive, GOLD, tmp_path)
    task = peers_run.Task(tmp_path)
    reply = peers_run.run(task, peers_run.minilm, 3)
    for row, found in enumerate(reply["found"]):
        cosines = task.vectors @ task.asked[row]
        assert cosines[found].tolist() == pytest.approx(sorted(cosines, reverse=True)[:3])
    assert len(reply["took_ms"]) == len(GOLD)


def test_fusion_of_two_lists(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(archive, GOLD, tmp_path)
    lists = {"bm25": [3, 1], "minilm": [1, 2]}
    for name, found in lists.items():
        monkeypatch.setattr(peers_run, name, lambda _task, found=found: lambda _row, _text, _k: found)
    search = peers_run.fusion(peers_run.Task(tmp_path))
    assert search(0, "", 10) == [1, 3, 2]  # 1/62 + 1/61, then 1/61, then 1/62


def test_the_same_rule_judges_all(archive: Archive, tmp_path: Path) -> None:
    texts = export(archive, GOLD, tmp_path)
    own = ours(archive, GOLD, texts)
    town2, town1 = (
        next(row for row, text in enumerate(texts) if town in text) for town in ("Town2", "Town1")
    )
    peer = {"found": [[town2, town2], [town2, town1], [town2], []], "took_ms": [1.0, 2.0, 3.0, 4.0]}
    lines = list(judged(GOLD, texts, {"peer": peer, OURS: own}))
    assert [line.ranks["peer"] for line in lines] == [None, 2, 1, None]
    assert [line.ranks[OURS] for line in lines] == [1, 1, 1, 1]
    figures = figures_of(lines)["peer"]
    assert figures["MRR@10"].value == pytest.approx((1 / 2 + 1) / 4)
    assert (figures["hit@1"].value, figures["hit@3"].value, figures["ms p50"].value) == (0.25, 0.5, 2.5)
    lead = ahead(lines, OURS)
    assert lead["MRR@10 over peer, %"].value == pytest.approx(100 * (4 / 1.5 - 1))
    assert lead["hit@10 over peer, points"].value == 50
    assert ahead(lines, "nobody") == {}
    assert first_hit(texts, ("Town",)) is None


def test_an_environment_has_a_folder_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="outside of the checkout"):
        environment(ROOT / "eval" / "venv")
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(UsageError, match="not an environment"):
        environment(tmp_path)


def test_every_requirement_is_pinned() -> None:
    lines = (ROOT / "eval" / "peers-requirements.txt").read_text(encoding="utf-8").splitlines()
    names = {line.split("==")[0].lower() for line in lines if not line.startswith("#")}
    assert all("==" in line for line in lines if not line.startswith("#"))
    assert {"bm25s", "faiss-cpu", "haystack-ai", "sentence-transformers", "tantivy", "txtai"} <= names


def some_passages(archive: Archive, filler: Path) -> list[lexical_stores.Passage]:
    made = lexical_stores.all_passages(archive, filler)
    return list(made) * 4  # more than the article that is added afterwards


def test_fts5_is_measured_as_the_product_uses_it(archive: Archive, tmp_path: Path) -> None:
    passages = list(lexical_stores.all_passages(archive, tmp_path / "no filler"))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(lexical_stores.SCHEMA)
        lexical_stores._add(connection, passages, 1)  # the catalogue counts from 1
        for question in ("bridge of Town3", "Who waited 11 years?", "?"):
            product = [passage for passage, _ in archive.search_words(question, DEPTH)]
            assert lexical_stores._search(connection, question) == product


def test_the_products_own_search_is_told_by_rows(archive: Archive, tmp_path: Path) -> None:
    passages = list(lexical_stores.all_passages(archive, tmp_path / "no filler"))
    told = lexical_stores.product(archive, GOLD, len(passages))["found"]
    assert [passages[rows[0]].title for rows in told] == [
        f"Bridge of Town{number} opens" for number in range(4)
    ]
    assert lexical_stores.product(archive, GOLD, 0)["found"] == [[] for _ in GOLD]


def test_all_stores_report_alike(archive: Archive, tmp_path: Path) -> None:
    passages = some_passages(archive, tmp_path / "no filler")
    lexical_stores.export(passages, GOLD, tmp_path)
    ours = lexical_stores.sqlite(passages, GOLD, tmp_path / "words.sqlite")
    read = [
        json.loads(line) for line in (tmp_path / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    questions = json.loads((tmp_path / "questions.json").read_text(encoding="utf-8"))
    theirs = lexical_run.run(Counting, read, questions, 20)
    assert ours.keys() == theirs.keys()
    assert theirs["found"] == [[len(passages) - lexical_run.ARTICLE]] * len(GOLD)
    lines = list(judged(GOLD, [one.text for one in passages], {"FTS5": ours, "x": theirs}))
    assert figures_of(lines)["FTS5"]["hit@10"].value == 1.0


class Counting:
    """A store that finds how many passages it has been given."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.held = folder, 0

    def add(self, passages: object, first: int) -> None:
        assert first == self.held
        self.held += len(list(passages))  # type: ignore[call-overload]
        (self.folder / "index").write_bytes(b"x" * self.held)

    def search(self, question: object, k: int) -> list[int]:
        assert isinstance(question, dict)
        assert question["forms"]
        return [self.held][:k]


def test_windows_of_other_articles_fill_up(archive: Archive, tmp_path: Path) -> None:
    import lzma

    filler = tmp_path / "other.xz"
    words = " ".join(f"w{number}" for number in range(200))
    filler.write_bytes(lzma.compress((json.dumps({"title": "T", "text": words}) + "\n").encode()))
    made = list(lexical_stores.all_passages(archive, filler))
    added = made[archive.counts().passages :]
    assert [len(passage.text.split()) for passage in added] == [90, 90, 20]
