"""The library behind the page: lists, uploads with their reports, removal and the way back."""

import time
from datetime import date
from pathlib import Path

import pytest
from chat_server import ATTACK, HOSTILE, ask_keywords
from fakes import an_article, open_archive, put

from chat import library, options, serving
from chat.conversation import Conversation
from chat.health import health
from chat.librarian import Librarian
from chat.markup import fingerprint
from chat.uploads import BUSY, FileReport, Progress
from index.archive import Archive
from index.catalogue import Outcome
from index.errors import UsageError

PAGE_TEXT = "Harbour opens\n\nThe harbour of Quayville opened on Monday. Ships came in at noon.\n"


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    folder = tmp_path / "gradio"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(archive: Archive, uploads: Path) -> Librarian:
    put(archive, an_article(1), an_article(2), HOSTILE)
    return Librarian(archive, uploads, 50)


def sent(uploads: Path, name: str, text: str | bytes = PAGE_TEXT) -> str:
    """A file as Gradio leaves it: in a folder of its own."""
    folder = uploads / str(len(list(uploads.iterdir())))
    folder.mkdir()
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(folder / name)


def finished(desk: Librarian) -> Progress:
    """The progress once nothing runs any more."""
    assert desk.uploads
    for _ in range(600):
        if not desk.uploads.progress.running:
            return desk.uploads.progress
        time.sleep(0.02)
    raise AssertionError("still adding")


# Lists


def test_the_list_shows_hostile_titles_as_text(desk: Librarian) -> None:
    html = desk.listing({})
    assert "3 articles" in html
    assert "<img" not in html + desk.panel()


@pytest.mark.parametrize(
    "wanted",
    [
        {"offset": -1},
        {"offset": "x"},
        {"offset": [1]},
        {"words": "x" * 3_000},
        {"after": "soon"},
        {"sources": 3},
    ],
)
def test_a_bad_wish_is_a_notice(desk: Librarian, wanted: object) -> None:
    assert 'class="notice"' in desk.listing(wanted)


@pytest.mark.parametrize("wanted", [None, 7, "x", []])
def test_no_wish_lists_everything(desk: Librarian, wanted: object) -> None:
    assert "3 articles" in desk.listing(wanted)


def test_pages_are_offered_where_there_are_some(archive: Archive) -> None:
    put(archive, *(an_article(number) for number in range(60)))
    desk = Librarian(archive, None)
    assert 'data-offset="25">Earlier' in desk.listing({})
    assert 'data-offset="0" disabled>Later' in desk.listing({})
    last = desk.listing({"offset": 50})
    assert "60 articles, 51 to 60" in last
    assert 'data-offset="60" disabled>Earlier' in last
    assert "There is no such page" in desk.listing({"offset": 75})


# Uploads


def test_files_are_added_and_their_copies_deleted(desk: Librarian, uploads: Path) -> None:
    assert desk.add([sent(uploads, "harbour.txt"), sent(uploads, "empty.txt", " "), sent(uploads, "x.exe")])
    progress = finished(desk)
    assert [report.outcomes for report in progress.reports] == [((Outcome.ADDED, 1),), (), ()]
    assert progress.reports[1].failures == ("the file is empty",)
    assert "cannot be read as articles" in progress.reports[2].failures[0]
    assert not list(uploads.iterdir())
    (article,) = [found for found in desk.archive.articles() if found.id == "harbour"]
    assert (article.path, article.origin) == ("harbour.txt", "upload:harbour.txt")
    assert desk.archive.counts().coverage == 1


def test_a_file_sent_again_is_known_by_its_name(desk: Librarian, uploads: Path) -> None:
    outcomes, longer = [], PAGE_TEXT + "More came.\n"
    for name, text in (
        ("a.txt", PAGE_TEXT), ("a.txt", PAGE_TEXT), ("b.txt", PAGE_TEXT), ("a.txt", longer),
    ):  # fmt: skip
        desk.add([sent(uploads, name, text)])
        outcomes.append(finished(desk).reports[0].outcomes[0][0])
    assert outcomes == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.DUPLICATE, Outcome.UPDATED]


def test_a_collection_reports_its_lines(desk: Librarian, uploads: Path) -> None:
    lines = '{"title": "One", "text": "The first text of all. It is long enough."}\nnonsense\n'
    desk.add([sent(uploads, "many.jsonl", lines)])
    (report,) = finished(desk).reports
    assert report.outcomes == ((Outcome.ADDED, 1),)
    assert report.failures[0].startswith("line 2: ")


@pytest.mark.parametrize("path", ["/etc/passwd", "../conftest.py", "", "\0", "gradio", 7, None])
def test_only_uploads_are_read(desk: Librarian, uploads: Path, path: object) -> None:
    named = str(uploads) if path == "gradio" else path
    assert "no uploaded files" in desk.add([named])["html"]
    (uploads / "link.txt").symlink_to(__file__)
    assert "no uploaded files" in desk.add([str(uploads / "link.txt")])["html"]
    assert Path(__file__).exists()


@pytest.mark.parametrize("paths", [None, [], {"x": 1}, ["x"] * 51])
def test_how_many_files_may_be_sent(desk: Librarian, paths: object) -> None:
    assert "at least one file and at most 50" in desk.add(paths)["html"]


def test_files_wait_until_another_process_has_written(desk: Librarian, uploads: Path) -> None:
    assert desk.uploads
    with open_archive(desk.archive.folder) as other, other.writing():
        desk.add([sent(uploads, "harbour.txt")])
        while not desk.uploads.progress.waiting:
            assert desk.uploads.progress.running
        assert desk.report()["html"].startswith("<p>Another citewire is changing the archive")
    assert finished(desk).reports[0].outcomes == ((Outcome.ADDED, 1),)
    assert "Another" not in desk.report()["html"]


def test_an_archive_that_is_written_for_too_long_says_so(desk: Librarian, uploads: Path) -> None:
    assert desk.uploads
    desk.uploads.patience = 0.1
    with open_archive(desk.archive.folder) as other, other.writing():
        desk.add([sent(uploads, "harbour.txt")])
        assert finished(desk).error == BUSY
        assert str(desk.archive.folder) not in desk.report()["html"]
        assert "another citewire is writing" in desk.remove("a1")["html"]
    assert not list(uploads.iterdir())


def test_progress_is_told_and_escaped() -> None:
    name = f"{ATTACK}.txt"
    reading = library.report(Progress(files=2, current=name, running=True))
    assert "(1 of 2)" in reading
    encoding = library.report(Progress(files=1, encoded=1, to_encode=4, running=True))
    assert 'value="0.250"' in encoding
    report = FileReport(name, ((Outcome.ADDED, 1_200),), (f"{name}: broken",))
    done = library.report(Progress(files=1, reports=(report,)))
    assert "1,200 added" in done
    assert "Done" in done
    assert "<img" not in reading + done + library.report(Progress(error=ATTACK))


# Removing


def test_a_removed_article_can_be_put_back_as_it_was(desk: Librarian) -> None:
    desk.archive.embed()
    article = desk.archive.article("a1")
    assert desk.remove("a1")["done"]
    assert desk.archive.counts().articles == 2
    assert "not in the archive any more" in desk.remove("a1")["html"]
    assert "Bridge of Town1 opens" in desk.put_back("a1")["html"]
    finished(desk)
    assert desk.archive.article("a1") == article
    assert desk.archive.counts().coverage == 1
    assert "cannot be put back" in desk.put_back("a1")["html"]


@pytest.mark.parametrize("article_id", [None, 7, [], {}, "gone", "' OR 1=1"])
def test_only_what_is_there_is_removed(desk: Librarian, article_id: object) -> None:
    assert not desk.remove(article_id)["done"]
    assert not desk.put_back(article_id)["done"]
    assert desk.archive.counts().articles == 3


def test_outlet_and_day_are_corrected_and_taken_back(desk: Librarian) -> None:
    before = desk.archive.article("a1")
    wanted = {"article": "a1", "source": " The <Gazette> ", "published": "2021-03-04"}
    reply = desk.correct(wanted)
    assert reply["done"]
    assert "The &lt;Gazette&gt; · " in reply["html"]
    assert f"The file says: {before.source}, " in reply["html"]
    corrected = desk.archive.article("a1")
    assert (corrected.source, corrected.published) == ("The <Gazette>", date(2021, 3, 4))
    assert desk.remove("a1")["done"]
    assert "The &lt;Gazette&gt; · " in desk.put_back("a1")["html"]
    finished(desk)
    assert "The file says" not in desk.correct({"article": "a1"})["html"]
    assert desk.archive.article("a1") == before


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        [],
        {"article": "gone", "source": "X"},
        {"article": "a1", "source": "X", "published": "soon"},
        {"article": "a1", "source": "X" * 121},
    ],
)
def test_a_correction_that_is_none_changes_nothing(desk: Librarian, wanted: object) -> None:
    before = desk.archive.article("a1")
    assert not desk.correct(wanted)["done"]
    assert desk.archive.article("a1") == before


def test_a_read_only_library_changes_nothing(archive: Archive, uploads: Path) -> None:
    put(archive, an_article(1))
    desk = Librarian(archive, None)
    assert "Add articles" not in desk.panel()
    assert "read only" in desk.add([sent(uploads, "a.txt")])["html"]
    assert "read only" in desk.remove("a1")["html"]
    assert "read only" in desk.put_back("a1")["html"]
    assert "read only" in desk.correct({"article": "a1", "source": "X"})["html"]
    assert desk.report() == {"html": "", "running": False}
    assert archive.counts().articles == 1


# The source among its reply's citations


def test_an_article_is_opened_at_the_words_it_was_searched_by(desk: Librarian) -> None:
    talk = Conversation(desk.archive, ask_keywords)
    html = talk.source({"article": "a1", "words": "Opening of bridges"})
    assert html.count('<mark class="found" id="cited">') == 1
    assert '<mark class="found" id="cited">opened</mark> <mark class="found">bridge</mark>' in html
    assert "Copy quotation" not in html
    assert "<mark" not in talk.source({"article": "a1", "words": "the of"})


def place(talk: Conversation, **more: object) -> dict[str, object]:
    text = talk.archive.article("a1").text
    quote = text.split("\n\n")[0]
    return {
        "article": "a1", "start": "13", "end": "18", "quoteStart": "0", "quoteEnd": str(len(quote)),
        "check": fingerprint(quote), **more,
    }  # fmt: skip


def test_other_citations_are_marked_and_stepped_to(desk: Librarian) -> None:
    talk = Conversation(desk.archive, ask_keywords)
    length = len(desk.archive.article("a1").text)
    other = {"article": "a1", "number": 2, "quoteStart": str(length - 47), "quoteEnd": str(length)}
    html = talk.source(place(talk, number=1, count=3, others=[other, {"article": "a2", "number": 3}, 7]))
    assert html.count('<mark class="also" data-number="2">') == 1
    assert "1 of 3" in html
    assert 'data-number="0" aria-label="Previous citation" disabled' in html
    assert 'data-number="2" aria-label="Next citation">' in html
    assert html.count('class="copy"') == 4


def test_a_quotation_that_is_not_there_any_more_is_not_marked(desk: Librarian) -> None:
    talk = Conversation(desk.archive, ask_keywords)
    html = talk.source(place(talk, check="00000000"))
    assert "has changed since it was quoted" in html
    assert "<mark" not in html
    assert "Copy quotation" not in html


@pytest.mark.parametrize("value", [None, -1, 10**9, "x", [1], {"a": 1}, True, 1.5])
def test_no_number_a_browser_may_send_breaks_the_panel(desk: Librarian, value: object) -> None:
    talk = Conversation(desk.archive, ask_keywords)
    others = [{"article": "a1", "number": value, "quoteStart": value, "quoteEnd": value}]
    assert "Town1" in talk.source(place(talk, number=value, count=value, others=others))
    assert "Town1" in talk.source(place(talk, others=value))


# Serving


def test_health_counts_and_tells_failure(archive: Archive) -> None:
    put(archive, an_article(1))
    told = health(archive, ready=False)
    said = {"status": "ok", "ready": False, "articles": 1, "passages": 1, "vectors": 0.0}
    assert told == {**said, "version": told["version"]}
    archive.close()
    assert health(archive, ready=True)["status"] == "failed"


@pytest.mark.parametrize(
    ("given", "expected"),
    [(None, None), ("desk:secret", ("desk", "secret")), ("desk:a:b", ("desk", "a:b"))],
)
def test_credentials(given: str | None, expected: tuple[str, str] | None) -> None:
    assert options.credentials(given, {}) == expected
    assert options.credentials(None, {"CITEWIRE_AUTH": given} if given else {}) == expected


@pytest.mark.parametrize("given", ["", "desk", "desk:", ":secret"])
def test_bad_credentials_are_not_repeated(given: str) -> None:
    with pytest.raises(UsageError, match="expected USER:PASS"):
        options.credentials(given, {})


def test_sharing_needs_a_password_and_the_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="--auth USER:PASS"):
        serving.check_share(authenticated=False)
    monkeypatch.setattr(serving, "SHARING", "no.such.host.invalid")
    with pytest.raises(UsageError, match="needs the internet"):
        serving.check_share(authenticated=True)
