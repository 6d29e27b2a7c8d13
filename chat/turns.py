"""Turns of a conversation: what was asked, the reply as painted, and the answer it was painted from.

Conversations are kept in the reader's browser, not here. What comes back from a browser is not trusted:
each turn is sealed with the archive's key when it is given out, and shown again only with its seal whole.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.filters import EVERYTHING, Filters
from qa.programs import filters_of
from qa.rendering import Json
from qa.turn import Turn as Said

KEY_BYTES = 32
MOST_TURNS = 200  # of a conversation that is shown again
LONGEST_TURN = 500_000  # characters


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply; `answer` is the JSON object of the answer, None for a mere notice.

    `said` is what later questions may refer to, None if nothing. `asked_on` is the day it was asked, which
    "last week" is counted from; None for turns that were kept before it was.
    """

    question: str
    html: str
    answer: Json | None = None
    filters: Filters = EVERYTHING
    said: Said | None = None
    asked_on: date | None = None


class Seals:
    """Seals turns for keeping elsewhere, and opens those that come back."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def of(cls, folder: Path) -> "Seals":
        """The seals of an archive: its key is made once; where it cannot be kept it lasts for one run."""
        file = folder / "page.key"
        try:
            with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
                new.write(secrets.token_bytes(KEY_BYTES))
        except OSError:  # it is there already, or nothing can be written here
            pass
        try:
            key = file.read_bytes()
        except OSError:
            key = b""
        return cls(key if len(key) == KEY_BYTES else secrets.token_bytes(KEY_BYTES))

    @property
    def name(self) -> str:
        """Tells the archives that one browser knows apart; says nothing of the key."""
        return hashlib.sha256(b"name" + self._key).hexdigest()[:12]

    def seal(self, turn: Turn) -> dict[str, str]:
        """The turn as a browser keeps it: `question` to list it by, `body`, and `seal` over the body."""
        body = json.dumps(
            {
                "question": turn.question,
                "html": turn.html,
                "answer": turn.answer,
                "filters": filters_json(turn.filters),
                "said": turn.said.to_json() if turn.said else None,
                "asked_on": turn.asked_on.isoformat() if turn.asked_on else None,
            },
            ensure_ascii=True,
        )
        return {"question": turn.question, "body": body, "seal": self._of(body)}

    def open(self, kept: object) -> Turn | None:
        """The turn that was sealed, None if this is none or was changed."""
        if not isinstance(kept, Mapping):
            return None
        body, seal = kept.get("body"), kept.get("seal")
        if not isinstance(body, str) or not isinstance(seal, str) or len(body) > LONGEST_TURN:
            return None
        if not hmac.compare_digest(self._of(body).encode(), seal.encode("utf-8", "replace")):
            return None
        fields = json.loads(body)
        said, day = fields.get("said"), fields.get("asked_on")  # turns of earlier versions have none
        return Turn(
            fields["question"],
            fields["html"],
            fields["answer"],
            _filters(fields["filters"]),
            Said.from_json(said) if said else None,
            date.fromisoformat(day) if day else None,
        )

    def open_all(self, kept: object) -> list[Turn]:
        """The turns of a conversation that a browser kept, without those that are not whole."""
        if not isinstance(kept, list):
            return []
        return [turn for turn in map(self.open, kept[:MOST_TURNS]) if turn is not None]

    def _of(self, body: str) -> str:
        return hmac.new(self._key, body.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def filters_json(filters: Filters) -> Json:
    """Filters as JSON; days are written 2021-12-01, "" if open."""
    return {
        "sources": list(filters.sources),
        "after": filters.after.isoformat() if filters.after else "",
        "before": filters.before.isoformat() if filters.before else "",
    }


def _filters(fields: Json) -> Filters:
    return filters_of(fields["sources"], fields["after"], fields["before"])


def questions(turns: Iterable[Turn]) -> list[str]:
    """What was asked, in order, of the turns that got an answer or an abstention."""
    return [turn.question for turn in turns if turn.answer is not None]
