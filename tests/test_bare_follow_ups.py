"""Follow-ups of a few words: a noun alone, who says so, by whom something was done, who holds a role."""

import pytest

from index.article import Article
from qa.bare_nouns import asked_for
from qa.clauses import expanded, parse, stated
from qa.ellipsis import complete, of_what_was_done
from qa.follow_up import FollowUp, Way, read_follow_up
from qa.named_roles import with_named_roles
from qa.turn import Turn


def read_after(read: str, answer: str, question: str, text: str = "") -> FollowUp:
    turn = Turn(read, read, read, (answer,) if answer else (), "", ("one",))
    article = Article(id="one", title="News", text=text)
    return read_follow_up(question, [turn], lambda _: article)


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("the judge's name?", "what is the judge's name?"),
        ("name of that bridge?", "what is the name of that bridge?"),
        ("and the date of the complaint?", "what is the date of the complaint?"),
        ("the reasons for the delay, please?", "what are the reasons for the delay?"),
        ("the mayor's wife?", "who is the mayor's wife?"),
    ],
)
def test_a_noun_alone_asks_a_question_of_its_own(question: str, full: str) -> None:
    read = read_after("How many ships did the navy send?", "three", question)
    assert (read.way, read.text) == (Way.REFERRING, full)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("and the judge?", "How old is the lawyer?"),
        ("the other bridge?", "When was the first bridge built?"),
        ("and Bergen's mayor?", "Who is the mayor of Oslo?"),
        ("in Bergen?", "Who won in Oslo?"),
    ],
)
def test_a_noun_may_take_the_place_of_one_before(typed: str, read: str) -> None:
    assert asked_for(typed, typed.removeprefix("and ").rstrip("?"), read, "") is None


@pytest.mark.parametrize(
    ("read", "answer", "told"),
    [
        (
            "By how much would the plan cut the debt?",
            "10 percent",
            "the plan would cut the debt by 10 percent",
        ),
        ("Which ship did the navy send?", "the Fram", "the navy did send the Fram"),
        ("What is the rate among women?", "4 percent", "the rate among women is 4 percent"),
        ("How many towns were flooded?", "12", "12 towns were flooded"),
        ("Is the bank considering a sale?", "yes", "the bank is considering a sale"),
    ],
)
def test_what_was_asked_can_be_stated(read: str, answer: str, told: str) -> None:
    clause = parse(read)
    assert clause is not None
    assert stated(clause, answer) == told


@pytest.mark.parametrize("question", ["says who?", "according to whom?", "who says so?"])
def test_who_says_so_is_asked_of_what_was_answered(question: str) -> None:
    done = complete(question, Turn("", "How many towns were flooded?", answers=("12",)))
    assert done is not None
    assert done.text == "who says that 12 towns were flooded?"


def test_what_was_done_to_it_is_asked_with_a_pronoun() -> None:
    assert of_what_was_done("and paid by whom?") == "by whom was it paid"
    assert of_what_was_done("said who?") is None
    read = read_after("How tall is the new bridge?", "40 metres", "built when?")
    assert read.text == "when was the new bridge built?"


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("from when on?", "from when did the Bank of Oslo lower rates?"),
        ("starting when?", "from when did the Bank of Oslo lower rates?"),
        ("in exchange for what?", "in exchange for what did the Bank of Oslo lower rates?"),
    ],
)
def test_more_question_words_stand_alone(question: str, full: str) -> None:
    done = complete(question, Turn("", "Which bank lowered rates?", answers=("the Bank of Oslo",)))
    assert done is not None
    assert done.text == full


def test_why_so_few_asks_of_those_counted() -> None:
    done = complete("why so few?", Turn("", "How many ships did the navy send?", answers=("two",)))
    assert done is not None
    assert done.text == "why did the navy send so few ships?"


def test_how_old_is_asked_of_the_person() -> None:
    done = complete("how old?", Turn("", "Who is the man who found the ring?", answers=("Nils Dahl",)))
    assert done is not None
    assert done.text == "how old is Nils Dahl?"


def test_an_unknown_word_of_the_past_is_a_verb() -> None:
    done = complete("by how much?", Turn("", "Which bank hiked first?", answers=("the Bank of Oslo",)))
    assert done is not None
    assert done.text == "by how much did the Bank of Oslo hike first?"


def test_contractions_are_told_in_full() -> None:
    assert expanded("what'd Lie promise?") == "what did Lie promise?"
    assert expanded("who'd rather wait?") == "who would rather wait?"
    assert expanded("whats his job?") == "what is his job?"
    assert expanded("who's there?") == "who's there?"


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("no, I meant the mayor, what did she say?", "what did the mayor say?"),
        ("and Nils Dahl, how old?", "how old is Nils Dahl?"),
        ("sorry, Nils Dahl I mean", "how old is Nils Dahl?"),
        ("in Bergen, who won?", "who won in Bergen?"),
    ],
)
def test_what_is_named_first_is_what_is_asked_about(question: str, full: str) -> None:
    assert read_after("how old is Ann Lee?", "44", question).text == full


def test_a_role_is_told_by_the_name_of_its_only_holder() -> None:
    text = "A fire broke out. Mayor Ann Lee said it was small. Gov. Nils Dahl came. Mayor Lee left."
    assert with_named_roles("what did the mayor say?", text) == "what did Mayor Ann Lee say?"
    assert with_named_roles("what is the governor's plan?", text) == "what is Gov. Nils Dahl's plan?"
    read = read_after("how old is the fire station?", "44", "whom did the mayor call?", text)
    assert (read.way, read.text) == (Way.REFERRING, "whom did Mayor Ann Lee call?")


@pytest.mark.parametrize(
    "text",
    ["Mayor Ann Lee met Mayor Nils Dahl.", "The mayor spoke.", ""],
)
def test_a_role_of_several_or_nobody_stays(text: str) -> None:
    assert with_named_roles("what did the mayor say?", text) is None
    assert with_named_roles("who spoke in the senate?", "Senate Leader Ann Lee spoke.") is None
    assert with_named_roles("what is the mayor's name?", "Mayor Ann Lee came.") is None
    assert with_named_roles("who was the mayor of Oslo?", "Mayor Ann Lee came.") is None


def test_who_was_counted_is_told_where_nothing_answered() -> None:
    """Not "when did something file for jobless claims?"."""
    read = read_after("How many people filed for jobless claims?", "", "when was that?")
    assert read.text == "when did people file for jobless claims?"
