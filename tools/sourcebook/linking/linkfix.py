"""What the ledger has learned, as fields of the entries: archive copies, whether a link is dead, new addresses."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from ..bibedit.fieldedit import address_value, set_fields
from ..linkrecords import Link
from ..locators import is_url
from ..model import Entry
from ..tex import address_of
from .verdicts import has_copy

KINDS = ("archives", "moved", "all")
_GONE = frozenset(("dead", "archived"))
_THERE = frozenset(("alive", "moved"))


def fields_to_set(entry: Entry, links: Mapping[str, Link], kind: str) -> dict[str, str]:
    """The fields of an entry that are to be set, none if all is well.

    kind: `archives` for archiveurl, archivedate and urlstatus; `moved` for a new url; `all` for both.
    """
    url = address_of(entry.get("url"))
    link = links.get(url)
    if link is None:
        return {}
    found: dict[str, str] = {}
    if kind in {"moved", "all"} and link.verdict == "moved" and is_url(link.final):
        found["url"] = address_value(link.final)
    if kind in {"archives", "all"}:
        found |= _archive_fields(entry, link, links)
    return {name: value for name, value in found.items() if entry.get(name) != value}


def _archive_fields(entry: Entry, link: Link, links: Mapping[str, Link]) -> dict[str, str]:
    named = address_of(entry.get("archiveurl"))
    known = links.get(named)
    is_lost = bool(named) and known is not None and known.verdict in {"dead", "drifted"}
    found: dict[str, str] = {}
    if link.copy and has_copy(link.copy) and link.copy.address != named and (not named or is_lost):
        found = {"archiveurl": address_value(link.copy.address), "archivedate": link.copy.day}
    if link.verdict in _GONE and (found or (named and not is_lost)):
        found["urlstatus"] = "dead"
    elif link.verdict in _THERE and entry.get("urlstatus").strip() == "dead":
        found["urlstatus"] = "alive"
    return found


def fixed(path: str, text: str, entries: Mapping[str, Mapping[str, str]]) -> str:
    """The text of a .bib file with the fields of its entries set; raises UsageError if one can't be set."""
    for key, values in entries.items():
        text = set_fields(path, text, key, values)
    return text


def diff_of(path: str, before: str, after: str) -> str:
    """The change to a file as a unified diff, which `git apply` takes."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{path}", f"b/{path}"
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
