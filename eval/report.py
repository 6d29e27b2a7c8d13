"""The report of a run: printed as a table, saved as JSON and Markdown, with a line a question."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from eval.figures import Figure
from eval.judge import Row, Verdict
from eval.provenance import Provenance
from eval.stated_figures import Stated
from index.files import write_text


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found; the violations must be zero. `notes` say what was chosen to be asked.

    `stated` is None where no question was read.
    """

    provenance: Provenance
    figures: Sequence[Figure]
    rows: Sequence[Row]
    depth: int
    seed: int
    first_ms: float
    unknown_articles: Sequence[str]
    notes: Mapping[str, int | str] = field(default_factory=dict)
    stated: Stated | None = None

    @property
    def violations(self) -> dict[str, int]:
        """What must never happen, counted."""
        return {
            "quotes that are not verbatim": sum(row.broken_quotes for row in self.rows),
            "citations with an abstention": sum(row.cited_abstention for row in self.rows),
        }

    @property
    def errors(self) -> int:
        """Questions that raised."""
        return sum(row.error is not None for row in self.rows)

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many questions ended each way, all ways named."""
        counts = Counter(row.verdict for row in self.rows)
        return {verdict: counts[verdict] for verdict in Verdict}

    def to_json(self) -> str:
        """results.json; a figure that is not defined is null."""
        record = {
            "provenance": asdict(self.provenance),
            "questions": len(self.rows),
            "answerable": sum(bool(row.gold) for row in self.rows),
            "chosen": dict(self.notes),
            "depth": self.depth,
            "bootstrap_seed": self.seed,
            "first_ms": _number(self.first_ms),
            "figures": _figures(self.figures),
            "stated": self.stated
            and {"questions": dict(self.stated.counts), "figures": _figures(self.stated.figures)},
            "verdicts": self.verdicts,
            "violations": self.violations,
            "errors": self.errors,
            "unknown_articles": list(self.unknown_articles),
        }
        return json.dumps(record, indent=2, ensure_ascii=False) + "\n"

    def to_markdown(self) -> str:
        """results.md: the figures, what went wrong, where it comes from."""
        unanswerable = sum(not row.gold for row in self.rows)
        parts = [
            f"# {self.provenance.gold}: {len(self.rows)} questions, {unanswerable} of them unanswerable",
            *(f"{name}: {value}  " for name, value in self.notes.items()),
            _figure_table(self.figures),
            *([stated_heading(self.stated), _figure_table(self.stated.figures)] if self.stated else []),
            "## What became of the questions",
            _table(("verdict", "questions"), ((name, str(count)) for name, count in self.verdicts.items())),
            *(f"{name}: {count}  " for name, count in self.violations.items()),
            f"questions that raised an error: {self.errors}",
            *(
                [f"articles gold names that are not there: {', '.join(unknown)}"]
                if (unknown := self._unknown)
                else []
            ),
            "## By kind of question",
            _table(("kind", "questions", "mean F1", "gold in quote", "abstained"), _by_kind(self.rows)),
            "## Where it comes from",
            _table(("", ""), _origin(self.provenance)),
        ]
        return "\n\n".join(parts) + "\n"

    @property
    def _unknown(self) -> Sequence[str]:
        return self.unknown_articles[:20]

    def save(self, folder: Path) -> None:
        """Write results.json, results.md and questions.jsonl, each in one step."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in self.rows)
        write_text(folder / "questions.jsonl", "".join(lines))
        write_text(folder / "results.md", self.to_markdown())
        write_text(folder / "results.json", self.to_json())


def figure_cells(figure: Figure) -> tuple[str, str, str, str]:
    """A figure as the table shows it: name, value, interval, how many questions it is over."""
    interval = figure.interval
    if math.isnan(interval.value):
        return figure.name, "–", "–", str(figure.over)
    digits = 1 if figure.name.endswith("(ms)") else 3
    value, low, high = (f"{number:.{digits}f}" for number in (interval.value, interval.low, interval.high))
    return figure.name, value, f"{low} to {high}", str(figure.over)


def figure_line(figure: Figure) -> str:
    """A figure as it is printed."""
    name, value, interval, over = figure_cells(figure)
    return f"{name:34} {value:>8}  {interval:>18}  {over:>6} questions"


def stated_heading(stated: Stated) -> str:
    """What the figures are over, and how many questions are in each group."""
    counts = ", ".join(f"{count} {group}" for group, count in stated.counts.items())
    return f"Answers in the archive asked, by reading: {counts}"


def _figures(figures: Sequence[Figure]) -> dict[str, dict[str, float | int | None]]:
    return {figure.name: _figure(figure) for figure in figures}


def _figure_table(figures: Sequence[Figure]) -> str:
    return _table(("figure", "value", "95 % interval", "questions"), map(figure_cells, figures))


def _figure(figure: Figure) -> dict[str, float | int | None]:
    interval = figure.interval
    value, low, high = (_number(number) for number in (interval.value, interval.low, interval.high))
    return {"value": value, "low": low, "high": high, "questions": figure.over}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _by_kind(rows: Sequence[Row]) -> Iterable[Sequence[str]]:
    for kind in sorted({row.kind for row in rows}):
        chosen = [row for row in rows if row.kind == kind]
        answerable = [row for row in chosen if row.gold]
        in_quote = (
            f"{sum(row.gold_in_quote for row in answerable)} of {len(answerable)}" if answerable else "–"
        )
        f1 = f"{sum(row.f1 for row in chosen) / len(chosen):.3f}"
        yield kind or "–", str(len(chosen)), f1, in_quote, str(sum(row.abstained for row in chosen))


def _origin(provenance: Provenance) -> Iterable[tuple[str, str]]:
    machine = provenance.machine
    dirty = {True: " with changes", False: "", None: ""}[provenance.dirty]
    yield "command", f"`{provenance.command}`"
    yield "commit", f"{provenance.commit or 'not a checkout'}{dirty}"
    yield "date", provenance.date
    yield "machine", f"{machine.cpu}, {machine.cores} cores, {machine.memory_gib} GiB, {machine.system}"
    yield "python", machine.python
    yield "packages", ", ".join(f"{name} {number}" for name, number in provenance.packages.items())
    yield "encoder", f"{provenance.encoder} {provenance.encoder_checksum or '(not loaded)'}"
    yield "gold SHA-256", provenance.gold_sha256
    yield "archive SHA-256", provenance.archive_sha256
    yield (
        "archive",
        f"{provenance.articles} articles, {provenance.passages} passages, {provenance.embedded} with vectors",
    )
