"""The figures while vectors are missing, and the static embedding that stands in for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEncoder, an_article, put

from eval import stand_in
from eval.cli import main
from eval.commands import Exit
from eval.copies import forget_vectors
from eval.gold import Gold
from eval.growth import grown
from eval.stand_in import StandInArchive
from eval.static import SIF, StaticEmbedding, reduced, tokenizer, weighted
from index.filters import Filters
from index.onnx_encoder import OnnxEncoder


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[StandInArchive]:
    with StandInArchive.open(tmp_path / "archive", encoder=HashingEncoder()) as opened:
        assert isinstance(opened, StandInArchive)
        put(opened, *(replace(an_article(n), published=date(2024, 1, n)) for n in range(1, 7)))
        opened.embed()
        yield opened


def passages_of(archive: StandInArchive, found: list[tuple[int, float]]) -> list[str]:
    passages = archive.passages([passage for passage, _ in found])
    return [passages[passage].article_id for passage, _ in found]


class Hashed:
    """A stand-in of another length than the encoder's: its scores must not be mixed with those."""

    def encode(self, texts: object) -> object:
        return HashingEncoder(dimension=32, seed="other").encode_passages(texts)  # type: ignore[arg-type]


def test_the_copy_forgets_and_the_archive_does_not(archive: StandInArchive) -> None:
    gold = [Gold("Who opened the bridge of Town6?", ("The mayor",))]
    shares = {}
    for share, rows, _ in grown(archive, gold, (100, 50, 0), None):
        assert [row.error for row in rows] == [None]
        shares[share] = rows[0].rank
    assert list(shares) == [100, 50, 0]
    assert archive.counts().coverage == 1.0


@pytest.mark.parametrize("share", [0.5, 0.0])
def test_passages_without_a_vector_are_found_by_the_stand_in(
    archive: StandInArchive, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stand_in, "FEW", 1)  # the fake's cosines lie elsewhere than the encoder's
    forget_vectors(archive, share)
    archive.stand_in(Hashed())  # type: ignore[arg-type]
    for number in (1, 6):
        found = archive.search_meaning(f"bridge of Town{number} mayor of Town{number}", 3)
        assert passages_of(archive, found)[0] == f"a{number}"
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    everything = dict(archive.search_meaning("bridge of Town1", 99))
    assert len(everything) == archive.counts().passages
    some = list(everything)[::2]
    assert archive.meaning("bridge of Town1", some) == {passage: everything[passage] for passage in some}
    last = archive.search_meaning("bridge of Town1", 9, Filters(after=date(2024, 1, 6)))
    assert set(passages_of(archive, last)) <= {"a6"}


def test_without_a_stand_in_it_is_an_archive_like_any_other(archive: StandInArchive) -> None:
    assert passages_of(archive, archive.search_meaning("bridge of Town3 opens", 1)) == ["a3"]


def test_principal_components_and_weights_by_hand() -> None:
    line = np.array([[0, 0, 1], [2, 0, 1], [4, 0, 1]], dtype=np.float32)
    first = reduced(line, 1)
    assert np.allclose(np.abs(first[:, 0]), [2, 0, 2])  # centred, all of it along one axis
    ones = weighted(np.ones((3, 1), dtype=np.float32))[:, 0]
    inverse = np.array([1 / 2, 1 / 3, 1 / 4])
    assert np.allclose(ones, SIF / (SIF + inverse / inverse.sum()))
    assert ones[0] < ones[1] < ones[2]  # the more common, the less it tells


def test_a_text_is_the_mean_of_its_pieces(tmp_path: Path) -> None:
    size = tokenizer().get_vocab_size()
    table = np.random.default_rng(0).normal(size=(size, 4)).astype(np.float32)
    StaticEmbedding(table).save(tmp_path / "table.npy")
    embedding = StaticEmbedding.load(tmp_path / "table.npy")
    ids = tokenizer().encode("Milley met Won", add_special_tokens=False).ids
    mean = table[ids].mean(axis=0)
    vectors = embedding.encode(["Milley met Won", ""])
    assert np.allclose(vectors[0], mean / np.linalg.norm(mean), atol=1e-6)
    assert not vectors[1].any()


def test_word_pieces_are_encoded_as_texts_are() -> None:
    encoder = OnnxEncoder(threads=1)
    ids = tokenizer().encode("bridge", add_special_tokens=True).ids
    assert np.allclose(encoder.encode_pieces([ids]), encoder.encode_passages(["bridge"]), atol=1e-6)


def test_an_archive_that_lacks_vectors_is_refused(
    archive: StandInArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from test_eval_realtimeqa import a_question, write

    put(archive, an_article(9))
    data = write(tmp_path / "data", [a_question(9)])
    arguments = ["growth", "--data", str(data), "--archive", str(archive.folder)]
    assert main(arguments) == Exit.USAGE
    assert "1 passages have no vector" in capsys.readouterr().err
