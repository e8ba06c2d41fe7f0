"""Reading .bib files: every entry with the line and column of each field, in one pass.

The grammar is that of BibTeX as pybtex reads it, with one law more, which makes faults local: an @ at the start of a
line, followed by a word and a brace, begins an entry. So one broken entry never hides the next. pybtex itself gives
no positions and stops or drops the rest at a fault; it stays in use for rendering.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from .bibvalues import MOST_CHARACTERS, BrokenError, Strings, read_braced, read_value
from .entrytypes import REQUIRED
from .model import Bibliography, Entry, Fault, Field, Place, Use, Waiver
from .offsets import Offsets
from .scan import character_uses

_ENTRY = re.compile(r"@[ \t]*(?P<type>[A-Za-z]+)\s*[{(]")
_KEY = re.compile(r"\s*(?P<key>[^\s,{}()\"=#%@]+)\s*(?=[,})])")
_KEY_ALONE = re.compile(r"\s*(?P<key>[^\s,{}()\"=#%@]+)(?=\s+[\w-]+\s*=)")
_FIELD = re.compile(r"\s*(?P<name>[^\s=,{}()\"#%@]+)\s*=\s*")
_NEXT = re.compile(r"\s*(?P<mark>[,})]?)")
_CLOSE = re.compile(r"\s*,?\s*[})]")
# An entry as programs write it, a field a line: read at one stroke, in a third of the time.
_KEY_LINE = re.compile(r"([^\s,{}()\"=#%@]+),[ \t]*\n")
_FIELD_LINE = re.compile(
    r"^([ \t]*)([A-Za-z][\w:+-]*)[ \t]*=[ \t]*"
    r"(?:\{([^{}\n]*(?:\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}[^{}\n]*)*)\}|\"([^{}\"\n]*)\"|([^\s,{}()\"#=]+))"
    r"[ \t]*(?:,[ \t]*$|\Z)",
    re.M,
)
_WAIVER = re.compile(r"^[ \t]*%\s*allow\s+(?P<rule>[^\s:]+)\s*(?::[ \t]*(?P<reason>[^\n]*))?$", re.M)
_REMAINDER = re.compile(r"^[ \t]*(?:[\w-]+\s*=|\})", re.M)
_TYPES = "|".join(sorted(REQUIRED, key=len, reverse=True))
_HEADLESS = re.compile(
    rf"^[ \t]*(?:@[ \t]*(?:(?:{_TYPES})[ \t]*|[A-Za-z]+[ \t]+)|[A-Za-z]+[ \t]*\{{[ \t]*)(?P<key>[^\s,{{}}()=]+)[ \t]*,",
    re.M | re.I,
)
_COMMENTED = re.compile(r"%[^\n]*?(?P<entry>@[ \t]*[A-Za-z]+\s*[{(]\s*[^\s,{}()]+\s*,)")
_LINE = re.compile(r"[^\n]+")
_WITHIN = re.compile(r"@[ \t]*[A-Za-z]+\s*[{(]\s*(?P<key>[^\s,{}()\"=#%@]+)\s*,")
_NOT_ENTRIES = frozenset(("comment", "preamble", "string"))


class _Names(dict[str, str]):
    """Names in small letters, each made once: half of what a file says is names of fields."""

    def __missing__(self, name: str) -> str:
        small = self[name] = name.lower()
        return small


@dataclass(slots=True)
class _Reader(Offsets):
    strings: Strings = field(default_factory=lambda: Strings(0))
    entries: list[Entry] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    uses: list[Use] = field(default_factory=list)
    names: _Names = field(default_factory=_Names)


def read_bibliography(path: str, text: str) -> Bibliography:
    """Read a .bib file. Faults are in the answer; none is raised."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader(path, text, strings=Strings(len(text)))
    marks = list(_marks(text))
    heads = [match.start() for match, begins_line, _ in marks if begins_line]
    heads.append(len(text))
    position, following, last, hidden = 0, 0, "", False
    for match, begins_line, commented in marks:
        start = match.start()
        following += begins_line  # heads[following] is where the next entry begins that begins a line
        if start < position:
            continue
        _between(reader, position, start, last, hidden)
        hidden = commented
        if commented:
            position, last = _commented(reader, match), ""
        else:
            position, last = _read_one(reader, match, heads[following])
    _between(reader, position, len(text), last, hidden)
    return Bibliography(
        path,
        tuple(reader.entries),
        tuple(sorted(reader.unread, key=lambda fault: fault.place)),
        frozenset(reader.broken),
        tuple(_waivers(reader)) if "allow" in text else (),
        # A tab is as good as a blank here, and a file without either is told ten times faster.
        (*reader.uses, *character_uses(path, text.replace("\t", " "))),
    )


def _marks(text: str) -> Iterator[tuple[re.Match[str], bool, bool]]:
    """Each @ that a word and a brace follow, whether it begins its line, and whether a % stands before it there."""
    before, commented = -1, False
    for match in _ENTRY.finditer(text):
        start = match.start()
        if text.startswith("\n", start - 1) or start == 0:  # the usual case
            commented, begins_line = False, True
        else:
            newline = text.rfind("\n", max(before, 0), start)
            lead = text[max(newline, before) + 1 : start]
            same_line = newline < 0 <= before
            commented = "%" in lead or (same_line and commented)
            begins_line = not same_line and not lead.strip(" \t")
        yield match, begins_line, commented
        before = start


def _commented(reader: _Reader, match: re.Match[str]) -> int:
    """A percent sign hides nothing in BibTeX: the build would publish such an entry. Prose with an @ is left alone."""
    line_start = reader.text.rfind("\n", 0, match.start()) + 1
    if _COMMENTED.match(reader.text, reader.text.index("%", line_start)):
        cure = "delete the entry, or turn its @ into something else"
        fault = Fault(
            reader.place(match.start(), match.end()), "a % does not comment out an entry in BibTeX", cure
        )
        reader.unread.append(fault)
    return match.end()


def _read_one(reader: _Reader, match: re.Match[str], limit: int) -> tuple[int, str]:
    """Read what begins at an @; answers where to go on, and the key of the entry that was just read."""
    kind = reader.names[match["type"]]
    if kind == "comment":
        try:
            return read_braced(reader.text, match.end(), limit)[1], ""
        except BrokenError:
            return limit, ""
    if end := _read_regular(reader, match, kind, limit):
        return end, reader.entries[-1].key
    key_match = _KEY.match(reader.text, match.end(), limit)
    key = key_match["key"] if key_match and kind not in _NOT_ENTRIES else ""
    try:
        if kind == "preamble":
            _value, end = read_value(reader.text, match.end(), limit, reader.strings)
            return _close(reader.text, end, limit), ""
        if kind == "string":
            return _read_string(reader, match.end(), limit), ""
        if key_match is None and (alone := _KEY_ALONE.match(reader.text, match.end(), limit)):
            key = alone["key"]
            raise BrokenError("a comma is missing behind the key", alone.end())
        if key_match is None:
            raise BrokenError("no citation key behind the brace", match.end())
        start = reader.position(match.start())
        fields, end = _read_fields(reader, key_match.end(), limit)
    except BrokenError as error:
        _note_broken(reader, match, limit, kind, key, error)
        return limit, ""
    place = Place(reader.path, *start, *reader.position(end))
    reader.entries.append(Entry(key, kind, tuple(fields), place))
    return end, key


def _read_regular(reader: _Reader, match: re.Match[str], kind: str, limit: int) -> int:
    """Read an entry that has each field on a line of its own, if it is one; answers where it ends, or 0."""
    text = reader.text
    key = _KEY_LINE.match(text, match.end(), limit)
    end = text.find("\n}", key.end(), limit) if key else -1
    if key is None or end < 0 or end - key.end() > MOST_CHARACTERS or kind in _NOT_ENTRIES:
        return 0
    rows = _FIELD_LINE.findall(text, key.end(), end)
    if len(rows) != text.count("\n", key.end(), end) + 1:
        return 0
    line, column = reader.position(match.start())
    first, names = line + text.count("\n", match.start(), key.end()), reader.names
    try:
        fields = tuple(
            [
                Field(
                    names[name],
                    braced or quoted or (bare and reader.strings.expand(bare, end)),
                    number,
                    len(indent) + 1,
                )
                for number, (indent, name, braced, quoted, bare) in enumerate(rows, first)
            ]
        )
    except BrokenError:  # the careful way says where
        return 0
    place = Place(reader.path, line, column, first + len(rows), 2)
    reader.entries.append(Entry(key[1], kind, fields, place))
    return end + 2


def _note_broken(
    reader: _Reader, match: re.Match[str], limit: int, kind: str, key: str, error: BrokenError
) -> None:
    line, column = reader.position(error.offset)
    named = f"@{kind}{{{key}}}" if key else f"@{kind}"
    end = match.start() + len(reader.text[match.start() : limit].rstrip())
    message = f"{named} can't be read: {error} (line {line}, column {column})"
    cure = "see that each brace and quote is closed and that a comma ends each field"
    hidden = [inner["key"] for inner in _WITHIN.finditer(reader.text, match.end(), limit)]
    if hidden:
        message += f"; nor can what stands on its lines: {', '.join(hidden[:5])}"
    reader.unread.append(Fault(reader.place(match.start(), end), message, cure, key=key))
    reader.broken.update(name for name in (key, *hidden) if name)


def _read_fields(reader: _Reader, position: int, limit: int) -> tuple[list[Field], int]:
    text = reader.text
    fields: list[Field] = []
    while True:
        following = _NEXT.match(text, position, limit)
        assert following is not None
        if following["mark"] in {"}", ")"}:
            return fields, following.end()
        if following["mark"] != ",":
            raise BrokenError(_wrong(text, following.end(), limit), following.end())
        position = following.end()
        match = _FIELD.match(text, position, limit)
        if match is None:
            end = _NEXT.match(text, position, limit)
            assert end is not None
            if end["mark"] in {"}", ")"}:
                return fields, end.end()
            raise BrokenError("a field needs a name, = and a value", end.end())
        value, position = read_value(text, match.end(), limit, reader.strings)
        fields.append(Field(reader.names[match["name"]], value, *reader.position(match.start("name"))))


def _wrong(text: str, position: int, limit: int) -> str:
    if position >= limit:
        return "a brace is not closed"
    return "a comma is missing" if text[position].isalpha() else f"{text[position]!r} is not expected here"


def _read_string(reader: _Reader, position: int, limit: int) -> int:
    match = _FIELD.match(reader.text, position, limit)
    if match is None:
        raise BrokenError("a string needs a name, = and a value", position)
    value, end = read_value(reader.text, match.end(), limit, reader.strings)
    reader.strings.values[match["name"].lower()] = value
    return _close(reader.text, end, limit)


def _close(text: str, position: int, limit: int) -> int:
    match = _CLOSE.match(text, position, limit)
    if match is None:
        raise BrokenError("a brace is not closed", position)
    return match.end()


def _between(reader: _Reader, start: int, end: int, last: str, hidden: bool) -> None:
    """Text between entries is a comment. But an entry may have lost its brace or its @, or closed too early.

    last: the key of the entry before; hidden: a line commented out goes on here.
    """
    if start >= end or reader.text[start:end].isspace():
        return
    headless = _HEADLESS.search(reader.text, start, end)
    if headless is not None:
        message = f"{headless.group().strip()!r} begins no entry: an @ or a brace is missing"
        place = reader.place(headless.end() - len(headless.group().lstrip()), headless.end())
        cure = "write @type{key,"
        reader.unread.append(Fault(place, message, cure, key=headless["key"]))
        reader.broken.add(headless["key"])
    rest = _REMAINDER.search(reader.text, start, headless.start() if headless else end) if last else None
    if rest is not None:
        _closed_early(reader, rest.end() - 1)
    elif headless is None and not hidden:
        _note_stray(reader, start, end)


def _closed_early(reader: _Reader, offset: int) -> None:
    entry = reader.entries.pop()
    line = reader.position(offset)[0]
    message = f"@{entry.type}{{{entry.key}}} closes too early: more of it stands behind its last brace (line {line})"
    cure = "see that each brace that closes has one that opens"
    place = Place(reader.path, entry.place.line, entry.place.column, line, 1)
    reader.unread.append(Fault(place, message, cure, key=entry.key))
    reader.broken.add(entry.key)


def _note_stray(reader: _Reader, start: int, end: int) -> None:
    """Note the first line between two entries that is neither blank nor a comment, and has a letter or a digit."""
    for match in _LINE.finditer(reader.text, start, end):
        line = match[0].strip()
        if not line.startswith("%") and any(map(str.isalnum, line)):
            begin = match.end() - len(match[0].lstrip())
            reader.uses.append(Use("stray", "", line, reader.place(begin, begin + len(line))))
            return


def _waivers(reader: _Reader) -> Iterator[Waiver]:
    """A waiver is a comment line above an entry, and holds for that entry."""
    lines = [entry.place.line for entry in reader.entries]
    for match in _WAIVER.finditer(reader.text):
        line, column = reader.position(match.end() - len(match[0].lstrip()))
        following = bisect_right(lines, line)
        entry = reader.entries[following] if following < len(lines) else None
        first, last = (entry.place.line, entry.place.end_line) if entry else (0, 0)
        place = Place(reader.path, line, column)
        yield Waiver(match["rule"], (match["reason"] or "").strip(), place, first, last)
