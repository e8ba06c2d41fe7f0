"""Putting an entry into a .bib file: at its place in the order of keys, and no other byte is touched."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right

from msgspec.structs import replace

from ..bibtex import read_bibliography
from ..errors import UsageError
from ..model import Bibliography, Entry

_LINE = re.compile(r"\r\n|\r|\n")


def insert_entry(path: str, data: bytes, text: str) -> tuple[bytes, int]:
    """The file with the entry in it, and the line on which it begins.

    The entry stands behind the last one with a smaller key, where the file is sorted; else, at the end. What stands
    above another entry, comments and waivers, stays above it. Raises UsageError for a file that is not UTF-8, and for
    one in which the entry would change how another is read.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        before = data[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8 first") from error
    bibliography = read_bibliography(path, before)
    (entry,) = read_bibliography(path, text).entries
    offset = _offset(before, bibliography, entry.key)
    end = next(iter(_LINE.findall(before)), "\n")
    lead, tail = _gaps(before, offset)
    block = (lead + text.rstrip("\n") + tail).replace("\n", end)
    after = before[:offset] + block + before[offset:]
    line = len(_LINE.findall(before[:offset])) + lead.count("\n") + 1
    if _told(read_bibliography(path, after)) != _told(_with(bibliography, entry)):
        raise UsageError(
            f"{path}: an entry can't be put in safely: `sourcebook check` says what is broken there"
        )
    return mark + after.encode("utf-8"), line


def _offset(text: str, bibliography: Bibliography, key: str) -> int:
    """Where the entry is to begin: behind another, before the first one with what stands above that, or at the end."""
    entries = bibliography.entries
    keys = [entry.key.casefold() for entry in entries]
    number = bisect_right(keys, key.casefold())
    starts = [0, *(match.end() for match in _LINE.finditer(text)), len(text)]
    if keys != sorted(keys) or not entries:
        # A waiver at the end, that holds for nothing, must not come to hold for this one.
        idle = [waiver.place.line for waiver in bibliography.waivers if not waiver.first]
        return _above(text, starts, min(idle)) if idle else len(text)
    if number:
        place = entries[number - 1].place
        offset = starts[place.end_line - 1] + place.end_column - 1
        rest = text[offset : starts[place.end_line]]
        return offset if "@" in rest else offset + len(rest.rstrip("\r\n"))
    held = [waiver.place.line for waiver in bibliography.waivers if waiver.first == entries[0].place.line]
    return _above(text, starts, min([entries[0].place.line, *held]))


def _above(text: str, starts: list[int], line: int) -> int:
    """Where the lines begin that stand above a line without a blank one between."""
    while line > 1 and text[starts[line - 2] : starts[line - 1]].strip():
        line -= 1
    return starts[line - 1]


def _gaps(text: str, offset: int) -> tuple[str, str]:
    """The line ends before and behind the entry, so that a blank line parts it from what is there."""
    above, below = text[:offset], text[offset:]
    behind = _LINE.findall(above[len(above.rstrip()) :]) if above.strip() else ["", ""]
    ahead = _LINE.findall(below[: len(below) - len(below.lstrip())])
    lead = "\n" * max(0, 2 - len(behind)) if above.strip() else ""
    if not below.strip():
        return lead, "" if ahead else "\n"
    return lead, "\n" * max(0, 2 - len(ahead))


def _with(bibliography: Bibliography, entry: Entry) -> Bibliography:
    return replace(bibliography, entries=(*bibliography.entries, entry))


def _told(bibliography: Bibliography) -> tuple[object, ...]:
    """What a file says, wherever in it: entries, waivers with what they hold for, and what can't be read."""
    entries = sorted((e.key, e.type, [(f.name, f.value) for f in e.fields]) for e in bibliography.entries)
    by_line = {entry.place.line: entry.key for entry in bibliography.entries}
    waivers = [(w.rule, w.reason, by_line.get(w.first)) for w in bibliography.waivers]
    unread = sorted((fault.key, _without_lines(fault.message)) for fault in bibliography.unread)
    return entries, waivers, unread, sorted(bibliography.broken)


def _without_lines(message: str) -> str:
    return re.sub(r"line \d+(?:, column \d+)?", "", message)
