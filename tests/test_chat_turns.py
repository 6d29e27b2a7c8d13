"""Turns kept elsewhere: sealed, opened whole or not at all, judged and exported."""

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from chat_server import ATTACK, HOSTILE, ask_keywords
from fakes import an_article, put

from chat import feedback
from chat.conversation import Conversation, read_scope
from chat.export import Format, export
from chat.turns import Seals, Turn, filters_json
from eval.gold import read_questions
from index.archive import Archive
from index.errors import UsageError
from index.filters import Filters
from qa.answer import Answer
from qa.explanation import Explanation

DAY = date(2026, 11, 27)


@pytest.fixture
def talk(archive: Archive) -> Conversation:
    put(archive, an_article(1, url="https://news.example/1"), an_article(2), HOSTILE)
    return Conversation(archive, ask_keywords)


# Seals


def test_a_sealed_turn_comes_back_as_it_was(talk: Conversation) -> None:
    turn = talk.turn(
        "Who lives in Town1?", (), {"sources": ["The Example"], "after": "2024-01-01", "before": ""}
    )
    kept = json.loads(json.dumps(talk.seals.seal(turn)))
    assert talk.seals.open(kept) == turn
    assert Seals.of(talk.archive.folder).open(kept) == turn
    assert turn.filters == Filters(("The Example",), date(2024, 1, 1))


@pytest.mark.parametrize("part", ["body", "seal"])
def test_a_changed_turn_is_not_opened(talk: Conversation, part: str) -> None:
    kept = talk.seals.seal(talk.turn("Who lives in Town1?"))
    other_last = kept[part][:-1] + ("0" if kept[part][-1] != "0" else "1")
    for value in (other_last, "", "\ud800", None, 7, "x" * 600_000):
        assert talk.seals.open({**kept, part: value}) is None


@pytest.mark.parametrize("kept", [None, 1, "x", {}, [], [None], [{}], [[]], [{"body": "{}", "seal": ""}]])
def test_nothing_else_a_browser_sends_is_a_turn(talk: Conversation, kept: object) -> None:
    assert talk.seals.open_all(kept) == []
    assert talk.judge({"verdict": "right", "turns": kept}) == "There is nothing here to judge."
    assert talk.export({"format": "json", "turns": kept}) == {"error": "There is nothing to export yet."}


def test_another_archive_has_other_seals(talk: Conversation, tmp_path: Path) -> None:
    kept = talk.seals.seal(talk.turn("Who lives in Town1?"))
    other = Seals.of(tmp_path)
    assert other.open(kept) is None
    assert other.name != talk.seals.name
    assert (tmp_path / "page.key").stat().st_mode & 0o077 == 0


def test_a_key_that_cannot_be_kept_lasts_for_a_run(tmp_path: Path) -> None:
    seals = Seals.of(tmp_path / "not there")
    assert seals.open(seals.seal(Turn("who?", "<p>"))) == Turn("who?", "<p>")
    (tmp_path / "page.key").write_bytes(b"short")
    seals = Seals.of(tmp_path)
    assert seals.open(seals.seal(Turn("who?", "<p>"))) == Turn("who?", "<p>")


# Scope


@pytest.mark.parametrize("scope", [None, "", 7, [], {}, {"sources": None}, {"sources": [], "after": ""}])
def test_no_scope_is_everything(scope: object) -> None:
    assert not read_scope(scope)


@pytest.mark.parametrize(
    "scope", [{"sources": "x"}, {"sources": [1]}, {"sources": [" "]}, {"after": "soon"}, {"after": [1]}]
)
def test_a_bad_scope_is_said_in_the_turn(talk: Conversation, scope: object) -> None:
    turn = talk.turn("Who lives in Town1?", (), scope)
    assert 'class="notice"' in turn.html
    assert turn.answer is None


def test_a_reply_says_which_articles_it_was_asked_of(talk: Conversation) -> None:
    scope = {"sources": ["The Example"], "after": "2024-01-01"}
    turn = talk.turn("Who is Nobody?", (), scope)
    assert "Asked only of articles from “The Example”, dated" in turn.html
    assert "Asked only of" not in talk.turn("Who is Nobody?").html
    for form in (Format.MARKDOWN, Format.HTML):
        text = export([turn], form, DAY).text
        assert "Asked only of articles from “The Example”" in text.replace("\\", "")
    assert json.loads(export([turn], Format.JSON, DAY).text)["turns"][0]["filters"]["after"] == "2024-01-01"


# The day of asking


def test_why_counts_days_from_when_it_was_asked(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Conversation(talk.archive, ask_keywords, today=lambda: DAY)
    kept = [asked.seals.seal(asked.turn("Who lives in Town1?"))]
    days = []

    def explain(_: object, __: str, *, asked_on: date, **more: object) -> Explanation:
        days.append(asked_on)
        return Explanation(Answer("who?", (), 0.1, 1.0, "Nobody."), (), (), (), 0.0, 0.5)

    monkeypatch.setattr("chat.conversation.explain", explain)
    Conversation(talk.archive, ask_keywords, today=lambda: date(2026, 12, 9)).why(kept)
    assert days == [DAY]


def test_gold_is_asked_on_the_day_it_was(talk: Conversation) -> None:
    asked = Conversation(talk.archive, ask_keywords, today=lambda: DAY)
    kept = [asked.seals.seal(asked.turn("Who lives in Town1?"))]
    later = Conversation(talk.archive, ask_keywords, today=lambda: date(2026, 12, 9))
    assert later.judge({"verdict": "right", "turns": kept}) == feedback.THANKS
    (line,) = (talk.archive.folder / "feedback.jsonl").read_text().splitlines()
    assert json.loads(line)["asked_on"] == DAY.isoformat()


# Feedback


def judged(talk: Conversation, question: str, **said: object) -> dict[str, Any]:
    return feedback.gold(talk.turn(question), [talk.turn("and before?")], said, DAY)


def test_a_right_answer_is_gold(talk: Conversation) -> None:
    assert judged(talk, "Who lives in Town1?", verdict="right") == {
        "question": "Who lives in Town1?", "answers": ["Town1"], "article_id": "a1", "kind": "feedback",
        "history": ["and before?"], "asked_on": "2026-11-27", "verdict": "right", "given": "Town1",
    }  # fmt: skip


def test_a_right_abstention_is_an_unanswerable_question(talk: Conversation) -> None:
    assert judged(talk, "Who is Nobody?", verdict="right")["answers"] == []


def test_a_wrong_answer_is_gold_with_the_right_one(talk: Conversation) -> None:
    assert judged(talk, "Who lives in Town1?", verdict="wrong", answer=" the \n mayor ")["answers"] == [
        "the mayor"
    ]
    assert judged(talk, "Who lives in Town1?", verdict="wrong", answer="", none=True)["answers"] == []
    assert judged(talk, "Who lives in Town1?", verdict="wrong", answer="x")["article_id"] == ""


def test_gold_keeps_the_filters_as_question_files_name_them(talk: Conversation) -> None:
    turn = talk.turn("Who lives in Town1?", (), {"sources": ["The Example"], "after": "2024-01-01"})
    record = feedback.gold(turn, [], {"verdict": "right"}, DAY)
    assert (record["source"], record["after"]) == (["The Example"], "2024-01-01")
    assert "before" not in record


@pytest.mark.parametrize("said", [{}, {"verdict": "maybe"}, {"verdict": ["right"]}])
def test_what_is_no_verdict_is_refused(talk: Conversation, said: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="nothing here to judge"):
        judged(talk, "Who lives in Town1?", **said)


def test_a_right_answer_has_a_limit(talk: Conversation) -> None:
    with pytest.raises(UsageError, match="at most 500"):
        judged(talk, "Who lives in Town1?", verdict="wrong", answer="x" * 501)


def test_feedback_is_a_gold_file_and_doubts_are_kept_apart(talk: Conversation) -> None:
    turns = [talk.seals.seal(talk.turn("Who is Hostile?"))]
    assert talk.judge({"verdict": "right", "turns": turns}) == feedback.THANKS
    assert talk.judge({"verdict": "wrong", "answer": f"{ATTACK}\ud800", "turns": turns}) == feedback.THANKS
    assert talk.judge({"verdict": "wrong", "turns": turns}) == feedback.THANKS
    file = talk.archive.folder / "feedback.jsonl"
    first, second = read_questions(file.read_text(encoding="utf-8"), file)
    assert (first.answers, first.article_id) == (("Hostile",), HOSTILE.id)
    assert second.answers == (f"{ATTACK}?",)
    (doubt,) = (talk.archive.folder / "doubts.jsonl").read_text(encoding="utf-8").splitlines()
    assert "answers" not in json.loads(doubt)


def test_nothing_is_kept_of_a_read_only_archive(archive: Archive) -> None:
    put(archive, an_article(1))
    talk = Conversation(archive, ask_keywords, read_only=True)
    turn = talk.turn("Who lives in Town1?")
    assert "verdict" not in turn.html
    assert talk.judge({"verdict": "right", "turns": [talk.seals.seal(turn)]}) == "This archive is read only."
    assert not (archive.folder / "feedback.jsonl").exists()
    assert "Remove" not in talk.source({"article": "a1"})


def test_a_full_file_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST_BYTES", 10)
    feedback.keep(tmp_path, {"question": "a long question", "answers": []})
    with pytest.raises(UsageError, match="full"):
        feedback.keep(tmp_path, {"question": "another", "answers": []})


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="could not be kept"):
        feedback.keep(tmp_path / "not there", {"answers": []})


# Export


def conversation(talk: Conversation) -> list[Turn]:
    return [
        talk.turn(question) for question in ("Who lives in Town1?", "Who is Nobody?", "", "Who is Hostile?")
    ]


def test_markdown_quotes_with_references(talk: Conversation) -> None:
    text = export(conversation(talk), Format.MARKDOWN, DAY).text
    assert text.startswith(
        "# Questions to the archive, 27 November 2026\n\n## Who lives in Town1?\n\n**Town1**\n"
    )
    assert "> — [Bridge of Town1 opens](<https://news.example/1#:~:text=" in text
    assert "The archive does not say. No article mentions “Nobody”." in text
    assert "<img" not in text.replace(r"\<img", "")


def test_a_page_shows_hostile_text_as_text(talk: Conversation) -> None:
    class Elements(HTMLParser):
        names: set[str] = set()  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.names.add(tag)
            assert not any(name.startswith("on") for name, _ in attrs)

    file = export(conversation(talk), Format.HTML, DAY)
    Elements().feed(file.text)
    assert not Elements.names & {"img", "svg", "script", "aside"}
    assert "<mark>Town1</mark> opened bridge" in file.text
    assert file.name == "citewire-2026-11-27.html"


def test_json_holds_the_answers(talk: Conversation) -> None:
    turns = conversation(talk)
    saved = json.loads(export(turns, Format.JSON, DAY).text)
    assert saved["exported"] == "2026-11-27"
    assert [turn["answer"] for turn in saved["turns"]] == [turn.answer for turn in turns]


def test_an_unknown_format_is_said(talk: Conversation) -> None:
    assert talk.export({"format": "docx"}) == {"error": "There is no such format."}
    assert talk.export(None) == {"error": "There is no such format."}


def test_filters_as_json() -> None:
    assert filters_json(Filters()) == {"sources": [], "after": "", "before": ""}
    assert replace(Turn("", "")).answer is None
