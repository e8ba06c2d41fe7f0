"""A DOI, asked at doi.org by content negotiation: Crossref and DataCite answer it in CSL-JSON."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import msgspec

from ..answers import Answer
from ._csl import read_csl
from ._found import Found, Refused, Request

SERVICE = "https://doi.org"
FORM = "application/vnd.citationstyles.csl+json"
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:info:)?doi[:/ ]\s*)?(10\.\d{4,9}(?:\.\d+)*/\S+)\Z", re.I
)


def wanted(locator: str) -> str:
    """The DOI in a locator, in small letters, since capitals make no difference in it."""
    match = _DOI.match(locator)
    if match is None or len(locator) > 2000 or not locator.isprintable():
        return ""
    doi = match[1].lower()
    if "doi.org/" in locator.lower():
        doi = unquote(doi.partition("?")[0].partition("#")[0])
    return doi.rstrip(".,;") if not any(sign in doi for sign in '"{}\\') else ""


def request(base: str, wanted: str) -> Request:
    """Ask for the record of the DOI."""
    return Request(f"{base.rstrip('/')}/{quote(wanted, safe='/:;()._-')}", FORM)


def read(answer: Answer, wanted: str) -> Found | Refused:
    """Read the record; one that is of another DOI is refused."""
    try:
        work = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        form = answer.header("content-type").partition(";")[0] or "something unnamed"
        return Refused(f"the answer is no CSL-JSON but {form}")
    if not isinstance(work, dict):
        return Refused("the answer is no CSL-JSON record")
    found = read_csl(work)
    fields = dict(found.fields)
    if (told := fields.get("doi", wanted).lower()) != wanted:
        return Refused(f"the answer is about another DOI, {told[:100]}")
    fields["doi"] = wanted
    order = [name for name, _value in found.fields if name != "doi"]
    fields = {name: fields[name] for name in [*order, "doi"]}
    return Found(found.type, found.names, tuple(fields.items()), found.doubts, found.also)
