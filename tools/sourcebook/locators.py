"""Whether an entry says where the work is: the ladder of locators of docs/manual/specification.md."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .model import Entry

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+\Z", re.I)
_ARXIV = re.compile(r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\Z", re.I)
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
# What nearly every address looks like; the standard library takes ten times as long to say the same.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][!#-;=?-~]*)?\Z")
_UNFIT = re.compile(r"[\s<>\"]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\Z")


def locators_of(entry: Entry) -> list[str]:
    """The names of the fields by which the work can be found, the public ones first. None means: unlocated."""
    given = {field.name for field in entry.fields}
    found: list[str] = [name for name in ("url", "archiveurl") if name in given and is_url(entry.get(name))]
    if given.isdisjoint({"doi", "isbn", "issn", "eprint", "sha256"}):
        return found
    if _DOI.match(entry.get("doi").strip()):
        found.append("doi")
    if is_isbn(entry.get("isbn")):
        found.append("isbn")
    if is_issn(entry.get("issn")) and entry.get("volume") and (entry.get("number") or entry.get("issue")):
        found.append("issn")
    if entry.get("eprinttype").lower() in {"", "arxiv"} and _ARXIV.match(entry.get("eprint").strip()):
        found.append("eprint")
    if is_held(entry):
        found.append("sha256")
    return found


def is_public(entry: Entry) -> bool:
    """Whether the entry resolves publicly: by something else than a held copy."""
    return any(name != "sha256" for name in locators_of(entry))


def is_held(entry: Entry) -> bool:
    """Whether the entry pins a held copy by its SHA-256."""
    return bool(_SHA256.match(entry.get("sha256").strip()))


def is_url(text: str) -> bool:
    """Whether a text is an address with http or https, a host name, and no blanks or credentials."""
    if _PLAIN_URL.match(text):
        return True
    text = text.strip().replace("\\", "")
    if not text.isprintable() or _UNFIT.search(text):
        return False
    try:
        parts = urlsplit(text)
        host, user, _port = parts.hostname, parts.username, parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and user is None and bool(host and _HOST.match(host))


def is_issn(text: str) -> bool:
    """Whether a text is an ISSN with its right check digit (ISO 3297: weights 8 to 2, modulo 11)."""
    digits = text.strip().upper().replace("-", "")
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return (11 - total % 11) % 11 == _digit(digits[7])


def is_isbn(text: str) -> bool:
    """Whether a text is an ISBN-10 or ISBN-13 with its right check digit (ISO 2108)."""
    digits = re.sub(r"[\s-]", "", text.upper())
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum(_digit(d) * weight for d, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits)) % 10 == 0
    return False


def _digit(char: str) -> int:
    return 10 if char == "X" else int(char)
