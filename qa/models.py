"""The models that answering needs, loaded once, on first need: the one place that knows their files."""

import json
import math
from functools import cache
from pathlib import Path

from index.errors import UsageError
from qa.ranking import RankingModel
from qa.reader import OnnxReader, Reader
from qa.rivals import RivalModel
from qa.selection import RARITY, SelectionModel
from qa.selection_features import Rarity
from qa.sureness_model import SurenessModel

READER = Path(__file__).parent / "data" / "reader.onnx"


@cache
def load_reader() -> Reader:
    """Load the reader that comes with the package.

    Raises:
        UsageError: the file is missing, damaged, or another than the one whose scores the weights that
            choose sentences were fitted to.
    """
    return OnnxReader(READER, checksum=load_selection().reader)


@cache
def load_selection() -> SelectionModel:
    """Load the fitted weights that choose sentences and decide to abstain."""
    return SelectionModel.load()


@cache
def load_ranking() -> RankingModel:
    """Load the fitted weights that put passages in order."""
    return RankingModel.load()


@cache
def load_sureness() -> SurenessModel:
    """Load the fitted weights that tell how sure the answer to a follow-up is.

    Raises:
        UsageError: they were fitted to the scores of another reader than the one that is used.
    """
    model = SurenessModel.load()
    if model.reader != load_selection().reader:
        raise UsageError("The weights for follow-ups are of another reader; install the package anew")
    return model


@cache
def load_rivals() -> RivalModel:
    """Load the fitted weights that tell whether another value answers the same question."""
    return RivalModel.load()


@cache
def load_rarity() -> Rarity:
    """Load the table that says how much a word tells; it needs no fitted weights."""
    table = json.loads(RARITY.read_text(encoding="utf-8"))
    unlisted = math.log(table["sentences"])
    return lambda form: float(table["rarity"].get(form, unlisted))
