"""Numbers that count a part of what is asked, or something that went with it, and those of the whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Span
from qa.answer import Evidence
from qa.other_events import of_the_whole
from qa.part_counts import counts_part
from qa.question import analyse
from qa.witnesses import witnesses

DIED = "How many people died in the Oostakker fire?"
HURT = "How many people were injured in the Oostakker fire?"
CASES = "How many cases of measles are there in Norway?"


def piece(text: str, answer: str, confidence: float = 0.8, day: int = 9, title: str = "") -> Evidence:
    at = text.index(answer)
    article = Article(f"{day}{text}", title, text, source="Daily", published=date(2024, 5, day))
    return Evidence(article, Span(at, at + len(answer)), Span(0, len(text)), confidence)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (DIED, "Four other people died in the Oostakker fire.", "Four"),
        (DIED, "Another two people died in the Oostakker fire on Friday.", "two"),
        (DIED, "The Oostakker fire killed 12 people, including two firefighters.", "two"),
        (DIED, "Six of them died in the Oostakker fire at once.", "Six"),
        (DIED, "A 54-year-old teacher died in the Oostakker fire.", "54"),
        ("How long is the sentence?", "The sentence of the 54-year-old is not known.", "54-year-old"),
        (DIED, "Three teachers also died in the Oostakker fire.", "Three"),
        (DIED, "In all 45 people died or were injured in the Oostakker fire.", "45"),
        (DIED, "The Oostakker fire killed five people and injured 213.", "213"),
        (DIED, "Five people were killed and 213 injured in the Oostakker fire.", "213"),
        (DIED, "The Oostakker fire killed 300 horses.", "300"),
        (DIED, "The fire left 19 children and two teachers dead in Oostakker.", "19"),
        (DIED, "The fire left 19 children and two teachers dead in Oostakker.", "two"),
        (DIED, "The fire killed two people in Ghent County, officials in Oostakker said.", "two"),
        (DIED, "The fire killed eight people in Oostende, five in Ghent and three in Bruges.", "eight"),
        (DIED, "At 11:30 a.m. firemen found that people had died in Oostakker.", "11"),
        (DIED, "Nobody who died in the Oostakker fire was the only one left.", "one"),
        (DIED, "The Oostakker fire killed 54 children.", "54"),
        (DIED, "The smoke is risky for adults 60 and older, one died in Oostakker.", "60"),
        (DIED, "Of the 10 people who live in the burnt house in Oostakker, six died.", "10"),
        ("How old is Won?", "A 42-year-old man was charged with the attack on Won.", "42"),
        (HURT, "The Oostakker fire killed 12 and injured dozens.", "12"),
        (CASES, "Globally, 16,500 cases of measles have been reported, Norway said.", "16,500"),
        (CASES, "Norway counts for few of the 16,500 cases of measles worldwide.", "16,500"),
        (CASES, "Norway is part of an outbreak with 3,040 cases in 47 countries.", "3,040"),
        (CASES, "Norway reported eight new cases of measles.", "eight"),
        (CASES, "Norway reported its first two cases of measles.", "two"),
        (CASES, "Norway has eight cases of measles among children.", "eight"),
        (
            "How high is the death toll in Turkey?",
            "The death toll reached 11,000 people across Turkey and Syria.",
            "11,000",
        ),
        (CASES, "There are 110 cases of measles in Oslo, the most of all Norway.", "110"),
        (DIED, "Five people were pronounced dead at the scene of the Oostakker fire.", "Five"),
        (DIED, "It will not spread in Oostakker like Hedda did before killing 120 people.", "120"),
        (DIED, "The fire comes months after floods hit Oostakker, killing at least 74 people.", "74"),
        ("How many did Acme lay off?", "Acme laid off half of its staff of 7,500.", "7,500"),
        (DIED, "So many died in no other of the 15 large fires that Oostakker saw.", "15"),
        ("How many cases are there in the US?", "Cases have been found in 34 states of the US.", "34"),
    ],
)
def test_a_part_or_something_else(question: str, text: str, answer: str) -> None:
    assert counts_part(analyse(question), piece(text, answer))


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (DIED, "At least 12 people died in the Oostakker fire.", "12"),
        (DIED, "More than 12 people died in the Oostakker fire.", "More than 12"),
        (DIED, "Twelve people, including two children, died in Oostakker.", "Twelve"),
        (DIED, "Twelve people, including six in Ghent County, died in Oostakker.", "Twelve"),
        (DIED, "The fire in Oostakker killed 12 people and injured 213 others.", "12"),
        (DIED, "The fire left 12 dead and 213 injured in Oostakker.", "12"),
        (DIED, "One person died in the Oostakker fire.", "One"),
        (DIED, "The Oostakker fire killed one.", "one"),
        (HURT, "The Oostakker fire killed 12 people and injured three others.", "three"),
        (HURT, "The Oostakker fire left 12 dead and 213 injured.", "213"),
        ("How many children died in Oostakker?", "21 people died, including 19 children.", "19"),
        ("How many people died in Ghent County?", "The fire killed two people in Ghent County.", "two"),
        (CASES, "Norway has 1,814 of the 16,500 cases of measles worldwide.", "1,814"),
        ("How many people died in the Texas fire?", "The fire killed two people in Waco, Texas.", "two"),
        (DIED, "Months after the fire in Oostakker, the death toll rose to 43.", "43"),
        (CASES, "There were 12 cases of measles in March in Norway.", "12"),
        ("How many new cases are there in Norway?", "Norway reported eight new cases.", "eight"),
        ("How many horses died in the fire?", "The fire killed 300 horses.", "300"),
        (DIED, "Of the 12 people who died in the Oostakker fire, six were guests.", "12"),
        ("How old is Won?", "The 42-year-old general is Won.", "42"),
        ("How many fires burn in Greece?", "In Greece 15 large fires burn.", "15"),
        (DIED, "The fire left 12 victims in Oostakker.", "12"),
        ("How high is the jackpot?", "The jackpot is $2 billion.", "$2 billion"),
    ],
)
def test_the_whole(question: str, text: str, answer: str) -> None:
    assert not counts_part(analyse(question), piece(text, answer))


def test_an_answer_without_a_number_counts_no_part() -> None:
    assert not counts_part(analyse(DIED), piece("Dozens died in Oostakker.", "Dozens"))


def test_an_area_that_the_title_names_is_where_it_happened() -> None:
    text = "The fire killed two people in Ghent County."
    told = piece(text, "two", title="Fire in Ghent County")
    assert not counts_part(analyse(DIED), told)


def test_a_part_neither_agrees_nor_differs() -> None:
    best = piece("Two people died in the Oostakker fire.", "Two")
    part = piece("Two other people died in the Oostakker fire.", "Two", 0.5, 10)
    some = piece("Three teachers also died in the Oostakker fire.", "Three", 0.5, 11)
    later = piece("The death toll of the Oostakker fire rose to five.", "five", 0.2, 12)
    question = analyse(DIED)
    assert of_the_whole(question, [best, part, some, later]) == [best, later]
    assert witnesses(question, best, [best, part, some, later]) == ((), (later,))


def test_an_article_with_a_part_and_the_whole_says_the_whole() -> None:
    best = piece("Two people died in the Oostakker fire.", "Two")
    text = "Two people died in Ghent County. The Oostakker fire killed five people in all."
    whole = Article("w", "Oostakker fire", text, source="Weekly", published=date(2024, 5, 11))
    part = Evidence(whole, Span(0, 3), Span(0, 32), 0.5)
    toll = Evidence(whole, Span(text.index("five"), text.index("five") + 4), Span(33, len(text)), 0.2)
    assert witnesses(analyse(DIED), best, [best, part, toll]) == ((), (toll,))


@given(st.text(max_size=40), st.text(min_size=1, max_size=120))
def test_any_text_can_be_asked(question: str, text: str) -> None:
    whole = Evidence(Article("a", "", text), Span(0, len(text)), Span(0, len(text)), 0.5)
    counts_part(analyse(question), whole)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("What share of the vote did Smit get?", "Smit got 58.5% of the vote in the runoff.", "58.5%"),
        ("How many jobs did the port add?", "The port added 2,600 new jobs in May.", "2,600"),
        (DIED, "Children are among 35 people killed in Friday’s fire in Oostakker.", "35"),
        ("How many Belgians died in the fire?", "The fire killed 14 Belgian tourists.", "14"),
    ],
)
def test_shares_new_jobs_and_days_make_no_part(question: str, text: str, answer: str) -> None:
    assert not counts_part(analyse(question), piece(text, answer))


def test_another_people_is_not_counted() -> None:
    told = piece("The attack killed 1,400 Dutch soldiers.", "1,400")
    assert counts_part(analyse("How many Belgians died in the attack?"), told)


def test_the_number_with_the_outcome_asked_for_counts_the_whole() -> None:
    best = piece("The Oostakker fire injured 40 people.", "40")
    told = piece("The Oostakker fire left 17 dead and 52 injured.", "17", 0.4, 10)
    found = of_the_whole(analyse(HURT), [best, told])
    assert [one.answer for one in found] == ["40", "52"]
