"""A follow-up as the reader gets it: as typed, with the questions and answers before it."""

from collections.abc import Sequence

# The reader learnt to read it so (training/conversed.py): "why? | Who is suing Boeing? | the families".
SEPARATOR = " | "

# Earlier turns told, and words of an answer, and of all of it: more would take room from what is read.
TOLD_TURNS = 2
ANSWER_WORDS = 10
MOST_WORDS = 40


def in_context(question: str, before: Sequence[tuple[str, str]]) -> str:
    """A question as typed and the turns before it, last first: each as it was read, and its best answer.

    `before` are the turns, oldest first; "" is the answer of one that was not answered. What does not fit in
    MOST_WORDS is left out, the last turn's question excepted.
    """
    told = question.split()
    for number, (asked, answer) in enumerate(reversed(before[-TOLD_TURNS:])):
        turn = [*SEPARATOR.split(), *asked.split()]
        if answer:
            turn += [*SEPARATOR.split(), *answer.split()[:ANSWER_WORDS]]
        if number and len(told) + len(turn) > MOST_WORDS:
            break
        told += turn
    return " ".join(told[:MOST_WORDS])
