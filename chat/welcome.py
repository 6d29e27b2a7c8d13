"""What the page says before the first question: what the archive holds, and something to click."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chat.citations import byline_of
from chat.markup import escape, outlet_of, shown_title
from index.archive import Archive
from index.browsing import Entry, browse, outlets, period, titles_held
from index.word_tables import STOP_WORDS
from qa.phrases import QUESTION_WORDS
from qa.rendering import long_date

MILLEY = "U.S. military leaders in S.Korea for talks over N.Korea, alliance"
SUMMIT = "S. Korea pushing for high-level meetings with Biden administration at early date: ministry"

# Each question with the title of the seed article that answers it; it is offered only if that is held.
SEED_QUESTIONS = (
    ("who met Milley?", MILLEY),
    ("Why were military drills cancelled?", MILLEY),
    ("How many American troops does South Korea host?", MILLEY),
    ("What will Seoul work with Washington to achieve?", SUMMIT),
)
NAMED_OUTLETS = 4
LATEST = 3
# Names to ask about are read off so many of the latest titles; one must stand in so many of them.
READ_TITLES, LEAST_TITLES, NAMES = 300, 3, 2
READ_PASSAGES = 20  # in which it is looked up whether "the" stands before a name
_NAME = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})+\b")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an archive holds, as the page says it: outlets by number of articles, largest first.

    `questions` are examples that it has something to say to.
    """

    articles: int
    outlets: tuple[str, ...]
    first: date | None
    last: date | None
    questions: tuple[str, ...]
    latest: tuple[Entry, ...]


def survey(archive: Archive) -> Holdings:
    """What the archive holds now; `latest` is empty where it holds what the seed questions ask for."""
    database = archive.database
    counts: Counter[str] = Counter()
    for found in outlets(database):
        if found.source or found.agency:
            counts[outlet_of(found.source, found.agency)] += found.articles
    first, last = period(database)
    held = titles_held(database, [title for _, title in SEED_QUESTIONS])
    questions = tuple(question for question, title in SEED_QUESTIONS if title in held)
    listed = browse(database, limit=READ_TITLES)
    names = tuple(name for name, _ in counts.most_common())
    latest = () if questions else listed.entries[:LATEST]
    questions = questions or _asked_of(archive, listed.entries)
    return Holdings(listed.total, names, first, last, questions, latest)


def _asked_of(archive: Archive, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Questions that get an overview: of the names that most titles have; none if few titles share any."""
    titles = {entry.title for entry in entries}
    counts = Counter(name for title in titles for name in set(_names(title)))
    common = [name for name, count in counts.most_common() if count >= LEAST_TITLES][:NAMES]
    return tuple(
        form.format(_with_article(archive, name))
        for form, name in zip(("What do you know about {}?", "Latest on {}"), common, strict=False)
    )


def _with_article(archive: Archive, name: str) -> str:
    """The name as sentences write it: "the White House", but "Joe Biden"."""
    found = archive.lexical.search(name, READ_PASSAGES)
    passages = archive.passages([passage for passage, _ in found])
    text = "\n".join(archive.article(p.article_id).text[p.start : p.end] for p in passages.values())
    alone = len(re.findall(rf"\b{re.escape(name)}\b", text))
    with_the = len(re.findall(rf"\b[Tt]he {re.escape(name)}\b", text))
    return f"the {name}" if 2 * with_the > alone else name


def _names(title: str) -> Iterator[str]:
    """Names of several words in a title; none where most words are capitalised, as none can be told there."""
    words = title.split()
    if sum(word[:1].isupper() for word in words) > len(words) / 2:
        return
    for found in _NAME.findall(title):
        name = found.split()
        while name and name[0].lower() in STOP_WORDS | QUESTION_WORDS:  # "How Liz Truss lost"
            del name[0]
        if len(name) > 1:
            yield " ".join(name)


def welcome(holdings: Holdings, coverage: float = 1.0) -> str:
    """The empty conversation: what there is to ask, honestly, and examples where they will work.

    `coverage` is the share of the passages that have a vector.
    """
    if not holdings.articles:
        return (
            '<section class="welcome"><h2>The archive is empty.</h2><p>Add articles with '
            "<code>citewire index</code> and the name of a file or folder, or in the library.</p></section>"
        )
    return (
        '<section class="welcome"><h2>Ask the archive</h2>'
        f"<p>{escape(held(holdings))} Every answer is a sentence of an article, word for word. "
        f"If no article says it, you are told so.{_unfinished(coverage)}</p>"
        f"{_questions(holdings)}{_latest(holdings)}</section>"
    )


def held(holdings: Holdings) -> str:
    """What the archive holds, in a sentence of plain text."""
    count = f"{holdings.articles:,} article{'' if holdings.articles == 1 else 's'}"
    return f"It holds {count}{_from_outlets(holdings.outlets)}{_between(holdings.first, holdings.last)}."


def _from_outlets(outlets: tuple[str, ...]) -> str:
    if not outlets:
        return ""
    if len(outlets) > NAMED_OUTLETS:
        return f" from {len(outlets):,} outlets, among them {_listed(outlets[:NAMED_OUTLETS])}"
    return f" from {_listed(outlets)}"


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _between(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ", none of them dated"
    if first == last:
        return f", published on {long_date(first)}"
    return f", published between {long_date(first)} and {long_date(last)}"


def _unfinished(coverage: float) -> str:
    if coverage >= 1:
        return ""
    done = int(100 * coverage)
    return f" Indexing goes on: all of it can be found by its words already, {done} % also by its meaning."


def _questions(holdings: Holdings) -> str:
    if not holdings.questions:
        return ""
    buttons = (
        f'<li><button type="button" class="example">{escape(question)}</button></li>'
        for question in holdings.questions
    )
    return f'<p class="label">For example</p><ul class="examples">{"".join(buttons)}</ul>'


def _latest(holdings: Holdings) -> str:
    """The latest articles to open; their titles are not questions, so they are not asked as such."""
    if not holdings.latest:
        return ""
    items = (
        f'<li><button type="button" class="citation" data-article="{escape(entry.id)}">'
        f'<span class="cited-title" dir="auto">{escape(shown_title(entry))}</span>'
        f'<span class="byline">{byline_of(entry)}</span></button></li>'
        for entry in holdings.latest
    )
    return f'<p class="label">Latest articles</p><ul class="latest">{"".join(items)}</ul>'
