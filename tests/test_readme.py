"""What the README shows is what happens."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from qa.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def sessions(block: str) -> list[tuple[str, str]]:
    """(command, what it prints) of a console block."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def without_figure(output: str) -> str:
    """Output but for how sure an answer is, which moves with every fit of the weights."""
    return re.sub(r"\d+ % sure", "N % sure", output.strip())


@pytest.fixture(scope="module")
def transcript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme") / "my-archive"


def test_the_commands_print_what_is_shown(
    transcript: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CITEWIRE_ARCHIVE", str(transcript))
    shown = [session for block in blocks("console") for session in sessions(block)]
    assert len(shown) >= 3
    for command, expected in shown:
        program, *arguments = shlex.split(command)
        assert program == "citewire"
        main(arguments)
        assert without_figure(capsys.readouterr().out) == without_figure(expected), command


def test_the_library_example_prints_what_is_shown(transcript: Path) -> None:
    main(["index", "--seeds", "--quiet", "--archive", str(transcript)])
    (code,), (expected,) = blocks("python"), blocks("text")
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=transcript.parent,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(transcript.parent)},
    )
    assert result.stdout.strip() == expected.strip()


def test_every_target_and_file_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize("command", re.findall(r"^\| `citewire (\w+)", README, re.MULTILINE))
def test_every_command_of_the_table_exists(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert f"\n    {command} " in capsys.readouterr().out
