"""Dates of answers as ISO 8601 dates that exist: a year, a month or a day, as much as is said."""

from __future__ import annotations

import datetime
import re

from ..dates import MONTHS
from ._plain import plain

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:?\d\d\S*(?: \S+)?)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)\Z")
_MONTH = "|".join(sorted({part for month in MONTHS for part in (month, month[:3])} | {"Sept"}, key=len)[::-1])
_DAY_FIRST = re.compile(
    rf"(?:[^\W\d]+,? )?(?:(\d{{1,2}})(?:st|nd|rd|th)?\.? )?({_MONTH})\.?,? (\d{{4}})\b", re.I
)
_MONTH_FIRST = re.compile(rf"(?:[^\W\d]+,? )?({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.I)


def iso_of(text: object) -> str:
    """A date in one of the unmistakable forms as ISO 8601; empty if it is none, or does not exist.

    03/12/2021 may be two days, so it is none.
    """
    value = str(text) if isinstance(text, int) else plain(text)
    if match := _ISO.match(value) or _COMPACT.match(value):
        return _existing(*(int(part or 0) for part in match.groups()))
    if match := _MONTH_FIRST.match(value):
        return _existing(int(match[3]), _number(match[1]), int(match[2]))
    if match := _DAY_FIRST.match(value):
        return _existing(int(match[3]), _number(match[2]), int(match[1] or 0))
    return ""


def csl_date(given: object) -> str:
    """A date of CSL-JSON, or a range of two; parts that are not given stay away."""
    if not isinstance(given, dict):
        return ""
    parts = given.get("date-parts")
    ends = [_of_parts(end) for end in parts[:2]] if isinstance(parts, list) else []
    if ends and ends[0]:
        return "/".join(dict.fromkeys(filter(None, ends)))
    return iso_of(given.get("raw")) or iso_of(given.get("literal"))


def _of_parts(parts: object) -> str:
    if not isinstance(parts, list):
        return ""
    numbers = []
    for part in parts[:3]:
        text = str(part).strip()
        if part is None or isinstance(part, bool) or not re.fullmatch(r"\d{1,4}", text, re.A):
            break
        numbers.append(int(text))
    return _existing(*numbers) if numbers else ""


def _existing(year: int, month: int = 0, day: int = 0) -> str:
    try:
        whole = datetime.date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return ""
    return whole[: 10 if day and month else 7 if month else 4]


def _number(month: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(month[:3].casefold()))
