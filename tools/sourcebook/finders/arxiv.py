"""An arXiv identifier, asked at arXiv's export API, which answers in Atom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..answers import Answer
from ..locators import is_arxiv
from ._days import iso_of
from ._found import Found, Refused, Request
from ._people import doubt_of, names_in_one
from ._plain import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

SERVICE = "https://export.arxiv.org"
_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?"
_ARXIV = re.compile(
    rf"(?:arxiv:\s*|(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)?({_ID})(?:\.pdf)?/?\Z",
    re.I,
)
_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"
_VERSION = re.compile(r"v\d+\Z")


def wanted(locator: str) -> str:
    """The identifier in a locator, with its version if one is asked for."""
    match = _ARXIV.match(locator)
    return match[1] if match and is_arxiv(match[1]) else ""


def request(base: str, wanted: str) -> Request:
    """Ask for the one record."""
    return Request(f"{base.rstrip('/')}/api/query?id_list={quote(wanted)}", "application/atom+xml")


def read(answer: Answer, wanted: str) -> Found | Refused:
    """Read the record. Without a version in the identifier, the date is that of the first one."""
    from lxml import etree  # loaded only when there is an answer to read

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        feed = etree.fromstring(answer.body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Refused("the answer is no Atom feed")
    entry = feed.find(f"{_ATOM}entry")
    if feed.tag != f"{_ATOM}feed":
        return Refused("the answer is no Atom feed")
    if entry is None or "/api/errors" in _text(entry, "id"):
        why = _text(entry, "summary") if entry is not None else ""
        return Refused(f"arXiv has no such record{f': {why[:100]}' if why else ''}")
    told = _text(entry, "id").rpartition("/abs/")[2]
    if _VERSION.sub("", told).lower() != _VERSION.sub("", wanted).lower():
        return Refused(f"the answer is about another record, {told[:50]!r}")
    return _found(entry, wanted)


def _found(entry: _Element, wanted: str) -> Found:
    authors, split = names_in_one([_text(author, "name") for author in entry.findall(f"{_ATOM}author")])
    category = entry.find(f"{_OWN}primary_category")
    versioned = _VERSION.search(wanted)
    fields = {
        "title": _text(entry, "title"),
        "eprint": wanted,
        "eprinttype": "arxiv",
        "eprintclass": plain(category.get("term")) if category is not None and "." in wanted else "",
        "date": iso_of(_text(entry, "updated" if versioned else "published")),
        "url": f"https://arxiv.org/abs/{wanted}",
    }
    doi = plain(entry.findtext(f"{_OWN}doi"))
    doubts = list(doubt_of(split))
    if doi:
        doubts.append(f"arXiv says that it was published as https://doi.org/{doi}: you may want to cite that")
    also = (("doi", f"10.48550/arxiv.{_VERSION.sub('', wanted)}"), *((("doi", doi),) if doi else ()))
    kept = tuple((name, value) for name, value in fields.items() if value)
    return Found("online", (("author", authors),) if authors else (), kept, tuple(doubts), also)


def _text(element: _Element, name: str) -> str:
    return plain(element.findtext(f"{_ATOM}{name}"))
