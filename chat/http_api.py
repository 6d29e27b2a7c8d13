"""The functions that programs call over HTTP (docs/api.md): Gradio describes them by their signatures."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from index.errors import CitewireError
from qa.programs import Programs
from qa.rendering import Json

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def offer(programs: Programs) -> None:
    """Offer `ask`, `search` and `articles` in the page that is being built."""
    from gradio.events import api

    def ask(
        question: str, sources: list[str] | None = None, after: str = "", before: str = "", asked_on: str = ""
    ) -> Json:
        """Answer a question by quoting the archive: the same JSON object as `citewire ask --json` prints."""
        return _told(programs.ask)(question, sources or [], after, before, asked_on)

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
