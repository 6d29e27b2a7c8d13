"""The reader: windows, offsets and batches, on a tiny network with random weights."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import UsageError
from index.packaged_model import packaged_model
from qa.reader import OnnxReader, Reading, ReadingText

pytest.importorskip("onnx", reason="only the training tools need onnx")

TEXT = "Milley met General In-Choul Won in Seoul on Wednesday. They spoke for two hours, aides said."


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader of one narrow layer, with the real vocabulary, seeded."""
    from training.bert_graph import Shape, weight_shapes
    from training.export_reader import reader_graph

    shape = Shape(layers=1, hidden=16, wide=32, heads=2)
    sizes = weight_shapes(shape) | {"span.weight": (16, 2), "span.bias": (2,)}
    rng = np.random.default_rng(5)
    weights = {name: rng.normal(0, 1, size).astype(np.float32) for name, size in sizes.items()}
    file = tmp_path_factory.mktemp("reader") / "reader.onnx"
    file.write_bytes(reader_graph(shape, weights).SerializeToString())
    return file


@pytest.fixture(scope="module")
def reader(path: Path) -> OnnxReader:
    return OnnxReader(path, window=12, stride=6)


def test_spans_are_words_of_the_text_best_first(reader: OnnxReader) -> None:
    (reading,) = reader.read("Who met Milley?", [ReadingText(TEXT, "Talks in Seoul")])
    scores = [span.score for span in reading.spans]
    assert scores == sorted(scores, reverse=True)
    assert reading.margin == scores[0]
    words = set(TEXT.replace(",", " ").replace(".", " . ").replace("-", " - ").split())
    for span in reading.spans:
        first = TEXT[span.start : span.end].replace(".", " . ").replace("-", " - ").split()[0].strip(",")
        assert first in words


def test_texts_read_alone_and_together_are_the_same(reader: OnnxReader) -> None:
    texts = [ReadingText(TEXT), ReadingText("Copper fell.", "Metals"), ReadingText(TEXT * 4, "Talks")]
    together = reader.read("Who met Milley?", texts)
    for text, reading in zip(texts, together, strict=True):
        (alone,) = reader.read("Who met Milley?", [text])
        assert [(s.start, s.end) for s in alone.spans] == [(s.start, s.end) for s in reading.spans]
        np.testing.assert_allclose(
            [s.score for s in alone.spans], [s.score for s in reading.spans], atol=1e-4
        )


def test_the_best_window_decides(path: Path) -> None:
    """A long text scores as the best of its windows read as texts of their own."""
    whole = OnnxReader(path, window=10, stride=5, count=1)
    tokens = whole._tokenizer.encode(TEXT, add_special_tokens=False)
    parts = [(at, tokens.offsets[at : at + 10]) for at in range(0, len(tokens.ids) - 5, 5)]
    texts = [ReadingText(TEXT[offsets[0][0] : offsets[-1][1]]) for _, offsets in parts]
    (reading,) = whole.read("Who?", [ReadingText(TEXT)])
    assert reading.margin == pytest.approx(max(r.margin for r in whole.read("Who?", texts)), abs=1e-4)


def test_nothing_to_read_has_no_span(reader: OnnxReader) -> None:
    assert reader.read("Who?", []) == []
    assert reader.read("Who?", [ReadingText(""), ReadingText(" \n")]) == [Reading(()), Reading(())]
    assert Reading(()).margin == -np.inf


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(max_size=20), text=st.text(max_size=120), title=st.text(max_size=10))
def test_any_text_gives_spans_inside_it(reader: OnnxReader, question: str, text: str, title: str) -> None:
    (reading,) = reader.read(question, [ReadingText(text, title)])
    places = sorted((span.start, span.end) for span in reading.spans)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(end <= after for (_, end), (after, _) in pairwise(places))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.onnx: the reader is unreadable"):
        OnnxReader(tmp_path / "gone.onnx")


def test_whole_numbers_read_a_text_alone_as_among_others(path: Path, tmp_path: Path) -> None:
    """Each row has a range of its own: one longer text with larger values beside it changes nothing."""
    import onnx

    from training.export_reader import computed_in_int8

    file = tmp_path / "int8.onnx"
    file.write_bytes(computed_in_int8(onnx.load(str(path))).SerializeToString())
    exact, whole = OnnxReader(path), OnnxReader(file)
    texts = [ReadingText(TEXT), ReadingText("Copper fell.", "Metals"), ReadingText(TEXT * 2, "Talks")]
    together = whole.read("Who met Milley?", texts)
    for text, reading in zip(texts, together, strict=True):
        (alone,) = whole.read("Who met Milley?", [text])
        (reference,) = exact.read("Who met Milley?", [text])
        assert alone.margin == pytest.approx(reading.margin, abs=1e-4)
        assert alone.margin == pytest.approx(reference.margin, abs=0.3)


def test_sums_of_two_whole_products_fit_16_bits() -> None:
    from index.whole_numbers import MOST_WEIGHT, quantised
    from training.integer_products import MOST_VALUE

    assert 2 * (2 * MOST_VALUE + 1) * MOST_WEIGHT < 2**15
    matrix = np.array([[5.0, 0.0, -1.0], [-8.0, 0.0, 0.25]], np.float32)
    numbers, scales = quantised(matrix, 1, MOST_WEIGHT)
    assert numbers.tolist() == [[39, 0, -63], [-63, 0, 16]]  # 63 x 5/8 and 63 / 4, to the nearest
    np.testing.assert_allclose(numbers * scales, matrix, atol=float(scales.max()) / 2)


@pytest.mark.slow
def test_exported_forms_agree_with_torch(tmp_path: Path) -> None:
    import torch

    from training.bert_graph import Shape
    from training.export_reader import computed_in_int8, packed, reader_graph, reader_weights
    from training.span_model import SpanModel

    torch.manual_seed(1)
    model = SpanModel.from_folder(packaged_model(), dropout=0.0).eval()
    graph = reader_graph(Shape(), reader_weights(model.state_dict()))
    ids = torch.tensor([[101, 2040, 102, 2777, 2002, 2003, 102], [101, 2040, 102, 2777, 102, 0, 0]])
    mask, segments = (ids > 0).long(), torch.tensor([[0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0]])
    with torch.inference_mode():
        expected = torch.stack(model(ids, mask, segments), -1).numpy()[mask.bool()]
    inputs = {"input_ids": ids, "segment_ids": segments, "attention_mask": mask}
    for form, tolerance in ((graph, 1e-4), (packed(graph), 0.1), (computed_in_int8(graph), 0.5)):
        file = tmp_path / "reader.onnx"
        file.write_bytes(form.SerializeToString())
        session = OnnxReader(file)._session
        found = session.run(None, {name: value.numpy().astype(np.int32) for name, value in inputs.items()})[0]
        np.testing.assert_allclose(found[mask.numpy() > 0], expected, atol=tolerance)
