"""Passages: nothing lost, nothing too long, and breaks where they are cheapest."""

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.article import Span
from index.cuts import cut_span, shorten
from index.passages import EncoderLimit, PassageSpan, passage_cost, split_passages
from index.sentences import split_sentences
from index.tokens import count_tokens

PARTS = [
    *(
        "He left. ",
        "She stayed at home, it seems; ",
        "U.S. ",
        "\n\n",
        "\n",
        " ",
        ". ",
        "“Yes.” ",
        "https://x.org/a?b=c ",
    ),
    *("ประเทศไทย", "👩‍👩‍👧‍👦", "QmFzZTY0", "e\u0301", "東京。", "Why? ", "\u2029", "\ud800", "x" * 40),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
COUNTS: dict[str, Callable[[str], int]] = {
    "tokens": count_tokens,
    "characters": len,
    "words": lambda text: len(text.split()),
    "bytes": lambda text: len(text.encode("utf-8", "surrogatepass")),
}
by_count = pytest.mark.parametrize("count", COUNTS.values(), ids=COUNTS.keys())


def words(text: str) -> int:
    return len(text.split())


def letters(texts: Sequence[str]) -> list[int]:
    """Stands in for an encoder whose tokens are far smaller than ours, plus its two special tokens."""
    return [2 + len(text.encode("utf-8", "surrogatepass")) for text in texts]


def split(text: str, budget: int, count: Callable[[str], int] = words, overlap: int = 0) -> list[PassageSpan]:
    return split_passages(text, split_sentences(text), budget=budget, count=count, overlap=overlap)


def texts_of(text: str, passages: Sequence[Span]) -> list[str]:
    return [passage.of(text) for passage in passages]


@by_count
@settings(deadline=None)
@given(text=TEXTS, budget=st.integers(1, 40), overlap=st.integers(0, 2))
def test_no_passage_exceeds_the_budget(
    count: Callable[[str], int], text: str, budget: int, overlap: int
) -> None:
    for passage in split(text, budget, count, overlap):
        assert count(passage.of(text)) <= budget or passage.end - passage.start == 1


@by_count
@settings(deadline=None)
@given(text=TEXTS, budget=st.integers(1, 40), overlap=st.integers(0, 2))
def test_nothing_is_lost(count: Callable[[str], int], text: str, budget: int, overlap: int) -> None:
    held: set[int] = set()
    for passage in split(text, budget, count, overlap):
        held.update(range(passage.start, passage.end))
    assert all(at in held or character.isspace() for at, character in enumerate(text))


@settings(deadline=None)
@given(text=TEXTS, budget=st.integers(1, 40))
@example(text="00102\r\u2028\u202800105102", budget=11)  # too long only with the gap before it
def test_passages_are_runs_of_whole_sentences(text: str, budget: int) -> None:
    sentences = split_sentences(text)
    for passage in split(text, budget, count_tokens):
        run = sentences[passage.first : passage.last]
        assert run[0].start <= passage.start < passage.end <= run[-1].end
        # Only a sentence that is too long by itself is cut.
        for edge, sentence, place in ((passage.start, run[0], "start"), (passage.end, run[-1], "end")):
            assert edge == getattr(sentence, place) or count_tokens(sentence.of(text)) > 0.8 * budget


@settings(deadline=None)
@given(text=TEXTS, budget=st.integers(1, 40))
def test_without_overlap_passages_follow_one_another(text: str, budget: int) -> None:
    for one, other in pairwise(split(text, budget, count_tokens)):
        assert one.end <= other.start
        assert other.first - one.last in (0, -1)


@settings(deadline=None)
@given(text=TEXTS, budget=st.integers(5, 40), most=st.integers(4, 60))
def test_the_encoder_reads_every_passage_whole(text: str, budget: int, most: int) -> None:
    limit = EncoderLimit(letters, most)
    passages = split_passages(text, split_sentences(text), budget=budget, count=count_tokens, limit=limit)
    for passage in passages:
        assert letters([passage.of(text)])[0] <= most or passage.end - passage.start == 1
    assert "".join("".join(texts_of(text, passages)).split()) == "".join(text.split())


def test_the_title_counts_against_the_limit() -> None:
    text = "One two three. Four five six."
    limit = EncoderLimit(letters, 40, lambda passage: f"Ten chars.{passage}")
    passages = split_passages(text, split_sentences(text), budget=99, count=words, limit=limit)
    assert texts_of(text, passages) == ["One two three.", "Four five six."]


def test_a_title_that_leaves_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="52 of the encoder's 100 tokens are not the passage's"):
        EncoderLimit(letters, 100, lambda passage: "t" * 50 + passage)


@pytest.mark.parametrize("budget", [1, 4, 9])
@settings(deadline=None)
@given(lengths=st.lists(st.integers(1, 9), max_size=9), rests=st.lists(st.booleans(), min_size=9, max_size=9))
def test_breaks_are_the_cheapest_of_all(budget: int, lengths: list[int], rests: list[bool]) -> None:
    lengths = [min(length, budget) for length in lengths]
    parts = [
        " ".join(["Ab"] * length) + "." + ("\n\n" if rest else " ")
        for length, rest in zip(lengths, rests, strict=False)
    ]
    text = "".join(parts)
    passages = split(text, budget)
    # The reference tries every way to cut the list of sentences into runs that fit.
    cheapest = min(_costs(lengths, [*rests[: len(lengths) - 1], bool(parts) and "\n" in parts[-1]], budget))
    assert sum(_cost(lengths, rests, text, passage, budget) for passage in passages) == pytest.approx(
        cheapest
    )


def _costs(lengths: list[int], rests: list[bool], budget: int) -> list[float]:
    if not lengths:
        return [0.0]
    found = []
    for size in range(1, len(lengths) + 1):
        tokens = sum(lengths[:size])
        if tokens <= budget:
            cost = passage_cost(tokens / budget, rests[size - 1])
            found += [cost + later for later in _costs(lengths[size:], rests[size:], budget)]
    return found


def _cost(lengths: list[int], rests: list[bool], text: str, passage: PassageSpan, budget: int) -> float:
    return passage_cost(sum(lengths[passage.first : passage.last]) / budget, rests[passage.last - 1])


CHOICES = {
    "all in one": ("Ab ab. Be be.", 4, ["Ab ab. Be be."]),
    "balanced, no tiny rest": ("Ab ab. Be be. Do do. Go go.", 6, ["Ab ab. Be be.", "Do do. Go go."]),
    "at a paragraph's end": ("Ab ab ab. Be.\n\nDo. Go go go.", 7, ["Ab ab ab. Be.", "Do. Go go go."]),
    "not behind a heading": (
        "Ab ab ab ab.\n\nHeading\n\nDo do. Go.",
        5,
        ["Ab ab ab ab.", "Heading\n\nDo do. Go."],
    ),
    "long sentence at a clause": ("Ab be do go, up at it by.", 5, ["Ab be do go,", "up at it by."]),
    "long sentence at a space": ("Ab be do go up at.", 3, ["Ab be do", "go up at."]),
}


@pytest.mark.parametrize(("text", "budget", "expected"), CHOICES.values(), ids=CHOICES.keys())
def test_where_it_breaks(text: str, budget: int, expected: list[str]) -> None:
    assert texts_of(text, split(text, budget)) == expected


def test_overlap_repeats_sentences_that_fit() -> None:
    text = "Ab ab. Be be. Do do. Go go. Up up up up up."
    passages = split(text, 6, overlap=1)
    assert texts_of(text, passages) == ["Ab ab. Be be. Do do.", "Do do. Go go.", "Up up up up up."]
    assert [(passage.first, passage.last) for passage in passages] == [(0, 3), (2, 4), (4, 5)]


@pytest.mark.parametrize(("budget", "overlap"), [(0, 0), (1, -1)])
def test_impossible_sizes_are_refused(budget: int, overlap: int) -> None:
    with pytest.raises(ValueError, match=f"budget is {budget} and overlap {overlap}"):
        split_passages("A.", [Span(0, 2)], budget=budget, overlap=overlap, count=len)


def test_a_word_without_spaces_is_cut_between_its_characters() -> None:
    text = "e\u0301" * 20
    parts = [span.of(text) for span in cut_span(text, Span(0, 40), budget=7, count=len)]
    assert "".join(parts) == text
    assert all(part[0] == "e" for part in parts)


@settings(deadline=None)
@given(TEXTS, st.integers(1, 30))
def test_a_shortened_text_is_its_beginning(text: str, budget: int) -> None:
    short = shorten(text, budget=budget, count=count_tokens)
    assert text.strip().startswith(short)
    assert count_tokens(short) <= budget or len(short) == 1


@pytest.mark.parametrize("unit", ["word ", ".", "ab\n", "a.\n\n", "ก", "QmFzZTY0", "😀", " "], ids=repr)
def test_time_is_linear_for_hostile_text(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    started = time.process_time()
    split(text, 128, count_tokens)
    assert time.process_time() - started < 5
