"""Dates of entries, read as ISO 8601 or EDTF (levels 0 and 1) and written for readers."""

import re
import time
from calendar import monthrange
from typing import NamedTuple

from .ahead import WRITTEN

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
_DATE = re.compile(
    r"(-?\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?([?~%]?)"
)


class Day(NamedTuple):
    """One end of a date; month and day are 0 when they are not known."""

    year: str
    month: int
    day: int
    about: bool

    def month_name(self) -> str:
        """Name the month, or the season that EDTF counts from 21 on."""
        return MONTHS[self.month - 1] if self.month <= 12 else _SEASONS[self.month]


def _day_of(text: str) -> Day | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    month, day = (int(part) if part and part != "XX" else 0 for part in match.group(2, 3))
    if not (month <= 12 or month in _SEASONS) or day > 31:
        return None
    return Day(match[1], month, day, bool(match[4]))


def _year_text(year: str) -> str:
    if year.endswith("XX"):
        return f"{year[:2]}00s"
    if year.endswith("X"):
        return f"{year[:3]}0s"
    if year.startswith("-"):  # ISO counts a year 0, so -0043 is 44 BCE
        return f"{int(year[1:]) + 1} BCE"
    return year.lstrip("0") or "1 BCE"


def _day_text(day: Day) -> str:
    words = [str(day.day)] if day.month and day.day else []
    words += [day.month_name()] if day.month else []
    text = " ".join([*words, _year_text(day.year)])
    return f"circa {text}" if day.about else text


def _range_text(start: Day, end: Day) -> str:
    if start == end:
        return _day_text(start)
    if start.about or end.about or start.year != end.year or not (start.month and end.month):
        dash = "–" if not (start.month or end.month or start.about or end.about) else " – "
        return _day_text(start) + dash + _day_text(end)
    if start.month == end.month:
        return f"{start.day}–{_day_text(end)}" if start.day and end.day else _day_text(end)
    words = [str(start.day)] if start.day else []
    return " ".join([*words, start.month_name()]) + " – " + _day_text(end)


def date_text(date: str) -> str:
    """Write a date for readers: `2021-12-03` is 3 December 2021; what is no ISO date stays as written."""
    first, slash, last = date.strip().partition("/")
    start, end = _day_of(first), _day_of(last)
    if not slash:
        return _day_text(start) if start else date
    if start and end:
        return _range_text(start, end)
    if start and last in ("", ".."):
        return f"from {_day_text(start)}"
    if end and first in ("", ".."):
        return f"until {_day_text(end)}"
    return date


def days_of(date: str) -> tuple[Day | None, Day | None]:
    """The two ends of a date or a range; an end that is open or can't be read is None, a single day stands twice."""
    first, slash, last = date.strip().partition("/")
    start = _day_of(first)
    return (start, _day_of(last)) if slash else (start, start)


def date_of_parts(year: str, month: str, day: str) -> str:
    """Write the date that the old fields `year`, `month` and `day` give, the month as a number or a name."""
    return " ".join(part for part in (day.lstrip("0") if month else "", month_text(month), year) if part)


def month_text(month: str) -> str:
    """Name a month given as `12`, `dec`, `Dec.` or `December`; anything else stays as it is written."""
    if month.isascii() and month.isdigit() and 1 <= int(month) <= 12:
        return MONTHS[int(month) - 1]
    short = month.rstrip(".").casefold()
    names = [name for name in MONTHS if len(short) >= 3 and name.casefold().startswith(short)]
    return names[0] if names else month


def year_text(date: str) -> str:
    """Give the year of a date for a label, in one word: `2021`, `2019–2021`, `1990s`; empty if there is none."""
    first, _, last = date.strip().partition("/")
    start, end = _day_of(first), _day_of(last)
    years = [_year_text(day.year).replace(" ", "\u00a0") for day in (start, end) if day]
    return "–".join(dict.fromkeys(years))


_PLAIN_DATE = re.compile(r"(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?\Z")
_TIME = re.compile(
    r"T(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?"
)
_OPEN = ("", "..")


def date_fault(text: str) -> str:
    """Say what keeps a text from being a date or a range by ISO 8601 or EDTF, levels 0 and 1; empty if nothing does."""
    if _PLAIN_DATE.match(text):
        return ""
    first, stroke, last = text.strip().partition("/")
    if not stroke:
        return _day_fault(first)
    if first in _OPEN and last in _OPEN:
        return "a range needs a beginning or an end"
    for end in (first, last):
        if end not in _OPEN and (why := _day_fault(end)):
            return why
    if first not in _OPEN and last not in _OPEN and _bound(first, False) > _bound(last, True):
        return "the range ends before it begins"
    return ""


def _day_fault(text: str) -> str:
    day = _day_of(text) if text.isascii() else None
    if day is None or (text.partition("T")[1] and not _TIME.fullmatch(text[text.index("T") :].rstrip("?~%"))):
        return "it is no ISO date"
    if day.year == "0000":
        return "there is no year 0"
    if day.day and day.month > 12:
        return "a season has no day"
    if "-00" in text.lstrip("-")[4:]:
        return "months and days count from 1"
    year = int(day.year.replace("X", "0"))
    if day.day and day.month and day.day > monthrange(year % 400 + 2000, day.month)[1]:
        return f"{day.month_name()} of that year has no day {day.day}"
    return ""


def _bound(text: str, is_last: bool) -> tuple[int, int, int]:
    """The earliest or the latest day that a readable date can mean; a season can be anywhere in its year."""
    day = _day_of(text)
    assert day is not None
    year = int(day.year.replace("X", "9" if is_last else "0"))
    month = day.month if 1 <= day.month <= 12 else 12 if is_last else 1
    return year, month, day.day or (31 if is_last else 1)


def is_ahead(text: str) -> bool:
    """Whether a date or the beginning of a range lies after tomorrow, wherever on earth it was written."""
    first = text.strip().partition("/")[0]
    now = time.time()
    if first in _OPEN or _day_fault(first) or time.strftime("%Y-%m-%d", time.gmtime(now)) < WRITTEN:
        return False
    tomorrow = time.gmtime(now + 86400)
    return _bound(first, False) > (tomorrow.tm_year, tomorrow.tm_mon, tomorrow.tm_mday)
