"""Conversations with an archive: turns kept, readings undone, and what is typed besides questions."""

import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from fakes import an_article, put

from eval.conversations_figures import Asked, Outcome, figures, judged
from eval.conversations_task import GoldTurn, articles_near, read_turns
from eval.records import Record
from index.archive import Archive
from index.errors import UsageError
from index.filters import Filters
from qa import ask
from qa.answer import Answer, ReplyKind
from qa.dialogue import Dialogue
from qa.languages import other_language
from qa.rendering import answer_text, to_json
from qa.small_talk import is_gibberish
from qa.topics import asked_topic, asks_for_more, earliest_first, lists_articles
from qa.turn import Turn


@pytest.fixture
def towns(archive: Archive) -> Archive:
    put(archive, *(an_article(number) for number in range(1, 5)))
    archive.embed()
    return archive


def test_a_follow_up_is_read_in_full_and_can_be_undone(towns: Archive) -> None:
    history = ["Who opened bridge number 3 of Town3?"]
    read = ask(towns, "when?", history=history, threshold=0.0)
    assert read.question == "when?"
    assert read.read_as is not None
    assert "bridge number 3" in read.read_as
    assert to_json(read)["read_as"] == read.read_as
    assert read.evidence[0].article.id == "a3"
    typed = ask(towns, "when?", history=history, follow_up=False, threshold=0.0)
    assert typed.read_as is None
    assert typed == ask_untimed(typed, towns, "when?")


def ask_untimed(like: Answer, archive: Archive, question: str) -> Answer:
    from dataclasses import replace

    return replace(ask(archive, question, threshold=0.0), took_ms=like.took_ms)


def test_turns_stand_for_the_questions_they_were_made_of(towns: Archive) -> None:
    _, dialogue = Dialogue().ask(towns, "Who opened bridge number 2 of Town2?")
    kept = [json.loads(json.dumps(turn.to_json())) for turn in dialogue.turns]
    assert Turn.from_json(kept[0]) == dialogue.turns[0]
    by_turns = ask(towns, "when?", history=kept)
    by_questions = ask(towns, "when?", history=["Who opened bridge number 2 of Town2?"])
    assert by_turns.read_as == by_questions.read_as


@pytest.mark.parametrize("item", [3, {"read": "x"}, {"question": 1}, {"question": "x", "answers": "y"}, None])
def test_what_is_no_turn_is_refused(towns: Archive, item: object) -> None:
    with pytest.raises(UsageError, match="history"):
        ask(towns, "when?", history=[item])  # type: ignore[list-item]


def test_a_dialogue_forgets_what_is_long_ago(towns: Archive) -> None:
    turns = tuple(Turn(f"q{number}", f"q{number}") for number in range(30))
    _, dialogue = Dialogue(turns).ask(towns, "who opened the bridge?")
    assert len(dialogue.turns) < 10


@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("Hello!", ReplyKind.SMALL_TALK, "Ask a question"),
        ("thank you so much", ReplyKind.SMALL_TALK, "welcome"),
        ("thanks, that was great", ReplyKind.SMALL_TALK, "welcome"),
        ("that was really helpful!", ReplyKind.SMALL_TALK, "Ask on"),
        ("good question", ReplyKind.SMALL_TALK, "Ask on"),
        ("help", ReplyKind.SMALL_TALK, "quoting the articles"),
        ("are you an AI?", ReplyKind.SMALL_TALK, "no language model"),
        ("¿Quién ganó las elecciones en Brasil?", ReplyKind.SMALL_TALK, "Spanish"),
        ("wer hat die Brücke gebaut und warum?", ReplyKind.SMALL_TALK, "German"),
        ("где находится мост?", ReplyKind.SMALL_TALK, "Cyrillic"),
        ("asdfgh qwerty", ReplyKind.SMALL_TALK, "no words that can be looked for"),
        ("what do you know about Town2?", ReplyKind.OVERVIEW, "1 article on “Town2”"),
        ("Town2", ReplyKind.OVERVIEW, "1 article on “Town2”"),
        ("latest on bridges", ReplyKind.OVERVIEW, "the newest first"),
        ("list the articles", ReplyKind.ARTICLES, "4 articles in the archive"),
    ],
)
def test_what_is_typed_besides_questions(towns: Archive, typed: str, kind: ReplyKind, said: str) -> None:
    reply = ask(towns, typed)
    found = to_json(reply)
    assert (reply.kind, found["kind"]) == (kind, kind.value)
    assert found["message"] is not None
    assert said in found["message"]
    assert reply.message is not None
    assert reply.message in answer_text(reply)
    # An overview quotes, but it answers nothing: no citation without an answer.
    assert reply.abstained
    assert not reply.evidence
    assert found["answer"] is None
    assert found["evidence"] == []
    assert bool(found["overview"]) == (kind is not ReplyKind.SMALL_TALK)
    for item in found["overview"]:
        text = towns.article(item["article"]["id"]).text
        assert text[item["quote_start"] : item["quote_end"]] == item["quote"] != ""


def test_the_latest_come_first(towns: Archive) -> None:
    days = [piece.article.published for piece in ask(towns, "latest on bridges").overview]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]


def test_a_list_may_begin_with_the_oldest(towns: Archive) -> None:
    reply = ask(towns, "What is the oldest article?")
    assert (reply.kind, reply.overview[0].article.id) == (ReplyKind.ARTICLES, "a1")
    assert reply.message == "4 articles in the archive, the oldest first."
    latest = ask(towns, "What is the latest article?")
    assert latest.overview[0].article.id == "a4"
    assert not earliest_first("list the articles from First Coast")
    about = ask(towns, "the oldest articles about bridges")
    assert about.message == "4 articles on “bridges”, the oldest first."
    assert [piece.article.id for piece in about.overview] == ["a1", "a2", "a3", "a4"]


def test_the_latest_are_the_newest_of_all_that_are_about_it(archive: Archive) -> None:
    old = [
        an_article(number, f"The harbour of Harbourtown is a harbour. Harbour {number} it is, they say.")
        for number in range(1, 41)
    ]
    news = "Ships wait outside. The harbour has been closed since Monday by a long and bitter strike. " * 2
    filler = " ".join(f"The council spoke of matter {number} at length." for number in range(20))
    put(
        archive,
        *old,
        an_article(50, news + filler, title="Strike", published=date(2025, 3, 1)),
        an_article(
            51, f"{filler} It did not speak of the harbour.", title="Council", published=date(2025, 4, 1)
        ),
    )
    archive.embed()
    reply = ask(archive, "latest on the harbour")
    assert reply.message == "42 articles mention “the harbour”; these are the newest about it."
    assert reply.overview[0].article.id == "a50"
    assert "a51" not in [piece.article.id for piece in reply.overview]
    assert reply.overview[0].quote.startswith("The harbour has been closed")
    assert "the nearest to it" in (ask(archive, "what do you know about the harbour?").message or "")


NONE_LAST_WEEK = (
    "The archive has no article from “The Example”, dated 30 December 2024 to 5 January 2025;"
    " its articles are of 1 May 2023 to 2 January 2025."
)


@pytest.mark.parametrize(
    ("typed", "ids", "said"),
    [
        ("articles from The Other", ["a3", "a2"], "2 articles from “The Other”."),
        ("list the latest articles by the other in 2024", ["a2"], "1 article from “The Other”, dated 2024."),
        ("stories of January 2025", ["a3"], "1 article dated January 2025."),
        ("latest news", ["a3", "a2", "a1"], "3 articles in the archive."),
        ("latest", ["a3", "a2", "a1"], "3 articles in the archive."),
        ("What's new?", ["a3", "a2", "a1"], "3 articles in the archive."),
        ("articles from Town2", ["a2"], "1 article on “Town2”."),
        (
            "news from 1985",
            [],
            "The archive has no article dated 1985; its articles are of 1 May 2023 to 2 January 2025.",
        ),
        ("articles from last week", ["a3"], "1 article dated 30 December 2024 to 5 January 2025."),
        ("yesterday's news", ["a3"], "1 article dated Thursday, 2 January 2025."),
        ("articles from June", ["a2"], "1 article dated June 2024."),
        ("articles from The Example last week", [], NONE_LAST_WEEK),
    ],
)
def test_articles_are_listed_by_outlet_and_time(
    archive: Archive, typed: str, ids: list[str], said: str
) -> None:
    days = (date(2023, 5, 1), date(2024, 6, 1), date(2025, 1, 2))
    put(archive, *(
        an_article(at, source="The Example" if at == 1 else "The Other", published=day)
        for at, day in enumerate(days, start=1)
    ))  # fmt: skip
    archive.embed()
    reply = ask(archive, typed, asked_on=date(2025, 1, 3) if "yest" in typed else date(2025, 1, 8))
    assert [piece.article.id for piece in reply.overview] == ids
    assert (reply.message or "").startswith(said)


def test_a_month_without_its_year_is_the_latest_that_the_archive_reaches(archive: Archive) -> None:
    put(archive, an_article(1, published=date(2020, 3, 5)), an_article(2, published=date(2020, 7, 1)))
    reply = ask(archive, "news from March", asked_on=date(2026, 11, 27))
    assert reply.message == "1 article dated March 2020."


@pytest.mark.parametrize(
    ("typed", "ids", "said"),
    [
        ("articles about ferries from 2023", ["a1"], "1 article on “ferries”, dated 2023."),
        ("show me stories about ferries in May 2024", ["a2"], "1 article on “ferries”, dated May 2024."),
        ("news on ferries since 2024", ["a2"], "1 article on “ferries”, dated from 1 January 2024 on."),
        ("articles about ferries in May 2020", [], "No article, dated May 2020, is about “ferries”."),
        ("what do you know about ferries in 2023?", ["a1"], "1 article on “ferries in 2023”."),
    ],
)
def test_articles_on_a_topic_may_be_of_a_time(
    archive: Archive, typed: str, ids: list[str], said: str
) -> None:
    text = "The ferries to Oakby are late again this year."
    put(
        archive,
        an_article(1, f"{text} In 2023 they were early.", published=date(2023, 3, 5)),
        an_article(2, text, published=date(2024, 5, 1)),
    )
    archive.embed()
    reply = ask(archive, typed, asked_on=date(2025, 1, 8))
    assert (reply.message, [piece.article.id for piece in reply.overview]) == (said, ids)


def test_a_list_passes_over_where_an_article_was_written(archive: Archive) -> None:
    text = "New York Example Business —\n\nJane Doe\n\nThe harbour of Oakby has been closed for a week."
    put(archive, an_article(1, text))
    (piece,) = ask(archive, "list the articles").overview
    assert piece.quote == "The harbour of Oakby has been closed for a week."


def test_a_misspelt_wish_for_an_overview_is_heard(archive: Archive) -> None:
    texts = ["Anthony Fauci spoke of schools on Monday.", "Later on Anthony Fauci spoke, the latest of many."]
    put(archive, *(an_article(at, text, title="Schools") for at, text in enumerate(texts)))
    archive.embed()
    reply = ask(archive, "lateast on Anthony Fauchi")
    assert reply.message == "2 articles on “Anthony Fauci”, the newest first."


def test_a_list_keeps_to_the_filters(towns: Archive) -> None:
    nothing = ask(towns, "list the articles", filters=Filters(("Nobody",)))
    assert nothing.message == "The archive has no article from “Nobody”."
    assert ask(towns, "articles of 2024", filters=Filters(before=date(2024, 1, 3))).message == (
        "2 articles dated 1 to 3 January 2024."
    )


def test_a_misspelt_name_is_read_as_the_archive_writes_it(archive: Archive) -> None:
    text = "The actor Jussie Smollett spoke in Chicago. Later the police arrested Jussie Smollett there."
    put(archive, an_article(1, text, title="Arrest"))
    archive.embed()
    for typed in ("Jusie Smollet", "what do you know about Jussie Smolett?", "latest on Jusie Smollett"):
        reply = ask(archive, typed)
        assert reply.message == "1 article on “Jussie Smollett”."
        assert reply.interpreted_as == "Jussie Smollett"
    assert ask(archive, "Jussie Smollett").interpreted_as is None


def test_an_overview_passes_over_what_stands_beneath_a_picture(archive: Archive) -> None:
    caption = "In pictures: Ana Souza, the new mayor of the town"
    text = f"{caption}\n\nThe people of the town chose Ana Souza as mayor on Monday.\n"
    put(archive, an_article(1, text, title="Ana Souza"))
    archive.embed()
    (piece,) = ask(archive, "what do you know about Ana Souza?").overview
    assert piece.quote.startswith("The people")


def test_an_overview_is_gone_on_from(towns: Archive) -> None:
    _, dialogue = Dialogue().ask(towns, "what do you know about Town2?")
    more, _ = dialogue.ask(towns, "tell me more")
    assert more.kind is ReplyKind.OVERVIEW
    assert {piece.article.id for piece in more.overview} == {"a2"}
    other, _ = dialogue.ask(towns, "and Town3?")
    assert other.read_as == "what do you know about Town3?"
    assert [piece.article.id for piece in other.overview][:1] == ["a3"]


def test_talk_leaves_the_conversation_as_it_is(towns: Archive) -> None:
    _, dialogue = Dialogue().ask(towns, "Who opened bridge number 2 of Town2?")
    assert dialogue.ask(towns, "thanks")[1] == dialogue


@pytest.mark.parametrize(
    "text",
    [
        "who is Angela Merkel?",
        "Rio de Janeiro",
        "Los Angeles fires",
        "die hard",
        "was it Van Gogh?",
        "con man",
    ],
)
def test_english_is_not_taken_for_another_language(text: str) -> None:
    assert other_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿quién es el presidente de Francia?", "Spanish"),
        ("qui est le président de la France ?", "French"),
        ("chi è il presidente della Francia?", "Italian"),
        ("フランスの大統領は誰ですか", "Japanese"),
        ("프랑스 대통령은 누구입니까", "Korean"),
    ],
)
def test_other_languages_are_told(text: str, language: str) -> None:
    assert other_language(text) == language


def test_noise_and_names_are_told_apart() -> None:
    assert is_gibberish("sdfjkl")
    assert is_gibberish("aaaaaa zzzzzz")
    assert not any(map(is_gibberish, ["Schwarzenegger", "NATO", "rhythm", "Milley", "", "123"]))


def test_topics_are_read_off_many_phrasings() -> None:
    assert [topic.text if (topic := asked_topic(text)) else None for text in (
        "What do you know about North Korea?", "tell me about Ana Souza", "latest news on the strike",
        "articles about Chad", "who met Ana Souza?", "tell me about it",
    )] == ["North Korea", "Ana Souza", "the strike", "Chad", None, None]  # fmt: skip
    assert [topic.text if (topic := asked_topic(text)) else None for text in (
        "how many articles mention Ukraine?", "which stories are about the strike", "what is the oldest"
        " article about Chad?", "how many articles did she write?",
    )] == ["Ukraine", "the strike", "Chad", None]  # fmt: skip
    assert lists_articles("what articles do you have?")
    assert lists_articles("what is the oldest article?")
    assert lists_articles("what topics are covered?")
    assert lists_articles("What is this archive about?")
    assert not lists_articles("what was the first article of the constitution?")
    assert not lists_articles("who wrote the articles?")
    assert asks_for_more("go on")
    assert not asks_for_more("more than ten?")


def test_gold_conversations_are_whole() -> None:
    turns = read_turns()
    assert len({turn.conversation for turn in turns}) >= 40
    for before, turn in itertools.pairwise(turns):
        same = before.conversation == turn.conversation
        assert turn.gold.history == ((*before.gold.history, before.gold.question) if same else ())
        assert not same or before.part is turn.part


def test_a_bad_turn_is_named(tmp_path: Path) -> None:
    path = tmp_path / "turns.jsonl"
    path.write_text('{"question": "x"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"turns.jsonl:1: not a turn"):
        read_turns(path)


def test_the_archive_for_conversations_holds_what_they_are_about() -> None:
    turns = [turn for turn in read_turns() if turn.place == "news"][:4]
    words = " ".join(turn.rewritten for turn in turns)
    near = Record("", words, "near", id="near")
    others = [Record("", f"nothing but {number}", str(number), id=str(number)) for number in range(9)]
    assert near in articles_near(turns, [*others, near], nearest=1)


def test_figures_count_each_turn_where_it_belongs() -> None:
    first, second = read_turns()[:2]
    nothing = Answer("", (), 0.0, 0.0, reason="no")
    rows = [judged(turn, Asked.AFTER, nothing) for turn in (first, second)]
    assert {row.outcome for row in rows} == {Outcome.ABSTAINED}
    found = {figure.name: figure for figure in figures(rows, times=5)}
    assert found["tune: first turns"].over == found[f"tune: follow-ups, {Asked.AFTER}"].over == 1
    assert found["tune: first turns"].interval.value == 0.0
    unanswerable = next(turn for turn in read_turns() if not turn.gold.answerable and turn.follows)
    assert judged(unanswerable, Asked.AFTER, nothing).outcome is Outcome.REJECTED
    assert isinstance(unanswerable, GoldTurn)


def test_an_overview_passes_over_who_a_picture_is_by(archive: Archive) -> None:
    text = "Bridgecorp.\n\nThe new bridges of the north were all built by Bridgecorp within a year.\n"
    put(archive, an_article(1, title="Bridges of the north", text=text))
    archive.embed()
    (piece,) = ask(archive, "what do you know about Bridgecorp?").overview
    assert piece.quote.startswith("The new bridges")


def test_a_follow_up_goes_on_from_the_question_as_it_is_spelt(archive: Archive) -> None:
    text = "The speaker, Nancy Pelosi, lives in Oakby. She resigned in May. Nancy Pelosi was tired."
    put(archive, an_article(1, text=text))
    _, dialogue = Dialogue().ask(archive, "where does Nacny Pelosi live?")
    answer, _ = dialogue.ask(archive, "when did she resign?")
    assert answer.interpreted_as is not None
    assert "Nancy Pelosi" in answer.interpreted_as
    assert "Nacny" not in answer.interpreted_as
