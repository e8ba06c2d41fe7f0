"""Hayagriva YAML, for Typst.

What a work stands in is its `parent`. A title is `verbatim`: no style lowers its capitals. The format has one date
and no original, so a range of dates and the original of a translation are told in the note.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..dates import date_text
from ..exporting.csl import type_of
from ..exporting.entrywork import Work
from ..exporting.selection import Selection
from ..exporting.yamltext import Value, write_yaml
from ..locators import is_url
from ..names import Name
from ._notes import archive_note, joined, original_note

SUFFIX = ".yaml"
MEDIA = "application/yaml"

# For each type of CSL the type here, and that of the parent.
_TYPES = {
    "article-journal": ("article", "periodical"),
    "article-magazine": ("article", "periodical"),
    "article-newspaper": ("article", "newspaper"),
    "review": ("article", "periodical"),
    "webpage": ("web", "web"),
    "report": ("report", "report"),
    "book": ("book", "book"),
    "chapter": ("chapter", "book"),
    "paper-conference": ("article", "proceedings"),
    "thesis": ("thesis", "thesis"),
    "entry-encyclopedia": ("entry", "reference"),
    "graphic": ("artwork", "exhibition"),
    "song": ("audio", "audio"),
    "motion_picture": ("video", "video"),
    "software": ("repository", "repository"),
    "patent": ("patent", "misc"),
    "periodical": ("periodical", "periodical"),
    "manuscript": ("manuscript", "anthology"),
    "legal_case": ("case", "anthology"),
    "legislation": ("legislation", "anthology"),
}
_AFFILIATED = {
    "translator": "translator",
    "holder": "holder",
    "director": "director",
    "annotator": "annotator",
    "commentator": "commentator",
    "introduction": "introduction",
    "foreword": "foreword",
    "afterword": "afterword",
}
_MARKS = re.compile(r"[\\{}$]")
_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}\Z")
_NUMBER = re.compile(r"[0-9]{1,6}\Z")
_LABEL = re.compile(r"(?!xn--)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\Z")


def write(selection: Selection) -> str:
    """The works as a mapping of their keys."""
    return write_yaml({work.key: _item(work) for work in selection.works})


def _item(work: Work) -> Value:
    kind = type_of(work)
    type_, parent = _TYPES.get(kind, ("misc", "misc"))
    item: dict[str, Value] = {"type": type_, "title": _title(work)}
    inside = _parent(work, kind, parent)
    item["author"] = _people(work.people("author"))
    item["date"] = work.issued.iso if work.issued and _ISO.match(work.issued.iso) else ""
    if not inside:
        item.update(_published(work, kind))
    item["page-range"] = work.text("pages").replace("–", "-")
    item["page-total"] = _number(work.text("pagetotal"))
    item["url"] = _url(work)
    item["doi"] = work.doi
    item["language"] = work.language
    item["affiliated"] = [
        {"role": role, "names": people}
        for name, role in _AFFILIATED.items()
        if (people := _people(work.people(name)))
    ]
    item["abstract"] = _escaped(work.text("abstract"))
    item["genre"] = _escaped(work.text("type"))
    item["note"] = _escaped(_note(work))
    item["parent"] = inside
    return {name: value for name, value in item.items() if value}


def _title(work: Work) -> Value:
    short = work.text("shorttitle")
    title = _chunk(work.title)
    if short:
        title["shorthand"] = _chunk(short)
    return title if work.title else ""


def _chunk(text: str) -> dict[str, Value]:
    """A text that no style changes."""
    return {"value": _escaped(text), "verbatim": True}


def _escaped(text: str) -> str:
    """A text in which braces and dollars mean themselves; a brace alone would make Typst refuse the whole file."""
    return _MARKS.sub(r"\\\g<0>", text)


def _parent(work: Work, kind: str, type_: str) -> dict[str, Value]:
    """What the work stands in, with all that is said of it; empty if nothing is."""
    if not work.container:
        return {}
    parent: dict[str, Value] = {"type": type_, "title": _chunk(work.container)}
    return parent | {name: value for name, value in _published(work, kind).items() if value}


def _published(work: Work, kind: str) -> dict[str, Value]:
    place = work.text("location", "address", "venue")
    house: Value = _chunk(work.house) if work.house else ""
    fields: dict[str, Value] = {
        "editor": _people(work.people("editor")),
        "publisher": "" if kind == "thesis" else house,
        "organization": work.house if kind in {"thesis", "report"} else "",
        "location": _chunk(place) if place else "",
        "volume": work.text("volume"),
        "volume-total": _number(work.text("volumes")),
        "edition": work.text("edition"),
        "issn": work.text("issn"),
        "isbn": work.text("isbn"),
    }
    number = work.text("number", "issue")
    is_numbered = kind in {"report", "patent", "standard", "document", "webpage", "software", "dataset"}
    fields["serial-number" if is_numbered else "issue"] = number
    return fields


def _people(names: tuple[Name, ...]) -> list[Value]:
    return [_person(name) for name in names]


def _person(name: Name) -> Value:
    """A name in parts: one text would be taken apart at its commas and blanks."""
    if name.whole:
        return {"name": name.shown}
    parts = {"name": name.family, "given-name": name.given, "prefix": name.particle, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value or part == "name"}


def _number(text: str) -> str:
    return text if _NUMBER.match(text) else ""


def _url(work: Work) -> Value:
    accessed = work.dating("urldate")
    if not _is_sound(work.address):
        return ""
    if accessed and _ISO.match(accessed.iso):
        return {"value": work.address, "date": accessed.iso}
    return work.address


def _is_sound(address: str) -> bool:
    """Whether Typst takes an address: one that it does not take makes it refuse the whole file."""
    if not is_url(address):
        return False
    *labels, last = (urlsplit(address).hostname or "").split(".")
    return all(map(_LABEL.match, (*labels, last))) and last[-1:].isalpha()


def _note(work: Work) -> str:
    date = work.issued
    whole = date_text(date.text) if date and not (date.plain and _ISO.match(date.iso)) else ""
    address = "" if _is_sound(work.address) else work.address
    return joined((work.text("note"), whole, address, original_note(work), archive_note(work, work.address)))
