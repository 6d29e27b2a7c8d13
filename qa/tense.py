"""Tense: whether a clause with date words points to the past or to the future.

The clause runs from the last break (a comma, a quotation mark, "that", "said") to the date words: its last
verb counts, or the first that follows them if it has none.
"""

import re
from enum import StrEnum


class Lean(StrEnum):
    """Which side of publication a clause points to."""

    PAST = "past"
    FUTURE = "future"
    EITHER = "either"
    OPEN = "open"


def lean(before: str, after: str) -> Lean:
    """Where the clause points to that has `before` and `after` around its date words (single spaces)."""
    if SINCE.search(before):
        return Lean.PAST
    clause = _BREAK.split(before)[-1]
    verbs = list(_VERB.finditer(clause))
    if not verbs:  # they follow: "On Friday, the ministers will meet"
        part = next((part for part in re.split("[,;:] ", after) if part.count(" ") > 1), "")
        verbs = list(_VERB.finditer(part))[:1]
        clause = ""
    found = Lean(verbs[-1].lastgroup or "") if verbs else Lean.OPEN
    # "will discuss rules proposed in March" is not past as "rules signed Friday" is.
    if found is Lean.PAST and any(verb.lastgroup != found for verb in verbs):
        found = found if set(clause[verbs[-1].end() :].split()) <= {"on", "late", "early"} else Lean.EITHER
    return Lean.EITHER if found is not Lean.FUTURE and _LIMIT.search(before) else found


# "After her February 17 arrest": whose it is has had it.
SINCE = re.compile(r"(?i)\b(?:since|as of|(?:after|following) (?:his|her|its|their)) (?:late |early )?$")
_LIMIT = re.compile(r"(?i)\b(?:by|until|till|through|before|starting|beginning|effective) (?:\S+ ){0,3}$")
_BREAK = re.compile(
    r"""[,;:()"“”]|\ [-–—]+\ |—|(?=\b(?:said|says|told)\b)
    |\b(?:that|after|before|since|when|while|because|although|who|which|where|but)\b
    (?=\ (?!(?:(?:on|the|late|early|in|at)\ )+$)\S)""",
    re.VERBOSE,
)
_PLANNED = r"(?:due|set|scheduled|expected|slated|supposed|planned|planning|going|hoped)"
_VERB = re.compile(
    rf"""(?i:\b(?P<either>(?:was|were|had(?:\ been)?)\ (?:\w+ly\ |not\ |also\ )?(?:to|{_PLANNED})
      |(?:originally|previously)\ {_PLANNED}|would|could|(?-i:may)|might|should|must
      |(?:agreed|vowed|promised|ordered|urged|invited|wanted|hoped|intended|prepared|threatened|decided
      |pledged|wants?|hopes?)\ to|(?:is|are)(?!\ (?:\w+ly\ |not\ |also\ )?(?:to|{_PLANNED})\b))\b
    |(?:\b|(?=[’']))(?P<future>will|won[’']t|shall|[’']ll|(?<!\b(?:as|an)\ )expected
      |(?<!\ba\ )(?<!\bthe\ )scheduled|slated|upcoming|set\ (?:to|for)|planned\ for|plan(?:s|ning)?\ to
      |intends?\ to|aims?\ to|ahead\ of|next(?!\ to\b)|to\ be\ held|(?:has|have)\ until
      |(?:postponed|delayed|rescheduled|adjourned|extended|moved)\ (?:to|until)
      |begins|starts|opens|expires|resumes|kicks\ off|takes\ (?:place|effect|office)
      |(?:\b(?:is|are|be)|[’'](?:s|re))\ (?:\w+ly\ |not\ |also\ )?(?:to|{_PLANNED}))\b)
      (?:\ to)?(?:\ be(?:\ \w+ly)?\ \w+)?
    |(?<!-)(?<!\bbe\ )(?<!\ba\ )(?<!\ban\ )(?<!\bthe\ )(?<!\b(?:his|her|its)\ )(?<!\btheir\ )(?<![’']s\ )
      \b(?P<past>said|told|was|were|had|did|became|began|broke|brought|came|chose|died|drew|fell|found|gave|got
      |held|hit|kept|killed|knew|led|left|lost|made|met|paid|ran|rose|sat|saw|sent|shot|sold|spent|spoke|stood
      |struck|took|went|won|wrote|[a-z]{{3,}}(?<!e)ed|agreed)\b""",
    re.VERBOSE,
)
