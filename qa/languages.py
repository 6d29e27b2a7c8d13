"""Whether a question is in another language than English, by its script and its little words."""

import re
import unicodedata
from collections.abc import Mapping

from index.word_tables import STOP_WORDS

# Little words that English has not, and that do not stand in names ("de", "von", "los").
_LITTLE_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(listed.split())
    for language, listed in {
        "German": "wer wie warum wann ist und nicht mit für hat sind welche welcher wurde wurden ein eine"
        " einen das dem dass auch über nach beim zum zur haben wird kann sie ich wir hallo danke gibt"
        " wieviele viele",
        "French": "qui que quoi quand où pourquoi comment est sont avec dans une quelle quel quels quelles"
        " cette ce ces était été nous vous il elle ils bonjour merci combien fait ont et aux c'est qu'est",
        "Spanish": "quién quien qué cuándo cuando dónde donde por porqué cómo como está están fue una para"
        " cuántos cuantos cuál cual hola gracias sobre ese esa esta hay y pasó tiene presidente es",
        "Italian": "chi che cosa quando dove perché come è sono una per quanti quale ciao grazie questo"
        " questa della delle degli nella stato ha hanno cosa",
        "Portuguese": "quem quando onde porque como é são foi com uma para quantos qual olá obrigado sobre"
        " você não isso está aconteceu",
        "Dutch": "wie wat wanneer waar waarom hoe zijn een het niet met voor heeft hebben welke werd bedankt"
        " hallo veel dit deze",
        "Polish": "kto co kiedy gdzie dlaczego jak jest są nie się czy ile który która dziękuję",
        "Swedish": "vem vad när varför hur är och inte med för har vilken många hej tack",
        "Turkish": "kim ne zaman nerede neden nasıl kaç hangi ve bir bu için değil merhaba",
        "Indonesian": "siapa apa kapan mana mengapa bagaimana adalah dan tidak dengan untuk yang berapa",
    }.items()
}
_SCRIPTS = {
    "CYRILLIC": "Russian or another language in Cyrillic", "ARABIC": "Arabic", "HEBREW": "Hebrew",
    "GREEK": "Greek", "CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese",
    "HANGUL": "Korean", "DEVANAGARI": "Hindi", "BENGALI": "Bengali", "THAI": "Thai", "TAMIL": "Tamil",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def other_language(text: str) -> str | None:
    """The language a question seems to be in, None for English and for what cannot be told.

    >>> other_language("wer ist der Präsident von Frankreich?"), other_language("who is Angela Merkel?")
    ('German', None)
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return None
    if "¿" in text or "¡" in text:  # no other language opens its questions so
        return "Spanish"
    if script := _script(words):
        return script
    english = sum(word in STOP_WORDS for word in words)
    counts = {name: sum(word in little for word in words) for name, little in _LITTLE_WORDS.items()}
    language = max(counts, key=lambda name: counts[name])
    found = counts[language]
    enough = found >= 2 or (found == 1 and len(words) <= 3 and not english)
    return language if enough and found > english and found >= len(words) / 5 else None


def _script(words: list[str]) -> str | None:
    """The language of a script other than Latin that most letters are in."""
    letters = [letter for word in words for letter in word]
    counts: dict[str, int] = {}
    for letter in letters[:400]:
        name = unicodedata.name(letter, "").split()
        if name and name[0] in _SCRIPTS:
            counts[name[0]] = counts.get(name[0], 0) + 1
    if not counts or sum(counts.values()) <= len(letters[:400]) / 2:
        return None
    if counts.keys() & {"HIRAGANA", "KATAKANA"}:
        return "Japanese"
    return _SCRIPTS[max(counts, key=lambda name: counts[name])]
