"""One record of a collection (a JSON object, a CSV row) as an article.

Records were cleaned by whoever made them, so only the line rules are used on their text, no rule
that judges by place.
"""

from collections.abc import Mapping
from datetime import date

from index.article import Article
from index.errors import CorpusError
from index.reading.dates import DayOrder, NumericDate, find_dates, parse_date
from index.reading.decoding import clean
from index.reading.furniture import dropped_lines, kept_lines
from index.reading.headline import first_words
from index.reading.lines import BULLETS, Line, is_prose, same_words, split_lines
from index.reading.naming import digest, safe_id
from index.reading.outlets import is_agency, is_outlet, outlet_of_url, read_dateline
from index.reading.page import line_marks
from index.reading.stamps import is_byline, is_stamp

FIELDS = {
    "title": ("title", "headline", "heading"),
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "maintext", "story"),
    "source": ("source", "outlet", "publisher", "publication", "site", "source_name", "sitename"),
    "published": ("published", "date", "publish_date", "published_at", "publishedat", "pubdate",
    "date_published",
                  "date_publish", "publication_date", "datetime", "time"),
    "url": ("url", "link", "href", "source_url"),
    "id": ("id", "_id", "uid", "guid", "article_id", "doc_id"),
}  # fmt: skip
"""The names under which each field is looked for, the first that is there and not empty wins."""


def field(record: Mapping[str, object], name: str) -> object:
    """The record's value of a field under any of its names (case-insensitive), None if there is none."""
    lowered = {
        key.strip().lower().replace(" ", "_"): value for key, value in record.items() if isinstance(key, str)
    }
    return next(
        (value for alias in FIELDS[name] if (value := lowered.get(alias)) not in (None, "", [])), None
    )


def text_field(record: Mapping[str, object], name: str) -> str:
    """A field as clean text on one line, "" if there is none.

    Raises:
        CorpusError: it is neither a string nor a number.
    """
    value = field(record, name)
    if isinstance(value, dict):  # {"source": {"id": ..., "name": ...}} of news interfaces
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise CorpusError(f"{name} is {_kind(value)}: expected a string")
    return "" if value is None else " ".join(clean(str(value)).split())


def body_field(record: Mapping[str, object]) -> str:
    """The record's text, clean; a list of paragraphs is joined.

    Raises:
        CorpusError: there is none, or it is no string.
    """
    value = field(record, "text")
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if value is None:
        raise CorpusError(f"no text: expected one of the fields {', '.join(FIELDS['text'])}")
    if not isinstance(value, str):
        raise CorpusError(f"text is {_kind(value)}: expected a string")
    return clean(value)


def date_field(record: Mapping[str, object], order: DayOrder | None) -> date | None:
    """The record's day of publication; None if it gives none, or one that cannot be read for certain."""
    return parse_date(text_field(record, "published"), order)


def numeric_date(record: Mapping[str, object]) -> NumericDate | None:
    """The record's date if it is of the kind that can be read in two ways."""
    value = field(record, "published")
    found = find_dates(value) if isinstance(value, str) else []
    return next((day for day in found if isinstance(day, NumericDate)), None)


def read_record(record: Mapping[str, object], order: DayOrder | None = None) -> tuple[Article, str]:
    """The article of a record and the record's key; path and origin are left to the caller.

    The key is the record's id, else its url, else a digest of title and text. The article's id is the
    record's own made safe, "" if it has none.

    Raises:
        CorpusError: it has no text, or a field has the wrong type.
    """
    title, text, url = text_field(record, "title"), body_field(record), text_field(record, "url")
    own = text_field(record, "id")
    lines = split_lines(text)
    marks = mark_lines(lines, title, text_field(record, "source"))
    body = kept_lines(lines, marks)
    if not body:
        raise CorpusError("no article text in it: its text is empty or nothing but page furniture")
    dateline = read_dateline(body[0].text)
    lead = lines[0].text.rstrip(" -–—")
    agency = dateline.agency if dateline else lead if is_agency(lead) else ""
    article = Article(
        id=safe_id(own),
        title=title or first_words(body[0].text),
        text="\n\n".join(line.text for line in body),
        source=text_field(record, "source") or outlet_of_url(url) or agency,
        published=date_field(record, order),
        url=url,
        agency=agency,
        dropped=dropped_lines(lines, marks),
    )
    return article, own or url or digest(f"{title}\n{text}", 16)


def mark_lines(lines: list[Line], title: str, source: str) -> dict[int, str]:
    """The lines of a clean text that are furniture all the same, by index, with the rule's name."""
    marks = line_marks(lines)
    seen: set[str] = set()
    for i, line in enumerate(lines):
        if i < 3 and title and same_words(line.text, title):
            marks.setdefault(i, "title")
        if i < 4 and (is_stamp(line.text) or is_byline(line.text) or _names_outlet(line.text, source)):
            marks.setdefault(i, "metadata")
        if is_prose(line.text) and line.text in seen and line.text[0] not in BULLETS:
            marks.setdefault(i, "repeated")
        seen.add(line.text)
    return marks


def _names_outlet(text: str, source: str) -> bool:
    """Whether a line at the top only says whose story it is: "CNN —", "Associated Press", "USA TODAY"."""
    name = text.rstrip(" -–—")
    return len(name.split()) <= 3 and (
        is_agency(name) or (bool(source) and same_words(name, source) and is_outlet(name))
    )


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)
