"""Countries and American states by name, to tell "Colombo" from an answer to "which country"."""

import re

from index.word_tables import DEMONYMS
from index.words import stem, words

_COUNTRIES = """
Afghanistan, Albania, Algeria, Andorra, Angola, Antigua and Barbuda, Argentina, Armenia, Australia, Austria,
Azerbaijan, Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin, Bhutan, Bolivia,
Bosnia, Botswana, Brazil, Britain, Brunei, Bulgaria, Burkina Faso, Burma, Burundi, Cambodia, Cameroon,
Canada, Cape Verde, Central African Republic, Chad, Chile, China, Colombia, Comoros, Congo, Costa Rica,
Croatia, Cuba, Cyprus, Czech Republic, Czechia, Czechoslovakia, Denmark, Djibouti, Dominica, Dominican
Republic, East Timor, Ecuador, Egypt, El Salvador, England, Equatorial Guinea, Eritrea, Estonia, Eswatini,
Ethiopia, Fiji, Finland, France, Gabon, Gambia, Georgia, Germany, Ghana, Greece, Grenada, Guatemala, Guinea,
Guyana, Haiti, Holland, Honduras, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy,
Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kiribati, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia,
Lebanon, Lesotho, Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Macedonia, Madagascar, Malawi,
Malaysia, Maldives, Mali, Malta, Marshall Islands, Mauritania, Mauritius, Mexico, Micronesia, Moldova,
Monaco, Mongolia, Montenegro, Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, New Zealand,
Nicaragua, Niger, Nigeria, North Korea, Norway, Oman, Pakistan, Palau, Palestine, Panama, Papua New Guinea,
Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda, Saint Lucia, Samoa, San
Marino, Saudi Arabia, Scotland, Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Slovakia, Slovenia,
Solomon Islands, Somalia, South Africa, South Korea, South Sudan, Soviet Union, Spain, Sri Lanka, Sudan,
Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Togo, Tonga, Trinidad and
Tobago, Tunisia, Turkey, Turkmenistan, Tuvalu, Uganda, Ukraine, United Arab Emirates, UAE, United Kingdom,
United States, Uruguay, USSR, Uzbekistan, Vanuatu, Vatican, Venezuela, Vietnam, Wales, Yemen, Yugoslavia,
Zambia, Zimbabwe
"""
_STATES = """
Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Georgia, Hawaii,
Idaho, Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan,
Minnesota, Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New
York, North Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina,
South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, Washington, West Virginia, Wisconsin, Wyoming
"""

Forms = tuple[str, ...]


def _forms(text: str) -> Forms:
    return tuple(word.form for word in words(text))


def _table(names: str) -> frozenset[Forms]:
    return frozenset(_forms(name) for name in re.split(r",\s*", names.strip()))


_NAMED = {
    stem(noun): _table(names)
    for noun, names in (("country", _COUNTRIES), ("nation", _COUNTRIES), ("state", _STATES))
}
"""Names of the kinds of places that have a closed list, by the form of the noun asked for."""


def has_closed_list(noun: str) -> bool:
    """True if every place of the kind that `noun` (a form) names is known."""
    return noun in _NAMED


def names_one(noun: str, answer: str) -> bool:
    """True if `answer` has the name of a place of the kind that `noun` names; an adjective is none.

    >>> (
    ...     names_one("country", "the United States"),
    ...     names_one("country", "Korean"),
    ...     names_one("country", "Lima"),
    ... )
    (True, False, False)
    """
    told = words(answer)
    forms = [word.form for word in told]
    return any(
        tuple(forms[start:end]) in _NAMED[noun] and not _is_adjective(told[end - 1].text)
        for start in range(len(forms))
        for end in range(start + 1, min(start + 4, len(forms)) + 1)
    )


def _is_adjective(word: str) -> bool:
    return word.lower() in DEMONYMS
