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

from .entrytypes import REQUIRED
from .model import Bibliography, Entry, Fault, Field, Place, Waiver

_HEAD = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.M)
_ENTRY = re.compile(r"@[ \t]*(?P<type>[A-Za-z]+)\s*(?P<open>[{(])")
_KEY = re.compile(r"\s*(?P<key>[^\s,{}()\"=#%@]+)\s*(?=[,})])")
_KEY_ALONE = re.compile(r"\s*(?P<key>[^\s,{}()\"=#%@]+)(?=\s+[\w-]+\s*=)")
_FIELD = re.compile(r"\s*(?P<name>[^\s=,{}()\"#%@]+)\s*=\s*")
# The usual values at one stroke: braces up to three deep, quotes without braces, a number or a string's name.
_PLAIN = re.compile(
    r"\{(?P<braced>[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*)\}|\"(?P<quoted>[^{}\"]*)\"|(?P<bare>[^\s,{}()\"#=]+)"
)
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
_NEXT = re.compile(r"\s*(?P<mark>[#,})]?)")
_WAIVER = re.compile(r"^[ \t]*%\s*allow\s+(?P<rule>[^\s:]+)\s*(?::[ \t]*(?P<reason>[^\n]*))?$", re.M)
_STRAY = re.compile(r"^\s*(?:[\w-]+\s*=|\})", re.M)
_TYPES = "|".join(sorted(REQUIRED, key=len, reverse=True))
_HEADLESS = re.compile(
    rf"^[ \t]*(?:@[ \t]*(?:(?:{_TYPES})[ \t]*|[A-Za-z]+[ \t]+)|[A-Za-z]+[ \t]*\{{[ \t]*)(?P<key>[^\s,{{}}()=]+)[ \t]*,",
    re.M | re.I,
)
_COMMENTED = re.compile(r"%[^\n]*?(?P<entry>@[ \t]*[A-Za-z]+\s*[{(]\s*[^\s,{}()]+\s*,)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH_NAMES = "January February March April May June July August September October November December"
MOST_EXPANDED = 65536  # characters; strings that double at each step would else fill the memory


class _BrokenError(Exception):
    """An entry can't be read; the text says why, the offset says where."""

    def __init__(self, why: str, offset: int) -> None:
        super().__init__(why)
        self.offset = offset


@dataclass(slots=True)
class _Reader:
    path: str
    text: str
    starts: list[int]
    entries: list[Entry] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    strings: dict[str, str] = field(
        default_factory=lambda: dict(zip(_MONTHS.split(), _MONTH_NAMES.split(), strict=True))
    )

    def position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def place(self, start: int, end: int) -> Place:
        return Place(self.path, *self.position(start), *self.position(end))


def read_bibliography(path: str, text: str) -> Bibliography:
    """Read a .bib file. Faults are in the answer; none is raised."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    starts = [0, *(match.end() for match in re.finditer(r"\n", text))]
    reader = _Reader(path, text, starts)
    heads = [match.end() - len(match[0].lstrip()) for match in _HEAD.finditer(text)]
    position, last = 0, ""
    while (match := _ENTRY.search(text, position)) is not None:
        start = match.start()
        _between(reader, position, start, last)
        if _is_commented(text, start):
            position, last = _commented(reader, match), ""
            continue
        following = bisect_right(heads, start)
        limit = heads[following] if following < len(heads) else len(text)
        position, last = _read_one(reader, match, limit)
    _between(reader, position, len(text), last)
    waivers = tuple(_waivers(reader)) if "allow" in text else ()
    unread = tuple(sorted(reader.unread, key=lambda fault: fault.place))
    return Bibliography(path, tuple(reader.entries), unread, frozenset(reader.broken), waivers)


def _is_commented(text: str, start: int) -> bool:
    return "%" in text[text.rfind("\n", 0, start) + 1 : start]


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
    kind = match["type"].lower()
    if kind == "comment":
        try:
            return _braced(reader.text, match.end(), limit, _BRACE)[1], ""
        except _BrokenError:
            return limit, ""
    key_match = _KEY.match(reader.text, match.end(), limit)
    key = key_match["key"] if key_match and kind not in {"string", "preamble"} else ""
    try:
        if kind == "preamble":
            _value, end = _read_value(reader, match.end(), limit)
            return _close(reader.text, end, limit), ""
        if kind == "string":
            return _read_string(reader, match.end(), limit), ""
        if key_match is None and (alone := _KEY_ALONE.match(reader.text, match.end(), limit)):
            key = alone["key"]
            raise _BrokenError("a comma is missing behind the key", alone.end())
        if key_match is None:
            raise _BrokenError("no citation key behind the brace", match.end())
        fields, end = _read_fields(reader, key_match.end(), limit)
    except _BrokenError as error:
        _note_broken(reader, match, limit, kind, key, error)
        return limit, ""
    reader.entries.append(Entry(key, kind, tuple(fields), reader.place(match.start(), end)))
    return end, key


def _note_broken(
    reader: _Reader, match: re.Match[str], limit: int, kind: str, key: str, error: _BrokenError
) -> None:
    line, column = reader.position(error.offset)
    named = f"@{kind}{{{key}}}" if key else f"@{kind}"
    end = match.start() + len(reader.text[match.start() : limit].rstrip())
    message = f"{named} can't be read: {error} (line {line}, column {column})"
    cure = "see that each brace and quote is closed and that a comma ends each field"
    reader.unread.append(Fault(reader.place(match.start(), end), message, cure, key=key))
    if key:
        reader.broken.add(key)


def _read_fields(reader: _Reader, position: int, limit: int) -> tuple[list[Field], int]:
    text = reader.text
    fields: list[Field] = []
    while True:
        following = _NEXT.match(text, position, limit)
        assert following is not None
        if following["mark"] in {"}", ")"}:
            return fields, following.end()
        if following["mark"] != ",":
            raise _BrokenError(_wrong(text, following.end(), limit), following.end())
        position = following.end()
        match = _FIELD.match(text, position, limit)
        if match is None:
            end = _NEXT.match(text, position, limit)
            assert end is not None
            if end["mark"] in {"}", ")"}:
                return fields, end.end()
            raise _BrokenError("a field needs a name, = and a value", end.end())
        value, position = _read_value(reader, match.end(), limit)
        fields.append(Field(match["name"].lower(), value, *reader.position(match.start("name"))))


def _wrong(text: str, position: int, limit: int) -> str:
    if position >= limit:
        return "a brace is not closed"
    return "a comma is missing" if text[position].isalpha() else f"{text[position]!r} is not expected here"


def _read_value(reader: _Reader, position: int, limit: int) -> tuple[str, int]:
    """A value, its parts joined; `position` is at its first character or at white space before it."""
    parts: list[str] = []
    while True:
        while position < limit and reader.text[position].isspace():
            position += 1
        part, position = _read_part(reader, position, limit)
        parts.append(part)
        if sum(map(len, parts)) > MOST_EXPANDED:
            raise _BrokenError(f"a value is longer than {MOST_EXPANDED} characters", position)
        following = _NEXT.match(reader.text, position, limit)
        if following is None or following["mark"] != "#":
            return "".join(parts), position
        position = following.end()


def _read_part(reader: _Reader, position: int, limit: int) -> tuple[str, int]:
    match = _PLAIN.match(reader.text, position, limit)
    if match is None:
        opening = reader.text[position : position + 1] if position < limit else ""
        if opening in {"{", '"'}:
            return _braced(reader.text, position + 1, limit, _BRACE if opening == "{" else _QUOTE)
        raise _BrokenError("a value is missing", position)
    if match["bare"] is None:
        value = match["braced"] if match["braced"] is not None else match["quoted"]
        return value, match.end()
    if match["bare"].isdigit():
        return match["bare"], match.end()
    if match["bare"].lower() in reader.strings:
        return reader.strings[match["bare"].lower()], match.end()
    raise _BrokenError(f"{match['bare']!r} is no @string, and a value needs braces or quotes", position)


def _braced(text: str, position: int, limit: int, marks: re.Pattern[str]) -> tuple[str, int]:
    """Up to the brace or quote that closes what was opened before `position`."""
    depth, start = 0, position
    for match in marks.finditer(text, position, limit):
        if match[0] == "{":
            depth += 1
        elif match[0] == '"':
            if depth == 0:
                return text[start : match.start()], match.end()
        elif depth == 0 and marks is _BRACE:
            return text[start : match.start()], match.end()
        else:
            depth -= 1
    raise _BrokenError("a brace or quote that opens here is not closed", start - 1)


def _read_string(reader: _Reader, position: int, limit: int) -> int:
    match = _FIELD.match(reader.text, position, limit)
    if match is None:
        raise _BrokenError("a string needs a name, = and a value", position)
    value, end = _read_value(reader, match.end(), limit)
    reader.strings[match["name"].lower()] = value
    return _close(reader.text, end, limit)


def _close(text: str, position: int, limit: int) -> int:
    match = re.compile(r"\s*,?\s*[})]").match(text, position, limit)
    if match is None:
        raise _BrokenError("a brace is not closed", position)
    return match.end()


def _between(reader: _Reader, start: int, end: int, last: str) -> None:
    """Text between entries is a comment. But an entry may have lost its brace or its @, or closed too early."""
    headless = _HEADLESS.search(reader.text, start, end)
    if headless is not None:
        message = f"{headless.group().strip()!r} begins no entry: an @ or a brace is missing"
        place = reader.place(headless.end() - len(headless.group().lstrip()), headless.end())
        cure = "write @type{key,"
        reader.unread.append(Fault(place, message, cure, key=headless["key"]))
        reader.broken.add(headless["key"])
    stray = _STRAY.search(reader.text, start, headless.start() if headless else end) if last else None
    if stray is None:
        return
    entry = reader.entries.pop()
    line = reader.position(stray.end() - 1)[0]
    message = f"@{entry.type}{{{entry.key}}} closes too early: more of it stands behind its last brace (line {line})"
    cure = "see that each brace that closes has one that opens"
    place = Place(reader.path, entry.place.line, entry.place.column, line, 1)
    reader.unread.append(Fault(place, message, cure, key=entry.key))
    reader.broken.add(entry.key)


def _waivers(reader: _Reader) -> Iterator[Waiver]:
    """A waiver is a comment line above an entry, and holds for that entry."""
    for match in _WAIVER.finditer(reader.text):
        line, column = reader.position(match.end() - len(match[0].lstrip()))
        entry = next((e for e in reader.entries if e.place.line > line), None)
        first, last = (entry.place.line, entry.place.end_line) if entry else (0, 0)
        place = Place(reader.path, line, column)
        yield Waiver(match["rule"], (match["reason"] or "").strip(), place, first, last)
