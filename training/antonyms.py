"""Opposites for edited questions: pairs of words that make a statement wrong when exchanged."""

_PAIRS = """
first last; earliest latest; early late; before after; begin end; began ended; begins ends; start stop;
started stopped; open close; opened closed; founded dissolved; established abolished; formed disbanded;
created destroyed; built demolished; won lost; win lose; wins loses; gained lost; gain lose;
increase decrease; increased decreased; increases decreases; rise fall; rose fell; raised lowered;
raise lower; grew shrank; grow shrink; more less; more fewer; most least; most fewest; greater smaller;
greater lesser; larger smaller; largest smallest; bigger smaller; biggest smallest; big small; large small;
high low; higher lower; highest lowest; tall short; taller shorter; tallest shortest; long short;
longer shorter; longest shortest; old young; older younger; oldest youngest; oldest newest; old new;
older newer; major minor; main secondary; strong weak; stronger weaker; strongest weakest; fast slow;
faster slower; fastest slowest; hot cold; hotter colder; hottest coldest; warm cool; warmest coolest;
wet dry; rich poor; richest poorest; good bad; better worse; best worst; easy difficult; hard easy;
positive negative; possible impossible; legal illegal; common rare; common uncommon; popular unpopular;
public private; male female; men women; man woman; mother father; son daughter; brother sister;
husband wife; king queen; boys girls; north south; northern southern; east west; eastern western;
northeast southwest; northwest southeast; left right; upper lower; inside outside; internal external;
above below; over under; up down; near far; nearest farthest; front back; enter leave; entered left;
arrive depart; arrived departed; came went; sent received; send receive; bought sold; buy sell; give take;
gave took; given taken; lend borrow; hired fired; appointed dismissed; elected ousted; joined left;
accept reject; accepted rejected; accepts rejects; approve reject; approved rejected; allow forbid;
allowed forbidden; permitted prohibited; agreed disagreed; agree disagree; support oppose;
supported opposed; supports opposes; for against; favored opposed; liked disliked; loved hated;
praised criticized; succeed fail; succeeded failed; success failure; attack defend; attacked defended;
attacking defending; include exclude; included excluded; includes excludes; including excluding;
contain lack; contains lacks; connect separate; connected separated; united divided; add remove;
added removed; cause prevent; caused prevented; causes prevents; causing preventing; protect harm;
protected harmed; encourage discourage; encouraged discouraged; improve worsen; improved worsened;
strengthened weakened; remember forget; born died; birth death; alive dead; live die; lived died;
always never; often rarely; usually rarely; all none; many few; majority minority; maximum minimum;
most-used least-used; similar different; same different; equal unequal; direct indirect;
directly indirectly; official unofficial; formal informal; permanent temporary; modern ancient;
ancient modern; domestic foreign; national international; local global; urban rural; liberal conservative;
left-wing right-wing; democratic republican; democrat republican; catholic protestant; rural urban;
civilian military; active inactive; complete incomplete; completed abandoned; finished unfinished;
known unknown; named unnamed; successful unsuccessful; able unable; willing unwilling; likely unlikely;
important unimportant; necessary unnecessary; safe dangerous; safe unsafe; healthy unhealthy;
stable unstable; certain uncertain; visible invisible; dependent independent; import export;
imported exported; imports exports; income expenses; profit loss; tax subsidy; supply demand;
offense defense; offensive defensive; home away; peace war; friend enemy; allies enemies; ally enemy;
victory defeat; defeated supported; teacher student; teachers students; buyer seller; employer employee;
parent child; parents children; beginning end; start finish; entrance exit; question answer; day night;
summer winter; spring autumn; morning evening; light dark; lighter heavier; lightest heaviest; thick thin;
thicker thinner; wide narrow; wider narrower; deep shallow; deeper shallower; full empty; heavy light;
hard soft; solid liquid; simple complex; single multiple; single double; primary secondary; previous next;
former current; original final; initial final; initially finally; originally finally; future past;
present past; recently long-ago; soon later; early-stage late-stage; discovered hid; revealed concealed;
reveal hide; show hide; showed hid; released withheld; published withdrew; launched cancelled;
confirmed denied; confirm deny; admitted denied; promised refused; agreed refused; continued stopped;
continue stop; remained left; stayed left; kept dropped;
"""


def _both_ways() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS.replace("\n", " ").split(";"):
        words = pair.split()
        for one, other in (words, words[::-1]) if len(words) == 2 else ():
            found.setdefault(one, set()).add(other)
    return {word: tuple(sorted(others)) for word, others in found.items()}


ANTONYMS = _both_ways()
"""Opposites of each lower-case word, in alphabetical order."""
