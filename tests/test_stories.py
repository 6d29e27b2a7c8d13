"""Stories in an archive: what joins and what does not, whatever the order, and after every change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes import HashingEncoder, open_archive, put
from hypothesis import given, settings
from hypothesis import strategies as st
from made_stories import (
    ALL,
    ANALYSIS,
    COPY,
    FIRE,
    LATER,
    RIVAL,
    TREATY,
    TREATY_RIVAL,
    UNDATED,
    UNDATED_RIVAL,
    UPDATE,
    WIRE,
)

from index import stories
from index.archive import Archive
from index.article import Article
from index.errors import UsageError
from index.indexing import index_paths
from index.stories_events import MAYBE_COPY, SAME_EVENT, Told, group
from index.stories_words import Profile, ProfileTable, profile_of
from index.verification import repair, verify


def told(archive: Archive) -> set[frozenset[frozenset[str]]]:
    """The stories as sets of texts, texts as sets of the ids of their versions."""
    found = set()
    for story in archive.stories():
        versions = {article.version for article in story.articles}
        found.add(frozenset(frozenset(a.id for a in story.articles if a.version == v) for v in versions))
    return found


def grouped(articles: Sequence[Article]) -> set[frozenset[frozenset[str]]]:
    """The same, of articles grouped all at once and without an archive."""
    order = sorted(articles, key=lambda a: (a.published is None, a.published or date.max, a.id))
    known = [
        Told(n, a.published.toordinal() if a.published else None, profile_of(a.title, a.text))
        for n, a in enumerate(order)
    ]
    return {
        frozenset(frozenset(order[one.number].id for one in text) for text in story)
        for story in group(known, lambda number: order[number].text)
    }


def test_copies_and_updates_are_versions_and_other_reports_join_the_story(archive: Archive) -> None:
    put(archive, WIRE, COPY, UPDATE, RIVAL, TREATY, TREATY_RIVAL)
    assert told(archive) == {
        frozenset({frozenset({"wire", "copy", "update"}), frozenset({"rival"})}),
        frozenset({frozenset({"treaty"}), frozenset({"quotas"})}),
    }
    story = archive.story("rival")
    assert (story.id, story.title) == ("wire", "Fire guts Oostakker market hall")
    assert [article.id for article in story.articles] == ["wire", "copy", "rival", "update"]
    assert (story.outlets, story.texts, story.last) == (("Agency", "Daily", "Courier"), 2, date(2024, 1, 9))
    assert [article.id for article in story.versions_of("copy")] == ["wire", "update"]
    assert story.versions_of("rival") == ()


def test_a_report_hardly_alike_is_a_text_of_its_own(archive: Archive) -> None:
    likeness = ProfileTable([profile_of(WIRE.title, WIRE.text)]).cosines(
        profile_of(ANALYSIS.title, ANALYSIS.text)
    )
    # Near enough for a story, too far to be compared run by run.
    assert SAME_EVENT <= likeness[0] < MAYBE_COPY
    put(archive, WIRE, ANALYSIS)
    assert archive.story("wire").texts == 2


def test_weeks_later_it_is_another_event(archive: Archive) -> None:
    put(archive, WIRE, LATER)
    assert archive.story("later").articles[0].id == "later"


def test_an_undated_article_joins_only_the_texts_it_is_a_version_of(archive: Archive) -> None:
    put(archive, WIRE, UNDATED, UNDATED_RIVAL)
    story = archive.story("undated")
    assert [article.id for article in story.articles] == ["wire", "undated"]
    assert story.texts == 1
    assert len(archive.story("unplaced").articles) == 1


def test_versions_do_not_thin_out_the_likeness_of_their_text(archive: Archive) -> None:
    # The undated copies are near nothing but their text; the rival's story must not be lost to them.
    copies = [replace(UNDATED, id=f"u{n}", origin=f"/u{n}", source=f"Attic {n}") for n in range(5)]
    put(archive, WIRE, RIVAL, *copies)
    assert len(archive.story("rival").articles) == 7


@settings(deadline=None, max_examples=15)
@given(
    order=st.permutations(ALL),
    cuts=st.sets(st.integers(1, 7)),
    gone=st.sets(st.sampled_from(ALL), max_size=3),
)
def test_whatever_the_order_of_adding_and_removing_the_stories_are_those_of_the_set(
    tmp_path_factory: pytest.TempPathFactory, order: list[Article], cuts: set[int], gone: set[Article]
) -> None:
    with open_archive(tmp_path_factory.mktemp("order")) as archive:
        for number, article in enumerate(order, start=1):
            put(archive, article)
            if number in cuts:
                archive.update_stories()
        assert told(archive) == grouped(ALL)
        archive.remove([article.id for article in gone])
        assert told(archive) == grouped([article for article in ALL if article not in gone])
        assert archive.story_index.problem() is None


def test_removing_the_article_that_held_two_together_parts_them(archive: Archive) -> None:
    # The update is a version of the bulletin and of what was added to it; those two share nothing.
    rest = (
        "Mayor Lieve Claes promised on Tuesday to rebuild it. " * 2 + "Traders may sell on the church square."
    )
    middle = f"{FIRE} {rest}"
    put(archive, WIRE, replace(RIVAL, id="middle", text=middle), replace(UNDATED, id="rest", text=rest))
    assert {article.id for article in archive.story("rest").articles} == {"wire", "middle", "rest"}
    archive.remove(["middle"])
    assert {article.id for article in archive.story("rest").articles} == {"rest"}


def test_an_updated_article_may_leave_its_story(archive: Archive) -> None:
    put(archive, WIRE, RIVAL)
    assert len(archive.story("wire").articles) == 2
    put(archive, replace(RIVAL, title=TREATY.title, text=TREATY.text))
    assert len(archive.story("wire").articles) == 1


def test_nothing_is_read_again_that_has_not_changed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(archive, WIRE, RIVAL, TREATY)
    archive.update_stories()
    read: list[str] = []

    def noted(title: str, text: str) -> Profile:
        read.append(title)
        return profile_of(title, text)

    monkeypatch.setattr(stories, "profile_of", noted)
    put(archive, TREATY_RIVAL)
    assert len(archive.story("quotas").articles) == 2
    assert read == [TREATY_RIVAL.title]


def test_stories_made_by_other_rules_are_made_anew(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        put(archive, WIRE, RIVAL)
        expected = told(archive)
        with archive.database.transaction() as connection:
            archive.database.set_meta("story_rules", "0")
            connection.execute("DELETE FROM story_link")
    with open_archive(tmp_path) as archive:
        assert told(archive) == expected
        assert archive.database.meta("story_rules") == stories.RULES


def test_an_archive_from_before_there_were_stories_gets_them(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        put(archive, WIRE, RIVAL)
        assert archive.story_index.stories() == []
        assert verify(archive) == []
        assert len(archive.stories()) == 1


def test_while_another_process_is_writing_the_stories_are_those_it_left(archive: Archive) -> None:
    put(archive, WIRE, RIVAL)
    archive.update_stories()
    put(archive, COPY)
    with open_archive(archive.folder) as other, other.writing():
        assert len(archive.story("wire").articles) == 2
        # Not grouped yet: an article is then a story of its own.
        assert [article.id for article in archive.story("copy").articles] == ["copy"]
    assert len(archive.story("copy").articles) == 3


def test_who_is_not_there_has_no_story(archive: Archive) -> None:
    with pytest.raises(UsageError, match="no article 'nobody'"):
        archive.story("nobody")
    assert archive.stories() == []


def test_indexing_groups_and_repairing_groups_anew(tmp_path: Path) -> None:
    for article in (WIRE, COPY, RIVAL):
        page = f"{article.title}\n\n{article.source}\n\n{article.published}\n\n{article.text}"
        (tmp_path / f"{article.id}.txt").write_text(page, encoding="utf-8")
    with Archive.open(tmp_path / "archive", encoder=HashingEncoder()) as archive:
        index_paths(archive, [tmp_path / f"{name}.txt" for name in ("wire", "copy", "rival")])
        assert archive.story_index.is_current
        expected = told(archive)
        with archive.database.transaction() as connection:
            connection.execute("UPDATE story_article SET story = 999")
        assert verify(archive) == [
            "stories: 3 articles are in a story that is not there (derived: `citewire verify --repair` makes it anew)"  # noqa: E501
        ]
        repair(archive)
        assert verify(archive) == []
        assert told(archive) == expected
