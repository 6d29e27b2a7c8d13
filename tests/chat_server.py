"""Serves the chat over made articles for tests: `python chat_server.py FOLDER` prints its address.

A process of its own, because importing Gradio leaves event loops open, and warnings are errors here.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from fakes import an_article, open_archive, put

import app
from index.archive import Archive
from index.article import Article, Span
from index.filters import EVERYTHING, Filters
from qa.answer import Answer, Evidence
from qa.turn import Turn

OUTLETS = ("The Example", "The Other")
TESTS = Path(__file__).parent
ATTACK = """<img src="x" onerror="window.pwned=1"><svg onload="window.pwned=1"></svg>"""
HOSTILE = an_article(
    666,
    f"Calm before.\n\nThe {ATTACK} *bold* [x](javascript:alert(1)) `code` $\\LaTeX$ {{{{value}}}} "
    f"${{window.pwned=1}} </mark></blockquote></aside> Hostile\u202e. {'wide' * 200}\n\nCalm after.",
    id='"><img src=x onerror=window.pwned=1>',
    title=f"{ATTACK} {{{{value}}}} ${{window.pwned=1}}",
    source=ATTACK,
    url="javascript:window.pwned=1",
)


FIRE = "How many people died in the Oostakker fire?"
FIRES = (
    ("Daily", 9, "At least 12 people died in the Oostakker fire, the mayor said.", "12"),
    ("Courier", 11, f"The Oostakker fire killed 14 people. {ATTACK}", "14"),
    ("Herald", 11, "The Oostakker fire killed 15 people, according to the fire brigade.", "15"),
)


def fire_articles() -> list[Article]:
    """Three reports of a fire that count its dead differently."""
    return [
        an_article(700 + at, text, title=f"Fire: {source}", source=source, published=date(2024, 5, day))
        for at, (source, day, text, _) in enumerate(FIRES)
    ]


def ask_about_the_fire(archive: Archive) -> Answer:
    """The first report answers, the others stand beside it."""
    pieces = []
    for at, (_, _, text, answer) in enumerate(FIRES):
        article, start = archive.article(f"a{700 + at}"), text.index(answer)
        sentence = Span(0, text.find(". ") + 1 or len(text))
        pieces.append(Evidence(article, Span(start, start + len(answer)), sentence, 0.8 - at / 5))
    return Answer(FIRE, (pieces[0],), 0.8, 1.0, compared=tuple(pieces[1:]))


def ask_keywords(
    archive: Archive, question: str, *, history: Sequence[Turn] = (), filters: Filters = EVERYTHING
) -> Answer:
    """The paragraphs with the question's last word, that word being the answer; else an abstention.

    "And TOWN?" is read as the question before it, of that town.
    """
    if question == FIRE:
        return ask_about_the_fire(archive)
    if history and question.startswith("And "):
        read = f"Who lives in {question[4:]}"
        answer = ask_keywords(archive, read, filters=filters)
        return replace(answer, question=question, read_as=read, interpreted_as=read)
    word = question.rstrip("?").split()[-1]
    found = [
        Evidence(article, Span(match.start(), match.end()), _paragraph(article.text, match.start()), 0.8)
        for article in archive.articles()
        if filters.accept(article.source, article.published)
        for match in re.finditer(rf"\b{re.escape(word)}\b", article.text)
    ]
    if not found:
        return Answer(question, (), 0.0, 1.0, reason=f"No article mentions “{word}”.")
    return Answer(question, tuple(found[:3]), 0.8, 1.0)


def _paragraph(text: str, place: int) -> Span:
    first, last = text.rfind("\n\n", 0, place), text.find("\n\n", place)
    return Span(first + 2 if first >= 0 else 0, last if last >= 0 else len(text))


@contextmanager
def started(arguments: Sequence[str | Path], home: Path) -> Iterator[subprocess.Popen[str]]:
    """A Python process of its own home, its errors mixed into its output; killed at the end."""
    environment = {
        **os.environ,
        "HOME": str(home),
        "GRADIO_TEMP_DIR": str(home / "gradio"),
        "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS))),
    }
    with subprocess.Popen(
        [sys.executable, "-u", *arguments],
        cwd=home, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def until_address(process: subprocess.Popen[str]) -> Iterator[str]:
    """What a starting chat says, up to the line with its address."""
    assert process.stdout
    for line in process.stdout:
        yield line
        if "Citewire is at" in line:
            return


if __name__ == "__main__":
    with open_archive(Path(sys.argv[1])) as archive:
        put(
            archive,
            HOSTILE,
            *fire_articles(),
            *(an_article(number, source=OUTLETS[number % 2]) for number in range(1, 61)),
        )
        app.serve(archive, port=0, open_browser=False, ask=ask_keywords)
