"""How long the reader takes for a question over eight passages, beside the same network in torch.

    python -m training.reader_speed [FILE]

Both are warm, use every core, and take turns, so that a busy machine slows both; medians are printed. The
torch network has the encoder's weights, which make it no quicker or slower than trained ones.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer

from index.archive import Archive
from index.indexing import index_paths
from index.packaged_model import packaged_model
from qa.models import READER
from qa.reader import OnnxReader, ReadingText
from qa.retriever import Retriever
from training.span_model import Batch, SpanModel
from training.windows import join, tokenise

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
QUESTIONS = ("Who met Milley?", "When did Austin arrive in Seoul?", "How many troops are stationed there?")
PASSAGES, ROUNDS = 8, 15


def main() -> None:
    """Command line of the measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", nargs="?", type=Path, default=READER)
    passages = seed_passages()
    reader = OnnxReader(parser.parse_args().reader)
    network = torch_reader(passages)
    kinds: dict[str, Callable[[str], object]] = {
        "onnxruntime": lambda question: reader.read(question, [ReadingText(text) for text in passages]),
        "torch": network,
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for turn in range(ROUNDS + 1):
        for name, read in kinds.items():
            started = time.perf_counter()
            read(QUESTIONS[turn % len(QUESTIONS)])
            if turn:  # the first warms up
                times[name].append(1000 * (time.perf_counter() - started))
    for name, taken in times.items():
        print(f"{name}: median {statistics.median(taken):.0f} ms, worst {max(taken):.0f} ms")
    ratio = statistics.median(times["torch"]) / statistics.median(times["onnxruntime"])
    print(f"torch takes {ratio:.2f} times as long; {PASSAGES} passages, {os.cpu_count()} cores")


def seed_passages() -> list[str]:
    """Passages of the seed articles, as the retriever finds them."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive") as archive:
        index_paths(archive, [SEEDS])
        return [hit.text for hit in Retriever(archive).search(QUESTIONS[0], PASSAGES)]


def torch_reader(passages: list[str]) -> Callable[[str], object]:
    """The reader's network in torch over the passages, as one batch."""
    torch.set_num_threads(os.cpu_count() or 1)
    model = SpanModel.from_folder(packaged_model(), dropout=0.0).eval()
    tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def read(question: str) -> object:
        asked = tokenise(tokenizer, [question])[0].ids.tolist()
        texts = [tokens.ids.tolist() for tokens in tokenise(tokenizer, passages)]
        with torch.inference_mode():
            batch = Batch([join(asked, [], text, None) for text in texts], torch.device("cpu"))
            return batch.logits(model)

    return read


if __name__ == "__main__":
    main()
