"""Reading files, folders and collections: what comes out, and that nothing bad stops the rest."""

import gzip
import json
import lzma
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.documents import ReadFailure, count_records, read_articles
from index.errors import CorpusError, UsageError
from index.reading.decoding import MAX_ARTICLE_BYTES, clean, decode
from index.reading.markdown import read_fields
from index.reading.naming import MAX_ID, safe_id
from index.reading.page import read_page
from index.reading.record import read_record

ROOT = Path(__file__).parent.parent
PROSE = "The committee met for three hours on Tuesday and put off its decision until the spring."
OTHER = "Its chair, Zoë Brännström, said: “We wanted to see the auditor’s figures before we voted.”"


def read(*paths: Path) -> tuple[list[Article], list[ReadFailure]]:
    found = list(read_articles(paths))
    return [a for a in found if isinstance(a, Article)], [f for f in found if isinstance(f, ReadFailure)]


def one(path: Path) -> Article:
    articles, failures = read(path)
    assert not failures
    return articles[0]


def why(path: Path) -> str:
    """The message of the one failure that reading `path` gives, at the file itself."""
    articles, failures = read(path)
    assert not articles
    assert [failure.place for failure in failures] == [str(path)]
    return failures[0].message


def jsonl(path: Path, *records: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), encoding="utf-8")
    return path


def test_seed_articles() -> None:
    (yonhap, reuters), _ = read(ROOT / "seeds")

    assert yonhap.id == "000_37a48293897be682"
    assert yonhap.origin == str(ROOT / "seeds" / "000_37a48293897be682.txt")
    assert yonhap.title.startswith("S. Korea pushing for high-level meetings with Biden")
    assert (yonhap.source, yonhap.agency, yonhap.published) == ("Yonhap", "Yonhap", date(2021, 1, 26))
    paragraphs = yonhap.text.split("\n\n")
    assert len(paragraphs) == 5
    assert paragraphs[0].startswith("SEOUL, Jan. 26 (Yonhap) -- South Korea is pushing")
    assert paragraphs[-1].endswith("settlement of permanent peace.")

    assert reuters.id == "004_20cb28233af96c27"
    assert reuters.title == "U.S. military leaders in S.Korea for talks over N.Korea, alliance"
    assert (reuters.source, reuters.agency, reuters.published) == ("Reuters", "Reuters", date(2021, 12, 1))
    paragraphs = reuters.text.split("\n\n")
    assert len(paragraphs) == 6
    assert paragraphs[0].startswith("U.S. Secretary of Defense Lloyd Austin and other")
    assert paragraphs[-1].endswith("as well as attend ceremonial events.")


def test_kept_and_dropped_lines_are_all_the_lines_of_a_page() -> None:
    for path in sorted((ROOT / "seeds").iterdir()):
        article = one(path)
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        shown = [*article.text.split("\n\n"), *(line.text for line in article.dropped)]
        assert sorted(shown) == sorted(lines)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-be", b""),
        ("utf-16-le", b""),
        ("utf-32", b""),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, mark: bytes, line_end: str) -> None:
    page = f"Committee puts off decision\n\n{PROSE}\n\n{OTHER}\n".replace("\n", line_end)
    path = tmp_path / "a.txt"
    path.write_bytes(mark + page.encode(encoding))
    assert (one(path).title, one(path).text) == ("Committee puts off decision", f"{PROSE}\n\n{OTHER}")


def test_control_characters_and_lone_surrogates() -> None:
    assert clean("a\0b\x07c\ufeffd\x9fe\tf") == "abcde\tf"
    assert clean("a\r\nb\rc\u2028d\x85e\ff") == "a\nb\nc\nd\ne\nf"
    assert clean("\ud800x") == "\ufffdx"
    article, _ = read_record(
        json.loads('{"text": "' + PROSE + ' \\ud83d\\u0000 \\ud83d\\ude00", "title": "\\udc00"}')
    )
    assert article.text == PROSE + " \ufffd \U0001f600"
    assert article.title == "\ufffd"


def test_latin_1_where_windows_1252_has_no_character() -> None:
    assert decode(b"na\xefve \x81 caf\xe9 " + b"x" * 40).startswith("naïve  café")


@given(st.text())
def test_any_text_reads_clean(text: str) -> None:
    try:
        article = read_page(clean(text))
    except CorpusError:
        return
    article.text.encode("utf-8")
    assert "\0" not in article.text
    assert article.text == clean(article.text)


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        decode(data).encode("utf-8")
    except CorpusError:
        return


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \r\n\0 ", "the file is empty"),
        ("bom.txt", b"\xef\xbb\xbf", "the file is empty"),
        ("empty.html", b"", "the file is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not text"),
        ("program.txt", bytes(range(256)) * 9, "not text"),
        ("unmarked.txt", b"\x01\0" * 200, "not text"),
        ("menu.txt", b"Home | News | Sport\n(c) 2021 All rights reserved", "no article text"),
        ("empty_body.html", b"<html><body></body></html>", "no article text"),
        ("huge.txt", b"x" * (MAX_ARTICLE_BYTES + 1), "larger than 4 MiB"),
        ("long.txt", b"a\n" * 60_000, "more than 50,000 lines"),
        ("report.pdf", b"%PDF-1.4", "damaged, or no PDF"),
        ("letter.docx", b"PK\x03\x04", "damaged, or no Word document"),
        ("picture.png", b"\x89PNG", "cannot be read as articles"),
    ],
)
def test_bad_file_is_reported(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert message in why(tmp_path / name)


def test_bad_file_in_a_folder_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Committee puts off decision\n{PROSE}")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(f"Committee decides at last\n{OTHER}")
    articles, failures = read(tmp_path)
    assert [article.id for article in articles] == ["a", "c"]
    assert failures == [ReadFailure(str(tmp_path / "b.txt"), "the file is empty")]


def test_folders_are_walked_in_order_past_what_is_hidden_or_unknown(tmp_path: Path) -> None:
    for name in ["b/z.txt", "b/a.md", "a.txt", ".hidden/x.txt", ".x.txt", "photo.jpg", "c.TXT"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Committee puts off decision\n{PROSE} {name}.")
    articles, failures = read(tmp_path, tmp_path / "a.txt")
    assert [article.id for article in articles] == ["a", "a", "z", "c"]
    assert not failures
    assert count_records([tmp_path]) == 4


def test_symbolic_link_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Committee puts off decision\n{PROSE}")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would wait for ever
    articles, failures = read(tmp_path)
    assert len(articles) == 1
    assert not failures
    assert "cannot be read" in why(tmp_path / "pipe.txt")


def test_missing_path_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.txt: no such file or folder"):
        read_articles([ROOT / "seeds", tmp_path / "gone.txt"])


def test_file_name_that_is_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9\n1.txt")
    path.write_text(f"Committee puts off decision\n{PROSE}")
    article = one(path)
    f"{article.id}{article.path}{article.origin}".encode()
    assert article.id == "caf-xe9-1"
    path.write_text("")
    assert read(path)[1][0].place == str(tmp_path) + r"/caf\xe9\n1.txt"


def test_jsonl(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "old news.jsonl",
        {
            "id": "rtqa-00001",
            "title": "A vote",
            "text": PROSE,
            "publish_date": "2021/12/01",
            "url": "http://a.example/1",
        },
        "",
        {"url": "http://a.example/2", "text": [PROSE, OTHER]},
        {"text": OTHER},
    )
    (first, second, third), failures = read(path)
    assert not failures
    assert (first.id, first.origin) == ("rtqa-00001", f"{path}#rtqa-00001")
    assert (first.published, first.source, first.path) == (date(2021, 12, 1), "a.example", str(path))
    assert (second.text, second.origin) == (f"{PROSE}\n\n{OTHER}", f"{path}#http://a.example/2")
    assert second.id.startswith("old-news-")
    assert third.id != second.id
    assert [a.id for a in read(path)[0]] == [first.id, second.id, third.id]
    assert count_records([path]) == 3


def test_bad_lines_are_reported_with_their_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines: list[object] = [
        {"id": str(i), "text": f"{PROSE} Day {i}."} if i % 100 == 5 else "" for i in range(1, 3999)
    ]
    bad = {
        3812: ('{"text": "cut o', "not JSON (Unterminated string"),
        3813: ("[1, 2]", "not a JSON object"),
        3814: ("7", "not a JSON object"),
        3815: ({"title": "A vote"}, "no text: expected one of the fields text, body"),
        3816: ({"text": None}, "no text"),
        3817: ({"text": 12.5}, "text is a number: expected a string"),
        3818: ({"text": {"a": 1}}, "text is an object"),
        3819: ({"text": [1]}, "text is a list"),
        3820: ({"text": PROSE, "title": ["x"]}, "title is a list"),
        3821: ({"text": PROSE, "id": True}, "id is true or false"),
        3822: ({"text": " \n "}, "no article text in it"),
        3823: ("[" * 200_000, "nested too deeply"),
        3824: ('{"a": ' * 200_000, "nested too deeply"),
        3825: ('{"text": ' + "9" * 5000 + "}", "not JSON"),
        3826: ({"id": "5", "text": OTHER}, "the same record as line 5"),
    }
    for number, (line, _) in bad.items():
        lines[number - 1] = line
    path = jsonl(tmp_path / "a.jsonl", *lines)
    articles, failures = read(path)
    assert [article.id for article in articles] == [str(i) for i in range(5, 3999, 100)]
    assert [failure.place for failure in failures] == [f"{path}:{number}" for number in bad]
    for failure, (_, message) in zip(failures, bad.values(), strict=True):
        assert message in failure.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_collections_in_other_encodings(tmp_path: Path, encoding: str, line_end: str) -> None:
    records = [json.dumps({"id": i, "text": OTHER}, ensure_ascii=False) for i in (1, 2)]
    (tmp_path / "a.jsonl").write_bytes(line_end.join(records).encode(encoding))
    assert [article.text for article in read(tmp_path / "a.jsonl")[0]] == [OTHER, OTHER]
    (tmp_path / "a.csv").write_bytes(line_end.join(["id;text", f"1;{OTHER}", f"2;{OTHER}"]).encode(encoding))
    assert [article.text for article in read(tmp_path / "a.csv")[0]] == [OTHER, OTHER]


@pytest.mark.parametrize(("suffix", "compress"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_compressed_collections(tmp_path: Path, suffix: str, compress: object) -> None:
    assert callable(compress)
    data = "\n".join(json.dumps({"id": i, "text": f"{PROSE} Day {i}."}) for i in range(500)).encode()
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(compress(data))
    assert len(read(path)[0]) == 500
    assert count_records([path]) == 500
    whole = compress(os.urandom(9) * 1000 + data)
    path.write_bytes(whole[: len(whole) // 2])
    failures = read(path)[1]
    assert "breaks off here" in failures[-1].message
    path.write_bytes(b"no archive")
    assert "breaks off here" in read(path)[1][0].message


def test_a_line_that_is_too_long_does_not_stop_the_rest(tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * (MAX_ARTICLE_BYTES * 2)})
    path = jsonl(tmp_path / "a.jsonl", {"id": "1", "text": PROSE}, long, {"id": "3", "text": OTHER})
    articles, failures = read(path)
    assert [article.id for article in articles] == ["1", "3"]
    assert failures == [ReadFailure(f"{path}:2", "line longer than 4 MiB")]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(
        "\ufeffID,Headline,Publish Date,Outlet,Content,Link\r\n"
        f'7,"A vote, put off",03/04/2021,The Valley Times,"{PROSE}\r\n\r\n""No,"" said the chair.",http://a.example/1\r\n'
        f'8,Another,25/04/2021,,"{OTHER}",,,\r\n'
        "\r\n"
        "9,Short\r\n"
        f'10,Long,25/04/2021,,"{OTHER}",,,extra\r\n'
        f'11,Huge,,,"{"word " * 100_000}end.",\r\n',
        newline="",
    )
    (first, second, third), (short, long) = read(path)
    assert (first.id, first.title, first.source, first.url) == (
        "7",
        "A vote, put off",
        "The Valley Times",
        "http://a.example/1",
    )
    assert first.text == f'{PROSE}\n\n"No," said the chair.'
    # 25/04/2021 in the second row proves that the file writes days first.
    assert (first.published, second.published) == (date(2021, 4, 3), date(2021, 4, 25))
    assert len(third.text) > 500_000
    assert (short.place, long.place) == (f"{path}:7", f"{path}:8")
    assert "no text" in short.message
    assert "8 values for 6 columns" in long.message


@pytest.mark.parametrize("header", ["", "a,b,c", "title,date"])
def test_csv_without_a_text_column(tmp_path: Path, header: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\nx,y,z\n")
    articles, failures = read(path)
    assert not articles
    assert [failure.place for failure in failures] == [f"{path}:1"]
    assert "no text column" in failures[0].message


def test_csv_with_an_open_quotation_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,{PROSE}\n2,"{OTHER}\n' + f"3,{PROSE * 20}\n" * 2600)
    articles, failures = read(path)
    assert articles[0].text == PROSE
    assert failures
    assert "not CSV (field larger than field limit" in failures[0].message


def test_html(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    body = "<h1>A vote</h1>" + "".join(f"<p>{PROSE} Day {i}.</p>" for i in range(5))
    path.write_text(f"<html><head><title>A vote | The Valley Times</title></head><body>{body}</body></html>")
    article = one(path)
    assert article.text.startswith(f"{PROSE} Day 0.")
    assert article.text.endswith("Day 4.")


def test_deeply_nested_html_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 50_000 + PROSE)
    assert len(list(read_articles([path]))) == 1


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (r'"The vote \u2013 \"no\" \ud800"', 'The vote – "no" \ufffd'),
        (r"'Oakby''s bridge'", "Oakby's bridge"),
        (r'"The C:\drive"', r"The C:\drive"),  # no such escape
        (r"'The '60s' ended", "The '60s' ended"),
        ('"', ""),
    ],
)
def test_what_quotation_marks_make_special_in_front_matter_is_read(value: str, title: str) -> None:
    assert read_fields(f"title: {value}").title == title


def test_markdown_front_matter_is_not_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        f"# Committee *puts off* decision\n\n{PROSE}\n\n- one [point](http://a.example)\n- **two**\n"
    )
    assert one(path).text == f"{PROSE}\n\n- one point\n\n- two"


WRAPPED = """
Committee puts off decision
===========================

By Jane Doe
12 March 2024

The committee met for three hours on Tuesday
and put off
its decision until the spring of next year, said
its chair.
A hard break ends here.\\
This stands alone.

- one point that
  goes on
- two
> A word of the chair that
> goes on too.

```
code stays
as it is
```
"""


def test_hard_wrapped_markdown_is_joined_whatever_the_lengths_of_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRAPPED)
    article = one(tmp_path / "a.md")

    assert (article.title, article.published) == ("Committee puts off decision", date(2024, 3, 12))
    assert article.text.split("\n\n")[:5] == [
        "The committee met for three hours on Tuesday and put off its decision until the spring of next year,"
        " said its chair. A hard break ends here.",
        "This stands alone.",
        "- one point that goes on",
        "- two",
        "> A word of the chair that goes on too.",
    ]
    assert "code stays\n\nas it is" in article.text
    # What is dropped keeps the number of its line.
    assert [(piece.line, piece.text) for piece in article.dropped if piece.rule == "metadata"] == [
        (5, "By Jane Doe"),
        (6, "12 March 2024"),
    ]


def test_markdown_with_a_paragraph_to_a_line_keeps_its_paragraphs(tmp_path: Path) -> None:
    first, second = (
        f"{PROSE} {OTHER}",
        "The vote in spring will be the last of this kind, as the town has said, " * 3,
    )
    second = f"{second.strip(', ')}."
    (tmp_path / "a.md").write_text(f"# Committee puts off decision\n{first}\n{second}\n")

    assert one(tmp_path / "a.md").text == f"{first}\n\n{second}"


@given(st.text())
def test_safe_id(name: str) -> None:
    made = safe_id(name)
    assert len(made) <= MAX_ID
    assert made.isprintable()
    assert not set(made) & set(" /\\\t\n'\"<>&#?")
    assert safe_id(made) == made


def test_importing_documents_loads_no_html_library() -> None:
    code = "import sys, index.documents; sys.exit('trafilatura' in sys.modules or 'lxml' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.slow
def test_real_articles_keep_their_text() -> None:
    data = Path(os.environ.get("CITEWIRE_DATA", ROOT.parent / "shared" / "data")) / "corpus"
    path = data / "realtimeqa_to_2024-06_articles.jsonl.xz"
    if not path.exists():
        pytest.skip("set CITEWIRE_DATA to the folder of the data sets")
    kept = dropped = 0
    for article, _ in zip(read_articles([path]), range(1000), strict=False):
        if isinstance(article, Article):
            kept += len(article.text)
            dropped += sum(len(line.text) for line in article.dropped if line.rule != "title")
    assert dropped < 0.015 * kept


def test_the_rows_of_a_table_are_counted_not_its_lines(tmp_path: Path) -> None:
    """Two rows of nine lines each, of which a count by lines would make twenty articles."""
    text = "\n\n".join([PROSE] * 5)
    (tmp_path / "a.csv").write_text(f'title,text\nOne,"{text}"\n\nTwo,"{text}"\n')
    assert count_records([tmp_path]) == len(read(tmp_path)[0]) == 2


def test_the_rows_of_a_long_table_are_estimated(tmp_path: Path) -> None:
    rows = "".join(f'Day {day},"{PROSE}\n\n{PROSE}"\n' for day in range(8_000))
    (tmp_path / "a.csv").write_text(f"title,text\n{rows}")
    assert count_records([tmp_path]) == pytest.approx(8_000, rel=0.02)
