"""A web page's HTML as an article, by trafilatura: no script is run and nothing is fetched."""

import logging

from index.article import Article
from index.errors import CorpusError
from index.reading.dates import parse_date
from index.reading.furniture import dropped_lines, kept_lines
from index.reading.headline import first_words
from index.reading.lines import split_lines
from index.reading.outlets import outlet_of_title, outlet_of_url, read_dateline
from index.reading.record import mark_lines


def read_html(html: str) -> Article:
    """The article of an HTML page; id, path and origin are left to the caller.

    Raises:
        CorpusError: there is no article text on the page.
    """
    from trafilatura import bare_extraction  # takes a third of a second and is needed for .html alone

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports on stderr what is reported here
    page = bare_extraction(html, include_comments=False, with_metadata=True)
    found = page if isinstance(page, dict) else page.as_dict() if page else {}
    text, url = found.get("text") or "", found.get("url") or ""
    title, site = outlet_of_title(found.get("title") or "")
    source = found.get("sitename") or site or outlet_of_url(url)
    lines = split_lines(text)
    marks = mark_lines(lines, title, source)
    body = kept_lines(lines, marks)
    if not body:
        raise CorpusError("no article text in it")
    dateline = read_dateline(body[0].text)
    return Article(
        id="",
        title=title or first_words(body[0].text),
        text="\n\n".join(line.text for line in body),
        source=source,
        published=parse_date(found.get("date") or "") or (dateline.date if dateline else None),
        url=url,
        agency=dateline.agency if dateline else "",
        dropped=dropped_lines(lines, marks),
    )
