"""Lines that open a part of a page which is not the article: links, comments, captions, addresses."""

from index.reading.phrases import line_of, one_of

_CREDIT = r"[(\[][^()\[\]]{2,60}[)\]]\.?"
_PICTURE = "(?:photo|image|picture|photograph|illustration)"
_CAPTION = line_of(
    one_of(
        rf"in this (?:[\w ]{{1,20}} )?{_PICTURE}\b.*(?:\b\d{{4}}\b.*|{_CREDIT})",
        rf"(?:file|handout|ap|undated) {_PICTURE}\b.*", r"file\s*[-–—:].*",
        rf"(?:{_PICTURE}s?|caption|(?:photo )?credit|pictured)\s*[:|].*",
        rf"{_PICTURE}s? (?:by|courtesy|credit|copyright|caption|source)\b.*",
        r".*[(\[][^()\[\]]{0,40}(?:photo|images|pictures|[a-z]/ ?[a-z])[^()\[\]]{0,40}[)\]]\.?",
        rf".*{_PICTURE}: [^.]{{2,50}}", ".*[|/] ?getty images", r".*[a-z]/ ?(?:ap|afp|reuters|epa)",
    )
)  # fmt: skip
_FIELD = line_of(
    r"\W*(?:phone|tel(?:ephone)?|fax|mobile|e-?mail|website|web|address|contact|press office|twitter)\s*:.*"
    r"|[\d\s()+.-]{7,25}"
)
_LINKS_HEAD = line_of(
    r"\W*",
    one_of(
        "trending(?: now| stories| topics)?",
        "most (?:read|popular|viewed|shared|watched|commented)"
        r"(?: (?:in|on|this|today|now|stories|articles|news)\b.{0,20})?",
        "popular(?: now| stories| posts| articles)",
        "related(?: (?:articles?|stories|news|content|topics|posts|links|coverage|reading))?",
        "more (?:stories|news|headlines|like this|to read|coverage)", "more (?:from|on|in) .{2,40}",
        "latest(?: (?:news|stories|headlines|updates|videos|posts))?", "top (?:stories|news|headlines|picks)",
        "(?:recommended|suggested)(?: for you| stories| reading| articles)?",
        "(?:also read|read also|read next)",
        "you (?:may|might)(?: also)? (?:like|be interested in|have missed)",
        "editors?[’']?s?[’']? (?:picks?|choice)",
        "see also", "don[’']t miss", "what to read next", "other (?:news|stories|headlines)",
        "(?:from )?around the web",
        "(?:sponsored|promoted) (?:content|links|stories)", "from our partners", "elsewhere on .{3,20}",
        "follow us(?: on.{0,20})?", "connect (?:with )?us(?: on)?", "stay connected", r"share this(?: \w+)?",
        "about the authors?", "keep reading", "categories", "archives?",
        "recent (?:posts|comments|articles|stories)",
        "(?:media|press|news) contacts?", "(?:for )?(?:more|further) information(?:,? .{0,30})?",
        "contact(?: us| information| details)", "(?:previous|next) (?:post|article|story)",
        "(?:quick|useful) links",
        "explore more", "our (?:sites|brands|network)",
    ),
    r"\W*",
)  # fmt: skip
_COMMENTS_HEAD = line_of(
    r"\W*",
    one_of(
        r"(?:(?:\d+|no|view|show|all|add|reader|user|latest|top)\s+)?(?:comments?|responses|replies)(?:\s*\(?\d+\)?)?",
        "(?:leave|post|add|write) a (?:comment|reply)", "join the (?:conversation|discussion)",
        "have your say",
        r"\d+ thoughts on .{3,150}",
    ),
    r"\W*",
)  # fmt: skip


def is_links_heading(text: str) -> bool:
    """Whether a line heads links to other stories or pages: "Most read", "Related", "Follow us on"."""
    return len(text) <= 80 and bool(_LINKS_HEAD.fullmatch(text))


def is_comments_heading(text: str) -> bool:
    """Whether a line heads what readers wrote: "12 comments", "Leave a reply"."""
    return len(text) <= 160 and bool(_COMMENTS_HEAD.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a line is a photo's caption or credit."""
    most = 1_000 if text.startswith(("FILE -", "FILE –", "FILE —")) else 500
    return len(text) <= most and bool(_CAPTION.fullmatch(text))


def is_contact_field(text: str) -> bool:
    """Whether a line is a field of an address or a telephone number alone."""
    return len(text) <= 200 and bool(_FIELD.fullmatch(text))
