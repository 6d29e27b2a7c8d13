"""What programs get: three functions with checked arguments, the same over MCP."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from chat_server import OUTLETS, ask_keywords
from fakes import an_article, put

from chat.http_api import DEFAULTS, completed
from index.archive import Archive
from index.errors import UsageError
from qa.programs import LONGEST_QUESTION, Programs

ROOT = Path(__file__).parent.parent


@pytest.fixture
def programs(archive: Archive) -> Programs:
    put(archive, *(an_article(number, source=OUTLETS[number % 2]) for number in range(1, 7)))
    return Programs(archive, ask_keywords)


def test_a_question_gets_the_json_of_its_answer(programs: Programs) -> None:
    answer = programs.ask("Who lives in Town3?")
    assert answer["answer"] == "Town3"
    assert answer["evidence"][0]["article"]["id"] == "a3"
    assert programs.ask("Who lives in Town3?", ["The Example"])["abstained"]


def test_a_question_may_go_on_from_earlier_ones(programs: Programs) -> None:
    answer = programs.ask("And Town2?", history=["Who lives in Town3?"])
    assert (answer["answer"], answer["read_as"]) == ("Town2", "Who lives in Town2?")
    assert programs.ask("And Town2?", history="Who lives in Town3?") | {"took_ms": 0} == answer | {
        "took_ms": 0
    }
    assert programs.ask("And Town2?", history=[" "])["read_as"] is None
    assert programs.ask("And Town2?", [], "", "", "")["read_as"] is None  # as calls were made before


def test_passages_and_articles_are_found(programs: Programs) -> None:
    (hit,) = programs.search("Town2", 1, ["The Example"])
    assert hit["article"]["id"] == "a2"
    page = programs.articles("bridge", after="2024-01-04", limit=2)
    assert (page["total"], [item["id"] for item in page["articles"]]) == (4, ["a6", "a5"])
    assert page["articles"][0].keys() == hit["article"].keys()


@pytest.mark.parametrize(
    ("function", "arguments", "match"),
    [
        ("ask", {"question": "x" * (LONGEST_QUESTION + 1)}, "at most 2,000"),
        ("ask", {"question": None}, "expected a text"),
        ("ask", {"question": "who?", "after": "soon"}, "after: expected a date"),
        ("ask", {"question": "who?", "asked_on": "2021-13-01"}, "asked_on"),
        ("ask", {"question": "who?", "sources": ["x"] * 101}, "at most 100 outlets"),
        ("ask", {"question": "who?", "sources": [1]}, "list of at most"),
        ("ask", {"question": "x", "history": ["x"] * 51}, "at most 50 questions"),
        ("ask", {"question": "x", "history": [{}]}, "at most 50 questions"),
        ("ask", {"question": "x", "history": ["x" * (LONGEST_QUESTION + 1)]}, "at most 2,000"),
        ("search", {"query": "x", "k": 0}, "k: expected a whole number from 1 to 100"),
        ("search", {"query": "x", "k": 1.5}, "whole number"),
        ("search", {"query": "x", "k": True}, "whole number"),
        ("articles", {"limit": 501}, "limit"),
        ("articles", {"offset": -1}, "offset"),
        ("articles", {"after": "2022-01-01", "before": "2021-01-01"}, "no day is left"),
    ],
)
def test_bad_arguments_are_one_line(
    programs: Programs, function: str, arguments: dict[str, Any], match: str
) -> None:
    with pytest.raises(UsageError, match=match):
        getattr(programs, function)(**arguments)


def test_calls_are_completed_with_defaults() -> None:
    assert json.loads(completed("search", b'{"data": ["x", 3]}')) == {"data": ["x", 3, None, "", ""]}
    for body in (b"", b"[1]", b'{"data": []}', b'{"data": {}}', b"\xff", b"[" * 100_000):
        assert completed("ask", body) == body
    assert {name: len(values) for name, values in DEFAULTS.items()} == {"ask": 6, "search": 5, "articles": 6}


# MCP


def test_an_mcp_client_calls_the_three_tools(programs: Programs) -> None:
    from mcp import Client

    from qa.mcp_server import server

    async def talk() -> None:
        async with Client(server(programs)) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert list(tools) == ["ask", "search", "articles"]
            assert all(tool.description for tool in tools.values())
            asked = await client.call_tool(
                "ask", {"question": "Who lives in Town3?", "sources": ["The Other"]}
            )
            assert asked.structured_content == programs.ask("Who lives in Town3?") | {
                "took_ms": asked.structured_content["took_ms"]
            }
            earlier = {"question": "And Town2?", "history": ["Who lives in Town3?"]}
            followed = await client.call_tool("ask", earlier)
            assert followed.structured_content["read_as"] == "Who lives in Town2?"
            found = await client.call_tool("search", {"query": "Town2", "k": 1})
            assert found.structured_content["result"][0]["article"]["id"] == "a2"
            listed = await client.call_tool("articles", {"limit": 1})
            assert listed.structured_content["total"] == 6
            wrong = await client.call_tool("search", {"query": "x", "k": 0})
            assert wrong.is_error
            assert "k: expected a whole number" in wrong.content[0].text  # type: ignore[union-attr]

    asyncio.run(talk())


def test_the_command_speaks_mcp_on_standard_output_alone(tmp_path: Path, archive: Archive) -> None:
    from mcp import ClientSession, StdioServerParameters, stdio_client

    put(archive, an_article(1))
    command = ["-m", "qa.cli", "mcp", "--archive", str(archive.folder)]

    async def talk() -> None:
        parameters = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT)
        async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
            assert (await session.initialize()).server_info.name == "citewire"
            listed = await session.call_tool("articles", {"words": "bridge"})
            assert listed.structured_content["total"] == 1

    asyncio.run(talk())


def test_a_missing_archive_is_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from qa.mcp_server import main

    assert main(["--archive", str(tmp_path / "none")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("citewire: ")
