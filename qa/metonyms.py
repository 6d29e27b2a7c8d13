"""Names by which news writes of one and the same government or body: "Seoul" says what South Korea does.

A convention of English-language news: a country's capital, or the seat of an office, stands for those who
govern from it. The reverse is taken to hold too: a question about Japan is met by a sentence about Tokyo.
"""

from collections.abc import Iterator, Mapping, Set

from index.words import content_forms

_CAPITALS = """
Abuja: Nigeria; Addis Ababa: Ethiopia; Algiers: Algeria; Amman: Jordan; Ankara: Turkey; Athens: Greece;
Baghdad: Iraq; Bangkok: Thailand; Beijing: China; Beirut: Lebanon; Belgrade: Serbia; Berlin: Germany;
Bern: Switzerland; Bogota: Colombia; Brasilia: Brazil; Bratislava: Slovakia; Bucharest: Romania;
Budapest: Hungary; Cairo: Egypt; Canberra: Australia; Caracas: Venezuela; Colombo: Sri Lanka;
Copenhagen: Denmark; Damascus: Syria; Dhaka: Bangladesh; Doha: Qatar; Dublin: Ireland; Hanoi: Vietnam;
Harare: Zimbabwe; Havana: Cuba; Helsinki: Finland; Islamabad: Pakistan; Jakarta: Indonesia; Kabul:
Afghanistan; Kathmandu: Nepal; Khartoum: Sudan; Kiev: Ukraine; Kyiv: Ukraine; Lima: Peru; Lisbon:
Portugal; London: Britain; Madrid: Spain; Managua: Nicaragua; Manila: Philippines; Minsk: Belarus;
Mogadishu: Somalia; Moscow: Russia; Nairobi: Kenya; Oslo: Norway; Ottawa: Canada; Paris: France; Prague:
Czech Republic; Pyongyang: North Korea; Reykjavik: Iceland; Riga: Latvia; Riyadh: Saudi Arabia; Rome:
Italy; Santiago: Chile; Seoul: South Korea; Sofia: Bulgaria; Stockholm: Sweden; Taipei: Taiwan; Tallinn:
Estonia; Tbilisi: Georgia; Tehran: Iran; Tokyo: Japan; Tripoli: Libya; Tunis: Tunisia; Vienna: Austria;
Vilnius: Lithuania; Warsaw: Poland; Washington: America; Wellington: New Zealand; Yerevan: Armenia;
Zagreb: Croatia
"""
_SEATS = "Kremlin: Russia; Kremlin: Moscow; Pentagon: Defense; Whitehall: Britain"

# Short names that no initials tell, which articles use without the full one.
_SHORT = "Fed: Federal Reserve; GOP: Republican; SCOTUS: Supreme Court; COVID: coronavirus"

Alternatives = Mapping[str, tuple[frozenset[str], ...]]
"""For a form (see `index.words`), the sets of forms any of which stands for it when it is there whole."""


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    for entry in table.split(";"):
        one, _, other = entry.partition(":")
        yield one, other


def _alternatives() -> Alternatives:
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for one, other in [*_pairs(_CAPITALS), *_pairs(_SEATS), *_pairs(_SHORT)]:
        for here, there in ((one, other), (other, one)):
            for form in content_forms(here):
                found[form] = (*found.get(form, ()), frozenset(content_forms(there)))
    return found


_ALTERNATIVES = _alternatives()


def is_told(form: str, present: Set[str]) -> bool:
    """True if `form` is among the forms `present`, or a name is that stands for the same body.

    >>> is_told("pyongyang", {"north", "korea"}), is_told("pyongyang", {"south", "korea"})
    (True, False)
    """
    return form in present or any(names <= present for names in _ALTERNATIVES.get(form, ()))
