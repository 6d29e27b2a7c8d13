"""Reading files, folders and collections: what comes out, and that nothing bad stops the rest."""

from datetime import date
from pathlib import Path

from index.article import Article
from index.documents import read_articles

SEEDS = Path(__file__).parent.parent / "seeds"


def test_seed_articles() -> None:
    yonhap, reuters = read_articles([SEEDS])
    assert isinstance(yonhap, Article)
    assert isinstance(reuters, Article)

    assert yonhap.id == "000_37a48293897be682"
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
