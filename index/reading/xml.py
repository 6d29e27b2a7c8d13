"""XML of files and feeds, without what XML can do harm with.

Document types are refused, and with them every entity of a document's own: the one that names a file,
and the ten that multiply into gigabytes. Nothing is fetched.
"""

import re
from typing import TYPE_CHECKING, TypeAlias

from index.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

Element: TypeAlias = "_Element"
"""An element of an XML document; lxml itself is loaded with the first document."""

MAX_XML_BYTES = 32 * 1024 * 1024

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parse_xml(data: bytes, *, mend: bool = False) -> "Element":
    """The root element; with `mend`, also of a document that is not quite well-formed.

    Raises:
        CorpusError: it is no XML, too large, or has a document type.
    """
    from lxml import etree

    if len(data) > MAX_XML_BYTES:
        raise CorpusError(f"more than {MAX_XML_BYTES >> 20} MiB of XML")
    # In UTF-16 every other byte is NUL; in any encoding XML may be in, the words of ASCII stay in order.
    if _DOCTYPE.search(data.replace(b"\0", b"")):
        raise CorpusError("XML with a document type, which articles do not have: refused as unsafe")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mend,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CorpusError(f"damaged: its XML cannot be read ({str(error).splitlines()[0][:120]})") from error
    if root is None:
        raise CorpusError("damaged: no XML in it")
    return root


def local_name(element: "Element") -> str:
    """The element's name without its namespace, "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
