"""Languages of answers: a code of ISO 639 or BCP 47 as the name that BibLaTeX and babel know."""

from __future__ import annotations

import re

from ..langtags import language_name

# The codes of three letters that libraries use (ISO 639-2, of both kinds where there are two), and those of two.
_SHORT = dict(
    pair.split(":")
    for pair in (
        "ara:ar bel:be bul:bg cat:ca cze:cs ces:cs dan:da ger:de deu:de gre:el ell:el eng:en spa:es est:et baq:eu "
        "eus:eu per:fa fas:fa fin:fi fre:fr fra:fr gle:ga heb:he hin:hi hrv:hr hun:hu arm:hy hye:hy ind:id ice:is "
        "isl:is ita:it jpn:ja geo:ka kat:ka kor:ko lat:la lit:lt lav:lv mac:mk mkd:mk may:ms msa:ms nob:nb dut:nl "
        "nld:nl nno:nn nor:no pol:pl por:pt rum:ro ron:ro rus:ru slo:sk slk:sk slv:sl alb:sq sqi:sq srp:sr swe:sv "
        "tha:th tur:tr ukr:uk vie:vi wel:cy cym:cy chi:zh zho:zh"
    ).split()
)
_CODE = re.compile(r"[a-z]{2,3}\Z")
_NAME = re.compile(r"[a-z]+\Z")


def langid_of(code: object) -> str:
    """The name of a language for `langid`, whatever its region; empty for a code that has none."""
    if not isinstance(code, str):
        return ""
    bare = re.split(r"[-_]", code.strip().lower())[0]
    name = language_name(_SHORT.get(bare, bare))
    return name if _NAME.match(name) and not _CODE.match(name) else ""
