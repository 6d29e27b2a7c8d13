"""The windows of a written question among which a reader chooses, as the product has it choose passages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.article import Span
from qa.question import analyse
from training.hard_negatives import NegativeFinder
from training.spans_data import MAX_TITLE_TOKENS
from training.windows import LONGEST_ANSWER, Tokens, Window, join, token_span, tokenise
from training.written import IN_CONTEXT, Written, WrittenOn

TITLED = 0.85  # share of the questions whose windows have their article's title in front
SMALLEST, LARGEST = 64, 180  # word pieces of a window
BESIDE = 2  # windows of its own article without an answer
ELSEWHERE = 2  # windows of other articles that share its words


@dataclass(frozen=True, slots=True)
class Choice:
    """Windows, and the first and last positions of the answers in each: none where it does not answer.

    Both positions are of an answer and count from the window's beginning. `hard` is the index of the window
    that comes nearest to an answer where none has one, None where one has or no nearest is known.
    """

    windows: tuple[Window, ...]
    answers: tuple[tuple[tuple[int, int], ...], ...]
    hard: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """Word pieces [first, last) of an article; `answers` have first and last piece, counted from `first`."""

    first: int
    last: int
    answers: tuple[tuple[int, int], ...]


def _as_read(asked: Written) -> str:
    """The question as the product gives it to the reader; what was typed in a conversation is so already."""
    return asked.text if asked.kind == IN_CONTEXT else analyse(asked.text).to_read


@dataclass(frozen=True, slots=True)
class Drawn:
    """The windows of a question before they are laid out: parts, each with its article's row.

    `hard` is the place in `parts` of the one that comes nearest (see `Choice`).
    """

    question: int
    parts: tuple[tuple[int, Part], ...]
    hard: int | None
    titled: bool


class NewsWindows:
    """The questions of some articles, each laid out in windows that are cut anew every time.

    `questions` has each with the row of its article; its place there is the `number` that methods take.
    """

    def __init__(self, articles: Sequence[WrittenOn], tokenizer: Tokenizer) -> None:
        self._articles = articles
        self._texts = tokenise(tokenizer, [article.record.text for article in articles])
        titles = tokenise(tokenizer, [f"{article.record.title}." for article in articles])
        self._titles = [tokens.ids[:MAX_TITLE_TOKENS].tolist() for tokens in titles]
        self.questions = [(row, asked) for row, a in enumerate(articles) for asked in a.questions]
        words = tokenise(tokenizer, [_as_read(asked) for _, asked in self.questions])
        self._asked = [tokens.ids.tolist() for tokens in words]
        texts = [f"{article.record.title} {article.record.text}" for article in articles]
        finder = NegativeFinder(texts, [article.record.id for article in articles])
        self._others = [
            [at for at in finder.similar(asked.text, (), depth=4) if at != row]
            for row, asked in self.questions
        ]

    def choice(self, number: int, rng: np.random.Generator) -> Choice:
        """Question `number` in a few windows of its article and of others that share its words."""
        return self._laid_out(self.drawn(number, rng))

    def drawn(self, number: int, rng: np.random.Generator) -> Drawn:
        """The windows of `choice`, told by their places."""
        row, asked = self.questions[number]
        size = int(rng.integers(SMALLEST, LARGEST + 1))
        parts = self._parts(row, asked, size)
        answering = [part for part in parts if part.answers][:2]
        silent = [part for part in parts if not part.answers]
        hard = self._nearest(row, asked, silent) if asked.near else None
        rest = [part for part in silent if part is not hard]
        drawn = [rest[at] for at in rng.permutation(len(rest))[:BESIDE]]
        own = [*answering, *([hard] if hard else []), *drawn]
        chosen = [(row, part) for part in own] + self._elsewhere(number, size, rng)
        titled = bool(rng.random() < TITLED)
        return Drawn(number, tuple(chosen), own.index(hard) if hard else None, titled)

    def whole(self, number: int, size: int = LARGEST) -> Choice:
        """Question `number` in all windows of its article, its title in front, for measuring."""
        row, asked = self.questions[number]
        parts = tuple((row, part) for part in self._parts(row, asked, size))
        return self._laid_out(Drawn(number, parts, None, titled=True))

    def tokens(self) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
        """Word pieces of the articles' texts and titles, and of the questions."""
        return [text.ids.tolist() for text in self._texts], self._titles, self._asked

    def place(self, number: int, window: int, span: tuple[int, int], size: int = LARGEST) -> Span:
        """The characters of a span, its first and last position, in one of the windows of `whole`."""
        row, asked = self.questions[number]
        part = self._parts(row, asked, size)[window]
        at = part.first - self.whole(number, size).windows[window].text[0]
        offsets = self._texts[row].offsets
        return Span(int(offsets[span[0] + at][0]), int(offsets[span[1] + at][1]))

    def text(self, number: int, window: int, span: tuple[int, int], size: int = LARGEST) -> str:
        """The words of a span, its first and last position, in one of the windows of `whole`."""
        return self.answer(number, self.place(number, window, span, size))

    def lengths(self) -> list[int]:
        """Word pieces of each question's first answer."""
        found = []
        for row, asked in self.questions:
            for answer in asked.answers[:1]:
                first, last = token_span(self._texts[row], (answer.start, answer.end))
                found.append(last - first + 1)
        return found

    def answer(self, number: int, place: Span) -> str:
        """The words at a place of the article of question `number`."""
        return self._articles[self.questions[number][0]].record.text[place.start : place.end]

    def _parts(self, row: int, asked: Written, size: int) -> list[Part]:
        """The article cut at sentences into parts of at most `size` word pieces; answers count from each."""
        tokens = self._texts[row]
        spans = [token_span(tokens, (span.start, span.end)) for span in asked.answers]
        # A longer answer is none that the reader gives: its first words are.
        labels = [(first, min(last, first + LONGEST_ANSWER - 1)) for first, last in spans]
        return [
            Part(
                first,
                last,
                tuple((a - first, b - first) for a, b in labels if first <= a and b < last),
            )
            for first, last in _cuts(tokens, size)
        ]

    def _nearest(self, row: int, asked: Written, parts: Sequence[Part]) -> Part | None:
        """The part with most of the sentence that comes nearest; None if none has any of it."""
        near = asked.near or Span(0, 0)
        first, last = token_span(self._texts[row], (near.start, near.end))
        touching = [part for part in parts if part.first <= last and first < part.last]
        return max(touching, key=lambda p: min(p.last, last) - max(p.first, first), default=None)

    def _elsewhere(self, number: int, size: int, rng: np.random.Generator) -> list[tuple[int, Part]]:
        """A part drawn from each of the articles most like the question, with the article's row."""
        found = []
        for other in self._others[number][:ELSEWHERE]:
            cuts = _cuts(self._texts[other], size)
            first, last = cuts[int(rng.integers(len(cuts)))]
            found.append((other, Part(first, last, ())))
        return found

    def _laid_out(self, drawn: Drawn) -> Choice:
        windows, answers = [], []
        for row, part in drawn.parts:
            text: NDArray[np.int32] = self._texts[row].ids[part.first : part.last]
            label = part.answers[0] if part.answers else None
            title = self._titles[row] if drawn.titled else []
            window = join(self._asked[drawn.question], title, text.tolist(), label)
            windows.append(window)
            begin = window.text[0]
            answers.append(tuple((begin + first, begin + last) for first, last in part.answers))
        return Choice(tuple(windows), tuple(answers), drawn.hard)


def _cuts(tokens: Tokens, size: int) -> list[tuple[int, int]]:
    """Ends of runs of whole sentences, each as long as `size` allows; a longer sentence is cut there."""
    cuts, first, count = [], 0, len(tokens.ids)
    starts = [*map(int, tokens.sentences[1:]), count]
    while first < count:
        fits = [at for at in starts if first < at <= first + size]
        last = fits[-1] if fits else min(count, first + size)
        cuts.append((first, last))
        first = last
    return cuts
