"""Whether an entry is of a work that the library has already: by identifier, by address, or by look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..addresses import normal_address
from ..finders.doi import wanted as doi_in
from ..finders.isbn import isbn13
from ..folding import words_of
from ..keys import SMALL
from ..locators import is_isbn
from ..model import Entry
from ..tex import address_of, text_of

# An ISBN is a work's own only where the work is the book.
_BOOKS = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference mvreference manual".split()
)
_ALIKE = 90  # of 100: titles that are as much alike as this are looked at
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)\Z", re.I)
_ARXIV_PATH = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(.+?)(?:\.pdf)?\Z", re.I)
_VERSION = re.compile(r"v\d{1,3}\Z")


def identities(type_: str, fields: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what tells a work from every other, each with the words for it: `("doi:10...", "DOI 10...")`.

    fields: pairs of a field's name and its value as it stands in a .bib.
    """
    pairs = tuple(fields)
    arxiv = any(name in {"eprinttype", "archiveprefix"} and value.lower() == "arxiv" for name, value in pairs)
    for name, value in pairs:
        value = value.strip()
        if name == "doi" and value:
            yield from _doi(value)
        elif name in {"url", "archiveurl"} and value:
            yield from _address(address_of(value))
        elif name == "isbn" and type_ in _BOOKS and is_isbn(value):
            yield f"isbn:{isbn13(value)}", f"ISBN {isbn13(value)}"
        elif name == "eprint" and value and arxiv:
            yield from _arxiv(value.lower().removeprefix("arxiv:"))


def _doi(text: str) -> Iterator[tuple[str, str]]:
    doi = doi_in(text) or text.lower()
    if match := _ARXIV_DOI.match(doi):
        yield from _arxiv(match[1])
    else:
        yield f"doi:{doi}", f"DOI {doi}"


def _arxiv(text: str) -> Iterator[tuple[str, str]]:
    bare = _VERSION.sub("", text.strip().lower())
    yield f"arxiv:{bare}", f"arXiv identifier {bare}"


def _address(url: str) -> Iterator[tuple[str, str]]:
    normal = normal_address(url)
    if "doi.org/" in normal[:12] and (doi := doi_in(url)):
        yield from _doi(doi)
    elif match := _ARXIV_PATH.match(normal.removeprefix("export.")):
        yield from _arxiv(match[1])
    elif normal:
        yield f"url:{normal}", f"address {url}"


def same_work(entries: Iterable[Entry], marks: Iterable[tuple[str, str]]) -> tuple[Entry, str] | None:
    """The entry that has one of these identities, and the words for what they share."""
    wanted = dict(marks)
    for entry in entries:
        for mark, words in identities(entry.type, ((f.name, f.value) for f in entry.fields)):
            if mark in wanted:
                return entry, words
    return None


def alike(entries: Iterable[Entry], entry: Entry) -> list[Entry]:
    """The entries with nearly the same title and the same year."""
    from rapidfuzz import fuzz  # loaded only when an entry is added

    title, year = _telling(entry), _year(entry)
    near = (other for other in entries if title and _year(other) == year)
    return [other for other in near if fuzz.ratio(title, _telling(other), score_cutoff=_ALIKE)]


def _telling(entry: Entry) -> str:
    """The title without the words that a copy of it most often leaves out or changes."""
    return " ".join(word for word in words_of(text_of(entry.get("title"))) if word not in SMALL)


def _year(entry: Entry) -> str:
    match = re.search(r"\d{4}", entry.get("date") or entry.get("year"), re.A)
    return match[0] if match else ""
