"""The encoders: contract, batching, weights and what is imported when."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.batching import batches
from index.encoder import Encoder
from index.errors import UsageError
from index.loading import load_encoder
from index.onnx_encoder import GRAPH, WHOLE_NUMBERS, OnnxEncoder
from index.packaged_model import WEIGHTS_SHA256, packaged_model, read_weights
from index.settings import DEFAULT_ENCODER

TEXTS = [
    "Who met Milley?",
    "",
    " \n\t ",
    "Gen. Mark Milley met General In-Choul Won in Seoul on Wednesday, 1 December 2021.",
    "Прем'єр-міністр зустрівся з канцлером — 日本の首相 も。 🎉\x00\ufffd",
    "a lone surrogate \ud800 from a broken page",
    "word " * 900,
    "THE PRESIDENT SAID ON TUESDAY THAT THE TALKS WOULD GO ON.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(DEFAULT_ENCODER)


def test_loads_the_quick_encoder_by_default(encoder: Encoder) -> None:
    assert isinstance(encoder, OnnxEncoder)
    assert (encoder.name, encoder.checksum) == (DEFAULT_ENCODER, WEIGHTS_SHA256)
    assert (encoder.dimension, encoder.max_tokens) == (384, 256)


def test_vectors_are_unit_rows_of_float32(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(encoder: Encoder) -> None:
    together = encoder.encode_questions(TEXTS)
    alone = np.vstack([encoder.encode_questions([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=2e-6)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)
    assert encoder.encode_questions(()).shape == (0, 384)
    assert encoder.count_tokens([]) == []


def test_tokens_are_counted_uncut_with_special_tokens(encoder: Encoder) -> None:
    assert encoder.count_tokens(["", "Milley", "word " * 900]) == [2, 4, 902]


def test_what_lies_behind_the_limit_is_not_read(encoder: Encoder) -> None:
    whole, cut = encoder.encode_passages(["word " * 900, "word " * 254])
    np.testing.assert_allclose(whole, cut, atol=2e-6)


def test_a_question_is_nearest_to_the_passage_that_answers_it(encoder: Encoder) -> None:
    passages = encoder.encode_passages(["Milley met Won in Seoul.", "Copper fell.", "It rained."])
    assert int((passages @ encoder.encode_questions(["Whom did the general meet?"])[0]).argmax()) == 0


@given(lengths=st.lists(st.integers(0, 256), max_size=60), budget=st.integers(1, 4096))
def test_batches_hold_every_row_once_and_keep_to_the_budget(lengths: list[int], budget: int) -> None:
    found = list(batches(lengths, budget))
    assert sorted(row for rows in found for row in rows) == list(range(len(lengths)))
    assert all(len(rows) == 1 or len(rows) * max(lengths[row] for row in rows) <= budget for rows in found)


@pytest.mark.parametrize("graph", [GRAPH, WHOLE_NUMBERS], ids=lambda path: path.stem)
def test_graph_holds_no_weights(graph: Path) -> None:
    assert graph.stat().st_size < 50_000


def test_sentences_have_nearly_the_vectors_of_passages(encoder: Encoder) -> None:
    sentences, passages = encoder.encode_sentences(TEXTS), encoder.encode_passages(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(sentences, axis=1), 1, atol=1e-5)
    assert (sentences * passages).sum(axis=1).min() > 0.97  # the empty text; others .99
    assert np.abs(sentences @ passages[0] - passages @ passages[0]).max() < 0.03
    assert encoder.encode_sentences([]).shape == (0, 384)


def test_a_sentence_has_the_same_vector_whatever_stands_beside_it(encoder: Encoder) -> None:
    together = encoder.encode_sentences(TEXTS)
    alone = np.vstack([encoder.encode_sentences([text]) for text in TEXTS])
    # A value at the edge of two whole numbers may fall to the other one.
    assert (together * alone).sum(axis=1).min() > 0.9999


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.safetensors"
    other.write_bytes(b"not the official weights")
    with pytest.raises(UsageError, match=r"model\.safetensors: SHA-256 is .*, expected 53aa51"):
        read_weights(other)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.safetensors: unreadable"):
        read_weights(tmp_path / "gone.safetensors")


def test_weights_are_the_arrays_of_the_file() -> None:
    from safetensors.numpy import load_file

    path = packaged_model() / "model.safetensors"
    expected = {name: array for name, array in load_file(path).items() if array.dtype == np.float32}
    found = read_weights(path)
    assert found.keys() == expected.keys()
    assert all(np.array_equal(found[name], array) for name, array in expected.items())


def test_importing_the_protocol_loads_no_model_library() -> None:
    code = (
        "import sys, index.encoder, index.loading, index.onnx_encoder, index.sentence_encoder;"
        "assert not {'torch', 'onnxruntime', 'tokenizers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_default_encoder_needs_neither_torch_nor_the_network() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('network used')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from index.loading import load_encoder\n"
        "load_encoder('all-MiniLM-L6-v2').encode_questions(['Who met Milley?'])\n"
        "assert not {'torch', 'transformers'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_agrees_with_sentence_transformers(encoder: Encoder) -> None:
    from index.sentence_encoder import SentenceTransformerEncoder

    reference = SentenceTransformerEncoder()
    texts = [*TEXTS, *(f"{text} {number}" * number for number, text in enumerate(TEXTS))]
    for mine, theirs in (
        (encoder.encode_passages(texts), reference.encode_passages(texts)),
        (encoder.encode_questions(texts), reference.encode_questions(texts)),
    ):
        assert (mine * theirs).sum(axis=1).min() > 0.99999
    assert encoder.count_tokens(texts) == reference.count_tokens(texts)
    assert (reference.checksum, reference.dimension, reference.max_tokens) == (WEIGHTS_SHA256, 384, 256)


@pytest.mark.slow
def test_a_model_folder_is_an_encoder_of_its_own() -> None:
    folder = str(packaged_model())
    other = load_encoder(folder)
    assert other.name == folder
    assert len(other.checksum) == 64
    assert other.encode_passages([]).shape == (0, other.dimension)


@pytest.mark.slow
def test_an_unknown_model_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UsageError, match="no-such/encoder: no such encoder"):
        load_encoder("no-such/encoder")


def test_onnxruntime_keeps_no_record_to_send(tmp_path: Path) -> None:
    """With its telemetry on, it leaves a device id and a queue of events in the user's home."""
    # onnxruntime holds its telemetry back where it believes that it is tested.
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    script = (
        "from index.loading import load_encoder; load_encoder('all-MiniLM-L6-v2').encode_questions(['who?'])"
    )
    subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        cwd=Path(__file__).parent.parent,
        env={**kept, "HOME": str(tmp_path)},
    )
    assert list(tmp_path.iterdir()) == []
