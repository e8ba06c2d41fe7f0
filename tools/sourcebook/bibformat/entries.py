"""One entry, written anew: a field a line in a fixed order, braces as delimiters, a comma behind each field."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from ..model import Entry, Field
from .fields import LAST, ORDER
from .fixes import fixed_date, fixed_value
from .pieces import offset_of
from .values import month_value, value_of

_DATE_PARTS = ("year", "month", "day")
_Row = tuple[int, str, str]  # place in the entry, name, value with its delimiters


@dataclass(frozen=True, slots=True)
class Layout:
    """How the entries of a file are written.

    text: the file, whose lines begin at `starts`; strings: the names, in small letters, that it defines itself.
    fix: what is wrong in content is mended too.
    """

    text: str
    starts: list[int]
    strings: frozenset[str] = frozenset()
    fix: bool = False


def written_entry(entry: Entry, layout: Layout) -> str:
    """The new source of an entry, without a line end."""
    fields = list(zip(entry.fields, _sources(entry, layout), strict=True))
    rows: list[_Row] = []
    if layout.fix and (date := _date_of(fields, layout)):
        rows.append((ORDER["date"], "date", f"{{{date}}}"))
        fields = [(field, source) for field, source in fields if field.name not in _DATE_PARTS]
    for field, (shown, raw) in fields:
        place = ORDER.get(field.name, LAST)
        rows.append((place, field.name, _value(field, raw, layout)) if place < LAST else (place, shown, raw))
    rows.sort(key=itemgetter(0))
    lines = "".join([f"  {name} = {value},\n" for _place, name, value in rows])
    return f"@{entry.type}{{{entry.key},\n{lines}}}"


def _sources(entry: Entry, layout: Layout) -> list[tuple[str, str]]:
    """Each field's name and value as they are written in the file; a value's delimiters are part of it."""
    text, starts = layout.text, layout.starts
    offsets = [starts[field.line - 1] + field.column - 1 for field in entry.fields]
    offsets.append(offset_of(starts, entry.place.end_line, entry.place.end_column) - 1)
    found = []
    for start, end in pairwise(offsets):
        equals = text.index("=", start)
        raw = text[equals + 1 : end].strip().removesuffix(",").rstrip()
        found.append((text[start:equals].rstrip(), raw))
    return found


def _value(field: Field, raw: str, layout: Layout) -> str:
    """The value of a known field with its delimiters. What is joined of parts, or names a string, stays as it is."""
    name, value = field.name, field.value
    if not _is_plain(raw, value):
        is_month = name == "month" and "#" not in raw and raw.lower() not in layout.strings
        return month_value(raw) or raw if is_month else raw
    if name == "month" and (month := month_value(value)) and month not in layout.strings:
        return month
    if layout.fix:
        value = fixed_value(name, value)
    return f"{{{value_of(name, value)}}}"


def _is_plain(raw: str, value: str) -> bool:
    """Whether a value is written as one part, in braces, in quotes or as a number."""
    if raw[0] == "{":
        return len(raw) == len(value) + 2 and raw.startswith(value, 1)
    if raw[0] == '"':
        return len(raw) == len(value) + 2 and raw.startswith(value, 1) and _is_balanced(value)
    return raw == value and value.isdigit()


def _is_balanced(value: str) -> bool:
    """Whether braces may stand round the value: BibTeX asks less of one in quotes."""
    depth = 0
    for char in value if "{" in value or "}" in value else "":
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _date_of(fields: list[tuple[Field, tuple[str, str]]], layout: Layout) -> str:
    """The date that `year`, `month` and `day` say; empty if one of them stands twice, is joined of parts or unsure."""
    given: dict[str, str] = {}
    for field, (_shown, raw) in fields:
        if field.name not in {"date", *_DATE_PARTS}:
            continue
        sure = _is_plain(raw, field.value) or (
            field.name == "month" and bool(month_value(raw)) and raw.lower() not in layout.strings
        )
        if field.name in given or not sure:
            return ""
        given[field.name] = field.value
    return fixed_date(given)
