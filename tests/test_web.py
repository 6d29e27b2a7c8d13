"""Pages and feeds by address: what is fetched, what never is, and what comes of it."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from made_files import column, make_pdf

from index.archive import Archive
from index.documents import read_articles
from index.errors import CorpusError, UsageError
from index.indexing import index_paths
from index.network import Network, is_address
from index.public import is_public
from index.web import canonical, read_web
from qa.cli import main

PUBLIC = "93.184.215.14"
TEXT = "The council of Harbour Bay put off its vote on the new bridge until the spring of next year."
OTHER = "Its chair said that the figures of the auditor had to be seen before anybody could vote on it."
PAGE = (
    "<html><head><title>Bridge vote put off | The Daily Herald</title></head><body><article>"
    f"<h1>Bridge vote put off</h1><p>{TEXT}</p><p>{OTHER}</p></article></body></html>"
)

Answer = tuple[int, dict[str, str], bytes]
Site = Callable[..., Network]


class Server(ThreadingHTTPServer):
    """A web server of this machine that a test's network takes for public hosts."""

    answers: dict[str, Answer]
    asked: list[str]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        place = f"{self.headers['Host']}{self.path}"
        self.server.asked.append(place)
        status, headers, body = self.server.answers.get(place, (404, {}, b""))
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.answers, server.asked = {}, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def network(server: Server) -> Network:
    """All hosts are public and are this server, but for those whose name is an address or says "inside"."""

    def resolve(host: str, port: int) -> list[str]:
        return ["10.0.0.7"] if "inside" in host else [host] if host[0].isdigit() or ":" in host else [PUBLIC]

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        assert address == PUBLIC
        return socket.create_connection(server.server_address[:2], seconds)  # type: ignore[arg-type]

    return Network(resolve, connect, seconds=5.0)


def page(body: str | bytes, **headers: str) -> Answer:
    return (
        200,
        {name.replace("_", "-"): value for name, value in headers.items()},
        body if isinstance(body, bytes) else body.encode(),
    )


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:220:1::1", "8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


PRIVATE = """
127.0.0.1 127.8.9.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 192.0.2.1
255.255.255.255 240.0.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1
::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1:: 2002:c0a8:101:: ::127.0.0.1 news.example
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_loopback_and_link_local_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]:80/",
        "http://10.0.0.7/a",
        "http://inside.example/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_private_addresses_are_never_connected_to(url: str) -> None:
    network = Network(
        lambda host, port: ["10.0.0.7"] if "inside" in host else [host], lambda *_: pytest.fail("connected")
    )

    with pytest.raises(CorpusError, match="a private address: only public ones are fetched"):
        network.fetch(url)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    network = Network(lambda host, port: [PUBLIC, "127.0.0.1"], lambda *_: pytest.fail("connected"))

    with pytest.raises(CorpusError, match=r"127\.0\.0\.1, a private address"):
        network.fetch("http://news.example/")


@pytest.mark.parametrize(
    "written",
    ["http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://localhost/"],
)
def test_other_spellings_of_this_machine_are_resolved_and_refused(written: str) -> None:
    with pytest.raises(CorpusError, match=r"a private address|no address"):
        Network(connect=lambda *_: pytest.fail("connected")).fetch(written)


def test_a_name_is_resolved_once(server: Server, network: Network) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]  # a name that turns private after the check

    server.answers["news.example/"] = page(PAGE)
    assert Network(resolve, network.connect).fetch("http://news.example/").data == PAGE.encode()
    assert asked == ["news.example"]


def test_a_redirect_is_followed_and_checked(server: Server, network: Network) -> None:
    server.answers["news.example/old"] = (301, {"Location": "/new?a=1"}, b"")
    server.answers["news.example/new?a=1"] = page(PAGE)
    server.answers["news.example/trap"] = (302, {"Location": "http://inside.example/admin"}, b"")
    server.answers["news.example/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    server.answers["news.example/loop"] = (302, {"Location": "/loop"}, b"")

    assert network.fetch("http://news.example/old").url == "http://news.example/new?a=1"
    with pytest.raises(CorpusError, match="private address"):
        network.fetch("http://news.example/trap")
    with pytest.raises(CorpusError, match="no address of a page"):
        network.fetch("http://news.example/file")
    with pytest.raises(CorpusError, match="redirected more than 5 times"):
        network.fetch("http://news.example/loop")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://news.example/", "expected http"),
        ("http://", "expected http"),
        ("http://user:secret@news.example/", "user name or password"),
        ("http://news.example:99999/", "no address of a page"),
        ("http://news.example/missing", "answered 404"),
        ("http://" + "a" * 300 + ".example/", "no address of a page"),
    ],
)
def test_what_is_no_page(network: Network, url: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        network.fetch(url)


def test_size_is_bounded_packed_or_not(server: Server, network: Network) -> None:
    small = Network(network.resolve, network.connect, most=1_000_000)
    server.answers["news.example/big"] = page(b"x" * 1_000_001)
    server.answers["news.example/bomb"] = page(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")
    server.answers["news.example/odd"] = page(b"", Content_Encoding="br")
    server.answers["news.example/good"] = page(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    for name in ("big", "bomb"):
        with pytest.raises(CorpusError, match="larger than 0 MiB"):
            small.fetch(f"http://news.example/{name}")
    with pytest.raises(CorpusError, match="not asked for"):
        small.fetch("http://news.example/odd")
    assert small.fetch("http://news.example/good").data == PAGE.encode()


def test_time_is_bounded_though_bytes_trickle_in(network: Network) -> None:
    ours, theirs = socket.socketpair()
    stop = threading.Event()

    def trickle() -> None:
        theirs.sendall(b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.02):
            try:
                theirs.sendall(b"X")
            except OSError:
                return

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        slow = Network(network.resolve, lambda *_: ours, seconds=0.3)
        with pytest.raises(CorpusError, match="took longer than 0 s"):
            slow.fetch("http://news.example/")
    finally:
        stop.set()
        thread.join()
        theirs.close()


def test_a_page_becomes_an_article_of_its_address(server: Server, network: Network) -> None:
    server.answers["news.example/2024/bridge-vote.html?utm_source=x"] = page(
        PAGE.replace("<head>", '<head><link rel="canonical" href="https://elsewhere.example/x">')
    )
    ((_, article),) = read_web("http://news.example/2024/bridge-vote.html?utm_source=x", network)

    assert not isinstance(article, CorpusError)
    assert article.url == article.origin == "http://news.example/2024/bridge-vote.html"
    assert (article.id, article.path) == ("news.example-bridge-vote", "")
    assert article.text == f"{TEXT}\n\n{OTHER}"


def test_a_character_set_of_the_server_is_used(server: Server, network: Network) -> None:
    text = PAGE.replace("Harbour Bay", "Łódź")
    server.answers["news.example/"] = page(
        text.encode("iso-8859-2"), Content_Type="text/html; charset=ISO-8859-2"
    )
    ((_, article),) = read_web("http://news.example/", network)

    assert not isinstance(article, CorpusError)
    assert "Łódź" in article.text


def test_a_pdf_by_address_keeps_its_pages(server: Server, network: Network, tmp_path: Path) -> None:
    made = make_pdf(
        tmp_path / "a.pdf",
        [column(TEXT[:60] + "\n" + TEXT[60:]), column("Its chair said so on the second page of the report.")],
    )
    server.answers["news.example/a.pdf"] = page(made.read_bytes(), Content_Type="application/pdf")
    ((_, article),) = read_web("http://news.example/a.pdf", network)

    assert not isinstance(article, CorpusError)
    assert article.page_of(article.text.index("Its chair")) == 2


ITEMS = f"""
<item><title>Bridge vote put off</title><link>http://news.example/1</link>
<pubDate>Tue, 12 Mar 2024 08:00:00 GMT</pubDate></item>
<item><title>Chair speaks</title><guid>http://news.example/2</guid>
<content:encoded><![CDATA[<p>{TEXT}</p><p>{OTHER}</p>]]></content:encoded></item>
<item><title>Gone</title><link>http://news.example/3</link><description>Short.</description></item>
<item><title>Inside</title><link>http://inside.example/4</link></item>
<item><title>Nowhere</title></item>
<item><title>Again</title><link>http://news.example/1</link></item>
"""
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Daily Herald</title><link>http://news.example/</link>{ITEMS}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily Herald</title>
<entry><title type="html">Bridge &amp;amp; vote</title><link rel="self" href="/feed"/><link href="/1"/>
<updated>2024-03-12T08:00:00Z</updated><id>tag:news.example,2024:1</id></entry></feed>"""


def test_a_feed_gives_the_pages_it_names(server: Server, network: Network, archive: Archive) -> None:
    server.answers["news.example/rss"] = page(RSS, Content_Type="application/rss+xml")
    server.answers["news.example/1"] = page(PAGE)
    report = index_paths(archive, ["http://news.example/rss"], network=network)
    first, second = archive.articles()

    assert (first.title, first.published, first.source) == (
        "Bridge vote put off",
        date(2024, 3, 12),
        "The Daily Herald",
    )
    assert (second.title, second.origin) == ("Chair speaks", "http://news.example/2")
    assert [(failure.place, failure.message) for failure in report.failed] == [
        ("http://news.example/3", "the server answered 404 Not Found"),
        (
            "http://inside.example/4",
            "inside.example is 10.0.0.7, a private address: only public ones are fetched",
        ),
        ("http://news.example/rss:5", "an entry without a link to its page"),
    ]
    assert index_paths(archive, ["http://news.example/rss"], network=network, prune=True).skipped == 2


def test_what_left_a_feed_stays_in_the_archive(server: Server, network: Network, archive: Archive) -> None:
    server.answers["news.example/rss"] = page(RSS)
    server.answers["news.example/1"] = page(PAGE)
    index_paths(archive, ["http://news.example/rss"], network=network)
    server.answers["news.example/rss"] = page(RSS[: RSS.index("<item>")] + "</channel></rss>")

    assert index_paths(archive, ["http://news.example/rss"], network=network, prune=True).removed == ()
    assert archive.counts().articles == 2


def test_atom_with_relative_links(server: Server, network: Network) -> None:
    server.answers["news.example/feed"] = page(ATOM)
    server.answers["news.example/1"] = page(PAGE)
    ((place, article),) = read_web("http://news.example/feed", network)

    assert place == "http://news.example/1"
    assert not isinstance(article, CorpusError)
    assert article.published == date(2024, 3, 12)


@pytest.mark.parametrize(
    "feed",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><title>&a;</title></channel></rss>',
        "<rss",
        "<feed>\0</feed>",
    ],
)
def test_hostile_feeds_are_reported_or_empty(server: Server, network: Network, feed: str) -> None:
    server.answers["news.example/feed"] = page(feed)

    assert all(isinstance(read, CorpusError) for _, read in read_web("http://news.example/feed", network))


def test_nothing_is_fetched_without_the_users_word(
    archive: Archive, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="--allow-network"):
        read_articles(["http://news.example/"])
    with pytest.raises(UsageError, match="--allow-network"):
        index_paths(archive, ["https://news.example/"])
    assert main(["index", "--archive", str(tmp_path / "a"), "https://news.example/feed"]) == 2
    assert "nothing is fetched unless --allow-network is given" in capsys.readouterr().err
    assert main(["index", "--archive", str(tmp_path / "a"), "--allow-network", "http://127.0.0.1:9/"]) == 2
    assert "a private address" in capsys.readouterr().err


def test_addresses_and_paths() -> None:
    assert is_address("HTTPS://news.example")
    assert not is_address(Path("http:/news.example"))
    assert not is_address("httpd.txt")
    assert canonical("http://News.example?b=2&UTM_medium=x&a=#part") == "http://news.example/?b=2&a="
    assert urlsplit(canonical("http://news.example/a")).path == "/a"
