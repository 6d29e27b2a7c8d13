"""A quotation with its reference, to be pasted elsewhere: plain text, Markdown, BibTeX, CSL-JSON.

Words stay as they are in the article, but a break inside a sentence becomes a space, and control
characters, which no format can hold or which would reorder what follows, are left out. What has a
meaning in a format is escaped, so that no title or quotation can become a link, a command or markup.
"""

import json
import re
import unicodedata
from enum import StrEnum
from hashlib import sha256

from index.article import Article
from qa.headlines import UNTITLED, headline
from qa.live_page import at_quotation, web_address
from qa.rendering import long_date, on_pages

# Controls of the text's direction: they would turn round the reference that follows the quotation.
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$&])")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# A brace counts for BibTeX's own parser even after a backslash: braces must be named.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
    }
    | {character: f"\\{character}" for character in "#$%&_"}
)


class Format(StrEnum):
    """The formats of a reference."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


def reference_as(kind: Format, article: Article, quotation: str, pages: str = "") -> str:
    """The quotation with its reference in one of the formats; `pages` as `Article.pages_of` gives them."""
    return {
        Format.PLAIN: plain,
        Format.MARKDOWN: markdown,
        Format.BIBTEX: bibtex,
        Format.CSL_JSON: csl_json,
    }[kind](article, quotation, pages)


def plain(article: Article, quotation: str, pages: str = "") -> str:
    """The quotation, a dash, then outlet, date, title, page and address, in two lines."""
    title = _title(article)
    named = f"“{title}”" if title else ""
    parts = [outlet(article), _day(article), named, on_pages(pages), web_address(article.url)]
    return f"“{_line(quotation)}”\n— {', '.join(part for part in parts if part)}\n"


def markdown(article: Article, quotation: str, pages: str = "") -> str:
    """A block quotation; its title links to the live page, at the quotation."""
    title = escaped_markdown(_title(article) or UNTITLED)
    link = at_quotation(article.url, quotation)
    named = f"[{title}](<{link}>)" if link else f"“{title}”"
    parts = [escaped_markdown(outlet(article)), _day(article), on_pages(pages)]
    return f"> “{escaped_markdown(_line(quotation))}”\n>\n> — {', '.join([named, *filter(None, parts)])}\n"


def bibtex(article: Article, quotation: str, pages: str = "") -> str:
    """A `@misc` entry, which BibTeX and biblatex both know, with the quotation as its note."""
    fields = {
        "title": f"{{{_title(article).translate(TEX) or UNTITLED}}}",
        "author": f"{{{_tex(outlet(article))}}}" if outlet(article) else "",
    }
    if day := article.published:
        fields |= {"year": f"{day.year:04}", "month": MONTHS[day.month - 1], "day": str(day.day)}
    fields |= {
        "pages": pages.replace("-", "--"),
        "url": web_address(article.url),
        "note": f"``{_tex(quotation)}''",
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{{_key(article)},\n{''.join(lines)}}}\n"


def csl_json(article: Article, quotation: str, pages: str = "") -> str:
    """A list of one item of type article-newspaper (CSL 1.0.2), with the quotation as its note."""
    item: dict[str, object] = {
        "id": _key(article),
        "type": "article-newspaper",
        "title": _title(article) or UNTITLED,
        "container-title": outlet(article),
        "page": pages,
        "URL": web_address(article.url),
        "note": f"“{_line(quotation)}”",
    }
    if day := article.published:
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2) + "\n"


def outlet(article: Article) -> str:
    """Who published the article, with the agency where the text names another one; "" if unknown."""
    source, agency = _line(article.source), _line(article.agency)
    if agency and agency.casefold() != source.casefold():
        return f"{source} ({agency})" if source else agency
    return source


def _title(article: Article) -> str:
    return _line(headline(article.title, article.source))


def _day(article: Article) -> str:
    return long_date(article.published) if article.published else "undated"


def _line(text: str) -> str:
    """The text on one line, without control characters, direction marks and halves of characters."""
    spaced = " ".join(DIRECTION.sub("", text).split())
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in {"Cc", "Cs"})


def escaped_markdown(text: str) -> str:
    """The text as Markdown that shows exactly these characters."""
    return MARKDOWN_SPECIAL.sub(r"\\\1", text)


def _tex(text: str) -> str:
    return _line(text).translate(TEX)


def _key(article: Article) -> str:
    """A key of letters, digits and dashes: outlet, day, and six digits that tell articles apart."""
    name = re.sub(r"[^a-z0-9]+", "", outlet(article).lower())[:20] or "article"
    day = article.published.isoformat().replace("-", "") if article.published else "undated"
    return f"{name}-{day}-{sha256(article.id.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
