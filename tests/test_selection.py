"""The sentence that answers is chosen, and its probability falls where nothing answers."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Vectors
from index.words import content_forms, form_set, stem
from qa.answer_types import AnswerType, counts, expected, has_answer, speaks
from qa.metonyms import is_told
from qa.place_names import has_closed_list, names_one
from qa.question import analyse
from qa.selection import (
    CHOICE,
    FEW,
    GIVEN_NEARNESS,
    MOST_LEAD,
    OF_THE_DAY,
    OVERALL,
    UNREAD,
    WEIGHTS,
    LinearModel,
    Observed,
    SelectionModel,
    choice_rows,
    observe,
    overall,
)
from qa.selection_features import FEATURES, Candidate, bare, context_cosines, coverage, features, lead, typed
from training.selection_data import split
from training.selection_figures import best_thresholds, figures
from training.selection_fit import EVEN, YES_NO, Example, cross_validated, fit, fit_adapted, fit_ranking


def _candidate(
    text: str, cosine: float = 0.5, *, before: str = "", title: str = "", reading: float = -5.0
) -> Candidate:
    return Candidate(text, before, title, cosine, cosine, position=3, reading=reading)


def _column(question: str, candidates: list[Candidate], name: str) -> list[float]:
    rows = features(analyse(question), candidates, rarity=lambda form: 5.0)
    return [round(float(value), 3) for value in rows[:, FEATURES.index(name)]]


def test_coverage_is_the_share_of_the_weight_that_is_present() -> None:
    # 2 of the 2 + 6 are present.
    assert coverage(["visit", "seoul"], {"visit"}, {"visit": 2.0, "seoul": 6.0}.__getitem__) == 0.25
    assert coverage([], {"visit"}, lambda form: 1.0) == 1.0


@pytest.mark.parametrize(
    ("form", "told", "is_one"),
    [
        ("pyongyang", "North Korea accuses its neighbour.", True),
        ("pyongyang", "South Korea and Japan accuse it.", False),
        ("korea", "Seoul wants talks.", True),
        ("japan", "Tokyo lifted its curbs.", True),
        ("kremlin", "Russia denied it.", True),
        ("kremlin", "Belarus denied it.", False),
        ("milley", "Seoul wants talks.", False),
        (content_forms("Fed")[0], "The Federal Reserve raised rates.", True),
        (content_forms("Fed")[0], "The federal court ruled.", False),
        ("republican", "GOP senators objected.", True),
    ],
)
def test_a_name_stands_for_another_of_the_same_body(form: str, told: str, is_one: bool) -> None:
    assert is_told(form, form_set(told)) == is_one


def test_a_government_is_covered_by_its_capital() -> None:
    assert _column("What does Pyongyang say?", [_candidate("North Korea says no.")], "names_missing") == [0.0]


def test_lead_is_the_distance_to_the_best_other() -> None:
    assert lead(np.array([0.25, 0.75, 0.5])).tolist() == [-0.5, 0.25, -0.25]
    assert lead(np.array([0.5, 0.5])).tolist() == [0.0, 0.0]
    assert lead(np.array([0.5])).tolist() == [0.0]


def test_context_cosines_are_those_to_the_sum() -> None:
    question: Vectors = np.array([1, 0], dtype=np.float32)
    before: Vectors = np.array([[0, 0], [0, 1]], dtype=np.float32)
    own: Vectors = np.array([[1, 0], [1, 0]], dtype=np.float32)
    assert context_cosines(question, before, own) == pytest.approx([1.0, 0.5**0.5])


def test_names_are_looked_for_in_the_sentence_before_and_in_the_title() -> None:
    told = "He flew home on Friday."
    found = [
        _candidate(told),
        _candidate(told, before="Milley left."),
        _candidate(told, title="Milley leaves"),
    ]
    assert _column("When did Milley fly home?", found, "names_missing") == [1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What did the minister say about the plan?", AnswerType.SPEECH),
        ("Which city did he visit?", AnswerType.PLACE),
        ("Which newspaper wrote about it?", AnswerType.NAME),
        ("Which general was there?", AnswerType.PERSON),
        ("What was destroyed?", AnswerType.ANY),
        ("Is it over?", AnswerType.TRUTH),
    ],
)
def test_expected_answer(question: str, kind: AnswerType) -> None:
    assert expected(analyse(question)) is kind


@pytest.mark.parametrize(
    ("question", "sentence", "present"),
    [
        ("Who met Milley?", "Milley met General In-Choul Won.", True),
        ("Who met Milley?", "But Milley met nobody.", False),
        ("Who met Milley?", "Then Milley met the president.", True),
        ("When did Austin land?", "Austin landed on Wednesday afternoon.", True),
        ("When did Austin land?", "Austin landed in Seoul.", False),
        ("Where did Austin land?", "Austin landed near Seoul.", True),
        ("How many troops are there?", "About 28,500 troops are there.", True),
        ("How many of the 300 soldiers left?", "The 300 soldiers left.", False),
        ("How long was the flight?", "The flight took three hours.", True),
        ("How much did it cost?", "It cost $5 million.", True),
        ("Why was it delayed?", "It was delayed because of rain.", True),
    ],
)
def test_words_of_the_expected_type(question: str, sentence: str, present: bool) -> None:
    assert has_answer(analyse(question), sentence) is present


def test_a_number_counts_only_near_its_noun() -> None:
    question = analyse("How many troops are there?")
    assert counts(question, "It hosts around 28,500 American troops.")
    assert not counts(question, "In 1953 the first of the American allies sent troops.")


def test_a_speaker_stands_near_a_verb_of_saying() -> None:
    question = analyse("What did Choi say?")
    assert speaks(question, "“We take note,” spokesperson Choi said.")
    assert not speaks(question, "Choi was there when an aide of the new minister said it.")


def test_the_answering_sentence_is_chosen() -> None:
    model = SelectionModel.load()
    met = _candidate(
        "On Wednesday, Milley met with General In-Choul Won, according to a statement.", 0.62, reading=4.0
    )
    other = _candidate("The transition has been delayed by the pandemic.", 0.2)
    probabilities = model.probabilities(analyse("who met Milley?"), [other, met])
    assert probabilities.argmax() == 1
    assert probabilities[1] > model.plain.threshold > probabilities[0]


def test_a_name_that_is_nowhere_and_a_missing_date_lower_the_probability() -> None:
    model = SelectionModel.load()
    told = [
        _candidate("Austin landed in Seoul for talks with the minister.", 0.5),
        *(_candidate(f"Rain fell on day {number}.", 0.1) for number in range(FEW)),
    ]
    where, when, unknown = (
        model.probabilities(analyse(question), told).max()
        for question in ("Where did Austin land?", "When did Austin land?", "Where did Merkel land?")
    )
    assert where > when
    assert where > unknown


def test_one_paragraph_is_judged_by_what_is_read_in_it() -> None:
    model, question = SelectionModel.load(), analyse("Where did Austin land?")
    told = "Austin landed in Seoul for talks with the minister."
    unread, read = (
        model.probabilities(question, [_candidate(told, 0.5, reading=score)]).max() for score in (-6.0, 6.0)
    )
    assert read > model.plain.threshold > unread


def test_which_models_judge() -> None:
    model = SelectionModel.load()
    one, few, many = (_observed([1.0] * count, ["a"] * count) for count in (1, FEW, FEW + 1))
    assert model.stages(one).answering is model.stages(few).answering is model.answering_few
    assert model.stages(few).choosing is model.plain.choosing
    other_days, of_the_day = (replace(many, time=np.full(FEW + 1, fit)) for fit in (0.0, OF_THE_DAY))
    yes_no = replace(of_the_day, yes_no=True)
    assert model.stages(yes_no) == replace(model.plain, answering=model.answering_yes_no)
    assert model.stages(replace(few, yes_no=True)).answering is model.answering_few
    assert model.stages(other_days) is model.plain
    assert model.stages(of_the_day) is model.of_the_day


def test_no_candidates_no_probabilities() -> None:
    assert SelectionModel.load().probabilities(analyse("who?"), []).shape == (0,)


def test_the_others_share_by_their_rank_scores() -> None:
    model = SelectionModel.load()
    found = [_candidate("Austin landed in Seoul.", cosine) for cosine in (0.2, 0.6, 0.4)]
    probabilities = model.probabilities(analyse("Where did Austin land?"), found)
    assert np.argsort(-probabilities).tolist() == [1, 2, 0]
    assert ((probabilities >= 0) & (probabilities <= 1)).all()


def test_a_sentence_that_the_reader_prefers_gains() -> None:
    model, question = SelectionModel.load(), analyse("Where did Austin land?")
    other = _candidate("Rain fell over the whole of the country.", 0.3)
    unread, read = (
        model.probabilities(question, [_candidate("It was in Seoul.", 0.3, reading=score), other])[0]
        for score in (-6.0, 4.0)
    )
    assert read > unread


def _observed(reading: list[float], answers: list[str]) -> Observed:
    rows, one = np.zeros((len(reading), len(FEATURES))), np.ones(len(reading))
    return Observed(
        rows,
        np.array(reading),
        typed=one,
        votes=one / 2,
        repeats=0 * one,
        bare=0 * one,
        time=one / 4,
        answers=tuple(answers),
        articles=1,
        nearness=1.5,
    )


def test_choice_rows_by_hand() -> None:
    rows = choice_rows(np.array([1.0, 3.0]), _observed([-99.0, 2.0], ["a", "b"]))
    # The reader's score of the first is cut at UNREAD, so its distance to the other is UNREAD - 2.
    assert rows.tolist() == [
        [1.0, -2.0, UNREAD, UNREAD - 2.0, 1.0, 0.5, 0.0, 0.0, 0.25],
        [3.0, 2.0, 2.0, 2.0 - UNREAD, 1.0, 0.5, 0.0, 0.0, 0.25],
    ]


def _standing(scores: list[float], answers: list[str]) -> dict[str, float]:
    seen = _observed([0.25] * len(scores), answers)
    choices = choice_rows(np.array(scores), seen)
    return dict(zip(OVERALL, overall(choices, np.array(scores), seen).tolist(), strict=True))


def test_the_nearest_passage_tells_how_near_an_archive_comes() -> None:
    far, near, given = (
        replace(_candidate("Milley met Won."), nearness=nearness) for nearness in (-1.0, 2.5, None)
    )
    asked = analyse("who met Milley?")
    assert observe(asked, [far, near, given], lambda form: 5.0).nearness == 2.5
    assert observe(asked, [given], lambda form: 5.0).nearness == GIVEN_NEARNESS


def test_a_question_that_no_passage_comes_near_to_is_answered_less_surely() -> None:
    sentences = ["Milley met Won in Seoul.", "They spoke for an hour."]
    asked, model = analyse("who met Milley?"), SelectionModel.load()

    def surest(nearness: float, time: float) -> float:
        # As many as are told from the best of many.
        offered = [replace(_candidate(text), nearness=nearness, time=time) for text in sentences * FEW]
        return float(model.probabilities(asked, offered).max())

    assert surest(-1.0, time=1.0) < surest(2.0, time=1.0)
    assert surest(-1.0, time=0.0) <= surest(2.0, time=0.0)


def test_overall_says_how_the_best_stands_among_the_others() -> None:
    standing = _standing([0.0, 1.0], ["Seoul", "Tokyo"])
    assert (standing["lead"], standing["reading"]) == (1.0, 0.25)
    assert standing["share"] == pytest.approx(1 / (1 + np.exp(-1)))
    assert standing["candidates"] == pytest.approx(np.log(2))
    assert standing["agreeing"] == 0


def test_the_same_answer_elsewhere_speaks_for_it() -> None:
    alone, agreed = (
        _standing([0.0, 1.0], ["Seoul", "Tokyo"]),
        _standing([0.0, 1.0], ["Tokyo, Japan", "Tokyo"]),
    )
    assert agreed["agreeing"] > alone["agreeing"]
    assert agreed["share"] == 1.0
    assert agreed["lead"] == MOST_LEAD


def test_the_type_of_the_answer_read() -> None:
    found = [replace(_candidate("x"), answer=answer) for answer in ("28,500", "Seoul", "")]
    assert typed(analyse("How many troops are there?"), found).tolist() == [1.0, -1.0, -1.0]
    assert typed(analyse("What happened?"), found).tolist() == [0.0, 0.0, 0.0]
    places = [
        replace(_candidate("x"), answer=answer) for answer in ("Sri Lanka", "Colombo", "a city", "Lankan")
    ]
    assert typed(analyse("Which country did he leave?"), places).tolist() == [1.0, -1.0, -1.0, -1.0]
    assert typed(analyse("Which city did he leave?"), places).tolist() == [1.0, 1.0, -1.0, 1.0]


def test_a_heading_says_nothing_but_the_answer_read_in_it() -> None:
    found = [
        replace(_candidate(text), answer=answer)
        for text, answer in (("3. Eiffel Tower", "Eiffel Tower"), ("A. Tower", "A. Tower"), ("It rusts.", ""))
    ]
    assert bare([*found, replace(_candidate("The tower rusts."), answer="tower")]).tolist() == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("noun", "answer", "is_one"),
    [
        ("country", "the United States", True),
        ("country", "S. Korea", True),
        ("country", "South Korean", False),
        ("nation", "Italy and Malta", True),
        ("state", "New York", True),
        ("state", "Lima", False),
        ("country", "", False),
    ],
)
def test_countries_and_states_are_known_by_name(noun: str, answer: str, is_one: bool) -> None:
    assert names_one(stem(noun), answer) is is_one
    assert has_closed_list(analyse(f"Which {noun} did he leave?").focus)


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    columns = stored["plain"]["ranking"]["columns"]
    columns["older"] = columns.pop("length")
    path = tmp_path / "selection.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(ValueError, match="other features"):
        SelectionModel.load(path)


def _examples(count: int = 60) -> list[Example]:
    """Three candidates each; the one with the largest first feature answers where that is above 0."""
    draw = np.random.default_rng(3)
    made = []
    for number in range(count):
        rows = draw.normal(size=(3, len(FEATURES)))
        answers = (rows[:, 0] == rows[:, 0].max()) & (rows[:, 0] > 0)
        seen = _observed([0.0] * 3, ["a", "b", "c"])
        seen = replace(seen, rows=rows, reading=draw.normal(size=3))
        made.append(Example("made", str(number), seen, answers, bool(answers.any()), read=True))
    return made


def test_fitting_finds_the_feature_that_answers() -> None:
    examples = _examples()
    ranking = fit_ranking([e.seen.rows for e in examples], [e.answers for e in examples], penalty=3.0)
    assert int(np.abs(ranking.weights).argmax()) == 0
    model = fit(examples)
    found = [model.of_observed(example.seen) for example in examples]
    assert figures(examples, found, EVEN).top1[0] > 0.9


def test_a_few_questions_of_yes_or_no_move_the_probability_and_nothing_else() -> None:
    examples = _examples(120)
    asked = [
        replace(e, collection=YES_NO, seen=replace(e.seen, yes_no=True, reading=e.seen.reading - 9.0))
        for e in examples
    ]
    before, model = fit(examples), fit([*examples, *asked])
    assert np.array_equal(model.plain.answering.weights, before.plain.answering.weights)
    assert before.answering_yes_no is before.plain.answering
    right = [bool(e.answers[model.of_observed(e.seen).argmax()]) for e in asked]

    def misjudged(answering: LinearModel) -> float:
        stages = model.plain
        rows = [choice_rows(stages.ranking.scores(e.seen.rows), e.seen) for e in asked]
        seen = np.array(
            [overall(c, stages.choosing.scores(c), e.seen) for c, e in zip(rows, asked, strict=True)]
        )
        sure = 1 / (1 + np.exp(-answering.scores(seen)))
        return abs(float(sure.mean()) - float(np.mean(right)))

    assert misjudged(model.answering_yes_no) < misjudged(model.plain.answering)


def test_questions_that_a_model_was_fitted_to_hardly_move_it() -> None:
    examples = _examples(120)
    stages = fit(examples).plain
    moved = fit_adapted(examples, stages)
    rows = np.array([[1.0] * len(OVERALL), [0.0] * len(OVERALL)])
    assert moved.scores(rows) == pytest.approx(stages.answering.scores(rows), abs=0.6)


def test_columns_left_out_get_no_weight() -> None:
    model = fit(_examples(), without=frozenset({FEATURES[0], "typed"}))
    for stages in (model.plain, model.of_the_day):
        assert stages.ranking.weights[0] == 0
        assert stages.choosing.weights[CHOICE.index("typed")] == 0
        assert stages.answering.weights[OVERALL.index("typed")] == 0


def test_what_was_asked_in_its_days_is_judged_by_what_holds_there() -> None:
    # Of other days the first feature answers; of the days asked about, the one with the smallest does.
    other_days = [replace(e, seen=replace(e.seen, time=np.zeros(3))) for e in _examples()]
    of_the_day = [replace(e, seen=replace(e.seen, rows=-e.seen.rows)) for e in _examples()]
    model = fit([*other_days, *of_the_day])
    assert model.of_the_day.ranking.weights[0] < 0 < fit(other_days).plain.ranking.weights[0]


def test_only_what_the_reader_did_not_learn_from_is_measured() -> None:
    examples = _examples()
    seen = [replace(example, read=False) for example in examples[:20]]
    assert set(cross_validated([*seen, *examples[20:]])) == set(range(20, 60))


def test_figures_by_hand() -> None:
    seen = _observed([0.0, 0.0], ["a", "b"])
    first, none = np.array([True, False]), np.array([False, False])
    answerable = Example("a", "1", seen, first, answerable=True, read=True)
    unanswerable = Example("a", "2", seen, none, answerable=False, read=True)
    examples = [answerable] * 2 + [unanswerable] * 2
    found = [np.array(scores) for scores in ([0.9, 0.1], [0.2, 0.6], [0.3, 0.1], [0.7, 0.1])]
    result = figures(examples, found, EVEN)
    assert result.top1[0] == 0.5  # the second chooses the wrong sentence
    assert result.answered_right[0] == 0.5
    assert result.rejected[0] == 0.5
    assert result.auroc == 0.75  # of the four pairs only (0.6, 0.7) stands the wrong way


def test_each_kind_of_question_has_a_threshold_of_its_own() -> None:
    of_the_day = _observed([0.0, 0.0], ["a", "b"])
    plain = replace(of_the_day, time=np.zeros(2))
    right = np.array([True, False])
    examples = [
        Example("news", str(number), seen, right, answerable=True, read=True)
        for seen in (plain, of_the_day)
        for number in range(11)
    ]
    shares = np.linspace(0, 1, 11)
    found = [np.array([share, 0.0]) for share in (*(0.5 + shares / 2), *(shares / 2))]
    thresholds = best_thresholds(examples, found)
    # 19 of 20 are at least as sure.
    assert thresholds.plain == pytest.approx(0.525)
    assert thresholds.of_the_day == pytest.approx(0.025)
    assert [thresholds.of(example) for example in (examples[0], examples[-1])] == [
        thresholds.plain,
        thresholds.of_the_day,
    ]
    assert figures(examples, found, thresholds).answered_right[0] == pytest.approx(20 / 22, abs=1e-3)


def test_split_keeps_initials_and_titles_together() -> None:
    assert [text for _, text in split("Gen. A. Won left. He flew.")] == ["Gen. A. Won left.", "He flew."]
