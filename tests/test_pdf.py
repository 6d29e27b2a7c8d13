"""PDFs: paragraphs, divided words, what belongs to the page, titles, pages as places, broken files."""

from datetime import date
from pathlib import Path

import pytest
from made_files import Placed, column, make_pdf

from index.archive import Archive
from index.article import Article, Span
from index.documents import ReadFailure, read_articles
from index.errors import CorpusError
from index.indexing import index_paths
from index.reading.paged import is_page_number
from index.reading.pdf import read_pdf
from qa.answer import Answer, Evidence, Hit
from qa.rendering import answer_text, hit_json, to_json

FIRST = """
The council of Harbour Bay put off its vote on the new bridge until
the spring, after engineers reported that the shipping compa-
nies had underestimated what it would cost.

The well-known engineer Kim In-
Choul led the inquiry, and he found that the founda-
tions of the old bridge would hold for twelve more years, a well-
known limit in his trade.
"""
SECOND = """
of the port authority on Tuesday. It is the third delay since 2019,
and nobody expects it to be the last one that the town will see.
"""


def report(path: Path) -> Path:
    heads = [
        [(72.0, 805.0, 8.0, "Harbour Gazette 2024"), (500.0, 30.0, 8.0, f"Page {n} of 3")] for n in (1, 2, 3)
    ]
    title: list[Placed] = [(72, 770, 20, "Bridge vote put off")]
    last = column("The delay was announced by the spokeswoman of the\nharbour office and", top=560)
    pages = [
        heads[0]
        + title
        + column(FIRST)
        + [(72, 580, 10, "It was the first time that the office had been heard, said the chair")],
        heads[1] + column(SECOND),
        heads[2] + last,
    ]
    return make_pdf(
        path, pages, {"Title": "Microsoft Word - draft7.doc", "CreationDate": "D:20240312101500Z"}
    )


def test_lines_are_joined_to_paragraphs_and_divided_words_made_whole(tmp_path: Path) -> None:
    article = read_pdf(report(tmp_path / "report.pdf"))

    assert article.text.split("\n\n")[:2] == [
        "The council of Harbour Bay put off its vote on the new bridge until the spring, after engineers"
        " reported that the shipping companies had underestimated what it would cost.",
        # "In-Choul" keeps its hyphen before a capital, "well-known" because it stands so elsewhere.
        "The well-known engineer Kim In-Choul led the inquiry, and he found that the foundations of the old"
        " bridge would hold for twelve more years, a well-known limit in his trade.",
    ]


def test_running_heads_and_page_numbers_are_dropped_and_listed(tmp_path: Path) -> None:
    article = read_pdf(report(tmp_path / "report.pdf"))

    assert [(piece.text, piece.rule) for piece in article.dropped if piece.rule != "title"] == [
        ("Harbour Gazette 2024", "running head"), ("Page 1 of 3", "page number"),
        ("Harbour Gazette 2024", "running head"), ("Page 2 of 3", "page number"),
        ("Harbour Gazette 2024", "running head"), ("Page 3 of 3", "page number"),
    ]  # fmt: skip
    assert "Gazette" not in article.text
    assert "Page" not in article.text


def test_the_largest_line_is_the_title_and_the_file_tells_the_day(tmp_path: Path) -> None:
    article = read_pdf(report(tmp_path / "report.pdf"))

    assert (article.title, article.published) == ("Bridge vote put off", date(2024, 3, 12))


def test_a_masthead_is_the_outlet_and_no_title(tmp_path: Path) -> None:
    heads: list[Placed] = [(72, 800, 30, "The Daily Herald"), (72, 765, 18, "Bridge vote put off")]
    article = read_pdf(make_pdf(tmp_path / "a.pdf", [heads + column(FIRST)]))

    assert (article.title, article.source) == ("Bridge vote put off", "The Daily Herald")
    assert article.text.startswith("The council of Harbour Bay")


def test_a_day_in_the_text_goes_before_the_day_the_file_was_made(tmp_path: Path) -> None:
    text = "Published 4 May 2021\n\n" + FIRST
    path = make_pdf(tmp_path / "a.pdf", [column(text)], {"CreationDate": "D:20240312101500Z"})

    assert read_pdf(path).published == date(2021, 5, 4)


def test_a_paragraph_that_runs_over_the_page_is_one_and_its_pages_are_known(tmp_path: Path) -> None:
    article = read_pdf(report(tmp_path / "report.pdf"))
    at = article.text.index("said the chair of the port authority on Tuesday.")

    assert [
        article.page_of(article.text.index(words)) for words in ("The council", "of the port", "The delay")
    ] == [1, 2, 3]
    assert article.page_of(at) == 1
    assert article.pages_of(Span(at, at + len("said the chair of the port"))) == "1-2"
    assert len(article.pages) == 3


def test_a_page_without_text_counts(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [column(FIRST), [], column(SECOND.replace("of the", "Of the", 1))])
    article = read_pdf(path)

    assert article.page_of(0) == 1
    assert article.page_of(article.text.index("Of the port")) == 3
    assert article.pages[1] == article.pages[2]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = "The vote was put off by the\ncouncil after a long day of\ntalks begun by a speech that"
    right = "was heard in silence. He said\nit was too early to build it.\nThe town will decide again."
    path = make_pdf(tmp_path / "a.pdf", [column(left) + column(right, left=320)])

    assert read_pdf(path).text == (
        "The vote was put off by the council after a long day of talks begun by a speech that was heard in"
        " silence. He said it was too early to build it. The town will decide again."
    )


def test_a_line_of_the_text_at_one_height_of_two_pages_is_no_running_head(tmp_path: Path) -> None:
    text = FIRST.replace("\n\n", "\n")
    path = make_pdf(tmp_path / "a.pdf", [column(text, top=800), column(text, top=800)])

    assert read_pdf(path).text.count("The council of Harbour Bay") == 1  # the copy is dropped as a copy
    assert {piece.rule for piece in read_pdf(path).dropped} <= {"repeated", "title"}


def test_a_list_stays_a_list(tmp_path: Path) -> None:
    text = (
        "The office named these three harbours in its report:\n- Pusan, in the south-east\n- Incheon\n- Mokpo"
    )
    path = make_pdf(tmp_path / "a.pdf", [column(text + "\n\n" + FIRST)])

    assert "- Pusan, in the south-east\n\n- Incheon\n\n- Mokpo" in read_pdf(path).text


@pytest.mark.parametrize("text", ["3", "- 3 -", "Page 3 of 10", "iv", "12/40", "p. 7"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["", "---", "2 April", "Page three", "3 dead", "100,000", "Vol. 3"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


def test_pictures_alone_are_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no text in it.*OCR"):
        read_pdf(make_pdf(tmp_path / "a.pdf", [[]]))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.7\n" + bytes(range(256)) * 40])
def test_a_damaged_file_is_reported(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)

    with pytest.raises(CorpusError, match="damaged"):
        read_pdf(path)


def test_half_a_file_is_read_or_reported(tmp_path: Path) -> None:
    whole = report(tmp_path / "a.pdf").read_bytes()
    for part in (3, 2):
        (tmp_path / "half.pdf").write_bytes(whole[: len(whole) // part])
        (found,) = read_articles([tmp_path / "half.pdf"])
        assert isinstance(found, Article | ReadFailure)


def test_a_locked_file_says_so(tmp_path: Path) -> None:
    path = report(tmp_path / "a.pdf")
    # An encryption dictionary whose keys no password fits.
    keys = "/Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <" + "00" * 32 + "> /U <" + "11" * 32 + ">"
    trailer = b"trailer << /ID [<00> <00>] /Encrypt << " + keys.encode() + b" >>"
    path.write_bytes(path.read_bytes().replace(b"trailer <<", trailer, 1))

    with pytest.raises(CorpusError, match="locked with a password"):
        read_pdf(path)


def test_a_reader_that_dies_or_hangs_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = report(tmp_path / "a.pdf")
    monkeypatch.setattr("index.reading.pdf.READ_SECONDS", 0.001)

    with pytest.raises(CorpusError, match="took longer"):
        read_pdf(path)
    monkeypatch.setattr("index.reading.pdf.READ_SECONDS", 60.0)
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(CorpusError, match="reading it failed"):
        read_pdf(path)


def test_pages_are_kept_and_stay_over_updates(archive: Archive, tmp_path: Path) -> None:
    path = report(tmp_path / "report.pdf")
    index_paths(archive, [path])
    (before,) = archive.articles()
    make_pdf(path, [[], column(FIRST), column(SECOND)])
    report_of = index_paths(archive, [path])
    (after,) = archive.articles()

    assert before == read_pdf_as_indexed(before)
    assert (report_of.updated, after.id) == (1, before.id)
    assert after.pages[:2] == (0, 0)
    assert index_paths(archive, [path]).skipped == 1


def read_pdf_as_indexed(article: Article) -> Article:
    """The article itself, its pages checked: page starts lie in the text, in order."""
    assert list(article.pages) == sorted(article.pages)
    assert article.pages[0] == 0
    assert article.pages[-1] <= len(article.text)
    return article


def test_evidence_and_hits_name_their_page(archive: Archive, tmp_path: Path) -> None:
    index_paths(archive, [report(tmp_path / "report.pdf")])
    (article,) = archive.articles()
    at = article.text.index("said the chair")
    piece = Evidence(article, Span(at + 19, at + 37), Span(at, at + 40), 0.9)
    answer = Answer("who said so?", (piece,), 0.9, 1.0)
    hit = Hit(article, archive.catalogue.passages_of(article.id)[0], 1, 1.0, None, 1.0)

    assert to_json(answer)["evidence"][0]["page"] == 2
    assert "“Bridge vote put off”, pages 1–2" in answer_text(answer)
    assert hit_json(hit)["page"] == 1


def test_an_archive_without_pages_gets_them(tmp_path: Path) -> None:
    from fakes import open_archive

    with open_archive(tmp_path / "old") as old:
        index_paths(old, [report(tmp_path / "a.pdf")])
        old.database.connection.execute("ALTER TABLE article DROP COLUMN pages")
    with open_archive(tmp_path / "old") as opened:
        (article,) = opened.articles()
        assert article.pages == ()
        assert article.page_of(5) is None
        index_paths(opened, [report(tmp_path / "b.pdf")], prune=False)
        assert [len(article.pages) for article in opened.articles()] == [0]  # a duplicate
        opened.remove([article.id])
        index_paths(opened, [tmp_path / "b.pdf"])
        assert [len(article.pages) for article in opened.articles()] == [3]
