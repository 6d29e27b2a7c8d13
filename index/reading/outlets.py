"""Who published it: outlets and agencies as bylines, datelines, copyright lines and addresses name them."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from index.reading.dates import MONTH, make_date, month_number
from index.reading.known_outlets import AGENCIES, HOSTS, KNOWN
from index.reading.phrases import word_set

_OUTLET_WORD = re.compile(
    r"\b(?:news|newspapers?|times|post|press|herald|agency|daily|gazette|tribune|journal|tv|radio|television|network|media|"
    r"chronicle|telegraph|guardian|mail|courier|observer|standard|star|sun|globe|mirror|express|review|register|"
    r"independent|examiner|echo|argus|bulletin|wire|today|weekly|magazine|bbc|cnn|nbc|abc|cbs|npr|pbs|monitor|"
    r"dispatch|sentinel|advertiser|inquirer|record|banner|voice|report(?:er)?|digest|online)\b|\.(?:com|org|net|co\.\w\w)\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©]*(?:\(c\)|copyright\b)?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?:by )?"
    r"(?P<name>[A-Z][^.|,©\d]{2,60})?"
    r"(?:,?\s*\d{4})?(?:[.|,].*|\s+all rights.*)?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:all rights|this material|reserved|terms|notice|click|privacy)\b.*", re.IGNORECASE
)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][\w.'’/ ]{1,40}(?:, [A-Z][\w.' ]{2,30}){0,2}?)"
    rf"(?:,? (?:(?P<month>{MONTH}) (?P<day>\d\d?)|(?P<day2>\d\d?) (?P<month2>{MONTH}))"
    r"(?:,? (?P<year>\d{4}))?)?,?"
    r"(?: \((?P<agency>[A-Z][\w./& -]{1,40})\))? *(?:--?|[–—])(?= |$)",
    re.IGNORECASE,
)
_PROPER_WORD = word_set(
    "times post herald gazette tribune chronicle telegraph courier observer examiner dispatch "
    "sentinel inquirer journal globe guardian argus register advertiser news mail star standard "
    "independent"
)
_COMMON_WORD = word_set(
    "us u.s. uk world local breaking latest top more national international business sports sport "
    "tech health science entertainment political politics daily general good fake other guest blog "
    "next previous recent sponsored featured new press our your all popular related opinion video "
    "photo hard end weather crime money travel today's in this modern current troubled difficult hot "
    "last first"
)
_NAME = re.compile(
    r"(?:(?:[A-Z]|\d)[\w.'’&!-]*|of|the|and|for|&)(?: (?:(?:[A-Z]|\d)[\w.'’&!-]*|of|the|and|for|in|&)){0,5}"
)
_HOST_NAME = re.compile(r"(?:www\.)?[\w-]{2,30}\.(?:com|org|net|news|co\.uk)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """How an agency story opens: "SEOUL, Jan. 26 (Yonhap) --". `month` and `day` are 0 if it gives none."""

    place: str
    agency: str
    month: int = 0
    day: int = 0
    year: int = 0

    @property
    def date(self) -> date | None:
        """The day, if the year is given."""
        return make_date(self.year, self.month, self.day) if self.year else None


def read_dateline(text: str) -> Dateline | None:
    """The dateline that a paragraph opens with; a day or an agency is in it."""
    match = _DATELINE.match(text[:150])
    if (
        not match
        or not (match["month"] or match["month2"] or match["agency"])
        or not match["place"][:2].strip()[0].isupper()
    ):
        return None
    month, day, year = match["month"] or match["month2"], match["day"] or match["day2"], match["year"]
    agency = match["agency"] or ""
    if not month and not is_outlet(agency):
        return None
    return Dateline(
        match["place"], agency, month_number(month) if month else 0, int(day or 0), int(year or 0)
    )


def is_agency(name: str) -> bool:
    """Whether the name is that of a news agency that is known world-wide."""
    return name.strip().lower() in AGENCIES


def is_outlet(name: str) -> bool:
    """Whether a name looks like an outlet's, not a person's: an agency, initials, a word like "Times"."""
    name = name.strip()
    initials = name.isupper() and 2 <= len(name) <= 6 and name.isalpha()
    return is_known(name) or initials or (len(name) <= 60 and bool(_OUTLET_WORD.search(name)))


def is_known(name: str) -> bool:
    """Whether an outlet is known by this name, with or without "The"."""
    lowered = " ".join(name.lower().replace("’", "'").split())
    return bool({lowered, lowered.removeprefix("the "), f"the {lowered}"} & KNOWN)


def names_outlet(line: str) -> bool:
    """Whether a line, of which nothing else tells what it is, names an outlet and nothing else.

    Stricter than `is_outlet`: "World News" heads a section, "The Valley Times" is a paper.
    """
    name = line.strip()
    if is_known(name) or _HOST_NAME.fullmatch(name):
        return True
    words = [word for word in name.lower().split() if word not in ("the", "of", "and", "&")]
    return (
        len(words) > 1
        and bool(_NAME.fullmatch(name))
        and (words[-1] in _PROPER_WORD or (words[0] in _PROPER_WORD and " of " in name))
        and words[0] not in _COMMON_WORD
    )


def outlet_of_fields(line: str) -> str:
    """The outlet in a line of fields ("Reuters | Seoul | Updated: ..."), "" if no field looks like one."""
    fields = [field.strip() for field in re.split(r"[|•·]", line)]
    return next((field for field in fields if field and len(fields) > 1 and is_outlet(field)), "")


def outlet_of_copyright(line: str) -> str:
    """The holder that a copyright line names, "" if it names none."""
    match = _COPYRIGHT.match(line)
    name = _NO_NAME.sub("", (match["name"] or "") if match else "").strip(" .-–—")
    return name.removeprefix("by ") if len(name) > 2 else ""


def outlet_of_title(title: str) -> tuple[str, str]:
    """A title and the site's name behind it ("Headline | The Herald"), "" if there is none."""
    head, mark, name = _last_part(title)
    if mark and len(name.split()) <= 5 and is_outlet(name) and len(head.split()) >= 3:
        return head.strip(), name.strip()
    return title, ""


def _last_part(title: str) -> tuple[str, str, str]:
    """The title at its last separator: before, separator, behind; the last two "" if there is none."""
    marks = list(re.finditer(r"\s[|–—-]\s", title))
    return (title[: marks[-1].start()], marks[-1][0], title[marks[-1].end() :]) if marks else (title, "", "")


def outlet_of_url(url: str) -> str:
    """The outlet behind an address: its name where it is well known, else the host without "www."."""
    try:
        host = (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""
    parts = host.split(".")
    for start in range(len(parts) - 1):
        if name := HOSTS.get(".".join(parts[start:])):
            return name
    return host.removeprefix("www.") if len(parts) > 1 else ""
