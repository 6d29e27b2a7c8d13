"""Messages that want an overview or a list instead of an answer, told by how they are put."""

import re
from dataclasses import dataclass

from index.archive import Archive
from index.filters import EVERYTHING, Filters
from index.words import content_forms
from qa.mentions import capitalised
from qa.misspelling import mended
from qa.phrases import QUESTION_WORDS, tokens
from qa.verbs import AUXILIARIES

# Of more words a line without a question word is rather a question in keywords than a name.
MOST_NAME_WORDS = 4
# Passages in which it is looked up how the words of a lower-case name are written.
LOOKED_UP = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """What an overview is wanted of; `latest` or `earliest` if the newest or the oldest articles come first.

    `is_mended` tells that the text is not as it was typed, which was misspelt.
    """

    text: str
    latest: bool = False
    earliest: bool = False
    is_mended: bool = False


_ASKED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:so\s+)?what (?:do|can|could|does) (?:you|the (?:archive|articles?|news|papers?)|they|it"
        r"|we) (?:all )?(?:know|tell(?: me| us)?|have|say|report|write|got)(?: to say)? (?:about|on|of)"
        r" (?P<topic>.+)$",
        r"^(?:please\s+)?(?:can you |could you )?(?:tell|inform|brief) (?:me|us)"
        r" (?:more |something |everything |all )?(?:about|on) (?P<topic>.+)$",
        r"^(?:what(?:'s| is) (?:there|known|said|written|reported)"
        r"|what has been (?:said|written|reported)) (?:about|on) (?P<topic>.+)$",
        r"^(?:give me |show me |an? )?(?:an? |the )?(?:overview|summary|briefing|background|information"
        r"|info|facts?) (?:of|on|about) (?P<topic>.+)$",
        r"^(?:please )?(?:summari[sz]e|search(?: for)?|look up|find)(?: me)? (?P<topic>.+)$",
        r"^(?:(?:find|show|give|list|get)(?: me)? )?(?:all )?(?:the )?(?:articles|stories|reports"
        r"|coverage|anything|everything) (?:about|on|that mentions?|mentioning) (?P<topic>.+)$",
        r"^(?:is there |do you have |have you got |any )(?:anything |something |articles |news "
        r"|information )?(?:about|on) (?P<topic>.+)$",
        r"^(?:how many|what|which) (?:articles|stories|reports|documents) (?:are there |do you have "
        r"|are |do )?(?:about|on|mention|discuss|cover|name|that mention|mentioning|deal with"
        r"|talk about) (?P<topic>.+)$",
        r"^(?:what|how) about (?P<topic>.+)$",
    )
]  # fmt: skip
_LATEST = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:what(?:'s| is| are) |give me |show me |any |tell me )?(?:the )?(?:latest|newest"
        r"|most recent|recent|last)(?: (?:news|articles?|stor(?:y|ies)|reports?|developments?|updates?"
        r"|headlines|information))? (?:on|about|from|regarding|with|in|of) (?P<topic>.+)$",
        r"^(?:what(?:'s| is) (?:new|happening|going on)) (?:with|in|about|on) (?P<topic>.+)$",
        r"^(?:any )?(?:news|updates?|headlines) (?:on|about|from|in|of) (?P<topic>.+)$",
        r"^(?:latest|newest|recent) (?P<topic>.+?)(?: news| headlines)?$",
        r"^(?P<topic>\S+(?: \S+){0,3}) (?:latest|news|headlines|updates?)$",
    )
]  # fmt: skip
_EARLIEST = [
    re.compile(
        r"^(?:what(?:'s| is| are| was| were) |give me |show me |tell me |find )?(?:the )?(?:very )?(?:oldest"
        r"|earliest|first) (?:news|articles?|stor(?:y|ies)|reports?|coverage) (?:on|about|of|regarding"
        r"|mentioning|that mention(?:s|ed)?|to mention) (?P<topic>.+)$",
        re.IGNORECASE,
    )
]
_LIST = re.compile(
    r"^(?:please )?(?:(?:can you |could you )?(?:list|show|display|give)(?: me)?(?: a list of)?"
    r" (?:all )?(?:the |your )?(?:\w+ )?(?:articles|documents|stories|sources|files|archive|titles)"
    r"|(?:what|which) (?:articles|documents|stories|sources"
    r"|files)(?: (?:do you have|are (?:there|in (?:here|the archive))|have you(?: got)?"
    r"|can i ask about))?"
    r"|what(?:'s| is) in (?:the archive|here)|what do you have"
    r"|(?:what(?:'s| is| are) |(?:show|give|tell)(?: me)? )?(?:the )?(?:latest|newest|most recent|recent)"
    r"(?: (?:news|articles?|stor(?:y|ies)|reports?|headlines))?"
    r"|(?:(?:what|which)(?:'s| is| are) |(?:show|give|tell)(?: me)? )?(?:the )?(?:very )?"
    r"(?:oldest|earliest|first|latest|newest) (?:articles?|stor(?:y|ies)|documents?|reports?)"
    r"(?: (?:you have|(?:in|of) (?:here|the archive|this archive)|there is))?"
    r"|what(?:'s| is) new|(?:(?:show|give|tell)(?: me)? )?(?:the )?(?:news|headlines)"
    r"|how many (?:articles|documents|stories)(?: (?:do you have|are there(?: in the archive)?"
    r"|have you))?"
    r"|what (?:can i ask about|do you know|(?:topics|subjects|themes)(?: (?:are (?:there|covered|in (?:here"
    r"|the archive))|do you (?:have|cover)|does (?:it|the archive|this archive) cover))?)"
    r"|what(?:'s| is) (?:the|this|your) archive(?: about)?)[\s?.!]*$",
    re.IGNORECASE,
)  # fmt: skip
# Whose articles, or of when: "articles from Reuters", "headlines of March 2021".
_LIST_FROM = re.compile(
    r"^(?:please )?(?:(?:can you |could you )?(?:list|show|display|give|find)(?: me)? )?(?:all )?(?:the )?"
    r"(?:latest |newest |most recent |recent |oldest |earliest )?(?:articles|stories|headlines|news) "
    r"(?:from|by|of|in|on|dated|(?:that (?:were|was) )?published(?: (?:in|on|by|during))?) (?P<where>.+)$",
    re.IGNORECASE,
)
# "Yesterday's news", "last week's articles".
_LIST_OF_DAYS = re.compile(
    r"^(?:please )?(?:(?:can you |could you )?(?:list|show|display|give|find)(?: me)? )?(?:all )?"
    r"(?P<where>today|yesterday|(?:the )?(?:this|last|past) (?:\w+day|week|weekend|month|year))['’]s"
    r" (?:articles|stories|headlines|news)$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:please )?(?:tell me more|more(?: please| details?| info(?:rmation)?| about (?:it|this|that))?"
    r"|go on|continue|what else does (?:it|the article) say|and then|read on|show me more)[\s?.!]*$",
    re.IGNORECASE,
)  # fmt: skip
_EMPTY_TOPIC = re.compile(
    r"^(?:it|this|that|them|him|her|you|yourself|me|here|everything|anything|all|today|yesterday|now)$",
    re.IGNORECASE,
)


def asked_topic(text: str) -> Topic | None:
    """The topic of "what do you know about X?", "latest on X" and the like, None for any other text."""
    told = text.strip().rstrip("?!. ")
    for patterns in (_EARLIEST, _ASKED, _LATEST):
        for pattern in patterns:
            match = pattern.match(told)
            if match and not _EMPTY_TOPIC.match(match["topic"].strip()):
                text = match["topic"].strip(" ,;:'\"“”")
                return Topic(text, latest=patterns is _LATEST, earliest=patterns is _EARLIEST)
    return None


def lists_articles(text: str) -> bool:
    """True for "list the articles", "latest news", "articles from Reuters" and the like."""
    return bool(_LIST.match(text.strip()) or listed_from(text))


def earliest_first(text: str) -> bool:
    """True if a list of articles is wanted that begins with the oldest."""
    return bool(_OLDEST.search(text))


# Not "articles from First Coast News".
_OLDEST = re.compile(
    r"(?i)\b(?:oldest|earliest|first) (?:articles?|stor(?:y|ies)|documents?|reports?|headlines|news)\b"
)


def listed_from(text: str) -> str:
    """Of what outlet or time a list of articles is wanted, as it was typed; "" if of all.

    >>> listed_from("List the articles from Reuters"), listed_from("list the articles")
    ('Reuters', '')
    """
    told = text.strip().rstrip("?!. ")
    match = None if _LIST.match(told) else _LIST_FROM.match(told) or _LIST_OF_DAYS.match(told)
    where = match["where"].strip(" ,;:'\"“”") if match else ""
    return "" if _EMPTY_TOPIC.match(where) and where.lower() not in ("today", "yesterday") else where


def asks_for_more(text: str) -> bool:
    """True for "tell me more" and the like."""
    return bool(_MORE.match(text.strip()))


def named_alone(archive: Archive, text: str, filters: Filters = EVERYTHING) -> Topic | None:
    """The topic of a line that is a mere name, however it is typed; None for any other."""
    typed = text.strip().rstrip("?!. ")
    told = mended(archive, typed) or typed if len(typed.split()) <= MOST_NAME_WORDS else typed
    words = [match[0] for match in tokens(told)]
    lowered = [word.lower() for word in words]
    if not 0 < len(words) <= MOST_NAME_WORDS or any(w in QUESTION_WORDS | AUXILIARIES for w in lowered):
        return None
    forms = content_forms(told)
    frequency = archive.lexical.document_frequency
    if not forms or not all(frequency(form) for form in forms):
        return None
    topic = Topic(told, is_mended=told != typed)
    if len(words) == 1:
        return topic
    if all(word[0].isupper() or word.lower() in ("of", "the", "de", "and") for word in words):
        return topic
    if told != told.lower():
        return None
    hits = archive.lexical.search(told, LOOKED_UP, archive.filtered.spelt(filters))
    passages = archive.passages([passage for passage, _ in hits])
    texts = [archive.article(p.article_id).text[p.start : p.end] for p in passages.values()]
    known = capitalised(texts)
    return topic if all(word in known for word in lowered) else None
