"""Why this answer, or why none: everything that was considered on the way to it, with its numbers.

The stages of `qa.answering` are gone through once more with the same models, so the numbers are those that
decided. A passage's scores are read from the fields of its hit, whatever a ranker adds to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from index.archive import Archive
from index.browsing import last_day
from index.filters import EVERYTHING, Filters
from index.words import form_set, words
from qa.answer import Answer, Evidence, Hit
from qa.answering import MOST_CHARACTERS, SEARCHED_PASSAGES, weighed
from qa.corroboration import without_copies
from qa.dialogue import Conditions, Dialogue
from qa.in_view import knowing, with_articles_in_view
from qa.judging import Judgement, Sentence, as_evidence, candidates_of, read_sentences
from qa.misspelling import mended
from qa.models import load_reader, load_selection, load_sureness
from qa.question import Question, analyse
from qa.reranking import READ_PASSAGES
from qa.retriever import Retriever
from qa.selection import CHOICE, OVERALL, LinearModel, choice_rows, observe, overall
from qa.selection_features import FEATURES, Matrix, Row
from qa.sureness import how_sure
from qa.sureness_model import SEEN
from qa.time_reading import read_time
from qa.turn import Turn


@dataclass(frozen=True, slots=True)
class Input:
    """A number that a model saw, and what it added to the model's score (below 0: took from it)."""

    name: str
    value: float
    added: float


@dataclass(frozen=True, slots=True)
class SentenceTrace:
    """A sentence that was judged; `piece` has its place, the words read in it and its probability.

    `read_score` is the reader's score of these words over "no answer", which has 0; None if it found none.
    `inputs` are those of the choice between sentences, and `score` what that made of them.
    """

    piece: Evidence
    read_score: float | None
    inputs: tuple[Input, ...]
    score: float
    features: Mapping[str, float]
    fate: str


@dataclass(frozen=True, slots=True)
class PassageTrace:
    """A passage that was found: every score it has, the question's words in it, and whether it was read."""

    hit: Hit
    scores: Mapping[str, float]
    matched: tuple[str, ...]
    fate: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer and how it came about: passages by rank, sentences by probability, what made it sure.

    `inputs` are those of the probability that the best sentence answers, () if nothing was read: for a
    follow-up with an article in view those of `qa.sureness_model`, else those of `qa.selection`. `bias` is
    what their sum starts from, and `threshold` the probability from which on an answer is given.
    """

    answer: Answer
    passages: tuple[PassageTrace, ...]
    sentences: tuple[SentenceTrace, ...]
    inputs: tuple[Input, ...]
    bias: float
    threshold: float


def explain(
    archive: Archive,
    question: str,
    *,
    history: Sequence[str | Turn | Mapping[str, object]] = (),
    threshold: float | None = None,
    asked_on: date | None = None,
    filters: Filters = EVERYTHING,
) -> Explanation:
    """Answer as `qa.ask` does, after the same `history`, and say why. Any text is accepted as a question.

    Raises:
        UsageError: if an item of `history` is neither a question nor a turn.
    """
    day = asked_on or date.today()
    conditions = Conditions(threshold, day, filters)
    dialogue = Dialogue.after(archive, history, conditions)
    answer, _ = dialogue.ask(archive, question, conditions)
    way, model = dialogue.read(archive, question), load_selection()
    asked = analyse((mended(archive, way.asked) or way.asked)[:MOST_CHARACTERS])
    searched = Retriever(archive).search(asked.text, SEARCHED_PASSAGES, filters=filters, asked_on=day)
    found = with_articles_in_view(archive, way, searched, filters, day)
    hits, copies = without_copies(found, READ_PASSAGES)
    read = read_sentences(archive, asked, knowing(way, hits), load_reader()) if asked.text else []
    spoken = way.articles if way.context else ()
    passages = tuple(_passage(asked, hit, hits, copies, spoken) for hit in found)
    if not read:
        certain = model.plain.threshold if threshold is None else threshold
        return Explanation(answer, passages, (), (), model.plain.answering.bias, certain)
    time = read_time(asked.text, day, last_day(archive.database))
    seen = observe(asked, candidates_of(archive, asked, read, time), model.word_rarity)
    stages = model.stages(seen)
    choices = choice_rows(stages.ranking.scores(seen.rows), seen)
    scores = stages.choosing.scores(choices)
    judgement = Judgement(as_evidence(asked, read, model.of_observed(seen)), stages.threshold)
    likely = weighed(asked, time, way, hits, judgement.evidence)
    sure = how_sure(archive, asked, way, hits, judgement, likely)
    judged, certain = sure.of(likely), sure.threshold if threshold is None else threshold
    deciding, inputs = stages.answering, _inputs(stages.answering, OVERALL, overall(choices, scores, seen))
    if sure.seen:
        deciding = load_sureness().answering
        inputs = _inputs(deciding, SEEN, sure.seen.row)
    traces = _sentences(answer, judged, read, choices, scores, seen.rows, stages.choosing) if judged else ()
    return Explanation(answer, passages, tuple(traces), inputs, deciding.bias, certain)


def _passage(
    question: Question, hit: Hit, read: Sequence[Hit], copies: Sequence[Hit], spoken: Sequence[str]
) -> PassageTrace:
    """A passage as it is told of; `spoken` are the articles that were read in the conversation's context."""
    told = form_set(hit.text) | form_set(hit.article.title)
    matched = dict.fromkeys(w.text for w in words(question.text) if not w.is_stop and w.form in told)
    how = "read with the turns before" if hit.article.id in spoken else "read"
    fate = how if hit in read else "a copy of a passage that was read" if hit in copies else "not read"
    return PassageTrace(hit, dict(_scores(hit)), tuple(matched), fate)


def _scores(hit: Hit) -> Iterator[tuple[str, float]]:
    """The numbers of a hit by the names of its fields; of a mapping in them by its own names."""
    for field in fields(hit):
        value = getattr(hit, field.name)
        named = value.items() if isinstance(value, Mapping) else [(field.name, value)]
        for name, number in named:
            if name != "rank" and isinstance(number, int | float) and not isinstance(number, bool):
                yield name, float(number)


def _inputs(model: LinearModel, names: Sequence[str], row: Row) -> tuple[Input, ...]:
    added = (row - model.means) / model.scales * model.weights
    return tuple(
        Input(name, float(value), float(by)) for name, value, by in zip(names, row, added, strict=True)
    )


def _sentences(
    answer: Answer,
    judged: Sequence[Evidence],
    read: Sequence[Sentence],
    choices: Matrix,
    scores: Row,
    rows: Matrix,
    model: LinearModel,
) -> Iterator[SentenceTrace]:
    """The sentences in the order of their probability, each with why `model` put it no higher."""
    places = {(sentence.article.id, sentence.span): at for at, sentence in enumerate(read)}
    best = _inputs(model, CHOICE, choices[places[judged[0].article.id, judged[0].sentence]])
    for piece in judged:
        at = places[piece.article.id, piece.sentence]
        inputs = _inputs(model, CHOICE, choices[at])
        span = read[at].read
        yield SentenceTrace(
            piece,
            span.score if span else None,
            inputs,
            float(scores[at]),
            dict(zip(FEATURES, map(float, rows[at]), strict=True)),
            _fate(answer, judged[0], piece, best, inputs),
        )


def _fate(
    answer: Answer, best: Evidence, piece: Evidence, of_best: Sequence[Input], inputs: Sequence[Input]
) -> str:
    """What became of a sentence, in plain words."""
    for number, cited in enumerate(answer.evidence, start=1):
        if (cited.article.id, cited.sentence) == (piece.article.id, piece.sentence):
            return f"cited as [{number}]"
    if any((p.article.id, p.sentence) == (piece.article.id, piece.sentence) for p in answer.compared):
        return "set beside the answer, as it says something else"
    if piece is best:
        return "the best, but not sure enough"
    behind = min(zip(of_best, inputs, strict=True), key=lambda pair: pair[1].added - pair[0].added)
    why = _BEHIND.get(behind[1].name, behind[1].name)
    return f"says the same, but {why}" if piece.says_the_same(best) else why


_BEHIND = {
    "words": "its words are farther from the question",
    "words_lead": "its words are farther from the question",
    "reading": "the reader is less sure of the words in it",
    "reading_lead": "the reader is less sure of the words in it",
    "typed": "the words read in it are not of the kind asked for",
    "votes": "fewer other passages say what it says",
    "repeats": "the words read in it only repeat the question",
    "bare": "it says nothing but the words read in it",
    "time": "its article is of other days",
}
