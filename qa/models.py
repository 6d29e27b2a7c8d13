"""The models that answering needs, loaded once, on first need: the one place that knows their files."""

from functools import cache
from pathlib import Path

from qa.reader import OnnxReader, Reader
from qa.selection import SelectionModel

DATA = Path(__file__).parent / "data"


@cache
def load_reader() -> Reader:
    """Load the reader that comes with the package."""
    return OnnxReader(DATA / "reader.onnx")


@cache
def load_selection() -> SelectionModel:
    """Load the fitted weights that choose sentences and decide to abstain."""
    return SelectionModel.load()
