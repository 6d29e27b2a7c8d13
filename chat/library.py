"""The library side of the page as HTML: leafing through the articles, adding some, removing one."""

from collections.abc import Sequence

from chat.citations import byline_of
from chat.markup import escape, shown_title
from chat.uploads import FileReport, Progress
from index.article import Article
from index.browsing import Entry, Listing, Outlet
from index.catalogue import Outcome

PAGE = 25  # articles of a page
MOST_OUTLETS = 400  # offered to choose from; those of fewest articles are found by words
MANY_OUTLETS = 5  # more than are seen at once get a search of their own

# It has no name, so that it is no part of what is chosen.
OUTLET_SEARCH = (
    '<input type="search" class="find-outlet" autocomplete="off" maxlength="100"'
    ' aria-label="Find an outlet" placeholder="Find an outlet">'
    '<p class="no-outlet" role="status"></p>'
)

ADDRESS = (
    '<form class="by-address"><label for="address">Or the address of a web page or feed</label>'
    '<div><input id="address" name="address" type="url" required autocomplete="off" maxlength="2000"'
    ' placeholder="https://"><button type="submit">Fetch</button></div></form>'
)

OUTCOMES = {
    Outcome.ADDED: "added",
    Outcome.UPDATED: "updated",
    Outcome.UNCHANGED: "in the archive already",
    Outcome.DUPLICATE: "there already under another name",
}


def panel(
    outlets: Sequence[Outlet],
    *,
    uploads: bool,
    formats: Sequence[str],
    most_megabytes: int,
    addresses: bool = False,
) -> str:
    """The library: a form to choose by, the place of the list, and where files are added if they may be."""
    adding = _adding(formats, most_megabytes, addresses=addresses) if uploads else ""
    return (
        '<header class="drawer-head"><h2 id="library-title" tabindex="-1">Library</h2>'
        '<button type="button" class="close" aria-label="Close the library"><span aria-hidden="true">×</span>'
        f"</button></header>{adding}{_form(outlets)}"
        '<div class="listing" role="region" aria-label="Articles found" aria-live="polite"></div>'
    )


def _form(outlets: Sequence[Outlet]) -> str:
    return (
        '<form class="choose" role="search" aria-label="Articles">'
        '<label for="words">Search the articles</label>'
        '<input id="words" name="words" type="search" autocomplete="off" maxlength="200" placeholder="Words">'
        f"{_outlets(outlets)}"
        '<div class="days"><label>From <input name="after" type="date" min="0001-01-01" max="9999-12-31">'
        '</label><label>to <input name="before" type="date" min="0001-01-01" max="9999-12-31"></label></div>'
        '<p class="choice"><button type="button" class="scope" aria-describedby="scope-hint" disabled>'
        'Ask only these</button><button type="reset">Show all</button></p>'
        '<p class="scope-hint" id="scope-hint"></p></form>'
    )


def _outlets(outlets: Sequence[Outlet]) -> str:
    """Boxes to tick, an outlet each, however many agencies its articles name."""
    counts: dict[str, int] = {}
    for outlet in outlets:
        if outlet.source:
            counts[outlet.source] = counts.get(outlet.source, 0) + outlet.articles
    if not counts:
        return ""
    boxes = "".join(
        f'<li><label><input type="checkbox" name="source" value="{escape(name)}">'
        f'<span dir="auto">{escape(name)}</span> <span class="count">{count:,}</span></label></li>'
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_OUTLETS]
    )
    search = OUTLET_SEARCH if len(counts) > MANY_OUTLETS else ""
    return f'<details class="outlets"><summary>Outlets</summary>{search}<ul>{boxes}</ul></details>'


def _adding(formats: Sequence[str], most_megabytes: int, *, addresses: bool) -> str:
    accepted = ",".join(formats)
    return (
        f'<section class="adding" aria-label="Add articles"><label class="drop" data-most="{most_megabytes}">'
        f'<input type="file" multiple accept="{escape(accepted)}" class="unseen">'
        "<strong>Add articles</strong> <span>Choose files, or drop them here: "
        f"{escape(', '.join(name.removeprefix('.') for name in formats))}; up to {most_megabytes} MB each."
        f'</span></label>{ADDRESS if addresses else ""}<div class="report" role="status"></div></section>'
    )


def listing(found: Listing) -> str:
    """A page of the list: how many there are, the articles to open, and the pages around it."""
    count = f"{found.total:,} article{'' if found.total == 1 else 's'}"
    if not found.entries:
        return f'<p class="found">{count if not found.total else "There is no such page."}</p>'
    last = found.offset + len(found.entries)
    shown = f", {found.offset + 1:,} to {last:,}" if found.total > len(found.entries) else ""
    items = "".join(f"<li>{_entry(entry)}</li>" for entry in found.entries)
    return f'<p class="found">{count}{shown}</p><ul class="entries">{items}</ul>{_pages(found, last)}'


def _entry(entry: Entry) -> str:
    return (
        f'<button type="button" class="entry" data-article="{escape(entry.id)}">'
        f'<span class="cited-title" dir="auto">{escape(shown_title(entry))}</span>'
        f'<span class="byline">{byline_of(entry)}</span></button>'
    )


def _pages(found: Listing, last: int) -> str:
    earlier, later = found.offset > 0, last < found.total
    if not earlier and not later:
        return ""
    return (
        '<nav class="pages" aria-label="Pages of the list">'
        f"{_page('Later articles', max(found.offset - PAGE, 0), offered=earlier)}"
        f"{_page('Earlier articles', last, offered=later)}</nav>"
    )


def _page(label: str, offset: int, *, offered: bool) -> str:
    state = "" if offered else " disabled"
    return f'<button type="button" class="page" data-offset="{offset}"{state}>{label}</button>'


def report(progress: Progress) -> str:
    """What is being done with the files added, and what became of those read so far."""
    done = "".join(map(_file, progress.reports))
    files = f'<ul class="files">{done}</ul>' if done else ""
    return f"{_stage(progress)}{files}"


def _stage(progress: Progress) -> str:
    if progress.error:
        return f'<p class="trouble">{escape(progress.error)}</p>'
    if progress.waiting:
        return "<p>Another citewire is changing the archive; these files follow when it is done …</p>"
    if not progress.running:
        return "<p>Done: all of it can be asked.</p>" if progress.reports else ""
    if progress.to_encode:
        share = progress.encoded / progress.to_encode
        return (
            f'<p>Can be asked by words; by meaning {share:.0%} <progress max="1" value="{share:.3f}"'
            ' aria-label="Passages with vectors"></progress></p>'
        )
    if progress.current:
        return (
            f"<p>Reading {escape(progress.current)} ({len(progress.reports) + 1} of {progress.files}) …</p>"
        )
    return "<p>Finishing …</p>" if progress.files else ""


def _file(item: FileReport) -> str:
    counts = ", ".join(f"{count:,} {OUTCOMES[outcome]}" for outcome, count in item.outcomes)
    failures = "".join(f'<li class="trouble">{escape(failure)}</li>' for failure in item.failures)
    nested = f"<ul>{failures}</ul>" if failures else ""
    said = counts or ("not added" if failures else "holds no article")
    return f'<li><span dir="auto">{escape(item.name)}</span>: {said}{nested}</li>'


def removed(article: Article) -> str:
    """What stands where a removed article stood: that it is gone, and the way back."""
    title = f'<span dir="auto">{escape(shown_title(article))}</span>'
    return (
        f"<p>“{title}” is no longer in the archive. Files on disk were not touched.</p>"
        f'<p><button type="button" class="undo" data-article="{escape(article.id)}">Put it back</button></p>'
    )
