"""Abbreviations after whose full stop a sentence may not end, or may, by language.

These are common knowledge of each language's style guides, written down here afresh; `docs/manual/specification.md`
says what follows from them.
"""

# Never the last word of a sentence: a name, a number or a word must follow.
TITLES = frozenset(
    "mr mrs ms mx dr prof rev hon gen lt col maj capt cpt cmdr adm sgt cpl pvt pte brig sen rep gov pres amb "
    "sec supt insp det messrs mme mlle mgr vs v viz cf e.g eg i.e ie al. approx ca c "
    "rt lt.-gen maj.-gen lt.-col".split()
)
# Not the last word when a number follows.
BEFORE_NUMBERS = frozenset(
    "no nos nr fig figs p pp vol vols art arts ch chap chs para paras sec secs sect eq eqs ex tab ver "
    "jan feb mar apr jun jul aug sep sept oct nov dec ed eds op ser pt nn n l ll §".split()
)
# May be the last word: decided by the word that follows.
EITHER = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "inc ltd co corp bros llc plc dept univ assn est etc jr sr esq ph.d m.d b.a m.a d.c u.s u.k u.n e.u u.s.a "
    "st ste mt fr u.s.s.r a.m p.m am pm a.d b.c no fig vol ave blvd rd hwy ft sq mi km kg lb oz hr min approx "
    "al calif conn mass mich minn ill va pa fla ala ariz ark colo ga ky la md mo neb nev okla ore tenn tex vt "
    "wash wis wyo gov sgt col ed eds art ch".split()
)
OTHER_LANGUAGES = {
    "de": frozenset(
        "dr prof hr fr z.b d.h u.a usw bzw ca nr bd s vgl evtl ggf inkl mio mrd st jh jhd abb".split()
    ),
    "fr": frozenset("m mm mme mlle dr pr etc cf p pp vol no art chap éd av apr env".split()),
    "it": frozenset("sig sigg dott prof ecc pag pp vol art cfr es on avv ing n s".split()),
    "es": frozenset("sr sra srta dr dra prof ud uds etc p pp vol art núm pág ej ee.uu a.c d.c".split()),
    "ru": frozenset(
        "г гг в вв т д п пп стр с см ср др пр им ул руб коп тыс млн млрд т.е т.д т.п т.к".split()
    ),
    "tr": frozenset("dr prof doç av sn st vb vs bkz örn yy s c no".split()),
    "nl": frozenset("dhr mevr mr dr prof ir drs bijv enz o.a m.b.t nr blz ca".split()),
    "pl": frozenset("dr prof mgr inż np tj itd itp r w nr str ul tzw".split()),
    "uk": frozenset("р рр ст м вул див напр ін т.д т.п проф акад тис млн млрд".split()),
}
# A word with which an English sentence often begins, and a name after an abbreviation seldom does.
STARTERS = frozenset(
    "a about after again all also although an and another any are as at because before between both but by can could "
    "despite did do does during each even every few for from further had has have he her here his how however i if "
    "in indeed instead is it its just last later like many may meanwhile more moreover most much my neither never "
    "nevertheless next no nobody none nor not nothing now of officials on once one only or other others our over "
    "people perhaps several she should since so some still such than that the their them then there therefore these "
    "they this those though three through throughout thus to today together two under unless until up was we were "
    "what when where whether which while who whose why will with within without would yet you your".split()
)
