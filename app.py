"""The web chat: a map of the page (layout and events), and how it is started.

What the events show is written by chat/, which knows no Gradio. Gradio is imported when a page is built,
because it takes seconds: `python app.py --help` need not wait for it.
"""

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chat import render, serving
from chat.conversation import Asker, Conversation
from index.errors import ArchiveError, ArchiveLockedError, CitewireError
from qa import Archive, ask

if TYPE_CHECKING:
    import gradio as gr

HERE = Path(__file__).parent
LOOK = HERE / "chat"

MASTHEAD = """<header id="masthead"><h1>Citewire</h1>
<p>Answers from the archive, each a quotation that opens at its place in the article.</p></header>"""
LOG = '<div role="log" aria-live="polite" aria-label="Conversation">${value}</div>'


def build_page(talk: Conversation) -> "gr.Blocks":
    """The page over a conversation: what stands where, and what happens when it is used."""
    serving.stay_offline()
    import gradio as gr
    from gradio.events import api

    plain: dict[str, Any] = {"apply_default_css": False}
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    page: gr.Blocks
    with gr.Blocks(title="Citewire", analytics_enabled=False) as page:
        turns = gr.State([])
        gr.HTML(MASTHEAD, **plain)
        log = gr.HTML(talk.welcome(), html_template=LOG, js_on_load=_read("log.js"), elem_id="log", **plain)
        with gr.Row(elem_id="composer"):
            question = gr.Textbox(
                label="Question", placeholder="Ask a question", show_label=False, container=False,
                lines=1, max_lines=6, elem_id="question",
            )  # fmt: skip
            button = gr.Button("Ask", variant="primary", elem_id="ask")
        source = gr.HTML("", js_on_load=_read("source.js"), elem_id="source", **plain)

        def answer(asked: str, said: list[str]) -> Iterator[tuple[str, list[str], Any]]:
            """Show the question at once with what is being done, then the reply in its place."""
            yield "".join([*said, render.turn(asked, render.waiting(talk.progress))]), said, ""
            now = [*said, render.turn(asked, talk.reply(asked))]
            # The box is left alone: the next question may be half typed by now. An empty one is not kept.
            yield "".join(now), now if asked.strip() else said, gr.skip()

        def answer_example(event: gr.EventData, said: list[str]) -> Iterator[tuple[str, list[str], Any]]:
            yield from answer(str(event._data["question"]), said)

        def open_source(event: gr.EventData) -> str:
            return talk.source(event._data)

        shown = [log, turns, question]
        page.load(talk.welcome, None, log, **quiet)
        gr.on([question.submit, button.click], answer, [question, turns], shown, **quiet)
        log.example(answer_example, turns, shown, **quiet)
        log.cite(open_source, None, source, **quiet)
        api(talk.answer_json, api_name="ask")
    return page


def serve(
    archive: Archive,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = True,
    ask: Asker = ask,
) -> None:
    """Serve the page until Ctrl-C, on the next free port if this one is taken.

    Raises:
        UsageError: if the host is none of this machine's or no port is free.
    """
    chosen = serving.free_port(host, port)
    if port and chosen != port:
        print(f"Port {port} is taken; using {chosen}.")
    talk = Conversation(archive, ask)
    threading.Thread(target=talk.warm_up, name="warm-up", daemon=True).start()
    page = build_page(talk)
    _, address, _ = page.launch(server_name=host, server_port=chosen, **look(), **manners())
    try:
        if serving.is_open_to_others(host):
            print("Whoever reaches this machine can read the archive.")
        print(f"Citewire is at {address} (Ctrl-C ends it)", flush=True)
        if open_browser:
            serving.show_in_browser(address)
        threading.Event().wait()
    except KeyboardInterrupt:
        print("\nCitewire has ended.")
    finally:
        page.close(verbose=False)


def look() -> dict[str, Any]:
    """What `launch` needs to know of the page's look."""
    import gradio as gr

    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    theme.set(body_background_fill="#fbfaf7", body_background_fill_dark="#16171a")
    return {
        "head": f"<style>{_read('page.css')}</style>",
        "theme": theme,
        "favicon_path": LOOK / "icon.svg",
        "footer_links": [],
    }


def _read(name: str) -> str:
    return (LOOK / name).read_text(encoding="utf-8")


def manners() -> dict[str, Any]:
    """What `launch` needs to know to be quiet, stay local and leave the main thread to us."""
    from starlette.middleware import Middleware

    return {
        "app_kwargs": {"middleware": [Middleware(serving.SecurityHeaders)]},
        "prevent_thread_lock": True,
        "quiet": True,
        "share": False,
        "ssr_mode": False,
        "run_history": False,
        "max_file_size": 1,  # byte: the page takes no uploads, Gradio's address for them is there anyway
        "enable_monitoring": False,
    }


def fill_with_seeds(archive: Archive) -> None:
    """Give a new archive the seed articles that come with Citewire, so that there is something to ask."""
    from index.indexing import index_paths

    print("The archive is empty: indexing the seed articles that come with Citewire.", flush=True)
    try:
        index_paths(archive, [HERE / "seeds"], progress=True)
    except ArchiveLockedError:
        print("Another citewire is indexing into this archive; its articles can be asked as they come.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the chat from the command line; the exit status is 0, 2 for bad usage, 3 for a broken archive."""
    options = arguments().parse_args(argv)
    try:
        with Archive.open(options.archive) as archive:
            if not archive.counts().articles:
                fill_with_seeds(archive)
            serve(archive, host=options.host, port=options.port, open_browser=not options.no_browser)
    except KeyboardInterrupt:
        return 130
    except CitewireError as error:
        print(f"citewire: {error}", file=sys.stderr)
        return 3 if isinstance(error, ArchiveError) else 2
    return 0


def arguments() -> argparse.ArgumentParser:
    """The options of `python app.py`, the same as of `citewire chat`."""
    parser = argparse.ArgumentParser(prog="citewire chat", description="Ask the archive in a web chat.")
    where = "the archive's folder (default: CITEWIRE_ARCHIVE or your data folder)"
    parser.add_argument("--archive", metavar="DIR", help=where)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to serve at (default: this machine alone)"
    )
    parser.add_argument("--port", type=port, default=7860, help="port (default: 7860, or the next free one)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    return parser


def port(text: str) -> int:
    """A port's number, 0 for any free one."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port; it is a number from 0 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
