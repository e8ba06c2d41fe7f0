"""The ledger of links, `links.json` beside the bibliography: JSON, sorted, a field a line, each record with a sum.

A sum is the CRC-32 of the record with its address, so that every damaged byte is found, and two branches that asked
different locators can still be merged line by line. A ledger that is damaged is named and never mended silently.
While a command asks, its answers go to a journal (journal.py), which ends up here.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from ..errors import UsageError
from ..linkrecords import VERDICTS, Link

FORM = "sourcebook links"
VERSION = 1
_CURE = "take it from version control again, or delete it and ask everything anew"


def read_ledger(path: Path) -> dict[str, Link]:
    """The records by their addresses, none if there is no ledger.

    Raises UsageError if the ledger can't be read, is damaged, or was written by a later version.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{path} can't be read: {why}; {_CURE}") from error
    if any(mark in text for mark in ("\n<<<<<<< ", "\n>>>>>>> ")):
        cure = "each record is whole in itself: keep either side of each conflict"
        raise UsageError(f"{path} has the marks of an unfinished merge; {cure}")
    try:
        return _read(path, text)
    except _TwiceError as error:
        raise UsageError(f"{path} is damaged: {error} stands twice; delete one of the two") from error
    except json.JSONDecodeError as error:
        raise UsageError(f"{path} is damaged at line {error.lineno}: {error.msg}; {_CURE}") from error
    except RecursionError as error:
        raise UsageError(f"{path} is damaged: too deep; {_CURE}") from error


def ledger_bytes(links: Mapping[str, Link]) -> bytes:
    """Write the ledger. The same records give the same bytes."""
    out = BytesIO()  # which gives its bytes away without a copy of them
    out.write(f'{{\n "form": "{FORM}",\n "version": {VERSION},\n "links": {{'.encode())
    for number, address in enumerate(sorted(links)):
        record = f"{_quoted(address)}: {_record_text(address, links[address])}"
        out.write(f"{',' if number else ''}\n  {record}".encode())
    out.write(b"\n }\n}\n" if links else b"}\n}\n")
    return out.getvalue()


def encoded(address: str, link: Link) -> dict[str, Any]:
    """A record as JSON data, with its sum."""
    data: dict[str, Any] = msgspec.to_builtins(link)
    data["verdict"] = link.verdict  # also where it is the default
    for change, kept in zip(data.get("history", ()), link.history, strict=True):
        change["verdict"] = kept.verdict
    return {**data, "sum": _sum(address, data)}


def decoded(address: str, data: Any) -> Link | None:
    """A record from JSON data; None if it is damaged."""
    if not isinstance(data, dict):
        return None
    given = {name: value for name, value in data.items() if name != "sum"}
    if data.get("sum") != _sum(address, given):
        return None
    try:
        link = msgspec.convert(given, Link)
    except msgspec.ValidationError:
        return None
    return link if link.verdict in VERDICTS else None


def _sum(address: str, data: Mapping[str, Any]) -> str:
    try:
        whole = json.dumps([address, data], sort_keys=True, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair, which we never write
        return ""
    return f"{zlib.crc32(whole):08x}"


def _record_text(address: str, link: Link) -> str:
    text = json.dumps(encoded(address, link), indent=1, sort_keys=True, ensure_ascii=False)
    return text.replace("\n", "\n  ")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class _TwiceError(ValueError):
    """A name stands twice in a JSON object, as it does after a careless merge."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_once)
_SPACE = re.compile(r"[ \t\n\r]*")


def _read(path: Path, text: str) -> dict[str, Link]:
    """Read record by record: as one tree, a ledger of 50,000 would take five times its place in memory."""
    head: dict[str, Any] = {}
    links: dict[str, Link] = {}

    def take_link(address: str, at: int) -> int:
        data, end = _DECODER.raw_decode(text, at)
        link = decoded(address, data)
        if address in links:
            raise _TwiceError(address)
        if link is None:
            cure = "delete the record, and it is asked anew"
            raise UsageError(f"{path} is damaged: the record of {address!r} does not fit its sum; {cure}")
        links[address] = link
        return end

    def take(name: str, at: int) -> int:
        if name in head:
            raise _TwiceError(name)
        if name == "links" and text[at : at + 1] == "{":
            if "version" in head:  # which stands before, unless somebody has sorted the names
                _see_that_ours(path, head)
            head[name] = links
            return _members(text, at, take_link)
        head[name], end = _DECODER.raw_decode(text, at)
        return end

    end = _space(text, _members(text, _space(text, 0), take))
    if end != len(text):
        raise json.JSONDecodeError("more behind the end", text, end)
    _see_that_ours(path, head)
    if head.keys() != {"form", "version", "links"} or not isinstance(head["links"], dict):
        raise UsageError(f"{path} is damaged: it must have form, version and links; {_CURE}")
    return links


def _members(text: str, at: int, take: Callable[[str, int], int]) -> int:
    """Walk over the members of an object and answer its end. take: is given a name and where its value begins."""
    if text[at : at + 1] != "{":
        raise json.JSONDecodeError("a brace is missing", text, at)
    at = _space(text, at + 1)
    if text[at : at + 1] == "}":
        return at + 1
    while True:
        name, at = _DECODER.raw_decode(text, at)
        at = _space(text, at)
        if not isinstance(name, str) or text[at : at + 1] != ":":
            raise json.JSONDecodeError("a name and a colon are missing", text, at)
        at = _space(text, take(name, _space(text, at + 1)))
        sign = text[at : at + 1]
        if sign == "}":
            return at + 1
        if sign != ",":
            raise json.JSONDecodeError("a comma or a brace is missing", text, at)
        at = _space(text, at + 1)


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _see_that_ours(path: Path, head: Mapping[str, Any]) -> None:
    if head.get("form") != FORM:
        raise UsageError(f'{path} is no ledger of links: "form" is not "{FORM}"; {_CURE}')
    version = head.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UsageError(f"{path} is damaged: its version is {version!r}; {_CURE}")
    if version > VERSION:
        known = f"this Sourcebook knows {VERSION} at most"
        raise UsageError(f"{path} has version {version}, and {known}; update Sourcebook")
