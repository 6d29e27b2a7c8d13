"""The eval's command line: usage, exit statuses, and, marked slow, whole runs with the real encoder."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eval.cli import main
from eval.commands import Exit
from eval.options import read_options

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CITEWIRE_DATA", ROOT.parent / "shared" / "data"))
MILLEY = {
    "question": "who met Milley?",
    "answers": ["General In-Choul Won"],
    "article_id": "004_20cb28233af96c27",
}


GIVEN = "--given-paragraph"
OPTIONS = (
    "archive",
    "out",
    "k",
    "seed",
    "limit",
    "title",
    "sample",
    "given-paragraph",
    "data",
    "since",
    "until",
    "questions",
    "whole",
    "vectors",
)


def write_gold(folder: Path, *records: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(f"--{option}" in shown for option in OPTIONS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--k", "0"],
        ["--limit", "some"],
        ["--nonsense"],
        ["--questions", "5"],
        ["--whole"],
        ["realtimeqa"],
        ["realtimeqa", "--data", "data", "--limit", "5"],
        ["realtimeqa", "--data", "data", "--title", "Korea"],
        ["realtimeqa", "--data", "data", "--since", "May"],
    ],
)
def test_bad_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "citewire eval" in capsys.readouterr().err


def test_a_bad_gold_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_gold(tmp_path, MILLEY, {"question": "and then?"})
    assert main([str(path), "--out", str(tmp_path / "out")]) is Exit.USAGE
    shown = capsys.readouterr().err
    assert f"{path}:2: no answers" in shown
    assert shown.count("\n") == 1


def test_a_question_file_has_no_paragraphs_to_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gold(tmp_path, MILLEY)
    assert main([str(path), "--given-paragraph"]) is Exit.USAGE
    assert "--given-paragraph is for SQuAD JSON" in capsys.readouterr().err


def test_results_are_kept_apart_by_task() -> None:
    names = {
        read_options(arguments).folder.name for arguments in (["dev.json.gz"], ["dev.json.gz", GIVEN], [])
    }
    assert names == {"dev", "dev-given-paragraph", "seeds"}
    assert read_options(["realtimeqa", "--data", "d"]).folder == Path("eval/results/realtimeqa")


def test_an_archive_that_is_not_there_is_bad_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_gold(tmp_path, MILLEY)
    assert main([str(path), "--archive", str(tmp_path / "none")]) is Exit.USAGE
    assert "no archive here" in capsys.readouterr().err


def test_a_broken_archive_has_its_own_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "catalogue.sqlite").write_bytes(b"no database, but long enough to be looked at" * 100)
    path = write_gold(tmp_path, MILLEY)
    assert main([str(path), "--archive", str(archive)]) is Exit.BROKEN_ARCHIVE
    assert "catalogue.sqlite" in capsys.readouterr().err


@pytest.mark.slow
def test_the_seeds_end_to_end(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eval", "--out", str(tmp_path / "out"), "--limit", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    saved = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert (saved["questions"], saved["provenance"]["articles"]) == (5, 2)
    assert saved["unknown_articles"] == []
    assert set(saved["violations"].values()) == {0}
    assert saved["provenance"]["encoder_checksum"]
    assert "recall@1" in done.stdout


@pytest.mark.slow
def test_an_archive_of_paragraphs_is_kept_and_taken_up_again(tmp_path: Path) -> None:
    gold = DATA / "eval" / "squad_v2.0_dev_part_b.json.gz"
    if not gold.exists():
        pytest.skip(f"needs {gold.name} under CITEWIRE_DATA, which is {DATA}")
    whole = json.loads(gzip.decompress(gold.read_bytes()))
    for article in whole["data"]:
        article["paragraphs"] = [
            {**paragraph, "qas": paragraph["qas"][:1]} for paragraph in article["paragraphs"][:3]
        ]
    path = tmp_path / "small.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    results = []
    for run in ("first", "second"):
        out = tmp_path / run
        arguments = [str(path), "--archive", str(tmp_path / "archive"), "--limit", "2", "--out", str(out)]
        assert main(arguments) is Exit.DONE
        results.append(json.loads((out / "results.json").read_text(encoding="utf-8")))
    assert [result["provenance"]["articles"] for result in results] == [6, 6]
    assert results[0]["provenance"]["archive_sha256"] == results[1]["provenance"]["archive_sha256"]
    assert results[0]["verdicts"] == results[1]["verdicts"]
    assert results[0]["unknown_articles"] == []


@pytest.mark.slow
def test_a_folder_with_other_articles_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from index.archive import Archive
    from index.indexing import index_paths

    with Archive.open(tmp_path / "archive") as archive:
        index_paths(archive, [ROOT / "seeds"])
    qas = [{"question": "Who won?", "answers": [{"text": "Denver", "answer_start": 0}]}]
    data = [{"title": "Bowl", "paragraphs": [{"context": "Denver won.", "qas": qas}]}]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    arguments = [str(path), "--archive", str(tmp_path / "archive"), "--out", str(tmp_path / "out")]
    assert main(arguments) is Exit.USAGE
    assert "not of this data set" in capsys.readouterr().err
