"""The archive on disk: what is put in can be found, what is removed is gone, what is derived comes back."""

import json
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import HashingEncoder, an_article, open_archive, put
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.article import Dropped
from index.catalogue import Outcome
from index.errors import (
    ArchiveFormatError,
    ArchiveLockedError,
    EncoderMismatchError,
    UsageError,
)
from index.filters import Filters
from index.settings import Settings
from index.verification import repair, verify


def found_by_words(archive: Archive, query: str) -> set[str]:
    ids = [passage for passage, _ in archive.search_words(query, 100)]
    return {passage.article_id for passage in archive.passages(ids).values()}


def found_by_meaning(archive: Archive, query: str, k: int = 100) -> list[str]:
    ids = [passage for passage, _ in archive.search_meaning(query, k)]
    passages = archive.passages(ids)
    return [passages[passage].article_id for passage in ids if passage in passages]


def test_both_searches_side_by_side_find_what_each_finds_alone(archive: Archive) -> None:
    put(archive, *(an_article(number) for number in range(1, 6)))
    assert archive.search_both("Town3", 4) == ([], archive.search_words("Town3", 4))
    archive.embed()
    for filters in (Filters(), Filters(sources=("Nobody",))):
        alone = archive.search_meaning("Town3", 4, filters), archive.search_words("Town3", 4, filters)
        assert archive.search_both("Town3", 4, filters) == alone
    # Only this thread has a connection: one for each search would pile up in a chat that runs for days.
    assert len(archive.database._connections) == 1


def test_an_article_comes_back_as_it_went_in(archive: Archive) -> None:
    article = an_article(
        1, url="https://example.org/1", agency="Wire", dropped=(Dropped(3, "Share this", "share buttons"),)
    )
    assert put(archive, article) == [Outcome.ADDED]
    assert archive.article("a1") == article
    assert list(archive.articles()) == [article]
    assert [span.of(article.text)[:9] for span in archive.sentences("a1")] == [
        "The mayor",
        "It cost 1",
        "Residents",
    ]


def test_words_are_found_before_anything_is_encoded_and_meaning_after(archive: Archive) -> None:
    put(archive, an_article(1), an_article(2))
    assert found_by_words(archive, "mayors of Town2") == {"a1", "a2"}
    assert found_by_meaning(archive, "Town2") == []
    assert archive.counts().coverage == 0
    archive.embed()
    assert archive.counts().coverage == 1
    assert found_by_meaning(archive, "Residents of Town2 had waited", k=1) == ["a2"]


def test_putting_the_same_again_changes_nothing(archive: Archive) -> None:
    put(archive, an_article(1))
    archive.embed()
    before = archive.counts()
    assert put(archive, an_article(1)) == [Outcome.UNCHANGED]
    assert archive.counts() == before
    assert archive.embed() == 0


def test_a_changed_article_replaces_the_old_one_and_only_new_words_are_encoded(tmp_path: Path) -> None:
    encoder = HashingEncoder()
    with Archive.open(tmp_path / "a", encoder=encoder, settings=Settings(passage_tokens=16)) as archive:
        article = an_article(1)
        put(archive, article)
        archive.embed()
        first = len(encoder.encoded)
        assert put(archive, replace(article, text=article.text.replace("had waited", "had hoped"))) == [
            Outcome.UPDATED
        ]
        assert found_by_words(archive, "waited") == set()
        assert found_by_words(archive, "hoped") == {"a1"}
        archive.embed()
        assert len(encoder.encoded) == first + 1
        assert verify(archive) == []


def test_the_same_content_from_another_place_is_kept_once(archive: Archive) -> None:
    article = an_article(1)
    assert put(archive, article, replace(article, id="copy", origin="/other.txt")) == [
        Outcome.ADDED,
        Outcome.DUPLICATE,
    ]
    assert archive.counts().articles == 1


def test_two_articles_that_suggest_one_id_get_two(archive: Archive) -> None:
    put(archive, an_article(1, id="1"), an_article(2, id="1"))
    first, second = (article.id for article in archive.articles())
    assert first == "1"
    assert second.startswith("1-")
    # Put again, it is known by its origin and keeps the id it was given.
    assert put(archive, an_article(2, id="1", text="Rewritten. Wholly.")) == [Outcome.UPDATED]
    assert archive.article(second).text == "Rewritten. Wholly."


def test_a_removed_article_leaves_no_trace(archive: Archive, tmp_path: Path) -> None:
    put(archive, an_article(1), an_article(2))
    archive.embed()
    archive.dense.save()
    archive.remove(["a1"])
    assert found_by_words(archive, "Town1") == set()
    assert "a1" not in found_by_meaning(archive, "Town1")
    assert archive.database.connection.execute("SELECT count(*) FROM embedding").fetchone() == (1,)
    assert verify(archive) == []
    with pytest.raises(UsageError, match="no article 'a1'"):
        archive.article("a1")


def test_removing_is_all_or_nothing(archive: Archive) -> None:
    put(archive, an_article(1))
    with pytest.raises(UsageError, match="no article 'nobody'"):
        archive.remove(["a1", "nobody"])
    assert archive.counts().articles == 1


def test_what_another_connection_adds_is_found_at_once(archive: Archive) -> None:
    put(archive, an_article(1))
    archive.embed()
    assert found_by_meaning(archive, "Town2") == ["a1"]
    with open_archive(archive.folder) as other:
        put(other, an_article(2))
        other.embed()
    assert found_by_meaning(archive, "Residents of Town2 had waited")[0] == "a2"


def test_another_encoder_is_refused(archive: Archive) -> None:
    put(archive, an_article(1))
    archive.embed()
    with (
        open_archive(archive.folder, HashingEncoder(seed="other")) as other,
        pytest.raises(EncoderMismatchError, match="made with encoder"),
    ):
        other.search_meaning("Town1", 1)


def test_settings_belong_to_the_archive_not_to_who_opens_it(tmp_path: Path) -> None:
    given_settings = Settings(passage_tokens=40, overlap_sentences=1)
    with Archive.open(tmp_path, encoder=HashingEncoder(), settings=given_settings):
        pass
    with Archive.open(tmp_path, encoder=HashingEncoder()) as archive:
        assert archive.settings == given_settings


def test_a_manifest_of_another_archive_is_refused_and_a_missing_one_comes_back(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        put(archive, an_article(1))
    manifest = tmp_path / "manifest.json"
    original = manifest.read_text()
    manifest.unlink()
    with open_archive(tmp_path):
        assert manifest.read_text() == original
    manifest.write_text(json.dumps({**json.loads(original), "checksum": "0" * 64}))
    with pytest.raises(ArchiveFormatError, match="describes another archive"):
        open_archive(tmp_path)
    manifest.write_text(json.dumps({**json.loads(original), "format": 99}))
    with pytest.raises(ArchiveFormatError, match="archive format 99"):
        open_archive(tmp_path)


@pytest.mark.parametrize("content", [b"garbage" * 1000, b""], ids=["garbage", "emptied"])
def test_a_catalogue_that_is_no_catalogue(tmp_path: Path, content: bytes) -> None:
    with open_archive(tmp_path) as archive:
        put(archive, an_article(1))
    for name in ("catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "catalogue.sqlite").write_bytes(content)
    if content:
        with pytest.raises(ArchiveFormatError, match="not a readable catalogue"):
            open_archive(tmp_path)
    else:
        # An empty file is what SQLite makes before its first write: a new, empty archive.
        with open_archive(tmp_path) as archive:
            assert archive.counts().articles == 0


def test_a_catalogue_of_another_version_is_refused(tmp_path: Path) -> None:
    with open_archive(tmp_path):
        pass
    connection = sqlite3.connect(tmp_path / "catalogue.sqlite")
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    with pytest.raises(ArchiveFormatError, match="catalogue version 7"):
        open_archive(tmp_path)


def test_an_archive_is_not_made_where_none_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no archive here"):
        Archive.open(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("damage", ["missing", "truncated", "foreign stamp", "no stamp"])
def test_vectors_are_derived_and_come_back(tmp_path: Path, damage: str) -> None:
    with open_archive(tmp_path) as archive:
        put(archive, *(an_article(number) for number in range(1, 6)))
        archive.embed()
        archive.dense.save()
        expected = found_by_meaning(archive, "Residents of Town3 had waited")
    file, stamp = tmp_path / "vectors.faiss", tmp_path / "vectors.json"
    if damage == "missing":
        file.unlink()
    elif damage == "truncated":
        file.write_bytes(file.read_bytes()[:-100])
    elif damage == "foreign stamp":
        stamp.write_text('{"surprise": 1}')
    else:
        stamp.unlink()
    encoder = HashingEncoder()
    with open_archive(tmp_path, encoder) as archive:
        assert found_by_meaning(archive, "Residents of Town3 had waited") == expected
        assert encoder.encoded == []
        repair(archive)
        assert verify(archive) == []


def test_a_stale_vector_file_is_brought_up_to_date(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        put(archive, an_article(1), an_article(2))
        archive.embed()
        archive.dense.save()
        archive.remove(["a1"])
        put(archive, an_article(3))
        archive.embed()
    with open_archive(tmp_path) as archive:
        assert sorted(set(found_by_meaning(archive, "Town"))) == ["a2", "a3"]


def test_a_catalogue_put_back_from_a_copy_does_not_meet_later_vectors(tmp_path: Path) -> None:
    folder, copy = tmp_path / "archive", tmp_path / "copy.sqlite"
    with open_archive(folder) as archive:
        put(archive, an_article(1))
        archive.embed()
    shutil.copy(folder / "catalogue.sqlite", copy)
    with open_archive(folder) as archive:
        put(archive, an_article(2))
        archive.embed()
        archive.dense.save()
    shutil.copy(copy, folder / "catalogue.sqlite")
    with open_archive(folder) as archive:
        put(archive, an_article(3))
        archive.embed()
        assert found_by_meaning(archive, "Residents of Town3 had waited")[0] == "a3"


def test_verify_names_what_is_wrong(archive: Archive) -> None:
    put(archive, an_article(1), an_article(2))
    archive.embed()
    archive.dense.save()
    assert verify(archive) == []
    with archive.database.transaction() as connection:
        connection.execute("UPDATE article SET text = substr(text, 1, 30) WHERE id = 'a1'")
        connection.execute("DELETE FROM passage WHERE article = 2")
    (archive.folder / "vectors.faiss").write_bytes(b"rubbish")
    problems = "\n".join(verify(archive))
    for expected in (
        "article a1: its content does not match its checksum",
        "article a1: a sentence points outside the text",
        "article a2: it has text but no passage",
        "lexical index: holds 2 passages, the catalogue 1",
        "vectors:",
    ):
        assert expected in problems


def test_a_second_writer_is_told_to_wait(archive: Archive) -> None:
    script = textwrap.dedent("""
        import sys
        from index.archive import Archive
        with Archive.open(sys.argv[1]) as archive, archive.writing():
            print("held", flush=True)
            sys.stdin.read()
    """)
    command = [sys.executable, "-c", script, str(archive.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(ArchiveLockedError, match="another citewire is writing"), archive.writing():
            pass
        assert archive.counts().articles == 0  # reading goes on
        other.stdin.close()
    with archive.writing(), archive.writing():
        pass


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["put", "change", "remove", "embed", "save"]), st.integers(1, 5)), max_size=15
)


@settings(max_examples=25, deadline=None)
@given(operations=OPERATIONS)
def test_catalogue_words_and_vectors_agree_after_any_sequence(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[str, int]]
) -> None:
    with open_archive(tmp_path_factory.mktemp("sequence")) as archive:
        held: set[int] = set()
        for version, (operation, number) in enumerate(operations):
            if operation == "put" and number not in held:
                put(archive, an_article(number))
                held.add(number)
            elif operation == "change":
                put(archive, an_article(number, text=f"Version {version} of Town{number}. It changed."))
                held.add(number)
            elif operation == "remove" and number in held:
                archive.remove([f"a{number}"])
                held.discard(number)
            elif operation == "embed":
                archive.embed()
            elif operation == "save":
                archive.dense.save()
        archive.embed()
        archive.dense.save()
        assert verify(archive) == []
        assert {article.id for article in archive.articles()} == {f"a{number}" for number in held}
        assert found_by_words(archive, "Town1 Town2 Town3 Town4 Town5") == {f"a{number}" for number in held}
        assert set(found_by_meaning(archive, "Town", 1000)) == {f"a{number}" for number in held}


@settings(max_examples=100, deadline=None)
@given(text=st.text(min_size=1).filter(lambda text: "\x00" not in text and text.strip()))
def test_passages_and_sentences_are_cut_from_the_text_whatever_it_is(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    with open_archive(tmp_path_factory.mktemp("unicode")) as archive:
        article = an_article(1, text=text.encode("utf-8", "replace").decode())
        put(archive, article)
        stored = archive.article("a1").text
        assert stored == article.text
        rows = archive.database.connection.execute("SELECT text FROM passage_text ORDER BY id").fetchall()
        passages = archive.catalogue.passages_of("a1")
        assert [row[0] for row in rows] == [stored[passage.start : passage.end] for passage in passages]
        assert verify(archive) == []


def test_vectors_come_back_exactly(archive: Archive) -> None:
    put(archive, an_article(1), an_article(2))
    archive.embed()
    ids = archive.embeddings.embedded_passages()
    _, vectors = archive.embeddings.vectors(ids)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(ids)), abs=1e-6)
