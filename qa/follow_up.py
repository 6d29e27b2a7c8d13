"""A question read as a follow-up of the turns before it: in full, or as it stands where it starts a topic."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.article import Article
from index.words import content_forms, form_set
from qa.answer_types import AnswerType, expected
from qa.antecedents import antecedent
from qa.bare_nouns import asked_for
from qa.clauses import expanded, parse
from qa.context import in_context
from qa.counted import counted_in
from qa.ellipsis import Completed, bare_asking, complete, of_what_was_done, without_lead
from qa.fuller_phrases import with_fuller_phrase
from qa.last_names import with_last_names
from qa.mentions import MOST_CONTEXT, Mention, capitalised
from qa.named_roles import with_named_roles
from qa.ones import with_noun_for_one
from qa.phrases import DETERMINERS, PREPOSITIONS, names, noun_phrases, tokens
from qa.posed import posed
from qa.pronouns import Pronoun, Refers, pronouns, replaced
from qa.question import analyse, normalise
from qa.substitution import asks_itself, corrected, other_subject, spoken_of_first, substitute
from qa.turn import Turn
from qa.verbs import AUXILIARIES


class Way(StrEnum):
    """How a question follows those before it."""

    ALONE = "alone"  # it says all itself: it may start a new topic
    COMPLETED = "completed"  # "when?"
    OTHERS = "others"  # "who else?"
    SUBSTITUTED = "substituted"  # "and Austin?", "no, Milley"
    REFERRING = "referring"  # "what did he say?", "how did that war end?"
    IN_VIEW = "in view"  # names nothing, and the article in view has its words


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question as it is read.

    `text` is the question in full, for the asker; `frame` the same with "someone" for what an answer put
    in. `known` are the words put in, which the articles in view are known to speak of; `excluded` are
    answers not wanted again. `articles` are the ids of the articles in view, none for a question that
    stands alone. `context` is the question as typed, with the turns before it, as the reader learnt to read
    it (see `qa.context`); "" if there are none. `after` is the question typed before it.
    """

    way: Way
    text: str
    frame: str = ""
    known: str = ""
    excluded: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    brief: str = ""
    context: str = ""
    after: str = ""

    @property
    def asked(self) -> str:
        """The question for the models, to which "someone" tells nothing."""
        return " ".join(_SOMEONE.sub(" ", self.brief or self.text).split()).replace(" ?", "?")


AS_TYPED = FollowUp(Way.ALONE, "")
"""How a question is read that nothing was asked before."""


def interpreted(read: FollowUp, time: str | None, in_context: str = "") -> str | None:
    """How a question was read, for the one who asked: in full, and the days it means; None if as typed.

    `in_context` is the question as typed where that, after the one before, was answered rather than the
    question in full. It is told where a pronoun was read: what "when?" leaves out is put in rightly.
    """
    if read.way is Way.ALONE:
        return time
    if in_context and read.way is Way.REFERRING:
        told = f"“{in_context}”, after “{read.after}”, in the articles of the last answers"
        return f"{told}; {time}" if time else told
    told = f"{read.text} (other answers)" if read.way is Way.OTHERS else read.text
    told = f"{told} (in the article quoted last)" if read.way is Way.IN_VIEW else told
    return f"{told}; {time}" if time else told


_SOMEONE = re.compile(r"\b(?:someone|something)\b")
# Share of a question's words that the article in view must have for the question to be about it.
IN_VIEW = 0.8
# The share from which on it may be, if it names somebody whom the article names too.
PERHAPS_IN_VIEW = 0.4

# A follow-up is short, and so is what it refers to; the rest of a longer question or sentence is left out.
LONGEST = 300
LONGEST_QUOTE = 600

# "What about guns, how many are there?"
_COUNTED = re.compile(rf"how\s+(?:many|much)(?=\s+(?:{'|'.join(sorted(AUXILIARIES))})\b)", re.IGNORECASE)

Lookup = Callable[[str], Article | None]


def read_follow_up(question: str, turns: Sequence[Turn], article: Lookup) -> FollowUp:
    """How a question is read after the turns before it; `article` gives an article by id, None if gone."""
    text = normalise(question)
    if not turns or not text or len(text) > LONGEST:
        return FollowUp(Way.ALONE, text, text)
    turns = [_bounded(turn) for turn in turns]
    context = in_context(text, [(turn.read, turn.answer) for turn in turns])
    read = _read_after(text, question.rstrip().endswith("?"), turns, article)
    return replace(read, context=context, after=turns[-1].read[:LONGEST])


def _read_after(text: str, is_question: bool, turns: Sequence[Turn], article: Lookup) -> FollowUp:
    if posed(text).says_all:
        return FollowUp(Way.ALONE, text, text)
    last, text = turns[-1], expanded(text)
    in_view = [found for name in last.articles if (found := article(name))]
    ids = tuple(found.id for found in in_view)
    context = "\n".join(f"{a.title}.\n{a.text[:MOST_CONTEXT]}" for a in in_view)
    known = capitalised([context])
    # "Austin" alone asks for all there is about Austin, "Austin?" may go on with what was asked.
    way, done = _read(text, turns, context, known, is_question)
    if named := with_named_roles(done.text if done else text, context):
        way = Way.REFERRING if way is Way.ALONE else way
        done = replace(done, text=named) if done else Completed(named, named)
    if done is None and ids and _is_about(text, in_view[0]):
        rest = without_lead(text) + "?"
        way, done = Way.IN_VIEW, Completed(rest, rest)
    if done is None:
        # It may go on about the article in view all the same: that is read too, and what is better wins.
        near = ids if ids and _may_be_about(text, in_view[0]) else ()
        return FollowUp(Way.ALONE, text, text, articles=near)
    full = _as_sentence(done.text)
    brief = with_last_names(text, full, context)
    return FollowUp(way, full, done.frame, _put_in(text, full), done.excluded, ids, brief)


def _bounded(turn: Turn) -> Turn:
    return replace(
        turn,
        read=_plain(turn.read[:LONGEST]),
        frame=_plain(turn.frame[:LONGEST]),
        answers=tuple(answer[:LONGEST] for answer in turn.answers),
        quote=turn.quote[:LONGEST_QUOTE],
    )


def _plain(read: str) -> str:
    """A question of an earlier turn without "ok, so" before it, and with "did" for "what'd"."""
    rest = without_lead(read)
    return f"{expanded(rest)}?" if rest != read.rstrip("?!. …") and parse(rest) else expanded(read)


def _read(
    text: str, turns: Sequence[Turn], context: str, known: frozenset[str], is_question: bool
) -> tuple[Way, Completed | None]:
    """The question in full and by which way, None if it says all itself."""
    last = turns[-1]
    meant = corrected(text)
    if meant is not None:
        if not asks_itself(meant) and (done := substitute(meant, last, context, known)):
            return Way.SUBSTITUTED, done
        text = normalise(meant)
    if (told := spoken_of_first(text)) and (done := _about_first(*told, turns, context, known)):
        return Way.REFERRING, done
    if done_to := of_what_was_done(text):
        text = f"{done_to}?"
    if done := complete(text, last):
        return (Way.OTHERS if done.excluded else Way.COMPLETED), done
    if (place := counted_in(without_lead(text), last)) and (done := substitute(place, last, context, known)):
        return Way.SUBSTITUTED, done
    way, done = _referring(text, turns, context, known, is_question)
    if done is None and meant is not None:
        return Way.REFERRING, Completed(text, text)
    return way, done


def _referring(
    text: str, turns: Sequence[Turn], context: str, known: frozenset[str], is_question: bool
) -> tuple[Way, Completed | None]:
    """The question with what its pronouns stand for, or put into the one before; None if it is whole."""
    last = turns[-1]
    whole_text = with_noun_for_one(text, last)
    referred = _with_antecedents(whole_text, turns, context, known)
    what = other_subject(referred or whole_text, is_question=is_question)
    if what is not None and (noun := asked_for(text, what, last.read, context)):
        return Way.REFERRING, Completed(noun, noun)
    if what is not None and (done := substitute(what, last, context, known)):
        return Way.SUBSTITUTED, done
    if referred is not None:
        return Way.REFERRING, Completed(referred, referred)
    if pronouns(whole_text) or whole_text != text:
        return Way.REFERRING, Completed(whole_text, whole_text)
    return Way.ALONE, None


def _about_first(
    what: str, asked: str, turns: Sequence[Turn], context: str, known: frozenset[str]
) -> Completed | None:
    """The question with its pronouns, or its "how many", meaning what was named before it; None without."""
    named = replace(turns[-1], question=what, read=what, frame=what, answers=(), quote="")
    if counted := _COUNTED.match(asked):
        text = f"{counted[0]} {what}{asked[counted.end() :].rstrip('?!. ')}?"
        return Completed(text, text)
    found = pronouns(f"{asked.rstrip('?!. ')}?")
    if not found:
        return _of_another(what, asked, turns[-1], context, known)
    text = asked.rstrip("?!. ") + "?"
    first = min(found, key=lambda pronoun: pronoun.possessive)
    text = replaced(text, first, re.sub(r"^(?:about|on|for|with)\s+", "", what))
    text = (_with_antecedents(text, [*turns[:-1], named], context, known) if len(found) > 1 else text) or text
    return Completed(text, text)


def _of_another(what: str, asked: str, last: Turn, context: str, known: frozenset[str]) -> Completed | None:
    """What "and Ann Lee, how much?" or "in Oslo, who won?" ask; None for what names no place of its own."""
    if bare_asking(asked) is None:
        where = tokens(what)[0][0].lower() in PREPOSITIONS - {"about"}
        text = f"{asked.rstrip('?!. ')} {what}?"
        return Completed(text, text) if where else None
    done = substitute(what, last, context, known)
    clause = parse(done.text) if done else None
    if done is None or (clause and clause.asking.startswith(without_lead(asked).lower())):
        return done
    return complete(asked, replace(last, read=done.text, frame=done.frame, answers=()))


def _with_antecedents(text: str, turns: Sequence[Turn], context: str, known: frozenset[str]) -> str | None:
    """The question with its pronouns and its "that war" replaced, None if there are none to replace."""
    text = without_lead(text) + "?"
    # Once named, "before she became mayor" speaks of her.
    firsts = {pronoun.refers: pronoun for pronoun in reversed(pronouns(text))}
    changed = text
    for pronoun in sorted(firsts.values(), key=lambda pronoun: -pronoun.start):
        rest = text[: pronoun.start] + text[pronoun.end :]
        if meant := _meant(pronoun, rest, turns, context, known):
            changed = replaced(changed, pronoun, meant)
    if changed != text:
        return changed
    return with_fuller_phrase(text, turns, context, known)


def _meant(
    pronoun: Pronoun, rest: str, turns: Sequence[Turn], context: str, known: frozenset[str]
) -> str | None:
    if pronoun.refers is Refers.THEN:
        return _time_told(turns)
    if pronoun.refers is Refers.THERE and (place := _place_told(turns[-1])):
        return place
    best = antecedent(pronoun.refers, rest, turns, context, known)
    return _as_subject(best.mention) if best else None


def _time_told(turns: Sequence[Turn]) -> str | None:
    last = turns[-1]
    if last.answer and expected(analyse(last.read)) is AnswerType.TIME:
        return re.sub(r"^(?:on|in|at)\s+", "", last.answer.strip())
    return None


def _place_told(last: Turn) -> str | None:
    told = last.answer.strip().rstrip(".,;")
    if told and len(told.split()) <= 6 and expected(analyse(last.read)) is AnswerType.PLACE:
        return told
    return None


def _as_subject(mention: Mention) -> str:
    """A mention as it stands in a question: "the spacecraft", "Lloyd Austin"."""
    told = mention.text.strip().rstrip(".,;:")
    paired = told.count('"') % 2 == 0 and told.count("“") == told.count("”")
    told = told if paired else re.sub('["“”]', "", told)
    # "A farmer" began an answer.
    if re.match(r"An? \w+(?: [a-z]|$)", told):
        told = told[0].lower() + told[1:]
    determined = mention.is_name or not told[:1].islower() or told.split()[0].lower() in DETERMINERS
    return told if determined else f"the {told}"


def _is_about(text: str, article: Article) -> bool:
    """Whether a question without names of its own has its words in the article in view."""
    asked = frozenset(content_forms(text))
    if names(text) or not asked:
        return False
    told = form_set(article.text) | form_set(article.title)
    return len(asked & told) >= IN_VIEW * len(asked)


def _may_be_about(text: str, article: Article) -> bool:
    """Whether the article in view has all names of a question and enough of its words, any if it has none."""
    named, asked = names(text), frozenset(content_forms(text))
    told = form_set(article.text) | form_set(article.title)
    if not named:
        return not asked or not asked.isdisjoint(told)
    shared = len(asked & told) >= PERHAPS_IN_VIEW * len(asked)
    return shared and all(form_set(name.text) <= told for name in named)


def _put_in(typed: str, full: str) -> str:
    """The words of the question in full that were not typed."""
    had = form_set(typed)
    return " ".join(phrase.text for phrase in noun_phrases(full) if not form_set(phrase.text) <= had)


def _as_sentence(text: str) -> str:
    told = " ".join(text.split())
    return told if told.endswith(("?", "!", ".")) else f"{told}?"
