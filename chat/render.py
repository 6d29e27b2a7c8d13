"""An answer as the HTML of one turn of the conversation. Pure functions of values."""

from collections.abc import Sequence

from chat import trust, why
from chat.citations import byline_at, citation, is_whole_sentence, quotation, unnumbered
from chat.markup import escape, shown_title
from index.filters import Filters
from qa.answer import Answer, DistinctAnswer, Evidence, ReplyKind
from qa.filter_words import filters_text
from qa.rendering import ABSTENTION, told_reading

THUMB = (
    '<svg aria-hidden="true" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor"'
    ' stroke-width="1.75" stroke-linejoin="round"{}><path d="M7 11v9H4v-9zM7 11l4-8c1.7 0 2.6 1 2.6 2.6'
    'L13 9h5.5c1.2 0 2 1 1.8 2.200l-1.3 7.1c-.2 1-1 1.7-2 1.7H7"/></svg>'
)
UP, DOWN = THUMB.format(""), THUMB.format(' transform="rotate(180)"')

SHOWN_QUESTION = 400  # characters of a question repeated above its reply; longer ones are cut there


def turn(question: str, reply: str, foot: str = "") -> str:
    """One turn: what was asked, then the reply and what stands beneath it, which are HTML already."""
    asked = question.strip()
    if len(asked) > SHOWN_QUESTION:
        asked = asked[:SHOWN_QUESTION].rstrip() + " …"
    heading = f'<h2 class="question" dir="auto">{escape(asked)}</h2>' if asked else ""
    return f'<article class="turn">{heading}<div class="reply">{reply}</div>{foot}</article>'


def waiting(message: str) -> str:
    """The reply while the archive is being read."""
    return f'<p class="waiting"><span class="pulse" aria-hidden="true"></span>{escape(message)}</p>'


def notice(message: str) -> str:
    """A reply that is neither answer nor abstention: what is wrong, in one line."""
    return f'<p class="notice">{escape(" ".join(message.split()))}</p>'


def verdict(answer: Answer) -> str:
    """Where the reader says whether the reply is right, and gives the right answer if it is not."""
    about = "that the archive does not say" if answer.abstained else "the answer"
    none = (
        ""
        if answer.abstained
        else '<label class="none"><input type="checkbox" name="none"> The archive does not say</label>'
    )
    return (
        '<div class="verdict"><div class="thumbs" role="group" aria-label="Is this right?">'
        f'<button type="button" class="right" aria-label="Right: {about}">{UP}</button>'
        f'<button type="button" class="wrong" aria-label="Wrong: {about}" aria-expanded="false">'
        f"{DOWN}</button>"
        '</div><form class="correction" hidden><label>The right answer is '
        '<input name="answer" type="text" autocomplete="off" maxlength="500"></label>'
        f'{none}<button type="submit">Send</button></form><p class="said" role="status"></p></div>'
    )


def reply(answer: Answer) -> str:
    """The reply to a message: evidence, numbered from 1, an abstention with its reason, or what is told."""
    if answer.message is not None:
        return read_as(answer) + told(answer)
    said = abstention(answer) if answer.abstained else answers(answer)
    return f"{read_as(answer)}{said}{why.fold(answered=not answer.abstained)}"


def selection(filters: Filters) -> str:
    """What the question was asked of, if not of everything: an abstention speaks of no more than that."""
    said = filters_text(filters)
    return f'<p class="selection">Asked only of articles {escape(said)}</p>' if said else ""


def read_as(answer: Answer) -> str:
    """How the question was read, if not as typed; a follow-up can be asked again as typed."""
    reading = told_reading(answer.question, answer.interpreted_as)
    if not reading:
        return ""
    again = (
        f' <button type="button" class="as-typed" data-question="{escape(answer.question)}">'
        "Ask it as typed</button>"
        if answer.read_as
        else ""
    )
    return f'<p class="read-as">Read as: <span dir="auto">{escape(reading)}</span>{again}</p>'


def told(answer: Answer) -> str:
    """What there is to say to a message that is no question, with sentences that open but answer nothing."""
    kind = "message" if answer.kind is ReplyKind.SMALL_TALK else "message heading"
    quoted = "".join(
        f'<figure class="evidence told">{quotation(piece)}'
        f"<figcaption>{unnumbered(piece)}</figcaption></figure>"
        for piece in answer.overview
    )
    return f'<p class="{kind}" dir="auto">{escape(answer.message or "")}</p>{quoted}'


def answers(answer: Answer) -> str:
    """Each distinct answer with its evidence; what differs from the first one stands right beneath it."""
    numbers = {id(piece): number for number, piece in enumerate(answer.evidence, start=1)}
    first, *further = (
        one_answer(item, [numbers[id(piece)] for piece in item.evidence], first=place == 0)
        for place, item in enumerate(answer.answers)
    )
    return first + trust.differing(answer) + "".join(further)


def one_answer(item: DistinctAnswer, numbers: Sequence[int], *, first: bool) -> str:
    """One answer with its evidence, numbered; those after the first are headed as further ones."""
    best, *others = (
        evidence(piece, n, agrees=piece is not item.evidence[0])
        for piece, n in zip(item.evidence, numbers, strict=True)
    )
    heading = "" if first else '<h3 class="more">Another answer</h3>'
    same = '<h3 class="more">The same answer elsewhere</h3>' if others else ""
    shown = short_answer(item.evidence[0], first=first) + date_note(item.evidence[0]) + trust.supported(item)
    return f'<section class="answer">{heading}{shown}{best}{same}{"".join(others)}</section>'


def short_answer(best: Evidence, *, first: bool = True) -> str:
    """The answer on a line of its own; nothing when it is the whole sentence, which follows anyway."""
    if is_whole_sentence(best):
        return ""
    kind = "short-answer" if first else "short-answer further"
    return f'<p class="{kind}" dir="auto">{escape(best.answer)}</p>'


def date_note(item: Evidence) -> str:
    """What a day such as "Wednesday" means, labelled as worked out; nothing where there is no more to say."""
    note = item.date
    if note is None:
        return ""
    said = f"“{escape(note.words)}” means {escape(note.text)}, by the article’s date"
    return f'<p class="date-note"><span class="label">Date</span> {said}</p>'


def evidence(item: Evidence, number: int, *, agrees: bool = False) -> str:
    """A quotation with its answer marked, and beneath it the citation that opens the source.

    One that `agrees` with another has its own probability in the reasons alone: it is that of answering by
    itself, and next to nothing where a sentence says the same in passing.
    """
    sure = "Agrees" if agrees else confidence(item.confidence)
    return (
        f'<figure class="evidence">{quotation(item)}{trust.notes(item)}<figcaption>{citation(item, number)}'
        f'<span class="confidence">{sure}</span></figcaption></figure>'
    )


def confidence(probability: float) -> str:
    """How sure the answer is, in a word and a figure: `Confidence: high (91 %)`."""
    word = "high" if probability >= 0.8 else "fair" if probability >= 0.5 else "low"
    return f"Confidence: {word} ({probability:.0%})".replace("%", " %")


def abstention(answer: Answer) -> str:
    """That the archive does not say, and why; the near miss folded away and never cited."""
    reason = f'<p class="reason">{escape(answer.reason)}</p>' if answer.reason else ""
    return f'<p class="short-answer none">{ABSTENTION}</p>{reason}{near_miss(answer.near_miss)}'


def near_miss(item: Evidence | None) -> str:
    """The closest sentence behind a fold that says what it is; it opens no source and has no number."""
    if item is None:
        return ""
    return (
        '<details class="near-miss"><summary>Closest sentence (does not answer)</summary>'
        f'<blockquote class="quotation" dir="auto">{escape(item.quote)}</blockquote>'
        f'<p class="byline">{escape(shown_title(item.article))} · {byline_at(item)}</p></details>'
    )
