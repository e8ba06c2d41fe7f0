"""The bibliography style `sourcebook`: every type renders, what is read is printed, nothing is lower-cased.

A field that is missing is left out; to say so is the checker's business, not that of the printed list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_plugin

from .kinds import WHOLES, genre_of
from .labels import LabelStyle, Shared, SortingStyle
from .languages import language_names
from .locating import location
from .phrases import Piece, italic, paragraph, rich_of, sentence
from .record import Record, listed, readable_date
from .referencing import ReferenceStyle

_ROLES = {
    "editor": "Edited by",
    "translator": "Translated by",
    "commentator": "Commentary by",
    "annotator": "Annotated by",
    "introduction": "Introduction by",
    "foreword": "Foreword by",
    "afterword": "Afterword by",
    "holder": "Held by",
}
_ORGANISATIONS = ("organization", "institution", "school")


class Style(BaseStyle):  # type: ignore[misc]  # pybtex ships no types
    """The formatting style of pybtex; it never fails on an entry."""

    default_name_style = "plain"
    default_label_style = LabelStyle
    default_sorting_style = SortingStyle

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        """Format one entry, whatever its type."""
        record = Record(entry, bib_data.entries if bib_data else Shared.library())
        return FormattedEntry(entry.key, reference_of(record), label)


def reference_of(record: Record) -> Piece:
    """Write the whole reference of an entry."""
    return paragraph([*_sentences(record)]) or paragraph([[record.key]])


def _sentences(record: Record) -> Iterator[list[Piece]]:
    authors, editors = record.people("author"), record.people("editor")
    yield sentence(listed(authors) if authors else _editors(editors))
    yield sentence(_title(record), record.text("titleaddon"))
    yield _original(record)
    yield from _helpers(record, skip_editors=not authors or _in_book(record))
    yield sentence(*_whereabouts(record))
    yield from location(record)
    yield from _relations(record)
    for field in ("pubstate", "addendum", "note"):
        yield sentence(rich_of(record.raw(field)))


def _editors(editors: list[str]) -> str:
    return f"{listed(editors)}, {'ed' if len(editors) == 1 else 'eds'}." if editors else ""


def _helpers(record: Record, skip_editors: bool) -> Iterator[list[Piece]]:
    for role, words in _ROLES.items():
        if (people := record.people(role)) and not (role == "editor" and skip_editors):
            yield sentence(f"{words} {listed(people)}")


def _in_book(record: Record) -> bool:
    return bool(record.people("author") and record.text("booktitle"))


def _subtitled(title: str, subtitle: str) -> str:
    gap = " " if title.endswith(("?", "!", ".", ":", "…")) else ": "
    return gap.join(part for part in (title, subtitle) if part)


def _title(record: Record) -> list[Piece]:
    title = _subtitled(record.text("title"), record.text("subtitle"))
    if not title:
        return []
    if record.type in WHOLES:
        return [italic(title)]
    return [f"“{title}”"]


def _original(record: Record) -> list[Piece]:
    title, date = record.text("origtitle"), readable_date(record.raw("origdate"))
    if not title:
        return sentence(f"Originally published {date}") if date else []
    return sentence(["Original title: ", italic(title), f" ({date})" if date else ""])


def _whereabouts(record: Record) -> Iterator[list[Piece] | str]:
    """Say in what the work appeared, in clauses: container, numbers, houses, date, pages."""
    journal = _journal(record)
    yield from _book(record)
    yield journal
    yield from _numbers(record, bool(journal))
    yield from _event(record)
    yield record.text("version") and f"version {record.text('version')}"
    yield _edition(record.text("edition"))
    yield from _houses(record)
    yield record.date
    yield from _extent(record)


def _book(record: Record) -> Iterator[list[Piece] | str]:
    book = _subtitled(record.text("booktitle"), record.text("booksubtitle"))
    whole = _subtitled(record.text("maintitle"), record.text("mainsubtitle"))
    authors = listed(record.people("bookauthor"))
    if book:
        yield ["In ", f"{authors}, " if authors else "", italic(book), _added(record.text("booktitleaddon"))]
    elif authors:
        yield f"In {authors}"
    if _in_book(record) and (editors := record.people("editor")):
        yield f"edited by {listed(editors)}"
    if whole:
        yield ["" if book else "In ", italic(whole), _added(record.text("maintitleaddon"))]


def _added(text: str) -> str:
    return f". {text}" if text else ""


def _journal(record: Record) -> list[Piece]:
    name = _subtitled(record.text("journaltitle", "journal", "shortjournal"), record.text("journalsubtitle"))
    if not name:
        return []
    series, volume = record.text("series"), record.text("volume")
    issue = ", ".join(part for part in (record.text("number"), record.text("issue")) if part)
    pieces = [italic(name), f", {_ordinal_series(series)}," if series else "", f" {volume}" if volume else ""]
    titled = [". ", record.text("issuetitle")] if record.text("issuetitle") else []
    return [*pieces, f" ({issue})" if issue else "", *titled]


def _ordinal_series(series: str) -> str:
    return f"series {series}" if series.isdigit() else series


def _numbers(record: Record, in_journal: bool) -> Iterator[str]:
    genre = genre_of(record.type, record.text("type"))
    number = "" if in_journal else record.text("number")
    if in_journal:
        yield genre
        return
    volume, series = record.text("volume"), record.text("series")
    yield volume and f"vol. {volume}"
    yield (volumes := record.text("volumes")) and f"{volumes} vols"
    yield f"{series} {number}" if series and number and not genre else series
    if genre:
        yield f"{genre} {number}" if number else genre
    elif number and not series:
        yield f"no. {number}"
    yield (issue := record.text("issue")) and f"issue {issue}"


def _event(record: Record) -> Iterator[str]:
    if event := record.text("eventtitle"):
        held = [record.text("venue"), readable_date(record.raw("eventdate"))]
        details = ", ".join(part for part in held if part)
        yield f"{event} ({details})" if details else event


def _edition(edition: str) -> str:
    if edition.isdecimal():
        return f"{edition}{_ordinal(int(edition))} ed."
    return f"{edition} ed." if re.fullmatch(r"[A-Za-z]+", edition) else edition


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _houses(record: Record) -> Iterator[list[Piece] | str]:
    yield from (record.text(field) for field in _ORGANISATIONS)
    place, publisher = record.text("location", "address"), record.text("publisher")
    yield ": ".join(part for part in (place, publisher) if part)
    yield rich_of(record.raw("howpublished"))


def _extent(record: Record) -> Iterator[str]:
    for field, word in (("part", "part"), ("chapter", "ch."), ("eid", "article")):
        yield (value := record.text(field)) and f"{word} {value}"
    if pages := re.sub(r"^(\d+)-(\d+)$", r"\1–\2", record.text("pages")):
        several = re.search(r"[–—,+]|\band\b|\d-\d", pages)
        yield f"{'pp.' if several else 'p.'} {pages}" if pages[0].isdigit() else pages
    yield (total := record.text("pagetotal")) and (f"{total} pp." if total.isdigit() else total)


def _relations(record: Record) -> Iterator[list[Piece]]:
    names = language_names(record.text("language") or record.text("langid"))
    if names and names != ["English"]:
        yield sentence(f"In {listed(names)}")
    for field, words in (("translationof", "Translation of"), ("reprintof", "Reprint of")):
        if (other := record.other(field)) and (title := _title(other)):
            yield sentence([f"{words}: ", *title])


def open_library(library: Mapping[str, Entry]) -> None:
    """Let the styles look into this library: for labels, originals and parents."""
    Shared.open(lambda: library)


def register() -> None:
    """Make the styles known under the name `sourcebook`, also when the package is not installed."""
    register_plugin("pybtex.style.formatting", "sourcebook", Style, force=True)
    register_plugin("pybtex.style.labels", "sourcebook", LabelStyle, force=True)
    register_plugin("pybtex.style.sorting", "sourcebook", SortingStyle, force=True)
    register_reference_plugin(
        "sphinxcontrib.bibtex.style.referencing", "sourcebook", ReferenceStyle, force=True
    )
