"""Values of fields, written in one way without a change of what they say: spaces, names, pages, dates, months."""

from __future__ import annotations

import re

from .dates import iso_date, month_macro
from .fields import DATES, KEPT, NAMES, PAGES, VERBATIM

# Only the white space of ASCII: what is wider or does not break was written on purpose.
SPACES = " \t\n\r\f\v"
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_UNEVEN = re.compile(r"[\t\n\r\f\v]|  ")
# A name field that needs a second look: a brace, a comma that stands oddly, an `and` that is not in small letters.
_ODD_NAMES = re.compile(r"[{}\\]| ,|,[^ ]|,$|\b(?!and\b)[Aa][Nn][Dd]\b")
_NAME_PART = re.compile(r"\\[^{}]|\\|[{}]|[ ]+|,|[^\\{} ,]+", re.DOTALL)
_NUMBER = r"(?:[A-Za-z]{0,2}[0-9]+(?:[:.][0-9]+)*[A-Za-z]?|[ivxlcdm]+|[IVXLCDM]+)"
_DASH = "(?:-{1,3}|[\u2010-\u2015\u2212])"
_PAGES = re.compile(rf"{_NUMBER}(?: ?{_DASH} ?{_NUMBER})?(?: ?, ?{_NUMBER}(?: ?{_DASH} ?{_NUMBER})?)*")
_PAGE_MARK = re.compile(rf" ?({_DASH}|,) ?")


def value_of(name: str, value: str) -> str:
    """The value of a known field, given and answered without its delimiters. `month` is not for here."""
    if name in KEPT:
        return value
    if name in VERBATIM:
        return _stripped(value)
    if _UNEVEN.search(value):
        value = _SPACES.sub(" ", value)
    value = _stripped(value)
    if name in NAMES:
        return _names(value)
    if name in DATES:
        return iso_date(value)
    return _pages(value) if name in PAGES else value


def month_value(value: str) -> str:
    """A month as the string that each bibliography style defines; empty if the value is no month."""
    return month_macro(value.strip(SPACES))


def _stripped(value: str) -> str:
    """Without white space at its ends; but a blank behind a backslash is a command of TeX, and stays."""
    stripped = value.strip(SPACES)
    if len(stripped) < len(value) and (len(stripped) - len(stripped.rstrip("\\"))) % 2:
        return f"{stripped} "
    return stripped


def _pages(value: str) -> str:
    if not _PAGES.fullmatch(value):
        return value
    return _PAGE_MARK.sub(lambda match: ", " if match[1] == "," else "--", value)


def _names(value: str) -> str:
    """One blank between names and behind commas, none before them; what stands in braces is left alone."""
    if not _ODD_NAMES.search(value):
        return value
    names = _split(value)
    written = " and ".join([_name(name) for name in names])
    # A blank may make a separator of an `and` that was none; then it is not for us to say what was meant.
    return written if len(_split(written)) == len(names) else value


def _split(value: str) -> list[list[str]]:
    """The names of a field, each as its parts: words, blanks, commas and braces."""
    parts: list[str] = _NAME_PART.findall(value)
    names: list[list[str]] = [[]]
    depth = 0
    for at, part in enumerate(parts):
        depth += (part == "{") - (part == "}")
        around = [*names[-1][-1:], *parts[at + 1 : at + 2]]
        if depth == 0 and part.lower() == "and" and around == [" ", " "]:
            names[-1].pop()
            names.append([])
        elif not (part == " " and not names[-1] and len(names) > 1):
            names[-1].append(part)
    return names


def _name(parts: list[str]) -> str:
    written: list[str] = []
    depth = 0
    for part in parts:
        if depth == 0 and written:
            if part == "," and written[-1] == " ":
                written.pop()
            elif written[-1] == "," and part[0] not in " ,":
                written.append(" ")
        depth += (part == "{") - (part == "}")
        written.append(part)
    return "".join(written)
