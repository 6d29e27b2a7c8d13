"""Gold files: question files, SQuAD JSON, gzip, and messages that name the place."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from eval.gold import Gold, read_questions, read_text
from eval.records import write_records
from eval.squad import is_squad, read_paragraphs
from index.errors import UsageError

FILE = Path("gold.jsonl")


def test_a_question_with_every_field() -> None:
    line = (
        '{"question": "and when?", "answers": ["in May", "May"], "article_id": "a", "kind": "when",'
        ' "history": ["who met?"], "asked_on": "2021-12-01"}'
    )
    expected = Gold("and when?", ("in May", "May"), "a", "when", ("who met?",), date(2021, 12, 1))
    assert read_questions(line, FILE) == [expected]


def test_missing_and_null_fields_have_their_defaults() -> None:
    text = '{"question": "q", "answers": []}\n\n{"question": "r", "answers": [], "article_id": null}\r\n'
    assert read_questions(text, FILE) == [Gold("q", ()), Gold("r", ())]
    assert not Gold("q", ()).answerable


def test_limit_counts_questions() -> None:
    text = '\n{"question": "q", "answers": []}\n{"question": "r", "answers": []}\nnot JSON, and not read'
    assert [item.question for item in read_questions(text, FILE, limit=2)] == ["q", "r"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{oops", r"gold\.jsonl:2: not JSON"),
        ("[1]", r"gold\.jsonl:2: expected a JSON object"),
        ('{"question": "q"}', r"gold\.jsonl:2: no answers"),
        ('{"answers": []}', r"gold\.jsonl:2: question must be"),
        ('{"question": " ", "answers": []}', r"gold\.jsonl:2: question must be"),
        ('{"question": "q", "answers": "a"}', r"gold\.jsonl:2: answers must be a list"),
        ('{"question": "q", "answers": [""]}', r"gold\.jsonl:2: answers must be a list"),
        ('{"question": "q", "answers": null}', r"gold\.jsonl:2: answers must be a list"),
        ('{"question": "q", "answers": [], "article_id": 7}', r"gold\.jsonl:2: article_id must be"),
        ('{"question": "q", "answers": [], "asked_on": "May"}', r"gold\.jsonl:2: asked_on must be a date"),
    ],
)
def test_a_bad_line_is_named(line: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_questions('{"question": "fine", "answers": []}\n' + line, FILE)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(UsageError, match="no questions"):
        read_questions("\n", FILE)


def test_gzip_and_byte_order_mark_are_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(gzip.compress("\ufeffé".encode()))
    assert read_text(path) == "é"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"fine\n\xff", r"gold:2: not UTF-8"), (b"\x1f\x8bbroken", "cannot be read")],
)
def test_unreadable_bytes_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "gold"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_text(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_text(tmp_path / "none.jsonl")


def answer(text: str) -> dict[str, object]:
    return {"text": text, "answer_start": 0}


DATA = {
    "version": "v2.0",
    "data": [
        {
            "title": "Super_Bowl",
            "paragraphs": [
                {
                    "context": "Denver won. Carolina lost.",
                    "qas": [
                        {"id": "1", "question": "Who won? ", "answers": [answer("Denver"), answer("Denver")]},
                        {"id": "2", "question": "In whose stadium?", "answers": [], "is_impossible": True},
                        {"id": "3", "question": "Name the loser", "answers": [answer("Carolina")]},
                    ],
                }
            ],
        },
        {"title": "Empty", "paragraphs": [{"context": "Nothing is asked.", "qas": []}]},
    ],
}


def test_squad_becomes_paragraphs_with_questions() -> None:
    first, second = read_paragraphs(json.dumps(DATA), FILE)
    assert (first.title, first.text) == ("Super Bowl", "Denver won. Carolina lost.")
    assert first.url != second.url
    assert first.questions == (
        Gold("Who won?", ("Denver",), first.url, "who"),
        Gold("In whose stadium?", (), first.url, "unanswerable"),
        Gold("Name the loser", ("Carolina",), first.url, "other"),
    )


def test_squad_titles_choose_articles() -> None:
    asked = [{"context": "Denver won.", "qas": [{"question": "Who?", "answers": [answer("Denver")]}]}]
    named = {"data": [{"title": title, "paragraphs": asked} for title in ("Korea_today", "Japan")]}
    found = read_paragraphs(json.dumps(named), FILE, titles=["Korea_today"])
    assert {paragraph.title for paragraph in found} == {"Korea today"}
    with pytest.raises(UsageError, match="no article is titled Peru"):
        read_paragraphs(json.dumps(named), FILE, titles=["Japan", "Peru"])


def test_squad_limit_counts_its_articles() -> None:
    assert len(read_paragraphs(json.dumps(DATA), FILE, limit=1)) == 1


def test_squad_records_are_articles(tmp_path: Path) -> None:
    paragraphs = read_paragraphs(json.dumps(DATA), FILE)
    write_records([paragraph.record for paragraph in paragraphs], tmp_path / "paragraphs.jsonl")
    lines = (tmp_path / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0])
    assert (first["title"], first["text"]) == ("Super Bowl", "Denver won. Carolina lost.")
    assert first["url"] == paragraphs[0].url
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (json.dumps(DATA), True),
        (json.dumps(DATA, indent=1), True),
        ('{"question": "q", "answers": []}', False),
        ('{"question": "what is \\"data\\"?"\n', False),
        ("", False),
    ],
)
def test_the_format_is_told_by_content(text: str, expected: bool) -> None:
    assert is_squad(text) is expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "without questions"),
        ([7], r"data\[0\]: title missing"),
        ([{"title": "t", "paragraphs": [{"qas": []}]}], r"data\[0\]\.paragraphs\[0\]: context missing"),
        ([{"title": "t", "paragraphs": [{"context": "c", "qas": [{}]}]}], "answers missing"),
        ([{"title": "t", "paragraphs": [{"context": "c", "qas": ["?"]}]}], "qas must be a list of objects"),
    ],
)
def test_bad_squad_is_named(data: list[object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_paragraphs(json.dumps({"data": data}), FILE)
