"""What people type besides questions - greetings, thanks, cries for help, noise - and what is said to it."""

import re
from enum import StrEnum

from index.archive import Archive
from index.words import stem
from qa.answer import Answer, ReplyKind
from qa.languages import other_language


class Talk(StrEnum):
    """What a message is that asks nothing of the articles."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HELP = "help"
    PRAISE = "praise"
    BLAME = "blame"
    LANGUAGE = "language"
    GIBBERISH = "gibberish"


_END = r"[\s!.,?…:;)(-]*$"
_ADDRESSED = r"(?:[\s,]+(?:there|all|everyone|everybody|citewire|friend|team|again|to you|you))?"
_PATTERNS = {
    Talk.GREETING: (
        rf"(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|welcome|good (?:morning|afternoon|evening|day)"
        rf"|how are you(?: doing)?(?: today)?|what'?s up|sup|nice to meet you){_ADDRESSED}"
    ),
    Talk.THANKS: (
        r"(?:(?:ok(?:ay)?|great|perfect|cool)[\s,!.]+)?(?:thanks?(?: you)?|thx|ty|cheers"
        r"|much appreciated|thank you)(?:[\s,]+(?:you|a lot|so much|very much|a million|again"
        r"|for (?:your|the|that|this) \w+|citewire))*"
        r"(?:[\s,!.:;-]+(?:that|this|it|you)(?:['’]s| is| was| were|['’]re| are)"
        r" (?:(?:very|really|so|quite|just) )?(?:great|helpful|useful|good|perfect|nice|kind|all"
        r"|what i needed))?"
    ),
    Talk.GOODBYE: (
        r"(?:good)?bye(?:[ -]bye)?|see (?:you|ya)(?: later| soon)?|good ?night|farewell|ciao"
        r"|that(?:'?s| is) all(?: for now)?"
    ),
    Talk.PRAISE: (
        r"(?:ok(?:ay)?|k|fine|great|good|cool|nice|awesome|perfect|excellent|wow|amazing|i see|got it"
        r"|understood|interesting|good (?:job|answer)|well done|right|yes|no|yeah|yep|nope|sure|lol"
        r"|haha+|hm+|good question|(?:that|this|it)(?:['’]?s| is| was)"
        r" (?:(?:very|really|so|quite) )?(?:great|helpful|useful|good|perfect|nice|interesting|right))"
        r"(?:[\s,!.]+(?:great|good|cool|nice|thanks|one|job))*"
    ),
    Talk.BLAME: (
        r"(?:that(?:'?s| is)|this is|you(?:'?re| are))\s+(?:wrong|not right|incorrect|not true|bad"
        r"|nonsense|stupid|useless|not what i (?:asked|meant))|(?:bad|wrong) answer|nonsense"
    ),
    Talk.HELP: (
        r"(?:please\s+)?(?:help(?: me)?(?: please)?|what (?:can|do) you do"
        r"|what can i (?:ask|do)(?: (?:you|here))?|how (?:do|can|should) i"
        r" (?:use|ask)(?: (?:this|it|you|citewire|questions?))?"
        r"|how (?:does|do) (?:this|it|you|citewire) work|who are you|what are you"
        r"|what(?:'?s| is) (?:this|citewire|your name)|what is this (?:site|page|tool|app)|instructions"
        r"|usage|examples?|commands|menu|start|are you (?:an? )?(?:ai|bot|robot|human|chat ?gpt|real"
        r"|person|llm|language model))"
    ),
}  # fmt: skip
_COMPILED = {
    talk: re.compile(rf"^\W*(?:{pattern}){_END}", re.IGNORECASE) for talk, pattern in _PATTERNS.items()
}
_MESSAGES = {
    Talk.GREETING: (
        "Hello. Ask a question about the articles of this archive, and the answer is quoted from them."
    ),
    Talk.THANKS: "You are welcome.",
    Talk.GOODBYE: "Goodbye.",
    Talk.PRAISE: "Ask on: “when?” or “what did he say?” go on with the last question.",
    Talk.BLAME: (
        "That may be: the quotation shows what the article says. Ask in other words, with names, to"
        " look elsewhere."
    ),
    Talk.HELP: (
        "Citewire answers questions by quoting the articles of this archive, and says so when they do not"
        " answer. Try “who met …?”, then “when?”; “what do you know about …?”; “latest on …”; or “list the"
        " articles”. It writes no text of its own and uses no language model."
    ),
}
_KEYBOARD = re.compile(
    r"(?:asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|zxcv|xcvb|cvbn|vbnm|uiop)", re.IGNORECASE
)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}", re.IGNORECASE)
_REPEATED = re.compile(r"(.)\1{3,}|^(.{1,3})\2{2,}$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
MOST_CHARACTERS = 300


def small_talk(archive: Archive, text: str) -> tuple[Talk, str] | None:
    """What kind of talk a message is and what to say to it, None for anything that asks of the articles."""
    told = text.strip()
    if not told or len(told) > MOST_CHARACTERS:
        return None
    for talk, pattern in _COMPILED.items():
        if pattern.match(told):
            return talk, _MESSAGES[talk]
    if language := other_language(told):
        if _held(archive, told):
            return None
        return (
            Talk.LANGUAGE,
            f"Citewire reads English, and this looks like {language}. Please ask in English.",
        )
    if is_gibberish(told) and not _held(archive, told):
        return (
            Talk.GIBBERISH,
            f"“{told[:60]}” has no words that can be looked for. Try a question with names.",
        )
    return None


def spoken(question: str, talk: tuple[Talk, str]) -> Answer:
    """The reply to a message that asks nothing: no answer, no evidence, only what is said to it."""
    _, message = talk
    return Answer(question, (), 0.0, 0.0, reason=message, kind=ReplyKind.SMALL_TALK, message=message)


def is_gibberish(text: str) -> bool:
    """True if every word looks struck at random: "asdfgh", "xkcdvbq", "aaaaaa"."""
    words = _WORD.findall(text)
    return bool(words) and all(_is_noise(word) for word in words)


def _is_noise(word: str) -> bool:
    if not word.isalpha() or len(word) < 4:
        return False
    vowels = any(letter in "aeiouyäöüáéíóúàèìòùâêîôûå" for letter in word.lower())
    acronym = word.isupper() and len(word) <= 6
    return bool(
        _KEYBOARD.search(word) or _REPEATED.search(word) or _CONSONANTS.search(word)
        or (not vowels and not acronym and word.isascii())
    )  # fmt: skip


def _held(archive: Archive, text: str) -> bool:
    """Whether all longer words of a text stand in the archive: then it may be asked about them."""
    words = [word.lower() for word in _WORD.findall(text) if len(word) > 2]
    return bool(words) and all(archive.lexical.document_frequency(stem(word)) > 0 for word in words)
