"""Word files: order, styles, tracked changes, text boxes, tables, properties, and what is hostile."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from made_files import make_docx, paragraph

from index.errors import CorpusError
from index.reading.word import read_docx

TEXT = "The council of Harbour Bay put off its vote on the new bridge until the spring of next year."
MORE = "It is the third delay since 2019, the harbour office said in a short note on Tuesday evening."
BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_title_text_and_properties(tmp_path: Path) -> None:
    body = (
        paragraph("Bridge vote put off", "Title")
        + paragraph(TEXT)
        + paragraph("Background", "Heading2")
        + paragraph(MORE)
    )
    core = "<dc:creator>The Daily Herald</dc:creator><dcterms:created>2024-03-12T08:00:00Z</dcterms:created>"
    article = read_docx(make_docx(tmp_path / "a.docx", body, core))

    assert article.title == "Bridge vote put off"
    assert article.text == f"{TEXT}\n\nBackground\n\n{MORE}"
    assert (article.source, article.published) == ("The Daily Herald", date(2024, 3, 12))
    assert [piece.rule for piece in article.dropped] == ["title"]
    assert article.pages == ()


def test_a_person_is_no_outlet_and_a_title_of_the_properties_will_do(tmp_path: Path) -> None:
    core = "<dc:creator>Jane Doe</dc:creator><dc:title>Bridge vote put off</dc:title>"
    article = read_docx(make_docx(tmp_path / "a.docx", paragraph(TEXT) + paragraph(MORE), core))

    assert (article.title, article.source) == ("Bridge vote put off", "")
    assert article.text.startswith(TEXT)


def test_runs_breaks_and_hyphens(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>The </w:t></w:r><w:hyperlink><w:r><w:t>council</w:t></w:r></w:hyperlink>"
        "<w:r><w:tab/><w:t>met at the har</w:t><w:softHyphen/><w:t>bour of In</w:t><w:noBreakHyphen/>"
        "<w:t>Choul and agreed on the terms.</w:t><w:br/><w:t>It will meet again.</w:t></w:r></w:p>"
    )
    article = read_docx(make_docx(tmp_path / "a.docx", paragraph(TEXT) + body))

    assert (
        "The council met at the harbour of In-Choul and agreed on the terms.\n\nIt will meet again."
        in article.text
    )


def test_tracked_changes_are_read_as_they_would_be_printed(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>The vote is </w:t></w:r><w:del><w:r><w:delText>on Monday</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>on Tuesday</w:t></w:r></w:ins><w:r><w:t> at noon.</w:t></w:r></w:p>"
    )

    assert (
        "The vote is on Tuesday at noon."
        in read_docx(make_docx(tmp_path / "a.docx", paragraph(TEXT) + body)).text
    )


def test_content_controls_text_boxes_and_tables_are_read_once(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    drawing = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    cells = f"<w:tc>{paragraph('Pusan')}</w:tc><w:tc>{paragraph('12 ships')}</w:tc>"
    around = f"<w:p><w:r>{drawing}<w:t>Around a box.</w:t></w:r></w:p>"
    body = f"{paragraph(TEXT)}{control}{around}<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    article = read_docx(make_docx(tmp_path / "a.docx", body + paragraph(MORE)))

    assert article.text.split("\n\n") == [
        TEXT,
        "In a control.",
        "Around a box.",
        "In a box.",
        "Pusan | 12 ships",
        MORE,
    ]


@pytest.mark.parametrize(
    ("body", "head", "message"),
    [
        ("<w:p>&b;</w:p>", BOMB, "document type"),
        ("<w:p>&x;</w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "document type"),
        ("<w:p>", "", "damaged"),
        ("", "", "no text"),
    ],
)
def test_hostile_and_empty_files_are_refused(tmp_path: Path, body: str, head: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read_docx(make_docx(tmp_path / "a.docx", body, head=head))


def test_entities_in_another_encoding_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", (BOMB + "<a>&b;</a>").encode("utf-16"))

    with pytest.raises(CorpusError, match="document type"):
        read_docx(path)


def test_deep_nesting_ends(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 20_000 + paragraph(TEXT) + "</w:sdt>" * 20_000
    with pytest.raises(CorpusError, match="damaged"):
        read_docx(make_docx(tmp_path / "a.docx", deep))


def test_a_zip_that_is_no_word_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("a.txt", "text")

    with pytest.raises(CorpusError, match="no Word document"):
        read_docx(tmp_path / "a.docx")
