"""Fields of an entry set in the text of its .bib file; every other byte stays what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..bibtex import read_bibliography
from ..errors import UsageError
from ..model import Bibliography, Entry

_NEWLINE = re.compile(r"\r\n|\r|\n")
_ASSIGN = re.compile(r"[^\s=,{}()\"#%@]+\s*=\s*")
_BARE = re.compile(r"[^\s,{}()\"#=]+")
_JOIN = re.compile(r"\s*#\s*")
_UNFIT = {"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22", " ": "%20", "<": "%3C", ">": "%3E"}


def set_fields(path: str, text: str, key: str, values: Mapping[str, str]) -> str:
    """The text with these fields of an entry set: those that it has get the value, the others are added behind its url.

    values: as they are to stand between braces; an address is made fit by `address_value`. Raises UsageError if the
    entry can't be found, or if the edit would have changed anything else, which is seen by reading the file again.
    """
    before = read_bibliography(path, text)
    entry = _entry(before, key)
    edits: list[tuple[int, int, str]] = []
    starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    added: list[tuple[str, str]] = []
    for name, value in values.items():
        if entry.get(name) or any(field.name == name for field in entry.fields):
            if entry.get(name) != value:
                begin, end = _value_span(path, text, _offset(text, starts, entry, name))
                edits.append((begin, end, f"{{{value}}}"))
        else:
            added.append((name, value))
    if added:
        anchor = next(
            (name for name in ("archiveurl", "url", "doi", "title") if entry.get(name)), entry.fields[-1].name
        )
        start = _offset(text, starts, entry, anchor)
        end = _value_span(path, text, start)[1]
        edits.append((end, end, _lines(text, start, added)))
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    _see_that_else_nothing_changed(before, read_bibliography(path, text), key, values)
    return text


def address_value(address: str) -> str:
    """An address as a field bears it: what would break braces is percent-encoded."""
    return "".join(_UNFIT.get(char, char) for char in address)


def _entry(bibliography: Bibliography, key: str) -> Entry:
    found = [entry for entry in bibliography.entries if entry.key == key]
    if len(found) != 1 or not found[0].fields:
        raise UsageError(f"{bibliography.path}: {key} is no entry that can be edited; see `sourcebook check`")
    return found[0]


def _offset(text: str, starts: list[int], entry: Entry, name: str) -> int:
    """Where a field begins in the text as it is; the reader has left out a byte order mark."""
    field = next(field for field in entry.fields if field.name == name)
    mark = 1 if field.line == 1 and text.startswith("\ufeff") else 0
    return starts[field.line - 1] + field.column - 1 + mark


def _value_span(path: str, text: str, start: int) -> tuple[int, int]:
    """Begin and end of the value of the field at `start`: parts in braces, in quotes or bare, joined by #."""
    match = _ASSIGN.match(text, start)
    if match is None:
        raise UsageError(f"{path}: a field is not where it was read; run `sourcebook check`")
    begin = position = match.end()
    while True:
        position = _part_end(path, text, position)
        joined = _JOIN.match(text, position)
        if joined is None:
            return begin, position
        position = joined.end()


def _part_end(path: str, text: str, start: int) -> int:
    opening = text[start : start + 1]
    if opening not in {"{", '"'}:
        bare = _BARE.match(text, start)
        if bare is None:
            raise UsageError(f"{path}: a field is not where it was read; run `sourcebook check`")
        return bare.end()
    depth = 0
    for match in re.compile(r"[{}\"]").finditer(text, start + 1):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}" and (depth or opening == "{"):
            if not depth:
                return match.end()
            depth -= 1
        elif match[0] == '"' and opening == '"' and not depth:
            return match.end()
    raise UsageError(f"{path}: a brace is not closed; run `sourcebook check`")


def _lines(text: str, start: int, added: list[tuple[str, str]]) -> str:
    """New fields as they are to stand behind another: on lines of their own, if that one has a line of its own."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    indent = text[line:start]
    if indent.strip("\ufeff \t"):
        return "".join(f", {name} = {{{value}}}" for name, value in added)
    ending = (
        text[max(0, line - 2) : line] if text[max(0, line - 2) : line] == "\r\n" else text[line - 1 : line]
    )
    return "".join(f",{ending or chr(10)}{indent}{name} = {{{value}}}" for name, value in added)


def _see_that_else_nothing_changed(
    before: Bibliography, after: Bibliography, key: str, values: Mapping[str, str]
) -> None:
    def contents(bibliography: Bibliography, without: bool) -> list[tuple[str, str, list[tuple[str, str]]]]:
        return [
            (
                e.key,
                e.type,
                [(f.name, f.value) for f in e.fields if not (without and e.key == key and f.name in values)],
            )
            for e in bibliography.entries
        ]

    entry = next((entry for entry in after.entries if entry.key == key), None)
    is_set = entry is not None and all(entry.get(name) == value for name, value in values.items())
    if contents(before, True) != contents(after, True) or not is_set or before.broken != after.broken:
        raise UsageError(
            f"{before.path}: the fields of {key} can't be set without changing more; set them by hand"
        )
