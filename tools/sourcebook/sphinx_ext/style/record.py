"""One entry as the style reads it: fields decoded, dates told, what a parent lends filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Entry, InvalidNameString, Person

from ...dates import MONTHS, date_of_parts, date_text, month_text, year_text
from ...tex import text_of

# What a parent (`crossref`) lends; its title is the book's title of the child. `xdata` lends every field.
_LENT_FIELDS = (
    "maintitle mainsubtitle booksubtitle publisher date year month day volume number issue series edition "
    "location address isbn issn organization institution journaltitle journal journalsubtitle eventtitle "
    "venue editor"
)
_LENT = frozenset(_LENT_FIELDS.split())
_LENT_TITLE = {"booktitle": ("booktitle", "title"), "booksubtitle": ("booksubtitle", "subtitle")}
_SPACELESS = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_MOST_PARENTS = 8  # a chain of cross-references that is longer is a circle


class Record:
    """An entry, and the library in which its parents and originals stand."""

    def __init__(self, entry: Entry, library: Mapping[str, Entry], depth: int = 0) -> None:
        self.entry: Any = entry
        self.key: str = entry.key or ""
        self.library = library
        self.depth = depth
        # pybtex folds the case of a name at each look-up, and a reference asks for some eighty fields
        self.fields: dict[str, str] = {name.lower(): value for name, value in entry.fields.items()}
        self.has_parents = depth < _MOST_PARENTS and ("crossref" in self.fields or "xdata" in self.fields)

    @cached_property
    def type(self) -> str:
        """The type of the entry, in small letters."""
        return str(self.entry.type).lower()

    def raw(self, name: str) -> str:
        """A field as it is written, here or with a parent; empty when there is none."""
        own = self.fields.get(name)
        if own is not None:
            return own.strip()
        if not self.has_parents:
            return ""
        return next((value for parent, lent in self._lenders(name) if (value := parent.raw(lent))), "")

    def text(self, *names: str) -> str:
        """The first of the fields that is filled, decoded."""
        return next((text for name in names if (value := self.raw(name)) and (text := text_of(value))), "")

    def people(self, role: str) -> list[str]:
        """The names of those in a role, each as a reader writes it; `others` is the last of an open list."""
        return [name for person in self.persons(role) if (name := name_of(person))]

    def persons(self, role: str) -> list[Any]:
        """Those in a role, as pybtex parses names, whether it keeps the role as persons or as a field."""
        if role in self.entry.persons:
            return list(self.entry.persons[role])
        if value := self.fields.get(role):
            return [_person_of(name) for name in split_name_list(value)]
        return next((people for parent, lent in self._lenders(role) if (people := parent.persons(lent))), [])

    @property
    def date(self) -> str:
        """The date for readers."""
        if date := self.raw("date"):
            return readable_date(date)
        return date_of_parts(self.text("year"), self.text("month"), self.text("day"))

    @property
    def year(self) -> str:
        """The year for a label; empty when the entry has no date that we can read."""
        year = self.raw("date") or self.text("year")
        return year_text(year) or "".join(re.findall(r"\d{4}", year)[:1])

    @property
    def day(self) -> str:
        """The date in an order that sorts: year, month, day."""
        if date := self.raw("date"):
            return date
        month = month_text(self.text("month"))
        number = MONTHS.index(month) + 1 if month in MONTHS else 0
        return f"{self.text('year')}-{number:02}-{self.text('day').zfill(2)}"

    def other(self, field: str) -> Record | None:
        """The entry that a field names by its key, when the library has it."""
        entry = self.library.get(self.raw(field))
        return Record(entry, self.library) if entry is not None and entry.key != self.key else None

    def _lenders(self, name: str) -> Iterator[tuple[Record, str]]:
        if not self.has_parents:
            return
        for link, lends in (("xdata", None), ("crossref", _LENT)):
            for key in re.split(r"\s*,\s*", self.fields.get(link, "")):
                entry = self.library.get(key) if key else None
                if entry is None:
                    continue
                parent = Record(entry, self.library, self.depth + 1)
                if lends is None or name in lends:
                    yield parent, name
                if lends is not None:
                    yield from ((parent, lent) for lent in _LENT_TITLE.get(name, ()))


def readable_date(field: str) -> str:
    """Write the date of a field for readers; what is no date is decoded like any text."""
    date = date_text(field)
    return text_of(field) if date == field else date


def _person_of(name: str) -> Any:
    try:
        return Person(name)
    except InvalidNameString:  # more commas than a name has: it is printed whole
        return Person(last="{" + name.replace("{", "").replace("}", "") + "}")


def name_of(person: Any) -> str:
    """Write a name as readers do: given name, particle, family name, Jr; an organisation whole."""
    given = _joined(person.first_names + person.middle_names)
    family = family_of(person)
    if given and _SPACELESS.fullmatch(given) and _SPACELESS.fullmatch(family):
        return family + given
    name = " ".join(part for part in (given, family) if part)
    lineage = _joined(person.lineage_names)
    return f"{name}, {lineage}" if lineage else name


def family_of(person: Any) -> str:
    """Write the name by which somebody is cited: particle and family name, or an organisation whole."""
    return _joined(person.prelast_names + person.last_names)


def _joined(parts: list[str]) -> str:
    return text_of(" ".join(parts))


def listed(names: list[str]) -> str:
    """Join names: A; A and B; A, B and C; an open list ends with et al."""
    if names and names[-1] == "others":
        return ", ".join(names[:-1]) + " et al." if names[:-1] else "et al."
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
