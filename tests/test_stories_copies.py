"""Copies and updates of a text told from other reports of the same event."""

from index.stories_copies import same_text, shingles

BULLETIN = (
    "SEOUL (Agency) - A ferry with 120 passengers ran aground off the southern coast on Monday, the coast"
    " guard said. All were brought ashore in two hours and nobody was hurt, according to an official."
)
BACKGROUND = (
    " The ship had left Mokpo early in the morning for the island of Jeju. Its captain told reporters that"
    " fog had hidden the rocks, which stand on every chart. It was the third such accident this year."
)
REPORT = (
    "More than a hundred people were rescued from a ferry stranded on rocks near Mokpo. The coast guard needed"  # noqa: E501
    " two hours to bring everybody to land. A spokesman said that nobody had been injured in the accident."
)


def test_the_same_words_are_one_text_whatever_the_case_and_punctuation() -> None:
    assert same_text(BULLETIN, BULLETIN.upper().replace(",", " –"))


def test_an_update_is_a_version_of_the_bulletin_it_grew_from() -> None:
    assert same_text(BULLETIN, BULLETIN + BACKGROUND)
    assert same_text(BULLETIN + BACKGROUND, BULLETIN)


def test_another_report_of_the_event_is_no_version() -> None:
    assert not same_text(BULLETIN, REPORT)


def test_a_digest_that_holds_a_brief_is_no_version_of_it() -> None:
    others = " ".join(f"Item {n}: " + " ".join(f"w{n}x{m}" for m in range(20)) for n in range(10))
    assert not same_text(BULLETIN, BULLETIN + others)


def test_short_texts_must_have_the_same_words() -> None:
    assert same_text("Markets closed.", "MARKETS closed")
    assert not same_text("Markets closed.", "Markets closed higher.")


def test_an_empty_text_is_a_version_of_none() -> None:
    assert not same_text("", "")
    assert not same_text("… !", BULLETIN)


def test_shingles_are_the_runs_of_five_words() -> None:
    # Six words have two runs of five; three words are one run.
    assert len(shingles("a b c d e f")) == 2
    assert shingles("a b c") == shingles("A, b; c!")
    assert shingles("a b c d e f") & shingles("x b c d e f") == shingles("b c d e f")
