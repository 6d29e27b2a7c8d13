"""What stands beside a quotation: who says so, how certain it is, whom a pronoun means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Span
from index.sentences import split_sentences
from qa.answer import Evidence
from qa.attribution import attribution
from qa.certainty import flags
from qa.notes import notes_on, notes_text
from qa.pronoun_notes import pronoun_notes
from qa.rendering import evidence_json


def said_by(text: str, number: int = 0) -> tuple[str, str] | None:
    found = attribution(text, split_sentences(text)[number])
    return (found.who.of(text), found.cue.of(text).strip()) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Milley met Won, according to joint statement.", ("joint statement", "according to")),
        ("According to the CDC, two people died.", ("the CDC", "According to")),
        ("Minister Koca said 1,600 died in Hatay.", ("Minister Koca", "said")),
        ("At least 77,000 were hurt, Turkey's agency said Friday.", ("Turkey's agency", "said")),
        ("“It is clear,” Mr. Steele said in a speech.", ("Mr. Steele", "said")),
        ('"It is clear," said Julie Su, the secretary.', ("Julie Su", "said")),
        ("Julie Su, the acting secretary, said talks go on.", ("Julie Su", "said")),
        ("The toll rose to 18, Newsom told CBS.", ("Newsom", "told")),
        ("He repeatedly has said it was possible.", ("He", "said")),
        ("The mayor is said to be ill.", None),
        ("An estimated one million people gathered.", None),
        ("Tariffs hit agricultural and industrial states this year.", None),
        ("It is over, the ministry states in a letter.", ("the ministry", "states")),
        ("Reuters reports 12 deaths.", ("Reuters", "reports")),
        ("The company, which denied it, did not say why.", None),
        ("“He said no” is the title.", None),
        ("The Federal Reserve raised rates.", None),
    ],
)
def test_who_says_so(text: str, expected: tuple[str, str] | None) -> None:
    assert said_by(text) == expected


def test_an_age_says_nothing() -> None:
    assert said_by("Lorna Breen, 49, died a hero, said her father, Philip Breen.") == ("her father", "said")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "But Rep. Ajay Pittman (D), a member of the caucus, said Trump moved the rally.",
            "Rep. Ajay Pittman",
        ),
        ("Sen. Kelly Loeffler (R-GA) reported the first sale of stock.", "Sen. Kelly Loeffler"),
        ("So says the Cancer Society.", "the Cancer Society"),
        ("It could grow to 8.5 billion, as births slow, said the report.", "the report"),
        ("It grew to 8 billion, said the report released on Monday.", "the report"),
        ("Kim Jong Un declared victory over the virus, state media said.", "state media"),
        (
            "The Centers for Disease Control and Prevention said so.",
            "The Centers for Disease Control and Prevention",
        ),
        ("They met at a summit that what Trump said was a success.", "Trump"),
        ("Goya Foods claims to have 2,500 products.", "Goya Foods"),
        ("The judge denied his request and said he should ask in Colorado.", None),
        ("Weaver, who worked for the governor, and said nothing of it.", None),
        ("Initial claims were 1,314,000.", None),
        ("An animation shows the asteroid's predicted orbit.", None),
        ("Thursday night suggested that he is strong.", None),
        ("His order only added to the confusion.", None),
    ],
)
def test_no_half_of_a_clause_says_so(text: str, speaker: str | None) -> None:
    found = said_by(text)
    assert (found and found[0]) == speaker


def test_the_speaker_of_a_quotation_is_found_beside_it() -> None:
    text = (
        "“We are ready,” Green told CBS. “They will find ten people a day.” Officials in Maui said 36 died."
    )
    found = attribution(text, split_sentences(text)[1])
    assert found is not None
    assert (found.who.of(text), found.nearby) == ("Green", True)


def test_a_speaker_is_not_taken_from_another_paragraph() -> None:
    assert said_by("Green told CBS so.\n\n“They will find ten people a day.”", 1) is None


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("Milley is scheduled to meet Won on Wednesday.", "Wednesday", [("plan", "is scheduled to")]),
        ("Milley, who is scheduled to visit Japan, met Won.", "Won", []),
        ("It will cost $1,200, officials said.", "$1,200", [("plan", "will")]),
        ("John Pelletier warned that the toll would rise.", "John Pelletier", []),
        ("Will Smith paid $5.", "$5", []),
        ("The firm denied that it had paid $5 million.", "$5 million", [("denial", "denied")]),
        ("She did not meet General Won.", "General Won", [("denial", "did not")]),
        ("She did not say when, but 12 died.", "12", []),
        ("He could not exonerate Trump.", "Trump", [("denial", "could not")]),
        ("He could exonerate Trump.", "Trump", [("plan", "could exonerate")]),
        ("The man reportedly won $5 million.", "$5 million", [("hearsay", "reportedly")]),
        ("Some 2,000 people were feared dead in Libya.", "2,000", [("hearsay", "feared dead")]),
        ("Who paid $5 million?", "$5 million", [("question", "?")]),
        ("It is unclear whether Milley met Won.", "Won", [("question", "unclear whether")]),
        ("At least 36 people died.", "36", []),
    ],
)
def test_how_certain_a_sentence_is(text: str, answer: str, expected: list[tuple[str, str]]) -> None:
    at = text.index(answer)
    found = flags(text, Span(0, len(text)), Span(at, at + len(answer)))
    told = [(flag.certainty.value, flag.cue.of(text)) for flag in found]
    assert told == expected


def meant(text: str, number: int) -> list[tuple[str, str, int]]:
    notes = pronoun_notes(text, split_sentences(text)[number])
    return [(note.pronoun.of(text), note.full.of(text), note.back) for note in notes]


def test_a_pronoun_is_the_one_person_named_before() -> None:
    text = "Gen. Mark Milley flew to Seoul. He met General In-Choul Won there. Milley left. His aide stayed."
    assert meant(text, 1) == [("He", "Mark Milley", 1)]
    assert meant(text, 3) == [("His", "Mark Milley", 1)]


def test_sentences_without_people_are_stepped_over() -> None:
    text = "Gen. Mark Milley flew to Seoul. The White House confirmed it. He met General Won."
    assert meant(text, 2) == [("He", "Mark Milley", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Joe Biden met Donald Trump. He was angry.",  # two
        "Mr. Strzok joined. Angela Merkel visited. He was not there.",  # somebody else came in between
        "Angela Merkel visited. He was not there.",  # a name that calls for the other pronoun
        "The company grew. He left.",  # nobody
        "Angela Merkel visited. Donald Trump said he was not there.",  # named in the sentence itself
        "Elon Musk tweeted. Scott Kessler left. Musk hopes his critics stay.",  # by the family name alone
        "Lady Diana died. Ghislaine Maxwell was arrested with her friend.",  # a given name not known as one
        "Mr. Strzok spoke. “He lied,” the lawyer said.",  # somebody else's words
        "It grew. It left.",
        "Mr. Strzok spoke. Musk named himself head of the company.",  # one of its own clause
    ],
)
def test_no_pronoun_is_explained_by_a_guess(text: str) -> None:
    assert meant(text, len(split_sentences(text)) - 1) == []


def test_she_is_the_woman_of_two() -> None:
    assert meant("Hillary Clinton met Donald Trump. She left.", 1) == [("She", "Hillary Clinton", 1)]


def evidence(text: str, answer: str, number: int) -> Evidence:
    at = text.index(answer)
    article = Article("a", "", text, published=date(2021, 12, 2))
    return Evidence(article, Span(at, at + len(answer)), split_sentences(text)[number], 0.8)


def test_notes_stand_beside_the_quotation_with_their_places() -> None:
    text = "Gen. Mark Milley flew to Seoul. He is due to meet General Won, the Pentagon said."
    piece = evidence(text, "General Won", 1)
    assert notes_text(piece) == [
        "says so: the Pentagon",
        "plan: “is due to” (not done yet when written, or only possible)",
        "he: Mark Milley, named in the sentence before",
    ]
    told = evidence_json(piece)
    assert told["quote"] == "He is due to meet General Won, the Pentagon said."
    for words in (told["attribution"]["who"], told["certainty"][0], told["pronouns"][0]["full_name"]):
        assert text[words["start"] : words["end"]] == words["words"]


def test_a_plain_sentence_has_no_notes() -> None:
    assert notes_text(evidence("Milley met General Won.", "General Won", 0)) == []


@given(st.text(alphabet=st.sampled_from("He said “she” denied. \n?\"' Mr. Won will\u202e"), max_size=200))
def test_notes_never_raise_and_point_into_the_text(text: str) -> None:
    for sentence in split_sentences(text):
        notes = notes_on(Evidence(Article("a", "", text), sentence, sentence, 0.5))
        spans = [flag.cue for flag in notes.flags] + [note.full for note in notes.pronouns]
        if notes.attribution:
            spans += [notes.attribution.who, notes.attribution.cue]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "run", ["said " * 380, "“" * 1_900, "He, " * 480, "the " * 480, "denied " * 280, "a." * 900]
)
def test_long_runs_take_no_time(run: str) -> None:
    notes_on(Evidence(Article("a", "", run), Span(0, 3), Span(0, len(run)), 0.5))
