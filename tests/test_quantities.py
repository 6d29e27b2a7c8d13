"""Numbers with their units, and when two are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.quantities import Quantity, find_quantities, quantities, same_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12", 12, ""),
        ("Twelve horses", 12, ""),
        ("twenty-three", 23, ""),
        ("two hundred and five", 205, ""),
        ("two thousand and five", 2005, ""),
        ("a dozen", 12, ""),
        ("half a million", 500_000, ""),
        ("a million", 1_000_000, ""),
        ("18K", 18_000, ""),
        ("28,500 troops", 28_500, ""),
        ("$2 billion", 2e9, "$"),
        ("2bn dollars", 2e9, "$"),
        ("$787.5M", 787.5e6, "$"),
        ("US$5", 5, "$"),
        ("£3bn", 3e9, "£"),
        ("40%", 40, "%"),
        ("40 per cent", 40, "%"),
        ("1.2 million acres", 1.2e6, "acre"),
        ("225-page", 225, ""),
        ("7.8-magnitude", 7.8, ""),
        ("75 basis points", 0.75, "%"),
        ("three-quarters of a percentage point", 0.75, "%"),
        ("a half-point", 0.5, "%"),
        ("a quarter point", 0.25, "%"),
        ("two-thirds of Americans", 200 / 3, "%"),
        ("a third of voters", 100 / 3, "%"),
        ("one-fifth", 20, "%"),
        ("a quarter of a million", 1e6, ""),
        ("two hours", 120, "minute"),
        ("90 seconds", 1.5, "minute"),
        ("one hour and 54 minutes", 114, "minute"),
        ("2 hours, 3 minutes and 30 seconds", 123.5, "minute"),
        ("two weeks", 14, "day"),
        ("7-foot-6", 7.5, "foot"),
        ("6 feet 3 inches", 6.25, "foot"),
        ("a 5-foot-6-inch wall", 5.5, "foot"),
        ("16 km", 9.9424, "mile"),
    ],
)
def test_a_number_is_read(text: str, value: float, unit: str) -> None:
    (found,) = quantities(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        *("", "hundreds", "several thousand", "someone", "attendance", "It", "x" * 400),
        *("third-quarter earnings", "the third of May", "came in third", "a quarter final"),
    ],
)
def test_a_text_without_a_number(text: str) -> None:
    assert quantities(text) == ()


def test_how_exact_a_number_is() -> None:
    # $141 million is told to a million, 28,500 to a hundred, 140,937,785 to one; "nearly" makes it rough.
    assert quantities("$141 million")[0].step == 1e6
    assert quantities("28,500")[0].step == 100
    assert quantities("140,937,785")[0].step == 1
    assert quantities("nearly 2,000")[0].rough
    assert not quantities("at least 36")[0].rough


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12", "twelve", True),
        ("75 basis points", "three-quarters of a percentage point", True),
        ("half a point", "0.75 percentage points", False),
        ("two-thirds", "66% of voters", True),
        ("two-thirds", "48%", False),
        ("in 1970", "1976", False),
        ("2020", "2018", False),
        ("1,970", "1,976 people", True),
        ("about 2000", "2018 troops", True),
        ("$2 billion", "2bn dollars", True),
        ("134 to 63", "134-63", True),
        ("$141 million", "$140,937,785", True),  # rounded to a million
        ("$1.35 billion", "$1.348 billion", True),
        ("nearly $1 billion", "$940 million", True),  # rough, 6 % off
        ("about 200", "199", True),
        ("$141 million", "$139 million", False),
        ("93", "96", False),
        ("150", "155", False),
        ("between $25 and $40 billion", "$25 billion to $40 billion", True),  # a range told in two ways
        ("25-40 percent", "25% to 40%", True),
        ("5 to 7 million", "5 million to 7 million", True),
        ("$25 to $40 billion", "$45 billion to $55 billion", False),
        ("900,000 to 1.2 million", "900,000,000,000 to 1.2 million", False),
        ("12 and 40 million", "12 million and 40 million", False),  # each for itself
        ("20", "19", False),
        ("5", "5 million", False),
        ("5", "5 percent", False),
        ("5 miles", "5 km", False),
        ("more than 1,400", "1,300", False),
        ("more than 100 million", "some 98 million", False),  # on the side where it is not
        ("more than 100 million", "some 104 million", True),
        ("nearly 1 million acres", "1.1 million acres", False),
        ("almost 10%", "9.6%", True),
        ("nearly 200", "more than 200", True),
        ("16 km", "10 miles", True),
        ("114 minutes", "one hour and 54 minutes", True),
        ("7-foot-5", "7-foot-2", False),
        ("134 to 63", "134 to 60", False),
        ("", "12", False),
    ],
)
def test_two_numbers_say_the_same(one: str, other: str, same: bool) -> None:
    assert same_quantities(quantities(one), quantities(other)) is same
    assert same_quantities(quantities(other), quantities(one)) is same


def test_numbers_of_different_units_cannot_be_compared() -> None:
    miles, kilometres, bare = Quantity(5, "mile", 1), Quantity(5, "kilometer", 1), Quantity(5, "", 1)
    assert not miles.comparable(kilometres)
    assert miles.comparable(bare)
    assert not Quantity(5, "%", 1).comparable(bare)


@given(st.text(max_size=200))
def test_any_text_is_read_and_places_hold(text: str) -> None:
    for place, found in find_quantities(text):
        assert 0 <= place.start < place.end <= len(text)
        assert found.same(found)


@pytest.mark.parametrize(
    "run", ["1,000" * 2_000, "two " * 4_000, "$ " * 5_000, "half a " * 3_000, "9" * 9_000]
)
def test_long_runs_take_no_time(run: str) -> None:
    find_quantities(run)
