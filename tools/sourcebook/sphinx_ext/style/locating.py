"""The part of a reference that leads to the work: identifiers, address, archive copy, held copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from ...tex import address_of, text_of
from .phrases import Piece, closed, link, sentence
from .record import Record, readable_date

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_ARXIV = re.compile(
    r"(?:arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)", re.IGNORECASE
)
_EPRINTS = {
    "arxiv": ("arXiv:", "https://arxiv.org/abs/"),
    "jstor": ("JSTOR ", "https://www.jstor.org/stable/"),
    "pubmed": ("PMID ", "https://pubmed.ncbi.nlm.nih.gov/"),
    "pmc": ("PMC ", "https://pmc.ncbi.nlm.nih.gov/articles/"),
    "hdl": ("hdl:", "https://hdl.handle.net/"),
}
_LOCATORS = ("url", "doi", "isbn", "eprint", "archiveurl")
_DIGEST_SHOWN = 12  # digits; enough to find the copy, the entry has the rest


def location(record: Record) -> Iterator[list[Piece]]:
    """Say where the work is, one sentence a way."""
    yield from _identifiers(record)
    dead = record.raw("urlstatus").lower() == "dead"
    yield from _dead_address(record) if dead else _live_address(record)
    yield _held_copy(record)


def _identifiers(record: Record) -> Iterator[list[Piece]]:
    for field in ("isbn", "issn", "isrn", "ismn", "iswc", "isan"):
        if number := record.text(field):
            yield sentence(f"{field.upper()} {number}")
    if doi := doi_of(record):
        yield closed([link(f"https://doi.org/{quote(doi, safe=_DOI_SAFE)}", f"doi:{doi}")])
    yield _eprint(record)


_DOI_SAFE = "/:;()._-+,=@!$&'*~"


def doi_of(record: Record) -> str:
    """The DOI itself, whether it is written bare, with `doi:` or as an address."""
    match = _DOI.fullmatch(address_of(record.raw("doi")))
    return match[1].strip() if match else ""


def _eprint(record: Record) -> list[Piece]:
    number = address_of(record.raw("eprint"))
    archive = record.text("eprinttype", "archiveprefix")
    if not number:
        return []
    arxiv = _ARXIV.fullmatch(number)
    if arxiv and archive.lower() in {"", "arxiv"}:
        archive, number = "arxiv", arxiv[1]
    part = record.text("eprintclass", "primaryclass")
    ending = [f" [{part}]"] if part else []
    if archive.lower() in _EPRINTS:
        shown, address = _EPRINTS[archive.lower()]
        return closed([link(address + quote(number, safe=_DOI_SAFE), shown + number), *ending])
    return closed([f"{archive}:" if archive else "Eprint ", link(number), *ending])


def _live_address(record: Record) -> Iterator[list[Piece]]:
    address = address_of(record.raw("url"))
    if address and not _is_doi_again(record, address):
        yield closed([link(address)])
    yield _accessed(record)
    yield _archived(record)


def _dead_address(record: Record) -> Iterator[list[Piece]]:
    # the copy that opens comes first; the address that does not open is text, for who wants to search for it
    copy = address_of(record.raw("archiveurl"))
    yield closed([_archived_words(record), ": ", link(copy)]) if copy else _archived(record)
    if address := address_of(record.raw("url")):
        yield closed(["No longer at ", address])
    yield _accessed(record)


def _is_doi_again(record: Record, address: str) -> bool:
    match = _DOI.fullmatch(address)
    return bool(match and doi_of(record) and match[1].lower() == doi_of(record).lower())


def _accessed(record: Record) -> list[Piece]:
    date = record.raw("urldate") or record.raw("accessed")
    return sentence(f"Accessed {readable_date(date)}") if date else []


def _archived_words(record: Record) -> str:
    date = record.raw("archivedate")
    return f"Archived {readable_date(date)}" if date else "Archived copy"


def _archived(record: Record) -> list[Piece]:
    copy = address_of(record.raw("archiveurl"))
    if copy:
        return closed([link(copy, _archived_words(record))])
    return sentence(_archived_words(record)) if record.raw("archivedate") else []


def _held_copy(record: Record) -> list[Piece]:
    digest = text_of(record.raw("sha256"))
    issue = record.raw("issn") and record.raw("volume") and (record.raw("number") or record.raw("issue"))
    if not digest or issue or any(record.raw(field) for field in _LOCATORS):
        return []
    return [f"No public address known; text held, SHA-256 {digest[:_DIGEST_SHOWN]}…"]
