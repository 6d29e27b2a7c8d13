"""Outlets that are known by name: what their addresses are called, and names that no rule could tell.

"Politico" or "Reason" above a story could be anything: only knowing the outlet tells. Names that are
rather the heading of a section ("Science", "Time", "Nature") are left out of the bare names on purpose.
"""

from index.reading.phrases import word_set

_TABLE = """
cnn.com CNN|usatoday.com USA TODAY|theweek.com The Week|theweek.co.uk The Week|bbc.co.uk BBC|bbc.com BBC
reuters.com Reuters|apnews.com AP|theguardian.com The Guardian|nytimes.com The New York Times
washingtonpost.com The Washington Post|wsj.com The Wall Street Journal|npr.org NPR|foxnews.com Fox News
aljazeera.com Al Jazeera|ft.com Financial Times|yna.co.kr Yonhap|abc.net.au ABC News|abcnews.go.com ABC News
afp.com AFP|alternet.org AlterNet|axios.com Axios|bloomberg.com Bloomberg|bostonglobe.com The Boston Globe
bostonherald.com Boston Herald|breitbart.com Breitbart|businessinsider.com Business Insider
buzzfeednews.com BuzzFeed News|cbc.ca CBC News|cbsnews.com CBS News|chicagotribune.com Chicago Tribune
cnbc.com CNBC|cnet.com CNET|csmonitor.com The Christian Science Monitor|dailycaller.com The Daily Caller
dailykos.com Daily Kos|dailymail.co.uk Daily Mail|dailywire.com The Daily Wire
dallasnews.com The Dallas Morning News|dawn.com Dawn|democracynow.org Democracy Now
denverpost.com The Denver Post|deseret.com Deseret News|dw.com Deutsche Welle|economist.com The Economist
espn.com ESPN|euronews.com Euronews|fivethirtyeight.com FiveThirtyEight|forbes.com Forbes
foreignaffairs.com Foreign Affairs|foreignpolicy.com Foreign Policy|france24.com France 24
freep.com Detroit Free Press|gizmodo.com Gizmodo|globalnews.ca Global News|haaretz.com Haaretz
hindustantimes.com Hindustan Times|houstonchronicle.com Houston Chronicle|huffpost.com HuffPost
huffingtonpost.com The Huffington Post|independent.co.uk The Independent
indianexpress.com The Indian Express|inquirer.com The Philadelphia Inquirer|irishtimes.com The Irish Times
jacobin.com Jacobin|japantimes.co.jp The Japan Times|jezebel.com Jezebel|jpost.com The Jerusalem Post
koreaherald.com The Korea Herald|latimes.com Los Angeles Times|lemonde.fr Le Monde
marketwatch.com MarketWatch|mediaite.com Mediaite|mercurynews.com The Mercury News|metro.co.uk Metro
miamiherald.com Miami Herald|motherjones.com Mother Jones|msnbc.com MSNBC|nationalreview.com National Review
nbcnews.com NBC News|newrepublic.com The New Republic|newsmax.com Newsmax|newsweek.com Newsweek
newyorker.com The New Yorker|nymag.com New York Magazine|nypost.com New York Post
nydailynews.com New York Daily News|pbs.org PBS|politico.com Politico|politico.eu Politico
politifact.com PolitiFact|propublica.org ProPublica|qz.com Quartz|quillette.com Quillette
rappler.com Rappler|rawstory.com Raw Story|realclearpolitics.com RealClearPolitics|reason.com Reason
rferl.org Radio Free Europe/Radio Liberty|rollcall.com Roll Call|rollingstone.com Rolling Stone|rte.ie RTÉ
salon.com Salon|scmp.com South China Morning Post|scientificamerican.com Scientific American
scotsman.com The Scotsman|seattletimes.com The Seattle Times|sfchronicle.com San Francisco Chronicle
skynews.com Sky News|news.sky.com Sky News|slate.com Slate|smh.com.au The Sydney Morning Herald
snopes.com Snopes|spectator.co.uk The Spectator|spectator.org The American Spectator|spiegel.de Der Spiegel
standard.co.uk Evening Standard|startribune.com Star Tribune|straitstimes.com The Straits Times
suntimes.com Chicago Sun-Times|talkingpointsmemo.com Talking Points Memo|techcrunch.com TechCrunch
telegraph.co.uk The Telegraph|texastribune.org The Texas Tribune|theatlantic.com The Atlantic
theblaze.com TheBlaze|thedailybeast.com The Daily Beast|thedispatch.com The Dispatch
theepochtimes.com The Epoch Times|thefederalist.com The Federalist|theglobeandmail.com The Globe and Mail
thehill.com The Hill|thehindu.com The Hindu|theintercept.com The Intercept
themarshallproject.org The Marshall Project|thenation.com The Nation|theroot.com The Root
thestar.com Toronto Star|thesun.co.uk The Sun|thetimes.co.uk The Times|theverge.com The Verge
thinkprogress.org ThinkProgress|time.com TIME|timesofindia.indiatimes.com The Times of India
timesofisrael.com The Times of Israel|townhall.com Townhall|upi.com UPI|usnews.com U.S. News & World Report
vanityfair.com Vanity Fair|vice.com Vice|voanews.com Voice of America|vox.com Vox
washingtonexaminer.com Washington Examiner|washingtontimes.com The Washington Times
weeklystandard.com The Weekly Standard|westernjournal.com The Western Journal|wired.com Wired
freebeacon.com The Washington Free Beacon|theconversation.com The Conversation|semafor.com Semafor
thefiscaltimes.com The Fiscal Times|theage.com.au The Age|rt.com RT|xinhuanet.com Xinhua|tass.com TASS
"""

HOSTS = dict(entry.split(" ", 1) for line in _TABLE.strip().split("\n") for entry in line.split("|"))
"""The outlet behind a host, without "www." and subdomains."""

AGENCIES = word_set(
    "reuters ap afp upi pti ani dpa efe ansa tass kyodo yonhap xinhua bloomberg aap sana irna wam ians cnn"
) | {
    "associated press", "the associated press", "agence france-presse", "yonhap news agency", "kyodo news",
    "pa media",
    "press association", "anadolu agency", "press trust of india", "canadian press", "the canadian press",
    "cnn business",
}  # fmt: skip
"""News agencies that are known world-wide, in lower case."""

_MORE = {
    "abc", "cbn", "cbs", "nbc", "bet", "c-span", "bbc news", "itv news", "channel 4 news", "npr news",
    "pbs newshour", "fox business", "al jazeera english", "agence france presse", "dpa international",
    "gallup", "grist", "hotair", "hot air", "infowars", "investor's business daily", "newsbusters",
    "media matters", "ms. magazine", "red state", "redstate", "pew research center", "pj media",
    "yahoo news", "yahoo! news", "cns news", "time magazine", "wikinews", "people magazine",
    "variety magazine", "the western journal", "the post millennial", "the daily signal",
    "american thinker", "above the law", "calmatters", "defense one", "esquire", "lifehacker",
    "heavy.com", "bustle", "international business times", "independent journal review",
    "national journal", "nieman lab", "the observer", "the economic times", "global times", "china daily",
    "arab news", "radio free asia", "the moscow times", "kyiv post", "the kyiv independent", "the mirror",
    "daily mirror", "daily express", "the herald", "the press", "the new daily",
}  # fmt: skip
_SECTIONS = {
    "time",
    "vice",
    "dawn",
    "metro",
    "rt",
    "dw",
    "the nation",
    "foreign affairs",
    "the age",
    "foreign policy",
}
KNOWN = (AGENCIES | {name.lower() for name in HOSTS.values()} | _MORE) - _SECTIONS
"""Names of outlets in lower case, but for those that are rather the heading of a section."""
