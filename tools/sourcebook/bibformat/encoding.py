"""From the bytes of a .bib file to its text, or the place and the cure of what is in the way."""

from __future__ import annotations

import re

from ..model import Fault, Place

_WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_NAMED = re.compile(rb"%\s*Encoding:\s*([\w-]+)", re.I)


def decoded(path: str, data: bytes) -> str | Fault:
    """The text of a file, its byte-order mark still there; or the first byte that is not UTF-8, and what it may be."""
    if wide := wide_encoding(data):
        return Fault(Place(path, 1, 1), f"the file is {wide}, not UTF-8 (byte 0)", _cure(wide))
    if (at := data.find(b"\x00")) >= 0:
        return Fault(_place(path, data, at), f"byte {at} is a NUL character", "delete it")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    guess = _guess(data, at)
    char = data[at : at + 1].decode(guess, "replace")
    shown = f"; in {guess} it is {char!r}" if char.isprintable() else ""
    return Fault(_place(path, data, at), f"byte {at} (0x{data[at]:02x}) is not UTF-8{shown}", _cure(guess))


def wide_encoding(data: bytes) -> str:
    """The encoding of two or four bytes a character that a file has; empty if it has none of these."""
    if marked := next((name for mark, name in _WIDE.items() if data.startswith(mark)), ""):
        return marked
    if data.count(b"\x00") <= len(data) // 4:
        return ""
    return "UTF-16LE" if data.index(b"\x00") % 2 else "UTF-16BE"


def _guess(data: bytes, at: int) -> str:
    """What the file itself names, if it can be read so; else what is most common."""
    if named := _NAMED.search(data[:4096]):
        name = named[1].decode("ascii")
        try:
            data[at : at + 1].decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
        else:
            return name
    return "windows-1252" if any(0x80 <= byte <= 0x9F for byte in data) else "iso-8859-1"


def _cure(encoding: str) -> str:
    return f"save the file as UTF-8, for instance with: iconv -f {encoding.upper()} -t UTF-8"


def _place(path: str, data: bytes, at: int) -> Place:
    good = data[:at].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return Place(path, good.count("\n") + 1, len(good) - good.rfind("\n"))


def line_end_of(path: str, text: str) -> str | Fault:
    """How the lines of a text end; where two kinds are mixed, the first line that ends unlike most."""
    if "\r" not in text:
        return "\n"
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    usual = max(counts, key=lambda end: counts[end])
    if counts[usual] == sum(counts.values()):
        return usual
    ends = (match[0] for match in _LINE_END.finditer(text))
    line, odd = next((line, end) for line, end in enumerate(ends, 1) if end != usual)
    message = f"line ends are mixed: this one is {_LINE_ENDS[odd]}, most are {_LINE_ENDS[usual]}"
    return Fault(Place(path, line, 1), message, "run `sourcebook format --fix`, which makes them all alike")


def with_even_lines(text: str) -> str:
    """The text with all its line ends of the kind that most of them have."""
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    usual = max(counts, key=lambda end: counts[end])
    return text if counts[usual] == sum(counts.values()) else _LINE_END.sub(usual, text)
