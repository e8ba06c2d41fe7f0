"""A date is one of the calendar.

Dates are written as ISO 8601 and EDTF (levels 0 and 1) have them: 2021-12-03, 2021-12, 2021, 2021-12-03/2022-01-02,
2021-12~. A day that does not exist, a range that ends before it begins or a letter among the figures of a year is a
slip of the hand, and is printed as it stands.

`year` is a year, or says that there is none yet; `month` and `day` hold no number that is none.

Specification: 4.7

Bad:

```bib
@misc{smith2021sea, title = {The sea}, date = {2021-02-31}, url = {https://example.org/sea}}
```

Good:

```bib
@misc{smith2021sea, title = {The sea}, date = {2021-02-28}, url = {https://example.org/sea}}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..dates import MONTHS, date_fault, month_text
from ..entryfields import DATES
from ..model import Entry, Fault, Field, Place

_JUDGED = DATES | {"year", "month", "day"}
_YEAR = re.compile(r"[12][0-9]{3}\Z")
_YEARS = re.compile(
    r"(?:(?:c(?:irca|a)?\.? ?|©|\?)?\[?-?[0-9]{3,4}\??\]?|[0-9]{3}X|[0-9]{2}XX)"
    r"(?: ?(?:-{1,3}|[–—/]) ?(?:[0-9]{2}|[0-9]{4})?)?[?~%]?\Z"
)
_UNDATED = frozenset(
    "accepted,forthcoming,in press,in preparation,n.d.,n. d.,nd,no date,preprint,s.a.,s.d.,submitted,"
    "to appear,undated,unpublished,under review".split(",")
)
# Commands by which styles of BibTeX are made to sort: {\\noopsort{1973b}}1973.
_SORTING = re.compile(r"\{?\\[A-Za-z]+\s*(?:\{[^{}]*\}\}?)?")
_WORD = re.compile(r"[^\W_]+")
_has_figure = re.compile("[0-9]").search
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\Z")
_CURE = "write it as 2021-12-03, 2021-12 or 2021, a range as 2021-12-03/2022-01-02"


def check_entry(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each date that is none."""
    for field in entry.fields:
        if field.name in _JUDGED and field.value:
            why = _fault(field.name, field.value)
            if not why and field.name == "day":
                why = _disjoint(entry)
            if why:
                place = Place(entry.place.path, field.line, field.column)
                message = f"the {field.name} of {entry.key} is wrong: {field.value[:60]!r}: {why}"
                yield Fault(place, message, _cure(field), key=entry.key)


def _fault(name: str, value: str) -> str:
    if name in DATES:
        return date_fault(value)
    if name == "year":
        return "" if _YEAR.match(value) else _year_fault(value)
    return _part_fault(name, value)


def _year_fault(value: str) -> str:
    value = _SORTING.sub("", value) if "\\" in value else value
    text = " ".join(value.replace("{", "").replace("}", "").replace("~", " ").split())
    if not text or text.strip("().").casefold() in _UNDATED or text.casefold() in _UNDATED:
        return ""
    if text.strip("[]").lstrip("0") == "":
        return "there is no year 0"
    return "" if _YEARS.match(text) else "a year has four figures"


def _part_fault(name: str, value: str) -> str:
    """A month may be written in words of any language, with days beside it; what has figures must be a number."""
    if len(value) < 5 and value.isdigit() and value.isascii():
        if name == "month":
            return "" if 1 <= int(value) <= 12 or 21 <= int(value) <= 24 else "months count from 1 to 12"
        return "" if 1 <= int(value) <= 31 else "days count from 1 to 31"
    for word in filter(_has_figure, _WORD.findall(value)):
        day = _DAY.match(word)
        if not _YEAR.match(word) and (day is None or not 1 <= int(day[1]) <= 31):
            return f"{word[:20]!r} is no day of a month"
    return ""


def _disjoint(entry: Entry) -> str:
    """Whether year, month and day, each of them right, make a day that does not exist."""
    year, month, day = (entry.get(name).strip() for name in ("year", "month", "day"))
    number = MONTHS.index(month_text(month)) + 1 if month_text(month) in MONTHS else 0
    if not (_YEAR.match(year) and number and day.isdecimal()):
        return ""
    return date_fault(f"{year}-{number:02}-{day:0>2}")


def _cure(field: Field) -> str:
    if field.name in DATES:
        from ..bibformat.dates import iso_date  # loaded only for a date that is none

        meant = iso_date(field.value.strip())
        return f"write {meant}" if meant != field.value.strip() and not date_fault(meant) else _CURE
    if field.name == "year":
        return "write the year of publication in four figures, or leave it out and say `pubstate = {inpress}`"
    return "see the source" if field.value.isdigit() else f"write the {field.name} as a number"
