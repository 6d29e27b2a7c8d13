"""Words that decide whether a full stop ends a sentence. All lower case, without their last stop."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Before a name: never the end of a sentence.
TITLES = _words(
    """
    mr mrs ms messrs mme mlle dr drs prof profs rev revs hon fr sr sra srta
    pres gov govs sen sens rep reps atty asst supt sec secy amb del dist
    spec gen gens lt lts col cols maj capt cmdr comdr adm sgt cpl pfc pvt cpt brig ensign det insp
    vs v viz cf approx e.g i.e a.k.a
    """
)

# The single ones of all these that are written in lower case; "ill" and "miss" are words then.
LOWER = _words(
    """
    vs v viz cf approx etc est al ca ft sq oz lb lbs ext max min jr sr
    no nos pp p fig figs vol vols ch chap sec para inc corp co ltd b d c
    """
)

# Before a number: "No. 1"; otherwise an ordinary word ("He said no.").
NUMBERED = _words("no nos pp art arts fig figs vol vols ch chap sec secs rs op ref para")

MONTHS = _words("jan feb mar apr jun jul aug sep sept oct nov dec")

TIMES = frozenset(["a.m", "p.m"])

# What may follow "p.m." in its sentence although it has a capital.
AFTER_TIMES = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist jst kst aest
    eastern central mountain pacific greenwich london paris moscow beijing tokyo seoul
    """
)

# May stand inside a sentence or close it: what follows decides.
OPEN = _words(
    """
    inc corp co cos ltd bros assn dept univ intl natl govt mfg jr sr esq etc ph.d m.d
    st ste mt ft ca est al b d ave blvd rd sq bldg hwy pkwy ext min max sq oz lb lbs ed eds trans tel
    ont que alta sask
    """
)

# American states. Behind a comma or a party ("Parkland, Fla."; "R-Fla.") news puts a comma after them
# in mid-sentence, so that a capital opens a sentence.
STATES = _words(
    """
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev
    okla ore pa tenn tex va vt wash wis wyo penn cal
    n.c n.d n.h n.j n.m n.y r.i s.c s.d w.va
    """
)

# Capitalised, these open a sentence far more often than they continue one after an abbreviation.
STARTERS = _words(
    """
    a about above according across after again against all although among an and another any anybody
    anyone anything are as
    at because before being besides between both but by can could despite did do does during each earlier
    either even every everybody everyone everything few finally following for from further had has have
    he her here his
    how however i i'd i'll i'm i've if in indeed instead is it it's its just last later let like many may
    maybe meanwhile more moreover most much my neither never nevertheless no nobody none nor not nothing
    now of on once one only or other others our over perhaps please rather she she's should similarly since
    so some someone sometimes soon still such than that that's the their them then there there's therefore
    these they they're they've this those though through thus to today together too under unless unlike
    until up was we we'd we'll we're we've well were what what's when where whether which while who why
    will with within without would yes yesterday yet you you're your
    """
)

# After a closing quotation mark these, following a name, still belong to the sentence:
# "Why?" General Milley asked.
SPEECH = _words(
    """
    said says asked asks wrote writes tweeted added adds replied replies shouted shouts yelled cried
    continued told tells wondered exclaimed demanded joked recalled responded answered chanted declared
    """
)

# Names that end in a mark of their own.
MARKED_NAMES = frozenset(["yahoo!", "jeopardy!", "jeb!", "e!", "yum!", "guess?"])
