"""Outlet and day, filled in by a reader: they count everywhere and outlive indexing the file again."""

from datetime import date
from pathlib import Path

import pytest
from fakes import HashingEncoder

from index.archive import Archive
from index.browsing import browse
from index.corrections import MAX_SOURCE, Facts
from index.errors import UsageError
from index.filters import Filters
from index.indexing import index_paths
from index.verification import verify
from qa.cli import main

TEXT = "The bridge at Arven was closed on Tuesday, and nobody could say when it would be opened again."
GAZETTE = Facts("The Arven Gazette", date(2021, 3, 4))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(f"Bridge closed until further notice\n\n{TEXT}\n")
    return path


@pytest.fixture
def archive(tmp_path: Path, note: Path) -> Archive:
    archive = Archive.open(tmp_path / "archive", encoder=HashingEncoder())
    index_paths(archive, [note])
    return archive


def found(archive: Archive, filters: Filters) -> list[str]:
    return [entry.id for entry in browse(archive.database, filters=filters).entries]


def test_a_correction_counts_for_filters_and_searches(archive: Archive) -> None:
    passages = archive.search_words("bridge", 5)
    corrected = archive.correct("note", Facts("  The Arven\nGazette ", date(2021, 3, 4)))
    assert (corrected.source, corrected.published) == (GAZETTE.source, GAZETTE.published)
    for filters in (Filters(("The Arven Gazette",)), Filters(after=date(2021, 3, 4))):
        assert found(archive, filters) == ["note"]
        assert archive.search_words("bridge", 5, filters) == passages
    assert archive.story("note").articles[0].source == "The Arven Gazette"
    assert verify(archive) == []


def test_an_unchanged_file_is_skipped_and_leaves_the_correction(archive: Archive, note: Path) -> None:
    archive.correct("note", GAZETTE)
    report = index_paths(archive, [note])
    assert (report.skipped, report.updated, report.encoded) == (1, 0, 0)
    assert Facts.of(archive.article("note")) == GAZETTE


def test_what_a_changed_file_says_counts_where_nothing_was_corrected(archive: Archive, note: Path) -> None:
    archive.correct("note", Facts("The Arven Gazette", None))
    note.write_text(f"Bridge closed until further notice\nThe Valley Times, 5 March 2021\n\n{TEXT} {TEXT}\n")
    assert index_paths(archive, [note]).updated == 1
    assert Facts.of(archive.article("note")) == Facts("The Arven Gazette", date(2021, 3, 5))
    read = archive.catalogue.corrections.as_read(archive.article("note"))
    assert Facts.of(archive.correct("note", Facts.of(read))) == Facts("The Valley Times", date(2021, 3, 5))
    assert verify(archive) == []


def test_a_wrong_day_can_be_taken_away(archive: Archive, note: Path) -> None:
    archive.correct("note", GAZETTE)
    archive.correct("note", Facts("", None))
    assert Facts.of(archive.article("note")) == Facts("", None)
    note.write_text(f"Bridge closed until further notice\n5 March 2021\n\n{TEXT}\n")
    index_paths(archive, [note])
    archive.correct("note", Facts("", None))
    index_paths(archive, [note])
    assert archive.article("note").published is None


def test_a_correction_outlives_removal_and_moves_with_the_file(archive: Archive, note: Path) -> None:
    archive.correct("note", GAZETTE)
    archive.remove(["note"])
    index_paths(archive, [note])
    assert Facts.of(archive.article("note")) == GAZETTE
    folder = note.parent / "moved"
    folder.mkdir()
    note.rename(folder / "note.txt")
    index_paths(archive, [folder, note.parent / "archive" / ".."], prune=True)
    index_paths(archive, [folder])
    assert [Facts.of(article) for article in archive.articles()] == [GAZETTE]


def test_what_cannot_be_an_outlet_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError, match="expected at most 120"):
        archive.correct("note", Facts("x" * (MAX_SOURCE + 1), None))
    with pytest.raises(UsageError, match="no article 'nobody'"):
        archive.correct("nobody", GAZETTE)


def test_correct_on_the_command_line(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--archive", str(archive.folder)]
    assert (
        main(["correct", "note", "--source", "The Arven Gazette", "--published", "2021-03-04", *place]) == 0
    )
    assert capsys.readouterr().out == (
        "note  The Arven Gazette, 4 March 2021, “Bridge closed until further notice”\n"
    )
    assert main(["correct", "note", "--published", "", *place]) == 0
    assert Facts.of(archive.article("note")) == Facts("The Arven Gazette", None)
    assert main(["correct", "note", "--undo", *place]) == 0
    assert Facts.of(archive.article("note")) == Facts("", None)
    for wrong in ([], ["--undo", "--source", "X"], ["--published", "March"]):
        assert main(["correct", "note", *wrong, *place]) == 2
        assert capsys.readouterr().err.startswith("citewire: ")
