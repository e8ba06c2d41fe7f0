"""A work: one entry as every export reads it, with what its parents lend, its fields decoded, its dates in parts.

It stands between our entries and the formats of others, so that each of these is one step away and not two.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from ..dates import MONTHS, Day, days_of, month_text
from ..langtags import language_tag
from ..model import Entry, Record
from ..names import Name, read_names
from ..tex import address_of, text_of

# What a parent (`crossref`) lends; `xdata` lends every field. The style of the build reads entries by the same table.
LENT_FIELDS = frozenset(
    (
        "maintitle mainsubtitle booksubtitle publisher date year month day volume number issue series edition "
        "location address isbn issn organization institution journaltitle journal journalsubtitle eventtitle "
        "venue editor"
    ).split()
)
LENT_TITLES = {"booktitle": ("booktitle", "title"), "booksubtitle": ("booksubtitle", "subtitle")}
LINKS = ("crossref", "xdata")
ROLES = (
    "author editor translator bookauthor director holder annotator commentator introduction foreword afterword "
    "editora editorb editorc"
).split()
# What stands in these is no TeX.
VERBATIM = frozenset(
    "url doi archiveurl eprint file sha256 verba verbb verbc crossref xdata related translationof reprintof "
    "entryset ids archivedate urlstatus urldate date".split()
)
WEB = frozenset(("online", "electronic", "www"))
_HOUSES = ("publisher", "institution", "school", "organization", "howpublished")
_MOST_PARENTS = 8  # a chain of cross-references that is longer is a circle
_ENDS = ("?", "!", ".", ":", "…", "。", "？", "！")
_YEARS = re.compile(r"(\d{4})\s*[–-]\s*(\d{4})\Z")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\S+)\Z", re.I)


class Dating(Record, frozen=True):
    """A date: its ends as (year, month, day), shorter where less is known, the years counted as ISO 8601 does.

    text: as it is written. A date that can't be read has no ends. about: circa. season: 1 (spring) to 4 of `first`.
    open: one end of the range is not known; `last` is empty where the date is no range.
    """

    text: str
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    about: bool = False
    season: int = 0
    open: bool = False

    @property
    def iso(self) -> str:
        """The first end in ISO 8601, as far as it is known."""
        return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(self.first))

    @property
    def plain(self) -> bool:
        """Whether the first end says all of it."""
        return bool(self.first) and not (self.last or self.about or self.season or self.open)


class Work(Struct, frozen=True, dict=True):
    """An entry, with what others need of it. `fields` are as written, what parents lend included, the first of a name.

    original: the work that this one translates (`relation` is translationof) or prints again (reprintof).
    """

    key: str
    type: str
    fields: dict[str, str]
    entry: Entry
    original: Work | None = None
    relation: str = ""

    def text(self, *names: str) -> str:
        """The first of these fields that is filled, decoded to plain text on one line."""
        values = ((name, self.fields.get(name, "")) for name in names)
        return next((text for name, value in values if (text := _decoded(name, value))), "")

    def people(self, role: str) -> tuple[Name, ...]:
        """Those in a role, in order."""
        return read_names(self.fields.get(role, ""))

    @cached_property
    def title(self) -> str:
        """Title and subtitle, as a reader writes them."""
        return _joined_title(self.text("title"), self.text("subtitle"), self.text("titleaddon"))

    @property
    def container(self) -> str:
        """What the work stands in: its journal, book, or the site of a page."""
        journal = _joined_title(self.text("journaltitle", "journal"), self.text("journalsubtitle"))
        book = _joined_title(self.text("booktitle"), self.text("booksubtitle"))
        whole = journal or book or _joined_title(self.text("maintitle"), self.text("mainsubtitle"))
        return whole or (self.text(self.site_field) if self.site_field else "")

    @property
    def house(self) -> str:
        """Who published the work: its publisher, or the body that stands behind it."""
        return self.text(self.house_field) if self.house_field else ""

    @property
    def site_field(self) -> str:
        """The field that names the site of a page on the web; empty for other works, and for a part of one."""
        if self.type not in WEB or self.text("journaltitle", "journal", "booktitle", "maintitle"):
            return ""
        return next((name for name in ("organization", *_HOUSES) if self.text(name)), "")

    @property
    def house_field(self) -> str:
        """The field that names who published the work, if it is not the site."""
        return next((name for name in _HOUSES if name != self.site_field and self.text(name)), "")

    @cached_property
    def address(self) -> str:
        """The address of the work: its `url`, or its archived copy where it has no other or that one is dead."""
        url, copy = self.text("url"), self.text("archiveurl")
        return copy if copy and (not url or self.text("urlstatus") == "dead") else url

    @property
    def doi(self) -> str:
        """The DOI, without the address of its resolver."""
        match = _DOI.match(self.text("doi"))
        return match[1] if match else ""

    @property
    def language(self) -> str:
        """The language as a BCP 47 tag; empty if it is not known."""
        return language_tag(self.text("langid")) or language_tag(self.text("language"))

    @cached_property
    def issued(self) -> Dating | None:
        """When the work came out, from `date` or from the older `year`, `month` and `day`."""
        if date := self.fields.get("date", "").strip():
            return dating_of(date)
        year, month, day = (self.text(name) for name in ("year", "month", "day"))
        return _older_dating(year, month, day) if year else None

    def dating(self, field: str) -> Dating | None:
        """The date in another field, such as `urldate`, `eventdate` or `origdate`."""
        date = self.fields.get(field, "").strip()
        return dating_of(date) if date else None

    @property
    def original_title(self) -> str:
        """The title of the original, as the entry or the entry of the original says."""
        return self.text("origtitle") or (self.original.title if self.original else "")

    @property
    def original_date(self) -> Dating | None:
        """The date of the original."""
        return self.dating("origdate") or (self.original.issued if self.original else None)

    @property
    def original_language(self) -> str:
        """The language of the original, as a BCP 47 tag."""
        given = language_tag(self.text("origlanguage"))
        return given or (self.original.language if self.original and self.relation == "translationof" else "")


def work_of(entry: Entry, entries: Mapping[str, Entry]) -> Work:
    """The work that an entry describes; `entries` are those of its library by their keys."""
    fields = lent_fields(entry, entries)
    relation = next((name for name in ("translationof", "reprintof") if fields.get(name, "").strip()), "")
    original = entries.get(fields[relation].strip()) if relation else None
    if original is None or original.key == entry.key:
        return Work(entry.key, entry.type, fields, entry)
    first = Work(original.key, original.type, lent_fields(original, entries), original)
    return Work(entry.key, entry.type, fields, entry, first, relation)


def lent_fields(entry: Entry, entries: Mapping[str, Entry], depth: int = 0) -> dict[str, str]:
    """The fields of an entry as written, with those that its `xdata` and `crossref` lend."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        fields.setdefault(field.name, field.value)
    if depth == _MOST_PARENTS:
        return fields
    for parent in _parents(fields.get("xdata", ""), entries):
        for name, value in lent_fields(parent, entries, depth + 1).items():
            if name not in LINKS:
                fields.setdefault(name, value)
    for parent in _parents(fields.get("crossref", ""), entries):
        for name, value in _lent(entry.type, lent_fields(parent, entries, depth + 1)):
            fields.setdefault(name, value)
    return fields


def _parents(keys: str, entries: Mapping[str, Entry]) -> Iterator[Entry]:
    yield from (entries[key] for key in re.split(r"\s*,\s*", keys.strip()) if key in entries)


def _lent(type_: str, fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, value in fields.items() if name in LENT_FIELDS)
    for name, lenders in LENT_TITLES.items():
        yield from ((name, fields[lender]) for lender in lenders if fields.get(lender))
    if type_ == "article" and fields.get("title"):
        yield "journaltitle", fields["title"]


def dating_of(text: str) -> Dating:
    """Read an ISO 8601 or EDTF date; one that can't be read, or has a day that does not exist, has no ends."""
    text = text.strip()
    start, end = days_of(text)
    is_range = "/" in text
    if any(day is not None and not _exists(day) for day in (start, end)):
        return Dating(text)
    known = [day for day in (start, end) if day is not None]
    given = [part for part in text.split("/") if part not in ("", "..")]
    if not known or len(known) != (2 if not is_range else len(given)):
        return Dating(text)
    first, last = _parts(known[0], False), _parts(known[-1], True)
    about = any(day.about for day in known)
    season = known[0].month - 20 if known[0].month > 12 else 0
    return Dating(text, first, last if last != first else (), about, season, is_range and len(given) < 2)


def _older_dating(year: str, month: str, day: str) -> Dating:
    year = _YEARS.sub(r"\1/\2", year)
    named = month_text(month)
    number = MONTHS.index(named) + 1 if named in MONTHS else 0
    parts = [year, f"{number:02}"] if number else [year]
    if number and day.isdigit():
        parts.append(day.zfill(2))
    read = dating_of("-".join(parts))
    return read if read.first else Dating(" ".join(part for part in (day, month, year) if part))


def _exists(day: Day) -> bool:
    year = day.year.replace("X", "0")
    return not day.day or day.month > 12 or day.day <= monthrange(int(year) % 400 + 2000, day.month)[1]


def _parts(day: Day, is_last: bool) -> tuple[int, ...]:
    """The parts of one end; a decade or a century is the range of its years, and a season has no month."""
    year = int(day.year.replace("X", "9" if is_last else "0"))
    if not day.month or day.month > 12:
        return (year,)
    return (year, day.month, day.day) if day.day else (year, day.month)


def _decoded(name: str, value: str) -> str:
    value = " ".join(value.split())
    if name in {"url", "archiveurl"}:
        return address_of(value)
    return value if name in VERBATIM else text_of(value)


def _joined_title(title: str, *more: str) -> str:
    for part in filter(None, more):
        title = f"{title} {part}" if title.endswith(_ENDS) else f"{title}: {part}" if title else part
    return title
