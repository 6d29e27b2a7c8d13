"""How sure a follow-up's answer is: what is seen of it, and what is made of that."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import an_article, put

from index.archive import Archive
from index.article import Span
from qa import ask, explain
from qa.answer import Evidence, Hit
from qa.follow_up import AS_TYPED, FollowUp, Way
from qa.judging import Judgement
from qa.models import load_selection, load_sureness
from qa.question import analyse
from qa.selection import LinearModel
from qa.sureness import LEAST_READ, MOST_LEAD, how_sure, seen_of
from qa.sureness_model import SEEN, WEIGHTS, Seen, Sureness, SurenessModel

HERE, THERE = an_article(1), an_article(2)
PLAIN = Seen(in_view=1.0, spoken_of=0.0, in_context=4.0, in_full=3.0, lead_in_view=2.0)


@pytest.fixture
def towns(archive: Archive) -> Archive:
    put(archive, HERE, THERE)
    archive.embed()
    return archive


def piece(answer: str, confidence: float, article: int = 1) -> Evidence:
    """A piece of evidence in the first sentence of an article that has the answer in it."""
    told = HERE if article == 1 else THERE
    start = told.text.index(answer)
    return Evidence(told, Span(start, start + len(answer)), Span(0, told.text.index(".") + 1), confidence)


def hit(archive: Archive, article: str) -> Hit:
    (passage,) = archive.catalogue.passages_of(article)
    return Hit(archive.article(article), passage, 1, 0.0, None, None)


READ = FollowUp(
    Way.COMPLETED,
    "When did the mayor open bridge number 1?",
    articles=("a1",),
    context="when? | Who opened bridge number 1? | The mayor of Town1",
)


def test_what_is_seen_of_the_best_sentence(towns: Archive) -> None:
    likely = [piece("Monday", 0.5), piece("number 2", 0.2, article=2)]
    question = analyse(READ.text)
    seen = seen_of(towns, question, READ, [hit(towns, "a1"), hit(towns, "a2")], likely)
    assert (seen.in_view, seen.spoken_of) == (1.0, 0.0)
    # ln(.5 / .5) - ln(.2 / .8) = ln 4
    assert seen.lead_in_view == pytest.approx(np.log(4))
    # The real reader is sure of Monday in full; both are scores of the same sentence.
    assert seen.in_full > 0
    assert seen.in_context > LEAST_READ
    elsewhere = seen_of(towns, question, READ, [hit(towns, "a2")], likely[1:])
    assert (elsewhere.in_view, elsewhere.lead_in_view) == (0.0, MOST_LEAD)
    before = replace(READ, articles=("a1", "a2"))
    assert seen_of(towns, question, before, [hit(towns, "a2")], likely[1:]).spoken_of == 1.0


def test_the_order_stays_and_the_best_is_as_sure_as_the_model_says(towns: Archive) -> None:
    likely = [piece("Monday", 0.8), piece("number 2", 0.2, article=2)]
    hits = [hit(towns, "a1"), hit(towns, "a2")]
    sure = how_sure(towns, analyse(READ.text), READ, hits, Judgement(likely, 0.18), likely)
    best, other = sure.of(likely)
    assert sure.seen
    assert best.confidence == pytest.approx(load_sureness().probability(sure.seen))
    assert other.confidence == pytest.approx(best.confidence / 4)
    assert sure.threshold == load_sureness().threshold


def test_what_follows_on_nothing_is_as_sure_as_it_was_judged(towns: Archive) -> None:
    likely = [piece("Monday", 0.8)]
    sure = how_sure(towns, analyse("when?"), AS_TYPED, [], Judgement(likely, 0.18), likely)
    assert sure == Sureness(0.18)
    assert list(sure.of(likely)) == likely


def test_a_probability_is_the_sum_of_its_columns_through_the_logistic_function() -> None:
    ones = np.ones(len(SEEN))
    model = SurenessModel(LinearModel(ones, 0 * ones, ones, bias=-10.0), 0.5, "")
    # 1 + 0 + 4 + 3 + 2 - 10 = 0
    assert model.probability(PLAIN) == 0.5
    assert model.probability(replace(PLAIN, in_context=6.0)) == pytest.approx(1 / (1 + np.exp(-2)))


@pytest.mark.parametrize(
    ("seen", "of_context"),
    [
        (PLAIN, False),
        (replace(PLAIN, in_full=-0.5), True),  # in full, the reader finds nothing there
        (replace(PLAIN, in_context=9.0), True),  # it is far surer of what was typed
        (replace(PLAIN, in_full=-0.5, in_view=0.0), False),  # elsewhere, the question in full is read
        (replace(PLAIN, in_full=-0.5, in_view=0.0, spoken_of=1.0), True),
    ],
)
def test_what_was_answered_is_told_by_how_surely_the_question_in_full_is(
    seen: Seen, of_context: bool
) -> None:
    assert seen.is_of_context is of_context


def test_weights_are_of_the_reader_that_is_used() -> None:
    assert load_sureness().reader == load_selection().reader
    assert load_sureness().threshold == load_selection().plain.threshold


def test_weights_for_other_columns_are_refused(tmp_path: Path) -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    del stored["answering"]["columns"]["in_full"]
    path = tmp_path / "sureness.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(ValueError, match="other features"):
        SurenessModel.load(path)


def test_a_follow_up_is_explained_by_what_decided(towns: Archive) -> None:
    before = ["Who opened bridge number 1 in Town1?"]
    answer = ask(towns, "when?", history=before)
    found = explain(towns, "when?", history=before)
    assert tuple(item.name for item in found.inputs) == SEEN
    logit = found.bias + sum(item.added for item in found.inputs)
    assert answer.confidence == pytest.approx(1 / (1 + np.exp(-logit)))
    assert found.threshold == load_sureness().threshold
