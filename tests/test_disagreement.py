"""Articles that say the same, articles that do not, and when each said it."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Span
from qa.answer import Answer, Evidence
from qa.answer_days import answer_days, same_days
from qa.disagreement import When, disagreement
from qa.models import load_rivals
from qa.other_events import of_this_event
from qa.periods import Period
from qa.predicates import tells_of
from qa.quantities import quantities
from qa.question import analyse
from qa.rendering import answer_text, to_json
from qa.rivals import FEATURES, LEAST_SHARE, rivals
from qa.timeline import timeline
from qa.values import Kind, Verdict, compare, kind_of
from qa.witnesses import with_witnesses, witnesses

HOW_MANY = "How many people died in the Oostakker fire?"


def piece(
    text: str,
    answer: str,
    confidence: float = 0.8,
    day: int | None = 9,
    source: str = "Daily",
    title: str = "",
) -> Evidence:
    """A one-sentence article of May 2024 and the words of it that answer."""
    at = text.index(answer)
    published = date(2024, 5, day) if day else None
    article = Article(f"{source}{day}{answer}", title, text, source=source, published=published)
    return Evidence(article, Span(at, at + len(answer)), Span(0, len(text)), confidence)


FIRST = piece("At least 12 people died in the Oostakker fire.", "12", 0.8, 9, "Daily")
SAME = piece("Twelve dead after the fire in Oostakker.", "Twelve", 0.3, 10, "Courier")
LATER = piece("The death toll of the Oostakker fire rose to 14.", "14", 0.2, 11, "Agency")
SAME_DAY = piece("The fire in Oostakker killed 13 people.", "13", 0.2, 9, "Weekly")
UNDATED = piece("The fire in Oostakker killed 9 people.", "9", 0.1, None, "Attic")
HOUSED = piece("After the Oostakker fire 160 people are in hotels.", "160", 0.5, 10, "Courier")
HABIT = piece("Every year 260 people die in fires like Oostakker's.", "260", 0.5, 10, "Courier")
OLD_FIRE = piece("The Oostakker fire of 1987 killed 31 people.", "31", 0.5, 10, "Courier")


def answered(question: str, *evidence: Evidence, compared: tuple[Evidence, ...] = ()) -> Answer:
    return Answer(question, evidence, evidence[0].confidence, 1.0, compared=compared)


def test_a_sentence_tells_of_the_matter_or_of_another() -> None:
    question = analyse(HOW_MANY)
    assert all(tells_of(question, told) for told in (FIRST, SAME, LATER, SAME_DAY, UNDATED))
    assert not any(tells_of(question, other) for other in (HOUSED, HABIT, OLD_FIRE))


def test_witnesses_are_one_sentence_of_each_further_article() -> None:
    again = replace(SAME, confidence=0.25)
    judged = [FIRST, HOUSED, HABIT, SAME, again, LATER, UNDATED]
    same, other = witnesses(analyse(HOW_MANY), FIRST, judged)
    assert same == (SAME,)
    assert other == (LATER, UNDATED)


def test_what_is_hardly_likely_is_no_witness() -> None:
    judged = [FIRST, replace(SAME, confidence=0.01), replace(LATER, confidence=0.5 * LEAST_SHARE)]
    assert witnesses(analyse(HOW_MANY), FIRST, judged) == ((), ())


def test_another_number_is_no_rival_if_its_sentence_tells_of_something_else() -> None:
    question = analyse(HOW_MANY)
    part = piece("Four others died in the Oostakker fire.", "Four", 0.5, 10, "Courier")
    assert rivals(question, Kind.NUMBER, FIRST, [HOUSED, HABIT, OLD_FIRE, part, SAME]) == []
    (found,) = rivals(question, Kind.NUMBER, FIRST, [LATER])
    seen = dict(zip(FEATURES, found.row, strict=True))
    assert (seen["later"], seen["number"], seen["date"], seen["rank"]) == (1.0, 1.0, 0.0, 0.0)
    assert seen["share"] == pytest.approx(math.log(0.2 / 0.8))
    assert seen["days"] == pytest.approx(math.log(3))
    assert seen["ratio"] == pytest.approx(math.log(14 / 12))


def test_the_nearer_the_number_the_likelier_is_it_one_of_the_same() -> None:
    question = analyse(HOW_MANY)
    near = rivals(question, Kind.NUMBER, FIRST, [LATER])[0]
    text = "The death toll of the Oostakker fire rose to 14,000."
    far = rivals(question, Kind.NUMBER, FIRST, [piece(text, "14,000", 0.2, 11, "Agency")])[0]
    assert load_rivals().likeliest([far, near]) == near.piece
    assert load_rivals().likeliest([]) is None


def test_the_same_number_elsewhere_in_a_sentence_is_the_same_answer() -> None:
    best = piece("Google cut 12,000 jobs.", "12,000", 0.8)
    other = piece("Google cut 6 % of its jobs, or 12,000.", "6 %", 0.4, 10, "Courier")
    same, differing = witnesses(analyse("How many jobs did Google cut?"), best, [best, other])
    assert [found.answer for found in same] == ["12,000"]
    assert differing == ()


def test_the_number_with_the_noun_asked_for_counts() -> None:
    # 13,000 counts members, who are not asked for; "three" counts plants, which are sites.
    best = piece("Members went on strike at 38 sites.", "38", 0.8, 12)
    other = piece("Some 13,000 members at three plants are on strike.", "13,000", 0.4, 9, "Courier")
    _, differing = witnesses(analyse("At how many sites are members on strike?"), best, [best, other])
    assert [found.answer for found in differing] == ["three"]


def test_what_a_number_rose_from_is_not_said_any_more() -> None:
    best = piece("At least 99 people died in the Oostakker fire.", "99", 0.8)
    later = piece("The death toll of the Oostakker fire rose to 106 from 99.", "106", 0.4, 11, "Courier")
    assert witnesses(analyse(HOW_MANY), best, [best, later]) == ((), (later,))


def test_a_name_of_the_question_is_no_value() -> None:
    best = piece("Mr. Strzok’s lawyer was silent.", "Mr. Strzok’s")
    assert kind_of(analyse("Who is Peter Strzok's lawyer?"), best) is None


def test_a_number_that_counts_something_else_does_not_differ() -> None:
    question = analyse("In how many states did people get sick from cantaloupes?")
    best = piece("Cantaloupes made 45 people sick in 32 states.", "32", 0.8, 9, "Daily")
    other = piece("Another 117 illnesses from cantaloupes made people sick.", "117", 0.4, 10, "Weekly")
    third = piece("People in 15 states got sick from cantaloupes.", "15", 0.4, 10, "Monthly")
    assert witnesses(question, best, [best, other, third])[1] == (third,)
    shaken = piece("A 7.8-magnitude fire in Oostakker left many dead.", "7.8", 0.4, 10, "Weekly")
    assert witnesses(analyse(HOW_MANY), FIRST, [FIRST, shaken])[1] == ()


def test_an_article_that_agrees_does_not_differ() -> None:
    asked = "Who is the mayor of Oostakker?"
    text = "Mayor Ada Smit met Bea Maes in Oostakker."
    mayor, guest = piece(text, "Ada Smit", 0.8), piece(text, "Bea Maes", 0.6)
    guest = replace(guest, article=mayor.article)
    assert disagreement(answered(asked, mayor, guest)) is None


def test_what_happens_every_year_is_seldom_the_number_asked_for() -> None:
    every = piece("Each year 260 people die in fires such as that of Oostakker.", "260", 0.6, 9, "Weekly")
    former = piece("The 1999 fire of Oostakker killed 40 people.", "40", 0.6, 9, "Monthly")
    now = replace(FIRST, confidence=0.5)
    question = analyse(HOW_MANY)
    assert [p.answer for p in of_this_event(question, [every, former, now])] == ["12", "260", "40"]
    yearly = analyse("How many people die in fires each year?")
    assert of_this_event(yearly, [every])[0].confidence == 0.6


def test_words_for_an_untold_number_are_less_likely_than_a_number() -> None:
    dozens = piece("Dozens died in the fire of Oostakker.", "Dozens", 0.6, 9, "Weekly")
    counted = replace(FIRST, confidence=0.4)
    assert [p.answer for p in of_this_event(analyse(HOW_MANY), [dozens, counted])] == ["12", "Dozens"]


def test_a_condition_tells_of_nothing() -> None:
    question = analyse("How much does Acme pay for Bolt?")
    best = piece("Acme pays $3 billion for Bolt.", "$3 billion", 0.8)
    text = "If the deal is blocked, Acme will pay Bolt $70 million."
    assert witnesses(question, best, [best, piece(text, "$70 million", 0.4, 9, "Weekly")]) == ((), ())


def test_so_many_of_what_is_asked_for_need_no_other_word() -> None:
    question = analyse("How many acres has the Oak Fire burned?")
    best = piece("The Oak Fire swelled to 4,261 acres.", "4,261", 0.8)
    other = piece("The Oak Fire covers 703 acres.", "703", 0.4, 9, "Weekly")
    assert witnesses(question, best, [best, other])[1] == (other,)


def test_an_article_with_evidence_for_the_answer_is_no_other_side() -> None:
    part = replace(LATER, article=FIRST.article)
    assert disagreement(answered(HOW_MANY, FIRST, compared=(part,))) is None


def test_agreeing_witnesses_become_evidence_and_count() -> None:
    evidence = with_witnesses((FIRST,), (SAME,))
    assert evidence == (FIRST, SAME)
    (told,) = to_json(answered(HOW_MANY, *evidence))["answers"]
    assert told["evidence"] == [0, 1]
    assert told["support"] == {"articles": 2, "outlets": 2, "independent": 2}
    assert with_witnesses((FIRST, SAME), (SAME,)) == (FIRST, SAME)


def test_answers_that_differ_stand_side_by_side_by_day() -> None:
    found = disagreement(answered(HOW_MANY, FIRST, compared=(LATER, SAME_DAY, UNDATED)))
    assert found is not None
    assert found.kind is Kind.NUMBER
    assert [(side.answer, side.when) for side in found.sides] == [
        ("12", None),
        ("13", When.SAME_DAY),
        ("14", When.LATER),
        ("9", When.UNDATED),
    ]
    assert found.sides[2].outlets == ("Agency",)


def test_an_earlier_report_is_called_one() -> None:
    late, early = replace(LATER, confidence=0.9), replace(FIRST, confidence=0.2)
    found = disagreement(answered(HOW_MANY, late, compared=(early,)))
    assert found is not None
    assert [(side.answer, side.when) for side in found.sides] == [("12", When.EARLIER), ("14", None)]


def test_rounded_numbers_do_not_differ() -> None:
    best = piece("Maine's jackpot was $1.35 billion.", "$1.35 billion")
    other = piece("The jackpot in Maine was $1.348 billion.", "$1.348 billion", 0.5, 11)
    question = "How high was the jackpot in Maine?"
    assert disagreement(answered(question, best, compared=(other,))) is None
    assert len(answered(question, best, other).answers) == 1


def test_a_question_with_many_right_answers_has_no_disagreement() -> None:
    won = piece("Milley met General Won.", "General Won")
    suh = piece("Milley met Suh Wook.", "Suh Wook", 0.7, 10)
    assert disagreement(answered("Who met Milley?", won, suh)) is None
    assert witnesses(analyse("Who met Milley?"), won, [won, suh]) == ((), ())


def test_one_office_has_one_holder() -> None:
    cowan = piece("Patrick named William Cowan interim senator.", "William Cowan", source="Daily")
    same = piece("The interim senator is Mo Cowan.", "Cowan", 0.7, 9, "Courier")
    frank = piece("The interim senator is Barney Frank.", "Barney Frank", 0.5, 8, "Weekly")
    found = disagreement(answered("Who is the interim senator?", cowan, same, compared=(frank,)))
    assert found is not None
    assert found.kind is Kind.NAME
    assert [side.answer for side in found.sides] == ["Barney Frank", "William Cowan"]


@pytest.mark.parametrize(
    ("question", "told", "differs"),
    [
        ("Who is the mayor of Ghent?", "Barney Frank, the former mayor of Ghent, spoke.", False),
        ("Who is the mayor of Ghent?", "The former mayor of Ghent Barney Frank spoke.", False),
        ("Who is the mayor of Ghent?", "Barney Frank served as mayor of Ghent.", False),
        ("Who is the mayor of Ghent?", "Barney Frank is the mayor of Ghent.", True),
        ("Who was the mayor of Ghent?", "Barney Frank, the former mayor of Ghent, spoke.", True),
    ],
)
def test_who_held_an_office_before_is_no_other_holder(question: str, told: str, differs: bool) -> None:
    now = piece("The mayor of Ghent is Mo Cowan.", "Mo Cowan")
    before = piece(told, "Barney Frank", 0.5, 8, "Weekly")
    assert witnesses(analyse(question), now, [now, before])[1] == ((before,) if differs else ())


def test_dates_differ_by_the_days_they_mean() -> None:
    # 9 May 2024 was a Thursday, so "Wednesday" is 8 May.
    question = "When did Milley meet Won?"
    wednesday = piece("Milley met Won on Wednesday.", "Wednesday", 0.8, 9)
    same = piece("Milley met Won on May 8, 2024.", "May 8, 2024", 0.5, 10, "Courier")
    other = piece("Milley met Won on May 6, 2024.", "May 6, 2024", 0.4, 10, "Weekly")
    kind = kind_of(analyse(question), wednesday)
    assert kind is Kind.DATE
    assert compare(kind, wednesday, same) is Verdict.SAME
    assert compare(kind, wednesday, other) is Verdict.DIFFERENT
    assert witnesses(analyse(question), wednesday, [wednesday, same, other]) == ((same,), (other,))


def test_a_day_that_something_begins_on_is_that_day() -> None:
    since = piece("As of May 23, Oostakker has a bridge.", "May 23", 0.8, 9)
    that_day = piece("Oostakker gets its bridge on May 23.", "May 23", 0.5, 10, "Courier")
    assert since.says_the_same(that_day)
    assert not since.says_the_same(piece("It opens on June 23.", "June 23", 0.5, 10, "Weekly"))


def test_a_day_answers_whatever_asks_for_it() -> None:
    leaves = piece("May 7 is the last day of Smit.", "May 7", 0.8, 2)
    assert kind_of(analyse("What is Smit's last day in office?"), leaves) is Kind.DATE


def test_a_rate_is_a_number_wherever_it_stands() -> None:
    rate = piece("The Fed holds its rate at 5.25%.", "5.25%")
    assert kind_of(analyse("Where does the Fed's benchmark rate stand?"), rate) is Kind.NUMBER
    place = piece("The volcano is 22 miles south of Ghent.", "22 miles south of Ghent")
    assert kind_of(analyse("Where is the volcano?"), place) is None


def test_a_full_name_stands_for_itself_where_a_part_of_the_question_is_told() -> None:
    question = analyse("In which hall is the draft of the league held this April?")
    best = piece("The draft of the league is held in Oostakker Hall this April.", "Oostakker Hall")
    again = piece("The league begins the draft, at Oostakker Hall.", "Oostakker Hall", 0.3, 10, "Courier")
    other = piece("Smit sang at Oostakker Hall.", "Oostakker Hall", 0.3, 10, "Weekly")
    assert witnesses(question, best, [best, again, other]) == ((again,), ())


def test_numbers_of_other_units_are_unclear() -> None:
    percent = piece("The toll of the Oostakker fire was 14 %.", "14 %", 0.5, 11)
    assert compare(Kind.NUMBER, FIRST, percent) is Verdict.UNCLEAR
    assert disagreement(answered(HOW_MANY, FIRST, compared=(percent,))) is None


def test_how_rich_somebody_is_may_be_a_number() -> None:
    rich = piece("Suh is worth about $16 billion.", "$16 billion")
    other = piece("Suh's fortune was $26 billion.", "$26 billion", 0.4, 10, "Courier")
    luck = piece("Suh was rich beyond words.", "rich beyond words")
    question = analyse("How rich is Suh?")
    assert kind_of(question, rich) is Kind.NUMBER
    assert kind_of(question, luck) is None
    assert kind_of(analyse("How did Suh get rich?"), rich) is None
    assert compare(Kind.NUMBER, rich, other) is Verdict.DIFFERENT


def test_a_sum_for_each_does_not_differ_from_the_sum_of_all() -> None:
    question = analyse("How much will the Oostakker bridge cost?")
    whole = piece("The Oostakker bridge will cost $400 million.", "$400 million")
    each = piece("The Oostakker bridge will cost each driver $2.", "$2", 0.5, 10, "Courier")
    assert witnesses(question, whole, [whole, each]) == ((), ())
    few = piece("The fire in Oostakker killed 3 people.", "3", 0.5, 10)
    many = piece("The fire in Oostakker killed 5,000 people.", "5,000", 0.5, 10)
    assert compare(Kind.NUMBER, few, many) is Verdict.DIFFERENT


def test_what_is_to_come_was_on_no_day_before_the_report() -> None:
    best = piece("The funeral of Won is on May 20.", "May 20", 0.8, 9)
    gone = piece("Won, whose funeral is prepared, died last week.", "last week", 0.5, 10, "Courier")
    moved = piece("The funeral of Won is on May 22.", "May 22", 0.5, 10, "Weekly")
    coming, past = analyse("When is Won's funeral?"), analyse("When was Won's funeral?")
    assert witnesses(coming, best, [best, gone, moved])[1] == (moved,)
    assert gone in witnesses(past, best, [best, gone, moved])[1]


def test_deaths_by_a_cause_are_deaths() -> None:
    question = analyse("What's the death toll of the heat in Oostakker?")
    first = piece("The heat in Oostakker killed 1,000 people.", "1,000")
    other = piece("At least 748 heat-related deaths were counted in Oostakker.", "748", 0.5, 10, "Courier")
    assert witnesses(question, first, [first, other])[1] == (other,)


def test_deaths_a_year_count_no_years() -> None:
    question = analyse("How many older adults die of flu every year?")
    first = piece("Flu kills 14,000 older adults every year.", "14,000")
    other = piece("Flu leads to 10,000 deaths a year in adults.", "10,000", 0.5, 10, "Courier")
    aged = piece("The vaccine helps adults 60 and older who might die of flu.", "60", 0.5, 10, "Weekly")
    assert witnesses(question, first, [first, other, aged])[1] == (other,)


def test_an_abstention_has_neither() -> None:
    silent = Answer(HOW_MANY, (), 0.1, 1.0, "No article is on this topic.")
    assert disagreement(silent) is None
    assert timeline(silent) == ()
    assert to_json(silent)["disagreement"] is None
    assert to_json(silent)["timeline"] == []


def test_a_timeline_tells_what_was_reported_when() -> None:
    reports = timeline(answered(HOW_MANY, FIRST, SAME, compared=(LATER, SAME_DAY, UNDATED)))
    assert [(report.day.day, report.answer, report.is_new) for report in reports] == [
        (9, "12", True),
        (9, "13", True),
        (10, "Twelve", False),
        (11, "14", True),
    ]
    assert timeline(answered(HOW_MANY, FIRST, compared=(SAME_DAY,))) == ()  # all of one day
    assert timeline(answered(HOW_MANY, FIRST, SAME)) == ()  # nothing changes


def test_both_stand_in_json_and_text() -> None:
    answer = answered(HOW_MANY, FIRST, compared=(LATER,))
    told = to_json(answer)
    assert [(side["answer"], side["when"]) for side in told["disagreement"]["sides"]] == [
        ("12", None),
        ("14", "later report"),
    ]
    assert told["disagreement"]["sides"][1]["evidence"][0]["article"]["published"] == "2024-05-11"
    assert [(report["day"], report["answer"]) for report in told["timeline"]] == [
        ("2024-05-09", "12"),
        ("2024-05-11", "14"),
    ]
    text = answer_text(answer)
    assert "Articles differ in the number:\n" in text
    assert "  14 (later report): Agency, 11 May 2024" in text
    assert "As it was reported:\n  2024-05-09  12 (Daily)\n  2024-05-11  14 (Agency)" in text


@pytest.mark.parametrize(
    ("answer", "first", "last"),
    [
        ("2002", date(2002, 1, 1), date(2002, 12, 31)),
        ("since 2003", date(2003, 1, 1), date(2003, 12, 31)),
        ("1967 to 1979", date(1967, 1, 1), date(1979, 12, 31)),
        ("June 25", date(2024, 6, 25), date(2024, 6, 25)),
        ("January 1", date(2024, 1, 1), date(2024, 1, 1)),
        ("June", date(2024, 6, 1), date(2024, 6, 30)),
        ("1 December 2021", date(2021, 12, 1), date(2021, 12, 1)),
        ("Jan.10", date(2024, 1, 10), date(2024, 1, 10)),
    ],
)
def test_the_days_of_an_answer(answer: str, first: date, last: date) -> None:
    whole = Span(0, len(answer))
    assert answer_days(answer, whole, whole, date(2024, 5, 9)) == Period(first, last)


@pytest.mark.parametrize("answer", ["", "12 people", "1979 to 1967", "the 9/11 attacks of 2001", "x" * 500])
def test_what_is_no_date(answer: str) -> None:
    whole = Span(0, len(answer))
    assert answer_days(answer, whole, whole, date(2024, 5, 9)) is None


def test_a_part_of_the_days_is_the_same() -> None:
    day, month = date(2019, 2, 28), Period(date(2019, 2, 1), date(2019, 2, 28))
    assert same_days(Period(day, day), month)
    assert not same_days(Period(day, day), Period(date(2019, 1, 1), date(2019, 1, 1)))


@given(st.text(min_size=1, max_size=80), st.text(max_size=80))
def test_any_question_and_text_can_be_compared(text: str, question: str) -> None:
    one = Evidence(
        Article("a", "", text, published=date(2024, 5, 9)), Span(0, len(text)), Span(0, len(text)), 0.8
    )
    other = replace(FIRST, confidence=0.7)
    answer = answered(question, one, other, compared=(LATER,))
    disagreement(answer)
    timeline(answer)
    witnesses(analyse(question), one, [one, other])


def test_a_day_without_its_year_is_the_same_day_in_reports_of_one_year() -> None:
    told = piece("He was arrested on February 17.", "February 17", 0.8, 9)
    other = piece(
        "He will stay away, arrested as he was, until February 17.", "February 17", 0.4, 10, "Weekly"
    )
    assert compare(Kind.DATE, told, other) is Verdict.SAME
    fixed = piece("He was arrested on February 17, 2021.", "February 17, 2021", 0.8, 9)
    later = piece("He was arrested on February 17, 2022.", "February 17, 2022", 0.4, 10, "Weekly")
    assert compare(Kind.DATE, fixed, later) is Verdict.DIFFERENT


def test_a_count_differs_from_no_time() -> None:
    people = piece("Some 214 million people are shut in.", "214 million")
    years = piece("The borders were shut for three years.", "three years", 0.4, 10)
    assert compare(Kind.NUMBER, people, years) is Verdict.UNCLEAR


def test_the_sum_of_the_size_of_the_answer_counts() -> None:
    best = piece("The plan will cost $400 billion.", "$400 billion")
    other = piece(
        "The plan, with up to $20,000 for each, will cost $420 billion.", "$20,000", 0.4, 10, "Weekly"
    )
    _, differing = witnesses(analyse("How much will the plan cost?"), best, [best, other])
    assert [found.answer for found in differing] == ["$420 billion"]


def test_what_is_set_beside_a_number_is_of_another_time() -> None:
    told = piece("The jobless rate fell to 3.5%, matching the low of early 2020.", "3.5%")
    assert tells_of(analyse("What is the jobless rate?"), told)


def test_the_virus_in_a_name_is_no_number() -> None:
    assert [found.value for found in quantities("The Covid-19 booster went to 26 people.")] == [26.0]


def test_a_country_is_no_other_name_than_that_of_whom_it_sent() -> None:
    band = piece("Kalush Orchestra won the contest.", "Kalush Orchestra")
    country = piece("Ukraine won the contest.", "Ukraine", 0.4, 10)
    assert compare(Kind.NAME, band, country) is Verdict.UNCLEAR
    other = piece("Italy won the contest.", "Italy", 0.4, 10)
    assert compare(Kind.NAME, country, other) is Verdict.DIFFERENT


def test_what_will_be_is_not_of_the_day_of_the_report() -> None:
    question = analyse("When will the new mayor of Oostakker be named?")
    best = piece("The new mayor of Oostakker will be named on 5 June 2024.", "5 June 2024")
    told = piece(
        "The mayor of Oostakker named no day on Friday, 10 May 2024.", "10 May 2024", 0.4, 10, "Weekly"
    )
    later = piece(
        "The new mayor of Oostakker will be named on 9 June 2024.", "9 June 2024", 0.4, 10, "Monthly"
    )
    assert witnesses(question, best, [best, told, later])[1] == (later,)
