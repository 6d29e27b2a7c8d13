"""Every vector store against the plain NumPy one."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.encoder import Vectors
from index.errors import ArchiveFormatError
from index.faiss_store import FaissStore
from index.vector_store import NumpyStore, VectorStore

Make = Callable[[int], VectorStore]
STORES = pytest.mark.parametrize("make", [NumpyStore, FaissStore], ids=["numpy", "faiss"])


def unit_rows(count: int, dimension: int = 8, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    units: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units


def ids(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, dtype=np.int64)


@STORES
def test_finds_the_vector_itself_first(make: Make) -> None:
    store, vectors = make(8), unit_rows(50)
    store.add(np.arange(100, 150), vectors)
    for row in range(50):
        (best, score), *_ = store.search(vectors[row], 3)
        assert best == 100 + row
        assert score == pytest.approx(1.0, abs=1e-6)


@STORES
def test_fewer_than_asked_for_come_back_unpadded(make: Make) -> None:
    store, vectors = make(8), unit_rows(3)
    assert store.search(vectors[0], 5) == []
    store.add(ids(7, 3, 5), vectors)
    assert sorted(found for found, _ in store.search(vectors[0], 5)) == [3, 5, 7]
    assert store.ids.tolist() == [3, 5, 7]


@STORES
def test_equal_scores_go_to_the_lower_id_also_where_the_list_is_cut(make: Make) -> None:
    store, vector = make(8), unit_rows(1)
    store.add(ids(*range(40, 0, -1)), np.repeat(vector, 40, axis=0))
    assert [found for found, _ in store.search(vector[0], 5)] == [1, 2, 3, 4, 5]


@STORES
def test_removed_vectors_are_not_found_and_the_others_keep_their_ids(make: Make) -> None:
    store, vectors = make(8), unit_rows(200)
    store.add(np.arange(200), vectors)
    store.remove(np.append(np.arange(0, 200, 2), 999))
    assert store.ids.tolist() == list(range(1, 200, 2))
    assert [store.search(vectors[row], 1)[0][0] for row in range(1, 200, 2)] == list(range(1, 200, 2))


@STORES
def test_only_the_ids_named_are_ranked(make: Make) -> None:
    store, vectors = make(8), unit_rows(50)
    store.add(np.arange(50), vectors)
    for row in range(50):
        others = np.setdiff1d(np.arange(50), [row])
        assert [found for found, _ in store.search(vectors[row], 3, among=ids(row))] == [row]
        whole = [found for found, _ in store.search(vectors[row], 50)]
        assert whole[0] == row
        assert [found for found, _ in store.search(vectors[row], 50, among=others)] == whole[1:]
    assert store.search(vectors[0], 3, among=ids()) == []
    assert store.search(vectors[0], 3, among=ids(77, 1000)) == []


@STORES
@pytest.mark.parametrize(
    ("question", "k", "message"),
    [
        (np.full(8, np.nan, dtype=np.float32), 1, "not finite"),
        (np.ones(9, dtype=np.float32), 1, r"shape \(8,\)"),
        (np.ones(8, dtype=np.float32), 0, "at least 1"),
    ],
    ids=["nan", "dimension", "k"],
)
def test_a_bad_question_is_refused(make: Make, question: Vectors, k: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make(8).search(question, k)


@STORES
def test_bad_vectors_are_refused(make: Make) -> None:
    store, vectors = make(8), unit_rows(2)
    store.add(ids(1), vectors[:1])
    with pytest.raises(ValueError, match="held already"):
        store.add(ids(1), vectors[1:])
    with pytest.raises(ValueError, match="given twice"):
        store.add(ids(4, 4), vectors)
    with pytest.raises(ValueError, match="not finite"):
        store.add(ids(5), np.full((1, 8), np.inf, dtype=np.float32))
    with pytest.raises(ValueError, match="shape"):
        store.add(ids(5), unit_rows(1, dimension=9))
    assert store.ids.tolist() == [1]


@pytest.mark.parametrize("kind", [NumpyStore, FaissStore], ids=["numpy", "faiss"])
def test_what_is_saved_finds_the_same_after_loading(
    kind: type[NumpyStore] | type[FaissStore], tmp_path: Path
) -> None:
    store, vectors = kind(8), unit_rows(30)
    store.add(np.arange(5, 35), vectors)
    store.remove(ids(6))
    store.save(tmp_path / "store")
    loaded = kind.load(tmp_path / "store")
    assert loaded.ids.tolist() == store.ids.tolist()
    assert loaded.search(vectors[3], 10) == store.search(vectors[3], 10)
    loaded.add(ids(6), vectors[1:2])
    assert loaded.search(vectors[1], 1)[0][0] == 6


def test_a_damaged_faiss_file_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"not an index")
    with pytest.raises(ArchiveFormatError, match="not a readable FAISS file"):
        FaissStore.load(tmp_path / "bad")


@settings(max_examples=60, deadline=None)
@example(count=7, copies=2, removed=set(), k=1, among=None, seed=0)
@given(
    count=st.integers(1, 40),
    copies=st.integers(1, 4),
    removed=st.sets(st.integers(0, 160)),
    k=st.integers(1, 50),
    among=st.none() | st.lists(st.integers(0, 200)),
    seed=st.integers(0, 1000),
)
def test_faiss_finds_what_the_plain_store_finds(
    count: int, copies: int, removed: set[int], k: int, among: list[int] | None, seed: int
) -> None:
    vectors = np.tile(unit_rows(count, seed=seed), (copies, 1))
    question = unit_rows(1, seed=seed + 1)[0]
    found = []
    for store in (NumpyStore(8), FaissStore(8)):
        store.add(np.arange(len(vectors)), vectors)
        store.remove(ids(*sorted(removed)))
        found.append(store.search(question, k, among=None if among is None else ids(*among)))
    assert [item[0] for item in found[0]] == [item[0] for item in found[1]]
    assert [item[1] for item in found[0]] == pytest.approx([item[1] for item in found[1]], abs=1e-6)
