"""The chat around its HTML: what events answer, how the page is built, started, served and ended."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from chat_server import ask_keywords, started, until_address
from fakes import an_article, open_archive, put

import app
from chat import serving
from chat.conversation import BROKEN, READING, WARMING, Conversation
from chat.welcome import SEED_QUESTIONS
from index.archive import Archive
from index.errors import ArchiveError, UsageError
from index.indexing import index_paths
from qa import ask
from qa.answer import Answer
from qa.programs import LONGEST_QUESTION

ROOT = Path(__file__).parent.parent


@pytest.fixture
def talk(archive: Archive) -> Conversation:
    put(archive, an_article(1), an_article(2))
    return Conversation(archive, ask_keywords)


# Replies


def test_a_question_gets_its_quotation(talk: Conversation) -> None:
    assert "<mark>Town1</mark>" in talk.turn("Who opened a bridge in Town1?").html


def test_what_the_archive_does_not_say_is_said(talk: Conversation) -> None:
    reply = talk.turn("asdf qwer zxcv").html
    assert "The archive does not say." in reply
    assert "No article mentions “zxcv”." in reply
    assert "citation" not in reply


@pytest.mark.parametrize("question", ["", " \n\t ", "\u2003"])
def test_white_space_is_no_question(talk: Conversation, question: str) -> None:
    assert '<p class="notice">Type a question first.</p>' in talk.turn(question).html


def test_an_endless_question_is_refused_with_the_limit(talk: Conversation) -> None:
    reply = talk.turn("x" * 100_000).html
    assert "That is 100,000 characters; please ask in at most 2,000." in reply
    assert "does not say" in talk.turn("x" * LONGEST_QUESTION).html


def test_an_empty_archive_says_what_to_do(archive: Archive) -> None:
    assert "The archive is empty: add articles" in Conversation(archive, ask_keywords).turn("who?").html


def test_an_error_is_one_line_and_escaped(talk: Conversation) -> None:
    def locked(archive: Archive, question: str) -> Answer:
        raise ArchiveError("<catalogue>:\n damaged")

    reply = Conversation(talk.archive, locked).turn("who?").html
    assert '<p class="notice">&lt;catalogue&gt;: damaged</p>' in reply


def test_a_fault_is_logged_and_not_shown(talk: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    def faulty(archive: Archive, question: str) -> Answer:
        raise ZeroDivisionError("secret detail")

    with caplog.at_level(logging.ERROR, logger="citewire"):
        reply = Conversation(talk.archive, faulty).turn("who?").html
    assert BROKEN in reply
    assert "secret" not in reply
    assert "secret detail" in caplog.text


def test_warming_up_changes_what_is_said_meanwhile(talk: Conversation) -> None:
    assert talk.progress == WARMING
    talk.warm_up()
    assert talk.progress == READING


def test_models_that_cannot_be_loaded_do_not_stop_the_page(talk: Conversation) -> None:
    def broken(archive: Archive, question: str) -> Answer:
        raise ArchiveError("vectors of another encoder")

    conversation = Conversation(talk.archive, broken)
    conversation.warm_up()
    assert "vectors of another encoder" in conversation.turn("who?").html


# Sources


def test_a_citation_opens_its_source(talk: Conversation) -> None:
    html = talk.source(
        {"article": "a1", "start": "4", "end": "9", "quoteStart": "0", "quoteEnd": "51", "more": "x"}
    )
    assert '<mark class="cited" id="cited">The <strong class="answer">mayor</strong> of Town1' in html


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"article": "gone"},
        {"article": ["a1"]},
        {"article": None},
    ],
)
def test_a_source_that_is_not_there_is_said(talk: Conversation, place: dict[str, object]) -> None:
    assert "not in the archive any more" in talk.source(place)


@pytest.mark.parametrize("value", ["", "x", "-5", "9" * 30, None, [1], {"a": 1}, True, 1.5])
def test_no_place_a_browser_may_send_breaks_the_panel(talk: Conversation, value: object) -> None:
    place = {"article": "a1", "start": value, "end": value, "quoteStart": "0", "quoteEnd": value}
    assert "Bridge of Town1 opens" in talk.source(place)


def test_the_welcome_follows_the_archive(talk: Conversation) -> None:
    assert "2 articles" in talk.welcome()
    assert "by its words already, 0 % also by its meaning" in talk.welcome()
    put(talk.archive, an_article(3))
    assert "3 articles" in talk.welcome()


def test_every_example_is_answered_by_the_seeds(tmp_path: Path, seeds: Path) -> None:
    said = {
        "who met Milley?": "General In-Choul Won",
        "Why were military drills cancelled?": "COVID-19 pandemic",
        "How many American troops does South Korea host?": "28,500",
        "What will Seoul work with Washington to achieve?": "complete denuclearization",
    }
    assert [question for question, _ in SEED_QUESTIONS] == list(said)
    with Archive.open(tmp_path / "seeds") as archive:
        index_paths(archive, [seeds])
        for question, gold in said.items():
            answer = ask(archive, question)
            assert answer.evidence, question
            assert gold in answer.evidence[0].quote


# Starting and ending


def test_importing_the_app_is_quick() -> None:
    code = "import app, sys; assert not {'gradio', 'torch', 'transformers', 'faiss'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=30)


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_bad_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        app.main(["--port", port])
    assert "a number from 0 to 65535" in capsys.readouterr().err


def test_a_taken_port_gives_way_to_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port < serving.free_port("127.0.0.1", port) < port + serving.PORTS_TRIED


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_this_machine(host: str) -> None:
    with pytest.raises(UsageError, match=host):
        serving.free_port(host, 0)


@pytest.mark.parametrize(
    ("host", "open_to_others"),
    [("127.0.0.1", False), ("127.0.1.1", False), ("localhost", False), ("0.0.0.0", True), ("10.0.0.7", True)],
)
def test_who_can_reach_it(host: str, open_to_others: bool) -> None:
    assert serving.is_open_to_others(host) == open_to_others


def test_offline_settings_are_made_before_gradio_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    serving.stay_offline()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert os.environ["NO_PROXY"] == "intranet.example,localhost,127.0.0.1,::1"


def test_an_archive_that_another_process_fills_is_left_to_it(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_archive(archive.folder) as other, other.writing():
        app.fill_with_seeds(archive)
    assert "can be asked as they come" in capsys.readouterr().out


def test_a_broken_archive_is_one_line_and_status_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"this is no database" * 100)
    assert app.main(["--archive", str(tmp_path), "--no-browser"]) == 3
    error = capsys.readouterr().err
    assert error.startswith("citewire: ")
    assert error.count("\n") == 1


def test_an_archive_that_is_a_file_is_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert app.main(["--archive", str(tmp_path / "file"), "--no-browser"]) == 2
    assert "citewire: " in capsys.readouterr().err


def fetch(
    address: str, body: bytes | None = None, kind: str = "application/json", origin: str = ""
) -> tuple[str, Any]:
    """The body and the headers that an address replies with."""
    request = urllib.request.Request(address, body, {"Content-Type": kind})
    if origin:
        request.add_header("Origin", origin)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as reply:
        return reply.read().decode(), reply.headers


def test_a_chat_from_first_start_to_ctrl_c(tmp_path: Path) -> None:
    archive = tmp_path / "new"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with started(
            [ROOT / "app.py", "--archive", archive, "--port", port, "--no-browser", "--read-only"], tmp_path
        ) as chat:
            said = list(until_address(chat))
            assert said[0].startswith("The archive is empty: indexing the seed articles")
            assert f"Port {port} is taken; using" in "".join(said)
            address = said[-1].split()[3]
            assert_page_is_ours(address)
            assert_monitors_are_told(address)
            assert_programs_can_ask(address)
            chat.send_signal(signal.SIGINT)
            rest, _ = chat.communicate(timeout=60)
    assert chat.returncode == 0
    assert "Citewire has ended." in rest
    assert "Traceback" not in "".join(said) + rest
    with Archive.open(archive, create=False) as opened:
        assert opened.counts().articles == 2


def assert_page_is_ours(address: str) -> None:
    """The page is the welcome, and the browser is told to load nothing from elsewhere."""
    html, headers = fetch(address)
    assert "It holds 2 articles" in html
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert "<svg" in fetch(address + "favicon.ico")[0]
    form = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nmuch\r\n--x--\r\n'
    with pytest.raises(urllib.error.HTTPError, match="413"):
        fetch(address + "gradio_api/upload", form, "multipart/form-data; boundary=x")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        fetch(address + "gradio_api/call/ask", b'{"data": ["who?"]}', origin="https://elsewhere.example")


def assert_monitors_are_told(address: str) -> None:
    health = json.loads(fetch(address + "health")[0])
    said = {"status": "ok", "ready": True, "articles": 2, "passages": 9, "vectors": 1.0}
    assert health | {"ready": True} == {**said, "version": health["version"]}


# A process of its own, as the client keeps threads that a warning complains of.
GRADIO_CLIENT = """
import sys
from gradio_client import Client
client = Client(sys.argv[1], download_files=False, verbose=False)
print(client.predict("who met Milley?", api_name="/ask")["answer"])
print(client.predict(limit=1, api_name="/articles")["total"])
print(client.predict("when?", history=["who met Milley?"], api_name="/ask")["read_as"])
try:
    client.predict("Milley", 0, api_name="/search")
except Exception as error:
    print(error)
"""


def assert_programs_can_ask(address: str) -> None:
    """Three functions are offered, none of the page's events; plain HTTP and Gradio's client call them."""
    described = json.loads(fetch(address + "gradio_api/info")[0])
    assert list(described["named_endpoints"]) == ["/ask", "/search", "/articles"]
    assert not described["unnamed_endpoints"]
    asked = json.dumps({"data": ["who met Milley?"]}).encode()
    event = json.loads(fetch(address + "gradio_api/call/ask", asked)[0])
    stream, _ = fetch(address + f"gradio_api/call/ask/{event['event_id']}")
    (answer,) = json.loads(stream.split("data: ", 1)[1])
    assert "In-Choul Won" in answer["evidence"][0]["quote"]
    assert answer["evidence"][0]["article"]["published"] == "2021-12-01"
    client = subprocess.run(
        [sys.executable, "-c", GRADIO_CLIENT, address],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    read_as = "when did General In-Choul Won meet Milley?"
    assert client.stdout.split("\n")[:3] == ["General In-Choul Won", "2", read_as], client.stderr
    assert "k: expected a whole number from 1 to 100" in client.stdout
