"""Page furniture told by a line alone: the rules that are safe for any article, clean records too.

A rule is a function of one line, named after what it finds. Rules match whole lines of the set
phrases in which sites talk to their readers, never a subject, an outlet or a person. When in doubt
a line stays: one kept too many costs little, one lost is an answer lost.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from index.article import Dropped
from index.reading.lines import Line, ends_sentence, words_of

LineRule = Callable[[str], bool]

MAX_FURNITURE = 400
"""Most characters of a line that a line rule may drop."""

_MEDIA_WORDS = frozenset(
    "facebook twitter x instagram pinterest linkedin whatsapp youtube reddit telegram tumblr flipboard email mail "
    "messenger rss tiktok threads bluesky mastodon quora google sms".split()
)
_SHARE_WORDS = _MEDIA_WORDS | frozenset(
    "share tweet post print save copy link copied pin it like bookmark follow us comment comments this article story "
    "page on via with e icon logo to and or".split()
)
_SHARE_VERBS = _MEDIA_WORDS | {"share", "tweet", "print"}
_ADVERT = re.compile(
    r"(?:(?:advertisements?|advertising|ad|sponsored|promoted|paid content|article continues below(?: advertisement)?"
    r"|story continue[sd] below(?: advertisement)?|continue reading(?: the main story| below)?"
    r"|scroll (?:down )?(?:to continue|for more)|skip (?:ad(?:vertisement)?|past newsletter promotion"
    r"|to (?:main )?(?:content|navigation))|report this ad|ad feedback|video ad feedback"
    r"|(?:\d )?how relevant is this ad to you|close|loading|pullquote|recommended)(?: |$))+"
)
_SIGN_UP_VERB = re.compile(
    r"(?:[\W\d]*)(?:click (?:here )?to )?(?:sign up|subscribe|register now|get (?:our|the|your|this|more|\w+[’']s)\b|join our|receive our|want more|enter your e-?mail"
    r"|support (?:local|our|quality|independent) journalism|would you like to receive|don[’']?t miss (?:a|our)|stay (?:in the|up|informed)|become a (?:subscriber|member)|download (?:our|the))",
    re.IGNORECASE,
)
_SIGN_UP_THING = re.compile(
    r"newsletters?\b|\binbox\b|\bsubscri(?:be|ption)|e-?mail (?:address|alerts?)|\balerts\b|\bour app\b|\bthe app\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:©|\(c\)|copyright\b|all rights reserved\b|this material may not be published\b|no part of this (?:article|publication) may be"
    r"|(?:terms (?:of (?:use|service)|and conditions)|privacy policy)\W*$)(?!.*\b(?:law|court|infring|lawsuit|office)\b)",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?:we|this (?:web)?site|our (?:web)?site|we and our partners)(?: and our partners)? uses? (?:\w+ )?cookies\b"
    r"|by (?:continuing|using|clicking)\b.{0,80}\b(?:cookies|our terms|privacy)"
    r"|(?:accept|reject|manage|allow)(?: (?:all|my|additional))? (?:cookies|preferences|choices)\W*$|cookie (?:policy|settings|preferences)\W*$",
    re.IGNORECASE,
)
_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_CONTACT = re.compile(
    rf"{_ADDRESS}(?:[\s,;/|]+{_ADDRESS})*"
    r"|[-–—*►]*\s*(?:follow|contact|reach|e-?mail|tweet|write to)\b(?! (?:the )?(?:rules|instructions|steps)).{0,160}(?:@\w+|twitter|facebook|instagram).{0,120}"
    r"|.{0,120}\b(?:reach|contact|follow|e-?mail|tweet) (?:him|her|them|me)\b.{0,80}@\w+.{0,80}",
    re.IGNORECASE,
)
_PLAYER = re.compile(
    r"media playback is (?:un|not )supported on (?:your|this) device|enlarge this image|toggle caption|hide caption"
    r"|just watched .*replay|replay more videos|slideshow \(\d+ images?\)|(?:prev|next) image \d+ of \d+"
    r"|(?:image|photo|slide) \d+ of \d+$|\d+ of \d+$|(?:play|pause|mute|unmute|watch|listen)(?: video| audio| now| live)?[\s\d:]*$|(?:video|photos?|image|gallery)\W*$"
    r"|your browser does not support|(?:please )?enable javascript|open in new window|view (?:gallery|slideshow|all photos|fullscreen)",
    re.IGNORECASE,
)
_TEASER_HEAD = re.compile(
    r"\W*(?:read|more|see|watch|related|also read|read also|read more|read next|see also|see more|more on this|more coverage|full coverage|related (?:stories|story|articles?|video|links?|coverage)"
    r"|also on \w[\w ]{2,20}|read the full story|don[’']t miss|in case you missed it|you may also like|recommended)\s*(?:here)?(?P<colon>[:»>|]|\.\.\.|…)?\W*(?P<rest>.*)",
    re.IGNORECASE,
)
_CLICK = re.compile(r"\W*(?:click|tap) (?:here|on the link|through)\b.{0,120}", re.IGNORECASE)
_TAGS = re.compile(
    r"(?:tags?|topics?|filed under|keywords|categories|posted in|tagged(?: (?:as|with))?|hashtags?)\s*(?::.{0,300}|$)|(?:#[\w-]+[\s,]*)+",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"\(?(?:additional |further )?(?:reporting|writing|editing|compiled|edited|written) by (?:[A-Z]).{0,250}"
)
_END_MARK = re.compile(
    r"[\W_]*(?:\(\s*(?:end|ends|more)\s*\)|END|ENDS|-\s*30\s*-|[-–—]\s*ends?\s*[-–—])[\W_]*", re.IGNORECASE
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
    """The captions of share buttons in a row: nothing but networks and words like "share"."""
    words = [word for word in words_of(text) if not word.isdigit()]
    return bool(words) and _SHARE_WORDS.issuperset(words) and not _SHARE_VERBS.isdisjoint(words)


def legal_notice(text: str) -> bool:
    """A copyright or rights line, or the link to the terms; not a sentence about copyright law."""
    return bool(_LEGAL.match(text)) and not text.startswith(("Copyright law", "Copyright case"))


def cookie_notice(text: str) -> bool:
    """What the site says about its own cookies, and the buttons beneath."""
    return bool(_COOKIES.match(text))


def contact_line(text: str) -> bool:
    """How to reach or follow the reporter: an address alone, "Follow X on Twitter", "Reach her at"."""
    return bool(_CONTACT.fullmatch(text))


def player_chrome(text: str) -> bool:
    """Words of video players and picture galleries: "Media playback is unsupported on your device"."""
    return len(text) <= 300 and bool(_PLAYER.match(text)) and not ends_sentence(text)


def link_teaser(text: str) -> bool:
    """A link to another story within this one: "Read more: ..." ; its headline is another article's."""
    match = _TEASER_HEAD.fullmatch(text)
    if not match or len(text) > 200:
        return bool(_CLICK.fullmatch(text)) and not text.endswith(".")
    rest = match["rest"]
    return not rest or bool(match["colon"]) and not ends_sentence(rest)


def tag_line(text: str) -> bool:
    """Keywords under an article: "Tags: ...", "Filed under", a row of hashtags."""
    return bool(_TAGS.fullmatch(text)) and not ends_sentence(text)


def staff_credits(text: str) -> bool:
    """Who reported, wrote and edited an agency story, in its last line."""
    return bool(_CREDITS.fullmatch(text)) and len(text) <= 280


LINE_RULES: tuple[LineRule, ...] = (
    separator, end_mark, advert_mark, sign_up, share_buttons, legal_notice, cookie_notice, contact_line,
    player_chrome, link_teaser, tag_line, staff_credits,
)  # fmt: skip


def rule_name(rule: Callable[..., object]) -> str:
    """The name under which a rule's finds are listed: "share_buttons" is "share buttons"."""
    return rule.__name__.replace("_", " ")


def line_rule(text: str, rules: Sequence[LineRule] = LINE_RULES) -> str | None:
    """The name of the first rule that takes the line for furniture, None if all keep it.

    Long lines are kept unread: furniture is short, and no expression here can be slow on a short line.
    """
    if len(text) > MAX_FURNITURE:
        return None
    return next((rule_name(rule) for rule in rules if rule(text)), None)


def dropped_lines(lines: Sequence[Line], marks: dict[int, str]) -> tuple[Dropped, ...]:
    """The marked lines (index in `lines` to rule's name), in their order on the page."""
    return tuple(Dropped(lines[i].number, lines[i].text, marks[i]) for i in sorted(marks))


def kept_lines(lines: Sequence[Line], marks: Iterable[int]) -> list[Line]:
    """The lines that no rule marked."""
    marked = set(marks)
    return [line for i, line in enumerate(lines) if i not in marked]
