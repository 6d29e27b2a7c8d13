"""An explanation as JSON and as plain text."""

from collections.abc import Sequence

from qa.explanation import Explanation, Input, PassageTrace, SentenceTrace
from qa.rendering import Json, article_json, evidence_json, reference

SHOWN = 5
"""Passages and sentences listed in plain text; JSON has all of them."""

MEANINGS = {
    "words": "words and meaning of the sentence",
    "words_lead": "its lead over the others in words and meaning",
    "reading": "the reader's score",
    "reading_lead": "its lead over the others in the reader's score",
    "typed": "the words read are of the kind asked for",
    "votes": "other passages say the same",
    "repeats": "the words read only repeat the question",
    "bare": "the sentence says nothing but the words read",
    "time": "its article is of the days asked about",
    "context_cosine": "nearness in meaning, with the sentence before",
    "coverage_with_context": "share of the question's words told around",
    "heaviest_missing": "the rarest word that is missing",
    "names_missing": "names that are missing",
    "numbers_missing": "numbers that are missing",
    "share": "its share among other answers",
    "lead": "its lead over other answers",
    "total": "weight of other answers",
    "agreeing": "sentences that give the same answer",
    "candidates": "how many sentences were read",
    "articles": "how many articles they are from",
    "in_view": "it stands in the article in view",
    "spoken_of": "it stands in the article spoken of before",
    "in_context": "the reader's score, asked as typed after the turns before",
    "in_full": "the reader's score, asked the question in full",
    "lead_in_view": "its lead over other answers, the article in view preferred",
    "behind": "other articles are nearer to the days asked about",
}


def explanation_json(found: Explanation) -> Json:
    """The JSON object of an explanation; it stands in the answer's as `explanation`."""
    answer = found.answer
    return {
        "decision": "abstained" if answer.abstained else "answered",
        "why": why(found),
        "probability": {
            "value": round(answer.confidence, 4),
            "threshold": round(found.threshold, 4),
            "bias": round(found.bias, 4),
            "inputs": [_input_json(item) for item in found.inputs],
        },
        "passages": [_passage_json(item) for item in found.passages],
        "sentences": [_sentence_json(item) for item in found.sentences],
    }


def why(found: Explanation) -> str:
    """Why this answer, or why none, in one or two sentences."""
    answer = found.answer
    percent, needed = round(100 * answer.confidence), round(100 * found.threshold)
    if not found.sentences:
        return answer.reason or "Nothing was found to read."
    counted = f"The best of {len(found.sentences)} sentences is {percent} % sure to answer"
    if answer.abstained:
        return f"{answer.reason} {counted}; {needed} % are needed."
    return f"{counted}, and {needed} % are needed. {_reasons(found.inputs)}"


def _reasons(inputs: Sequence[Input]) -> str:
    for_it = sorted((item for item in inputs if item.added > 0), key=lambda item: -item.added)[:2]
    against = min(inputs, key=lambda item: item.added)
    named = " and ".join(_meaning(item) for item in for_it)
    spoken = f"Most for it speak: {named}." if named else ""
    return f"{spoken} Most against it: {_meaning(against)}." if against.added < 0 else spoken


def _meaning(item: Input) -> str:
    return MEANINGS.get(item.name, item.name.replace("_", " "))


def _input_json(item: Input) -> Json:
    return {
        "name": item.name,
        "meaning": _meaning(item),
        "value": round(item.value, 4),
        "added": round(item.added, 4),
    }


def _passage_json(item: PassageTrace) -> Json:
    return {
        "rank": item.hit.rank,
        "scores": {name: round(value, 6) for name, value in item.scores.items()},
        "matched": list(item.matched),
        "fate": item.fate,
        "start": item.hit.passage.start,
        "end": item.hit.passage.end,
        "article": article_json(item.hit.article),
    }


def _sentence_json(item: SentenceTrace) -> Json:
    return {
        **evidence_json(item.piece),
        "read": {
            "answer": item.piece.answer if item.read_score is not None else None,
            "score": None if item.read_score is None else round(item.read_score, 4),
            "no_answer": 0.0,
        },
        "score": round(item.score, 4),
        "inputs": [_input_json(one) for one in item.inputs],
        "features": {name: round(value, 4) for name, value in item.features.items()},
        "fate": item.fate,
    }


def explanation_text(found: Explanation) -> str:
    """An explanation for a terminal: the passages and sentences that came first, and what made it sure."""
    lines = ["Why", f"  {why(found)}"]
    if found.passages:
        lines += ["", f"Passages found ({len(found.passages)})"]
        lines += [line for item in found.passages[:SHOWN] for line in _passage_lines(item)]
    if found.sentences:
        lines += ["", f"Sentences judged ({len(found.sentences)})"]
        lines += [line for item in found.sentences[:SHOWN] for line in _sentence_lines(item)]
        lines += ["", "What the probability is made of (sum through the logistic function)"]
        lines += [f"  {found.bias:+.2f}  to begin with"]
        lines += [_input_line(item) for item in sorted(found.inputs, key=lambda item: -abs(item.added))]
    return "\n".join(lines)


def _input_line(item: Input) -> str:
    return f"  {item.added:+.2f}  {_meaning(item)}: {item.value:.2f}"


def _passage_lines(item: PassageTrace) -> list[str]:
    scores = ", ".join(f"{name} {value:.3f}" for name, value in item.scores.items())
    return [
        f"  {item.hit.rank}. {reference(item.hit.article)} ({item.fate})",
        f"     {scores}; matched: {', '.join(item.matched) or 'no word'}",
    ]


def _sentence_lines(item: SentenceTrace) -> list[str]:
    quote = " ".join(item.piece.quote.split())
    answer = " ".join(item.piece.answer.split())
    read = f"read “{answer}”, {item.read_score:+.1f}" if item.read_score is not None else "nothing read in it"
    return [
        f"  {100 * item.piece.confidence:.0f} %  “{quote}”",
        f"     {read}; ranked {item.score:+.2f}; {item.fate}",
    ]
