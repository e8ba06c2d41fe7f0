r"""RIS, for Zotero, EndNote, Mendeley and library catalogues (the tags of the specification of 2011).

Each value is on one line, so that no title can end its record: a line break, of whatever kind, becomes a blank. Lines
end with CR LF, as the specification has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..exporting.csl import type_of
from ..exporting.entrywork import Dating, Work
from ..exporting.selection import Selection
from ..names import Name
from ._notes import archive_note, original_note

SUFFIX = ".ris"
MEDIA = "application/x-research-info-systems"

_TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "webpage": "ELEC",
    "report": "RPRT", "book": "BOOK", "chapter": "CHAP", "paper-conference": "CPAPER", "thesis": "THES",
    "graphic": "ART", "song": "SOUND", "motion_picture": "VIDEO", "dataset": "DATA", "software": "COMP",
    "standard": "STAND", "patent": "PAT", "periodical": "SER", "review": "JOUR", "entry-encyclopedia": "ENCYC",
    "pamphlet": "PAMP", "manuscript": "UNPB", "speech": "UNPB", "legal_case": "CASE", "legislation": "STAT",
    "personal_communication": "PCOMM",
}  # fmt: skip
_BREAKS = re.compile(r"\s+")
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f]")
_SEASONS = ("spring", "summer", "autumn", "winter")


def write(selection: Selection) -> str:
    """The works as records."""
    return "".join(f"{tag}  - {value}\r\n" for work in selection.works for tag, value in _record(work))


def _record(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(type_of(work), "GEN")
    for tag, value in _tags(work):
        if line := _line(value):
            yield tag, line
    yield "ER", ""


def _line(value: str) -> str:
    return _BREAKS.sub(" ", _UNPRINTED.sub(" ", value)).strip()


def _tags(work: Work) -> Iterator[tuple[str, str]]:
    yield "ID", work.key
    for tag, role in (("AU", "author"), ("ED", "editor"), ("A4", "translator")):
        yield from ((tag, _name(name)) for name in work.people(role))
    yield "TI", work.title
    yield "ST", work.text("shorttitle")
    yield "T2", work.container
    yield "T3", work.text("series")
    yield from _dates(work)
    yield "VL", work.text("volume")
    yield "IS", work.text("number", "issue")
    yield from _pages(work.text("pages", "eid"))
    yield "ET", work.text("edition")
    yield "PB", work.house
    yield "CY", work.text("location", "address", "venue")
    yield "SN", work.text("issn", "isbn")
    yield "DO", work.doi
    yield "UR", work.address
    yield "LA", work.language
    yield "M3", work.text("type")
    yield "AB", work.text("abstract")
    yield from (("KW", word) for word in re.split(r"\s*[,;]\s*", work.text("keywords")))
    yield "OP", original_note(work)
    yield from (("N1", note) for note in (work.text("note"), archive_note(work, work.address)))


def _name(name: Name) -> str:
    """Family name with its particle, given name, suffix. A name that is whole ends with a comma, as EndNote has it.

    Its own first comma is doubled; so it is not taken for the end of a family name.
    """
    if name.whole:
        return f"{name.shown.replace(',', ',,', 1)},"
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join([family, name.given, name.suffix] if name.suffix else filter(None, (family, name.given)))


def _dates(work: Work) -> Iterator[tuple[str, str]]:
    if date := work.issued:
        yield "PY", str(date.first[0]).zfill(4) if date.first else date.text
        yield "DA", _date(date)
    if date := work.dating("urldate"):
        yield "Y2", _date(date)


def _date(date: Dating) -> str:
    """`YYYY/MM/DD/other`: what is more than one day stands in the last part."""
    if not date.first:
        return f"///{date.text.replace('/', ' ')}"
    parts = [f"{date.first[0]:04}", *(f"{part:02}" for part in date.first[1:])]
    other = [_SEASONS[date.season - 1]] if date.season else []
    if date.about or date.open or date.last:
        other.append(date.text.replace("/", " to "))
    return "/".join([*parts, *[""] * (3 - len(parts)), " ".join(other)]).rstrip("/")


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    first, _, last = pages.replace("–", "-").partition("-")
    yield "SP", first
    yield "EP", last.lstrip("-")
