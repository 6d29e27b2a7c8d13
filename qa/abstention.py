"""Why the archive does not say: the reason that comes with every abstention."""

from collections.abc import Sequence
from difflib import get_close_matches

from index.archive import Archive
from index.words import form_set
from qa.answer import Hit
from qa.models import load_selection
from qa.question import Question, unknown_names
from qa.selection_features import coverage

# Share of letters in common from which a word counts as another spelling of one in the archive.
CLOSE_SPELLING = 0.8

# A passage is on the topic from this cosine to the question on, or with this share of its words by weight.
# On 89 questions about news articles and 60 about anything else asked of them, both rules together called
# all of the first and none of the second on the topic.
NEAR_IN_MEANING = 0.25
NEAR_IN_WORDS = 0.5

# In a question typed in lower case a word rarer than this in English may be a name: "canada" has 5.6.
RARE = 5.5


EMPTY = "The archive is empty: `citewire index PATH` adds articles."


def reason_to_abstain(
    archive: Archive, question: Question, unknown: Sequence[str], hits: Sequence[Hit]
) -> str:
    """One sentence saying why a question gets no answer; `unknown` are its `names_nowhere`."""
    if archive.is_empty:
        return EMPTY
    if unknown:
        return f"No article mentions {_listed(unknown)}."
    if not any(on_topic(question, hit) for hit in hits):
        return "No article is on this topic."
    return "Articles come near the topic, but no sentence clearly answers the question."


def on_topic(question: Question, hit: Hit) -> bool:
    """True if a passage is near to the question, in meaning or in words; the title counts as part of it."""
    if hit.dense is not None and hit.dense >= NEAR_IN_MEANING:
        return True
    told = form_set(hit.text) | form_set(hit.article.title)
    return coverage(question.content, told, load_selection().word_rarity) >= NEAR_IN_WORDS


def names_nowhere(archive: Archive, question: Question) -> list[str]:
    """Names of the question, as written, that stand in no article, nor do any that are spelt almost alike."""
    frequency, rarity = archive.lexical.document_frequency, load_selection().word_rarity
    return unknown_names(
        question,
        lambda form: frequency(form) > 0,
        near=lambda form: bool(_similar(archive, form)),
        rare=lambda form: rarity(form) > RARE,
    )


def _similar(archive: Archive, form: str) -> list[str]:
    # A misspelling seldom changes the first letter, and the archive's words of one letter are few.
    return get_close_matches(form, archive.lexical.terms(form[:1]), n=1, cutoff=CLOSE_SPELLING)


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
