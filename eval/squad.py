"""SQuAD JSON (1.1 and 2.0) as a whole-archive task: its paragraphs become articles to search.

A paragraph is recognised again after indexing by an address made up for it, under a domain that RFC 2606
keeps free, so that the adapter depends on no rule of how articles get their ids.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from eval.gold import Gold
from eval.records import Record
from index.errors import UsageError

ADDRESS = "https://squad.invalid/"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with its questions, whose `article_id` is the paragraph's url until it is indexed."""

    title: str
    text: str
    url: str
    questions: tuple[Gold, ...]

    @property
    def record(self) -> Record:
        """The paragraph as an article."""
        return Record(self.title, self.text, self.url, source="SQuAD")


def is_squad(text: str) -> bool:
    """True if the text of a gold file is SQuAD JSON: one object with `data`, not one object a line."""
    first = text.split("\n", 1)[0]
    try:
        record = json.loads(first)
    except ValueError:
        record = _whole(text) if '"data"' in text else None
    return isinstance(record, dict) and isinstance(record.get("data"), list)


def read_paragraphs(
    text: str, path: Path, *, limit: int | None = None, titles: Collection[str] = ()
) -> list[Paragraph]:
    """The paragraphs of the first `limit` articles (None: all) of a data set; of those of `titles`, if given.

    Raises:
        UsageError: if an entry lacks a field, naming the entry, if a title is not there, or no question is.
    """
    articles = enumerate(json.loads(text)["data"])
    paragraphs = [
        paragraph for at, entry in islice(articles, limit) for paragraph in _paragraphs(entry, at, path)
    ]
    wanted = {title.replace("_", " ") for title in titles}
    if missing := wanted - {paragraph.title for paragraph in paragraphs}:
        raise UsageError(f"{path}: no article is titled {', '.join(sorted(missing))}")
    if wanted:
        paragraphs = [paragraph for paragraph in paragraphs if paragraph.title in wanted]
    if not any(paragraph.questions for paragraph in paragraphs):
        raise UsageError(f"{path}:1: SQuAD JSON without questions")
    return paragraphs


def _whole(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _paragraphs(entry: Mapping[str, object], at: int, path: Path) -> Iterator[Paragraph]:
    place = f"{path}: data[{at}]"
    title = str(_field(entry, "title", str, place)).replace("_", " ")
    for number, record in enumerate(_list(entry, "paragraphs", place)):
        where = f"{place}.paragraphs[{number}]"
        context = str(_field(record, "context", str, where))
        # With a digest: paragraphs of another data set kept in the same folder are then told apart.
        url = f"{ADDRESS}{at}/{number}-{sha256(context.encode()).hexdigest()[:8]}"
        questions = tuple(_question(item, url, where) for item in _list(record, "qas", where))
        yield Paragraph(title, context, url, questions)


def _question(record: Mapping[str, object], url: str, place: str) -> Gold:
    impossible = bool(record.get("is_impossible", False))
    answers = [] if impossible else _list(record, "answers", place)
    texts = [str(_field(answer, "text", str, place)) for answer in answers]
    question = str(_field(record, "question", str, place)).strip()
    kind = "unanswerable" if not texts else question.split(" ", 1)[0].lower()
    return Gold(question, tuple(dict.fromkeys(texts)), url, kind if kind in _KINDS else "other")


# Anything else begins fewer than one question in twenty: a table of a thousand kinds tells nothing.
_KINDS = frozenset({"unanswerable", "what", "who", "when", "where", "which", "how", "why"})


def _list(record: Mapping[str, object], key: str, place: str) -> list[Mapping[str, object]]:
    value = _field(record, key, list, place)
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise UsageError(f"{place}: {key} must be a list of objects")
    return value


def _field(record: object, key: str, kind: type, place: str) -> object:
    value = record.get(key) if isinstance(record, Mapping) else None
    if not isinstance(value, kind):
        raise UsageError(f"{place}: {key} missing or not a {kind.__name__}; is this SQuAD JSON?")
    return value
