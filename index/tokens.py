"""Count tokens with "news16k", a tiktoken encoding whose ranks come with the package.

tiktoken's own encodings are downloaded when first used, which an offline product cannot do. These
ranks were trained by training/tokens.py. Passage budgets are counted in them; the encoder's own word
pieces are another tokenizer's, see index/passages.py.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.errors import CitewireError

if TYPE_CHECKING:
    import tiktoken

RANKS_FILE = "news16k.tiktoken"
RANKS_SHA256 = "bb8a09787e4388ffe7ccbbf4dcaa34be04964d1b11a66bfa8439c271177b199c"

# A text is cut into these pieces first, and no token spans two. As in GPT-2, with two differences:
# typographic apostrophes count as apostrophes, and no piece is longer than 64 characters, without which
# a megabyte of one letter takes minutes.
PIECES = (
    r"['’](?:[sdmt]|ll|ve|re)(?!\p{L})"
    r"| ?\p{L}{1,64}"
    r"| ?\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]{1,64}"
    r"|\s{1,64}(?!\S)"
    r"|\s"
)


@cache
def load_encoding() -> "tiktoken.Encoding":
    """Load the encoding, once: about 0.1 s.

    Use its `encode_ordinary`: `encode` refuses texts in which "<|endoftext|>" or the like occurs.

    Raises:
        CitewireError: if the installed ranks are not those that this version was made with.

    """
    import tiktoken

    return tiktoken.Encoding(name="news16k", pat_str=PIECES, mergeable_ranks=_read_ranks(), special_tokens={})


def count_tokens(text: str) -> int:
    """How many tokens `text` has.

    >>> count_tokens("Milley met Won.")
    7
    """
    return len(load_encoding().encode_ordinary(text))


def _read_ranks() -> dict[bytes, int]:
    content = files("index").joinpath("data", RANKS_FILE).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != RANKS_SHA256:
        raise CitewireError(f"{RANKS_FILE} is damaged (sha256 {found}): install citewire again")
    lines = (line.split() for line in content.splitlines())
    return {base64.b64decode(token): int(rank) for token, rank in lines}
