"""Training examples of the reader in a reproducible order: questions in windows with or without their answer.

The order of examples, their windows and their negatives are functions of (seed, pass, pool) alone, so a run
that is stopped goes on with the very batch it would have seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from tokenizers import Tokenizer

from training.hard_negatives import NegativeFinder
from training.question_edits import edited
from training.reading_sets import Paragraph, Question
from training.windows import Tokens, Window, cut, cut_beside, join, token_span, tokenise

MAX_TITLE_TOKENS = 24
POOL = 16  # batches sorted by length together, so that little of each is padding


@dataclass(frozen=True, slots=True)
class DataConfig:
    """What the reader sees and in which proportion."""

    # Share of each set in one pass: part_a, the only source of adversarial unanswerables, counts more;
    # reviews, forum posts and single sentences are further from news and are sampled.
    shares: tuple[tuple[str, float], ...] = (
        ("squad1", 1.0),
        ("squad2", 1.5),
        ("new_wiki", 1.0),
        ("qed", 1.0),
        ("reddit", 0.4),
        ("amazon", 0.3),
        ("qamr", 0.2),
        ("trecqa", 0.4),
    )
    # Sets whose questions make sense without their paragraph, hence with another one that lacks the answer.
    negatives_from: tuple[str, ...] = ("squad1", "squad2", "new_wiki", "qed")
    negatives_share: float = 0.35
    negatives_depth: int = 8  # drawn from that many best of the ranking
    same_article_share: float = 0.25  # of negatives: from the same article, whatever its rank
    edits_share: float = 0.35  # questions changed so that their own paragraph does not answer them
    elsewhere_share: float = 0.05  # windows of the right paragraph before or behind the answer
    title_share: float = 0.7
    min_window: int = 64  # tokens of text
    max_window: int = 180


@dataclass(frozen=True, slots=True)
class Item:
    """A question of a paragraph, and what it is read in: "label", "elsewhere", "negative" or "edit"."""

    row: int
    question: int
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An example before it is laid out: a question, and which word pieces of which text it is read in.

    `asked` is (row, question number) where the question stands unchanged, else its word pieces; `label`
    counts from the text's first token, None where it does not answer.
    """

    asked: tuple[int, int] | list[int]
    row: int
    titled: bool
    first: int
    last: int
    label: tuple[int, int] | None


class SpanData:
    """All examples of the training paragraphs, batch by batch."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        tokenizer: Tokenizer,
        config: DataConfig,
        *,
        seed: int,
        batch: int,
    ) -> None:
        self._paragraphs, self._config, self._seed, self._batch = paragraphs, config, seed, batch
        texts = [paragraph.text for paragraph in paragraphs]
        titles = [f"{paragraph.title}." if paragraph.title else "" for paragraph in paragraphs]
        asked = iter(tokenise(tokenizer, [q.text for paragraph in paragraphs for q in paragraph.questions]))
        self._texts = tokenise(tokenizer, texts)
        self._titles = [tokens.ids[:MAX_TITLE_TOKENS].tolist() for tokens in tokenise(tokenizer, titles)]
        self._asked: list[list[Tokens]] = [list(islice(asked, len(p.questions))) for p in paragraphs]
        self._tokenizer = tokenizer
        self._finder = NegativeFinder(texts, [f"{p.source} {p.article}" for p in paragraphs])
        self.batches_per_pass = len(self._items(0)) // (POOL * batch) * POOL

    @property
    def texts(self) -> list[list[int]]:
        """Word pieces of each paragraph."""
        return [tokens.ids.tolist() for tokens in self._texts]

    @property
    def titles(self) -> list[list[int]]:
        """Word pieces of each paragraph's title, [] for none."""
        return self._titles

    @property
    def questions(self) -> list[list[list[int]]]:
        """Word pieces of each paragraph's questions."""
        return [[tokens.ids.tolist() for tokens in asked] for asked in self._asked]

    def readings(self, turn: int) -> Iterator[Reading]:
        """Yield the examples of pass `turn` (0-based), none laid out, in no particular order."""
        rng = np.random.default_rng([self._seed, turn])
        yield from (self._reading(item, rng) for item in self._items(turn))

    def batches(self, first: int) -> Iterator[list[Window]]:
        """Yield the batches from training step `first` (0-based) on, for ever."""
        step = first
        while True:
            turn, index = divmod(step, self.batches_per_pass)
            pool, place = divmod(index, POOL)
            yield from self._pool(turn, pool)[place:]
            step += POOL - place

    def _pool(self, turn: int, pool: int) -> list[list[Window]]:
        rng = np.random.default_rng([self._seed, turn, pool])
        size = POOL * self._batch
        items = self._items(turn)[pool * size : (pool + 1) * size]
        windows = sorted((self._window(item, rng) for item in items), key=lambda window: len(window.ids))
        batches = [windows[at : at + self._batch] for at in range(0, size, self._batch)]
        return [batches[at] for at in rng.permutation(len(batches))]

    def _items(self, turn: int) -> list[Item]:
        rng = np.random.default_rng([self._seed, turn])
        shares = dict(self._config.shares)
        items: list[Item] = []
        for row, paragraph in enumerate(self._paragraphs):
            for number, question in enumerate(paragraph.questions):
                times = int(shares.get(paragraph.source, 0.0) + rng.random())
                items += [Item(row, number, "label")] * times
                items += self._made(row, number, question, float(rng.random()))
        return [items[at] for at in rng.permutation(len(items))]

    def _made(self, row: int, number: int, question: Question, draw: float) -> list[Item]:
        """The unanswerable examples made of a question: at most one, by the draw in [0, 1)."""
        config = self._config
        if question.label is None or self._paragraphs[row].source not in config.negatives_from:
            return []
        if draw < config.negatives_share:
            return [Item(row, number, "negative")]
        if draw < config.negatives_share + config.edits_share:
            return [Item(row, number, "edit")]
        long = len(self._texts[row].ids) > 2 * config.min_window
        return [Item(row, number, "elsewhere")] if long and draw > 1 - config.elsewhere_share else []

    def _window(self, item: Item, rng: np.random.Generator) -> Window:
        reading = self._reading(item, rng)
        title = self._titles[reading.row] if reading.titled else []
        asked = reading.asked
        if isinstance(asked, tuple):
            asked = self._asked[asked[0]][asked[1]].ids.tolist()
        text = self._texts[reading.row].ids[reading.first : reading.last].tolist()
        return join(asked, title, text, reading.label)

    def _reading(self, item: Item, rng: np.random.Generator) -> Reading:
        question = self._paragraphs[item.row].questions[item.question]
        row = self._negative(item.row, question, rng) if item.kind == "negative" else item.row
        tokens = self._texts[row]
        size = int(rng.integers(self._config.min_window, self._config.max_window + 1))
        label = token_span(tokens, question.label) if question.label and row == item.row else None
        if label and item.kind == "elsewhere":
            first, last = cut_beside(tokens, label, size, rng)
        else:
            first, last = cut(tokens, label, size, rng)
        inside = label is not None and first <= label[0] and label[1] < last
        placed = (label[0] - first, label[1] - first) if label and inside else None
        titled = bool(rng.random() < self._config.title_share)
        changed = self._edited(item, question, rng) if item.kind == "edit" else None
        if changed is not None:
            return Reading(changed, row, titled, first, last, None)
        return Reading((item.row, item.question), row, titled, first, last, placed)

    def _edited(self, item: Item, question: Question, rng: np.random.Generator) -> list[int] | None:
        """Word pieces of the question changed so that its paragraph does not answer it; None if none fits."""
        text = self._paragraphs[item.row].text
        changed = edited(question.text, text, [text[start:end] for start, end in question.answers], rng)
        if changed is None:
            return None
        ids: list[int] = tokenise(self._tokenizer, [changed])[0].ids.tolist()
        return ids

    def _negative(self, row: int, question: Question, rng: np.random.Generator) -> int:
        """Row of a paragraph without the answer; `row` itself (then labelled) where there is none."""
        text = self._paragraphs[row].text
        answers = [text[start:end] for start, end in question.answers]
        same = self._finder.same_article(row, answers) if self._paragraphs[row].title else []
        if same and rng.random() < self._config.same_article_share:
            return int(rng.choice(same))
        found = self._finder.similar(question.text, answers, depth=self._config.negatives_depth)
        return int(rng.choice(found)) if found else row
