"""Words after whose full stop a sentence may go on, by language: data for `sentences`.

These are common knowledge of each language's style guides, written down here afresh. A word in small letters is meant
with a capital too; a word with a capital (Sat, Mass) is an abbreviation with it alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Words(NamedTuple):
    """What a language's words say of a full stop behind them: each a text of words."""

    never: str = ""  # a name, a number or a word follows always: Gen. Milley, e.g. Russia
    number: str = ""  # belongs to a number that follows: No. 10, Jan. 6, pp. 3
    either: str = ""  # may be the last word; the next one tells: the U.S. Army, in the U.S. They
    time: str = ""  # may be the last word, unless it stands at the head: At 5 a.m. Mr. Smith left
    state: str = ""  # may be the last word, and is it behind a comma: in Tulsa, Okla. Police came
    starters: str = ""  # begin sentences, and seldom names
    labels: str = ""  # with the number behind them they are a name: Tablo 3 is no ordinal
    heads: str = ""  # a sentence that begins so and is short so far has its subject still to come
    ordinals: bool = False  # "am 12. Juni": a number and a full stop is an ordinal


# Understood in every language that is written in Latin letters.
_COMMON = Words(
    never="dr prof mr mrs ms mme st vs cf ca",
    number="p pp vol no nr fig art § n° nº №",
)
_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
_ENGLISH = Words(
    never="mx drs profs rev revs hon gen gens lt col cols maj capt cpt cmdr comdr adm rear-adm sgt cpl pvt pfc pte "
    "brig sen sens rep reps gov govs pres amb sec supt insp det messrs mlle mgr atty attys asst dep dir "
    "Mt Ft Pt Fr Br v viz e.g eg i.e ie approx c esp incl excl ret a.k.a aka op.cit eqn eqns "
    "lt.-gen maj.-gen lt.-col lt.-cmdr brig.-gen Ste",
    number="nos nrs figs vols arts chap chaps ch chs para paras secs sect sects eq eqs Ex ver "
    f"eds op ser pts nn ll bk app stat cl sched apt rm ext tel div reg bldg {_MONTHS}",
    either="inc ltd co corp cos bros llc plc dept depts univ assn assoc ass'n comm intl natl jr sr esq "
    "ave blvd rd hwy rte sq ry al ed eds ft st tech hosp prep admin adm'n gaz "
    "Mon Tue Tues Wed Weds Thu Thur Thurs Fri Sat Sun",
    state="Ala Alta Ariz Ark Calif Colo Conn D.C Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Me Mex Mich Minn Miss Mo "
    "Mont N.C N.D N.H N.J N.M N.Y Neb Nev Okla Ont Ore Oreg Pa Penn Que R.I S.C S.D Tenn Tex Va Vt W.Va Wash Wis Wyo",
    time="a.m p.m am pm",
    starters="a about according after again all also although an and another any anyone are as at because before both "
    "but by can could despite did do does during each earlier either even eventually every everyone few finally for "
    "from further had has have he hence her here his how however i if in indeed instead is it its just last later like "
    "many meanwhile moreover most much my neither never nevertheless next no nobody none nonetheless nor not nothing "
    "now of on once only or other others our over people perhaps previously rather recently several she should "
    "similarly since so some someone soon still such than that the their them then there therefore these they this "
    "those though through throughout thus to today together two under unless until up was we were what when where "
    "whether which while who whose why with within without would yet you your yes "
    "analysts critics economists experts investors lawmakers negotiators observers officials opponents reporters "
    "researchers residents scientists shares supporters voters",
    heads="at by around about after before between from in on since shortly until till",
)
# Parts of a book or house that have letters instead of numbers: app. B. A "no." may be a refusal: No. B. Smith left.
LETTERED = frozenset(
    "app apt bk bldg ch chap ex fig figs pt pts rm sched sec secs sect sects ser vol vols".split()
)
# After "the U.S." these are no part of a name: nobody writes "the U.S. Russia".
PLACES = frozenset(
    "russia russian china chinese ukraine ukrainian europe european moscow beijing kyiv kiev brussels london paris "
    "berlin germany german france french britain british poland turkey iran israel japan india nato putin".split()
)
# Names that end in an exclamation mark.
EXCLAIMED = frozenset(("Yahoo", "Jeopardy", "Joomla", "Oklahoma", "Mamma Mia"))
# Words that name a time of day's zone or a day: "4 p.m. Eastern", "9 a.m. Monday".
AFTER_TIMES = frozenset(
    "est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest eet msk ist jst local eastern central pacific "
    "mountain greenwich moscow kyiv kiev beijing london paris tokyo washington jerusalem monday tuesday wednesday "
    "thursday friday saturday sunday mon tue wed thu fri sat sun january february march april may june july august "
    "september october november december".split()
)
# Modern style writes units without a full stop, so that one behind them ends the sentence.
UNITS = frozenset("km kg mm cm ml kw mw gw kb mb gb tv pm bn mrd ft".split())
# What is said in a name's verb, after a question inside quotation marks: “Is it over?” Mr. Hale asked.
SAYING = "said|says|asked|asks|added|replied|cried|shouted|wrote|wondered|exclaimed|demanded|answered|joked|tweeted"

_LANGUAGES = {
    "en": _ENGLISH,
    "de": Words(
        never="hr hrn fr frl z.b z d.h d u.a bzw vgl evtl ggf inkl zzgl exkl mio mrd dipl ing mag sog gen jew bspw "
        "insb insbes fa geb gest verh lt i.d.r o.ä",
        number="nrn bd bde s abs kap abb tab ziff anm aufl",
        either="str jh jhd jhdt tel chr",
        starters="der die das ein eine einer er sie es wir ich ihr im in am an auf aus bei mit nach seit trotz um und "
        "vom von vor während zu zum zur aber auch da dabei damit danach dann daher darauf dort doch denn dennoch "
        "dies diese dieser dieses nun nur jedoch man als wenn weil so wie wer was wo alle viele kein keine seine ihre",
        labels="seite abbildung tabelle kapitel artikel band nummer ziffer",
        ordinals=True,
    ),
    "fr": Words(
        never="m mm mlle mgr pr me env éd av apr chap dir ex",
        number="t pag pl",
        starters="le la les l un une il elle ils elles on ce cette ces c en dans au aux à de des du et mais or car "
        "pour par sur sous avec sans depuis selon après avant nous vous je son sa ses leur",
    ),
    "it": Words(
        never="sig sigg sig.ra sig.na dott dott.ssa prof.ssa avv ing on sen gen es ecc.mo cfr pag pagg geom arch",
        number="artt cap capp n nn s t",
        starters="il lo la i gli le l un uno una in nel nella di del della da dal a al alla e ma per con su non si "
        "è era questo questa questi egli essa loro lui lei noi dopo prima secondo",
    ),
    "es": Words(
        never="sr sra sres srta srtas dr dra dres lic d da dña ud uds vd vds ing arq gral cnel pdte ej p.ej fr",
        number="núm núms pág págs cap t tít",
        either="ee.uu ee uu",
        starters="el la los las un una en de del al a y pero por para con sin según él ella ellos se no su sus este "
        "esta esto desde tras como cuando",
    ),
    "pt": Words(
        never="sr sra srs srta dra d exmo exma eng arq gen cel pe ex p.ex v.exa av",
        number="núm pág págs cap n",
        either="e.u.a",
        starters="o a os as um uma em no na nos nas de do da e mas por para com sem segundo ele ela eles se não seu "
        "sua este esta isto desde quando",
    ),
    "nl": Words(
        never="dhr mevr mej ir drs ds mw bijv o.a m.b.t t.a.v d.w.z z.g zgn resp jl event ing bc",
        number="blz nrs hfst",
        starters="de het een hij zij ze er in op aan na van voor met maar en dat dit die deze wij we ik volgens toen",
    ),
    "pl": Words(
        never="inż mgr hab gen płk ppłk mjr kpt por ks św np tj tzn tzw m.in ul al red doc",
        number="nr str s poz ust tab rys",
        time="r w",
        starters="to ten ta w we na po z ze i a ale nie jak jego jej oni on ona jednak potem",
        labels="strona tabela rysunek rozdział artykuł tom numer",
        heads="w we do od na po przed z ze",
        ordinals=True,
    ),
    "tr": Words(
        never="doç av sn bkz örn alb gen org yrd hz op",
        number="s ss cilt md",
        starters="bu bir o ve ama ancak fakat daha sonra biz ben onlar her",
        labels="sayfa şekil tablo bölüm madde cilt numara",
        ordinals=True,
    ),
    "ru": Words(
        never="т тт ст см ср пр им ул пл просп проф акад доц ген полк подп лейт кап св о т.н напр и.о зам г-н г-жа "
        "млн млрд тыс руб",
        number="стр с п д пп рис табл гл №",
        time="г гг в вв",
        starters="в во на по с со и но а он она они оно это этот эта эти как что если когда мы я вы не его её их после "
        "затем потом однако",
        heads="в во к ко с со до по на после",
    ),
    "uk": Words(
        never="т ст див ім вул пл просп проф акад доц ген полк св напр т.зв о зам млн млрд тис",
        number="стор с п д рис табл гл №",
        time="р рр ст",
        starters="в у на по з зі і й та але а він вона вони воно це цей ця ці як що якщо коли ми я ви не його її їх "
        "після потім однак проте",
        heads="в у з із зі до на після",
    ),
    "el": Words(never="κ κα κκ δρ καθ πχ π.χ βλ δηλ λ.χ αγ στρ", number="αρ αριθ σελ σ τ"),
    "ar": Words(never="د أ م", number="ص ج رقم"),
    "hi": Words(never="डॉ श्री प्रो पं सुश्री"),
    "zh": Words(),
    "ja": Words(),
}

NEVER, NUMBER, EITHER, TIME, STATE = range(1, 6)


class Language(NamedTuple):
    """The same, ready to be asked."""

    code: str
    kinds: dict[str, int]
    starters: frozenset[str]
    heads: frozenset[str]
    labels: frozenset[str]
    ordinals: bool


@lru_cache
def language_of(lang: str) -> Language:
    """The words of a language by its code (`en`, `pt-BR`); of an unknown one, those common to all."""
    code = lang.partition("-")[0].partition("_")[0].lower()
    words = _LANGUAGES.get(code, Words())
    kinds: dict[str, int] = {}
    for source in (_COMMON, words):
        for kind, listed in enumerate(source[:5], NEVER):
            for word in listed.split():
                shapes = (word, word[0].upper() + word[1:], word.upper()) if len(word) > 1 else (word,)
                kinds |= dict.fromkeys(shapes, kind)
    starters, heads, labels = (
        frozenset(listed.split()) for listed in (words.starters, words.heads, words.labels)
    )
    return Language(code, kinds, starters, heads, labels, words.ordinals)
