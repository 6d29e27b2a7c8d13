"""Numbers of other events: what happens every year, or did in an earlier one, is seldom what is asked.

Nor is a number that counts a part of it (see `qa.part_counts`), or "dozens" where another sentence counts.
"""

import re
from collections.abc import Sequence

from qa.answer import Evidence
from qa.part_counts import counts_part, with_whole
from qa.predicates import of_another_time
from qa.quantities import quantities
from qa.question import Question, QuestionKind
from qa.values import Kind, kind_of

# What such a sentence keeps of its odds; chosen on the cases of eval/gold/agreement.jsonl that may be
# tuned on, of .4, .25 and .15.
KEPT_ODDS = 0.25


def of_this_event(question: Question, judged: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with numbers of another time less likely, best first; ties in their order."""
    weighed = [_weighed(question, piece) for piece in judged]
    return sorted(weighed, key=lambda piece: -piece.confidence)


def of_the_whole(question: Question, judged: Sequence[Evidence]) -> list[Evidence]:
    """The best piece, and the others with a number that does not count a part, if their sentence has one."""
    if not judged or kind_of(question, judged[0]) is not Kind.NUMBER:
        return list(judged)
    whole = (with_whole(question, piece) for piece in judged[1:])
    return [judged[0], *(piece for piece in whole if piece)]


def _weighed(question: Question, piece: Evidence) -> Evidence:
    number = kind_of(question, piece) is Kind.NUMBER
    other = number and (of_another_time(question, piece) or counts_part(question, piece))
    if not other and not _uncounted(question, piece):
        return piece
    return piece.with_odds(KEPT_ODDS)


_VAGUE = re.compile(r"(?i)\b(?:dozens|scores|hundreds|thousands|millions|several|many|few|some)\b")


def _uncounted(question: Question, piece: Evidence) -> bool:
    """True if how many are asked for, and the answer has no number: "dozens"."""
    counts = question.kind is QuestionKind.HOW_MANY and _VAGUE.search(piece.answer) is not None
    return counts and not quantities(piece.answer)
