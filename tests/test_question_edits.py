"""Questions changed so that their paragraph no longer answers them."""

import numpy as np
import pytest

from training.antonyms import ANTONYMS
from training.question_edits import edited

TEXT = (
    "In 2016 Ana Ruiz founded Banco Azul in Lima, which opened 40 branches by 2019. "
    "Her brother Luis Ruiz, who lived in Quito, sold Casa Verde in 2012."
)


def _edits(question: str, answer: str, draws: int = 200) -> set[str]:
    found = (edited(question, TEXT, [answer], np.random.default_rng(seed)) for seed in range(draws))
    return {changed for changed in found if changed}


def test_a_name_is_swapped_for_another_of_the_text() -> None:
    assert "Who founded Casa Verde?" in _edits("Who founded Banco Azul?", "Ana Ruiz")


def test_a_number_is_swapped_for_another_of_its_length() -> None:
    found = _edits("What did Ana Ruiz found in 2016?", "Banco Azul")
    assert "What did Ana Ruiz found in 2012?" in found


def test_an_opposite_and_a_negation() -> None:
    found = _edits("Which bank was founded first?", "Banco Azul")
    assert {"Which bank was founded last?", "Which bank was dissolved first?"} <= found
    assert "Which bank wasn't founded first?" in found


@pytest.mark.parametrize(
    ("question", "answer"), [("Who founded Banco Azul?", "Ana Ruiz"), ("Where is Banco Azul?", "Lima")]
)
def test_every_edit_changes_the_question_and_never_gives_the_answer(question: str, answer: str) -> None:
    found = _edits(question, answer)
    assert found
    assert question not in found
    assert not any(answer in changed for changed in found)


def test_no_rule_no_edit() -> None:
    assert edited("why", TEXT, [], np.random.default_rng(0)) is None


def test_opposites_go_both_ways() -> None:
    assert all(word in ANTONYMS[other] for word, others in ANTONYMS.items() for other in others)
