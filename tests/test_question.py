"""Questions are taken apart by their words alone, however they were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question import QuestionKind, analyse, normalise, unknown_names


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who met Milley?", QuestionKind.WHO),
        ("To whom did the envoy speak?", QuestionKind.WHO),
        ("Whose plane landed first", QuestionKind.WHO),
        ("When did the talks start?", QuestionKind.WHEN),
        ("In what year did the war end?", QuestionKind.WHEN),
        ("What did he say when he left?", QuestionKind.WHAT),
        ("where is the summit held", QuestionKind.WHERE),
        ("HOW MANY TROOPS ARE THERE", QuestionKind.HOW_MANY),
        ("How old is the minister?", QuestionKind.HOW_MANY),
        ("How much did the campaign cost?", QuestionKind.HOW_MUCH),
        ("How long did the siege last?", QuestionKind.HOW_LONG),
        ("How did markets react?", QuestionKind.HOW),
        ("Which general met the guest?", QuestionKind.WHICH),
        ("Why was the drill put off?", QuestionKind.WHY),
        ("Did Austin meet the minister?", QuestionKind.YES_NO),
        ("summit seoul january", QuestionKind.OTHER),
        ("", QuestionKind.OTHER),
    ],
)
def test_kind(question: str, kind: QuestionKind) -> None:
    assert analyse(question).kind is kind


def test_normalise_calms_capitals_spaces_and_a_missing_mark() -> None:
    assert normalise("  WHO   MET\nMILLEY ") == "who met milley?"
    assert normalise("Who is in the UN?") == "Who is in the UN?"
    assert normalise("") == ""


def test_content_leaves_stop_words_out_and_joins_inflections() -> None:
    assert analyse("Who was visited by the generals?").content == ("visit", "general")
    assert analyse("who met Milley").content == analyse("Who is meeting Milley?").content


def test_names_are_capitalised_words_apart_from_the_first() -> None:
    assert analyse("When will Suh Wook visit the U.S.?").names == ("suh", "wook", "america")
    assert analyse("Officials said what?").names == ()
    assert analyse("when will suh wook visit").names == ()


def test_numbers_and_days() -> None:
    assert analyse("What did two envoys sign on Jan. 26?").numbers == ("2", "january", "26")


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("what country did he visit?", "country"),
        ("which general did Milley meet?", "general"),
        ("How many troops are there?", "troop"),
        ("Who is the chairman of the board?", "chairman"),
        ("Who met Milley?", ""),
    ],
)
def test_focus(question: str, focus: str) -> None:
    assert analyse(question).focus == focus


def _occurs(form: str) -> bool:
    return form in {"milley", "visit", "america", "south", "korea", "won"}


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Did Milley visit Canada?", ["Canada"]),
        ("Who visited the United States?", []),
        ("What did S. Korea's Won say to US officials?", []),
        ("Is South Korean policy new?", []),
        ("What did Angela Merkel's envoy say?", ["Angela", "Merkel"]),
        ("did milley visit canada", []),
        ("Where can I meet a general of WHO?", ["WHO"]),
    ],
)
def test_unknown_names(question: str, unknown: list[str]) -> None:
    assert unknown_names(analyse(question), _occurs) == unknown


def test_a_misspelt_name_is_not_unknown() -> None:
    question = analyse("Who met Miley in Ottawa?")
    assert unknown_names(question, _occurs, near=lambda form: form == "miley") == ["Ottawa"]


@given(st.text())
def test_any_text_is_a_question(text: str) -> None:
    question = analyse(text)
    assert len(set(question.content)) == len(question.content)


def test_rare_words_stand_for_names_in_a_question_without_capitals() -> None:
    question = analyse("did milley visit canada")
    assert unknown_names(question, _occurs, rare=lambda form: form != "visit") == ["canada"]
