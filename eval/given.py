"""Reading alone: each question is answered from the passages of its own article, and nothing is searched."""

from collections.abc import Sequence

from eval.gold import Gold
from index.archive import Archive
from qa.answer import Answer, Evidence, Hit
from qa.answering import answer_from
from qa.judging import read_sentences
from qa.models import load_reader
from qa.question import analyse


class GivenParagraph:
    """The product with the passages given: all of the article that gold names, in the order of the text."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self, gold: Gold, k: int) -> Sequence[Hit]:
        """The first k passages; no score tells them apart."""
        return self._hits(gold)[:k]

    def ask(self, gold: Gold, threshold: float | None) -> Answer:
        """The answer from all of the passages."""
        return answer_from(self._archive, gold.question, self._hits(gold), threshold=threshold)

    def reading(self, gold: Gold, candidate: Evidence, /) -> float | None:
        """The reader's score of its best span in the candidate's sentence, None if it has none there."""
        sentences = read_sentences(self._archive, analyse(gold.question), self._hits(gold), load_reader())
        read = next((item.read for item in sentences if item.span == candidate.sentence), None)
        return read.score if read else None

    def text(self, article_id: str) -> str:
        """The text of an article as it is stored."""
        return self._archive.article(article_id).text

    def _hits(self, gold: Gold) -> list[Hit]:
        """Every passage of the question's article; none if that is not in the archive."""
        passages = self._archive.catalogue.passages_of(gold.article_id)
        if not passages:
            return []
        article = self._archive.article(gold.article_id)
        return [
            Hit(article, passage, rank, 0.0, None, None) for rank, passage in enumerate(passages, start=1)
        ]
