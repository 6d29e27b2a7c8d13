"""The options of `citewire chat`."""

import argparse
import os
from collections.abc import Mapping

from index.errors import UsageError
from qa.command import add_archive

MOST_MEGABYTES = 50  # of one upload
AUTH = "CITEWIRE_AUTH"  # in the environment, where no list of processes shows it


def parser() -> argparse.ArgumentParser:
    """The options of `python app.py`, the same as of `citewire chat`."""
    page = argparse.ArgumentParser(prog="citewire chat", description="Ask the archive in a web chat.")
    add_archive(page)
    page.add_argument("--host", default="127.0.0.1", help="address to serve at (default: this machine alone)")
    page.add_argument("--port", type=port, default=7860, help="port (default: 7860, or the next free one)")
    page.add_argument("--no-browser", action="store_true", help="do not open a browser")
    page.add_argument(
        "--read-only", action="store_true", help="nobody adds or removes articles or leaves feedback"
    )
    page.add_argument(
        "--allow-network", action="store_true",
        help="the library also takes addresses of web pages and feeds, and fetches these",
    )  # fmt: skip
    page.add_argument("--auth", metavar="USER:PASS", help=f"ask for this name and password (or set {AUTH})")
    page.add_argument(
        "--share", action="store_true", help="make a public link through gradio.live (needs the internet)"
    )
    page.add_argument(
        "--max-upload", type=megabytes, default=MOST_MEGABYTES, metavar="MB",
        help=f"largest file taken, in megabytes (default: {MOST_MEGABYTES})",
    )  # fmt: skip
    return page


def credentials(named: str | None, environment: Mapping[str, str] = os.environ) -> tuple[str, str] | None:
    """The name and password that are asked for, None if none are.

    Raises:
        UsageError: if they are not USER:PASS. The message does not repeat them.
    """
    given = named if named is not None else environment.get(AUTH)
    if given is None:
        return None
    user, colon, password = given.partition(":")
    if not (user and colon and password):
        raise UsageError(f"--auth: expected USER:PASS, such as --auth desk:secret, or {AUTH}=desk:secret")
    return user, password


def port(text: str) -> int:
    """A port's number, 0 for any free one."""
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port; it is a number from 0 to 65535")
    return int(text)


def megabytes(text: str) -> int:
    """A size in whole megabytes."""
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text} is no size; it is a number of megabytes from 1 to 10000")
    return int(text)
