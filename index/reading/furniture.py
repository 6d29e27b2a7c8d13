"""Page furniture told by a line alone: the rules that are safe for any article, clean records too.

A rule is a function of one line, named after what it finds. Rules match the set phrases in which
sites talk to their readers, never a subject, an outlet or a person. When in doubt a line stays: one
kept too many costs little, one lost is an answer lost.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from index.article import Dropped
from index.reading.lines import Line, ends_sentence, words_of
from index.reading.phrases import line_of, one_of, word_set

LineRule = Callable[[str], bool]

MAX_FURNITURE = 400
"""Most characters of a line that a line rule may drop."""

_NETWORKS = word_set(
    "facebook twitter x instagram pinterest linkedin whatsapp youtube reddit telegram tumblr flipboard "
    "email mail "
    "messenger rss tiktok threads bluesky mastodon quora google sms"
)
_SHARE_WORDS = _NETWORKS | word_set(
    "share tweet post print save copy link copied pin it like bookmark follow us comment comments this "
    "article "
    "story page on via with e icon logo to and or"
)
_SHARE_VERBS = word_set("share tweet print")
_ASKING_VERBS = _SHARE_VERBS | word_set("follow like pin copy post save")
_SHARE_NAMES = _NETWORKS | _SHARE_VERBS
_ADVERT = re.compile(
    "(?:"
    + one_of(
        "advertisements?", "advertising", "ad", "sponsored", "promoted", "paid content", "report this ad",
        "(?:video )?ad feedback", r"(?:\d )?how relevant is this ad to you",
        "article continues below(?: advertisement)?",
        "story continue[sd] below(?: advertisement)?", "continue reading(?: the main story| below)?",
        "scroll (?:down )?(?:to continue|for more)", "skip (?:ad(?:vertisement)?|past newsletter promotion)",
        "skip to (?:main )?(?:content|navigation)", "close", "loading", "pullquote", "recommended",
    )
    + "(?: |$))+"
)  # fmt: skip
_SIGN_UP_VERB = line_of(
    r"[\W\d]*(?:click (?:here )?to )?",
    one_of(
        "sign up", "subscribe", "register now", r"get (?:our|the|your|this|more|\w+[’']s)\b", "join our",
        "receive our",
        "want more", "enter your e-?mail", "support (?:local|our|quality|independent) journalism",
        "never miss a story",
        "would you like to receive", "don[’']?t miss (?:a|our)", "stay (?:in the|up|informed)",
        "become a (?:subscriber|member)", "download (?:our|the)",
    ),
)  # fmt: skip
_SIGN_UP_THING = line_of(
    one_of(
        r"newsletters?\b", r"\binbox\b", r"\bsubscri(?:be|ption)", r"e-?mail (?:address|alerts?)",
        r"\balerts\b",
        r"\b(?:our|the) app\b",
    )
)  # fmt: skip
_LEGAL = line_of(
    one_of(
        "©", r"\(c\)", r"copyright\b", r"all rights reserved\b", r"this material may not be published\b",
        "no part of this (?:article|publication) may be",
        r"(?:terms (?:of (?:use|service)|and conditions)|privacy policy)\W*$",
    ),
    r"(?!.*\b(?:laws?|courts?|infring\w*|lawsuits?|office|holders?|act|claims?)\b)",
)  # fmt: skip
_COOKIES = line_of(
    one_of(
        r"(?:we|(?:this|our) (?:web)?site)(?: and our partners)? uses? (?:\w+ )?cookies\b",
        r"by (?:continuing|using|clicking)\b.{0,80}\b(?:cookies|our terms|privacy)",
        r"(?:accept|reject|manage|allow)(?: (?:all|my|additional))? (?:cookies|preferences|choices)\W*$",
        r"(?:accept|reject) all\W*$", r"cookie (?:policy|settings|preferences)\W*$",
    )
)  # fmt: skip
_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_CONTACT = line_of(
    one_of(
        rf"(?:e-?mail:? )?{_ADDRESS}(?:[\s,;/|]+{_ADDRESS})*",
        r"[-–—*►]*\s*(?:follow|contact|reach|e-?mail|tweet|write to)\b(?!:| (?:the )?(?:rules|steps))"
        r".{0,160}(?:@\w|\btwitter|\bfacebook|\binstagram).{0,120}",
        r".{0,120}\b(?:reach|contact|follow|e-?mail|tweet) (?:him|her|them|me)\b.{0,80}@\w.{0,80}",
        r"on twitter:? @\w+\W*",
    )
)
_PLAYER = line_of(
    one_of(
        "media playback is (?:un|not )supported on (?:your|this) device", "enlarge this image",
        "toggle caption",
        "hide caption", "just watched .*replay", "replay more videos", r"slideshow \(\d+ images?\)",
        r"(?:prev|next) image \d+ of \d+", r"(?:image|photo|slide) \d+ of \d+$", r"\d+ of \d+$",
        r"(?:play|pause|mute|unmute|watch|listen)(?: video| audio| now| live)?[\s\d:]*$",
        r"(?:video|photos?|image|gallery)\W*$", "your browser does not support",
        "(?:please )?enable javascript",
        "open in new window", "view (?:gallery|slideshow|all photos|fullscreen)",
    )
)  # fmt: skip
_TEASER = line_of(
    r"\W*",
    one_of(
        "(?:also )?read(?: also| more| next)?", "more", "(?:also )?see(?: also| more)?", "watch", "related",
        "related (?:stories|story|articles?|video|links?|coverage)", "more on this", "(?:more|full) coverage",
        r"also on \w[\w ]{2,20}", "read the full story", "read or share this story", "don[’']t miss",
        "in case you missed it", "you may also like",
    ),
    r"\s*(?:here)?(?P<colon>[:»>|]|\.\.\.|…)?\W*(?P<rest>.*)",
)  # fmt: skip
_TEASER_END = re.compile(r".{10,180}[^\s.] R(?:ead|EAD) (?:more|MORE)")
_PICTURE_CREDIT = re.compile(
    r"\((?:(?:Photo|Photograph|Image)(?: by)?:? )?[A-Z][^()/|]{1,40}/ ?[A-Z][^()/|]{1,40}\)"
)
# "Facebook Twitter Pinterest Protesters outside the court. Photograph: Jane Doe/EPA".
_BUTTONS = re.compile(
    r"(?:(?:Share\s)?(?:Facebook|Twitter|Pinterest|Instagram|LinkedIn|WhatsApp|Reddit|Tumblr|E-?mail)\s+){3,}"
)
MOST_BESIDE_BUTTONS = 400
_CLICK = line_of(r"\W*(?:click|tap) (?:here|on the link|through)\b.{0,120}")
_TAGS = line_of(
    one_of(
        r"(?:tags?|topics?|filed under|keywords|categories|posted in|tagged(?: (?:as|with))?|hashtags?)"
        r"\s*(?::.{0,300}|$)",
        r"(?:#[\w-]+[\s,]*)+",
    )
)
_CREDITS = re.compile(
    r"\(?(?:[Aa]dditional |[Ff]urther )?"
    r"(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Ee]dited) by [A-Z].{0,250}"
)
_END_MARK = line_of(
    r"[\W_]*",
    one_of(r"\(\s*(?:end|ends|more)\s*\)", "ends?", r"-\s*30\s*-", r"[-–—]\s*ends?\s*[-–—]"),
    r"[\W_]*",
)


def separator(text: str) -> bool:
    """A line without a letter or digit: rules, stars and dashes set parts of a page apart."""
    return not any(c.isalnum() for c in text)


def end_mark(text: str) -> bool:
    """Agencies close a story with "(END)" or "-30-"; the mark is for editors."""
    return bool(_END_MARK.fullmatch(text)) and (text.isupper() or not text.isalpha())


def advert_mark(text: str) -> bool:
    """Where an advertisement stood, or a hint to scroll past it: "Story Continues Below"."""
    return len(text) <= 80 and bool(_ADVERT.fullmatch(" ".join(words_of(text))))


def sign_up(text: str) -> bool:
    """An invitation to a newsletter, alert or subscription: an imperative to the reader and its object."""
    return len(text) <= 240 and bool(_SIGN_UP_VERB.match(text)) and bool(_SIGN_UP_THING.search(text))


def share_buttons(text: str) -> bool:
    """The captions of share buttons in a row, and the line beneath a picture that is run together with them.

    A network's name alone may be a heading or list item.
    """
    if len(text) <= MOST_BESIDE_BUTTONS and _BUTTONS.match(text):
        return True
    words = [word for word in words_of(text) if not word.isdigit()]
    if len(words) == 1:
        return words[0] in _SHARE_VERBS
    asks = not _ASKING_VERBS.isdisjoint(words) or len(_NETWORKS.intersection(words)) > 1
    return _SHARE_WORDS.issuperset(words) and asks and not _SHARE_NAMES.isdisjoint(words)


def legal_notice(text: str) -> bool:
    """A copyright or rights line, or the link to the terms; not a sentence about copyright law."""
    return bool(_LEGAL.match(text))


def cookie_notice(text: str) -> bool:
    """What the site says about its own cookies, and the buttons beneath."""
    return bool(_COOKIES.match(text))


def contact_line(text: str) -> bool:
    """How to reach or follow the reporter: an address alone, "Follow X on Twitter", "Reach her at"."""
    reachable = "@" in text or any(name in text.lower() for name in ("twitter", "facebook", "instagram"))
    return reachable and bool(_CONTACT.fullmatch(text))


def player_chrome(text: str) -> bool:
    """Words of video players and picture galleries: "Media playback is unsupported on your device"."""
    return len(text) <= 300 and bool(_PLAYER.match(text)) and not ends_sentence(text)


def link_teaser(text: str) -> bool:
    """A link to another story: "Read more: ...", "... Read more"; its headline is that of another article."""
    match = _TEASER.fullmatch(text) if len(text) <= 200 else None
    if not match:
        return bool(_TEASER_END.fullmatch(text) or _CLICK.fullmatch(text)) and not text.endswith(".")
    return not match["rest"] or (bool(match["colon"]) and not ends_sentence(text))


def picture_credit(text: str) -> bool:
    """Whose picture stood there, in brackets and alone: "(Jane Doe/Reuters)"."""
    return bool(_PICTURE_CREDIT.fullmatch(text))


def tag_line(text: str) -> bool:
    """Keywords under an article: "Tags: ...", "Filed under", a row of hashtags."""
    return bool(_TAGS.fullmatch(text)) and not ends_sentence(text)


def staff_credits(text: str) -> bool:
    """Who reported, wrote and edited an agency story, in its last line."""
    return bool(_CREDITS.fullmatch(text))


LINE_RULES: tuple[LineRule, ...] = (
    separator, end_mark, advert_mark, sign_up, share_buttons, legal_notice, cookie_notice, contact_line,
    player_chrome, link_teaser, picture_credit, tag_line, staff_credits,
)  # fmt: skip


def rule_name(rule: Callable[..., object]) -> str:
    """The name under which a rule's finds are listed: `share_buttons` is "share buttons"."""
    return rule.__name__.replace("_", " ")


def line_rule(text: str) -> str | None:
    """The name of the first rule that takes the line for furniture, None if all keep it.

    Long lines are kept unread: furniture is short, and no expression here can be slow on a short line.
    """
    if len(text) > MAX_FURNITURE:
        return None
    return next((rule_name(rule) for rule in LINE_RULES if rule(text)), None)


def dropped_lines(lines: Sequence[Line], marks: dict[int, str]) -> tuple[Dropped, ...]:
    """The marked lines (index in `lines` to rule's name), in their order on the page."""
    return tuple(Dropped(lines[i].number, lines[i].text, marks[i]) for i in sorted(marks))


def kept_lines(lines: Sequence[Line], marks: Iterable[int]) -> list[Line]:
    """The lines that no rule marked."""
    marked = set(marks)
    return [line for i, line in enumerate(lines) if i not in marked]
