"""Dates that say exactly one day or month, written as ISO 8601; every other text stays as it is."""

from __future__ import annotations

import re
from calendar import monthrange

from ..dates import MONTHS

_SHORT = tuple(name[:3].lower() for name in MONTHS)
_NUMBERS = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_STROKES = re.compile(r"([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?:([0-9]{1,2})\.? )?([A-Za-z]{3,9})\.?,? ([0-9]{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")


def month_of(text: str) -> int:
    """The number of a month that is written as `3`, `mar`, `Mar.` or `March`; 0 if it is none."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 2 and int(text) <= 12 else 0
    short = text.rstrip(".").casefold()
    found = [at for at, name in enumerate(MONTHS, 1) if len(short) >= 3 and name.casefold().startswith(short)]
    return found[0] if found else 0


def month_macro(text: str) -> str:
    """The string that each bibliography style defines for a month, such as `mar`; empty if the text is no month."""
    number = month_of(text)
    return _SHORT[number - 1] if number else ""


def iso_date(text: str) -> str:
    """A date or a range of two as ISO 8601, if the text says exactly that; else the text as it is."""
    if _is_iso(text):
        return text
    if whole := _one_date(text):
        return whole
    first, stroke, last = text.partition("/")
    ends = [_one_date(end.strip()) for end in (first, last)]
    return f"{ends[0]}/{ends[1]}" if stroke and all(ends) else text


def date_of(year: str, month: str, day: str) -> str:
    """The date that the fields `year`, `month` and `day` give, as ISO 8601; empty if that is not certain."""
    if not (len(year) == 4 and year.isascii() and year.isdigit()) or (day and not month):
        return ""
    if not month:
        return year
    if day and not (day.isascii() and day.isdigit()):
        return ""
    return _written(year, month_of(month), day or None)


def _is_iso(text: str) -> bool:
    return (
        len(text) in {4, 7, 10}
        and text.isascii()
        and text.replace("-", "").isdigit()
        and text[4:5] in {"", "-"}
    )


def _one_date(text: str) -> str:
    if match := _NUMBERS.fullmatch(text):
        return _written(match[1], int(match[2]), match[3])
    if match := _STROKES.fullmatch(text):
        return _written(match[1], int(match[3]), match[4])
    if match := _MONTH_FIRST.fullmatch(text):
        return _written(match[3], month_of(match[1]), match[2])
    if match := _DAY_FIRST.fullmatch(text):
        return _written(match[3], month_of(match[2]), match[1])
    return ""


def _written(year: str, month: int, day: str | None) -> str:
    """A month, or a day that the calendar has; empty if it has none such."""
    if year == "0000" or not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{int(day):02}" if 1 <= int(day) <= monthrange(int(year), month)[1] else ""
