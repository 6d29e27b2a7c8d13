"""`/health`: how the archive does, as JSON, for monitors and for the page's own status line."""

import json
import logging
from collections.abc import Callable

from chat.serving import Application, Message, Receive, Send
from index.archive import Archive
from qa.programs import version
from qa.rendering import Json

log = logging.getLogger("citewire")


def health(archive: Archive, *, ready: bool) -> Json:
    """`status` is "ok" or "failed"; `vectors` the share of passages with one; `ready`: models are loaded."""
    base: Json = {"status": "ok", "version": version(), "ready": ready}
    try:
        counts = archive.counts()
    except Exception:
        log.exception("The archive cannot be counted")
        return {**base, "status": "failed", "error": "the catalogue cannot be read"}
    return {
        **base,
        "articles": counts.articles,
        "passages": counts.passages,
        "vectors": round(counts.coverage, 4),
    }


class HealthPage:
    """ASGI middleware that answers GET and HEAD of /health itself: 200 if all is well, 503 if not."""

    def __init__(self, app: Application, report: Callable[[], Json]) -> None:
        self.app = app
        self.report = report

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        is_health = scope["type"] == "http" and scope["path"].rstrip("/") == "/health"
        if not is_health or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        from anyio.to_thread import run_sync

        found = await run_sync(self.report)
        body = json.dumps(found).encode()
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        status = 200 if found["status"] == "ok" else 503
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
