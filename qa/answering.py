"""A question in, an answer out: passages found, their sentences judged, the best quoted or none."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from index.archive import Archive
from index.browsing import last_day
from index.filters import EVERYTHING, Filters
from qa.abstention import names_nowhere, reason_to_abstain
from qa.answer import Answer, Evidence, Hit, distinct
from qa.corroboration import with_copies, without_copies
from qa.direction import right_way_round
from qa.filter_words import beyond, nothing_left
from qa.follow_up import AS_TYPED, FollowUp, Way, interpreted
from qa.further_passages import judged_beside, may_agree, may_differ
from qa.in_view import in_view, knowing, with_articles_in_view
from qa.judging import judge
from qa.misspelling import mended
from qa.other_events import of_the_whole, of_this_event
from qa.question import Question, analyse
from qa.reranking import READ_PASSAGES
from qa.retriever import CANDIDATES, Retriever
from qa.sureness import how_sure
from qa.time_preference import of_any_day, timely, was_out
from qa.time_reading import TimeReading, read_time
from qa.turn import Turn
from qa.values import kind_of
from qa.witnesses import with_witnesses, witnesses

# Passages found for them: among these, copies of others are not read but kept as further evidence.
SEARCHED_PASSAGES = 2 * READ_PASSAGES

# Further answers are given while they are at least this share as likely as the best, and further evidence
# for an answer while it is this share as likely as the best for it.
FURTHER_SHARE = 0.6
AGREEING_SHARE = 0.3
MOST_ANSWERS = 5
MOST_EVIDENCE = 3  # for each answer

# A question is a few words; of a pasted page only the beginning is read.
MOST_CHARACTERS = 1_000

# Below this a sentence is not near enough to be called a near miss.
NEAR_MISS = 0.05


def ask(
    archive: Archive,
    question: str,
    *,
    history: Sequence[str | Turn | Mapping[str, object]] = (),
    follow_up: bool = True,
    threshold: float | None = None,
    asked_on: date | None = None,
    filters: Filters = EVERYTHING,
) -> Answer:
    """Answer a question from an archive: the best sentences, quoted, or an abstention with its reason.

    `history` holds what was asked before, oldest first: questions, or turns as `qa.dialogue` keeps them,
    which spares answering them again. The question is read as a follow-up of them, or as typed if
    `follow_up` is off. `threshold` is the probability of being right from which on an answer is given, by
    default one chosen on validation data for such questions. `asked_on` is the day that "last week" is
    counted from, None for today; only articles that `filters` accept are read. Any text is accepted as a
    question.

    Raises:
        UsageError: if an item of `history` is neither a question nor a turn.
    """
    from qa.dialogue import Conditions, Dialogue  # which answers through this module

    conditions = Conditions(threshold, asked_on, filters)
    dialogue = Dialogue.after(archive, history if follow_up else (), conditions)
    return dialogue.ask(archive, question, conditions, follow_up=follow_up)[0]


def answer_as_read(
    archive: Archive,
    question: str,
    read: FollowUp,
    *,
    threshold: float | None = None,
    asked_on: date | None = None,
    filters: Filters = EVERYTHING,
) -> Answer:
    """Answer a question as it was read after those before it; `question` is what was typed."""
    started = time.perf_counter()
    day = asked_on or date.today()
    meant = mended(archive, read.asked)
    asked = meant or read.asked
    every = Retriever(archive).search(asked, CANDIDATES, filters=filters, asked_on=day)
    found = with_articles_in_view(archive, read, every[:SEARCHED_PASSAGES], filters, day)
    hits, copies = without_copies(found, READ_PASSAGES)
    answer = answer_from(
        archive, asked, hits, threshold=threshold, asked_on=day, filters=filters, read=read, further=every
    )
    typed = " ".join(question.split())[:MOST_CHARACTERS]
    if meant and read.way is not Way.ALONE:
        read, meant = spelt(archive, read), None
    in_words = "; ".join(filter(None, (meant, answer.interpreted_as)))
    return replace(
        answer,
        question=question,
        evidence=with_copies(answer.evidence, copies),
        read_as=read.text if read.way is not Way.ALONE else None,
        interpreted_as=interpreted(read, in_words or None, typed if answer.in_context else ""),
        took_ms=_milliseconds_since(started),
    )


def spelt(archive: Archive, read: FollowUp) -> FollowUp:
    """A question as it was read, its misspelt words as the archive has them: the next goes on from it."""
    meant = mended(archive, read.text)
    return replace(read, text=meant, frame=mended(archive, read.frame) or read.frame) if meant else read


def answer_from(
    archive: Archive,
    question: str,
    hits: Sequence[Hit],
    *,
    threshold: float | None = None,
    asked_on: date | None = None,
    filters: Filters = EVERYTHING,
    read: FollowUp = AS_TYPED,
    further: Sequence[Hit] = (),
) -> Answer:
    """Answer from given passages of the archive, as `ask` does from those that it finds.

    Passages among the `further` ones that seem to give another value are read to be set beside the answer.
    """
    started = time.perf_counter()
    asked = analyse(question[:MOST_CHARACTERS])
    if not any(letter.isalnum() for letter in question):
        return Answer(question, (), 0.0, 0.0, reason="The question has no words.")
    reading = read_time(asked.text, asked_on or date.today(), last_day(archive.database))
    judgement = judge(archive, asked, knowing(read, hits), reading)
    likely = weighed(asked, reading, read, hits, judgement.evidence)
    sure = how_sure(archive, asked, read, hits, judgement, likely)
    judged = sure.of(likely)
    certain = sure.threshold if threshold is None else threshold
    confidence = judged[0].confidence if judged else 0.0
    told = "; ".join(filter(None, (reading.text, beyond(archive, reading)))) or None
    in_context = sure.seen is not None and sure.seen.is_of_context
    answer = Answer(question, (), confidence, 0.0, interpreted_as=told, in_context=in_context)
    if judged and confidence >= certain:
        whole = of_the_whole(asked, likely)
        agreeing, differing = _told(archive, asked, reading, read, hits, further, whole)
        evidence = with_witnesses(_shown(sure.of(whole), certain), sure.of(agreeing))
        answer = replace(answer, evidence=evidence, compared=sure.of(differing))
    else:
        unknown = names_nowhere(archive, asked)
        reason = nothing_left(archive, filters, reading) or reason_to_abstain(archive, asked, unknown, hits)
        # Nothing is near to a question about somebody whom no article mentions.
        near_miss = judged[0] if confidence >= NEAR_MISS and not unknown else None
        answer = replace(answer, reason=reason, near_miss=near_miss)
    return replace(answer, took_ms=_milliseconds_since(started))


def _told(
    archive: Archive,
    question: Question,
    time: TimeReading,
    read: FollowUp,
    hits: Sequence[Hit],
    further: Sequence[Hit],
    judged: Sequence[Evidence],
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """What other articles say, the same and otherwise, in passages that were read and in further ones."""
    best = judged[0]
    agreeing, differing = witnesses(question, best, judged)
    known = {piece.article.id for piece in agreeing}
    unread = may_differ(archive, question, best, known, further)
    if not agreeing:
        read_too = {hit.passage.id for hit in unread}
        unread += [
            hit for hit in may_agree(archive, question, best, further) if hit.passage.id not in read_too
        ]
    if not unread and kind_of(question, best) is None:
        return agreeing, ()
    at_any_time = of_any_day(time)
    if not unread and at_any_time == time:
        return agreeing, differing
    beside = [*hits, *unread]
    every = judge(archive, question, knowing(read, beside), at_any_time).evidence
    likely = weighed(question, at_any_time, read, beside, every)
    told = [piece for piece in likely if was_out(time, piece)]
    more, differing = witnesses(question, best, judged_beside(best, known, told))
    return (*agreeing, *more), differing


def weighed(
    question: Question, time: TimeReading, read: FollowUp, hits: Sequence[Hit], judged: Sequence[Evidence]
) -> list[Evidence]:
    """Judged evidence as conversation, event and time that are asked about make it likelier; best first."""
    likely = right_way_round(question, of_this_event(question, in_view(read, hits, judged)))
    return timely(time, likely, read.articles)


def _shown(judged: Sequence[Evidence], certain: float) -> tuple[Evidence, ...]:
    """The best evidence of each answer that is likely enough, most probable first."""
    least = max(certain, FURTHER_SHARE * judged[0].confidence)
    agreeing = AGREEING_SHARE * least
    groups = distinct([piece for piece in judged if piece.confidence >= agreeing])
    kept = [
        piece
        for group in groups[:MOST_ANSWERS]
        if group.confidence >= least
        for piece in group.evidence[:MOST_EVIDENCE]
        if piece.confidence >= AGREEING_SHARE * group.confidence
    ]
    return tuple(sorted(kept, key=lambda piece: -piece.confidence))


def _milliseconds_since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 1)
