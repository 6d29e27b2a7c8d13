"""One form for what is written in several ways, and never for what is not the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import join_numbers
from index.spelling import one_spelling
from index.words import compound_forms, content_forms, form_set, name_forms, spell_out, words

SAME = [
    # acronyms and full names
    ("UN", "United Nations"), ("the U.N.", "the united nations"), ("EU", "European Union"), ("E.U.", "EU"),
    ("WHO", "World Health Organisation"), ("NATO", "North Atlantic Treaty Organization"), ("Nato", "NATO"),
    ("IMF", "International Monetary Fund"), ("FBI", "the Federal Bureau of Investigation"),
    # the United States and Kingdom
    ("U.S.", "United States"), ("the us", "the U.S."), ("u.s.", "USA"), ("united states", "American"),
    ("us president", "U.S. president"), ("uk", "United Kingdom"), ("u.k.", "British"),
    # possessives
    ("Milley's", "Milley"), ("the ministers’", "ministers"), ("James's", "James"),
    # numbers
    ("twelve", "12"), ("2.5 million", "2,500,000"), ("2.5m", "2.5 million"), ("$3bn", "$3 billion"),
    ("two hundred", "200"), ("twenty-five", "25"), ("Twenty five", "25"), ("half a million", "500,000"),
    ("three hundred and fifty", "350"), ("1,500", "1500"), ("5 per cent", "5%"), ("5 percent", "5%"),
    ("21st", "21"),
    # British and American
    ("colour", "color"), ("honoured", "honored"), ("organise", "organize"),
    ("organisations", "organizations"),
    ("centre", "center"), ("theatre", "theater"), ("kilometres", "kilometers"), ("travelled", "traveled"),
    ("defence", "defense"), ("licence", "license"), ("analysed", "analyzed"), ("programme", "program"),
    ("Labour", "labor"), ("neighbours", "neighbors"), ("behaviour", "behavior"),
    ("paediatric", "pediatric"),
    ("anaemia", "anemia"), ("dialogue", "dialog"), ("cheque", "check"), ("grey", "gray"),
    ("jewellery", "jewelry"),
    ("fulfil", "fulfill"), ("manoeuvre", "maneuver"), ("mum", "mom"), ("sceptical", "skeptical"),
    # transliterations, marks, hyphens
    ("Kiev", "Kyiv"), ("Zelensky", "Zelenskyy"), ("Gaddafi", "Qaddafi"), ("al-Qaeda", "al-Qaida"),
    ("Hizbollah", "Hezbollah"), ("Erdoğan", "Erdogan"), ("Zoë", "Zoe"), ("Łódź", "Lodz"),
    ("In-Choul", "In-choul"),
    ("co-operation", "cooperation"), ("e-mail", "email"), ("re-election", "reelection"),
]  # fmt: skip

DIFFERENT = [
    ("US", "us"), ("who", "WHO"), ("2 million", "2 billion"), ("2.5", "25"), ("promise", "promote"),
    ("hour", "hor"),
    ("rise", "rize"), ("four", "for"), ("Iran", "Iraq"), ("Korea", "Turkey"), ("tonne", "ton"),
    ("5 m", "5 million"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_form(one: str, other: str) -> None:
    assert content_forms(one) == content_forms(other) != ()


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_forms(one: str, other: str) -> None:
    assert content_forms(one) != content_forms(other)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("twenty one thousand two hundred", "21200"),
        ("one hundred and one nights", "101 nights"),
        ("six hundred thousand", "600000"),
        ("1.2345678 million", "1.2345678 million"),  # no whole number
        ("nineteen eighty-four", "nineteen eighty-four"),  # a year
        ("one, two, three", "one, two, three"),
        ("one or two of them", "one or two of them"),
        ("thirty and forty", "thirty and forty"),
        ("a five year plan", "a five year plan"),
        ("", ""),
    ],
)
def test_numbers_of_several_words(text: str, joined: str) -> None:
    assert join_numbers(text) == joined


def test_accents_that_are_marks_of_their_own_do_not_divide_words() -> None:
    name = "Xóchitl Gálvez’s"
    assert content_forms(unicodedata.normalize("NFD", name)) == content_forms(name) == ("xochitl", "galvez")


def test_a_compound_is_found_by_its_parts_and_as_one_word() -> None:
    assert compound_forms("General In-Choul Won") == ("inchoul",)
    assert compound_forms("a-b-c-d-e-f g- h") == ("abcd", "ef")
    assert compound_forms("x" * 100_000) == ()
    assert {"choul", "inchoul"} <= form_set("General In-Choul Won")


def test_a_name_known_by_its_initials_is_found_by_its_words_too() -> None:
    assert name_forms("the European Union") == ("europ", "union")
    assert {"eu", "union"} <= form_set("the European Union")
    assert "union" not in form_set("the EU")


def test_names_stay_words_with_their_places() -> None:
    text = "The United Nations sent 2.5 million dollars."
    spelt = spell_out(text)

    assert spelt == "The UN sent 2500000 dollars."
    assert all(spelt[word.start : word.end].startswith(word.text) for word in words(text))


@pytest.mark.parametrize(
    "word", ["promise", "exercise", "hour", "tour", "four", "rise", "wise", "raised", "visited"]
)
def test_words_that_only_look_british_stay(word: str) -> None:
    assert one_spelling(word) == word


@given(st.text())
def test_any_text_has_forms(text: str) -> None:
    assert set(content_forms(text)) <= form_set(text)
    assert join_numbers(join_numbers(text)) == join_numbers(text)
