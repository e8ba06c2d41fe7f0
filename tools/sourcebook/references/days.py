"""Dates as references write them, in the words of ten languages and in figures, read into ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

# Twelve words a line, January first; a month may be cut short to three letters or more.
_NAMES = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
jänner feber marz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
"""
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_DAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch),?\s+"
)
_YEAR = r"(?P<year>1[4-9]\d\d|20\d\d)(?!\d)"
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|°)?"
_SHAPES = [
    # 3-5 May 2020, 3. Mai 2020, 3 de mayo de 2020, 3-May-2020
    rf"(?:{_DAYS})?(?<![\d.,-]){_DAY}\.?(?:\s?[-–—/]\s?(?P<last>[0-3]?\d)\.?)?(?:\s+(?:of|de|del)\s+|\s+|-)"
    rf"{_WORD}(?:\s+(?:de|del)\s+|,?\s+|-){_YEAR}(?:\s?г(?:\.|ода?))?",
    # May 3, 2020; May 3–5, 2020
    rf"(?:{_DAYS})?(?<!\w){_WORD}\s+{_DAY}(?:\s?[-–—]\s?(?P<last>[0-3]?\d))?,?\s+{_YEAR}",
    # 2020, May 3; 2020 May 3; 2020, May 3–5
    rf"(?<![\d/-]){_YEAR},?\s+{_WORD}\s+{_DAY}(?:\s?[-–—]\s?(?P<last>[0-3]?\d))?(?!\d|,?\s+\d{{4}})",
    # 2020, 3 May
    rf"(?<![\d/-]){_YEAR},\s+{_DAY}\.?\s+(?:de\s+)?{_WORD}(?=\s?[);:.,\]]|\s*$)",
    # 2020-05-03, 2020/05/03, 2020.05.03, 2020年5月3日
    rf"(?<![\d/-]){_YEAR}(?:-(?P<number>\d\d)-|/(?P<number2>\d\d?)/|\.(?P<number3>\d\d)\.|年(?P<number4>\d\d?)月)"
    r"(?P<day>\d\d?)日?(?![\d])(?:T[\d:.]{4,12}Z?)?",
    # (2020-05)
    rf"(?<=[(\[]){_YEAR}-(?P<number5>0[1-9]|1[0-2])(?=[)\]])",
    # 03.05.2020, 3/5/2020, 03-05-2020
    rf"(?<![\d./-])(?P<first>\d\d?)\s?(?P<mark>[./-])\s?(?P<second>\d\d?)\s?(?P=mark)\s?{_YEAR}",
    # (2020, May), 2020 May
    rf"(?<![\d/-]){_YEAR},?\s+{_WORD}(?!\s?\d)(?=\s?[);:.,\]]|\s*$)",
    # May 2020, May/June 2020, Mai-Juni 2020
    rf"(?<!\w)(?<!\d\s)(?P<month>[^\W\d_]{{3,12}})\.?(?:\s?[-–/]\s?(?P<month2>[^\W\d_]{{3,12}})\.?)?,?(?:\s+(?:de|del))?"
    rf"\s+{_YEAR}(?:\s?г(?:\.|ода?))?",
]
_PATTERNS = [re.compile(shape, re.I) for shape in _SHAPES]
_BARE = re.compile(
    r"(?<![\w.,/:-])(?P<year>1[5-9]\d\d|20\d\d)(?:[-–/](?P<last>1[5-9]\d\d|20\d\d))?[a-z]?(?![\w/]|[-–]\d|\.\d)"
)


class Day(NamedTuple):
    """A date in a text: where it stands, in ISO 8601 as exact as it is, and whether day and month may be swapped."""

    start: int
    end: int
    iso: str
    ambiguous: bool = False


@lru_cache(1)
def _months() -> dict[str, int]:
    found: dict[str, int] = {
        "sept": 9,
        "mrz": 3,
        "févr": 2,
        "juil": 7,
        "déc": 12,
        "сент": 9,
        "set": 9,
        "dic": 12,
    }
    for line in _NAMES.split("\n"):
        for number, name in enumerate(line.split(), 1):
            found[name] = number
            for size in range(3, len(name)):
                found.setdefault(name[:size], number)
    return found


def month_of(word: str) -> int:
    """The number of a month by its name or a beginning of it, of a season as EDTF counts them, else 0."""
    word = word.replace("İ", "i").casefold()
    return _SEASONS.get(word) or _months().get(word, 0)


def days_in(text: str, language: str = "") -> Iterator[Day]:
    """All dates with at least a month, each stretch of text once, in the order of how exact they are."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if day := _day_of(match, language):
                taken.append((day.start, day.end))
                yield day


def years_in(text: str) -> Iterator[Day]:
    """All bare years, also those with the letter of a name-and-year list (2020a)."""
    for match in _BARE.finditer(text):
        last = match["last"]
        if not last or last > match["year"]:
            yield Day(match.start(), match.end(), f"{match['year']}/{last}" if last else match["year"])


def _day_of(match: re.Match[str], language: str) -> Day | None:
    found = match.groupdict()
    year = found["year"]
    if found.get("first"):
        return _of_figures(match, language)
    number = next(
        (found[name] for name in ("number", "number2", "number3", "number4", "number5") if found.get(name)),
        "",
    )
    month = int(number) if number else month_of(found.get("month") or "")
    if not month or (found.get("month2") and not month_of(found["month2"] or "")):
        return None
    start = match.start()
    if not found.get("day"):
        end = f"/{year}-{month_of(found['month2'] or ''):02}" if found.get("month2") else ""
        return Day(start, match.end(), f"{year}-{month:02}{end}")
    iso = _iso(year, month, found["day"] or "")
    if not iso:
        return None
    if last := found.get("last"):
        until = _iso(year, month, last)
        iso = f"{iso}/{until}" if until > iso else ""
    return Day(start, match.end(), iso) if iso else None


def _of_figures(match: re.Match[str], language: str) -> Day | None:
    """Day first, as most of the world writes it, but for American English with strokes; told if it could be both."""
    first, second, year = match["first"], match["second"], match["year"]
    month_first = int(second) > 12 or (
        language.casefold() == "en-us" and match["mark"] == "/" and int(first) <= 12
    )
    day, month = (second, first) if month_first else (first, second)
    iso = _iso(year, int(month), day)
    both = match["mark"] == "/" and int(first) <= 12 and int(second) <= 12 and first != second
    return Day(match.start(), match.end(), iso, both) if iso else None


def _iso(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""
