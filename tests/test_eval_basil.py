"""Stories measured on events: which articles are taken, what the figures count, what is saved."""

import gzip
import json
import lzma
import math
from pathlib import Path

import pytest
from made_stories import FIRE, FIRE_RIVAL, SUMMIT, SUMMIT_RIVAL

from eval.basil_figures import EventScore, intervals, score_events
from eval.basil_task import EVENTS, OTHERS, read_task
from eval.cli import main
from index.errors import UsageError


def event_record(event: str, source: str, title: str, text: str, day: str) -> dict[str, object]:
    return {
        "uuid": "empty",
        "triplet-uuid": event,
        "source": source,
        "title": title,
        "date": day,
        "body-paragraphs": [[text]],
    }


def other_record(name: str, text: str, day: str = "2024-01-08") -> dict[str, str]:
    return {"id": name, "title": f"About {name}", "text": text, "date": day, "source": "Other"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two events of two articles each, a copy of one of them, and three others of which one is usable."""
    events = [
        event_record("fire", "NYT", "Fire guts Oostakker market hall", FIRE, "2024-01-08"),
        event_record("fire", "FOX", "Oostakker market hall burns down", FIRE_RIVAL, "2024-01-09"),
        event_record("cod", "NYT", "Nine countries sign cod treaty", SUMMIT, "2024-01-08"),
        event_record("cod", "FOX", "Cod quotas fall under Tromso treaty", SUMMIT_RIVAL, "2024-01-09"),
    ]
    other = "A museum of lace has opened in Bruges. " * 10
    others = [
        other_record("copied", FIRE + " (By our staff)", "2024-01-10"),
        other_record("museum", other),
        other_record("short", "Lace."),
        other_record("undated", other, day=""),
    ]
    for path, records, pack in ((EVENTS, events, gzip.compress), (OTHERS, others, lzma.compress)):
        (tmp_path / path).parent.mkdir(parents=True)
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (tmp_path / path).write_bytes(pack(lines.encode()))
    return tmp_path


def test_the_events_articles_and_the_others_that_are_no_copies_of_them(data: Path) -> None:
    task = read_task(data)
    assert [article.id for article in task.articles] == [
        "fire nyt",
        "fire fox",
        "cod nyt",
        "cod fox",
        "museum",
    ]
    assert task.duplicates == 1
    assert task.events == {"fire nyt": "fire", "fire fox": "fire", "cod nyt": "cod", "cod fox": "cod"}
    assert len(read_task(data, others=0).articles) == 4


def test_a_file_that_is_not_there_or_no_events_is_named(data: Path, tmp_path: Path) -> None:
    (data / EVENTS).write_bytes(gzip.compress(b'{"title": "No event"}\n'))
    with pytest.raises(UsageError, match=r"basil_story_triples\.jsonl\.gz: cannot be read as articles"):
        read_task(data)
    with pytest.raises(UsageError, match="cannot be read as articles"):
        read_task(tmp_path / "nowhere")


# Two events of three articles. One story holds a1, a2 and b1, one b2, b3 and the other article x.
EVENT_OF = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "b2": "B", "b3": "B"}
STORIES = [["a1", "a2", "b1"], ["a3"], ["b2", "b3", "x"]]


def test_what_becomes_of_each_event() -> None:
    # A: of 3 pairs a1-a2 is together; astray a1-b1 and a2-b1, half each: 1. B-cubed precision: a1 and a2
    # stand in a story of 3 with 2 of A, a3 alone: 2/3 + 2/3 + 1 = 7/3; recall 2/3 + 2/3 + 1/3 = 5/3.
    # B: b2-b3 is together; astray 1; x is put to two of B; precision 1/3 + 1 + 1, recall 1/3 + 2/3 + 2/3.
    first, second = score_events(EVENT_OF, STORIES)
    for score in (first, second):
        assert score.precision == pytest.approx(7 / 3)
        assert score.recall == pytest.approx(5 / 3)
    assert first == EventScore("A", 3, 3, 1, 1.0, 0, first.precision, first.recall)
    assert second == EventScore("B", 3, 3, 1, 1.0, 2, second.precision, second.recall)


def test_the_figures_of_them() -> None:
    # Pairs of event articles put together: a1-a2, a1-b1, a2-b1, b2-b3; 2 of 4 right, 2 of 6 found.
    # With x two more: 2 of 6 right.
    found = {name: interval.value for name, interval in intervals(score_events(EVENT_OF, STORIES)).items()}
    assert found == pytest.approx(
        {
            "pairwise precision": 1 / 2,
            "pairwise recall": 1 / 3,
            "pairwise F1": 2 / 5,
            "precision, all other articles wrong": 1 / 3,
            "F1, all other articles wrong": 1 / 3,
            "B-cubed precision": 7 / 9,
            "B-cubed recall": 5 / 9,
            "B-cubed F1": 2 * 7 * 5 / (9 * 12),
        }
    )


def test_articles_all_apart_have_no_precision() -> None:
    found = intervals(score_events(EVENT_OF, [[article] for article in EVENT_OF]))
    assert math.isnan(found["pairwise precision"].value)
    assert found["pairwise recall"].value == 0.0
    assert found["B-cubed precision"].value == 1.0
    assert found["B-cubed recall"].value == pytest.approx(1 / 3)


def test_every_figure_lies_in_its_interval() -> None:
    for name, interval in intervals(score_events(EVENT_OF, STORIES)).items():
        assert 0 <= interval.low <= interval.value <= interval.high <= 1, name


def test_the_command_measures_and_saves(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "results"
    assert main(["basil", "--data", str(data), "--out", str(out)]) == 0
    printed = map(str.split, capsys.readouterr().out.splitlines())
    assert ["pairwise", "F1", "1.000", "1.000", "to", "1.000"] in printed
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert results["figures"]["pairwise F1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert (results["articles of events"], results["other articles"]) == (4, 1)
    assert results["provenance"]["command"].startswith("python -m eval basil --data")
    lines = [json.loads(line) for line in (out / "stories.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [[article["id"] for article in line["articles"]] for line in lines] == [
        ["fire nyt", "fire fox"],
        ["cod nyt", "cod fox"],
    ]
    assert main(["basil", "--data", str(tmp_path / "nowhere")]) == 2
    assert "cannot be read as articles" in capsys.readouterr().err
