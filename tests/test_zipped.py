"""Zips of articles: every format in them, ids that stay, and members made to do harm."""

import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from made_files import column, make_docx, make_pdf, paragraph

from index.archive import Archive
from index.article import Article
from index.documents import ReadFailure, count_records, read_articles
from index.indexing import index_paths
from index.reading import zipped

TEXT = "The council of Harbour Bay put off its vote on the new bridge until the spring of next year."
OTHER = "Its chair said that the figures of the auditor had to be seen before anybody could vote on it."

PARAGRAPHS = f"<article><p>{TEXT}</p><p>{OTHER}</p></article>"
HTML = f"<html><head><title>Page of c</title></head><body>{PARAGRAPHS}</body></html>"


def made(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(path: Path) -> tuple[list[Article], list[ReadFailure]]:
    found = list(read_articles([path]))
    return [a for a in found if isinstance(a, Article)], [f for f in found if isinstance(f, ReadFailure)]


def test_every_format_in_it_is_read(tmp_path: Path) -> None:
    pdf = make_pdf(
        tmp_path / "x.pdf",
        [column("The council of Harbour Bay put off its vote on the\nbridge until the spring.")],
    )
    docx = make_docx(tmp_path / "x.docx", paragraph(TEXT) + paragraph(OTHER))
    record = json.dumps({"id": "r1", "title": "Record", "text": TEXT})
    path = made(
        tmp_path / "news.zip",
        {
            "a.txt": f"Committee puts off decision\n{TEXT}",
            "march/b.md": f"# Heading of b\n\n{TEXT} {OTHER}",
            "march/c.html": HTML,
            "d.jsonl": record + "\n{", "e.csv": f"title,text\nRow of e,{OTHER}\n",
            "f.pdf": pdf.read_bytes(), "g.docx": docx.read_bytes(), "picture.png": b"\x89PNG",
            "__MACOSX/._a.txt": "no", ".hidden.txt": "no",
        },
    )  # fmt: skip
    articles, failures = read(path)

    assert [article.path.removeprefix(f"{path}#") for article in articles] == [
        "a.txt", "d.jsonl", "e.csv", "f.pdf", "g.docx", "march/b.md", "march/c.html",
    ]  # fmt: skip
    assert articles[0].id == "a"
    assert articles[0].origin == f"{path}#a.txt"
    assert articles[1].origin == f"{path}#d.jsonl#r1"
    assert articles[3].page_of(0) == 1
    assert [failure.place for failure in failures] == [f"{path}#d.jsonl:2"]
    assert count_records([path]) == 8


def test_indexing_again_skips_updates_and_prunes_members(archive: Archive, tmp_path: Path) -> None:
    path = made(
        tmp_path / "news.zip", {"a.txt": f"About the vote\n{TEXT}", "b.txt": f"About the chair\n{OTHER}"}
    )
    assert index_paths(archive, [path]).added == 2
    assert index_paths(archive, [path]).skipped == 2
    made(path, {"a.txt": f"About the vote\n{TEXT} {OTHER}"})
    again = index_paths(archive, [path], prune=True)

    assert (again.updated, again.removed, again.failed) == (1, ("b",), ())
    assert [article.id for article in archive.articles()] == ["a"]


def test_a_member_that_cannot_be_read_is_not_taken_for_gone(archive: Archive, tmp_path: Path) -> None:
    path = made(
        tmp_path / "news.zip", {"a.txt": f"About the vote\n{TEXT}", "b.txt": f"About the chair\n{OTHER}"}
    )
    index_paths(archive, [path])
    made(path, {"a.txt": b"\x89PNG\0\0\0\0", "b.txt": f"About the chair\n{OTHER}"})
    again = index_paths(archive, [path], prune=True)

    assert [failure.place for failure in again.failed] == [f"{path}#a.txt"]
    assert (again.removed, again.missing) == ((), ())


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/../../evil.txt"])
def test_a_name_that_leads_out_writes_nothing_there(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "in" / "side"
    inner.mkdir(parents=True)
    path = made(inner / "news.zip", {name: f"About the vote\n{TEXT}"})
    before = set(tmp_path.rglob("*"))
    articles, failures = read(path)

    assert not failures
    assert [article.id for article in articles] == ["evil"]
    assert set(tmp_path.rglob("*")) == before
    assert not os.path.lexists("/etc/evil.txt")


def test_a_bomb_is_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_UNSUSPECTED", 100_000)
    path = made(tmp_path / "news.zip", {"a.csv": b"0" * 5_000_000, "b.txt": f"About the chair\n{OTHER}"})
    articles, failures = read(path)

    assert [article.id for article in articles] == ["b"]
    assert [(failure.place, failure.message) for failure in failures] == [
        (f"{path}#a.csv", "unpacks to more than 200 times its size: refused as unsafe")
    ]


def test_a_directory_that_lies_about_sizes_is_no_way_round(tmp_path: Path) -> None:
    path = made(tmp_path / "news.zip", {"a.txt": b"0" * 3_000_000})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.index(mark) + at
        data[place : place + 4] = (50).to_bytes(4, "little")
    path.write_bytes(data)
    articles, failures = read(path)

    assert not articles
    assert "damaged in the zip" in failures[0].message


def test_all_members_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.documents.MAX_TOTAL_BYTES", 1_000_000)
    path = made(tmp_path / "news.zip", {f"{n}.txt": os.urandom(400_000).hex()[:400_000] for n in range(4)})

    assert [failure.message for failure in read(path)[1]][-2:] == ["larger than 0 MiB unpacked"] * 2


def test_zips_in_zips_and_locked_members_are_reported(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as inner:
        inner.writestr("a.txt", TEXT)
    path = made(tmp_path / "news.zip", {"inner.zip": buffer.getvalue(), "locked.txt": TEXT})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of an encrypted member, in the directory
    data[data.rindex(b"PK\x03\x04") + 6] |= 1
    path.write_bytes(data)
    articles, failures = read(path)

    assert not articles
    assert [(f.place.partition("#")[2], f.message) for f in failures] == [
        ("inner.zip", "compressed again inside the zip: unpack it first"),
        ("locked.txt", "locked with a password: unpack it first"),
    ]


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 3)
    (failure,) = read(made(tmp_path / "news.zip", {f"{n}.txt": TEXT for n in range(4)}))[1]

    assert failure.message == "more than 3 files in it: split it"


def test_no_zip_at_all(tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_bytes(b"PK\x05\x06 nothing")
    (failure,) = read(tmp_path / "news.zip")[1]

    assert failure.message.startswith("damaged, or no zip")
