"""What leads to the work: addresses, DOIs and numbers, with the words round them and the day of access."""

from __future__ import annotations

import re

from ..locators import is_isbn, is_issn, is_url
from .board import HOLE, Board
from .days import Day, days_in
from .words import ACCESSED, ARCHIVED, LEADING, LINKING

_URL = re.compile(r"<?\b(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"“”«»\[\]\ue000-\ue002]+>?", re.I)
_DOI = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|\bdoi:?\s*:?\s*|"
    r"(?<![\w/.]))(?P<doi>10\.\d{4,9}/[^\s\"“”\ue000-\ue002]+)",
    re.I,
)
_ARXIV = re.compile(
    r"\barxiv(?:\s*preprint)?\s*(?:arxiv)?\s*[:.]?\s*(?P<id>\d{4}\.\d{4,5}(?:v\d+)?|"
    r"[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
    r"(?:\s*\[[\w.-]+\])?",
    re.I,
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*(?P<id>[\dX][\d\s–-]{8,16}[\dX])", re.I)
_ISSN = re.compile(r"\bISSN:?\s*(?P<id>\d{4}[-–]\d{3}[\dX])", re.I)
_PUBMED = re.compile(r"\b(?P<kind>PMID|PMCID):?\s*(?P<id>(?:PMC)?\d{4,9})", re.I)
_ARCHIVE_HOST = re.compile(r"https?://(?:web\.archive\.org|archive\.(?:is|today|ph|org/web)|perma\.cc)", re.I)
_ACCESSED = re.compile(rf"(?<!\w)(?:{ACCESSED})(?:\s*\(?(?:{LINKING})(?!\w)|:)*\s*$", re.I)
_ACCESSED_BEHIND = re.compile(rf"^\s*(?:{ACCESSED})(?!\w)", re.I)
_LEADING = re.compile(rf"(?:(?<!\w)(?:{LEADING})\s*[:.,]?\s*|\[(?:online|internet)\]\.?\s*)+[<(\[]?$", re.I)
_ARCHIVED = re.compile(rf"(?<!\w)(?:{ARCHIVED})(?!\w)[\s:(]*(?:on|at|am|le|el|il)?\s*$", re.I)
_ARCHIVED_ANY = re.compile(
    rf"\(?(?<!\w)(?:{ARCHIVED})\s*(?:from\s+the\s+original)?(?=[.,;)\s\ue000]|$)", re.I
)
_CLOCK = re.compile(
    r"^,?\s*(?:at\s+|um\s+)?\d\d?[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|Uhr|GMT|UTC|[A-Z]{2,4})?(?!\w)"
)


def take_locators(board: Board, language: str) -> None:
    """Take what leads to the work: what is certain first."""
    _take_dois(board)
    _take_addresses(board)
    _take_access_day(board, language)
    _take_archive_day(board, language)
    for name, pattern, is_right in (("isbn", _ISBN, is_isbn), ("issn", _ISSN, is_issn)):
        if (match := board.search(pattern)) and is_right(match["id"].replace("–", "-")):
            board.take(match.start(), match.end())
            board.put(name, match["id"].replace("–", "-"))
    if match := board.search(_ARXIV):
        board.take(match.start(), match.end())
        board.put("eprint", match["id"])
        board.put("eprinttype", "arxiv")
    match = board.search(_PUBMED)
    if match and match["kind"].upper() == "PMID" and "eprint" not in board.fields:
        board.take(match.start(), match.end())
        board.put("eprint", match["id"])
        board.put("eprinttype", "pubmed")


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence that it stands in."""
    while address:
        if address[-1] in ".,;:!?'’*_|\\>…" or (
            address[-1] in ")]}"
            and address.count(address[-1]) > address.count("([{"[")]}".index(address[-1])])
        ):
            address = address[:-1]
        else:
            break
    return address


def _take_addresses(board: Board) -> None:
    for match in list(_URL.finditer(board.view)):
        address = _trimmed(match[0].lstrip("<"))
        start = match.start() + match[0].index(address) if address else 0
        if not address:
            continue
        full = address if "://" in address else f"http://{address}"
        if not is_url(full):
            continue
        archive = bool(_ARCHIVE_HOST.match(full))
        name = "archiveurl" if archive and "archiveurl" not in board.fields else "url"
        if name in board.fields:
            if board.fields[name].rstrip("/") == full.rstrip("/"):
                board.take(start, start + len(address))
            continue
        board.put(name, full)
        if full != address:
            board.unsure.append(f"the address {address} has no scheme; http:// was put before it")
        end = start + len(address)
        board.take(_leading_start(board, start), end + (board.text[end : end + 1] in {">"}))


def _leading_start(board: Board, start: int) -> int:
    """Where the words begin that lead to an address (`Retrieved from:`), so that they go with it."""
    left = max(0, start - 60)
    match = _LEADING.search(board.guarded[left:start])
    # at the head of a text these words are words of its own
    return (
        left + match.start()
        if match and (left + match.start() > 0 or match[0].rstrip().endswith(":"))
        else start
    )


def _take_dois(board: Board) -> None:
    for match in list(_DOI.finditer(board.view)):
        doi = _trimmed(match["doi"])
        doi = doi if "<" in doi else doi.partition(">")[0]
        if "doi" in board.fields and board.fields["doi"].casefold() != doi.casefold():
            continue
        board.put("doi", doi)
        end = match.start("doi") + len(doi)
        board.take(_leading_start(board, match.start()), end)


def _take_access_day(board: Board, language: str) -> None:
    """Take the day of access with its word before it (`accessed 3 May 2020`) or behind it, and the clock."""
    view = board.guarded
    for day in sorted(days_in(view, language)):
        left = max(0, day.start - 60)
        before = _ACCESSED.search(view[left : day.start])
        behind = None if before else _ACCESSED_BEHIND.match(view[day.end : day.end + 30])
        if not before and not (behind and view[day.end : day.end + 40].strip()[:1].isalpha()):
            continue
        if behind and not re.search(r"[,;(\[.]\s*$", view[left : day.start]):
            continue
        start = left + before.start() if before else day.start
        end = day.end + (behind.end() if behind else 0)
        clock = _CLOCK.match(view[end:])
        board.put("urldate", day.iso)
        _tell_if_ambiguous(board, day)
        board.take(start, end + (clock.end() if clock else 0))
        _take_from(board)
        return


def _take_from(board: Board) -> None:
    """`Retrieved 3 May 2020, from` the address: the word goes with both."""
    for match in re.finditer(rf"{HOLE}(\s*,?\s*(?:from|at|via)\s*:?\s*){HOLE}", board.view):
        board.take(match.start(1), match.end(1))


def _take_archive_day(board: Board, language: str) -> None:
    view = board.guarded
    for day in sorted(days_in(view, language)):
        left = max(0, day.start - 60)
        if match := _ARCHIVED.search(view[left : day.start]):
            board.put("archivedate", day.iso)
            board.take(left + match.start(), day.end)
            break
    if "archiveurl" in board.fields or "archivedate" in board.fields:
        for match in list(board.all(_ARCHIVED_ANY)):
            board.take(match.start(), match.end())


def _tell_if_ambiguous(board: Board, day: Day) -> None:
    if day.ambiguous:
        board.unsure.append(
            f"{board.text[day.start : day.end]} was read as {day.iso}: day and month may be swapped"
        )
