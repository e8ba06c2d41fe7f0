"""What a field says, whichever way it is written: two values with one signature differ only where the law lets them.

The functions here know nothing of those that format, so that a fault in one is seen by the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ..dates import MONTHS
from .fields import DATES, KEPT, NAMES, ORDER, PAGES, VERBATIM

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_NAME_PART = re.compile(r"[^ \t\n\r\f\v,]+|,")
_AND = re.compile(r" and(?= )", re.I)
_DASHES = re.compile(r" *(-+|[\u2010-\u2015\u2212]|,) *")
_DATE_PART = re.compile(r"[0-9]+|[A-Za-z]+")
_NO_DATE = re.compile(r"[^0-9A-Za-z ./,-]")
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_DATE_FIELDS = frozenset({"date", "year", "month", "day"})
_MARKUP = re.compile(
    r"</?(?:i|em|b|strong|sub|sup|scp)>|\\(?:emph|textbf|textsubscript|textsuperscript|textsc)(?=\{)|[{}]",
    re.I,
)
_SIGNS = {"textless": "<", "textgreater": ">", "textasciitilde": "~", "textasciicircum": "^"}
_SIGN = re.compile(r"\\(?:(textless|textgreater|textasciitilde|textasciicircum)\{\}|([&%#$_]))|(~)|&#?\w+;")


def signature(pairs: list[tuple[str, str]], fix: bool) -> Iterator[tuple[str, str]]:
    """What the fields of an entry say; `pairs` are names and values. fix: content may have been mended too."""
    parts: list[str] = []
    for name, value in pairs:
        if fix and name in _DATE_FIELDS:
            parts += _date(value)
        else:
            yield name, _mended(name, value) if fix else _said(name, value)
    yield "date", " ".join(sorted(parts))


def _said(name: str, value: str) -> str:
    if name not in ORDER or name in KEPT:
        return value
    text = _SPACES.sub(" ", value).strip(" ")
    if name in VERBATIM:
        return value.strip(" \t\n\r\f\v")
    if name in NAMES:
        return " and ".join(" ".join(_NAME_PART.findall(name)) for name in _names(text))
    if name in PAGES:
        return _DASHES.sub(lambda match: "," if match[1] == "," else "-", text)
    if name in DATES or name == "month":
        return " ".join(sorted(_date(text)))
    return text


def _names(text: str) -> Iterator[str]:
    """The names of a field, which an `and` between blanks parts where no brace is open."""
    start = 0
    for match in _AND.finditer(text):
        before = text[start : match.start()]
        if before.count("{") == before.count("}"):
            yield before
            start = match.end()
    yield text[start:]


def _date(text: str) -> list[str]:
    """The numbers of a date, its months among them; the text itself if it is more than a date."""
    text = _SPACES.sub(" ", text).strip(" ")
    if _NO_DATE.search(text):
        return [text]
    words = _DATE_PART.findall(text)
    return [
        str(_MONTHS.get(word[:3].lower(), word)) if word[0].isalpha() else str(int(word)) for word in words
    ]


def _mended(name: str, value: str) -> str:
    if name == "doi":
        return value[max(value.find("10."), 0) :].strip()
    if name in KEPT or name in VERBATIM or name not in ORDER:
        return _said(name, value)
    return _said(name, _MARKUP.sub("", _SIGN.sub(_sign, value)))


def _sign(match: re.Match[str]) -> str:
    if match[1]:
        return _SIGNS[match[1]]
    return match[2] or ("\u00a0" if match[3] else unescape(match[0]))
