"""Author-year labels: the same in the text and in the list, and the same on every page.

Two works that share author and year are told apart by a letter. The letters are given once for the whole
library, not for each list, so that "Opinio Juris 2021a" is one work wherever it is cited.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from pybtex.database import Entry
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle

from .record import Record, family_of, listed

NO_DATE = "n.d."
_OUTLETS = ("journaltitle", "journal", "organization", "institution", "school")
_LONGEST = 40  # characters of an outlet or a title in a label
# A book is known by its title, not by the house that printed it.
_TITLED = "book mvbook booklet collection mvcollection reference mvreference movie music video"
_BY_TITLE = frozenset(_TITLED.split())


def name_label(record: Record) -> str:
    """Tell who speaks, in short: the authors, else the editors, else the outlet, else the title."""
    if short := record.text("shortauthor", "shorteditor"):
        return short
    for role in ("author", "editor"):
        if people := [family for person in record.persons(role) if (family := family_of(person))]:
            return _people_label(people)
    outlet = "" if record.type in _BY_TITLE else record.text("shortjournal", *_OUTLETS, "publisher")
    return _shortened(_bare(outlet)) or _title_label(record)


def _people_label(people: list[str]) -> str:
    if len(people) > 2 or people[-1] == "others":
        return f"{people[0]} et al."
    return listed(people)


def _bare(outlet: str) -> str:
    # "SpecialEurasia, Geopolitical Report" and "Great Power Relations (greatpowerrelations.com)": by their name
    return re.split(r",\s|\s\(", outlet)[0] if len(outlet) > _LONGEST / 2 else outlet


def _title_label(record: Record) -> str:
    return (
        record.text("shorttitle")
        or _shortened(record.text("title", "booktitle", "howpublished"))
        or record.key
    )


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    head = text[:_LONGEST]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–—-") + "…"


def labels_of(records: Iterable[Record]) -> dict[str, str]:
    """Give each entry its label, letters included, whatever the order in which the entries come."""
    alike: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        alike[f"{name_label(record)} {record.year or NO_DATE}"].append(record)
    labels = {}
    for label, group in alike.items():
        mark = "-" if label.endswith(NO_DATE) else ""
        for number, record in enumerate(sorted(group, key=_within_year)):
            labels[record.key] = label + (mark + _letters(number) if len(group) > 1 else "")
    return labels


def _within_year(record: Record) -> tuple[str, str, str]:
    return record.day, fold(record.text("title")), record.key


def _letters(number: int) -> str:
    # a to z, then aa: a library may hold more than 26 news items of one agency and year
    high, low = divmod(number, 26)
    return (_letters(high - 1) if high else "") + chr(ord("a") + low)


def fold(text: str) -> str:
    """Fold case and accents away, for sorting."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum() or char == " ").removeprefix("the ")


class Shared:
    """The library that the styles look into: pybtex gives a style one entry and no way to the others."""

    _source: ClassVar[Callable[[], Mapping[str, Entry]]] = dict
    _labels: ClassVar[dict[str, str] | None] = None

    @classmethod
    def open(cls, source: Callable[[], Mapping[str, Entry]]) -> None:
        """Look into this library from now on; it is asked for only when something is formatted."""
        cls._source = staticmethod(source)
        cls._labels = None

    @classmethod
    def library(cls) -> Mapping[str, Entry]:
        """The entries by their keys."""
        return cls._source()

    @classmethod
    def labels(cls) -> dict[str, str]:
        """The labels of the whole library, made once."""
        if cls._labels is None:
            library = cls.library()
            cls._labels = labels_of(Record(entry, library) for entry in library.values())
        return cls._labels


class LabelStyle(BaseLabelStyle):  # type: ignore[misc]  # pybtex ships no types
    """The label style `sourcebook` of pybtex."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        """Yield the label of each entry."""
        entries = list(sorted_entries)
        labels = Shared.labels()
        if any(
            entry.key not in labels for entry in entries
        ):  # not of the open library: they stand for themselves
            labels = labels_of(Record(entry, {entry.key: entry}) for entry in entries)
        yield from (labels[entry.key] for entry in entries)


class SortingStyle(BaseSortingStyle):  # type: ignore[misc]  # pybtex ships no types
    """The order of our lists: by the name that the label shows, then year, then date and title."""

    def sorting_key(self, entry: Any) -> tuple[str, str, tuple[str, str, str]]:
        """Make the key to sort an entry by."""
        record = Record(entry, Shared.library())
        year = record.year or "9999"  # what has no date comes last
        return fold(name_label(record)), year, _within_year(record)
