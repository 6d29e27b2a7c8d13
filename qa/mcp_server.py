"""`citewire mcp`: an MCP server over standard input and output with the tools ask, search and articles.

Assistants start it as a program of their own and speak the Model Context Protocol with it
(https://modelcontextprotocol.io). Standard output belongs to the protocol: nothing else is printed there.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from index.archive import Archive
from index.errors import CitewireError
from qa.command import DONE, INTERRUPTED, add_archive, failed
from qa.programs import Programs, version
from qa.rendering import Json

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

INSTRUCTIONS = (
    "Answers from a news archive, each a verbatim quotation with its article. Quote `quote` as it stands and"
    " name `article`; where `abstained` is true the archive does not say, so do not fill in an answer."
)


def server(programs: Programs) -> "MCPServer":
    """The MCP server over the three functions."""
    from mcp.server.mcpserver import MCPServer

    tools = MCPServer("citewire", version=version(), instructions=INSTRUCTIONS, log_level="WARNING")

    @tools.tool()
    def ask(
        question: str, sources: list[str] | None = None, after: str = "", before: str = "",
        asked_on: str = "", history: list[str] | None = None,
    ) -> Json:  # fmt: skip
        """Answer a question by quoting the archive, or say that it does not say.

        sources: only these outlets. after, before: only articles of these days, such as 2021-12-01.
        asked_on: the day that "last week" is counted from, today by default.
        history: the questions asked before it, oldest first, so that it may be "when?" or "and Austin?".
        """
        return _told(programs.ask)(question, sources or [], after, before, asked_on, history or [])

    @tools.tool()
    def search(
        query: str, k: int = 5, sources: list[str] | None = None, after: str = "", before: str = ""
    ) -> list[Json]:
        """The k passages of the archive that are nearest to a query, without judging whether they answer."""
        return _told(programs.search)(query, k, sources or [], after, before)

    @tools.tool()
    def articles(
        words: str = "", sources: list[str] | None = None, after: str = "", before: str = "",
        offset: int = 0, limit: int = 50,
    ) -> Json:  # fmt: skip
        """The articles that hold all the words, latest first: how many in `total`, a page in `articles`."""
        return _told(programs.articles)(words, sources or [], after, before, offset, limit)

    return tools


def _told(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The function with its errors as MCP tells them: one line, to whoever called."""
    from mcp.server.mcpserver.exceptions import ToolError

    def telling(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        try:
            return function(*arguments, **named)
        except CitewireError as error:
            raise ToolError(str(error)) from error

    return telling


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until standard input ends; the exit status is 0, 2 for bad usage, 3 for a broken archive."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    parser = argparse.ArgumentParser(
        prog="citewire mcp", description="Offer the archive to an assistant: an MCP server on standard input."
    )
    add_archive(parser)
    options = parser.parse_args(argv)
    try:
        with Archive.open(options.archive, create=False) as archive:
            server(Programs(archive)).run("stdio")
    except KeyboardInterrupt:
        return INTERRUPTED
    except CitewireError as error:
        return failed(error)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
