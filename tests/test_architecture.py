"""The shape of the code: one direction, quick imports, heavy libraries behind one door each."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = {"app": 3, "chat": 3, "eval": 3, "training": 3, "qa": 2, "index": 1}
ONLY_IN = {
    "faiss": {"index/faiss_store.py"},
    "sqlite3": {
        "index/database.py",
        "index/catalogue.py",
        "index/corrections.py",
        "index/lexical.py",
        "index/stories.py",
        "qa/cli.py",
    },
    "onnxruntime": {"index/onnx_encoder.py"},
    "sentence_transformers": {"index/sentence_encoder.py"},
    "lxml": {"index/reading/xml.py"},
    "pypdfium2": {"index/reading/pdf_worker.py"},
    "socket": {"index/network.py", "chat/serving.py"},
    "trafilatura": {"index/reading/webpage.py"},
}


def sources() -> Iterator[Path]:
    yield ROOT / "app.py"
    for part in ("chat", "eval", "qa", "index"):
        yield from sorted((ROOT / part).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Top-level names of all imports in a file, also those inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py")
    for name in imported(path):
        if name in PARTS and name != part and {part, name} != {"app", "chat"}:
            assert PARTS[name] < PARTS[part], f"{part} imports {name}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_heavy_library_has_one_door(library: str) -> None:
    importers = {path.relative_to(ROOT).as_posix() for path in sources() if library in imported(path)}
    assert importers <= ONLY_IN[library] | {f for f in importers if f.startswith("eval/")}


def test_gradio_is_imported_by_the_page_alone() -> None:
    importers = {path.relative_to(ROOT).parts[0] for path in sources() if "gradio" in imported(path)}
    assert importers <= {"app.py", "chat"}


@pytest.mark.parametrize("command", ["import qa, index", "from qa import Archive, Retriever, ask"])
def test_importing_the_library_loads_no_model_library(command: str) -> None:
    heavy = (
        "torch sentence_transformers transformers onnxruntime faiss tiktoken tokenizers gradio trafilatura"
        " lxml pypdfium2"
    )
    script = f"{command}\nimport sys\nprint(*[name for name in {heavy.split()} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.split() == []


def test_the_public_names_are_all_there() -> None:
    import qa

    assert set(qa.__all__) == {"Answer", "Archive", "Evidence", "Hit", "Retriever", "ask", "explain"}
    assert dir(qa) == sorted(qa.__all__)
    assert all(getattr(qa, name).__name__ == name for name in qa.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = qa.nothing
