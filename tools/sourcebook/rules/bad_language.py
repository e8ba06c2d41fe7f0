"""A language is one that tools know.

`langid` is a name that babel and polyglossia have (english, ngerman) or a tag (BCP 47: en, pt-BR); `language` may also
be the name of the language in English. By it words are hyphenated, titles are read out and exports are marked. Two
letters are looked up in ISO 639-1; tags of three letters are taken as they are.

Specification: 4.8

Bad:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, langid = {englisch}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2020sea, title = {The sea}, year = {2020}, langid = {english}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..langtags import language_tag
from ..model import Entry, Fault, Place

_JUDGED = frozenset(("langid", "language", "origlanguage", "hyphenation"))
_USUAL = frozenset(
    "american english french german italian ngerman russian spanish chinese en de fr it es".split()
)
_SINGLE = frozenset(("langid", "hyphenation"))
_LISTED = re.compile(r"\s*[,;/&]\s*|\s+and\s+")
# ISO 639-1, all of it.
_CODES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee
    el en eo es
    et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
    kg ki kj
    kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
    no nr nv
    ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta
    te tg th
    ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu""".split()
)
# What babel and polyglossia know besides those that have a tag in langtags.
_OTHERS = frozenset(
    """asturian bahasai bahasam bahasamalay breton coptic divehi dutchbelgian ethiop faroese friulan friulian gaelic
    gujarati
    indon interlingua japanese kannada kurmanji lowersorbian lsorbian malayalam marathi melayu medievallatin
    classiclatin
    ecclesiasticlatin maltese nepali nko occitan oriya panjabi punjabi piedmontese romansh samin sami sanskrit
    scottish sorbian
    spanishmx syriac telugu tibetan ancientgreek greek-ancient uppersorbian usorbian chinese-hans chinese-hant
    chinese-simplified chinese-traditional serbianc serbian-cyrillic catalan welsh pinyin filipino tagalog sinhala
    sindhi somali
    hausa yoruba zulu xhosa tswana lithuanian montenegrin moldavian frisian luxembourgish tatar uyghur mandarin
    cantonese
    multilingual multiple various undetermined""".split()
)


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each language that no tool knows."""
    for field in entry.fields:
        if field.name in _JUDGED and field.value not in _USUAL and (bad := _unknown(field.name, field.value)):
            place = Place(entry.place.path, field.line, field.column)
            message = f"the {field.name} of {entry.key} is no language: {bad[:40]!r}"
            yield Fault(place, message, _cure(bad), key=entry.key)


def _unknown(name: str, value: str) -> str:
    """The first part of a field that names no language."""
    text = value.replace("{", "").replace("}", "").strip()
    parts = [text] if name in _SINGLE else _LISTED.split(text)
    return next((part for part in parts if part and not _is_language(part, loose=name not in _SINGLE)), "")


def _is_language(word: str, loose: bool) -> bool:
    if not loose and len(word.split()) > 1:
        return False
    folded = word.casefold().replace("_", "-").removeprefix("lang")
    if folded in _OTHERS:
        return True
    tag = language_tag(folded)
    first, *rest = (tag or folded).split("-")
    if tag:
        return len(first) == 3 or first.lower() in _CODES
    if not rest and loose:  # a name in its own script, or of more than one word: that of a reader
        return not word.isascii() or " " in word.strip()
    return len(first) in {2, 3} and bool(_TAG.match(folded)) and (len(first) == 3 or first in _CODES)


# The rest of the grammar of BCP 47: an extended language, script, region, variants, extensions, private use.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?\Z"
)


def _cure(bad: str) -> str:
    from difflib import get_close_matches  # loaded only for an unknown language

    near = get_close_matches(bad.casefold(), [*_USUAL, *_OTHERS], 1, 0.75)
    hint = f"did you mean {near[0]}? " if near else ""
    return f"{hint}write a name of babel such as english or ngerman, or a tag such as en or pt-BR"
