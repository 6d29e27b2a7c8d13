"""Train the byte-pair ranks of the "news16k" encoding: python -m training.tokens --data DIR.

Only the texts of DIR/train are read. The same texts give the same file, byte for byte.
"""

import argparse
import base64
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from index.tokens import PIECES, RANKS_FILE

SIZE = 16_384
SQUAD_FILES = (
    "squad_v1.1_train_partial.json.gz",
    "squad_v2.0_dev_part_a.json.gz",
    "squadshifts_new_wiki.json.gz",
    "squadshifts_amazon.json.gz",
    "squadshifts_reddit.json.gz",
)


def training_texts(train: Path) -> list[str]:
    """Read the distinct paragraphs of running text in `train`, in the order of the files.

    Sets that come tokenised ("Mr . Smith") are left out: their spacing is not that of articles.
    """
    found = [text for name in SQUAD_FILES for text in _squad_contexts(train / name)]
    found += _fields(train / "squad_question_sentence_pairs.jsonl.gz", "sentence", "question")
    found += _fields(train / "clickbait_spoiling_validation.jsonl.gz", "targetParagraphs", "targetTitle")
    return list(dict.fromkeys(found))


def train_tokenizer(texts: list[str]) -> Tokenizer:
    """Train a byte-level byte-pair tokenizer of `SIZE` tokens, every single byte among them."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE,
        show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def ranks_of(tokenizer: Tokenizer) -> list[bytes]:
    """Return the tokens as bytes, by rank: the 256 bytes in their order, then the merges in theirs."""
    to_byte = _bytes_by_letter()
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    tokens = [bytes([byte]) for byte in range(256)]
    tokens += [bytes(to_byte[letter] for letter in left + right) for left, right in merges]
    # Two merges can spell the same token; tiktoken wants each once, at its first rank.
    return list(dict.fromkeys(tokens))


def ranks_text(tokens: list[bytes]) -> str:
    """Write the file's text as tiktoken reads it: one token a line, in base 64, and its rank."""
    return "".join(f"{base64.b64encode(token).decode()} {rank}\n" for rank, token in enumerate(tokens))


def _bytes_by_letter() -> dict[str, int]:
    # How ByteLevel writes bytes as letters: https://github.com/openai/gpt-2/blob/master/src/encoder.py
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {chr(byte): byte for byte in shown} | {chr(256 + n): byte for n, byte in enumerate(hidden)}


def _squad_contexts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for article in json.load(file)["data"]:
            for paragraph in article["paragraphs"]:
                yield paragraph["context"]
                yield from (str(question["question"]) for question in paragraph["qas"])


def _fields(path: Path, *names: str) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record: dict[str, Any] = json.loads(line)
            for name in names:
                value = record.get(name) or ""
                yield value if isinstance(value, str) else "\n\n".join(value)


def main() -> None:
    """Train, write the file, and print what has to be copied into index/tokens.py."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder (with train/ in it)")
    parser.add_argument("--out", type=Path, default=Path("index/data") / RANKS_FILE)
    arguments = parser.parse_args()
    texts = training_texts(arguments.data / "train")
    content = ranks_text(ranks_of(train_tokenizer(texts))).encode()
    arguments.out.write_bytes(content)
    print(f"{len(texts):,} texts, {sum(map(len, texts)):,} characters, {len(content):,} bytes")
    print(f"sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
