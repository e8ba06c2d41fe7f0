"""What a client shows of a work, field by field, against what its entry says. Shared by the tests and the sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sourcebook.model import Entry
from sourcebook.names import OTHERS, Name, read_names
from sourcebook.tex import address_of, text_of

MARK = "¦"
_LINE = re.compile(
    rf"(?:T (?P<t>.*?) {MARK} )?(?:A (?P<a>.*?) {MARK} )?(?:D (?P<d>.*?) {MARK} )?(?:U (?P<u>.*?) {MARK} )?E"
)
# Typographers turn quotes and apostrophes; whether they do is not the question here.
_TURNED = str.maketrans(dict.fromkeys('‘’“”´`"', "'") | dict.fromkeys("\u00a0\u2009\u202f", " "))


class Told(NamedTuple):
    """Title, family names, first date and address of a work, each as far as there is one."""

    title: str
    names: tuple[str, ...]
    date: str
    address: str


def plain(text: str) -> str:
    """A text with its white space and its quotes made alike."""
    return " ".join(text.translate(_TURNED).split())


def told_by(entry: Entry, is_bib: bool = False) -> Told:
    """What an entry says, read from its own fields alone. A .bib file keeps a dead address, with its copy beside."""
    title = text_of(entry.get("title"))
    if subtitle := text_of(entry.get("subtitle")):
        title = f"{title}: {subtitle}"
    names = tuple(plain(shown(name)) for name in read_names(entry.get("author")))
    months = {"March": "03"}
    old = "-".join(
        filter(None, (entry.get("year"), months.get(entry.get("month")), entry.get("day").zfill(2)))
    )
    date = entry.get("date") or old.strip("-0")
    first = re.match(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?", date)
    is_dead = not is_bib and entry.get("urlstatus") == "dead" and entry.get("archiveurl")
    address = entry.get("archiveurl") if is_dead else entry.get("url") or entry.get("archiveurl")
    return Told(
        plain(title),
        names,
        first[0] if first else "",
        address_of(address).replace("{", "%7B").replace("}", "%7D"),
    )


def shown(name: Name) -> str:
    """A name as the style of `clients/fields.csl` shows it: family name first."""
    if name.whole or name.family == OTHERS:
        return name.shown
    return ", ".join(
        filter(None, (name.family, " ".join(filter(None, (name.given, name.particle))), name.suffix))
    )


def told_in(line: str) -> Told:
    """What a client printed by the style of `clients/fields.csl`."""
    match = _LINE.fullmatch(line.strip())
    assert match, line
    names = tuple(filter(None, re.split(r"; (?:and )?| and ", plain(match["a"] or ""))))
    return Told(
        plain(match["t"] or ""),
        names,
        match["d"] or "",
        (match["u"] or "").replace("{", "%7B").replace("}", "%7D"),
    )


def differences(wanted: Mapping[str, Told], got: Mapping[str, Told], date_length: int = 10) -> list[str]:
    """In words what did not arrive; empty if every work arrived whole."""
    out = [f"{key}: {'missing' if key in wanted else 'not asked for'}" for key in sorted({*wanted} ^ {*got})]
    for key in wanted.keys() & got.keys():
        ours, theirs = wanted[key], got[key]
        if ours.title != theirs.title:
            out.append(f"{key}: title {ours.title!r} became {theirs.title!r}")
        if families(ours.names) != families(theirs.names):
            out.append(f"{key}: names {ours.names} became {theirs.names}")
        if not all(part in theirs.date for part in ours.date[:date_length].split("-")):
            out.append(f"{key}: date {ours.date!r} became {theirs.date!r}")
        if ours.address != theirs.address:
            out.append(f"{key}: address {ours.address!r} became {theirs.address!r}")
    return sorted(out)


def families(names: Iterable[str]) -> list[str]:
    """The letters of each name, sorted: clients differ in where they put its parts, and what between them."""
    return ["".join(sorted(re.findall(r"\w", name))) for name in names]
