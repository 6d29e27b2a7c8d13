"""An answer as the HTML of one turn of the conversation. Pure functions of values."""

from collections.abc import Sequence
from datetime import date

from chat.markup import escape, fingerprint, live_link, marked, outlet, outlet_of
from index.article import Article, Span
from index.browsing import Entry
from qa.answer import Answer, DistinctAnswer, Evidence
from qa.rendering import ABSTENTION, long_date

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
    """The reply to a question: the evidence, numbered from 1, or the abstention with its reason."""
    read_as = ""
    if answer.interpreted_as:
        read_as = f'<p class="read-as">Read as: {escape(answer.interpreted_as)}</p>'
    if answer.abstained:
        return read_as + abstention(answer)
    numbers = {id(piece): number for number, piece in enumerate(answer.evidence, start=1)}
    return read_as + "".join(
        one_answer(item, [numbers[id(piece)] for piece in item.evidence], first=place == 0)
        for place, item in enumerate(answer.answers)
    )


def one_answer(item: DistinctAnswer, numbers: Sequence[int], *, first: bool) -> str:
    """One answer with its evidence, numbered; those after the first are headed as further ones."""
    best, *others = (evidence(piece, n) for piece, n in zip(item.evidence, numbers, strict=True))
    heading = "" if first else '<h3 class="more">Another answer</h3>'
    same = '<h3 class="more">The same answer elsewhere</h3>' if others else ""
    shown = short_answer(item.evidence[0], first=first) + date_note(item.evidence[0])
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


def evidence(item: Evidence, number: int) -> str:
    """A quotation with its answer marked, and beneath it the citation that opens the source."""
    return (
        f'<figure class="evidence">{quotation(item)}<figcaption>{citation(item, number)}'
        f'<span class="confidence">{confidence(item.confidence)}</span></figcaption></figure>'
    )


def quotation(item: Evidence) -> str:
    """The sentence, verbatim, with the answer marked unless it is the whole of it."""
    whole = is_whole_sentence(item)
    marks = [] if whole else [(item.span, "<mark>")]
    kind = "quotation whole" if whole else "quotation"
    words = marked(item.article.text, item.sentence, marks)
    return f'<blockquote class="{kind}" dir="auto">{words}</blockquote>'


def citation(item: Evidence, number: int) -> str:
    """The numbered button that opens the source at the quotation, and a link to the live page."""
    article = item.article
    title = article.title or "Untitled"
    return (
        f'<button type="button" class="citation" data-number="{number}" {place(article, item)}>'
        f'<span class="number"><span class="unseen">Open source </span>[{number}]</span> '
        f'<span class="cited-title" dir="auto">{escape(title)}</span> '
        f'<span class="byline">{byline(article)}</span></button>'
        f"{live_link(article.url, f'Live page of {title}')}"
    )


def place(article: Article, item: Evidence | None = None) -> str:
    """The attributes from which the page asks for the source: the article and the places in it."""
    attributes = {"article": article.id}
    if item:  # `check` tells whether the article still has these words there
        attributes |= {
            "start": str(item.span.start),
            "end": str(item.span.end),
            "quote-start": str(item.sentence.start),
            "quote-end": str(item.sentence.end),
            "check": fingerprint(item.quote),
        }
    return " ".join(f'data-{key}="{escape(value)}"' for key, value in attributes.items())


def byline(article: Article) -> str:
    """Outlet and date as HTML, the date readable by machines too."""
    return _byline(outlet(article), article.published)


def byline_of(entry: Entry) -> str:
    """The byline of an article in a list."""
    return _byline(outlet_of(entry.source, entry.agency), entry.published)


def _byline(named: str, day: date | None) -> str:
    if day is None:
        return f"{escape(named)} · undated"
    return f'{escape(named)} · <time datetime="{day.isoformat()}">{long_date(day)}</time>'


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
        f'<p class="byline">{escape(item.article.title or "Untitled")} · {byline(item.article)}</p></details>'
    )


def is_whole_sentence(item: Evidence) -> bool:
    """True if the answer is the sentence itself."""
    return fills(item.article.text, item.sentence, item.span)


def fills(text: str, sentence: Span, answer: Span) -> bool:
    """True if the answer is the sentence, but for spaces and punctuation at its ends."""
    before = Span(sentence.start, max(answer.start, sentence.start)).of(text)
    after = Span(min(answer.end, sentence.end), sentence.end).of(text)
    return not any(character.isalnum() for character in before + after)
