"""Whom "the president" or "the defense secretary" means, where the articles in view name just one so."""

import re
from collections import Counter
from collections.abc import Iterator

from index.word_tables import ROLES
from qa.phrases import bare, noun_phrases, tokens

# An article may name another once, "President Bush" beside "President Obama": this share means one.
MOSTLY = 0.75
_LONGER = 60
_SHORT = {"senator": "Sen", "governor": "Gov", "representative": "Rep", "congressman": "Rep",
          "congresswoman": "Rep", "general": "Gen"}  # fmt: skip
_NAME = (
    r"(?P<name>[A-Z][\w’'-]*[a-z][\w’'-]*(?:\s+[A-Z]\.)?"
    r"(?:\s+(?:(?:de|del|di|van|von|der|al|bin)\s+)*[A-Z][\w’'-]*[a-z][\w’'-]*){0,2})"
)


def with_named_roles(text: str, context: str) -> str | None:
    """A question that names who holds a role: "Gov. Ann Lee's" for "the governor's"; None without one.

    `context` is the text of the articles in view.

    >>> with_named_roles("what did the mayor say?", "A fire broke out. Mayor Ann Lee said it was small.")
    'what did Mayor Ann Lee say?'
    """
    for phrase in noun_phrases(text):
        words = [bare(word[0]).lower() for word in tokens(phrase.text)]
        of_whom = re.match(r"\s+(?:of|who|that|which|in|from|for)\b", text[phrase.end :])
        if phrase.is_name or words[:1] != ["the"] or not 2 <= len(words) <= 4 or of_whom:
            continue
        asks_name = re.match(r"['’]s?\s+name\b", text[phrase.end :])
        if words[-1] in ROLES and not asks_name and (name := _holder(words[1:], context)):
            return f"{text[: phrase.start]}{name}{text[phrase.end :]}"
    return None


def _holder(role: list[str], context: str) -> str | None:
    """The fullest name of who alone is called by a role in a text; None if nobody or several are."""
    found = Counter(_named_so(role, context))
    if not found:
        return None
    last_names = Counter({name.split()[-1]: 0 for name in found})
    for name, count in found.items():
        last_names[name.split()[-1]] += count
    last, most = last_names.most_common(1)[0]
    if most < MOSTLY * last_names.total():
        return None
    return max((name for name in found if name.split()[-1] == last), key=len)


def _named_so(role: list[str], context: str) -> Iterator[str]:
    short = rf"|{_SHORT[role[-1]]}\." if role[-1] in _SHORT else ""
    before = "".join(rf"(?i:{re.escape(word)})\s+" for word in role[:-1])
    title = rf"(?:{re.escape(role[-1].capitalize())}{short})"
    for match in re.finditer(rf"\b{before}{title}\s+{_NAME}", context):
        named = re.sub(r"['’]s$", "", match[0])
        # "Senate Leader Lee" is no Lee called "Senate".
        called = {word.lower() for word in match["name"].split()}
        if len(named) < _LONGER and ROLES.isdisjoint(called):
            yield " ".join(named.split())
