"""Newspapers, magazines, agencies and broadcasters that are often cited: data, and how an address names its outlet."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

OUTLETS = frozenset(
    " ".join(name.split())
    for name in """
new york times|washington post|wall street journal|los angeles times|chicago tribune|boston globe|usa today|politico|
politico europe|axios|the hill|time|time magazine|newsweek|the atlantic|new yorker|foreign affairs|foreign policy|
national interest|national review|the nation|the intercept|mother jones|propublica|vox|slate|salon|buzzfeed|
buzzfeed news|huffpost|huffington post|business insider|insider|forbes|fortune|bloomberg|bloomberg news|cnbc|cnn|
cnn.com|fox news|nbc news|abc news|cbs news|msnbc|npr|pbs|pbs newshour|voice of america|voa|voa news|
radio free europe/radio liberty|radio free europe|rfe/rl|radio liberty|associated press|ap|ap news|reuters|afp|
agence france-presse|united press international|upi|daily beast|daily caller|breitbart|washington times|
washington examiner|new york post|new york daily news|san francisco chronicle|houston chronicle|miami herald|
seattle times|denver post|philadelphia inquirer|baltimore sun|christian science monitor|stars and stripes|
defense news|defense one|military times|military.com|breaking defense|war on the rocks|lawfare|just security|
task & purpose|the diplomat|national public radio|wired|the verge|techcrunch|ars technica|the register|vice|vice news|
gizmodo|mashable|quartz|the conversation|rolling stone|variety|the economist|economist|financial times|ft|guardian|
the observer|bbc|bbc news|bbc news online|bbc russian|bbc world|sky news|itv news|channel 4 news|the times|
sunday times|
daily telegraph|the telegraph|sunday telegraph|the independent|daily mail|mail online|evening standard|the sun|
daily mirror|the spectator|new statesman|irish times|the scotsman|the herald|euronews|euractiv|euobserver|
deutsche welle|dw|dw news|der spiegel|spiegel|spiegel online|die zeit|zeit online|süddeutsche zeitung|
frankfurter allgemeine zeitung|faz|frankfurter allgemeine|die welt|welt|bild|handelsblatt|taz|tagesspiegel|
der tagesspiegel|focus|stern|tagesschau|n-tv|der standard|die presse|neue zürcher zeitung|nzz|le monde|le figaro|
libération|les echos|l'express|le point|france 24|rfi|mediapart|le monde diplomatique|corriere della sera|
la repubblica|la stampa|il sole 24 ore|ansa|affaritaliani|affaritaliani.it|el país|el mundo|abc|la vanguardia|efe|
público|folha de s.paulo|folha de são paulo|o globo|estadão|clarín|la nación|de volkskrant|nrc|nrc handelsblad|
de standaard|gazeta wyborcza|rzeczpospolita|tass|итар-тасс|тасс|ria novosti|риа новости|interfax|интерфакс|
interfax-ukraine|rt|sputnik|sputnik news|sputnik international|kommersant|коммерсантъ|коммерсант|vedomosti|ведомости|
izvestia|известия|novaya gazeta|новая газета|moscow times|meduza|медуза|lenta.ru|gazeta.ru|рбк|rbc|
комсомольская правда|российская газета|правда|russia beyond|kyiv post|kyiv independent|ukrinform|ukrainska pravda|
ukrayinska pravda|українська правда|unian|belta|anadolu agency|anadolu ajansı|anadolu ajansi|aa|hürriyet|
hürriyet daily news|milliyet|sabah|daily sabah|cumhuriyet|sözcü|habertürk|trt|trt world|trt haber|ntv|evrensel|
ahval|bianet|al jazeera|al jazeera english|al-monitor|al arabiya|arab news|middle east eye|the national|gulf news|
haaretz|jerusalem post|times of israel|ynet|tehran times|press tv|xinhua|xinhua news agency|xinhuanet|china daily|
global times|people's daily|cgtn|caixin|south china morning post|scmp|straits times|channel newsasia|cna|
japan times|nikkei|nikkei asia|nikkei asian review|asahi shimbun|yomiuri shimbun|mainichi shimbun|kyodo news|
nhk|nhk world|korea herald|korea times|yonhap|yonhap news|yonhap news agency|chosun ilbo|taipei times|
bangkok post|jakarta post|rappler|the hindu|hindustan times|times of india|indian express|ndtv|the wire|
press trust of india|dawn|express tribune|the news international|tolo news|khaama press|sydney morning herald|the age|
the australian|abc news australia|new zealand herald|globe and mail|toronto star|national post|cbc|cbc news|
maclean's|mail & guardian|news24|daily maverick|daily nation|allafrica|premium times|opinio juris|wikipedia|youtube|
medium|twitter|facebook|substack|hong kong free press|bellingcat|opendemocracy|project syndicate|carnegie|
carnegie moscow center|atlantic council|chatham house|brookings|rusi|csis|yle|svt|aftenposten|dagens nyheter|
helsingin sanomat|postimees|err|err news|lrt|delfi|baltic times|irish independent|rté|rte news|svenska dagbladet|
politiken|berlingske|nrk|kathimerini|ekathimerini|b92|n1|balkan insight|novinite|hvg|digi24|tvn24|notes from poland|
wash. post|n.y. times|nyt|nytimes|l.a. times|wall st. j.|wsj|fin. times|wapo|cnet|twitter|x|linkedin|reddit|github|
the new york times magazine|new york magazine|times literary supplement|london review of books|the new republic|
european voice|current time|vesti|krym.realii|eurasianet|jamestown foundation|eurasia daily monitor|
australian financial review|financial review|the print|scroll.in|ria|interfax.ru|themoscowtimes.com
""".replace("\n", "").split("|")
)
_SECOND_LEVEL = frozenset("co com org net gov ac edu gob gouv".split())


def folded(text: str) -> str:
    """Small letters and digits alone, without accents."""
    text = text.replace("ı", "i").replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def is_outlet(name: str) -> bool:
    """Whether a name, with or without an article, is that of a known outlet."""
    name = " ".join(name.casefold().replace("’", "'").split()).strip(" .,;:")
    return name in OUTLETS or name.removeprefix("the ") in OUTLETS


def is_host_of(name: str, address: str) -> bool:
    """Whether the host of an address is called as the name is, whole or by its initials: nytimes.com, scmp.com."""
    words = [folded(word) for word in re.split(r"[\s/.-]+", name) if folded(word)]
    if not words or len(words) > 9:
        return False
    whole = "".join(words)
    for label in _labels(address):
        for form in (
            words,
            words[1:] if words[0] in {"the", "die", "der", "le", "la", "el", "il"} else words,
        ):
            joined, initials = "".join(form), "".join(word[0] for word in form)
            cut = initials[:-1] + form[-1] if len(form) > 1 else ""
            if label in {joined, cut} or (len(initials) > 1 and label == initials):
                return True
            if min(len(label), len(joined)) > max(3, 0.55 * max(len(label), len(joined))) and (
                joined.startswith(label) or label.startswith(joined)
            ):
                return True
        if len(label) > 4 and label in whole and len(label) > 0.5 * len(whole):
            return True
    return False


def _labels(address: str) -> list[str]:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return []
    labels = [label for label in host.split(".") if label not in {"www", "m", "en", "news", "edition"}]
    labels = labels[:-1] if len(labels) > 1 else labels
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    return [folded(label) for label in labels if folded(label)]


def slug_share(text: str, address: str) -> float:
    """The share of a text's longer words that stand in the path of an address, as addresses of news often have them."""
    words = [folded(word) for word in re.split(r"[\W_]+", text) if len(word) > 3]
    try:
        path = urlsplit(address).path
    except ValueError:
        return 0.0
    slug = {folded(word) for word in re.split(r"[\W_]+", path) if len(word) > 3}
    return sum(word in slug for word in words) / len(words) if words and slug else 0.0
