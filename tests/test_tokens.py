"""The news16k encoding: reversible for any text, safe on special tokens, the trained one, and offline."""

import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.tokens
from index.errors import CitewireError
from index.tokens import RANKS_FILE, count_tokens, load_encoding
from training.tokens import ranks_of, ranks_text, train_tokenizer, training_texts

DATA = Path(os.environ.get("CITEWIRE_DATA", Path(__file__).parents[2] / "shared" / "data"))

SAMPLES = {
    "news": "SEOUL, Dec. 1 (Yonhap) -- Gen. Milley met Won In-choul, it's said; they’ll meet again at 5 p.m.",
    "numbers": "1,234,567.89 and 20211201 and ½",
    "white space": "a  b\n\n\tc\r\n   ",
    "scripts": "한국군 합참의장 ประเทศไทย Москва مرحبا 東京",
    "joined emoji": "👩‍👩‍👧‍👦 and é as e\u0301",
    "address": "https://example.com/a?b=c&d=%20#e",
}


@settings(deadline=None)
@given(st.text())
def test_decoding_gives_the_text_back(text: str) -> None:
    encoding = load_encoding()
    assert encoding.decode(encoding.encode_ordinary(text)) == text


def test_half_a_surrogate_pair_is_counted_like_the_sign_for_it() -> None:
    assert count_tokens("a\ud83d") == count_tokens("a\ufffd")


@pytest.mark.parametrize("special", ["<|endoftext|>", "<|im_start|>", "[CLS]"])
def test_a_special_token_is_text_like_any_other(special: str) -> None:
    assert count_tokens(special) > 1
    assert load_encoding().special_tokens_set == set()


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=1))
def test_tokens_of_words_add_up(words: list[str]) -> None:
    # What lets passages add up the tokens of their sentences, each counted with the space before it.
    added = count_tokens(words[0]) + sum(count_tokens(f" {word}") for word in words[1:])
    assert count_tokens(" ".join(words)) == added


def test_one_token_for_each_rank_and_each_byte() -> None:
    encoding = load_encoding()
    assert encoding.name == "news16k"
    assert encoding.n_vocab == 16_384
    assert [encoding.decode_single_token_bytes(byte) for byte in range(256)] == [
        bytes([b]) for b in range(256)
    ]


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
def test_ranks_count_as_the_trained_tokenizer_does(text: str) -> None:
    tiktoken = pytest.importorskip("tiktoken")
    tokenizer = train_tokenizer([*SAMPLES.values()] * 3)
    tokens = ranks_of(tokenizer)
    encoding = tiktoken.Encoding(
        name="sample",
        pat_str=index.tokens.PIECES,
        mergeable_ranks={token: rank for rank, token in enumerate(tokens)},
        special_tokens={},
    )
    spelled = [encoding.decode_single_token_bytes(token) for token in encoding.encode_ordinary(text)]
    assert len(spelled) == len(tokenizer.encode(text).ids)
    assert b"".join(spelled).decode() == text


def test_training_twice_gives_the_same_file() -> None:
    texts = [*SAMPLES.values()]
    assert ranks_text(ranks_of(train_tokenizer(texts))) == ranks_text(ranks_of(train_tokenizer(texts)))


def test_damaged_ranks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    load_encoding.cache_clear()
    monkeypatch.setattr(index.tokens, "RANKS_SHA256", "0" * 64)
    with pytest.raises(CitewireError, match=f"{RANKS_FILE} is damaged"):
        load_encoding()


@pytest.mark.parametrize("lines", [1, 100], ids="{} lines".format)
def test_a_long_run_of_one_letter_takes_no_time(lines: int) -> None:
    assert count_tokens("a" * 1000 * lines) == 1000 * lines


def test_importing_loads_no_tiktoken() -> None:
    code = "import sys, index.tokens, index.passages; sys.exit('tiktoken' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(index.tokens.__file__).parents[1])


def test_the_file_is_small_enough_for_the_package() -> None:
    assert len(files("index").joinpath("data", RANKS_FILE).read_bytes()) < 300_000


@pytest.mark.slow
def test_the_shipped_ranks_are_what_training_gives() -> None:
    if not (DATA / "train").is_dir():
        pytest.skip(f"needs train/ under CITEWIRE_DATA, which is {DATA}")
    texts = training_texts(DATA / "train")
    tokenizer = train_tokenizer(texts)
    shipped = files("index").joinpath("data", RANKS_FILE).read_bytes()
    assert ranks_text(ranks_of(tokenizer)).encode() == shipped
    for text in texts[::50]:
        assert count_tokens(text) == len(tokenizer.encode(text).ids)
