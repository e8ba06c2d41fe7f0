"""Changes of content, made on request only: what was pasted from the web, or written as an older style wants it."""

from __future__ import annotations

import re
from html import unescape

from .dates import date_of
from .fields import DATES, KEPT, PAGES, VERBATIM
from .values import SPACES

_RESOLVER = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)(?=10\.[0-9]{4,9}/)", re.I)
_ENTITY = re.compile(r"(?<!\\)&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_COMMANDS = {
    "i": "emph", "em": "emph", "b": "textbf", "strong": "textbf", "sub": "textsubscript", "sup": "textsuperscript",
    "scp": "textsc",
}  # fmt: skip
_TAGGED = re.compile(rf"<({'|'.join(_COMMANDS)})>([^<>{{}}]*(?:\{{[^<>{{}}]*\}}[^<>{{}}]*)*)</\1>", re.I)
_TEX = {"&": r"\&", "%": r"\%", "#": r"\#", "$": r"\$", "_": r"\_", "\u00a0": "~"}
_TEX |= {"<": r"\textless{}", ">": r"\textgreater{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_BARE = VERBATIM | KEPT | DATES | PAGES | {"year", "month", "day"}
_UNFIT = frozenset("{}\\")  # even with a backslash, a brace counts as one


def fixed_value(name: str, value: str) -> str:
    """The value of a field without a DOI's resolver and without the marks of HTML."""
    if name == "doi":
        return (
            _RESOLVER.sub("", value.strip(SPACES), count=1) if _RESOLVER.match(value.strip(SPACES)) else value
        )
    if name in _BARE or not ("&" in value or "<" in value):
        return value
    while (tagged := _TAGGED.sub(lambda m: f"\\{_COMMANDS[m[1].lower()]}{{{m[2]}}}", value)) != value:
        value = tagged
    return _ENTITY.sub(_character, value)


def _character(match: re.Match[str]) -> str:
    text = unescape(match[0])
    if text == match[0] or (not text.isprintable() and text != "\u00a0") or not _UNFIT.isdisjoint(text):
        return match[0]
    return "".join(_TEX.get(char, char) for char in text)


def fixed_date(given: dict[str, str]) -> str:
    """The date of the fields `year`, `month` and `day`, if they say exactly one and there is no `date` beside them."""
    if "date" in given or "year" not in given:
        return ""
    return date_of(*(given.get(name, "").strip(SPACES) for name in ("year", "month", "day")))
