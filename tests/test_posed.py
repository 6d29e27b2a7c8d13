"""What asks in a question that also tells, and the question word that it lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.posed import posed
from qa.question import QuestionKind, analyse


@pytest.mark.parametrize(
    ("question", "asks", "tells"),
    [
        ("who met Milley?", "who met Milley?", ""),
        ("The queen died. When was she crowned?", "When was she crowned?", "The queen died."),
        ("Who is Won? I read that he met Milley.", "Who is Won?", "I read that he met Milley."),
        ("Was it true? Who said so?", "Who said so?", "Was it true?"),
        ("Where does Dr. J. K. Won live?", "Where does Dr. J. K. Won live?", ""),
        ("", "", ""),
    ],
)
def test_the_sentence_that_asks_is_told_from_the_others(question: str, asks: str, tells: str) -> None:
    found = posed(question)
    assert (found.asks, found.tells) == (asks, tells)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("This general flew home on Monday.", "Which general flew home on Monday?"),
        ("Milley flew to this city.", "Milley flew to which city?"),
        ("After the draw the jackpot rose to:", "After the draw the jackpot rose to what?"),
        ("It was the first visit since:", "It was the first visit since when?"),
        ("A man who was late was taken to:", "A man who was late was taken to what?"),
        ("Which of these is a river:", "Which of these is a river:"),
        ("Milley will visit this week.", "Milley will visit this week."),
        ("Is this general retired?", "Is this general retired?"),
        ("who won this award?", "who won this award?"),
        ("milley seoul visit?", "milley seoul visit?"),
    ],
)
def test_a_word_that_asks_is_put_in_where_there_is_none(question: str, asks: str) -> None:
    assert posed(question).asks == asks


@given(st.text(max_size=200))
def test_any_text_is_posed(text: str) -> None:
    found = posed(text)
    assert found.tells == "" or found.asks


def test_kind_focus_and_verb_are_of_the_sentence_that_asks() -> None:
    found = analyse("It was the day when Milley landed in Seoul. Which general met him")
    assert found.kind is QuestionKind.WHICH
    assert found.focus == "general"
    assert "seoul" in found.content


def test_the_reader_is_asked_first_and_told_then() -> None:
    assert analyse("who met Milley").to_read == "who met Milley?"
    told = analyse("The queen died on Thursday. When was she crowned?").to_read
    assert told == "When was she crowned? | The queen died on Thursday."


@pytest.mark.parametrize(
    ("question", "says_all"),
    [
        ("A new bridge was opened in Seoul. How long is it?", True),
        ("On Monday Milley said he would retire. When?", True),
        ("He met Austin in the capital. When did he leave?", False),
        ("Thanks, that is good. who is she?", False),
        ("How old is he?", False),
    ],
)
def test_a_question_that_tells_of_a_thing_needs_no_earlier_one(question: str, says_all: bool) -> None:
    assert posed(question).says_all is says_all
