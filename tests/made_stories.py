"""Made-up articles on a few events, at several outlets and in several versions."""

from datetime import date

from index.article import Article

FIRE = (
    "Flames destroyed the market hall of Oostakker on Monday night. Nobody was hurt, fire chief Jan Wouters"
    " said. The hall, built in 1898, held sixty stalls. Police suspect a cable in the bakery."
)
FIRE_UPDATE = (
    FIRE
    + " Mayor Lieve Claes promised on Tuesday to rebuild it. Traders may sell on the church square until then."  # noqa: E501
)
FIRE_RIVAL = (
    "The market hall of Oostakker has burned down. Sixty traders lost their stalls in Monday's fire, which"
    " began in a bakery according to fire chief Wouters. There were no injuries."
)
FIRE_ANALYSIS = (
    "Timber halls such as the one that burned in Oostakker need sprinklers, engineers have warned for years. The"  # noqa: E501
    " market hall had none, said Jan Wouters, whose firemen came on Monday in time only to save the church."
)
SUMMIT = (
    "Ministers of nine countries signed a treaty on cod fishing in Tromso on Monday. Quotas fall by a fifth"
    " next year, Norway's minister Ingrid Dahl said after two days of talks."
)
SUMMIT_RIVAL = (
    "Cod quotas will fall by a fifth under a treaty that nine countries signed in Tromso, Norway. Minister"
    " Ingrid Dahl called the talks on fishing hard but fair."
)


def article(name: str, title: str, text: str, source: str, day: int | None) -> Article:
    """An article of January 2024, undated if `day` is None."""
    published = None if day is None else date(2024, 1, day)
    return Article(name, title, text, source, published, origin=f"/{name}.txt")


WIRE = article("wire", "Fire guts Oostakker market hall", FIRE, "Agency", 8)
COPY = article("copy", "Market hall in Oostakker gutted by fire", FIRE, "Daily", 9)
UPDATE = article("update", "UPDATE 1-Fire guts Oostakker market hall", FIRE_UPDATE, "Agency", 9)
RIVAL = article("rival", "Oostakker market hall burns down", FIRE_RIVAL, "Courier", 9)
ANALYSIS = article("analysis", "Why the market hall burned", FIRE_ANALYSIS, "Weekly", 10)
LATER = article("later", "Oostakker market hall burns down", FIRE_RIVAL + " Again.", "Courier", 29)
UNDATED = article("undated", "Fire guts Oostakker market hall", FIRE, "Clippings", None)
UNDATED_RIVAL = article("unplaced", "Oostakker market hall burns down", FIRE_RIVAL, "Attic", None)
TREATY = article("treaty", "Nine countries sign cod treaty", SUMMIT, "Agency", 8)
TREATY_RIVAL = article("quotas", "Cod quotas fall under Tromso treaty", SUMMIT_RIVAL, "Courier", 9)

ALL = (WIRE, COPY, UPDATE, RIVAL, ANALYSIS, LATER, UNDATED, TREATY, TREATY_RIVAL)
