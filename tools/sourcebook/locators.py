"""Whether an entry says where the work is: the ladder of locators of docs/manual/specification.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from .model import Entry

# A registrant may have parts of its own; what follows the stroke is free, but for blanks (DOI Handbook, 2.2).
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)*(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f]+)\Z",
    re.I,
)
# Year and month, then a number of four or five digits; before April 2007 an archive and seven digits.
_ARXIV = re.compile(
    r"(?:arxiv:)?(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]+(?:\.[a-z-]{2,})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})"
    r"(?:v[0-9]+)?(?:\s*\[[\w.-]+\])?\Z",
    re.I,
)
_ORCID = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?([0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X])\Z", re.I
)
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
# What nearly every address looks like; the standard library takes ten times as long to say the same.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][!#-;=?-~]*)?\Z")
_UNFIT = re.compile(r"[\s<>\"]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\Z")


def locators_of(entry: Entry) -> list[str]:
    """The names of the fields by which the work can be found, the public ones first. None means: unlocated."""
    given = {field.name for field in entry.fields}
    found: list[str] = [
        name for name in ("url", "archiveurl") if name in given and is_address(entry.get(name))
    ]
    if given.isdisjoint({"doi", "isbn", "issn", "eprint", "sha256"}):
        return found
    if "doi" in given and _DOI.match(entry.get("doi").strip()):
        found.append("doi")
    if "isbn" in given and any(map(is_isbn, split_numbers(entry.get("isbn")))):
        found.append("isbn")
    if "issn" in given and is_numbered(entry):
        found += ["issn"] if any(map(is_issn, split_numbers(entry.get("issn")))) else []
    if (
        "eprint" in given
        and entry.get("eprinttype").lower() in {"", "arxiv"}
        and is_arxiv(entry.get("eprint"))
    ):
        found.append("eprint")
    if is_held(entry):
        found.append("sha256")
    return found


def is_public(entry: Entry) -> bool:
    """Whether the entry resolves publicly: by something else than a held copy."""
    return any(name != "sha256" for name in locators_of(entry))


def is_numbered(entry: Entry) -> bool:
    """Whether an entry names the volume and the number of a periodical, which its ISSN alone does not."""
    return bool(entry.get("volume") and (entry.get("number") or entry.get("issue")))


def is_held(entry: Entry) -> bool:
    """Whether the entry pins a held copy by its SHA-256."""
    return is_sha256(entry.get("sha256"))


def is_sha256(text: str) -> bool:
    """Whether a text is a SHA-256 as sha256sum prints it: sixty-four figures and small letters from a to f."""
    return bool(_SHA256.match(text.strip()))


def is_address(field: str) -> bool:
    """Whether a field holds an address that can be made a link, once what exporters escape for TeX is undone."""
    if _PLAIN_URL.match(field) and "\\" not in field:
        return True
    from .tex import address_of, is_linkable  # loaded only for what looks unusual

    return is_linkable(address_of(field))


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


def bare_doi(text: str) -> str:
    """The DOI in a text, without the address of a resolver or a prefix; empty if the text is none."""
    text = unquote(text) if "%2f" in text.lower() else text
    match = _DOI.match(text.strip())
    return match[1] if match else ""


def is_arxiv(text: str) -> bool:
    """Whether a text is an identifier of arXiv, of the old or the new kind, its class perhaps in brackets behind it."""
    return bool(_ARXIV.match(text.strip()))


def is_orcid(text: str) -> bool:
    """Whether a text is an ORCID with its right check digit (ISO 7064, MOD 11-2)."""
    match = _ORCID.match(text.strip())
    if match is None:
        return False
    digits = match[1].replace("-", "").upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return (12 - total % 11) % 11 == _digit(digits[-1])


def split_numbers(text: str) -> Iterator[str]:
    """The ISBN or ISSN of a field, its digits perhaps with blanks between them, or several as databases write them.

    A remark in brackets, such as (print), is no part of a number.
    """
    for part in re.split(r"[,;/]|\band\b", re.sub(r"\([^()]*\)", " ", text) if "(" in text else text):
        words = part.split()
        yield from words if all(len(word) > 7 for word in words) else [part.strip()] if words else []


def is_issn(text: str) -> bool:
    """Whether a text is an ISSN with its right check digit (ISO 3297: weights 8 to 2, modulo 11)."""
    digits = text.strip().upper().replace("-", "")
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return (11 - total % 11) % 11 == _digit(digits[7])


def is_isbn(text: str) -> bool:
    """Whether a text is an ISBN-10 or ISBN-13 with its right check digit (ISO 2108)."""
    digits = re.sub(r"[\s-]", "", text.upper())
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return sum(_digit(d) * weight for d, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits)) % 10 == 0
    return False


def _digit(char: str) -> int:
    return 10 if char == "X" else int(char)
