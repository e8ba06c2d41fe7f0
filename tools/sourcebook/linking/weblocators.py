"""All that a library can be asked about: the locators of its entries, and the links of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from ..linkrecords import Expected, Locator
from ..locators import is_url, locators_of, split_numbers
from ..model import Entry, Library, Place
from ..names import read_names
from ..tex import address_of, text_of

_DOI_URL = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(10\.\d{4,9}/\S+)", re.I)
_DOI_PREFIX = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/|doi:\s*", re.I)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")

# The registries of identifiers, each with the kind of locator that it knows.
HANDLES = "https://doi.org/api/handles/"
ISBNS = "https://openlibrary.org/isbn/"
ISSNS = "https://portal.issn.org/resource/ISSN/"
ARXIV = "https://arxiv.org/abs/"


def web_locators(library: Library) -> list[Locator]:
    """Every locator once, in the order of the addresses, with all places where it stands."""
    merged: dict[str, Locator] = {}
    for found in (*_of_entries(library), *_of_pages(library)):
        known = merged.get(found.address)
        merged[found.address] = _joined(known, found) if known else found
    return [merged[address] for address in sorted(merged)]


def _joined(one: Locator, two: Locator) -> Locator:
    titles = dict.fromkeys((*one.expected.titles, *two.expected.titles))
    names = dict.fromkeys((*one.expected.names, *two.expected.names))
    kind = two.kind if one.kind == "link" else one.kind
    places = tuple(dict.fromkeys((*one.places, *two.places)))
    keys = tuple(dict.fromkeys((*one.keys, *two.keys)))
    expected = Expected(tuple(titles), tuple(names))
    return Locator(one.address, one.ask, kind, places, keys, expected, one.day or two.day)


def entry_locators(entry: Entry) -> Iterator[Locator]:
    """The locators of one entry that can be asked; one that is not well formed is the business of a rule."""
    day = next((text for name in ("urldate", "date", "year") if (text := _day(entry.get(name)))), "")
    expected = Expected(tuple(_titles(entry)), tuple(_families(entry)))
    for name, address, ask, kind in addresses_of(entry):
        wants = expected if kind in {"url", "archiveurl"} else Expected()
        when = _day(entry.get("archivedate")) if name == "archiveurl" else day
        yield Locator(address, ask, kind, (entry.place_of(name),), (entry.key,), wants, when)


def addresses_of(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    """The field of each locator that can be asked, its name in the ledger, the address that is asked, and its kind."""
    for name in locators_of(entry):
        if made := _asked(entry, name):
            yield name, *made


def _asked(entry: Entry, name: str) -> tuple[str, str, str] | None:
    """The address in the ledger, the address to be asked, and the kind."""
    value = entry.get(name).strip()
    if name in {"isbn", "issn"}:  # of several, as databases write them, the first
        value = next(split_numbers(value), "")
    if name in {"url", "archiveurl"}:
        return _of_address(address_of(value), name)
    if name == "doi":
        return _of_doi(_DOI_PREFIX.sub("", address_of(value), count=1))
    if name == "isbn":
        number = re.sub(r"[\s-]", "", value.upper())
        return f"isbn:{number}", f"{ISBNS}{number}.json", "isbn"
    if name == "issn":
        digits = value.upper().replace("-", "")
        number = f"{digits[:4]}-{digits[4:]}"
        return f"issn:{number}", f"{ISSNS}{number}", "issn"
    if name == "eprint":
        address = (
            ARXIV + re.sub(r"(?i)^arxiv:", "", value).partition("[")[0].strip()
        )  # less its class, [cs.CL]
        return address, address, "eprint"
    return None  # a held copy lies with us


def _of_address(address: str, kind: str) -> tuple[str, str, str] | None:
    if not is_url(address):
        return None
    if doi := _DOI_URL.fullmatch(address):
        return address, _of_doi(doi[1])[1], "doi"
    return address, address, kind


def _of_doi(doi: str) -> tuple[str, str, str]:
    name = doi.lower()  # names of DOIs have no capitals that count
    return f"doi:{name}", HANDLES + quote(name, safe="/:;.,()-_~!*'=@+$&"), "doi"


def _of_entries(library: Library) -> Iterator[Locator]:
    for entry in library.entries:
        yield from entry_locators(entry)


def _of_pages(library: Library) -> Iterator[Locator]:
    for page in library.pages:
        for use in page.uses:
            if use.kind in {"link", "image", "definition"} and use.content[:8].lower().startswith(
                ("http://", "https://")
            ):
                place = Place(page.path, use.place.line, use.place.column)
                if made := _of_address(use.content, "link"):
                    yield Locator(*made, places=(place,))


def _titles(entry: Entry) -> Iterator[str]:
    title, subtitle = text_of(entry.get("title")), text_of(entry.get("subtitle"))
    if title and subtitle:
        yield f"{title}: {subtitle}"
    for text in (title, text_of(entry.get("maintitle")), text_of(entry.get("shorttitle"))):
        if text:
            yield text


def _families(entry: Entry) -> Iterator[str]:
    """The family names of persons; an organisation's is on its home page and on its error pages as well."""
    for field in ("author", "editor"):
        for name in read_names(entry.get(field)):
            if name.family and name.given and not name.whole:
                yield name.family


def _day(text: str) -> str:
    """The first date of a field, as exact as it is."""
    match = _DAY.match(text.strip())
    return match[0] if match else ""


def host_of(address: str) -> str:
    """The host of an address, in small letters; empty for what is no address."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
