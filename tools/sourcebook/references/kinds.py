"""What kind of work a reference names, by what was read of it, and the fields that BibLaTeX has for that kind."""

from __future__ import annotations

import re

from .board import Board
from .outlets import is_host_of, is_outlet
from .words import MEETING, PERIODICAL, REPORT, THESIS

_ORDER = (
    "author",
    "editor",
    "translator",
    "title",
    "subtitle",
    "journaltitle",
    "booktitle",
    "organization",
    "institution",
    "publisher",
    "location",
    "type",
    "volume",
    "number",
    "edition",
    "pages",
    "date",
    "url",
    "urldate",
    "archiveurl",
    "archivedate",
    "doi",
    "isbn",
    "issn",
    "eprint",
    "eprinttype",
)
_TYPES = {
    "data set": "dataset",
    "dataset": "dataset",
    "data file": "dataset",
    "computer software": "software",
}
_FREE = re.compile('[(\\[.,;:\ue000\ue001”"»]\\s*$')
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def take_kind_words(board: Board) -> str:
    """Take `PhD thesis`, `Working Paper No. 3` and their like; gives thesis, report or nothing."""
    for kind, pattern in (("thesis", THESIS), ("report", REPORT)):
        match = board.search(pattern)
        if (
            match
            and match.start() > 10
            and _FREE.search(board.guarded[: match.start()] + match[0][:1].strip(_LETTERS))
        ):
            board.take(match.start(), match.end())
            board.put("type", match["kind"].strip())
            board.put("number", (match.groupdict().get("number") or "").rstrip("."))
            return kind
    return ""


def settle_kind(board: Board, told: str) -> str:
    """The BibLaTeX type; what was held as `container` gets the name that it has in that type."""
    fields = board.fields
    container = fields.pop("container", "")
    address = fields.get("url", "") or fields.get("archiveurl", "")
    type_ = (
        told or _TYPES.get(fields.get("titleaddon", "").casefold()) or _type_of(fields, container, address)
    )
    if container:
        name = {
            "article": "journaltitle",
            "online": "organization",
            "thesis": "institution",
            "report": "institution",
        }
        field = name.get(type_, "publisher")
        if field in fields and fields[field] != container:
            field = "organization" if "organization" not in fields else "series"
        fields[field] = container
    if type_ == "thesis" and "institution" not in fields and "publisher" in fields:
        fields["institution"] = fields.pop("publisher")
    if type_ == "report" and "institution" not in fields and "publisher" in fields:
        fields["institution"] = fields.pop("publisher")
    return type_


def _type_of(fields: dict[str, str], container: str, address: str) -> str:
    if "journaltitle" in fields:
        return "article"
    if "booktitle" in fields:
        return "inproceedings" if MEETING.search(fields["booktitle"]) else "incollection"
    if container:
        numbered = "volume" in fields or "number" in fields or "issn" in fields
        if numbered and "publisher" not in fields:
            return "article"
        if is_outlet(container) or (PERIODICAL.search(container) and not address):
            return "article"
        if is_host_of(container, address) and PERIODICAL.search(container):
            return "article"
        if "--" in fields.get("pages", "") and "publisher" not in fields and "isbn" not in fields:
            return "article"
        if address and "isbn" not in fields:
            return "article" if "doi" in fields else "online"
        return "article" if "doi" in fields and "isbn" not in fields else "book"
    if "publisher" in fields or "isbn" in fields or "edition" in fields:
        return "book"
    return "online" if address or "eprint" in fields else "misc"


def ordered(fields: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Fields in the order in which an entry has them."""
    known = [(name, fields[name]) for name in _ORDER if fields.get(name)]
    return (*known, *((name, value) for name, value in fields.items() if name not in _ORDER and value))
