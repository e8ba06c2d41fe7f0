"""CITATION.cff, for GitHub, Zenodo and Zotero: how to cite the library, and what it rests on (version 1.2.0)."""

from __future__ import annotations

import re

from ..exporting.csl import type_of
from ..exporting.entrywork import Dating, Work
from ..exporting.selection import About, Selection
from ..exporting.yamltext import Value, write_yaml
from ..locators import is_isbn
from ..names import Name
from ._notes import archive_note, joined, original_note

SUFFIX = ".cff"
MEDIA = "application/yaml"
UNKNOWN = "anonymous"

_TYPES = {
    "article-journal": "article", "article-magazine": "magazine-article",
    "article-newspaper": "newspaper-article", "webpage": "website", "report": "report", "book": "book",
    "chapter": "book", "paper-conference": "conference-paper", "thesis": "thesis", "graphic": "art",
    "song": "sound-recording", "motion_picture": "video", "dataset": "data", "software": "software",
    "standard": "standard", "patent": "patent", "periodical": "serial", "review": "article",
    "entry-encyclopedia": "encyclopedia", "pamphlet": "pamphlet", "manuscript": "unpublished",
    "speech": "unpublished", "legal_case": "legal-case", "legislation": "statute",
    "personal_communication": "personal-communication",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def write(selection: Selection) -> str:
    """The library, with the works as its references."""
    head = _head(selection.about)
    references: list[Value] = [_reference(work) for work in selection.works]
    return write_yaml({**head, "references": references} if references else head)


def _head(about: About) -> dict[str, Value]:
    head: dict[str, Value] = {
        "cff-version": "1.2.0",
        "message": about.message,
        "title": about.title,
        "type": "dataset",
        "version": about.version,
        "date-released": about.released if _DAY.match(about.released) else "",
        "authors": _people(about.authors) or [{"name": UNKNOWN}],
        "license": about.licence,
        "url": about.base if _URL.match(about.base) else "",
        "keywords": list(about.keywords),
    }
    return {name: value for name, value in head.items() if value}


def _reference(work: Work) -> Value:
    """A work as a reference. The format wants an author; where none is named, it is whoever published the work."""
    authors = _people(work.people("author")) or _people(work.people("editor"))
    fallback = work.container or work.house or UNKNOWN
    fields: dict[str, Value] = {
        "type": _TYPES.get(type_of(work), "generic"),
        "title": work.title or work.key,
        "authors": authors or [{"name": fallback}],
        "editors": _people(work.people("editor")),
        "translators": _people(work.people("translator")),
        "journal": work.text("journaltitle", "journal"),
        "collection-title": work.text("booktitle"),
        "conference": _entity(work.text("eventtitle")),
        "publisher": _entity(work.house or (work.text(work.site_field) if work.site_field else "")),
        "volume": work.text("volume"),
        "issue": work.text("number", "issue"),
        "edition": work.text("edition"),
        "issn": work.text("issn") if re.match(r"\d{4}-\d{3}[\dxX]\Z", work.text("issn")) else "",
        "isbn": work.text("isbn") if is_isbn(work.text("isbn")) else "",
        "doi": work.doi if _DOI.match(work.doi) else "",
        "url": work.address if _URL.match(work.address) else "",
        "languages": list(_LANGUAGE.findall(work.language)[:1]),
        "abstract": work.text("abstract"),
    }
    fields.update(_dates(work))
    fields["notes"] = joined((work.text("note"), original_note(work), archive_note(work, work.address)))
    return {name: value for name, value in fields.items() if value}


def _dates(work: Work) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    date, original, accessed = work.issued, work.original_date, work.dating("urldate")
    if date and date.plain and _DAY.match(date.iso):
        fields["date-published"] = date.iso
    elif date:
        fields.update(_parts(date))
    if original and original.first:
        fields["year-original"] = original.first[0]
    if accessed and accessed.plain and _DAY.match(accessed.iso):
        fields["date-accessed"] = accessed.iso
    return fields


def _parts(date: Dating) -> dict[str, Value]:
    """Year and month as numbers; what is more than that as the text of the issue's date."""
    fields: dict[str, Value] = {"year": date.first[0] if date.first else date.text}
    if len(date.first) > 1:
        fields["month"] = date.first[1]
    if date.first and not date.plain:
        fields["issue-date"] = date.text
    return fields


def _people(names: tuple[Name, ...]) -> list[Value]:
    people = [_person(name) for name in names]
    return [person for place, person in enumerate(people) if person not in people[:place]]


def _person(name: Name) -> Value:
    if name.whole or not (name.given or name.particle or name.suffix):
        return {"name": name.shown}
    parts = {
        "family-names": name.family,
        "given-names": name.given,
        "name-particle": name.particle,
        "name-suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _entity(name: str) -> Value:
    return {"name": name} if name else ""
