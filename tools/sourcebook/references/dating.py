"""The date of a work: which of the dates in a reference it is, and where a year stands between authors and title."""

from __future__ import annotations

import re

from .board import HOLE, QUOTED, Board
from .days import Day, days_in, years_in
from .outlets import is_host_of
from .people import is_body, read_people

_UNDATED = re.compile(r"[(\[]?(?<!\w)(?:n\.\s?d\.|o\.\s?J\.|s\.\s?d\.|б\.\s?г\.|t\.y\.)[)\]]?")
_UPDATED = re.compile(
    r"(?:updated|last updated|modified|aktualisiert|mis à jour|обновлено|"
    r"güncelleme):?\s*(?:on\s+)?$",
    re.I,
)
_BEFORE = re.compile(rf"(?:^|[(\[.,;:–—{HOLE}{QUOTED}”\"»'’?!/|c©-])\s*$")
_AFTER = re.compile(rf"^\s*(?:$|[)\].,;:–—{HOLE}{QUOTED}“\"«|/-])")
_INSIDE = re.compile(r"(?<!\w)(?:for|of|since|until|by|to|from|el|le|vom|zum|del|du|в|с|до)\s$")
_PUBLISHED = re.compile(
    r"(?<!\w)(?:first\s+|last\s+)?(?:published|updated|posted|issued|dated|veröffentlicht|publié|publicado)(?:\s+(?:online|on|"
    r"am|le|el))?:?\s*$",
    re.I,
)
_ORIGINAL = re.compile(r"^\s*[\[(]\s?(?:1[5-9]|20)\d\d\s?[\])]")


def take_date(board: Board, language: str) -> tuple[int, int]:
    """Take the date of the work; gives the range of a year in brackets or behind the authors, else (0, 0)."""
    view = board.guarded
    days = [_less_name(view, day) for day in days_in(view, language) if _stands_free(view, day)]
    years = [
        day
        for day in years_in(view)
        if not any(d.start <= day.start < d.end for d in days) and _stands_free(view, day)
    ]
    found = sorted(days + years)
    if not found:
        return _take_undated(board)
    bracketed = [day for day in found if _bracketed(view, day)]
    address = _address(board)
    early = next((day for day in bracketed if _is_early(view, day, address)), None) or next(
        (day for day in found if "-" not in day.iso and _is_early(view, day, address)), None
    )
    best = _best(days, bracketed, years, early)
    for day in found:
        same = day.iso[:4] == best.iso[:4] and len(day.iso) <= len(best.iso)
        if day is best or day is early or (same and day.end - day.start < 10 and _bracketed(view, day)):
            board.take(*_with_brackets(view, day))
    board.put("date", best.iso)
    if best.ambiguous:
        written = board.text[best.start : best.end]
        board.unsure.append(f"{written} was read as {best.iso}: day and month may be swapped")
    return _with_brackets(view, early) if early else (0, 0)


def _less_name(view: str, day: Day) -> Day:
    """`Roe, Jan. 2018.` and `Roe, April. 2018.`: a month behind the first word of all is a given name."""
    if len(day.iso) == 7 and re.fullmatch(rf"[\s{HOLE}]*[^\W\d_][\w'’-]*,\s", view[: day.start]):
        return Day(day.end - 4, day.end, day.iso[:4])
    return day


def _best(days: list[Day], bracketed: list[Day], years: list[Day], early: Day | None) -> Day:
    """The exactest date, but of the year behind the authors if there is one; the last of several."""
    if early:
        exact = [day for day in days if day.iso[:4] == early.iso[:4]]
        return max([early, *exact], key=lambda day: len(day.iso))
    if days:
        return max(days, key=lambda day: (min(len(day.iso), 10), day.start))
    return (bracketed or years)[-1]


def _stands_free(view: str, day: Day) -> bool:
    """A date is no word of a title: it stands between marks of punctuation or ends its stretch."""
    before, after = view[max(0, day.start - 4) : day.start], view[day.end : day.end + 3]
    if not _AFTER.match(after) or _INSIDE.search(view[max(0, day.start - 8) : day.start]):
        return False
    if _BEFORE.search(before):
        return not re.match(r"\s?[–-]\s?[^\W\d]", after)
    return bool(re.match(rf"\s*[.,;)]?\s*(?:$|{HOLE})", view[day.end : day.end + 4])) or len(day.iso) > 7


def _bracketed(view: str, day: Day) -> bool:
    return bool(
        re.search(r"[(\[]\s*$", view[: day.start][-3:]) and re.match(r"\s*[)\],;]", view[day.end :][:3])
    )


def _is_early(view: str, day: Day, address: str, bracketed: bool = False) -> bool:
    """Whether a date stands behind what may be authors, with text behind it that may be the title."""
    before, after = view[: day.start].lstrip(f" {HOLE}"), view[day.end :]
    if HOLE in before or not re.search(r"\w", before) or len(before) > 600:
        return False
    if not re.match(r"\s*[)\]]?\s?[.,:;)]?\s*[\[(]?[\w“\"«‘'„¿¡…\ue001]", after):
        return False
    letters = len(re.findall(r"[^\W\d_]{2,}", after.partition(HOLE)[0]))
    if bracketed or _bracketed(view, day):
        return letters >= 1
    return letters >= 2 and len(before) < 300 and _names_somebody(before, address)


def _names_somebody(before: str, address: str) -> bool:
    before = re.sub(r"[,.]?\s*\(?(?:[Ee]ds?|[Ee]ditors?|Hrsg|Hg)\.?\)?[\s.,]*$", "", before)
    return bool(
        read_people(before) or is_body(before.strip(" .,")) or is_host_of(before.strip(" .,"), address)
    )


def _with_brackets(view: str, day: Day) -> tuple[int, int]:
    start, end = day.start, day.end
    if before := re.search(r"[(\[]\s*(?:c|©|published\s+)?$", view[max(0, start - 12) : start]):
        close = re.match(r"[^()\[\]\ue000]{0,3}[)\]]", view[end : end + 4])
        if close:
            start -= len(before[0])
            end += close.end()
    if before := _PUBLISHED.search(view[max(0, start - 24) : start]):
        start -= len(before[0])
    if original := _ORIGINAL.match(view[end : end + 9]):
        end += original.end()
    return start, end


def _take_undated(board: Board) -> tuple[int, int]:
    """Take `n.d.`; it stands where a year does."""
    match = board.search(_UNDATED)
    if not match:
        return (0, 0)
    day = Day(match.start(), match.end(), "")
    early = _is_early(board.guarded, day, _address(board)) or (
        match[0][0] in "([" and _is_early(board.guarded, day, "", True)
    )
    board.take(match.start(), match.end())
    return match.span() if early else (0, 0)


def _address(board: Board) -> str:
    return board.fields.get("url", "")
