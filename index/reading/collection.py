"""Collections, .jsonl and .csv: their records one after another, without loading the file."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from index.errors import CorpusError
from index.reading.dates import DayOrder
from index.reading.decoding import MAX_ARTICLE_BYTES, iter_lines, open_stream
from index.reading.record import FIELDS, field, numeric_date

Record = Mapping[str, object]
Records = Iterator[tuple[int, Record | CorpusError]]
"""Line number (where the record starts, from 1) and the record, or why there is none."""

_SAMPLE_BYTES = 1 << 20
_ORDER_SAMPLE = 2000


def jsonl_records(path: Path) -> Records:
    """The objects of a file with one JSON object a line; blank lines are passed over."""
    for number, line in iter_lines(path):
        if isinstance(line, CorpusError):
            yield number, line
        elif line.strip():
            yield number, _parse_object(line)


def csv_records(path: Path) -> Records:
    """The rows of a table whose first line names the columns; comma, semicolon or tab apart."""
    csv.field_size_limit(MAX_ARTICLE_BYTES)  # the default, 128 KiB, is less than a long article
    failures: list[tuple[int, CorpusError]] = []
    lines = _csv_lines(path, failures)
    first = next(lines, "")
    rows = csv.reader(lines, delimiter=_delimiter(first))
    header = next(csv.reader([first], delimiter=_delimiter(first)), [])
    if field(dict.fromkeys(header, "x"), "text") is None:
        yield 1, CorpusError(f"no text column: the first line must name one of {', '.join(FIELDS['text'])}")
        return
    while True:
        number = rows.line_num + 2
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield number, CorpusError(f"not CSV ({error})")
            continue
        yield from failures
        failures.clear()
        if row is None:
            return
        if row:
            yield number, _named(header, row)


RECORDS: Mapping[str, Callable[[Path], Records]] = {".jsonl": jsonl_records, ".csv": csv_records}


def day_order(records: Records) -> DayOrder | None:
    """The order of a collection's numeric dates, proved by one that has a single reading (25/04/2021).

    Looks at the first records only; None if none of them proves it or they contradict each other.
    """
    proved = set()
    for _, (_, record) in zip(range(_ORDER_SAMPLE), records, strict=False):
        if not isinstance(record, CorpusError) and (day := numeric_date(record)):
            proved.add(day.order())
    proved.discard(None)
    return proved.pop() if len(proved) == 1 else None


def estimate_records(path: Path, suffix: str) -> int:
    """About how many records a collection has, by those of its first MiB; exact if it is shorter."""
    with open_stream(path) as stream:
        sample = stream.read(_SAMPLE_BYTES)
    text = sample.decode("utf-8", "replace")
    counted = _count_rows(text) if suffix == ".csv" else sum(bool(line.strip()) for line in text.split("\n"))
    if len(sample) < _SAMPLE_BYTES:
        return counted
    # Compressed files are taken to hold four times their size: text compresses to a quarter or so.
    size = path.stat().st_size * (4 if path.suffix.lower() in {".gz", ".xz"} else 1)
    return max(counted, counted * size // len(sample))


def _count_rows(text: str) -> int:
    """The rows of the beginning of a table, however many lines each takes; without the first, the columns."""
    csv.field_size_limit(MAX_ARTICLE_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.split("\n", 1)[0]))
    try:
        return max(0, sum(bool(row) for row in rows) - 1)
    except csv.Error:
        return text.count("\n")


def _delimiter(first: str) -> str:
    """What parts the columns of a table, by its first line."""
    return max(",;\t", key=first.count)


def _parse_object(line: str) -> Record | CorpusError:
    try:
        value = json.loads(line.removeprefix("\ufeff"))
    except RecursionError:
        return CorpusError("not JSON that can be read: nested too deeply")
    except ValueError as error:
        return CorpusError(f"not JSON ({error})")
    return value if isinstance(value, dict) else CorpusError("not a JSON object: expected {...} on each line")


def _csv_lines(path: Path, failures: list[tuple[int, CorpusError]]) -> Iterator[str]:
    """The lines with their ends, as the csv module wants them; what cannot be read goes to `failures`."""
    for number, line in iter_lines(path):
        if isinstance(line, CorpusError):
            failures.append((number, line))
            yield "\n"  # keeps the count of lines
        else:
            yield (line.removeprefix("\ufeff") if number == 1 else line) + "\n"


def _named(header: list[str], row: list[str]) -> Record | CorpusError:
    if any(map(str.strip, row[len(header) :])):
        return CorpusError(f"{len(row)} values for {len(header)} columns: is a quotation mark missing?")
    return dict(zip(header, row, strict=False))
