"""Follow-up questions read in full: what they leave out, what their pronouns mean, where a topic begins."""

from dataclasses import replace

import pytest
from fakes import an_article
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from qa.clauses import asked_anew, parse
from qa.ellipsis import asks_for_others, bare_asking
from qa.follow_up import FollowUp, Way, interpreted, read_follow_up
from qa.mentions import Gender, Kind, gender_of, mentions, name_kind
from qa.phrases import names, noun_phrases
from qa.pronouns import pronouns
from qa.turn import Turn
from qa.verbs import base_of

HARBOUR = an_article(
    1,
    "Marta Lindqvist, who runs the port of Gothenburg, met Jonas Berg on Tuesday. She told him that the new"
    " crane would cost 40 million kronor. Berg said he was delighted with the crane.\n\n"
    "The strike at the port was called by the dockers' union in May. It was delayed by a court order.",
    title="Gothenburg buys a crane",
)
ARTICLES = {HARBOUR.id: HARBOUR}


def turn(question: str, answer: str = "", quote: str = "", *, frame: str = "") -> Turn:
    return Turn(question, question, frame or question, (answer,) if answer else (), quote, (HARBOUR.id,))


def read(question: str, *turns: Turn) -> FollowUp:
    return read_follow_up(question, turns, ARTICLES.get)


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        ("Who founded Ikea?", "Ingvar Kamprad", "when?", "when did Ingvar Kamprad found Ikea?"),
        ("Who met Berg?", "Marta Lindqvist", "And where?", "where did Marta Lindqvist meet Berg?"),
        ("Whom did Berg marry in Oslo?", "Eva Holm", "when?", "when did Berg marry Eva Holm in Oslo?"),
        ("When did the bridge open?", "in May", "why?", "why did the bridge open?"),
        ("How many sheep are in Wales?", "9 million", "why?", "why are 9 million sheep in Wales?"),
        ("Did the mayor resign?", "", "why?", "why did the mayor resign?"),
        ("Who of the Oslo Choir died in May?", "Ann Lee", "of what?", "of what did Ann Lee die in May?"),
        ("Whose record did Ann Lee break?", "Eva Holm", "when?", "when did Ann Lee break Eva Holm's record?"),
        # A clause is nothing to be put into another.
        ("What did Berg say?", "it would not work", "when?", "when did Berg say something?"),
        ("What has delayed the ferry?", "fog", "since when?", "since when has fog delayed the ferry?"),
        ("Who leads the choir?", "Ann Lee", "since when?", "since when does Ann Lee lead the choir?"),
        ("Which firm bought the mill?", "Acme", "for how much?", "for how much did Acme buy the mill?"),
        ("Who was hurt in the fire?", "a guard", "how exactly?", "how was a guard hurt in the fire?"),
        ("Where was the satellite launched from?", "Kourou", "when?", "when was the satellite launched?"),
        ("When did the bridge open?", "in May", "why did that happen?", "why did the bridge open?"),
    ],
)
def test_what_is_left_out_comes_from_the_question_before(
    first: str, answer: str, then: str, full: str
) -> None:
    found = read(then, turn(first, answer))
    assert (found.way, found.text) == (Way.COMPLETED, full)


def test_an_abstention_leaves_a_gap_that_the_models_do_not_see() -> None:
    found = read("when?", turn("Who founded Ikea?"))
    assert found.text == "when did someone found Ikea?"
    assert found.asked == "when did found Ikea?"


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        ("What post does Berg hold?", "mayor", "and Lindqvist?", "What post does Lindqvist hold?"),
        ("What post does Berg hold?", "mayor", "what about Lindqvist?", "What post does Lindqvist hold?"),
        ("How many people live in France?", "68 million", "and Spain?", "How many people live in Spain?"),
        ("How many people live in France?", "68 million", "Spain?", "How many people live in Spain?"),
        ("Who won the race in 2019?", "Ann Lee", "and in 2020?", "Who won the race in 2020?"),
        ("How many jobs came in October?", "two", "and in September?", "How many jobs came in September?"),
        ("How many came in May 2019 to Oslo?", "two", "and in June?", "How many came in June to Oslo?"),
        ("Who won the race?", "Ann Lee", "and in 2020?", "Who won the race in 2020?"),
        ("How many stood in Oslo in 2019?", "three", "how many in 2020?", "How many stood in Oslo in 2020?"),
        ("When was Berg born?", "1970", "sorry, I meant Lindqvist", "When was Lindqvist born?"),
        ("When was Berg born?", "1970", "no, Lindqvist", "When was Lindqvist born?"),
        ("When was Berg born?", "1970", "not Berg, Lindqvist", "When was Lindqvist born?"),
    ],
)
def test_something_else_is_put_into_the_question_before(
    first: str, answer: str, then: str, full: str
) -> None:
    found = read(then, turn(first, answer))
    assert (found.way, found.text) == (Way.SUBSTITUTED, full)


def test_what_an_answer_put_in_is_not_inherited() -> None:
    when = read("when?", turn("who met Berg?", "Marta Lindqvist"))
    assert when.text == "when did Marta Lindqvist meet Berg?"
    last = Turn("when?", when.text, when.frame, ("Tuesday",), "", (HARBOUR.id,))
    assert read("and Holm?", last).text == "when did someone meet Holm?"


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        ("Who runs the port?", "Marta Lindqvist", "what did she say?", "what did Marta Lindqvist say?"),
        ("Who did Lindqvist meet?", "Jonas Berg", "what did he say?", "what did Jonas Berg say?"),
        ("Who did Lindqvist meet?", "Jonas Berg", "what did she say?", "what did Lindqvist say?"),
        ("Who is Jonas Berg?", "the mayor", "how old is he?", "how old is Jonas Berg?"),
        ("Who is Jonas Berg?", "the mayor", "what is his wife's name?", "what is Jonas Berg's wife's name?"),
        ("What did the port buy?", "a new crane", "how much did it cost?", "how much did a new crane cost?"),
        ("How much did the crane cost?", "40 million", "who sold it?", "who sold the crane?"),
        ("Which countries signed?", "Chad and Mali", "what do they want?", "what do Chad and Mali want?"),
        ("Where did Berg live?", "in Oslo", "what happened there?", "what happened in Oslo?"),
        ("When did the war end?", "in 1945", "who ruled since then?", "who ruled since 1945?"),
        ("Who met Jonas Berg?", "Marta Lindqvist", "what did they discuss?",
         "what did Jonas Berg and Marta Lindqvist discuss?"),
        # Who says something says it about another.
        ("Who runs the port?", "Marta Lindqvist", "what did Berg say about her?",
         "what did Berg say about Marta Lindqvist?"),
        ("How much did the crane cost?", "40 million", "what did Berg say about it?",
         "what did Berg say about the crane?"),
        # What was named before the question is what it asks about.
        ("How old is Marta Lindqvist?", "51", "and Jonas Berg? where does he live?",
         "where does Jonas Berg live?"),
        ("What did the port buy?", "a new crane", "sorry, I mean, who sold it?", "who sold a new crane?"),
        ("Where were the cranes made?", "Chad and Mali", "who sold them?", "who sold the cranes?"),
        ("How many people live in Oslo?", "700,000", "what about cranes, how many are there?",
         "how many cranes are there?"),
        # In "what did Berg call him" he is another than Berg.
        ("Whom did Berg marry?", "Eva Holm", "what did Holm call him?", "what did Holm call Berg?"),
        # A name behind a noun tells which one is meant.
        ("Who designed the coin with Anna May Wong?", "", "where is it made?",
         "where is the coin with Anna May Wong made?"),
        # Neither verbs nor what belongs to them is spoken of.
        ("Which ship did Berg pilot?", "", "who built it?", "who built the ship?"),
        ("When does the levy take effect?", "", "who wants it?", "who wants the levy?"),
        ("How many mink fled?", "9", "what do they eat?", "what do the mink eat?"),
        # What an answer names is meant itself; a name is no reason.
        ("Which asteroid will the probe hit?", "Dimorphos", "how big is it?", "how big is Dimorphos?"),
        ("Why did the mill close?", "Acme", "when did it open?", "when did the mill open?"),
    ],
)  # fmt: skip
def test_pronouns_mean_what_was_said_last(first: str, answer: str, then: str, full: str) -> None:
    found = read(then, turn(first, answer))
    assert (found.way, found.text) == (Way.REFERRING, full)


def test_whom_a_pronoun_meant_is_likelier_to_be_meant_again() -> None:
    said = Turn("what did Ann Lee call her?", "what did Ann Lee call Eva Holm?")
    assert read("where does she live?", said).text == "where does Eva Holm live?"


def test_what_the_asker_called_somebody_holds() -> None:
    he = Turn("how old is he?", "how old is Kim Moe?", answers=("57",))
    both = Turn("when did Kim Moe sue Eva Holm?", "when did Kim Moe sue Eva Holm?")
    assert read("did she win?", he, both).text == "did Eva Holm win?"
    assert read("did he win?", he, both).text == "did Kim Moe win?"


def test_persons_are_called_by_their_last_names_for_the_models() -> None:
    found = read("what did she say?", turn("Who runs the port?", "Marta Lindqvist"))
    assert found.asked == "what did Lindqvist say?"
    assert found.known == "Marta Lindqvist"
    assert found.articles == (HARBOUR.id,)


def test_an_article_that_has_the_names_asked_for_stays_near() -> None:
    found = read("where did Lindqvist study law?", turn("Who runs the port?", "Marta Lindqvist"))
    assert (found.way, found.text) == (Way.ALONE, "where did Lindqvist study law?")
    assert not read("where did Merkel study law?", turn("Who runs the port?", "Marta Lindqvist")).articles


@pytest.mark.parametrize(
    ("first", "then", "full"),
    [
        ("Which crane is the most expensive?", "and the cheapest?", "Which crane is the cheapest?"),
        (
            "How many stood in Oslo in 2019?",
            "and in Bergen?",
            "How many stood in Bergen in 2019?",
        ),
        ("How many stood in Oslo in 2019?", "and in 2020?", "How many stood in Oslo in 2020?"),
    ],
)
def test_a_place_takes_the_place_of_a_place(first: str, then: str, full: str) -> None:
    found = read(then, turn(first, "three"))
    assert (found.way, found.text) == (Way.SUBSTITUTED, full)


def test_a_pointing_phrase_gets_its_fuller_name() -> None:
    last = turn("What was the reason?", "a legacy", "The Falklands War of 1982 was the reason.")
    assert read("how did that war end?", last).text == "how did the Falklands War of 1982 end?"


@pytest.mark.parametrize(
    "question",
    [
        "Who is the prime minister of Canada?",
        "what did Pope Francis say when he met Ana Souza?",
        "Is there a cure for measles?",
        "How long does it take to fly to Mars?",
        "Who said that the Titanic would never sink?",
        "Did the woman who sued Acme win?",
    ],
)
def test_a_question_that_says_all_itself_stands_alone(question: str) -> None:
    found = read(question, turn("Who runs the port?", "Marta Lindqvist"))
    assert (found.way, found.text, found.articles) == (Way.ALONE, question, ())
    assert interpreted(found, None) is None


def test_what_tells_of_a_new_thing_before_it_asks_is_no_follow_up() -> None:
    last = turn(
        "who runs the port?", "Marta Lindqvist", "Marta Lindqvist, who runs the port, met Jonas Berg."
    )
    question = "A new bridge was opened in Oslo. How long is it?"
    found = read(question, last)
    assert (found.way, found.text) == (Way.ALONE, question)
    assert read("She met him in Oslo last year. How long was she there?", last).way is Way.REFERRING


def test_a_question_without_names_is_about_the_article_in_view_if_it_has_its_words() -> None:
    last = turn("Who runs the port?", "Marta Lindqvist")
    assert read("who called the strike?", last).way is Way.IN_VIEW
    assert read("who invented the telephone?", last).way is Way.ALONE


def test_others_are_asked_for_without_those_given() -> None:
    found = read("who else?", turn("Who met Berg?", "Marta Lindqvist"))
    assert (found.way, found.text, found.excluded) == (Way.OTHERS, "Who met Berg?", ("Marta Lindqvist",))
    assert interpreted(found, None) == "Who met Berg? (other answers)"


def test_the_first_question_is_read_as_typed() -> None:
    assert read("what did he say?").way is Way.ALONE


def test_how_time_was_read_is_told_beside_the_question_in_full() -> None:
    found = read("when?", turn("Who founded Ikea?", "Ingvar Kamprad"))
    assert interpreted(found, "“last week”: 1 to 7 May") == f"{found.text}; “last week”: 1 to 7 May"


def test_where_what_was_typed_is_answered_that_is_told_and_not_the_question_in_full() -> None:
    typed = "how old is he?"
    found = read(typed, turn("Who founded Ikea?", "Ingvar Kamprad"))
    told = "“how old is he?”, after “Who founded Ikea?”, in the articles of the last answers"
    assert interpreted(found, None, typed) == told
    assert interpreted(found, "“last week”: 1 to 7 May", typed) == f"{told}; “last week”: 1 to 7 May"
    # What a bare "when?" leaves out is put in rightly.
    bare = read("when?", turn("Who founded Ikea?", "Ingvar Kamprad"))
    assert interpreted(bare, None, "when?") == bare.text
    # What says all itself, and what asks for others, was read as such.
    others = read("who else?", turn("Who met Berg?", "Marta Lindqvist"))
    assert interpreted(others, None, "who else?") == "Who met Berg? (other answers)"
    assert interpreted(replace(found, way=Way.ALONE), None, typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "when?",
        "and he?",
        "what about it",
        "no,",
        "who else?",
        "sorry",
        "?",
        "<b>it</b>?",
        "and \x00?",
        "its it it?",
    ],
)
@pytest.mark.parametrize(
    "before", ["", "?", "asdf", "tell me more", "who " * 300, "<script>alert(1)</script>"]
)
def test_hostile_turns_do_no_harm(typed: str, before: str) -> None:
    last = Turn(before, before, before, ("<i>x</i>\u202e",), "a “quote", ("gone", HARBOUR.id))
    assert isinstance(read(typed, last).text, str)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40))
def test_any_text_can_be_read(typed: str, before: str, answer: str) -> None:
    found = read(typed, Turn(before, before, before, (answer,), answer, (HARBOUR.id,)))
    assert found.way in Way
    assert "\n" not in found.text or "\n" in before + answer


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("And when exactly?", "when"),
        ("with whom?", "with whom"),
        ("how many people?", "how many people"),
        ("Why not?", "Why not"),
        ("in which year", "in which year"),
        ("what speed?", "what speed"),
        ("how many people live there?", None),
        ("which justices dissented?", None),
        ("who won?", None),
        ("what is it?", None),
    ],
)
def test_bare_question_words(question: str, found: str | None) -> None:
    assert bare_asking(question) == found


def test_other_answers_are_asked_for_in_several_ways() -> None:
    assert asks_for_others("and who else?") == "who"
    assert asks_for_others("any others?") == ""
    assert asks_for_others("what else did he say?") is None


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("what did they discuss?", ["they"]),
        ("did he tell her?", ["he", "her"]),
        ("is there a cure?", []),
        ("what time is it?", []),
        ("when is it expected to close?", ["it"]),
        ("is it possible to vote?", []),
        ("how much is it worth?", ["it"]),
        ("is it worth seeing the film?", []),
        ("did the man that was shot die?", []),
        ("why did Acme say it would close?", []),
    ],
)
def test_pronouns_that_point_out_of_the_question(question: str, found: list[str]) -> None:
    assert [pronoun.text for pronoun in pronouns(question)] == found


def test_a_clause_is_asked_anew() -> None:
    clause = parse("Who does Chad accuse of driving tensions?")
    assert clause is not None
    assert asked_anew(clause, "with what", "Mali") == "with what does Chad accuse Mali of driving tensions?"
    assert parse("weather tomorrow") is None


def test_phrases_are_found_without_a_tagger() -> None:
    assert [p.text for p in noun_phrases("why did the company recall the cars?")] == [
        "the company",
        "the cars",
    ]
    assert [n.text for n in names("did Ana Souza's lawyer call the Ministry of Health?")] == [
        "Ana Souza", "Ministry of Health",
    ]  # fmt: skip
    assert names("what is it? When? The") == []


def test_articles_tell_what_names_are() -> None:
    assert name_kind("Lindqvist", HARBOUR.text) is Kind.PERSON
    assert name_kind("Berg", HARBOUR.text) is Kind.PERSON
    assert gender_of("Lindqvist", HARBOUR.text) is Gender.SHE
    assert name_kind("Georgia") is Kind.PLACE
    assert name_kind("Georgia Meloni") is Kind.PERSON
    assert name_kind("Supreme Court") is Kind.GROUP
    assert [found.kind for found in mentions("who is the new CEO of Acme?")] == [Kind.PERSON]
    assert name_kind("CEO") is Kind.PERSON
    assert name_kind("Oslo City Mayor Ann Lee") is Kind.PERSON
    assert name_kind("Prince Eugene Hospital Board") is not Kind.PERSON


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("off pitcher Tim Mayza", "pitcher Tim Mayza"),
        ("former Defence Secretary Ann Lee spoke", "former Defence Secretary Ann Lee"),
        ("Will CEO Ann Lee stay?", "CEO Ann Lee"),
    ],
)
def test_a_name_behind_what_somebody_is_names_a_person(text: str, name: str) -> None:
    assert [(found.text, found.kind) for found in mentions(text)] == [(name, Kind.PERSON)]


def test_where_somebody_was_born_is_nobody_though_its_name_might_be_a_persons() -> None:
    born = turn("where was she born?", "Port Anne, Sweden", "She was born in Port Anne, Sweden, in 1961.")
    assert read("who met her?", born).text == "who met her?"


def test_what_is_named_once_is_a_pronoun_after_it() -> None:
    asked = turn("Who runs the port?", "Marta Lindqvist")
    assert (
        read("what was she before she ran it?", asked).text
        == "what was Marta Lindqvist before she ran the port?"
    )


def test_whom_the_asker_called_she_is_meant_before_somebody_of_whom_that_is_not_known() -> None:
    turns = [
        turn("Who runs the port?", "Marta Lindqvist"),
        turn("when was she born?", "1961"),
        turn("Who signed the letter?", "Robin Ek"),
    ]
    turns[1] = replace(turns[1], read="when was Marta Lindqvist born?")
    assert read("where did she study?", *turns).text == "where did Marta Lindqvist study?"


def test_that_is_rather_what_was_asked_about_than_a_name() -> None:
    asked = turn("How much will Vasa charge for verification?")
    assert read("what did Berg say about that?", asked).text == "what did Berg say about the verification?"


def test_what_comes_next_is_nothing_to_be_meant() -> None:
    assert read("who asked for that?", turn("Who does Vasa play next?")).text == "who asked for the game?"


def test_other_things_take_the_place_of_what_was_counted_not_of_a_time() -> None:
    asked = turn("How many new boats are there this year?", "four")
    assert read("what about new cranes?", asked).text == "How many new cranes are there this year?"


def test_a_nickname_does_not_cut_a_name_in_two() -> None:
    said = turn("Who was charged?", "", "Former manager Sven “Sunny” Holm was charged on Tuesday.")
    assert read("how old is he?", said).text == "how old is manager Sven Holm?"


@pytest.mark.parametrize(
    ("word", "base"),
    [("met", "meet"), ("cancelled", "cancel"), ("carries", "carry"), ("razed", "raze"), ("won", "win")],
)
def test_verbs_have_their_base_form(word: str, base: str) -> None:
    assert base_of(word) == base


def test_an_article_that_is_gone_is_no_matter() -> None:
    def nothing(_: str) -> Article | None:
        return None

    assert read_follow_up("when?", [turn("Who founded Ikea?", "Kamprad")], nothing).articles == ()


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        # Who counts on keeps what is counted, and where.
        ("How many people died in Oslo?", "9", "how many were hurt?", "how many people were hurt in Oslo?"),
        (
            "How many people were killed in Oslo?",
            "9",
            "how many of them were children?",
            "how many of the people killed in Oslo were children?",
        ),
        (
            "How many cups did Ann Lee win?",
            "9",
            "how many of them in Bern?",
            "How many cups did Ann Lee win in Bern?",
        ),
        (
            "How many people were killed in Oslo?",
            "9",
            "and injured?",
            "how many people were injured in Oslo?",
        ),
        (
            "How many people were killed in Oslo?",
            "9",
            "what about the wounded?",
            "how many people were wounded in Oslo?",
        ),
        (
            "How many people were killed in Oslo?",
            "9",
            "who shot them?",
            "who shot the people killed in Oslo?",
        ),
        ("How many were killed in Oslo?", "51", "where did it happen?", "where were 51 killed in Oslo?"),
        ("How many died in Oslo?", "", "when?", "when did many die in Oslo?"),
        ("How many were killed in Oslo?", "51", "how many were hurt?", "how many were hurt in Oslo?"),
        ("How many were killed in Oslo?", "51", "who shot them?", "who shot the people killed in Oslo?"),
        (
            "What share of people in Wales are without a car?",
            "9%",
            "and how many are old?",
            "what share of people in Wales are old?",
        ),
        # Who did it is who it was done by.
        ("Where were nine people killed?", "Oslo", "who did it?", "by whom were nine people killed?"),
        ("Why was the mill sold?", "debts", "who was responsible?", "by whom was the mill sold?"),
        # A kind of what was asked for leaves its place open, a circumstance does not.
        ("What did Acme recall?", "900 cars", "which models?", "which models did Acme recall?"),
        ("What did Acme recall?", "cars", "how many?", "how many cars did Acme recall?"),
        ("What did Acme recall?", "900 cars", "which year?", "which year did Acme recall 900 cars?"),
        ("Who bought the mill?", "Acme", "how much?", "for how much did Acme buy the mill?"),
        # Verbs that no list knows.
        ("What corroded near Oslo?", "a pipe", "when?", "when did a pipe corrode near Oslo?"),
    ],
)
def test_what_is_counted_done_or_narrowed_goes_on(first: str, answer: str, then: str, full: str) -> None:
    assert read(then, turn(first, answer)).text == full


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        ("How many titles has Ann Lee won?", "9", "when was the first?", "when was the first title?"),
        ("How many parties did she found?", "9", "which was the last one?", "which was the last party?"),
        ("How many movies did Ann Lee make?", "9", "when was the first one?", "when was the first movie?"),
        (
            "Where will the next World Cup be held?",
            "Bern",
            "who won the last one?",
            "who won the last World Cup?",
        ),
        ("How big is the old bridge?", "9 m", "and the other one?", "How big is the other old bridge?"),
    ],
)
def test_one_is_the_noun_that_was_spoken_of(first: str, answer: str, then: str, full: str) -> None:
    assert read(then, turn(first, answer)).text == full


def test_a_question_with_a_noun_of_its_own_takes_no_other() -> None:
    asked = turn("How many titles has Ann Lee won?", "9")
    assert read("which president was the first?", asked).text == "which president was the first?"


def test_one_without_a_noun_before_it_stays() -> None:
    assert (
        read("which was the last one?", turn("Who is Ann Lee?", "a singer")).text == "which was the last one?"
    )


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        ("Who is the mayor of Oslo?", "Ann Lee", "and of Bergen?", "Who is the mayor of Bergen?"),
        ("Who is the president of France?", "Ann Lee", "and in Spain?", "Who is the president in Spain?"),
        ("Who is the president of France?", "Ann Lee", "what about Spain?", "Who is the president of Spain?"),
        (
            "Who is the mayor of Oslo?",
            "Ann Lee",
            "and before her?",
            "Who is the mayor of Oslo before Ann Lee?",
        ),
        ("How old is the Queen?", "96", "and Philip?", "How old is Philip?"),
        (
            "Who won the peace prize in 2022?",
            "Ann Lee",
            "and the art prize?",
            "Who won the art prize in 2022?",
        ),
    ],
)
def test_a_place_or_a_like_thing_takes_the_place_of_its_like(
    first: str, answer: str, then: str, full: str
) -> None:
    assert read(then, turn(first, answer)).text == full


def test_nobody_takes_the_place_of_a_time() -> None:
    found = read("and Jonas Berg?", turn("Who resigned after 45 days?", "Marta Lindqvist"))
    assert (found.way, found.text) == (Way.ALONE, "and Jonas Berg?")


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        # Nobody goes on about a reason.
        ("Why was the match delayed?", "because of rain", "who won it?", "who won the match?"),
        ("What did Acme recall?", "900 cars", "why were they recalled?", "why were 900 cars recalled?"),
        ("How much did the boat sell for?", "9 kronor", "who bought it?", "who bought the boat?"),
        ("Who resigned after 45 days?", "Ann Lee", "what did she do after that?",
         "what did Ann Lee do after the resignation of Ann Lee?"),
        # Two of one family.
        ("Whom did Eva Holm beat?", "Ann Holm", "who are they?", "who are Eva Holm and Ann Holm?"),
    ],
)  # fmt: skip
def test_pronouns_mean_what_goes_on(first: str, answer: str, then: str, full: str) -> None:
    assert read(then, turn(first, answer)).text == full


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        ("Which firm bought the mill?", "Acme", "what did the firm say?", "what did Acme say?"),
        (
            "When did Eva Holm meet Ann Lee?",
            "Monday",
            "where did the meeting take place?",
            "where did the meeting of Eva Holm and Ann Lee take place?",
        ),
        # Another prize is not the one that was spoken of.
        ("Who won the peace prize?", "Ann Lee", "who won the art prize?", "who won the art prize?"),
    ],
)
def test_the_noun_of_what_was_asked_is_what_was_told(first: str, answer: str, then: str, full: str) -> None:
    assert read(then, turn(first, answer)).text == full


@pytest.mark.parametrize(
    ("first", "answer", "then", "full"),
    [
        # What belongs to the question word may be long.
        (
            "How many members of the choir sang in Oslo?",
            "9",
            "why?",
            "why did 9 members of the choir sing in Oslo?",
        ),
        (
            "What share of people in Oslo are Danes?",
            "9%",
            "and in Bergen?",
            "What share of people in Bergen are Danes?",
        ),
        ("Which school announced it will close?", "Eton", "when?", "when did Eton announce it will close?"),
        # Of two sentences the last one asks.
        ("A race was held. Who won the prize?", "Ann Lee", "when?", "when did Ann Lee win the prize?"),
        ("What did they bring to the mayor?", "bees", "why?", "why did they bring bees to the mayor?"),
        ("What did Berg want to say?", "yes", "why?", "why did Berg want to say yes?"),
        ("What year did the mill open?", "1995", "why?", "why did the mill open?"),
        ("Which town did not vote?", "Bern", "why?", "why did Bern not vote?"),
    ],
)
def test_a_question_of_the_news_is_taken_apart(first: str, answer: str, then: str, full: str) -> None:
    assert read(then, turn(first, answer)).text == full


@pytest.mark.parametrize(
    ("first", "then", "full"),
    [
        # A time and a country that take the place of nothing are added.
        ("Which firm filed for bankruptcy?", "and last year?", "Which firm filed for bankruptcy last year?"),
        (
            "Which firm filed for bankruptcy?",
            "what about Italy?",
            "Which firm filed for bankruptcy in Italy?",
        ),
        ("Who won the race this week?", "and in 2019?", "Who won the race in 2019?"),
    ],
)
def test_a_time_or_a_country_is_added(first: str, then: str, full: str) -> None:
    assert read(then, turn(first, "Acme")).text == full


def test_somebody_and_when_is_somebody() -> None:
    asked = turn("Which president founded the town?", "Grover Cleveland in 1894")
    assert read("how old was he?", asked).text == "how old was Grover Cleveland?"
