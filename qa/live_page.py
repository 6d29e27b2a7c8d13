"""Links to the page an article came from, leading to the quotation in it where browsers can.

The fragment follows WICG's draft "Text Fragments" (https://wicg.github.io/scroll-to-text-fragment/): the
words of the page are named after `#:~:text=`, and a browser that does not know it opens the page's top.
"""

import re
from urllib.parse import quote, urlsplit

# A quotation up to this long is named whole; of a longer one the first and the last words, which also
# match where the page breaks the line or the paragraph in between.
WHOLE_CHARACTERS = 80
WORDS_AT_ENDS = 5

UNSAFE_IN_LINK = re.compile(r"[\x00-\x20\x7f\"'<>\\^`{|}\ud800-\udfff]")


def web_address(url: str) -> str:
    """The address if it is plain http or https and safe in a link of any format, else ""."""
    if UNSAFE_IN_LINK.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname else ""


def at_quotation(url: str, quotation: str) -> str:
    """The address, leading to the quotation; "" if it is no web address.

    >>> at_quotation("https://news.example/a", "Won, of S-Korea.")
    'https://news.example/a#:~:text=Won%2C%20of%20S%2DKorea.'
    """
    address, directive = web_address(url), text_directive(quotation)
    if not address or not directive:
        return address
    page, _, fragment = address.partition("#")
    # A directive that is there already would come first and win.
    return f"{page}#{fragment.partition(':~:')[0]}:~:{directive}"


def text_directive(quotation: str) -> str:
    """`text=` with the quotation, or with its first and last words; "" for a quotation without words."""
    words = quotation.split()
    if len(quotation) <= WHOLE_CHARACTERS or len(words) <= 2 * WORDS_AT_ENDS:
        if "\n" not in quotation.strip() or len(words) < 2:
            return f"text={_encoded(words)}" if words else ""
        middle = len(words) // 2
        return f"text={_encoded(words[:middle])},{_encoded(words[middle:])}"
    return f"text={_encoded(words[:WORDS_AT_ENDS])},{_encoded(words[-WORDS_AT_ENDS:])}"


def _encoded(words: list[str]) -> str:
    """Words as one percent-encoded term: also the dash, which has a meaning in the directive."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
