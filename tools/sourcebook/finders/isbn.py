"""An ISBN, asked at Open Library's Books API (`jscmd=details`): edition, authors and publisher in one answer."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from ..answers import Answer
from ..locators import is_isbn
from ._days import iso_of
from ._found import Found, Refused, Request
from ._people import doubt_of, names_in_one
from ._plain import first_plain, plain
from ._tongues import langid_of

SERVICE = "https://openlibrary.org"
_ISBN = re.compile(r"(?:(?:urn:)?isbn(?:-1[03])?:?\s*)?((?:97[89][ -]?)?(?:\d[ -]?){9}[\dX])\Z", re.I)


def wanted(locator: str) -> str:
    """The ISBN in a locator as 13 digits; one whose check digit is wrong is none."""
    match = _ISBN.match(locator)
    return isbn13(match[1]) if match and is_isbn(match[1]) else ""


def looks_like_one(locator: str) -> bool:
    """Whether a locator has the form of an ISBN, right or wrong."""
    return _ISBN.match(locator) is not None


def isbn13(isbn: str) -> str:
    """An ISBN that is right, of 10 or 13 digits, as 13 digits."""
    digits = re.sub(r"[\s-]", "", isbn.upper())
    if len(digits) == 13:
        return digits
    body = f"978{digits[:9]}"
    total = sum(int(digit) * (3 if number % 2 else 1) for number, digit in enumerate(body))
    return f"{body}{-total % 10}"


def request(base: str, wanted: str) -> Request:
    """Ask for the edition with all that is kept about it."""
    query = f"bibkeys=ISBN:{wanted}&format=json&jscmd=details"
    return Request(f"{base.rstrip('/')}/api/books?{query}", "application/json")


def read(answer: Answer, wanted: str) -> Found | Refused:
    """Read the edition."""
    try:
        books = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Refused("the answer is no JSON")
    book = books.get(f"ISBN:{wanted}") if isinstance(books, dict) else None
    details = book.get("details") if isinstance(book, dict) else None
    if books == {}:
        return Refused("Open Library has no such book")
    if not isinstance(details, dict):
        return Refused("the answer has no details of this ISBN")
    publisher = first_plain(details.get("publishers"))
    authors, split = names_in_one(
        [plain(item.get("name")) for item in _dicts(details.get("authors"))], (publisher,)
    )
    fields = {
        "title": _title(details),
        "publisher": publisher,
        "location": first_plain(details.get("publish_places")),
        "edition": plain(details.get("edition_name")),
        "isbn": wanted,
        "date": iso_of(details.get("publish_date")),
        "langid": next(filter(None, map(_language, _dicts(details.get("languages")))), ""),
    }
    doubts = list(doubt_of(split))
    if not fields["date"] and (told := plain(details.get("publish_date"))):
        doubts.append(f"the date {told[:60]!r} can't be read for certain")
    names = (("author", authors),) if authors else ()
    kept = tuple((name, value) for name, value in fields.items() if value)
    return Found("book", names, kept, tuple(doubts))


def _title(details: dict[str, Any]) -> str:
    title, subtitle = plain(details.get("title")), plain(details.get("subtitle"))
    return f"{title}: {subtitle}" if title and subtitle and subtitle not in title else title


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value[:500] if isinstance(item, dict)] if isinstance(value, list) else []


def _language(item: dict[str, Any]) -> str:
    return langid_of(str(item.get("key") or "").rpartition("/")[2])
