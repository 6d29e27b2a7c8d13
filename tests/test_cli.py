"""The command line as a user types it: output, JSON and exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.archive import Archive
from index.indexing import index_paths
from qa.cli import main
from qa.command import ABSTAINED, BAD_USAGE, BROKEN_ARCHIVE, DONE

ROOT = Path(__file__).parent.parent
REUTERS = "004_20cb28233af96c27"
ANSWER_KEYS = {
    "question",
    "answer",
    "confidence",
    "abstained",
    "reason",
    "interpreted_as",
    "took_ms",
    "evidence",
}
EVIDENCE_KEYS = {"answer", "quote", "start", "end", "quote_start", "quote_end", "confidence", "article"}
ARTICLE_KEYS = {"id", "title", "source", "published", "url", "path"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the two seeds, made with the real encoder."""
    folder = tmp_path_factory.mktemp("cli") / "archive"
    with Archive.open(folder) as archive:
        index_paths(archive, [ROOT / "seeds"])
    return folder


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.setenv("CITEWIRE_ARCHIVE", str(folder))
    return Run(capsys)


class Run:
    """Runs a command; `out` and `err` are what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        status = main(arguments)
        self.out, self.err = self.capsys.readouterr()
        return status


def test_who_met_milley(run: Run, folder: Path) -> None:
    assert run("ask", "who met Milley?", "--json") == DONE
    reply = json.loads(run.out)
    assert set(reply) >= ANSWER_KEYS
    assert not reply["abstained"]
    best = reply["evidence"][0]
    assert set(best) >= EVIDENCE_KEYS
    assert set(best["article"]) >= ARTICLE_KEYS
    assert "General In-Choul Won" in best["quote"]
    assert (best["article"]["id"], best["article"]["source"]) == (REUTERS, "Reuters")
    assert best["article"]["published"] == "2021-12-01"
    with Archive.open(folder) as archive:
        text = archive.article(REUTERS).text
    for piece in reply["evidence"]:
        assert text[piece["start"] : piece["end"]] == piece["answer"]
        assert text[piece["quote_start"] : piece["quote_end"]] == piece["quote"]


def test_an_answer_for_people(run: Run) -> None:
    assert run("ask", "who met Milley?") == DONE
    assert "[1] “On Wednesday, Milley met with General In-Choul Won" in run.out
    assert "Reuters, 1 December 2021" in run.out


def test_an_abstention_has_a_reason_and_no_citation(run: Run) -> None:
    assert run("ask", "Who is the prime minister of Canada?", "--json") == ABSTAINED
    reply = json.loads(run.out)
    assert (reply["answer"], reply["abstained"], reply["evidence"]) == (None, True, [])
    assert reply["reason"] == "No article mentions “Canada”."
    assert run("ask", "Who is the prime minister of Canada?") == ABSTAINED
    assert run.out.startswith("The archive does not say.\nNo article mentions “Canada”.")
    assert "[1]" not in run.out


def test_many_questions_one_line_each(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines: list[dict[str, str | list[str]]] = [
        {"question": "who met Milley?"},
        {"question": "what is the capital of Canada?", "history": ["hello"]},
    ]
    questions.write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    assert run("ask", "--questions", str(questions)) == DONE
    replies = [json.loads(line) for line in run.out.splitlines()]
    assert [reply["question"] for reply in replies] == [line["question"] for line in lines]
    assert [reply["abstained"] for reply in replies] == [False, True]


def test_time_is_counted_from_the_day_of_asking(run: Run) -> None:
    question = "Who met Milley last week?"
    assert run("ask", question, "--asked-on", "2021-12-08", "--threshold", "0", "--json") == DONE
    reply = json.loads(run.out)
    assert (
        reply["interpreted_as"]
        == "“last week” (29 November to 5 December 2021): articles of that time come first"
    )
    assert reply["evidence"][0]["article"]["id"] == REUTERS
    assert run("ask", question, "--asked-on", "2021-12-08", "--threshold", "0") == DONE
    assert run.out.startswith("Read as: “last week” (29 November to 5 December 2021)")
    assert run("ask", question, "--asked-on", "2021-12-08", "--threshold", "1") == ABSTAINED
    assert "\nRead as: “last week”" in run.out


def test_filters_on_ask_and_search(run: Run) -> None:
    assert run("search", "who met Milley?", "--source", "reuters", "--json") == DONE
    assert {hit["article"]["source"] for hit in json.loads(run.out)} == {"Reuters"}
    assert run("search", "who met Milley?", "--after", "2021-12-02") == DONE
    assert "1 December 2021" not in run.out
    assert run("search", "Milley", "--source", "Nobody") == DONE
    assert run.out == "Nothing found.\n"
    assert run("ask", "who met Milley?", "--before", "2001-01-01") == ABSTAINED
    assert "The archive has no article dated up to 1 January 2001; its articles are of" in run.out
    assert run("ask", "who met Milley?", "--source", "Nobody", "--source", "Reuters", "--json") == DONE
    assert json.loads(run.out)["evidence"][0]["article"]["source"] == "Reuters"


def test_a_question_file_has_days_and_filters_of_its_own(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines: list[dict[str, str | list[str]]] = [
        {"question": "who met Milley last week?", "asked_on": "2021-12-08"},
        {"question": "who met Milley last week?"},
        {"question": "who met Milley?", "source": "Nobody"},
        {"question": "who met Milley?", "source": ["Nobody", "Reuters"], "after": "2021-12-01"},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert (
        run("ask", "--questions", str(questions), "--asked-on", "2021-12-01", "--before", "2001-01-01")
        == DONE
    )
    replies = [json.loads(line) for line in run.out.splitlines()]
    assert [(reply["interpreted_as"] or "").split(":")[0] for reply in replies] == [
        "“last week” (29 November to 5 December 2021)",
        "“last week” (22 to 28 November 2021)",
        *("", ""),
    ]
    # The line's own filters take the place of those of the command line.
    assert replies[0]["reason"].startswith("The archive has no article dated up to 1 January 2001; its")
    assert replies[2]["reason"] == "The archive has no article from “Nobody”."
    assert replies[3]["evidence"][0]["article"]["source"] == "Reuters"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '{"question": "who?", "asked_on": "yesterday"}',
            "jsonl:1: asked_on: expected a date such as 2021-12-01",
        ),
        ('{"question": "who?", "after": 2021}', "jsonl:1: after: expected text, found 2021"),
        ('{"question": "who?", "source": [1]}', "jsonl:1: source: expected an outlet or a list of them"),
        ('{"question": "who?", "after": "2021-02-30"}', "jsonl:1: after: expected a date"),
        ('{"question": "who?"}\n{"question": ', "questions.jsonl:2: not JSON"),
        ('{"q": "who?"}', "questions.jsonl:1: expected"),
        ("[1]", "questions.jsonl:1: expected"),
    ],
    ids=["day", "no text", "no outlet", "no such day", "torn", "no question", "no object"],
)
def test_a_bad_question_file_is_named_with_its_line(
    run: Run, tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / "questions.jsonl").write_text(content, encoding="utf-8")
    assert run("ask", "--questions", str(tmp_path / "questions.jsonl")) == BAD_USAGE
    assert message in run.err
    assert run.err.count("\n") == 1


def test_the_threshold_has_its_say(run: Run) -> None:
    assert run("ask", "who met Milley?", "--threshold", "1") == ABSTAINED
    assert "Closest sentence (does not answer):" in run.out
    assert run("ask", "what is the capital of Canada?", "--threshold", "0") == DONE


def test_search(run: Run) -> None:
    assert run("search", "who met Milley?", "-k", "3", "--json") == DONE
    hits = json.loads(run.out)
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert {"text", "score", "dense", "lexical", "start", "end", "article"} <= set(hits[0])
    assert run("search", "who met Milley?") == DONE
    assert run.out.startswith("1. Reuters, 1 December 2021")


def test_list_show_and_what_was_dropped(run: Run) -> None:
    assert run("list", "--json") == DONE
    articles = [json.loads(line) for line in run.out.splitlines()]
    assert len(articles) == 2
    assert run("show", REUTERS) == DONE
    assert "U.S. military leaders in S.Korea" in run.out
    assert "Guinness" not in run.out
    assert run("show", REUTERS, "--json") == DONE
    shown = json.loads(run.out)
    assert shown["text"].startswith("U.S. Secretary of Defense")
    assert run("show", REUTERS, "--dropped") == DONE
    assert "GUINNESS" in run.out
    assert run("show", "nobody") == BAD_USAGE
    assert "no article 'nobody'" in run.err


def test_a_list_is_narrowed_and_the_latest_come_first(run: Run) -> None:
    def listed(*options: str) -> list[str]:
        assert run("list", *options) == DONE
        return [line.split("\t")[0] for line in run.out.splitlines()]

    everything = listed()
    assert everything[0] == REUTERS  # 1 December 2021; the other is of 26 November
    assert listed("-n", "1") == [REUTERS]
    assert listed("--source", "reuters") == listed("--after", "2021-12-01") == listed("Milley") == [REUTERS]
    assert listed("Milley", "--before", "2021-11-30") == []
    assert run.err == "Nothing found.\n"
    assert listed("--source", "Reuter") == []
    assert run.err == "The archive has no article from “Reuter”. It has some from “Reuters”.\n"
    assert run("list", "--after", "soon") == BAD_USAGE


def test_what_holds_no_article_is_said_to(run: Run, tmp_path: Path) -> None:
    (tmp_path / "photographs").mkdir()
    assert run("index", "--quiet", str(tmp_path / "photographs"), "--archive", str(tmp_path / "new")) == DONE
    assert (
        run.err
        == "no article found there: expected .txt, .md, .html, .htm, .pdf, .docx, .jsonl, .csv, .zip\n"
    )
    assert run("list", "--archive", str(tmp_path / "new")) == DONE
    assert run.err == "The archive is empty: `citewire index PATH` adds articles.\n"


def test_an_outlet_that_is_not_there_is_said_with_those_that_are_near(run: Run) -> None:
    for typed in ("Reuter", "Ruters"):
        assert run("ask", "who met Milley?", "--source", typed) == ABSTAINED
        assert f"no article from “{typed}”. It has some from “Reuters”." in run.out
    assert run("ask", "who met Milley?", "--source", "Zeitung") == ABSTAINED
    assert "no article from “Zeitung”." in run.out
    assert "It has some" not in run.out


def test_index_remove_verify(run: Run, tmp_path: Path) -> None:
    archive = str(tmp_path / "own")
    article = tmp_path / "bridge.txt"
    article.write_text(
        "Bridge opens\n\nThe mayor of Ghent opened the new bridge on Monday.", encoding="utf-8"
    )
    assert run("index", str(article), "--archive", archive, "--quiet") == DONE
    assert "added 1, updated 0, skipped 0" in run.out
    assert run("index", str(article), "--archive", archive) == DONE
    assert "added 0, updated 0, skipped 1" in run.out
    assert run("ask", "who opened the bridge?", "--archive", archive, "--threshold", "0") == DONE
    assert run("verify", "--archive", archive) == DONE
    assert run.out.endswith("ok\n")
    assert run("remove", "bridge", "--archive", archive) == DONE
    assert run("ask", "who opened the bridge?", "--archive", archive) == ABSTAINED
    assert "The archive is empty" in run.out
    assert run("remove", "bridge", "--archive", archive) == BAD_USAGE


def test_bad_input_is_one_line_and_status_2(run: Run, tmp_path: Path) -> None:
    for arguments in (
        ["index", str(tmp_path / "nowhere")],
        ["index"],
        ["ask"],
        ["ask", "who?", "--questions", "x.jsonl"],
        ["search", "who?", "--archive", str(tmp_path / "no-archive")],
        ["ask", "who?", "--asked-on", "yesterday"],
        ["ask", "who?", "--after", "2021-13-01"],
        ["search", "who?", "--before", "soon"],
        ["search", "who?", "--after", "2021-02-02", "--before", "2021-02-01"],
        ["search", "who?", "--source", " "],
    ):
        assert run(*arguments) == BAD_USAGE, arguments
        assert run.err.startswith("citewire: ")
        assert run.err.count("\n") == 1
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 20)
    assert run("index", str(tmp_path / "picture.txt"), "--archive", str(tmp_path / "new"), "-q") == BAD_USAGE
    assert "picture.txt" in run.err


@pytest.mark.parametrize(
    "arguments", [["ask", "--threshold", "2", "x"], ["search", "x", "-k", "0"], ["fly"], []], ids=str
)
def test_bad_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == BAD_USAGE
    assert "usage: citewire" in capsys.readouterr().err


def test_a_broken_archive_is_status_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"rubbish" * 1000)
    assert run("list", "--archive", str(tmp_path)) == BROKEN_ARCHIVE
    assert "not a readable catalogue" in run.err
    assert run.err.count("\n") == 1


@pytest.fixture(scope="module")
def help_text() -> str:
    result = subprocess.run(
        [sys.executable, "-m", "qa.cli", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return result.stdout


@pytest.mark.parametrize(
    "command",
    ["chat", "index", "ask", "search", "list", "stories", "show", "remove", "verify", "eval"],
)
def test_every_command_is_in_the_help_and_has_its_own(command: str, help_text: str) -> None:
    assert f"\n    {command} " in help_text
    result = subprocess.run(
        [sys.executable, "-m", "qa.cli", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "--archive" in result.stdout


@pytest.fixture
def stories(tmp_path: Path, run: Run) -> str:
    """An archive with a story of two texts, one of them at two outlets, and two other articles."""
    from made_stories import COPY, LATER, RIVAL, TREATY, WIRE

    lines = [
        {
            "id": article.id,
            "title": article.title,
            "text": article.text,
            "source": article.source,
            "published": str(article.published),
        }
        for article in (WIRE, COPY, RIVAL, LATER, TREATY)
    ]
    file = tmp_path / "stories.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run("index", str(file), "--archive", str(tmp_path / "stories"), "-q") == DONE
    return str(tmp_path / "stories")


def test_stories(run: Run, stories: str) -> None:
    assert run("stories", "--archive", stories) == DONE
    assert run.out.splitlines() == [
        "Fire guts Oostakker market hall",
        "3 articles, 3 outlets, 2 different texts",
        "  wire  8 January 2024, Agency: Fire guts Oostakker market hall",
        "  copy  9 January 2024, Daily: Market hall in Oostakker gutted by fire (a version of wire)",
        "  rival  9 January 2024, Courier: Oostakker market hall burns down",
    ]
    assert run("stories", "--json", "--latest", "-n", "1", "--archive", stories) == DONE
    (story,) = map(json.loads, run.out.splitlines())
    assert (story["id"], story["from"], story["to"]) == ("wire", "2024-01-08", "2024-01-09")
    assert (story["outlets"], story["texts"]) == (["Agency", "Daily", "Courier"], 2)
    assert [(a["id"], a["version"]) for a in story["articles"]] == [("wire", 0), ("copy", 0), ("rival", 1)]


def test_show_names_the_storys_other_articles(run: Run, stories: str) -> None:
    assert run("show", "copy", "--archive", stories) == DONE
    assert run.out.endswith(
        "Copies or updates of this text:\n"
        "  wire  8 January 2024, Agency: Fire guts Oostakker market hall\n\n"
        "Also on this story:\n"
        "  rival  9 January 2024, Courier: Oostakker market hall burns down\n"
    )
    assert run("show", "treaty", "--archive", stories) == DONE
    assert "Also on this story" not in run.out
    assert run("show", "copy", "--json", "--archive", stories) == DONE
    assert json.loads(run.out)["story"]["id"] == "wire"


def test_an_archive_without_stories_says_so(run: Run) -> None:
    assert run("stories") == DONE
    assert run.out == "No story is told by several articles.\n"
