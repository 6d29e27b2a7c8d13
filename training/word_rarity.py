"""Count how rare words are in general English: python -m training.word_rarity --data ../shared/data.

Writes qa/data/word_rarity.json: for each form in at least LEAST sentences, ln(sentences / sentences with it).
"""

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.words import form_set
from qa.selection import RARITY
from training.selection_data import split

LEAST = 8
SQUAD_FILES = ("squad_v1.1_train_partial", "squadshifts_new_wiki", "squadshifts_reddit")


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the data folder (its train/ part is read)")
    sentences = [
        sentence for text in texts(parser.parse_args().data / "train") for _, sentence in split(text)
    ]
    counts = Counter(form for sentence in sentences for form in form_set(sentence))
    rarity = {form: round(math.log(len(sentences) / n), 1) for form, n in counts.items() if n >= LEAST}
    stored = {"sentences": len(sentences), "rarity": dict(sorted(rarity.items()))}
    RARITY.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def texts(train: Path) -> Iterator[str]:
    """Paragraphs of encyclopedia, forum and news."""
    for name in SQUAD_FILES:
        for article in json.loads(gzip.decompress((train / f"{name}.json.gz").read_bytes()))["data"]:
            if article.get("title") != "squad-train-du-test":  # pseudo-paragraphs
                yield from (paragraph["context"] for paragraph in article["paragraphs"])
    with gzip.open(train / "clickbait_spoiling_validation.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from json.loads(line)["targetParagraphs"]


if __name__ == "__main__":
    main()
