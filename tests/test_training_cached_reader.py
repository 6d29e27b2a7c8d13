"""The reader with a cache gives what the one behind it gives, and asks it once for each text."""

from collections.abc import Sequence
from pathlib import Path

from index.article import Span
from qa.reader import Reading, ReadingText
from qa.spans import ScoredSpan
from training.cached_reader import CachedReader


class CountingReader:
    """Finds the question's first letter in each text, and counts the texts it was asked for."""

    def __init__(self, checksum: str = "one") -> None:
        self.checksum, self.asked = checksum, 0

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        return self.read_pairs([(question, text) for text in texts])

    def read_pairs(self, pairs: Sequence[tuple[str, ReadingText]]) -> list[Reading]:
        self.asked += len(pairs)
        places = [text.text.find(question[0]) for question, text in pairs]
        return [Reading((ScoredSpan(at, at + 1, 0.5 * at),) if at >= 0 else ()) for at in places]


TEXTS = [ReadingText("Seoul", "A title", (Span(0, 5),)), ReadingText("no such letter"), ReadingText("is")]


def test_the_second_time_nothing_is_read(tmp_path: Path) -> None:
    plain, behind = CountingReader(), CountingReader()
    reader = CachedReader(behind, tmp_path / "readings.sqlite")
    assert reader.read("o?", TEXTS) == plain.read("o?", TEXTS)
    assert reader.read("o?", [*TEXTS, TEXTS[0]]) == plain.read("o?", [*TEXTS, TEXTS[0]])
    assert behind.asked == 3
    again = CachedReader(behind, tmp_path / "readings.sqlite")
    assert again.read("o?", TEXTS[::-1]) == plain.read("o?", TEXTS[::-1])
    assert behind.asked == 3


def test_another_question_title_or_reader_is_read_anew(tmp_path: Path) -> None:
    first, second = CountingReader(), CountingReader("two")
    reader = CachedReader(first, tmp_path / "readings.sqlite")
    reader.read("S?", TEXTS[:1])
    reader.read("l?", TEXTS[:1])
    reader.read("S?", [ReadingText("Seoul", "Another title", (Span(0, 5),))])
    assert first.asked == 3
    CachedReader(second, tmp_path / "readings.sqlite").read("S?", TEXTS[:1])
    assert second.asked == 1
