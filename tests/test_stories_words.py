"""Which words tell an event, and how alike two profiles are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stories_words import KEPT, Profile, ProfileTable, profile_of

FIRE = profile_of("Fire guts Ghent market hall", "Flames destroyed the market hall of Ghent on Monday.")


def cosine(one: Profile, other: Profile) -> float:
    return float(ProfileTable([other]).cosines(one)[0])


def test_a_report_in_other_words_is_nearer_than_another_event() -> None:
    same = profile_of("Ghent's market hall burns down", "The hall on the market of Ghent burned on Monday.")
    other = profile_of(
        "Mayor opens market in Bruges", "Bruges has a new market since Monday, its mayor said."
    )
    assert cosine(FIRE, same) > 0.5 > 0.3 > cosine(FIRE, other)


def test_rare_words_weigh_more_than_common_ones() -> None:
    by_name = profile_of("", "Oostakker police")
    by_common = profile_of("", "government police")
    text = profile_of("", "Oostakker government")
    assert cosine(text, by_name) > cosine(text, by_common)


def test_the_title_weighs_more_than_the_text() -> None:
    titled, told = profile_of("Oostakker", "Zelzate"), profile_of("Zelzate", "Oostakker")
    assert cosine(profile_of("", "Oostakker"), titled) > cosine(profile_of("", "Oostakker"), told)


def test_spelling_and_stop_words_do_not_matter() -> None:
    assert cosine(profile_of("", "the U.S. bombed Raqqa"), profile_of("", "United States bombs RAQQA")) == (
        pytest.approx(1.0)
    )


def test_a_text_without_words_is_like_none() -> None:
    empty = profile_of("", "… – !")
    assert cosine(empty, FIRE) == cosine(FIRE, empty) == cosine(empty, empty) == 0.0
    assert ProfileTable([]).cosines(FIRE).shape == (0,)


def test_a_long_article_keeps_its_weightiest_words() -> None:
    long = profile_of("Oostakker", " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(600)))
    assert len(long.words) == KEPT
    assert cosine(long, profile_of("Oostakker", "")) > 0


def test_a_profile_comes_back_from_its_bytes() -> None:
    back = Profile.from_bytes(FIRE.to_bytes())
    assert back.words.tolist() == FIRE.words.tolist()
    assert back.weights.tolist() == FIRE.weights.tolist()


TEXTS = st.lists(st.text("abc ", max_size=30), min_size=1, max_size=8)


@given(TEXTS)
def test_a_table_compares_as_two_profiles_do_one_by_one(texts: list[str]) -> None:
    profiles = [profile_of(text, text) for text in texts]
    found = np.array([ProfileTable(profiles).cosines(profile) for profile in profiles])
    for row, one in enumerate(profiles):
        for column, other in enumerate(profiles):
            by_word = dict(zip(other.words.tolist(), other.weights.tolist(), strict=True))
            slow = sum(
                weight * by_word.get(word, 0.0)
                for word, weight in zip(one.words.tolist(), one.weights.tolist(), strict=True)
            )
            assert found[row, column] == pytest.approx(slow)
    # To the bit: a link must not depend on which of the two was there first.
    assert (found == found.T).all()
