"""Decoding spans: against brute force, and the words they are trimmed to."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qa.spans import (
    ScoredSpan,
    best_token_spans,
    decode,
    whole_measure,
    whole_name,
    whole_words,
    without_overlaps,
)

# Few values, so that ties are frequent.
VALUES = st.sampled_from([-2.0, -0.5, 0.0, 1.0, 3.0])
LOGITS = st.integers(0, 12).flatmap(lambda size: st.tuples(*[arrays(np.float32, size, elements=VALUES)] * 2))


def brute_force(
    start: np.ndarray, end: np.ndarray, null: float, longest: int, count: int
) -> list[tuple[int, int, float]]:
    """Every span, best first, each kept that overlaps no kept one."""
    spans = [
        (first, last, float(start[first]) + float(end[last]) - null)
        for first, last in product(range(len(start)), repeat=2)
        if first <= last < first + longest
    ]
    kept: list[tuple[int, int, float]] = []
    for span in sorted(spans, key=lambda span: (-span[2], span[0], span[1])):
        if len(kept) < count and all(span[1] < other[0] or other[1] < span[0] for other in kept):
            kept.append(span)
    return kept


@given(
    logits=LOGITS, null=st.sampled_from([-1.0, 0.0, 4.5]), longest=st.integers(1, 14), count=st.integers(1, 6)
)
def test_best_spans_are_those_of_brute_force(
    logits: tuple[np.ndarray, np.ndarray], null: float, longest: int, count: int
) -> None:
    found = best_token_spans(*logits, null, longest=longest, count=count)
    assert found == brute_force(*logits, null, longest, count)


def test_start_and_end_are_chosen_together() -> None:
    # The best start (token 2) comes behind the best end (token 0): alone they would make no span.
    start, end = np.array([1, 0, 5], np.float32), np.array([6, 0, 1], np.float32)
    assert best_token_spans(start, end, 2.0, longest=3, count=2) == [(0, 0, 5.0), (2, 2, 4.0)]


def test_windows_compare_by_what_they_gain_over_no_answer() -> None:
    logits = np.array([4], np.float32)
    (unsure,) = best_token_spans(logits, logits, 9.0, longest=1, count=1)
    (sure,) = best_token_spans(logits, logits, 1.0, longest=1, count=1)
    assert (unsure[2], sure[2]) == (-1.0, 7.0)


@pytest.mark.parametrize(("longest", "count"), [(0, 1), (1, 0)])
def test_limits_below_one_are_refused(longest: int, count: int) -> None:
    with pytest.raises(ValueError, match="must be at least 1"):
        best_token_spans(np.zeros(2, np.float32), np.zeros(2, np.float32), 0.0, longest=longest, count=count)


def test_arrays_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"alike and flat, not \(2,\) and \(3,\)"):
        best_token_spans(np.zeros(2, np.float32), np.zeros(3, np.float32), 0.0, longest=1, count=1)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("met Gen[er]al Won", "General"),
        ("met[ General Won, ]who", "General Won"),
        ("about 1[,00]0.5 tonnes", "1,000.5"),
        ("in 20[21]. 5 died", "2021"),
        ("said: [“no”]", "“no”"),
        ("Kyi[v,] where", "Kyiv"),
        ("one[, ]two", ""),
    ],
)
def test_spans_are_trimmed_to_whole_words(marked: str, expected: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = whole_words(text, start, end)
    assert text[slice(*found)] == expected


@given(text=st.text('ab1 .,;\n’é中"“”', max_size=20), data=st.data())
def test_whole_words_stay_inside_the_text_and_settle(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = whole_words(text, start, end)
    assert 0 <= first <= last <= len(text)
    if first < last:
        assert whole_words(text, first, last) == (first, last)


def test_decode_gives_characters_without_overlaps() -> None:
    text = "Milley met General Won."
    # "Wo" and "##n" are two tokens: both spans widen to the same word, which is given once.
    offsets = np.array([[0, 6], [7, 10], [11, 18], [19, 21], [21, 22], [22, 23]], np.int32)
    start = np.array([1, -9, 0, 5, 4, -9], np.float32)
    end = np.array([1, -9, -9, 5, 4, -9], np.float32)
    spans = decode(text, start, end, 0.0, offsets, count=3)
    assert [(text[s.start : s.end], s.score) for s in spans] == [("Won", 10.0), ("Milley", 2.0)]


def test_no_tokens_give_no_spans() -> None:
    empty = np.zeros(0, np.float32)
    assert decode("", empty, empty, 0.0, np.zeros((0, 2), np.int32)) == []


def test_the_better_of_two_overlapping_spans_is_kept() -> None:
    spans = [ScoredSpan(0, 5, 1.0), ScoredSpan(4, 8, 2.0), ScoredSpan(8, 9, 0.5), ScoredSpan(3, 3, 9.0)]
    assert without_overlaps(spans) == [spans[1], spans[2]]


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("met General In-Choul Won, the chairman", "General In-Choul", "General In-Choul Won"),
        ("Milley met Won.", "Milley", "Milley"),
        ("the general Mark Milley", "the general", "the general"),
        ("in Seoul, South Korea", "Seoul", "Seoul"),
        ("the New York Times Company said", "New York", "New York Times Company"),
        ("at Joint Chiefs of Staff", "Joint", "Joint Chiefs"),
    ],
)
def test_a_name_is_not_cut_short(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    assert text[start : whole_name(text, start, start + len(cut), len(text))] == whole


def test_a_name_does_not_run_over_the_limit() -> None:
    text = "said Won Austin left"
    assert whole_name(text, 5, 8, len("said Won")) == 8


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("took 11 hours and 55 minutes to orbit", "11 hours", "11 hours and 55 minutes"),
        ("after 2 hours, 3 minutes and 4 seconds.", "2 hours", "2 hours, 3 minutes and 4 seconds"),
        ("a six feet two inches tall man", "six feet", "six feet two inches"),
        ("in 10 minutes and 2 hours later", "10 minutes", "10 minutes"),
        ("jailed for a year, six months after the trial", "a year", "a year"),
        ("for 11 hours and 55 people", "11 hours", "11 hours"),
        ("for 30 seconds and 6 feet", "30 seconds", "30 seconds"),
        ("last year, two months", "last year", "last year"),
    ],
)
def test_a_measure_is_not_cut_short(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    assert text[start : whole_measure(text, start, start + len(cut), len(text))] == whole


def test_a_measure_does_not_run_over_the_limit() -> None:
    text = "took 11 hours and 55 minutes"
    assert whole_measure(text, 5, 13, 20) == 13


@pytest.mark.parametrize(
    ("text", "span", "kept"),
    [
        ('back an "end of war declaration" as', '"end of war declaration', "end of war declaration"),
        ('back an "end of war declaration" as', '"end of war declaration"', '"end of war declaration"'),
        ("said “never again” twice", "never again”", "never again"),
        (
            'take "operational control" of forces',
            'operational control" of forces',
            '"operational control" of forces',
        ),
        ('to back an "end of war declaration".', 'back an "end of war', 'back an "end of war'),
        ("back an “end of war” as", "back an “end of war", "back an “end of war”"),
        ("“End of war” is what", "End of war” is", "“End of war” is"),
        ('a "', '"', ""),
        ('he said "no," twice', 'no,"', "no"),
    ],
)
def test_a_quotation_mark_does_not_stand_without_its_partner(text: str, span: str, kept: str) -> None:
    start = text.index(span)
    begin, end = whole_words(text, start, start + len(span))
    assert text[begin:end] == kept


def test_what_a_text_asks_itself_is_no_answer() -> None:
    text = "How many? Seven."
    offsets = np.array([[0, 3], [4, 8], [8, 9], [10, 15], [15, 16]], np.int32)
    start = np.array([9.0, 0.0, 0.0, 3.0, 0.0], np.float32)
    end = np.array([0.0, 9.0, 0.0, 3.0, 0.0], np.float32)
    found = decode(text, start, end, 0.0, offsets, longest=2, count=2)
    assert [text[span.start : span.end] for span in found] == ["Seven"]
