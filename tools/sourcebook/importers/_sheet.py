"""The lines of a text dump, cleaned, each with what becomes of it: kept, moved to metadata, or dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..article import Dropped
from ..scan import character_uses

_LINE_END = re.compile(r"\r\n?|\n")
_ODD_BLANK = re.compile(r"[\t\x0b\x0c\x1c-\x1f\x85\u1680\u2028\u2029]+")
# A fixed blank between two words is the author's; at an edge, or beside another blank, it is an editor's leavings.
_FIXED = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SPARE_BLANKS = re.compile(rf"[ {_FIXED}]*[{_FIXED}][ {_FIXED}]+|[ {_FIXED}]+[{_FIXED}][ {_FIXED}]*")
_BLANKS = re.compile(r" {2,}")
_EDGES = " " + "".join(map(chr, (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
# Bullets of symbol fonts, as PDF readers give them.
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "‣", "\uf076": "▪", "\uf02d": "–"})

BLANK, KEPT, METADATA, DROPPED = "blank", "kept", "metadata", "dropped"


@dataclass(slots=True)
class Line:
    """One line of the input. raw: as read; text: cleaned; indent: columns of white space before it."""

    number: int
    raw: str
    text: str
    indent: int
    fate: str = ""


@dataclass(slots=True)
class Sheet:
    """All lines of a dump, and what was dropped."""

    lines: list[Line]
    remarks: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def open(self) -> list[Line]:
        """The lines that nothing was decided about yet."""
        return [line for line in self.lines if not line.fate]

    def groups(self) -> list[list[Line]]:
        """The open lines in runs without a blank or a decided line between."""
        out: list[list[Line]] = []
        last = -1
        for line in self.open():
            if line.number != last + 1:
                out.append([])
            out[-1].append(line)
            last = line.number
        return out

    def drop(self, reason: str, *lines: Line) -> None:
        """Drop lines as furniture of the page."""
        for line in lines:
            line.fate = DROPPED
            self.dropped.append(Dropped(reason, line.text, line.number, line.number))

    def move(self, *lines: Line) -> None:
        """Move lines to the metadata."""
        for line in lines:
            line.fate = METADATA

    def metadata_lines(self) -> tuple[int, ...]:
        """The numbers of the lines that went into the metadata."""
        return tuple(line.number for line in self.lines if line.fate == METADATA)


def read_sheet(text: str) -> Sheet:
    """Cut a text into lines and clean each; what was mended is told in the remarks."""
    mended: Counter[str] = Counter()
    if text.startswith("\ufeff"):
        text = text[1:]
        mended["byte order mark removed"] += 1
    ends = set(_LINE_END.findall(text))
    lines = [_line(number, raw, mended) for number, raw in enumerate(_LINE_END.split(text), 1)]
    if lines and not lines[-1].raw:
        lines.pop()  # what stands behind the last line end is no line
    remarks = [f"{what} ({count} times)" if count > 1 else what for what, count in mended.items()]
    if len(ends) > 1:
        remarks.append("line ends of several kinds")
    return Sheet(lines, remarks)


def _line(number: int, raw: str, mended: Counter[str]) -> Line:
    text = raw
    if not raw.isprintable() or not raw.isascii():
        text = _cleaned(raw, mended)
    body = text.strip(_EDGES)
    indent = len(text[: len(text) - len(text.lstrip(_EDGES))].expandtabs(4))
    line = Line(number, raw, _BLANKS.sub(" ", body), indent)
    if not body:
        line.fate = BLANK
    return line


def _cleaned(raw: str, mended: Counter[str]) -> str:
    text = raw.translate(_SYMBOLS)
    tabs = text.count("\t")
    blanks = _ODD_BLANK.sub(lambda match: "    " * match[0].count("\t") or " ", text)
    if blanks != text and (tabs == 0 or _ODD_BLANK.search(text.replace("\t", ""))):
        mended["odd white space made blanks"] += 1
    spare = _SPARE_BLANKS.sub(lambda match: " " * len(match[0]), blanks)
    if spare != blanks:
        mended["fixed blanks beside other blanks removed"] += 1
    return spare if spare.isprintable() else "".join(_visible(spare, mended))


def _visible(text: str, mended: Counter[str]) -> Iterator[str]:
    """The stretches between characters that nobody sees; those are the ones that the check refuses."""
    position = 0
    for use in character_uses("", text):
        yield text[position : use.place.column - 1]
        position = use.place.end_column - 1
        mended[f"invisible character removed: {use.name}"] += 1
    yield text[position:]
