"""Words that references are built with, in several languages: data for the readers beside this file.

These are common knowledge of style guides and of the press, written down here afresh.
"""

from __future__ import annotations

import re


def alternatives(text: str) -> str:
    """A regular expression for any of the phrases of a text, one a line or parted by |, longest first."""
    phrases = {" ".join(phrase.split()) for phrase in re.split(r"[|\n]", text) if phrase.strip()}
    return "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True)
    )


# Before the day on which an address was read.
ACCESSED = alternatives("""
last accessed | accessed | date accessed | access date | date of access | last access | last visited | visited |
viewed
last viewed | last checked | last retrieved | retrieved | cited | consulted | read | accessdate | access |
abgerufen | zuletzt abgerufen | aufgerufen | zuletzt aufgerufen | zugriff | letzter zugriff | letzter aufruf | abruf
zugegriffen | eingesehen | stand
consulté | consultée | page consultée | site consulté | dernière consultation | vu
consultado | consultada | fecha de consulta | acceso | visitado | acesso em | acessado | consultato | ultimo accesso
accesso | consultata
geraadpleegd | bezocht | dostęp | data dostępu
дата обращения | дата доступа | дата звернення
erişim tarihi | erişim | son erişim | erişildi
""")
# Between such a word and its date.
LINKING = alternatives("on | on the | at | in | am | le | el | il | op | em | em: | dne | : | ,")
# Before an address.
LEADING = alternatives("""
retrieved from | available from | available at | available online at | available online | available on | available
accessed at | accessed from | accessed via | online at | online | url | link | from | at | see | web | website |
source
full text | last modified | permalink | abrufbar unter | verfügbar unter | online unter | online verfügbar unter
unter | abgerufen von | in internet | disponible sur | disponible à l'adresse | en ligne | disponible en
disponible en línea | recuperado de | disponível em | disponibile su | disponibile all'indirizzo | online su
beschikbaar op | режим доступа | электронный ресурс | доступно | erişim adresi | adres | adresi | kaynak | dostępne |
текст: электронный | tersedia | address | via | doi | accessed | retrieved
""")
ARCHIVED = alternatives("""
archived from the original | archived copy | archived version | archived | archive | archiviert vom original am
archiviert vom original | archiviert | archivé | archivado desde el original | archivado | archiviato dall'originale
архивировано из оригинала | архивировано | архив
""")
# Words that say nothing of the work and may be left out when the rest is told.
SIGNALS = alternatives("""
see | see also | see, for example | see, e.g. | see e.g. | see for example | see for instance | see generally | e.g.
cf. | cf | compare | quoted in | cited in | as quoted in | as cited in | for more, see | also see | citing | source
sources | vgl. | siehe | siehe auch | zit. nach | voir | voir aussi | см. | см. также | bkz. | bkz | véase |
vedi | cfr.
ref. | reference | original | adapted from | data from | based on | accord | but see | for details see |
for details, see
""")
NOISE = frozenset(
    """online internet electronic resource web page webpage website html pdf print text in and the of from at on by
    retrieved accessed available url doi vol volume no nr number pp p pages issn isbn arxiv pmid pmcid ed eds
    edn edition
    """.split()
)
NOTHING = (
    r"^(?:online|internet|electronic|web|www|en ligne|en línea|em linha|in linea|(?:электронный|"
    r"текст)\W.*|elektron\w+.*)"
)
AND = r"(?:,?\s+(?:and|und|et|y|ve|и|en|with)\s+|,?\s*&\s*|\s+(?:e|i|і|та)\s+)"
OTHERS = (
    r"(?:et\s+al\.?|and\s+others|u\.\s?a\.?|и\s+др\.?|vd\.?|v\.d\.|ve\s+diğerleri|y\s+otros|"
    r"e\s+altri|et\s+autres)"
)
PARTICLES = frozenset(
    """van der den de du la le von zu zur zum vom da dos das do del della delle dei di d' al el bin ibn ben ter ten te
    af     av dalla degli lo las los der y e st. st san 't op""".split()
)
# A name with one of these is that of a body, not of a person.
BODIES = frozenset(
    """ministry department office organization organisation university college school institute institution commission
    committee council parliament congress senate government embassy consulate bank fund agency authority
    administration
    bureau association society union federation foundation centre center group company corporation inc ltd llc gmbh
    nations nato un eu european international national federal state states kingdom republic house court press service
    services board assembly secretariat programme program project team staff network alliance initiative watch rights
    times post news journal herald tribune gazette guardian telegraph today daily weekly magazine review agence
    reuters
    bbc cnn press broadcasting television radio media correspondent correspondents editorial editors newsroom
    desk police
    army navy force forces command party forum academy museum library archive archives hospital church trust
    conference
    convention ministerium ministère bundesregierung bundesministerium amt universität universität verein gesellschaft
    stiftung institut министерство институт университет правительство совет комитет bakanlığı başkanlığı üniversitesi
    kurumu ajansı ministerio universidad gobierno instituto ministero università governo contributors wikipedia wiki
    treasury pentagon kremlin intelligence defense defence security affairs research studies policy statistics census
    health labour labor justice finance energy environment economics club campaign coalition partnership consortium
    the of for on and global world africa asia asian american british russian chinese""".split()
)
PERIODICAL = re.compile(
    r"\b(?:journal|review|magazine|quarterly|bulletin|annals|letters|transactions|proceedings|zeitschrift|jahrbuch|"
    r"revue|revista|rivista|archiv|archives?|studies|notes|newsletter|gazette|blätter|вестник|журнал|dergisi|annales|"
    r"communications|acta|reports|advances|world|times|post|news|herald|tribune|telegraph|monitor|chronicle|"
    r"observer|digest|zeitung|tidskrift|tijdschrift|nature|science|lancet|cell|plos|bmj|jama)\b",
    re.I,
)
PRESS = re.compile(
    r"\b(?:press|verlag|publish\w*|books|éditions?|ediciones|editore|edizioni|editorial|springer|wiley|elsevier|"
    r"routledge|sage|blackwell|penguin|macmillan|palgrave|norton|mcgraw|hill|hall|prentice|addison|wesley|brill|"
    r"gruyter|oxford|cambridge|harper\w*|random house|knopf|vintage|simon & schuster|yayın\w*|издательство|"
    r"presses|universitätsverlag|academic|publications?|co\.|inc\.|ltd|sons|suhrkamp|fischer|beck|reclam|klett|"
    r"uitgeverij|förlag|forlag|wydawnictwo|gallimard|seuil|puf|kaufmann|reilly|birkhäuser|vieweg|teubner|"
    r"duncker|humblot|mohr|siebeck|nomos|campus|westview|praeger|greenwood|lexington|rowman|littlefield|"
    r"freeman|putnam|holt|houghton|mifflin|doubleday|faber|mit|ieee|acm|siam|crc)\b",
    re.I,
)
THESIS = re.compile(
    r"\[?\(?\b(?P<kind>(?:unpublished\s+)?(?:ph\.?\s?d\.?|doctoral|master['’]?s?|m\.?sc\.?|m\.?a\.?|bachelor['’]?s?|"
    r"undergraduate|licentiate|habilitation)\s+(?:thesis|dissertation)|ph\.?\s?d\.?\s+diss\.?|dissertation|"
    r"diplomarbeit|masterarbeit|thèse(?:\s+de\s+doctorat)?|tesis(?:\s+doctoral)?|doktora\s+tezi|tesi\s+di\s+laurea)\b"
    r"\.?\)?\]?",
    re.I,
)
REPORT = re.compile(
    r"\[?\(?\b(?P<kind>(?:(?:research|technical|policy|annual|final|discussion|staff|crs|rand)\s+)*"
    r"(?:tech(?:nical|\.)?\s+rep(?:ort|\.)|working\s+paper|white\s+paper|policy\s+brief|policy\s+paper|fact\s+sheet|"
    r"discussion\s+paper|research\s+report|report(?=\s+(?:no\.?\s*)?[A-Z]{0,10}[-/]?[A-Z\d-]*\d)|"
    r"issue\s+brief|occasional\s+paper|arbeitspapier))(?!\w)\.?"
    r"(?:\s+(?:series\s+)?(?:no\.?|nr\.?|number|#)?\s?(?P<number>[A-Z]*[-/]?\d[\w./-]*))?\)?\]?",
    re.I,
)
GENRE = re.compile(
    r"(?:press release|news release|statement|press statement|speech|interview|op-ed|opinion|editorial|commentary|"
    r"letter to the editor|blog post|blog|podcast|video|transcript|press conference|tweet|post|remarks|"
    r"briefing|analysis|"
    r"updated|last updated|pressemitteilung|communiqué de presse|пресс-релиз|basın açıklaması|part \w{1,4})",
    re.I,
)
MEETING = re.compile(
    r"\b(?:proceedings|proc\.|conference|symposium|workshop|congress|meeting|colloquium|tagung|actes|konferenz|"
    r"конференц\w+|konferansı|sympozjum)\b",
    re.I,
)
