"""The functions that programs call over HTTP (docs/api.md): Gradio describes them by their signatures."""

import json
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from chat.serving import Application, Message, Receive, Send
from index.errors import CitewireError
from qa.programs import Programs
from qa.rendering import Json

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# What each function's arguments are by default, in their order; a test compares them with the functions.
DEFAULTS: dict[str, list[object]] = {
    "ask": [None, None, "", "", "", None],
    "search": [None, 5, None, "", ""],
    "articles": ["", None, "", "", 0, 50],
}
CALL = "/gradio_api/call/"
MOST_BYTES = 1_000_000  # of a call


def offer(programs: Programs) -> None:
    """Offer `ask`, `search` and `articles` in the page that is being built."""
    from gradio.events import api

    def ask(
        question: str, sources: list[str] | None = None, after: str = "", before: str = "",
        asked_on: str = "", history: list[str] | None = None,
    ) -> Json:  # fmt: skip
        """Answer a question by quoting the archive: the same JSON object as `citewire ask --json` prints.

        `history` holds the questions asked before it, oldest first.
        """
        return _told(programs.ask)(question, sources or [], after, before, asked_on, history or [])

    def search(
        query: str, k: int = 5, sources: list[str] | None = None, after: str = "", before: str = ""
    ) -> list[Json]:
        """The k passages nearest to a query: the same JSON as `citewire search --json` prints."""
        return _told(programs.search)(query, k, sources or [], after, before)

    def articles(
        words: str = "", sources: list[str] | None = None, after: str = "", before: str = "",
        offset: int = 0, limit: int = 50,
    ) -> Json:  # fmt: skip
        """The articles that hold all the words, latest first: `total` found, `articles` a page of them."""
        return _told(programs.articles)(words, sources or [], after, before, offset, limit)

    for function in (ask, search, articles):
        api(function, api_name=function.__name__)


def _told(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The function with its errors as Gradio tells them: one line, to whoever called."""
    from gradio import Error

    def telling(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        try:
            return function(*arguments, **named)
        except CitewireError as error:
            raise Error(str(error), print_exception=False) from error

    return telling


class Defaults:
    """ASGI middleware: a call whose `data` names only the first arguments gets the defaults of the others.

    Gradio takes defaults from calls by name alone (`/call/v2/ask`); `{"data": ["who?"]}` means the same.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, its arguments completed."""
        name = scope["path"].rstrip("/").partition(CALL)[2] if scope["type"] == "http" else ""
        if name not in DEFAULTS or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > MOST_BYTES:
                await send({"type": "http.response.start", "status": 413, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
        whole = completed(name, body)
        headers = [item for item in scope["headers"] if item[0] != b"content-length"]
        length = (b"content-length", str(len(whole)).encode())

        waiting = [{"type": "http.request", "body": whole, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self.app({**scope, "headers": [*headers, length]}, replay, send)


def completed(name: str, body: bytes) -> bytes:
    """The body of a call with the defaults of the arguments that it leaves out at the end of `data`."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return body
    data = call.get("data") if isinstance(call, dict) else None
    if not isinstance(data, list) or not data:
        return body
    return json.dumps({**call, "data": [*data, *DEFAULTS[name][len(data) :]]}).encode()
