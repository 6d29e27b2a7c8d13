"""Stories as JSON and as plain text."""

from collections.abc import Iterable, Sequence
from datetime import date

from index.stories import Story, StoryArticle
from qa.rendering import Json, long_date


def ordered(stories: Iterable[Story], *, latest: bool = False) -> list[Story]:
    """The stories of several articles: of most outlets first, then of most texts; or the latest first."""
    several = [story for story in stories if len(story.articles) > 1]
    if latest:
        return sorted(several, key=lambda story: (_age(story), *_size(story), story.id))
    return sorted(several, key=lambda story: (*_size(story), _age(story), story.id))


def story_json(story: Story) -> Json:
    """The JSON object of a story; articles of one `version` are copies or updates of one text."""
    return {
        "id": story.id,
        "title": story.title,
        "from": _iso(story.articles[0].published),
        "to": _iso(story.last),
        "outlets": list(story.outlets),
        "texts": story.texts,
        "articles": [_article_json(article) for article in story.articles],
    }


def stories_text(stories: Sequence[Story]) -> str:
    """Stories for a terminal, each with a line an article."""
    if not stories:
        return "No story is told by several articles."
    return "\n\n".join(map(_block, stories))


def others_text(story: Story, article_id: str) -> str:
    """The other articles of an article's story, for a terminal; "" if it has none."""
    versions = story.versions_of(article_id)
    reports = [a for a in story.articles if a.id != article_id and a not in versions]
    parts = (("Copies or updates of this text:", versions), ("Also on this story:", reports))
    return "\n\n".join("\n".join([head, *map(_line, articles)]) for head, articles in parts if articles)


def _block(story: Story) -> str:
    outlets, articles = len(story.outlets), len(story.articles)
    texts = "" if story.texts == articles else f", {story.texts} different texts"
    heading = f"{articles} articles, {outlets} outlet{'' if outlets == 1 else 's'}{texts}"
    first: dict[int, str] = {}
    lines = []
    for article in story.articles:
        original = first.setdefault(article.version, article.id)
        lines.append(_line(article) + ("" if original == article.id else f" (a version of {original})"))
    return "\n".join([story.title, heading, *lines])


def _line(article: StoryArticle) -> str:
    day = long_date(article.published) if article.published else "no date"
    return f"  {article.id}  {day}, {article.source or 'no outlet'}: {article.title}"


def _article_json(article: StoryArticle) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "published": _iso(article.published),
        "version": article.version,
    }


def _size(story: Story) -> tuple[int, int]:
    return -len(story.outlets), -story.texts


def _age(story: Story) -> int:
    """Smaller is later; undated stories are the oldest."""
    return -(story.last or date.min).toordinal()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
