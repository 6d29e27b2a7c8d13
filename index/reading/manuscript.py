"""A document that was written as one (PDF, Word) as an article: rules of a line alone, none of place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.article import Article, Dropped
from index.errors import CorpusError
from index.reading.credits import credit_lines
from index.reading.furniture import dropped_lines, kept_lines
from index.reading.headline import find_title, first_words
from index.reading.lines import Line
from index.reading.outlets import outlet_of_title
from index.reading.provenance import find_published, find_source
from index.reading.record import mark_lines


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself, "" and None where it does not.

    `made` is the day the file was made, which is taken for the day of publication only if the text
    names none.
    """

    title: str = ""
    source: str = ""
    url: str = ""
    made: date | None = None


def read_manuscript(
    lines: Sequence[Line], properties: Properties, title_at: int | None, gone: Iterable[Dropped] = ()
) -> tuple[Article, list[Line]]:
    """The article of a document's paragraphs, and those of them that are its text.

    `title_at` is the index of the title's paragraph where its looks or style tell it; `gone` are lines
    that were left out before. Id, path and origin are left to the caller.

    Raises:
        CorpusError: there is no article text.
    """
    lines = list(lines)
    at = title_at if title_at is not None or properties.title else find_title(lines)
    given = properties.title if at is None else lines[at].text
    title, site = outlet_of_title(given)
    marks: dict[int, str] = mark_lines(lines, given, properties.source)
    marks |= dict.fromkeys(credit_lines(lines, at), "metadata")
    if at is not None:
        marks[at] = "title"
    body = kept_lines(lines, marks)
    if not body:
        raise CorpusError("no article text in it")
    source, agency = find_source(lines, marks, body)
    article = Article(
        id="",
        title=title or first_words(body[0].text),
        text="\n\n".join(line.text for line in body),
        source=properties.source or site or source,
        published=find_published(lines, marks, body) or properties.made,
        url=properties.url,
        agency=agency,
        dropped=tuple(sorted((*gone, *dropped_lines(lines, marks)), key=lambda piece: piece.line)),
    )
    return article, body


def page_starts(
    body: Sequence[Line], starts: Mapping[int, Sequence[tuple[int, int]]], pages: int
) -> tuple[int, ...]:
    """Where each of `pages` pages starts in the text that `body` makes.

    `starts` gives for a paragraph, by its line's number, the pages it stands on and from which of its
    characters on. A page without text starts where the next one does.
    """
    found: dict[int, int] = {}
    offset = 0
    for line in body:
        for page, within in starts[line.number]:
            found.setdefault(page, offset + within)
        offset += len(line.text) + 2
    result, following = [], max(0, offset - 2)
    for page in range(pages, 0, -1):
        following = found.get(page, following)
        result.append(following)
    return tuple(reversed(result))
