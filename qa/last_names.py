"""Persons that a follow-up took over from earlier turns, called as articles call them."""

import re

from index.words import form_set
from qa.mentions import TITLES, Kind, name_kind
from qa.phrases import names, tokens

# A name that stands so often in full and never shortened is not shortened.
OFTEN = 3


def with_last_names(typed: str, full: str, context: str) -> str:
    """The question in full with the persons that were put in called by their last names.

    Articles give a full name once: a question with all of it finds that sentence and no other.
    """
    had = form_set(typed)
    brief = full
    for name in reversed(names(full)):
        last = tokens(name.text)[-1]
        is_put_in = not form_set(name.text) & had and last.start() > 0
        if not is_put_in or not _is_last_name(last[0]) or not _called_by(name.text, last[0], context):
            continue
        if name_kind(name.text, context) is Kind.PERSON:
            first = tokens(name.text)[0][0]
            title = f"{first} " if first.lower().rstrip(".") in TITLES else ""
            brief = f"{brief[: name.start]}{title}{last[0]}{brief[name.end :]}"
    return brief


def _is_last_name(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and not word.isupper()


def _called_by(name: str, last: str, context: str) -> bool:
    """Whether articles call somebody by the last name, as far as told: never "Mac" of Fleetwood Mac."""
    alone = (
        not re.search(r"\b[A-Z][\w.'’-]*\W{1,3}$", context[max(0, match.start() - 30) : match.start()])
        for match in re.finditer(rf"\b{re.escape(last)}\b", context)
    )
    return context.count(name) < OFTEN or any(alone)
