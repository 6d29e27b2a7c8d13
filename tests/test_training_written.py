"""Questions written on news: the file and its places, the windows made of them, and what one teaches."""

import json
import lzma
from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import an_article
from test_eval_realtimeqa import a_question, write
from tokenizers import Tokenizer

from eval.gold import Group, Holding
from eval.judge import Row, Verdict
from eval.quiz import Question
from eval.read_answers import Place, ReadAnswer
from eval.records import Record
from index.article import Article, Span
from index.errors import UsageError
from index.packaged_model import packaged_model
from qa.judging import Sentence
from qa.question import QuestionKind, analyse
from training.news_windows import BESIDE, ELSEWHERE, NewsWindows
from training.selection_news import _answering as _read
from training.selection_written import FEW_ARTICLES, _shelves
from training.selection_written import _answering as _marked
from training.unseen import main, unseen
from training.written import (
    ALLSIDES,
    QUESTIONS,
    YES_NO,
    Written,
    WrittenOn,
    learnt_from,
    part_of,
    read_written,
)

TEXT = (
    "Milley met General Won in Seoul on Wednesday. They spoke for two hours about the alliance. "
    + "Nothing was signed, officials said, and no date was set for another meeting in the capital. " * 9
    + "The general flew home on Thursday. "
)
ASIDE = "Nothing was signed, officials said, and no date was set for another meeting in the capital."
OTHER = "Austin spoke with the minister in Brussels on Wednesday. No general was with them. "


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def question(text: str, *answers: str, near: str = "") -> Written:
    kind = "near" if near else "plain"
    return Written(text, kind, tuple(map(place, answers)), place(near) if near else None)


ASKED = (
    question("Whom did Milley meet?", "General Won"),
    question("When did the general leave Seoul?", "Thursday"),
    question("How long did Austin speak with the general?", near="They spoke for two hours"),
)


QUIZZED = Question("", date(2023, 1, 5), "Who?", ("Won",), (), frozenset())
ROW = Row("Who?", "who", ("Won",), "", Verdict.RIGHT)


@pytest.fixture(scope="module")
def windows() -> NewsWindows:
    tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    record = Record("Milley in Seoul", TEXT, "", id="a")
    other = Record("Austin in Brussels", OTHER * 4, "", id="b")
    return NewsWindows([WrittenOn(record, ASKED), WrittenOn(other, ())], tokenizer)


def stored(folder: Path, answers: list[list[object]]) -> Path:
    """A data folder with one article of each corpus, and a file of one question."""
    (folder / "corpus").mkdir()
    packed = {
        "realtimeqa_to_2024-06_articles.jsonl.xz": {"id": "rtqa-1", "publish_date": "2022/05/05"},
        ALLSIDES.name: {"id": "x", "date": "2018-01-02", "source": "Outlet"},
    }
    for name, told in packed.items():
        line = json.dumps({"title": "T", "text": TEXT, "url": name, **told})
        (folder / "corpus" / name).write_bytes(lzma.compress(f"{line}\n".encode()))
    asked = {"article": "allsides-x", "question": "Who?", "kind": "plain", "answers": answers, "near": None}
    (folder / "questions.jsonl").write_text(json.dumps(asked), encoding="utf-8")
    return folder / "questions.jsonl"


def test_questions_are_read_with_their_articles(tmp_path: Path) -> None:
    file = stored(tmp_path, [[TEXT.index("General Won"), "General Won"]])
    [article] = read_written(tmp_path, file)
    assert article.record.source == "Outlet"
    assert [span.of(TEXT) for span in article.questions[0].answers] == ["General Won"]


def test_an_answer_that_is_not_at_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'General Won' is not at character 3"):
        read_written(tmp_path, stored(tmp_path, [[3, "General Won"]]))


def test_an_article_that_the_data_lacks_is_named(tmp_path: Path) -> None:
    file = stored(tmp_path, [])
    file.write_text(file.read_text().replace("allsides-x", "allsides-y"), encoding="utf-8")
    with pytest.raises(UsageError, match="lacks 1 articles with questions, 'allsides-y'"):
        read_written(tmp_path, file)


def test_the_file_has_questions_of_all_kinds_on_each_article() -> None:
    lines = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    kinds = Counter(line["kind"] for line in lines)
    assert kinds.keys() == {"plain", "reworded", "near"}
    assert all((line["kind"] == "near") == (not line["answers"]) == bool(line["near"]) for line in lines)
    # The first word of a question must not tell whether it is answered.
    for word in ("who", "what", "when", "where", "why", "how", "which"):
        of_word = [line for line in lines if line["question"].lower().startswith(word)]
        assert 0.2 < sum(line["kind"] == "near" for line in of_word) / len(of_word) < 0.6


def test_questions_of_yes_or_no_are_on_articles_that_the_reader_did_not_learn_from() -> None:
    lines = [json.loads(line) for line in YES_NO.read_text(encoding="utf-8").splitlines()]
    assert Counter(line["kind"] for line in lines) == {"yes": 90, "no": 90, "near": 60}
    assert {analyse(line["question"]).kind for line in lines} == {QuestionKind.YES_NO}
    assert all((line["kind"] == "near") == (not line["answers"]) for line in lines)
    assert {part_of(line["article"]) for line in lines} == {"choice"}


def test_questions_on_articles_learnt_from_are_left_out() -> None:
    learnt = min(learnt_from())
    asked = [
        replace(QUIZZED, id="seen", answer_in=frozenset({learnt, "rtqa-x"})),
        replace(QUIZZED, id="new", answer_in=frozenset({"rtqa-x"})),
    ]
    rows = [replace(ROW, id=name) for name in ("seen", "new", "not in the data set")]
    assert [row.id for row in unseen(rows, asked, learnt_from())] == ["new", "not in the data set"]


def test_figures_of_a_saved_run_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(tmp_path / "data", [a_question(1)])
    rows = [replace(ROW, id="q1", answer="Won", exact=1.0), replace(ROW, id="q2", rank=7)]
    (tmp_path / "questions.jsonl").write_text("".join(f"{json.dumps(asdict(row))}\n" for row in rows))
    (tmp_path / "results.json").write_text(json.dumps({"depth": 5}))
    monkeypatch.setattr("sys.argv", ["unseen", str(tmp_path), "--data", str(data)])
    main()
    shown = capsys.readouterr().out
    assert "2 of 2 questions" in shown
    assert "recall@5 " in shown
    assert "recall@10" not in shown


def test_windows_mark_the_answer_and_only_there(windows: NewsWindows) -> None:
    for seed in range(20):
        choice = windows.choice(0, np.random.default_rng(seed))
        marked = [row for row, answers in enumerate(choice.answers) if answers]
        assert marked == [0]
        assert choice.hard is None
        assert len(choice.windows) <= 1 + BESIDE + ELSEWHERE
        (first, last), window = choice.answers[0][0], choice.windows[0]
        assert window.label == (first, last)
        assert window.text[0] <= first <= last < window.text[1]


def test_the_nearest_window_of_an_unanswered_question_is_told(windows: NewsWindows) -> None:
    choice = windows.choice(2, np.random.default_rng(1))
    assert choice.hard == 0
    assert not any(choice.answers)
    assert all(window.label == (0, 0) for window in choice.windows)


def test_words_are_found_again_in_the_article(windows: NewsWindows) -> None:
    for number, words in ((0, "General Won"), (1, "Thursday")):
        choice = windows.whole(number)
        row = next(row for row, answers in enumerate(choice.answers) if answers)
        assert windows.text(number, row, choice.answers[row][0]) == words
        assert windows.answer(number, ASKED[number].answers[0]) == words


def test_small_archives_are_filled_in_turn() -> None:
    names = [f"shelf {number}" for number, size in enumerate((*FEW_ARTICLES, 1, 1)) for _ in range(size)]
    assert list(_shelves(13)) == names


def sentence(words: str, article: Article) -> Sentence:
    start = article.text.index(words)
    return Sentence(article, 1, Span(start, start + len(words)), 0, None, None)


def test_a_sentence_with_a_whole_marked_answer_answers() -> None:
    article = an_article(1, TEXT, url="here")
    written = WrittenOn(Record("", TEXT, "here", id="a"), ASKED)
    sentences = [
        sentence("Milley met General Won in Seoul on Wednesday.", article),
        sentence("Milley met General", article),
        sentence("The general flew home on Thursday.", article),
        sentence("Milley met General Won in Seoul on Wednesday.", an_article(2, TEXT, url="there")),
    ]
    assert _marked(sentences, written, ASKED[0]).tolist() == [True, False, False, False]
    most = Span(TEXT.index("met General"), TEXT.index(" They spoke"))
    whole = replace(ASKED[0], answers=(most,))
    assert _marked(sentences, written, whole).tolist() == [True, True, False, False]
    assert not _marked(sentences, written, ASKED[2]).any()


def test_golds_words_count_but_where_they_were_read_and_say_nothing() -> None:
    article = an_article(1, TEXT, id="a")
    says, silent = (
        Place("a", place("Milley met General Won in Seoul on Wednesday.")),
        Place("a", place(ASIDE)),
    )
    read = ReadAnswer("q", says=(says,), hints=(), other=("the general",), silent=(silent,))
    sentences = [
        sentence("Milley met General Won in Seoul on Wednesday.", article),
        sentence(ASIDE, article),
        sentence("The general flew home on Thursday.", article),
        sentence("They spoke for two hours about the alliance.", article),
    ]
    stated = Holding(Group.STATED, ("General Won",), ("the general", "signed"))
    assert _read(sentences, stated, read).tolist() == [True, False, True, False]
    assert not _read(sentences, replace(stated, group=Group.ABSENT), read).any()


@pytest.mark.slow
def test_blended_weights_lie_between() -> None:
    import torch

    from training.blending import blended

    before, after = {"w": torch.tensor([0.0, 4.0])}, {"w": torch.tensor([2.0, 0.0])}
    assert blended(before, after, 0.25)["w"].tolist() == [0.5, 3.0]


@pytest.mark.slow
def test_the_learning_rate_rises_and_falls() -> None:
    from training.news_reader import Recipe

    recipe = Recipe(learning_rate=1.0, warm_up=0.2)
    assert [recipe.rate(done) for done in (0.0, 0.1, 0.2, 0.6, 1.0)] == pytest.approx([0, 0.5, 1, 0.5, 0])


@pytest.mark.slow
def test_the_loss_falls_where_the_right_words_gain(windows: NewsWindows) -> None:
    import torch

    from training.news_reader import choice_loss, spans_of

    choice = windows.choice(0, np.random.default_rng(1))
    length = max(len(window.ids) for window in choice.windows)
    first, last = choice.answers[0][0]

    def loss(answer: float, elsewhere: float) -> float:
        start, end = torch.full((2, len(choice.windows), length), -4.0)
        start[0, first], end[0, last] = answer, answer
        start[1, 20], end[1, 20] = elsewhere, elsewhere
        start[:, 0] = end[:, 0] = 0.0
        return float(choice_loss(choice, *spans_of(start, end)))

    assert loss(6.0, -4.0) < loss(3.0, -4.0) < loss(0.0, -4.0)
    assert loss(6.0, 5.0) > loss(6.0, -4.0)  # another window that claims an answer costs


@pytest.mark.slow
def test_an_unanswered_question_costs_what_its_windows_claim(windows: NewsWindows) -> None:
    import torch

    from training.news_reader import choice_loss, spans_of

    choice = windows.choice(2, np.random.default_rng(1))
    length = max(len(window.ids) for window in choice.windows)

    def loss(row: int, claimed: float) -> float:
        start, end = torch.full((2, len(choice.windows), length), -8.0)
        start[:, 0] = end[:, 0] = 0.0
        start[row, 20], end[row, 20] = claimed, claimed
        return float(choice_loss(choice, *spans_of(start, end)))

    assert choice.hard is not None
    assert loss(choice.hard, 4.0) > loss(choice.hard + 1, 4.0) > loss(choice.hard, -8.0)
