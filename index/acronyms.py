"""Bodies and terms that news writes by their initials, and their names in full.

Those that any reader knows; what an article introduces itself, as in "operational control (OPCON)", is
learnt from it (see `index.abbreviated`).
"""

import re

_NAMES = """
UN: United Nations; EU: European Union; WHO: World Health Organization; WTO: World Trade Organization;
NATO: North Atlantic Treaty Organization; IMF: International Monetary Fund; WHO: World Health Organisation;
NATO: North Atlantic Treaty Organisation; WTO: World Trade Organisation; ECB: European Central Bank;
IAEA: International Atomic Energy Agency; ICC: International Criminal Court; ICJ: International Court of Justice;
UNICEF: United Nations Children's Fund; UNHCR: United Nations High Commissioner for Refugees;
OPEC: Organization of the Petroleum Exporting Countries; OECD: Organisation for Economic Co-operation and Development;
OSCE: Organization for Security and Co-operation in Europe; ASEAN: Association of Southeast Asian Nations;
AU: African Union; NAFTA: North American Free Trade Agreement; FBI: Federal Bureau of Investigation;
CIA: Central Intelligence Agency; NSA: National Security Agency; DHS: Department of Homeland Security;
DOJ: Department of Justice; EPA: Environmental Protection Agency; FDA: Food and Drug Administration;
CDC: Centers for Disease Control and Prevention; CDC: Centers for Disease Control; FAA: Federal Aviation Administration;
FCC: Federal Communications Commission; FTC: Federal Trade Commission; SEC: Securities and Exchange Commission;
IRS: Internal Revenue Service; NASA: National Aeronautics and Space Administration; TSA: Transportation Security Administration;
NTSB: National Transportation Safety Board; NRA: National Rifle Association; ACLU: American Civil Liberties Union;
NAACP: National Association for the Advancement of Colored People; ICE: Immigration and Customs Enforcement;
NHS: National Health Service; BBC: British Broadcasting Corporation; IRA: Irish Republican Army; SNP: Scottish National Party;
PLO: Palestine Liberation Organization; IDF: Israel Defense Forces; IDF: Israel Defence Forces; GDP: gross domestic product;
IOC: International Olympic Committee; FIFA: Fédération Internationale de Football Association; NFL: National Football League;
NBA: National Basketball Association; MLB: Major League Baseball; NHL: National Hockey League; AIDS: acquired immune deficiency syndrome;
DNA: deoxyribonucleic acid; NGO: non-governmental organization; NGO: nongovernmental organization; CEO: chief executive officer;
DPRK: Democratic People's Republic of Korea; USSR: Union of Soviet Socialist Republics; UAE: United Arab Emirates;
PRC: People's Republic of China; ROK: Republic of Korea; EPL: English Premier League; IPO: initial public offering
"""
_SHORT = {
    " ".join(name.lower().split()): short.strip()
    for entry in _NAMES.split(";")
    for short, _, name in [entry.partition(":")]
}
_FULL = re.compile(
    r"\b(?:"
    + "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in _SHORT), key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)


# The longest word of each name: a text without any has none of the names, which is seen at once.
_MARKS = tuple(sorted({max(re.findall(r"[a-zé]+", name), key=len) for name in _SHORT}))


def shorten(text: str) -> str:
    """The text with names that have well-known initials by these initials.

    >>> shorten("The United Nations and the World Health Organisation")
    'The UN and the WHO'
    """
    if not _may_name(text):
        return text
    return _FULL.sub(lambda match: _SHORT[" ".join(match[0].lower().split())], text)


def full_names(text: str) -> list[str]:
    """The names in a text that `shorten` writes by their initials, as they stand there."""
    return _FULL.findall(text) if _may_name(text) else []


def _may_name(text: str) -> bool:
    lowered = text.lower()
    return any(mark in lowered for mark in _MARKS)
