"""The commands that ask: one question, why it has its answer, the questions of a file, passages alone."""

import argparse

from index.errors import UsageError
from qa.asking import read_day
from qa.command import ABSTAINED, DONE, dump, filters_from, open_archive
from qa.question_file import read_questions
from qa.rendering import answer_text, hit_json, hits_text, to_json


def ask(options: argparse.Namespace) -> int:
    """Answer one question, or those of a file."""
    if (options.question is None) == (options.questions is None):
        raise UsageError("ask takes one question, or --questions FILE.jsonl")
    if options.questions is not None:
        if options.explain:
            raise UsageError("--explain takes one question, not a file of them")
        return _ask_all(options)
    from qa.answering import ask as answer

    if options.explain:
        return _explain(options)
    asked_on, filters = read_day(options.asked_on, "--asked-on"), filters_from(options)
    with open_archive(options) as archive:
        reply = answer(
            archive,
            options.question,
            history=options.history or [],
            follow_up=options.follow_up,
            threshold=options.threshold,
            asked_on=asked_on,
            filters=filters,
        )
    print(dump(to_json(reply), indent=2) if options.json else answer_text(reply))
    return ABSTAINED if reply.abstained else DONE


def _explain(options: argparse.Namespace) -> int:
    from qa.explanation import explain
    from qa.explanation_rendering import explanation_json, explanation_text

    asked_on, filters = read_day(options.asked_on, "--asked-on"), filters_from(options)
    with open_archive(options) as archive:
        found = explain(
            archive,
            options.question,
            history=(options.history or []) if options.follow_up else (),
            threshold=options.threshold,
            asked_on=asked_on,
            filters=filters,
        )
    if options.json:
        print(dump({**to_json(found.answer), "explanation": explanation_json(found)}, indent=2))
    else:
        print(f"{answer_text(found.answer)}\n\n{explanation_text(found)}")
    return ABSTAINED if found.answer.abstained else DONE


def _ask_all(options: argparse.Namespace) -> int:
    from qa.answering import ask as answer

    questions = list(read_questions(options.questions))
    asked_on, filters = read_day(options.asked_on, "--asked-on"), filters_from(options)
    with open_archive(options) as archive:
        for item in questions:
            reply = answer(
                archive,
                item.question,
                history=item.history,
                follow_up=options.follow_up,
                threshold=options.threshold,
                asked_on=item.asked_on or asked_on,
                filters=item.filters or filters,
            )
            print(dump(to_json(reply)), flush=True)
    return DONE


def search(options: argparse.Namespace) -> int:
    """Find passages."""
    from qa.retriever import Retriever

    asked_on, filters = read_day(options.asked_on, "--asked-on"), filters_from(options)
    with open_archive(options) as archive:
        hits = Retriever(archive).search(options.query, options.k, filters=filters, asked_on=asked_on)
    print(dump([hit_json(hit) for hit in hits], indent=2) if options.json else hits_text(hits))
    return DONE
