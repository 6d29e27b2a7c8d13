"""Why an answer was given, or none: the numbers are those that decided."""

import json
import math
from dataclasses import dataclass, field, fields
from pathlib import Path

import pytest
from fakes import an_article, put

from index.archive import Archive
from qa import Retriever, ask, explain
from qa.answer import Hit
from qa.cli import main
from qa.explanation import _scores
from qa.explanation_rendering import explanation_json, explanation_text, why

QUESTION = "Who opened the bridge of Town3?"


@pytest.fixture
def towns(archive: Archive) -> Archive:
    put(archive, *(an_article(number) for number in range(1, 6)))
    archive.embed()
    return archive


def test_the_answer_is_the_one_that_ask_gives(towns: Archive) -> None:
    found, asked = explain(towns, QUESTION, threshold=0.0), ask(towns, QUESTION, threshold=0.0)
    assert found.answer.evidence == asked.evidence
    assert found.sentences[0].piece == asked.evidence[0]
    assert found.sentences[0].fate == "cited as [1]"


def test_a_follow_up_is_explained_as_it_was_read(towns: Archive) -> None:
    before = ["Who opened bridge number 3 in Town3?"]
    found = explain(towns, "when?", history=before)
    answer = ask(towns, "when?", history=before)
    assert answer.read_as
    assert found.answer.read_as == answer.read_as
    assert found.sentences[0].piece.confidence == pytest.approx(answer.confidence)
    assert explain(towns, "when?").answer.read_as is None
    of_view = {item.fate for item in found.passages if item.hit.article == answer.evidence[0].article}
    assert of_view == {"read with the turns before"}


def test_numbers_of_other_events_are_explained_as_they_were_weighed(archive: Archive) -> None:
    told = (
        "An explosion in Norham killed 12 miners on Monday. Explosions in Norham kill 260 miners every year."
    )
    put(archive, an_article(1, title="Explosion in Norham", text=told))
    archive.embed()
    question = "How many miners did explosions in Norham kill?"
    pieces = {item.piece.answer: item.piece.confidence for item in explain(archive, question).sentences}
    answers = ask(archive, question, threshold=0.0).evidence
    assert {piece.answer for piece in answers} <= pieces.keys()
    assert [pieces[piece.answer] for piece in answers] == [piece.confidence for piece in answers]


def test_the_probability_is_the_sum_of_its_inputs(towns: Archive) -> None:
    found = explain(towns, QUESTION, threshold=0.0)
    logit = found.bias + sum(item.added for item in found.inputs)
    assert found.answer.confidence == pytest.approx(1 / (1 + math.exp(-logit)))


def test_a_sentence_is_as_likely_as_its_score_says(towns: Archive) -> None:
    # Beside the best, a sentence has exp(score - best score) of its probability.
    best, *others = explain(towns, QUESTION, threshold=0.0).sentences
    for other in others:
        share = math.exp(other.score - best.score)
        assert other.piece.confidence == pytest.approx(best.piece.confidence * share)
        assert other.score <= best.score
        assert other.fate


def test_passages_have_their_scores_and_the_words_they_share(towns: Archive) -> None:
    found = explain(towns, QUESTION, threshold=0.0)
    hits = Retriever(towns).search(QUESTION, 16)
    assert [item.hit for item in found.passages] == hits
    first = found.passages[0]
    assert first.scores["score"] == hits[0].score
    assert first.scores["lexical"] == hits[0].lexical
    of_town = next(item for item in found.passages if item.hit.article.id == "a3")
    assert of_town.matched == ("opened", "bridge", "Town3")
    assert {item.fate for item in found.passages} <= {"read", "not read", "a copy of a passage that was read"}


@dataclass(frozen=True, slots=True)
class RankedHit:
    """A hit of a ranker to come: more numbers, some in a mapping, and what is none."""

    rank: int = 1
    score: float = 0.5
    learned: float = 2.0
    dense: float | None = None
    is_new: bool = True
    features: dict[str, float] = field(default_factory=lambda: {"title_words": 3.0})


def test_scores_that_a_ranker_adds_are_shown() -> None:
    hit: Hit = RankedHit()  # type: ignore[assignment]
    assert dict(_scores(hit)) == {"score": 0.5, "learned": 2.0, "title_words": 3.0}
    assert {item.name for item in fields(RankedHit)} > {"learned"}


def test_why_no_answer(towns: Archive) -> None:
    found = explain(towns, QUESTION, threshold=1.0)
    assert found.answer.abstained
    assert found.sentences[0].fate == "the best, but not sure enough"
    assert "100 % are needed" in why(found)
    assert why(found).startswith(found.answer.reason or "?")


@pytest.mark.parametrize("question", ["", "???", "\U0001f600", "a" * 5_000, "\x00\ud800", "' OR 1=1 --"])
def test_any_question_is_explained(towns: Archive, question: str) -> None:
    found = explain(towns, question, threshold=0.0)
    json.dumps(explanation_json(found))
    assert explanation_text(found)


def test_an_empty_archive_is_explained(archive: Archive) -> None:
    found = explain(archive, QUESTION)
    assert found.sentences == ()
    assert why(found) == "The archive is empty: `citewire index PATH` adds articles."


def test_the_command_line_explains_in_both_forms(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "a")
    assert main(["index", str(seeds), "--quiet", "--archive", folder]) == 0
    capsys.readouterr()
    assert main(["ask", "who met Milley?", "--explain", "--json", "--archive", folder]) == 0
    told = json.loads(capsys.readouterr().out)
    why_told = told["explanation"]
    assert why_told["decision"] == "answered"
    assert why_told["sentences"][0]["quote"] == told["evidence"][0]["quote"]
    assert why_told["sentences"][0]["read"]["answer"] == told["answer"]
    assert why_told["probability"]["value"] == told["confidence"]
    assert "attribution" in told["evidence"][0]
    assert main(["ask", "who met Milley?", "--explain", "--archive", folder]) == 0
    text = capsys.readouterr().out
    assert all(head in text for head in ("Why\n", "Passages found", "Sentences judged", "to begin with"))
    assert "(says so: joint statement)" in text


def test_a_file_of_questions_is_not_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--questions", str(tmp_path / "q.jsonl"), "--explain"]) == 2
    assert "--explain takes one question" in capsys.readouterr().err
