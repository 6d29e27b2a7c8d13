"""A follow-up with the turns before it, as the reader is asked it."""

from qa.context import MOST_WORDS, in_context


def test_the_last_turn_comes_first_with_its_answer() -> None:
    before = [("Who met Milley?", "General Won"), ("Where did they meet?", "Seoul")]
    told = in_context("when?", before)
    assert told == "when? | Where did they meet? | Seoul | Who met Milley? | General Won"


def test_a_turn_without_an_answer_is_told_without_one() -> None:
    assert in_context("why?", [("Who met Milley?", "")]) == "why? | Who met Milley?"


def test_nothing_before_leaves_the_question_as_it_is() -> None:
    assert in_context("who met Milley?", []) == "who met Milley?"


def test_what_does_not_fit_is_left_out_from_the_oldest_on() -> None:
    long = " ".join(["word"] * (MOST_WORDS - 5))
    told = in_context("when?", [("Who met Milley in the capital?", "Won"), (long, "one two")])
    assert told == f"when? | {long} | one two"
    assert len(in_context("when?", [(long * 2, "")]).split()) <= MOST_WORDS


def test_of_a_long_answer_the_beginning_is_told() -> None:
    told = in_context("when?", [("Why?", " ".join(map(str, range(30))))])
    assert told.endswith("| 0 1 2 3 4 5 6 7 8 9")
