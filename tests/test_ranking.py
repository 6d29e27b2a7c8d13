"""The learned order of passages: its features by hand, its weights on disk, and that more is better."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.article import Article
from qa.models import load_ranking, load_selection
from qa.question import analyse
from qa.ranking import NEARNESS, READ, WEIGHTS, RankingModel, read_rows
from qa.ranking_features import (
    FOUND,
    NO_COSINE,
    Found,
    asked_names,
    features,
    heaviest_missing,
    in_article,
    in_order,
    name_runs,
    nearby,
)
from qa.selection import UNREAD

TIME = FOUND.index("time")
RARITIES = {"kim": 6.0, "jong": 8.0, "visit": 4.0, "bolivia": 7.0, "president": 4.0}


def rarity(form: str) -> float:
    return RARITIES.get(form, 2.0)


def a_found(text: str = "The president spoke.", **fields: object) -> Found:
    article = Article("a1", str(fields.pop("title", "")), text)
    plain = Found(article, text, start=0, fused=0.02, dense=0.5, lexical=4.0, time=0.0)
    return replace(plain, **fields)  # type: ignore[arg-type]


def row(question: str, *found: Found) -> dict[str, float]:
    """The features of the first."""
    return dict(zip(FOUND, features(analyse(question), found, rarity)[0].tolist(), strict=True))


def test_nothing_found_has_no_rows() -> None:
    assert features(analyse("who spoke?"), [], rarity).shape == (0, len(FOUND))
    assert load_ranking().of_found(analyse("who spoke?"), [], rarity) == []


def test_nearness_counts_days_from_the_best_of_the_list() -> None:
    """An archive asked years later has no article of the day asked about; that says nothing of its words."""
    model, asked = load_ranking(), analyse("who spoke?")
    days = [a_found(time=fit) for fit in (1.0, 0.4)]
    later = [replace(item, time=0.0) for item in days]
    here, other_day = (item.features[NEARNESS] for item in model.of_found(asked, days, rarity))
    then = [item.features[NEARNESS] for item in model.of_found(asked, later, rarity)]
    assert other_day < here
    assert then == pytest.approx([here, here])
    scores = [item.score for item in model.of_found(asked, later, rarity)]
    assert scores == pytest.approx([here - model.finding.weights[TIME] / model.finding.scales[TIME]] * 2)


def test_coverage_by_hand() -> None:
    # Asked: president (4) and bolivia (7). The text has the first only, the title the second.
    told = row("Who is the president of Bolivia?", a_found(title="Bolivia votes"))
    assert told["coverage"] == pytest.approx(4 / 11)
    assert told["nearby"] == pytest.approx(4 / 11)
    assert told["title"] == pytest.approx(7 / 11)
    assert told["coverage_titled"] == told["article"] == told["names"] == 1
    assert told["heaviest_missing"] == 0
    peru = row("Who is the president of Bolivia?", a_found(title="Peru votes"))
    assert peru["names"] == peru["names_in_article"] == 0
    assert peru["heaviest_missing"] == 7


def test_standing_beside_the_others_by_hand() -> None:
    best = a_found(fused=0.03, dense=0.7, lexical=8.0)
    other = a_found(fused=0.01, dense=0.5, lexical=2.0)
    bare = replace(a_found(fused=0.01, dense=None, lexical=None), article=Article("a2", "", "x"))
    rows = features(analyse("who spoke?"), [best, other, bare], rarity)
    column = {name: rows[:, FOUND.index(name)] for name in FOUND}
    assert column["fused"] == pytest.approx([0, math.log(1 / 3), math.log(1 / 3)])
    assert column["meaning"] == pytest.approx([0, -0.2, NO_COSINE])
    assert column["words"] == pytest.approx([1, 0.25, 0])
    # The first article has 0.04 of the list, the second 0.01, measured in the best's 0.03.
    assert column["fellows"] == pytest.approx([math.log(4 / 3), math.log(4 / 3), math.log(1 / 3)])


def test_place_and_length_by_hand() -> None:
    told = row("who spoke?", a_found("Milley spoke in Seoul.", start=500))
    assert told["lead"] == pytest.approx(1 / 2)
    assert told["length"] == pytest.approx(math.log(4))  # milley, spoke, seoul: "in" is a stop word


def test_without_any_vector_meaning_tells_nothing_apart() -> None:
    rows = features(analyse("who spoke?"), [a_found(dense=None), a_found(dense=None)], rarity)
    assert set(rows[:, FOUND.index("meaning")]) == {NO_COSINE}
    assert np.isfinite(rows).all()


def test_words_within_a_window() -> None:
    told = ["kim", *["x"] * 14, "visit"]  # 15 words from one to the other: one too many
    assert nearby(["kim", "visit"], told, rarity) == pytest.approx(6 / 10)
    assert nearby(["kim", "visit"], [*told[1:], "kim"], rarity) == 1
    assert nearby([], told, rarity) == 0
    assert nearby(["kim"], [], rarity) == 0


def test_neighbours_in_order() -> None:
    assert in_order(["a", "b", "c"], ["a", "b", "x", "c"]) == 1
    assert in_order(["a", "b", "c"], ["a", "b", "x", "y", "c"]) == 1 / 2
    assert in_order(["a", "b"], ["b", "a"]) == 0
    assert in_order(["a"], ["a"]) == 0


def test_the_rarest_word_missing() -> None:
    assert heaviest_missing(["kim", "jong"], {"kim"}, rarity) == 8
    assert heaviest_missing(["kim"], {"kim"}, rarity) == 0
    assert heaviest_missing([], set(), rarity) == 0


def test_names_of_several_words_and_names_without_capitals() -> None:
    asked = analyse("When did Joe Biden visit Hanoi?")
    assert name_runs(asked) == [("joe", "biden")]
    assert name_runs(analyse("when did he visit?")) == []
    whole = row(asked.text, a_found("Joe Biden landed."))["names_whole"]
    apart = row(asked.text, a_found("Joe met Biden."))["names_whole"]
    assert (whole, apart) == (1, 0)
    assert asked_names(analyse("who leads bolivia now"), rarity) == ("bolivia",)
    assert asked_names(analyse("Who leads Peru?"), rarity) == ("peru",)


def test_words_anywhere_in_the_article() -> None:
    asked = analyse("Who met Milley in Seoul?")
    assert in_article(asked, "He left SEOUL's airport. General Milley met others.") >= {"milley", "seoul"}
    assert in_article(asked, "") == frozenset()


def test_reading_counts_from_no_answer_on() -> None:
    rows = read_rows(np.array([1.0, 2.0]), np.array([-np.inf, 3.0]), np.array([0.0, 1.0]))
    assert rows[:, READ.index("reading")] == pytest.approx([UNREAD, 3])
    assert rows[:, READ.index("reading_lead")] == pytest.approx([UNREAD - 3, 3 - UNREAD])


# What must not count against a passage, whatever the data the weights were fitted to.
BETTER = [
    pytest.param({"lexical": 9.0}, id="words"),
    pytest.param({"dense": 0.9}, id="meaning"),
    pytest.param({"time": 1.0}, id="time"),
    pytest.param({"title": "The president of Bolivia"}, id="title"),
    pytest.param({"text": "The president of Bolivia spoke."}, id="names"),
]


@pytest.mark.parametrize("change", BETTER)
def test_what_speaks_for_a_passage_never_moves_it_down(change: dict[str, Any]) -> None:
    question = analyse("Who is the president of Bolivia?")
    plain, better = a_found(), a_found(**change)
    word_rarity = load_selection().word_rarity
    first, second = load_ranking().of_found(question, [plain, better], word_rarity)
    assert second.score >= first.score  # the same where the fit has left the column out


def test_all_that_speaks_for_a_passage_moves_it_up() -> None:
    question = analyse("Who is the president of Bolivia?")
    better = a_found("The president of Bolivia spoke.", title="Bolivia", lexical=9.0, dense=0.9, time=1.0)
    first, second = load_ranking().of_found(question, [a_found(), better], load_selection().word_rarity)
    assert second.score > first.score


def test_a_passage_that_answers_moves_up() -> None:
    model = load_ranking()
    ranked = model.of_found(analyse("Who spoke?"), [a_found(), a_found()], rarity)
    silent, said = model.of_read(ranked, np.array([-5.0, 5.0]), np.array([1.0, 1.0]))
    assert said.score > silent.score
    typed, untyped = model.of_read(ranked, np.array([1.0, 1.0]), np.array([1.0, -1.0]))
    assert typed.score > untyped.score
    assert set(said.features) == {*FOUND, *READ, NEARNESS}


def test_ties_score_alike() -> None:
    ranked = load_ranking().of_found(analyse("Who spoke?"), [a_found(), a_found()], rarity)
    assert ranked[0].score == ranked[1].score


def test_weights_are_of_the_reader_that_is_shipped() -> None:
    assert load_ranking().reader == load_selection().reader


def test_weights_survive_the_disk_and_others_are_refused(tmp_path: Path) -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    copy = tmp_path / "ranking.json"
    stored["finding"]["columns"]["lead"] = [2.5, 0.25, 0.5]
    copy.write_text(json.dumps(stored), encoding="utf-8")
    model = RankingModel.load(copy)
    place = FOUND.index("lead")
    assert (model.finding.weights[place], model.finding.means[place], model.finding.scales[place]) == (
        2.5,
        0.25,
        0.5,
    )
    del stored["finding"]["columns"]["lead"]
    copy.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(ValueError, match="fitted for other features"):
        RankingModel.load(copy)
