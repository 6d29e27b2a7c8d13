"""Articles of a data set, written as a file that `citewire index` reads."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """An article as a data set gives it, "" for what it does not tell; `url` tells it from every other."""

    title: str
    text: str
    url: str
    source: str = ""
    published: str = ""
    id: str = ""


def write_records(records: Iterable[Record], path: Path) -> None:
    """Write the records as JSON lines, one article each."""
    lines = (json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")
