"""How the page is served: offline settings, a free port, headers that keep the browser at home."""

import os
import platform
import socket
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from itertools import chain
from typing import Any

from index.errors import UsageError

PORTS_TRIED = 100
SHARING = "api.gradio.app"  # makes public links, for --share alone
SHARING_SECONDS = 5.0

# The page loads nothing from elsewhere, and the browser is told to refuse it should a page ever try.
# Gradio itself needs inline and evaluated scripts (its gr.HTML templates), data: and blob: addresses.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:;"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " connect-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none';"
    " base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'self'"
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


def stay_offline() -> None:
    """Keep Gradio and the model libraries from calling out; to be done before they are imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Gradio asks its own server whether it is up: a proxy named in the environment must not get that.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), "localhost,127.0.0.1,::1")))


def free_port(host: str, port: int) -> int:
    """The port, or the next one that is free; 0 stands for any free one.

    Raises:
        UsageError: if the host is none of this machine's, or all ports tried are taken.
    """
    for candidate in chain([port], range(port + 1, min(port + PORTS_TRIED, 65_536)) if port else []):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if os.name == "posix":  # as the server will: a port lately closed counts as free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except socket.gaierror as error:
                raise UsageError(f"{host}: no such host; 127.0.0.1 serves this machine alone") from error
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise UsageError(f"no free port at {host} from {port} on; name another with --port")


def is_open_to_others(host: str) -> bool:
    """True if other machines may reach what is served at this address."""
    return host != "localhost" and not host.startswith("127.") and host != "::1"


def has_screen() -> bool:
    """True if a browser opened here could be seen: not over a bare terminal, where one would block it."""
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def show_in_browser(address: str) -> None:
    """Open the page in the user's browser, if there is one."""
    if has_screen():
        webbrowser.open(address)


class SecurityHeaders:
    """ASGI middleware: every reply carries the policy, and tells no other site where it was read."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers when its reply starts."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    (b"content-security-policy", POLICY.encode()),
                    (b"referrer-policy", b"no-referrer"),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SameOrigin:
    """ASGI middleware: only pages served from here may change anything here.

    A page of another site could otherwise send forms to an address of this machine that only its reader
    can reach. Programs send no `Origin` and are let through.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 403."""
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            headers = dict(scope["headers"])
            origin, host = headers.get(b"origin"), headers.get(b"host", b"")
            if origin is not None and origin.partition(b"://")[2] != host:
                body = b"This request came from another site."
                await send({"type": "http.response.start", "status": 403, "headers": []})
                await send({"type": "http.response.body", "body": body})
                return
        await self.app(scope, receive, send)


def check_share(authenticated: bool) -> None:
    """Check whether a public link can be made: it goes through a server of Gradio's, which must be reached.

    Raises:
        UsageError: if it cannot, or if nobody would be asked for a password.
    """
    if not authenticated:
        raise UsageError(
            "--share gives a link that anybody can open; give it a password with --auth USER:PASS"
        )
    try:
        socket.create_connection((SHARING, 443), timeout=SHARING_SECONDS).close()
    except OSError as error:
        raise UsageError(
            f"--share needs the internet, and {SHARING} cannot be reached from here;"
            " for the people of your own network use --host 0.0.0.0"
        ) from error
