"""The reader's training data: labels, detokenised text, windows and reproducible order."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.packaged_model import packaged_model
from training.hard_negatives import NegativeFinder
from training.reading_sets import Paragraph, Question, choose_label, detokenise, read_squad
from training.spans_data import DataConfig, SpanData
from training.windows import cut, cut_beside, join, token_span, tokenise

TEXT = "Milley met the South Korean general in Seoul. They spoke for two hours. Nothing was signed."


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def span(part: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def test_label_is_the_shortest_that_two_annotators_gave() -> None:
    long, short, other = span("the South Korean general"), span("South Korean general"), span("general")
    assert choose_label(TEXT, [long, short, other]) == short  # long and short differ by an article only
    assert choose_label(TEXT, [long, other]) in (long, other)
    assert choose_label(TEXT, []) is None


def test_detokenised_text_reads_as_written() -> None:
    tokens = [
        "``",
        "I",
        "do",
        "n't",
        "know",
        ",",
        "''",
        "said",
        "Mr.",
        "Won",
        "-LRB-",
        "61",
        "-RRB-",
        ",",
        "Korea",
        "'s",
        '"',
        "best",
        '"',
        "general",
        ".",
    ]
    text, spans = detokenise(tokens)
    assert text == '"I don\'t know," said Mr. Won (61), Korea\'s "best" general.'
    assert [text[start:end] for start, end in spans[8:10]] == ["Mr.", "Won"]


@given(st.lists(st.sampled_from(["``", "''", '"', "-LRB-", ".", "n't", "'s", "word", "$", "5"]), max_size=30))
def test_detokenised_spans_are_the_tokens(tokens: list[str]) -> None:
    shown = {"``": '"', "''": '"', "-LRB-": "("}
    text, spans = detokenise(tokens)
    assert [text[start:end] for start, end in spans] == [shown.get(token, token) for token in tokens]


def test_squad_files_keep_unanswerable_questions_and_drop_wrong_offsets(tmp_path: Path) -> None:
    def asked(text: str, answers: list[tuple[str, int]]) -> dict[str, object]:
        return {"question": text, "answers": [{"text": a, "answer_start": at} for a, at in answers]}

    questions = [asked("Where?", [("Seoul", 39)]), asked("Why?", []), asked("Who?", [("Won", 3)])]
    paragraph = {"context": TEXT, "qas": questions}
    path = tmp_path / "set.json.gz"
    path.write_bytes(
        gzip.compress(json.dumps({"data": [{"title": "A_B", "paragraphs": [paragraph]}]}).encode())
    )
    (found,) = read_squad(path, "squad2", has_titles=True)
    assert found.title == "A B"
    assert [(q.text, q.label) for q in found.questions] == [
        ("Where?", span("Seoul")),
        ("Why?", None),
        ("Who?", None),
    ]


@settings(deadline=None)
@given(
    seed=st.integers(0, 10**6), size=st.integers(2, 24), start=st.integers(0, 80), length=st.integers(1, 12)
)
def test_windows_hold_their_label_and_keep_to_the_size(
    tokenizer: Tokenizer, seed: int, size: int, start: int, length: int
) -> None:
    (tokens,) = tokenise(tokenizer, [TEXT])
    label = token_span(tokens, (start, min(len(TEXT), start + length)))
    first, last = cut(tokens, label, size, np.random.default_rng(seed))
    assert 0 <= first < last <= len(tokens.ids)
    assert last - first <= size
    assert first <= label[0]
    assert label[1] < last or label[1] - label[0] >= size


def test_windows_beside_the_label_lack_it(tokenizer: Tokenizer) -> None:
    (tokens,) = tokenise(tokenizer, [TEXT])
    for part in ("Seoul", "signed"):
        label = token_span(tokens, span(part))
        first, last = cut_beside(tokens, label, 8, np.random.default_rng(1))
        assert last <= label[0] or first > label[1]


def test_label_positions_are_the_answer_in_the_joined_input(tokenizer: Tokenizer) -> None:
    asked, title, text = tokenise(tokenizer, ["Where did they meet?", "Talks.", TEXT])
    window = join(asked.ids.tolist(), title.ids.tolist(), text.ids.tolist(), token_span(text, span("Seoul")))
    first, last = window.label
    assert tokenizer.decode(window.ids[first : last + 1].tolist()) == "seoul"
    assert tokenizer.decode(window.ids[slice(*window.text)].tolist()).startswith("milley met")
    assert tokenizer.decode(window.ids[window.segment :].tolist()).startswith("talks.")


def test_negatives_share_words_and_lack_the_answer() -> None:
    texts = [
        "The talks were held in Seoul.",
        "The talks were held in Busan.",
        "Copper fell.",
        "Seoul talks held.",
    ]
    finder = NegativeFinder(texts, ["a", "a", "b", "c"])
    assert finder.similar("Where were the talks held?", ["Seoul"], depth=3) == [1]
    assert finder.same_article(0, ["Seoul"]) == [1]
    assert finder.similar("zzz", ["Seoul"], depth=3) == []


def test_batches_go_on_where_they_stopped(tokenizer: Tokenizer) -> None:
    questions = (Question("Where?", (span("Seoul"),), span("Seoul")), Question("Why?", (), None))
    paragraphs = [Paragraph("squad1", "x", "", f"{TEXT} Number {number}.", questions) for number in range(40)]
    data = SpanData(paragraphs, tokenizer, DataConfig(), seed=7, batch=2)
    whole, later = data.batches(0), data.batches(19)
    expected = [next(whole) for _ in range(data.batches_per_pass + 3)][19:]
    for batch in expected:
        for one, other in zip(batch, next(later), strict=True):
            assert one.label == other.label
            assert np.array_equal(one.ids, other.ids)
