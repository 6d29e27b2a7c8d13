"""Sentences: each rule on a case of its own, and what must hold for any text at all."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.sentences import split_sentences

# The mark stands where a sentence ends. Ids say which rule a case is for.
CASES = {
    "plain": "He left. ⏎She stayed! ⏎Did it rain? ⏎It did.",
    "straight quotes": '"It works," he said. ⏎"We know." ⏎Then he left.',
    "typographic quotes": "“It works,” he said. ⏎“We know.” ⏎Then he left.",
    "single quotes": "He called it ‘a start.’ ⏎The talks go on.",
    "quote that ends in a question": '"What now?" General Milley asked. ⏎"What now?" ⏎The room was silent.',
    "quote that goes on": '"What now?" he asked. ⏎“Now!” she said.',
    "initials": "J. K. Rowling met George W. Bush. ⏎A.B. Yehoshua wrote.",
    "nickname after an initial": "Oscar P. “Swede” Ostrom died.",
    "acronym inside": "The U.S. President spoke at the U.N. General Assembly.",
    "acronym at the end": "It left the U.S. ⏎The rest stayed in the U.K. ⏎“Why?” ⏎Nobody knew.",
    "acronym before a hyphen": "The U.S.-led force met then-Gov. Scott.",
    "ranks": "Army Lt. Gen. Smith, Reps. Mike Doyle and Spec. Justin Helton came.",
    "day and month": "He spoke on Jan. 26 and left on Dec. 7. ⏎That was late.",
    "time of day": "It begins at 5 p.m. Monday. ⏎It ends at 9 a.m. ⏎Jail staff came at 8 p.m. EST.",
    "hours of opening": "Details: 9 a.m.-5 p.m. Sundays-Saturdays; 8 p.m. (EST) Fridays.",
    "number": "It is No. 1. ⏎He said no. ⏎Art. 5 came into force in Vol. 2.",
    "versus": "It was Ford vs. Ferrari in Roe v. Wade.",
    "companies": "Acme Corp. said Apple Inc. Chief Executive Cook paid Dow Jones & Co. ⏎It did.",
    "states": "He lives in Parkland, Fla. ⏎Students marched with Sen. Roe, R-Ala. ⏎Lawmakers listened.",
    "state inside": "Wis. Dems met in Tampa, Fla., on Monday.",
    "words that are states in capitals": "He fell ill. ⏎Scientists weighed the mass. ⏎Trains miss.",
    "dateline": "SEOUL, Jan. 26 (Yonhap) -- South Korea said it. ⏎It did.",
    "dateline with a state": "GLENDALE, Ariz. (AP) — The Chiefs won. ⏎PHOENIX, Ariz. — They won.",
    "no space after the stop": "It ended.⏎The next began in 2019.⏎It was late.”⏎The end.",
    "no space before a quote": 'It ended.⏎"The next," he said.',
    "question without a space": "Recalled?⏎Check the list.",
    "not a missing space": "See example.com, Node.js, 3.5, S.Korea, a.b@c.org and https://x.com/A.B?q=A.",
    "ellipsis": "Well... ⏎He left. ⏎I … think so. ⏎It was . . . ⏎Never mind.",
    "marks together": "No?! ⏎Yes!! ⏎Really?",
    "parentheses": "(He left.) ⏎The end [sic]. ⏎It rained (it often does).",
    "reference": "It ended.[12] ⏎The next began.",
    "percentage and sums": "It cost $3.50. ⏎12 people paid 5.6%. ⏎It rose.",
    "brand in lower case": "Sales rose. ⏎iPhone sales fell.",
    "name with a mark": "Yahoo! Inc. fell.",
    "attribution behind a dash": "“He will win.” — Gallup",
    "enumeration in a line": "1. First this. ⏎2. Then that.",
    "question and answer": "Q: How?\n⏎A: By this.\n⏎Q. Why?\n⏎A. So.",
    "heading": "What is known\n\n⏎Two men died",
    "bullets": "He wants:\n⏎- one thing\n⏎- another thing\n⏎• a third",
    "numbered list": "1. See Cats\n⏎2) Go to Chicago\n⏎3. Rest",
    "a paragraph a line": "One line of text without a stop\n⏎And another one here",
    "wrapped lines": (
        "The president said on Monday that the two countries had\n"
        "agreed to talk. ⏎The talks begin in Geneva next week and\n"
        "may last for several days, a spokesman for the ministry\n"
        "of foreign affairs said."
    ),
    "wrapped lines in capitals": (
        "THE ALLIES AFTER NASSAU IN DECEMBER FIRST PROPOSED TO\n"
        "HELP NATO DEVELOP ITS OWN NUCLEAR STRIKE FORCE . ⏎BUT\n"
        "EUROPE MADE NO ATTEMPT TO DEVISE A PLAN ."
    ),
    "spaced marks": 'HE SAID: " THE TERMS ARE GOOD . " ⏎MANY WERE NOT SO SURE .',
    "windows line ends": "One\r\n\r\n⏎Two\r\n⏎Three",
    "blank line with spaces": "One\n \t\n⏎two",
    "chinese": "他来了。⏎她走了！⏎“好。”⏎他说。",
    "hindi": "वह आया। ⏎वह गया।",
}

FRAGMENTS = [
    *(
        ".",
        "!",
        "?",
        "…",
        '"',
        "'",
        "“",
        "”",
        "(",
        ")",
        "-",
        "—",
        "•",
        "\n",
        "\n\n",
        "\r\n",
        "\u2029",
        " ",
        "\t",
    ),
    *(
        "U.S.",
        "p.m.",
        "Gen.",
        "No.",
        "1",
        "said",
        "The",
        "iPhone",
        "J.",
        "Fla.",
        ",",
        "。",
        "\u200b",
        "é",
        "a.b",
    ),
]
TEXTS = st.one_of(
    st.text(),
    st.text(st.characters(codec=None)),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join),
    st.lists(st.text("ab .\n\r", min_size=25, max_size=60), max_size=6).map("\n".join),
)


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_rule(marked: str) -> None:
    text = marked.replace("⏎", "")
    expected = [part.strip() for part in marked.split("⏎")]
    assert [span.of(text) for span in split_sentences(text)] == expected


@pytest.mark.parametrize("text", ["", " ", "\n\n\t ", "\r\n"], ids=repr)
def test_nothing_to_split(text: str) -> None:
    assert split_sentences(text) == []


@settings(deadline=None)
@given(TEXTS)
def test_every_character_is_in_one_sentence(text: str) -> None:
    holders = [0] * len(text)
    for span in split_sentences(text):
        for at in range(span.start, span.end):
            holders[at] += 1
    assert all(count <= 1 for count in holders)
    assert all(count == 1 for count, character in zip(holders, text, strict=True) if not character.isspace())


@settings(deadline=None)
@given(TEXTS)
def test_sentences_are_trimmed_and_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert all(span.of(text).strip() == span.of(text) != "" for span in spans)
    assert spans == sorted(spans, key=lambda span: span.start)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_blank_line_ends_a_sentence(before: str, after: str) -> None:
    middle = len(before) + 1
    assert not any(span.start < middle < span.end for span in split_sentences(f"{before}\n\n{after}"))


@settings(deadline=None)
@given(TEXTS)
def test_a_paragraph_is_split_alike_wherever_it_stands(text: str) -> None:
    paragraph = " ".join(text.split())
    alone = split_sentences(paragraph)
    framed = split_sentences(f"Before it.\n\n{paragraph}\n\nAfter it.")
    assert [Span(span.start - 12, span.end - 12) for span in framed[1:-1]] == alone


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        ".",
        '."a',
        "a.",
        "A. ",
        "ab\n",
        '. "',
        ". ",
        ".)",
        "\r\n \x0b",
        "\r",
        "“",
        "?a",
        "- a\n",
        "[1]",
        "\u2029",
    ],
    ids=repr,
)
def test_time_is_linear_for_hostile_text(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    started = time.process_time()
    split_sentences(text)
    # A quadratic step at this size takes half a minute; the slowest case takes half a second.
    assert time.process_time() - started < 5
