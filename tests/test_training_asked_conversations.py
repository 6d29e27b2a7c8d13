"""Written conversations asked of the product: what counts as right, and how it is told."""

from pathlib import Path

from test_training_conversed import ON, OTHER, TURNS

from eval.archives import record_archive
from training.asked_conversations import Asked, asked, told


def test_turns_are_asked_one_after_another(tmp_path: Path) -> None:
    with record_archive([ON.record, OTHER.record], tmp_path / "archive") as archive:
        found = list(asked(archive, [(ON, TURNS)]))
        in_full = list(asked(archive, [(ON, TURNS)], in_full=True))
    assert [(turn.kind, turn.answerable) for turn in found] == [
        ("first", True), ("bare", True), ("bare", False)
    ]  # fmt: skip
    assert found[0].right
    assert in_full[0] == found[0]


def test_shares_are_told_by_kind() -> None:
    found = [Asked("first", True, True), Asked("bare", True, False), Asked("noun", True, True)]
    found.append(Asked("bare", False, True))
    lines = dict(line.rsplit("  ", 1) for line in told(found).splitlines())
    assert {name.strip(): share.strip() for name, share in lines.items()} == {
        "first": "1 of 1",
        "bare": "0 of 1",
        "noun": "1 of 1",
        "follow-ups": "1 of 2",
        "without an answer": "1 of 1",
    }
