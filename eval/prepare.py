"""From options to what is asked of what: an archive, questions, and the part of the product that answers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from eval.archives import article_ids, question_archive, record_archive, resolve
from eval.commands import passage_length
from eval.given import GivenParagraph
from eval.gold import Gold, read_questions, read_text
from eval.lending import LendingEncoder
from eval.options import REALTIMEQA, Options
from eval.read_answers import with_holdings
from eval.realtimeqa import EVERYDAY, QUESTIONS, Task, read_task
from eval.run import ArchiveSystem, System
from eval.squad import is_squad, read_paragraphs
from eval.whole import WholeTask, read_whole, whole_system
from index.archive import Archive
from index.errors import UsageError

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run needs; `source` is the file the questions are from, `notes` tell how they were chosen.

    `retrieves` is false where the passages are given: then nothing is found, and no figure is made of it.
    """

    archive: Archive
    system: System
    gold: Sequence[Gold]
    source: Path
    retrieves: bool = True
    notes: Mapping[str, int | str] = field(default_factory=dict)


@contextmanager
def prepared(options: Options) -> Iterator[Setting]:
    """Read the gold, make or open the archive.

    Raises:
        UsageError: if the gold file or the archive's folder will not do.
        ArchiveError: if the archive is broken.
    """
    if options.gold == REALTIMEQA:
        with _realtimeqa(options) as setting:
            yield setting
        return
    text = read_text(options.gold)
    if is_squad(text):
        with _squad(text, options) as setting:
            yield setting
        return
    if options.given_paragraph:
        raise UsageError(f"{options.gold}: --given-paragraph is for SQuAD JSON, which has paragraphs")
    gold = read_questions(text, options.gold, limit=options.limit)
    with question_archive(options.archive) as archive:
        asked = sampled(gold, options.sample, options.seed)
        yield Setting(
            archive, ArchiveSystem(archive), asked, options.gold, notes=_sample_notes(options, len(gold))
        )


@contextmanager
def _squad(text: str, options: Options) -> Iterator[Setting]:
    paragraphs = read_paragraphs(text, options.gold, limit=options.limit, titles=options.titles)
    with record_archive((paragraph.record for paragraph in paragraphs), options.archive) as archive:
        gold = resolve(paragraphs, archive)
        asked, notes = sampled(gold, options.sample, options.seed), _sample_notes(options, len(gold))
        if options.given_paragraph:
            notes = {"task": "each question is answered from its own paragraph", **notes}
            yield Setting(archive, GivenParagraph(archive), asked, options.gold, False, notes)
        else:
            yield Setting(archive, ArchiveSystem(archive), asked, options.gold, notes=notes)


@contextmanager
def _realtimeqa(options: Options) -> Iterator[Setting]:
    data = options.data or Path()
    until = options.until
    notes: dict[str, int | str] = {"asked from": str(options.since), "asked until": str(until or "the end")}
    with _lender(options.vectors) as encoder:
        if options.whole:
            whole = read_whole(data, since=options.since, until=until, questions=options.questions)
            with whole_system(whole, options.archive, encoder) as (archive, system, gone):
                notes |= _whole_notes(whole, gone) | {"passages": passage_length(archive)}
                gold = with_holdings(whole.gold, system.articles)
                yield Setting(archive, system, gold, data / QUESTIONS, notes=notes)
            return
        asked = options.questions or EVERYDAY
        task = read_task(data, since=options.since, until=until, questions=asked)
        with record_archive(task.records, options.archive, encoder=encoder) as archive:
            notes |= _task_notes(task) | {"passages": passage_length(archive)}
            there = article_ids(archive)
            gold = with_holdings(task.gold, lambda _: there)
            yield Setting(archive, ArchiveSystem(archive), gold, data / QUESTIONS, notes=notes)


@contextmanager
def _lender(folder: Path | None) -> Iterator[LendingEncoder | None]:
    """An encoder that takes vectors from the archive in the folder; None for None."""
    if folder is None:
        yield None
        return
    with Archive.open(folder, create=False) as archive:
        yield LendingEncoder(archive)


def _task_notes(task: Task) -> dict[str, int | str]:
    return {
        "questions to choose from": task.candidates,
        "skipped, as they need their choices": task.skipped,
        "questions chosen": len(task.gold),
        "articles": len(task.records),
        "articles left out, so that questions have no answer": task.left_out,
    }


def _whole_notes(task: WholeTask, gone: int) -> dict[str, int | str]:
    withheld = sum(not gold.answerable for gold in task.gold)
    return {
        "skipped, as they need their choices": task.skipped,
        "questions asked of all articles": len(task.gold) - withheld,
        "asked again, without the articles that answer": withheld,
        "articles": len(task.records),
        "articles taken out for these": gone,
    }


def sampled(items: Sequence[Item], size: int | None, seed: int) -> list[Item]:
    """`size` of the items (None: all) in their order, the same for one seed; a larger size has them too."""
    drawn = np.random.default_rng(seed).permutation(len(items))[:size]
    return [items[at] for at in sorted(drawn.tolist())]


def _sample_notes(options: Options, total: int) -> dict[str, int | str]:
    return {"sample drawn from": total} if options.sample else {}
