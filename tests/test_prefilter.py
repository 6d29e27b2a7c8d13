"""Which sentences get a vector: the best by the reader and by words, by hand."""

from qa.prefilter import worth_encoding
from qa.question import analyse

QUESTION = analyse("Who met Milley in Seoul?")
TEXTS = ["Bread rose.", "Milley met Won.", "He left.", "Prices fell.", "Ships sailed."]


def rarity(_: str) -> float:
    return 2.0


def worth(readings: list[float], most: int, around: list[str] | None = None) -> set[int]:
    return set(worth_encoding(QUESTION, TEXTS, around or [""] * 5, readings, rarity, most))


def test_the_best_by_words_and_the_best_by_reading() -> None:
    assert worth([-9, -9, 3, -9, -9], 1) == {1, 2}


def test_words_around_a_sentence_count_less_than_its_own() -> None:
    # Of met, Milley, Seoul: the second has two itself; the fourth has two before it, so half as much.
    assert worth([-9, -9, 3, -9, -9], 2, ["", "", "", "Milley met them.", ""]) == {0, 1, 2, 3}


def test_few_sentences_are_all_worth_it() -> None:
    assert worth([-9.0] * 5, 12) == set(range(5))
    assert worth_encoding(QUESTION, [], [], [], rarity) == frozenset()


def test_ties_go_to_the_first() -> None:
    assert worth_encoding(QUESTION, ["x", "x", "x"], ["", "", ""], [-9, -9, -9], rarity, 1) == {0}
