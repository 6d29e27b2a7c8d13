"""Ranked lists with judgements: the measures, TIME, and the choice of sentences on WikiQA and TREC-QA."""

import gzip
import json
import math
from datetime import date
from pathlib import Path

import pytest
from fakes import HashingEncoder

from eval import sentence_choice, time_collection
from eval.archives import record_archive
from eval.cli import main
from eval.commands import Exit
from eval.judged import detokenised, read_trecqa, read_wikiqa
from eval.ranking import average_precision, means, ndcg, reciprocal_rank
from index.archive import Archive
from index.errors import UsageError
from qa.models import load_reader, load_selection

WIKIQA = """QuestionID\tQuestion\tDocumentID\tDocumentTitle\tSentenceID\tSentence\tLabel
Q1\twho opened the bridge of corby\tD1\tCorby\tD1-0\tCorby is a town in England .\t0
Q1\twho opened the bridge of corby\tD1\tCorby\tD1-1\tCarla Cole opened the bridge of Corby on Monday .\t1
Q1\twho opened the bridge of corby\tD1\tCorby\tD1-2\tCorby is a town in England .\t0
Q2\twhat is a "corby\tD1\tCorby\tD1-0\tIt rained .\t0
"""
TRECQA = """<QApairs id='1'>
<question>
Who\topened\tthe\tbridge\t?
WP\tVBD\tDT\tNN\t.
</question>
<negative>
It\trained\t``\tall\tday\t.\t''
PRP\tVBD
</negative>
<positive>
Carla\tCole\topened\tthe\tbridge\ton\tMonday\t.
NNP\tNNP
Carla Cole
1 2
</positive>
<negative>
It\trained\t``\tall\tday\t.\t''
PRP\tVBD
</negative>
</QApairs>
"""


def packed(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_measures_by_hand() -> None:
    ranking, relevant = ["b", "a", "c", "d"], {"a", "d", "missing"}
    assert average_precision(ranking, relevant) == pytest.approx((1 / 2 + 2 / 4 + 0) / 3)
    assert reciprocal_rank(ranking, relevant) == 1 / 2
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(ranking, relevant, 10) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / best)
    assert ndcg(ranking, relevant, 1) == 0.0
    assert reciprocal_rank(ranking, {"missing"}) == 0.0
    assert all(math.isnan(value) for value in (average_precision(ranking, set()), ndcg(ranking, set(), 5)))


def test_a_mean_has_its_interval() -> None:
    figure = means([0.0, 1.0, 1.0, 1.0])
    assert figure.value == 0.75
    assert figure.low < 0.75 < figure.high
    assert math.isnan(means([]).value)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("He said , `` It 's over . ''", "He said, “It's over.”"),
        ("the -LRB- old -RRB- men 's club costs $ 5 ?", "the (old) men's club costs $5?"),
        ("", ""),
    ],
)
def test_ordinary_spelling(text: str, written: str) -> None:
    assert detokenised(text) == written


def test_wikiqa_and_trecqa_are_read(tmp_path: Path) -> None:
    first, second = read_wikiqa(packed(tmp_path / "wiki.gz", WIKIQA))
    assert (first.right, second.right) == ((1,), ())
    assert first.documents[0][0] == "Corby"
    assert first.sentences[1] == "Carla Cole opened the bridge of Corby on Monday."
    (trec,) = read_trecqa(packed(tmp_path / "trec.gz", TRECQA))
    assert (trec.text, trec.right) == ("Who opened the bridge?", (1,))
    assert trec.sentences == (
        "It rained “all day.”",
        "Carla Cole opened the bridge on Monday.",
        "It rained “all day.”",
    )


@pytest.mark.parametrize("name", ["wikiqa", "trecqa"])
def test_files_that_are_something_else(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / sentence_choice.FILES[name][0]
    assert main([name, "--data", str(tmp_path)]) == Exit.USAGE
    packed(path, "nothing\n")
    assert main([name, "--data", str(tmp_path)]) == Exit.USAGE
    path.write_bytes(b"no gzip")
    assert main([name, "--data", str(tmp_path)]) == Exit.USAGE
    assert name[:4] in capsys.readouterr().err.lower()


@pytest.mark.parametrize(
    ("text", "read"), [(WIKIQA, read_wikiqa), (TRECQA, read_trecqa)], ids=["wiki", "trec"]
)
def test_the_product_chooses_the_sentence(tmp_path: Path, archive: Archive, text: str, read: object) -> None:
    questions = [one for one in read(packed(tmp_path / "x.gz", text)) if one.right]  # type: ignore[operator]
    (line,) = sentence_choice.score(archive, questions, load_reader(), load_selection())
    assert set(line.scores) == set(sentence_choice.SYSTEMS)
    assert all(len(scores) == len(line.sentences) for scores in line.scores.values())
    assert line.measured("Citewire").reciprocal_rank == 1.0
    assert line.both_kinds
    figures = sentence_choice.figures_of([line])
    assert figures["Citewire, MAP, both kinds"].value == 1.0


def a_collection(folder: Path) -> Path:
    articles = [
        {"_id": "1", "date": "01/04/63", "text": "A BRIDGE WAS OPENED IN CORBY . THE MAYOR CUT A RIBBON ."},
        {"_id": "2", "date": "08/30", "text": "CORBY HAS NO BRIDGE NOW . A SHIP BROKE IT ."},
        {"_id": "3", "date": "12/27/63", "text": "SNOW FELL ON THE ALPS ."},
    ]
    queries = [{"_id": "7", "text": "SNOW IN THE ALPS"}, {"_id": "8", "text": "NOBODY JUDGED THIS"}]
    for name, records in ((time_collection.CORPUS, articles), (time_collection.QUERIES, queries)):
        packed(folder / name, "".join(json.dumps(record) + "\n" for record in records))
    packed(folder / time_collection.JUDGED, "query-id\tcorpus-id\tscore\n7\t3\t1\n8\t1\t0\n")
    return folder


def test_time_collection(tmp_path: Path) -> None:
    collection = time_collection.read_collection(a_collection(tmp_path / "time"))
    assert collection.queries == {"7": "SNOW IN THE ALPS"}
    assert collection.relevant == {"7": frozenset({"3"})}
    assert collection.records[1].published == date(1963, 8, 30).isoformat()
    with record_archive(collection.records, None, encoder=HashingEncoder()) as archive:
        lines = list(time_collection.score(archive, collection))
    assert [line.system for line in lines] == ["Citewire", "words alone", "meaning alone"]
    assert all(line.first[0] == "3" and line.measures.ndcg_10 == 1.0 for line in lines)
    assert time_collection.figures_of(lines)["words alone, MAP"].value == 1.0


def test_what_is_no_time_collection(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not the TIME collection"):
        time_collection.read_collection(tmp_path)


def test_ties_go_to_the_earlier_sentence() -> None:
    line = sentence_choice.Line("q", (1,), ("a", "b"), {"Citewire": (0.5, 0.5)})
    assert line.measured("Citewire").reciprocal_rank == 0.5
