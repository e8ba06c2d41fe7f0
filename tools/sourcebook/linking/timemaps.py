"""What web archives say of their copies: the Wayback Machine's two interfaces, and Memento's TimeMaps (RFC 7089).

Everything here is read with distrust: an answer of another form than the documented one is None, "unknown", and not
"no copy". A copy is taken only if it lies where the archive keeps its copies, is of the address that was asked for,
has a date that can be, and was a page when it was made.
"""

from __future__ import annotations

import calendar
import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..model import Record

_LINK = re.compile(r"<([^<>\s]{1,4000})>((?:\s*;\s*[\w-]+\s*=\s*(?:\"[^\"]*\"|[^\s,;\"]+))*)")
_PARAMETER = re.compile(r";\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))")
_COPY = re.compile(r"(\d{14})(?:[a-z]{2}_)?/(\S+)")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")
_OLDEST = "19900101000000"  # before this there was no Web


class Archive(Record, frozen=True):
    """A web archive: where it is asked, and the beginning of the addresses of its copies. Empty is what it hasn't."""

    name: str
    copies: str
    available: str = ""
    cdx: str = ""
    timemap: str = ""
    save: str = ""


WAYBACK = Archive(
    "the Wayback Machine",
    copies="https://web.archive.org/web/",
    available="https://archive.org/wayback/available",
    cdx="https://web.archive.org/cdx/search/cdx",
    timemap="https://web.archive.org/web/timemap/link/",
    save="https://web.archive.org/save/",
)
ARQUIVO = Archive(
    "Arquivo.pt", copies="https://arquivo.pt/wayback/", timemap="https://arquivo.pt/wayback/timemap/link/"
)
ARCHIVES = (WAYBACK, ARQUIVO)


class Dated(Record, frozen=True, order=True):
    """An archive's copy: its time as 14 digits, in UTC, and its address."""

    stamp: str
    address: str

    @property
    def day(self) -> str:
        """The day on which it was made, as `2021-12-03`."""
        return f"{self.stamp[:4]}-{self.stamp[4:6]}-{self.stamp[6:8]}"


def stamp_of(day: str, now: datetime) -> str:
    """The last moment of a day, month or year as 14 digits; now, for what is none."""
    match = _DAY.match(day.strip())
    if match is None:
        return now.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    year, month = int(match[1]), min(max(int(match[2] or 12), 1), 12)
    last = calendar.monthrange(year, month)[1] if year else 31
    return f"{match[1]}{month:02}{min(int(match[3] or last), last) or 1:02}235959"


def available_query(archive: Archive, url: str, stamp: str) -> str:
    """The address at which the availability interface is asked for the copy closest to a moment."""
    return f"{archive.available}?url={quote(url, safe='')}&timestamp={stamp}"


def cdx_query(archive: Archive, url: str, stamp: str, before: bool) -> str:
    """The address at which the CDX server is asked for the last copy before a moment, or the first one after it."""
    when = f"to={stamp}&limit=-1" if before else f"from={stamp}&limit=1"
    fields = "&output=json&fl=timestamp,original,statuscode&filter=statuscode:200&"
    return f"{archive.cdx}?url={quote(url, safe='')}{fields}{when}"


def timemap_query(archive: Archive, url: str) -> str:
    """The address of the list of all copies of an address."""
    return archive.timemap + url


def read_available(archive: Archive, url: str, body: bytes, now: datetime) -> list[Dated] | None:
    """Read what the availability interface says; no copy is an empty list, what can't be understood is None."""
    data = _json(body)
    snapshots = data.get("archived_snapshots") if isinstance(data, dict) else None
    if not isinstance(snapshots, dict):
        return None
    if not snapshots:
        return []
    closest = snapshots.get("closest")
    if not isinstance(closest, dict) or not isinstance(closest.get("url"), str):
        return None
    if closest.get("available") is not True or str(closest.get("status")) != "200":
        return []
    copy = copy_at(archive, url, closest["url"], now)
    return [copy] if copy and closest.get("timestamp") == copy.stamp else None


def read_cdx(archive: Archive, url: str, body: bytes, now: datetime) -> list[Dated] | None:
    """Read the rows of the CDX server; no copy is an empty list, what can't be understood is None."""
    data = _json(body)
    if not isinstance(data, list):
        return [] if not body.strip() else None  # it answers nothing at all where it has nothing
    if not data:
        return []
    if data[0] != ["timestamp", "original", "statuscode"]:
        return None
    found: list[Dated] = []
    for row in data[1:]:
        if not (isinstance(row, list) and len(row) == 3 and all(isinstance(cell, str) for cell in row)):
            return None
        if row[2] == "200" and (copy := copy_at(archive, url, f"{archive.copies}{row[0]}/{row[1]}", now)):
            found.append(copy)
    return sorted(found)


def read_timemap(archive: Archive, url: str, text: str, now: datetime) -> list[Dated] | None:
    """Read a TimeMap in link-format; no memento is an empty list, what is no TimeMap is None."""
    found: list[Dated] = []
    is_map = False
    for match in _LINK.finditer(text):
        values = {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _PARAMETER.finditer(match[2])}
        relations = values.get("rel", "").split()
        is_map = is_map or "original" in relations or "memento" in relations
        if "memento" in relations and _is_date(values.get("datetime", "")):
            copy = copy_at(archive, url, match[1], now)
            found += [copy] if copy else []
    return sorted(found) if is_map else None


def copy_at(archive: Archive, url: str, address: str, now: datetime) -> Dated | None:
    """The copy at an address; None if it is not where the archive keeps copies, or not of this page, or of no date."""
    place = re.sub(r"(?i)^http:", "https:", address) if archive.copies.startswith("https:") else address
    if not place.startswith(archive.copies) or not place.isprintable():
        return None
    match = _COPY.fullmatch(place, len(archive.copies))
    if match is None or not _is_stamp(match[1], now) or not is_same_page(url, match[2]):
        return None
    return Dated(match[1], place)


def nearest(copies: list[Dated], stamp: str) -> Dated | None:
    """The last copy that was made before a moment; where there is none, the first one after it."""
    before = [copy for copy in copies if copy.stamp <= stamp]
    return max(before) if before else min(copies, default=None)


def is_same_page(one: str, two: str) -> bool:
    """Whether two addresses differ in nothing but scheme, `www.`, port 80 or 443, fragment, and the last stroke."""
    try:
        return _page(one) == _page(two)
    except ValueError:
        return False


def _page(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address if "://" in address else f"http://{address}")
    if parts.scheme not in {"http", "https"}:
        raise ValueError(address)
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    host = (parts.hostname or "").removeprefix("www.") + port
    return host, unquote(parts.path).rstrip("/"), unquote(parts.query)


def _is_stamp(stamp: str, now: datetime) -> bool:
    try:
        when = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return False
    return stamp >= _OLDEST and when <= now + timedelta(days=1)


def _is_date(text: str) -> bool:
    try:
        parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return False
    return True


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
