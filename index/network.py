"""The one door to the network, opened only on the user's word: pages fetched from public addresses.

A page or a feed may name any address, also one of this machine or of the user's own network. So a host
is resolved once, every address it has must be a public one, and the connection goes to that very
address, not to what the name may mean a moment later; each redirect is checked in the same way. No proxy
is asked, since it would resolve the name again. Size and time are bounded.
"""

import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from index.errors import CorpusError
from index.public import is_public

MAX_BYTES = 32 * 1024 * 1024
MAX_REDIRECTS = 5
TOTAL_SECONDS = 30.0
"""Longest time for one address, from the connection to the last byte, each redirect anew."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 1 << 16
_HEADERS = {
    "User-Agent": "Citewire (reads one page at its user's request)",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: its bytes, their type ("text/html") and character set, "" if not said.

    `url` is the address after redirects.
    """

    url: str
    data: bytes
    kind: str
    charset: str


def is_address(path: Path | str) -> bool:
    """Whether what was named is an address of the web, not a path."""
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host.

    Raises:
        OSError: it has none, or no name server answers.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an IP address.

    Raises:
        OSError: there is none.
    """
    return socket.create_connection((address, port), seconds)


@dataclass(frozen=True, slots=True)
class Network:
    """Fetches pages from public addresses."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    connect: Callable[[str, int, float], socket.socket] = connect
    seconds: float = TOTAL_SECONDS
    most: int = MAX_BYTES

    def fetch(self, url: str) -> Fetched:
        """What stands at an address, redirects followed.

        Raises:
            CorpusError: it is no public address, cannot be reached, or answers with an error, with too
                much or too slowly.
        """
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._fetch_once(url)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise CorpusError(f"redirected more than {MAX_REDIRECTS} times")

    def _fetch_once(self, url: str) -> Fetched | str:
        """The answer, or the address it redirects to."""
        parts, host, port = _checked(url)
        address = self._address(host, port)
        try:
            plain = self.connect(address, port, self.seconds)
        except OSError as error:
            raise CorpusError(f"cannot be reached ({_reason(error)})") from error
        late = threading.Event()

        def stop() -> None:
            # A server that sends a byte now and then never runs into a timeout of the socket.
            late.set()
            plain.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(self.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._ask(plain, parts, host, url)
            if late.is_set():  # what was cut short may look whole
                raise TimeoutError
            return answer
        except (OSError, http.client.HTTPException, zlib.error) as error:
            reason = (
                f"took longer than {self.seconds:.0f} s"
                if late.is_set()
                else f"the connection failed ({_reason(error)})"
            )
            raise CorpusError(reason) from error
        finally:
            timer.cancel()
            plain.close()

    def _address(self, host: str, port: int) -> str:
        """The one IP address to connect to, resolved once."""
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise CorpusError(f"no address is known for {host!r} ({_reason(error)})") from error
        if not addresses:
            raise CorpusError(f"no address is known for {host!r}")
        for address in addresses:
            if not is_public(address):
                raise CorpusError(f"{host} is {address}, a private address: only public ones are fetched")
        return addresses[0]

    def _ask(self, plain: socket.socket, parts: SplitResult, host: str, url: str) -> Fetched | str:
        connection = http.client.HTTPConnection(
            host, parts.port or http.client.HTTP_PORT, timeout=self.seconds
        )
        secure = parts.scheme == "https"
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
        )
        try:
            connection.request("GET", _target(parts), headers={"Host": _host_header(parts, host), **_HEADERS})
            response = connection.getresponse()
            if response.status in _REDIRECTS and (place := response.getheader("Location")):
                return urljoin(url, place)
            if response.status != http.client.OK:
                raise CorpusError(f"the server answered {response.status} {response.reason[:60]}".rstrip())
            kind = response.headers.get_content_type()
            return Fetched(url, self._body(response), kind, response.headers.get_content_charset() or "")
        finally:
            connection.close()

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        packed = (response.getheader("Content-Encoding") or "identity").lower()
        if packed not in ("identity", "gzip"):
            raise CorpusError(f"sent as {packed[:20]!r}, which was not asked for")
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed == "gzip" else None
        body = bytearray()
        while piece := response.read(_PIECE):
            body += unpack.decompress(piece, self.most + 1 - len(body)) if unpack else piece
            if len(body) > self.most:
                raise CorpusError(f"larger than {self.most >> 20} MiB")
        return bytes(body)


def _checked(url: str) -> tuple[SplitResult, str, int]:
    """The parts of an address, its host in ASCII and its port.

    Raises:
        CorpusError: it is no address of a page.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise CorpusError(f"no address of a page ({error})") from error
    if parts.scheme not in ("http", "https") or not host:
        raise CorpusError("no address of a page: expected http:// or https:// and a host")
    if parts.username is not None or parts.password is not None:
        raise CorpusError("an address with a user name or password is not fetched")
    return parts, host, port


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path


def _host_header(parts: SplitResult, host: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{parts.port}" if parts.port else shown


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__).lower()[:120]
