"""From files to an archive: idempotent, resumable, and a bad file costs only itself."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from fakes import HashingEncoder, open_archive

from index.archive import Archive
from index.errors import UsageError
from index.indexing import index_paths
from index.verification import verify


def write_articles(path: Path, count: int, first: int = 1) -> None:
    lines = [
        {
            "id": f"n{number}",
            "title": f"News {number}",
            "text": f"Story {number} began on Monday. It ended {number} days later.\n\n"
            f"Nobody knew why story {number} did.",
            "date": "2024-02-03",
            "source": "The Example",
        }
        for number in range(first, first + count)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def test_indexing_twice_does_nothing_twice(archive: Archive, tmp_path: Path) -> None:
    write_articles(tmp_path / "news.jsonl", 40)
    first = index_paths(archive, [tmp_path / "news.jsonl"])
    assert (first.added, first.encoded, first.failed) == (40, 40, ())
    second = index_paths(archive, [tmp_path / "news.jsonl"])
    assert (second.added, second.updated, second.skipped, second.encoded) == (0, 0, 40, 0)
    assert verify(archive) == []


def test_a_changed_record_is_updated_and_a_new_one_added(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    write_articles(file, 3)
    index_paths(archive, [file])
    file.write_text(file.read_text().replace("Story 2 began", "Story 2 started"), encoding="utf-8")
    (tmp_path / "more.txt").write_text(
        "A headline of its own\n\nA body that says something on Tuesday.", encoding="utf-8"
    )
    report = index_paths(archive, [tmp_path])
    assert (report.added, report.updated, report.skipped) == (1, 1, 2)
    assert "started" in archive.article("n2").text


def test_bad_files_and_lines_are_named_and_the_rest_goes_on(archive: Archive, tmp_path: Path) -> None:
    write_articles(tmp_path / "good.jsonl", 2)
    write_articles(tmp_path / "torn.jsonl", 2, first=10)
    torn = (tmp_path / "torn.jsonl").read_text().splitlines()
    (tmp_path / "torn.jsonl").write_text("\n".join([torn[0], '{"text": "cut o', torn[1]]), encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    report = index_paths(archive, [tmp_path])
    assert report.added == 4
    places = sorted(Path(failure.place).name for failure in report.failed)
    assert places == ["empty.txt", "torn.jsonl:2"]


def test_a_record_that_repeats_an_id_does_not_overwrite_the_first(archive: Archive, tmp_path: Path) -> None:
    write_articles(tmp_path / "news.jsonl", 1)
    line = json.loads((tmp_path / "news.jsonl").read_text())
    again = {**line, "text": "Something else entirely happened."}
    (tmp_path / "news.jsonl").write_text(f"{json.dumps(line)}\n{json.dumps(again)}\n", encoding="utf-8")
    for _ in range(2):
        report = index_paths(archive, [tmp_path / "news.jsonl"])
        (failure,) = report.failed
        assert failure.place.endswith("news.jsonl:2")
        assert "the same record as line 1" in failure.message
        assert archive.article("n1").text.startswith("Story 1 began")


def test_what_is_gone_stays_until_pruned_and_what_moved_is_not_lost(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("one", "two", "three"):
        (folder / f"{name}.txt").write_text(
            f"Headline {name}\n\nThe council met on Monday and chose plan {name}. It will begin in May.",
            encoding="utf-8",
        )
    index_paths(archive, [folder])
    (folder / "one.txt").unlink()
    (folder / "two.txt").rename(folder / "zwei.txt")
    report = index_paths(archive, [folder])
    assert set(report.missing) == {"one", "two"}
    assert report.duplicates == 1
    assert archive.counts().articles == 3
    report = index_paths(archive, [folder], prune=True)
    assert report.removed == ("one",)
    assert {article.id: Path(article.path).name for article in archive.articles()} == {
        "two": "zwei.txt",
        "three": "three.txt",
    }
    assert index_paths(archive, [folder]).skipped == 2


def test_pruning_spares_what_could_not_be_read_this_time(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    write_articles(file, 3)
    index_paths(archive, [file])
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[1][:20]]), encoding="utf-8")
    report = index_paths(archive, [file], prune=True)
    assert report.removed == ()
    assert archive.counts().articles == 3


def test_a_path_that_is_not_there(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such file or folder"):
        index_paths(archive, [tmp_path / "nowhere"])


def test_progress_is_shown_on_standard_error(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "news.jsonl", 5)
    index_paths(archive, [tmp_path], progress=True)
    output = capsys.readouterr()
    assert output.out == ""
    assert "Reading" in output.err
    assert "Encoding" in output.err
    assert "5/5" in output.err


SLOW_INDEXING = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    sys.path.insert(0, sys.argv[3])
    from fakes import HashingEncoder, open_archive
    from index.indexing import index_paths

    class SlowEncoder(HashingEncoder):
        def encode_passages(self, texts):
            time.sleep(0.2)
            return super().encode_passages(texts)

    with open_archive(Path(sys.argv[1]), SlowEncoder()) as archive:
        print("started", flush=True)
        index_paths(archive, [sys.argv[2]])
""")


def test_killed_half_way_the_next_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    write_articles(tmp_path / "news.jsonl", 600)
    folder = tmp_path / "archive"
    command = [
        sys.executable,
        "-c",
        SLOW_INDEXING,
        str(folder),
        str(tmp_path / "news.jsonl"),
        str(Path(__file__).parent),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        with open_archive(folder) as archive:
            deadline = time.monotonic() + 60
            while archive.counts().embedded < 128 and time.monotonic() < deadline:
                time.sleep(0.02)
            # While it runs, another process can already ask for everything by its words.
            assert archive.search_words("story 600", 1)
        os.kill(process.pid, signal.SIGKILL)
    encoder = HashingEncoder()
    with open_archive(folder, encoder) as archive:
        before = archive.counts()
        assert before.articles == 600
        assert 128 <= before.embedded < 600
        report = index_paths(archive, [tmp_path / "news.jsonl"])
        assert (report.added, report.skipped) == (0, 600)
        assert report.encoded == len(encoder.encoded) == 600 - before.embedded
        assert verify(archive) == []
