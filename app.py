"""The web chat: a map of the page (layout and events), and how it is started.

What the events show is written by chat/, as functions of values. Gradio is imported when a page is built,
because it takes seconds: `python app.py --help` need not wait for it.
"""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chat import options, render, serving
from chat.conversation import Asker, Conversation
from chat.health import HealthPage, health
from chat.http_api import Defaults, offer
from chat.librarian import Librarian
from chat.turns import Turn
from index.errors import ArchiveLockedError, CitewireError
from index.network import Network
from qa import Archive, ask
from qa.command import DONE, INTERRUPTED, failed
from qa.programs import Programs
from qa.rendering import Json

if TYPE_CHECKING:
    import gradio as gr

HERE = Path(__file__).parent
LOOK = HERE / "chat"

MASTHEAD = """<header class="head"><h1>Citewire</h1><nav aria-label="Page">
<button type="button" class="to-library">Library</button>
<button type="button" class="to-shelf">Conversations</button>
<button type="button" class="to-new" aria-label="New conversation">New</button></nav>
<p class="motto">Answers from the archive, each a quotation that opens at its place in the article.</p>
<p id="status" role="status"></p></header>"""
LOG = '<div role="log" aria-live="polite" aria-label="Conversation"></div>'
SCOPE = """<p class="scope-chip" hidden><span class="scope-text"></span>
<button type="button" aria-label="Ask everything again"><span aria-hidden="true">×</span></button></p>"""


def build_page(talk: Conversation, library: Librarian, programs: Programs) -> "gr.Blocks":
    """The page over an archive: what stands where, and what happens when it is used."""
    import gradio as gr

    def region(name: str, value: object = None, html: str = "", **server: Callable[[Any], Any]) -> gr.HTML:
        """A part of the page whose behaviour is in chat/NAME.js, with Python's functions that it calls."""
        return gr.HTML(
            value, html_template=html, js_on_load=_read(f"{name}.js"), elem_id=name, apply_default_css=False,
            server_functions=[_named(*function) for function in server.items()],
        )  # fmt: skip

    page: gr.Blocks
    with gr.Blocks(title="Citewire", analytics_enabled=False, delete_cache=(600, 600)) as page:
        turns = gr.State([])
        region("masthead", html=MASTHEAD)
        region(
            "library", panel=library.panel, listing=library.listing, add=library.add, report=library.report
        )
        region("shelf", export_turns=talk.export)
        log = region("log", {"at": 0, "html": talk.welcome()}, LOG, judge=talk.judge, why=talk.why)
        with gr.Column(elem_id="composer"):
            scope = region("scope", html=SCOPE)
            with gr.Row():
                question = gr.Textbox(
                    label="Question", placeholder="Ask a question", show_label=False, container=False,
                    lines=1, max_lines=6, elem_id="question",
                )  # fmt: skip
                button = gr.Button("Ask", variant="primary", elem_id="ask")
        region(
            "source",
            open_source=talk.source,
            remove=library.remove,
            put_back=library.put_back,
            correct=library.correct,
        )

        def answer(
            asked: str, said: list[Turn], chosen: object, follow_up: bool = True
        ) -> Iterator[tuple[Json, list[Turn]]]:
            """Show the question at once with what is being done, then the reply in its place."""
            waiting = render.turn(asked, render.waiting(talk.progress))
            yield {"at": len(said), "html": waiting}, said
            turn = talk.turn(asked, said, chosen, follow_up=follow_up)
            kept = [turn] if turn.question else []  # an empty one is not
            yield {"at": len(said), **_shown([turn], talk, kept)}, [*said, *kept]

        def answer_example(
            event: gr.EventData, said: list[Turn], chosen: object
        ) -> Iterator[tuple[Json, list[Turn]]]:
            """An example that was clicked, or a question once more as it was typed."""
            again = event._data.get("asTyped") is True
            yield from answer(str(event._data["question"]), said, chosen, follow_up=not again)

        def restore(kept: object) -> tuple[Json, list[Turn]]:
            """Show the turns that the browser kept of a conversation, or what the archive holds."""
            opened = talk.seals.open_all(kept)
            welcome = {} if opened else {"html": talk.welcome()}
            return {"at": 0, **_shown(opened, talk, opened), **welcome}, opened

        def restore_another(event: gr.EventData) -> tuple[Json, list[Turn]]:
            return restore(event._data["turns"])

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking, shown = [turns, scope], [log, turns]
        emptied = "(...given) => citewire.asked(given)"
        page.load(restore, log, [log, turns], js="() => [citewire.turns]", **quiet)
        gr.on([question.submit, button.click], answer, [question, *asking], shown, js=emptied, **quiet)
        log.example(answer_example, asking, shown, **quiet)
        log.restore(restore_another, None, [log, turns], **quiet)
        offer(programs)
    return page


def _shown(turns: list[Turn], talk: Conversation, kept: list[Turn]) -> Json:
    """What the log needs to show turns, and to keep some of them (chat/log.js)."""
    return {"html": "".join(turn.html for turn in turns), "kept": [talk.seals.seal(turn) for turn in kept]}


def _named(name: str, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The function as Gradio takes it from a page: by this name, and no bound method."""

    def call(value: object = None) -> Any:
        return function(value)

    call.__name__ = name
    return call


def serve(
    archive: Archive,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = True,
    read_only: bool = False,
    auth: tuple[str, str] | None = None,
    share: bool = False,
    most_megabytes: int = options.MOST_MEGABYTES,
    network: Network | None = None,
    ask: Asker = ask,
) -> None:
    """Serve the page until Ctrl-C, on the next free port if this one is taken.

    Without a `network` nothing is fetched by address.

    Raises:
        UsageError: if the host is none of this machine's, no port is free, or no link can be shared.
    """
    if share:
        serving.check_share(authenticated=auth is not None)
    chosen = serving.free_port(host, port)
    if port and chosen != port:
        print(f"Port {port} is taken; using {chosen}.")
    serving.stay_offline()
    talk = Conversation(archive, ask, read_only=read_only)
    threading.Thread(target=talk.warm_up, name="warm-up", daemon=True).start()
    library = Librarian(archive, None if read_only else _uploads_folder(), most_megabytes, network)
    page = build_page(talk, library, Programs(archive, ask))
    megabytes = None if read_only else most_megabytes
    served = page.launch(
        server_name=host, server_port=chosen, auth=auth, share=share, **look(talk), **manners(talk, megabytes)
    )
    try:
        if serving.is_open_to_others(host) and not auth:
            print(
                f"Whoever reaches this machine can read the archive{'' if read_only else ' and change it'}."
            )
        if share:
            print(f"The public link is {served[2]}")
        print(f"Citewire is at {served[1]} (Ctrl-C ends it)", flush=True)
        if open_browser:
            serving.show_in_browser(served[1])
        threading.Event().wait()
    except KeyboardInterrupt:
        print("\nCitewire has ended.")
    finally:
        page.close(verbose=False)


def look(talk: Conversation) -> dict[str, Any]:
    """What `launch` needs to know of the page's look."""
    import gradio as gr

    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    theme.set(body_background_fill="#fbfaf7", body_background_fill_dark="#16171a")
    return {
        "head": f'<meta name="citewire-archive" content="{talk.seals.name}">'
        f"<script>{_read('keeping.js')}</script><style>{_read('page.css')}</style>",
        "theme": theme,
        "favicon_path": LOOK / "icon.svg",
        "footer_links": [],
    }


def _read(name: str) -> str:
    return (LOOK / name).read_text(encoding="utf-8")


def _uploads_folder() -> Path:
    from gradio.utils import get_upload_folder

    return Path(get_upload_folder())


def manners(talk: Conversation, most_megabytes: int | None) -> dict[str, Any]:
    """What `launch` needs to know to be quiet, stay local and leave the main thread to us."""
    from starlette.middleware import Middleware

    def report() -> Json:
        return health(talk.archive, ready=talk.ready)

    middleware = [
        Middleware(serving.SecurityHeaders),
        Middleware(serving.SameOrigin),
        Middleware(Defaults),
        Middleware(HealthPage, report=report),
    ]
    return {
        "app_kwargs": {"middleware": middleware},
        "prevent_thread_lock": True,
        "quiet": True,
        "ssr_mode": False,
        "run_history": False,
        # Gradio's address for uploads is there even where the page takes none: one byte is none.
        "max_file_size": 1 if most_megabytes is None else most_megabytes * 1_000_000,
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
    chosen = options.parser().parse_args(argv)
    try:
        with Archive.open(chosen.archive) as archive:
            if not archive.counts().articles:
                fill_with_seeds(archive)
            serve(
                archive,
                host=chosen.host,
                port=chosen.port,
                open_browser=not chosen.no_browser,
                read_only=chosen.read_only,
                auth=options.credentials(chosen.auth),
                share=chosen.share,
                most_megabytes=chosen.max_upload,
                network=Network() if chosen.allow_network else None,
            )
    except KeyboardInterrupt:
        return INTERRUPTED
    except CitewireError as error:
        return failed(error)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
