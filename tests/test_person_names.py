"""Names that mean one person, and people found in a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from qa.people import Gender, full_name, people
from qa.person_names import name_parts, same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Gen. Mark Milley", "General Milley", True),
        ("Milley", "General Mark Milley", True),
        ("Maui Police Chief John Pelletier", "Pelletier", True),
        ('William "Mo" Cowan', "Mo Cowan", True),
        ("Tim Ryan", "Representative Timothy Ryan of Ohio", True),
        ("Jesse Jackson Jr.", "Jesse L. Jackson", True),
        ("J. Edgar Hoover", "John Hoover", True),
        ("Ursula von der Leyen", "Ms. von der Leyen", True),
        ("Xóchitl Gálvez", "Xochitl Galvez", True),
        ("Volodymyr Zelenskyy", "Zelensky", True),
        (unicodedata.normalize("NFD", "Xóchitl Gálvez"), "Gálvez", True),
        ("Joe Biden", "Jill Biden", False),
        ("North Korea", "South Korea", False),
        ("Milley", "Austin", False),
        ("the general", "General Milley", False),
        ("", "Milley", False),
    ],
)
def test_same_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_titles_and_what_follows_a_comma_are_no_part_of_a_name() -> None:
    assert name_parts("Rep. Tim Ryan, the challenger") == ("tim", "ryan")
    assert name_parts("12 people") == ()


TEXT = "Mr. Mark Milley met Angela Merkel. Milley left for Georgia State. The White House was silent."


def test_people_are_named_by_title_given_name_or_again_by_family_name() -> None:
    found = people(TEXT, Span(0, len(TEXT)))
    assert [(person.span.of(TEXT), person.gender) for person in found] == [
        ("Mark Milley", Gender.MALE),
        ("Angela Merkel", Gender.FEMALE),
        ("Milley", Gender.MALE),
    ]
    assert full_name(TEXT, found[2]).of(TEXT) == "Mark Milley"


def test_a_family_of_two_has_no_full_name() -> None:
    text = "Bill Clinton and Hillary Clinton came. Mr. Clinton spoke."
    clinton = people(text, Span(39, len(text)))[0]
    assert full_name(text, clinton).of(text) == "Clinton"


@given(st.text(max_size=300))
def test_any_text_has_people_at_their_places(text: str) -> None:
    for person in people(text, Span(0, len(text))):
        assert person.span.of(text)
        assert full_name(text, person).of(text)
    name_parts(text)


def test_a_long_run_of_names_takes_no_time() -> None:
    text = "Gen. Mark " * 3_000
    people(text, Span(0, len(text)))
