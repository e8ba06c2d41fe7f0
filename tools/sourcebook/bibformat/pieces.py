"""A .bib file cut into pieces, with nothing left over: entries, strings and preambles, and the text between them.

In BibTeX all text between entries is a comment. Text that touches an entry belongs to it: what stands in its last line
or directly above it; what stands directly below it with a blank line behind. Text with blank lines round it, a @string
and a @preamble stand for themselves, and no entry is moved across them. A waiver belongs to the entry that it holds
for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from ..model import Bibliography, Entry
from .values import SPACES

_SPECIAL = re.compile(r"@[ \t]*(?P<type>comment|string|preamble)\s*[{(]", re.I)
_HEAD = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]", re.M)
_MARK = re.compile(r"[{}()\"]")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")
_BRACE = re.compile(r"[{}]")
_WAIVER = re.compile(r"[ \t]*%\s*allow\s")
# What editors and TeX tools look for in the first line of a file, and there only.
_FIRST_LINE = re.compile(r"-\*-|%\s*!|%\s*Encoding:|\bvim?:", re.I)


@dataclass(slots=True)
class Piece:
    """A part of a file. One without a core is text that stands for itself, in `above`.

    core: the source of an entry, a string or a preamble; entry: what was read there, None for the other two.
    above, below: lines of text that touch it; behind: text in its last line; start: its offset in the file.
    joined: no blank line stands before it.
    """

    core: str = ""
    entry: Entry | None = None
    above: list[str] = field(default_factory=list)
    behind: str = ""
    below: list[str] = field(default_factory=list)
    start: int = 0
    joined: bool = False

    @property
    def is_block(self) -> bool:
        """Whether it is a string or a preamble."""
        return bool(self.core) and self.entry is None


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of a text begin."""
    return [0, *accumulate([len(line) + 1 for line in text.split("\n")])][:-1]


def offset_of(starts: list[int], line: int, column: int) -> int:
    """Where a line and a column stand in a text whose lines begin at `starts`."""
    return starts[line - 1] + column - 1


def gaps_of(text: str, read: Bibliography) -> list[tuple[int, str]]:
    """The text before, between and behind the entries, each with its offset, but for what is white space alone."""
    starts = line_starts(text)
    gaps, position = [], 0
    for entry in read.entries:
        place = entry.place
        gap = text[position : offset_of(starts, place.line, place.column)]
        if not gap.isspace():
            gaps.append((position, gap))
        position = offset_of(starts, place.end_line, place.end_column)
    return [*gaps, (position, text[position:])]


def pieces_of(text: str, starts: list[int], read: Bibliography) -> list[Piece]:
    """Cut up a text without a byte-order mark and with \\n as its line ends, of which `read` is the reading."""
    pieces: list[Piece] = []
    before: Piece | None = None
    position = 0
    for start, end, entry in _cores(text, starts, read):
        piece = Piece(text[start:end], entry, start=start)
        between = text[position:start]
        if between != "\n\n":
            pieces += _shared(_units(text, position, start), before, piece)
            piece.joined = not _BLANK_LINE.search(between)
        pieces.append(piece)
        before, position = piece, end
    return pieces + _shared(_units(text, position, len(text)), before, None)


def _cores(text: str, starts: list[int], read: Bibliography) -> Iterator[tuple[int, int, Entry | None]]:
    """All entries, strings and preambles in their order, each with its start and end."""
    position = 0
    for entry in read.entries:
        place = entry.place
        start = offset_of(starts, place.line, place.column)
        if start - position > 8:  # no string or preamble is as short as that
            yield from (
                (at, to, None) for at, to, kind in _specials(text, position, start) if kind != "comment"
            )
        position = offset_of(starts, place.end_line, place.end_column)
        yield start, position, entry
    yield from ((at, to, None) for at, to, kind in _specials(text, position, len(text)) if kind != "comment")


def _specials(text: str, position: int, limit: int) -> Iterator[tuple[int, int, str]]:
    """Strings, preambles and comments between two entries, as the reader of .bib files finds them."""
    while match := _SPECIAL.search(text, position, limit):
        kind = match["type"].lower()
        start, position = match.start(), match.end()
        if "%" in text[text.rfind("\n", 0, start) + 1 : start]:
            continue  # the reader takes it for prose
        end = _end(text, position, limit, kind == "comment")
        position = limit if end < 0 else end
        yield start, position, kind if end >= 0 else "open"


def _end(text: str, position: int, limit: int, comment: bool) -> int:
    """Behind what closes a string or a preamble: braces count everywhere, quotes and brackets outside braces.

    In a comment only braces count. The answer is -1 if nothing closes it.
    """
    depth, quoted = 0, False
    for match in (_BRACE if comment else _MARK).finditer(text, position, limit):
        mark = match[0]
        if depth == 0 and not quoted and mark in "})":
            return match.end()
        if mark == '"' and depth == 0:
            quoted = not quoted
        depth += (mark == "{") - (mark == "}")
    return -1


def open_comment(text: str, start: int, gap: str) -> int:
    """The offset of a @comment in a gap that no brace closes before the next @ that begins a line; -1 for none."""
    for at, to, kind in _specials(text, start, start + len(gap)):
        if kind == "open" or (kind == "comment" and _HEAD.search(text, at + 1, to)):
            return at
    return -1


def _units(text: str, start: int, end: int) -> list[str]:
    """The lines of the text between two pieces; a @comment with all its lines, and what stands round it, is one."""
    units = [""]
    position = start
    for at, to, _kind in _specials(text, start, end):
        first, *rest = text[position:at].split("\n")
        units[-1] += first
        units += rest
        units[-1] += text[at:to]
        position = to
    first, *rest = text[position:end].split("\n")
    units[-1] += first
    return units + rest


def _shared(units: list[str], before: Piece | None, after: Piece | None) -> list[Piece]:
    """Give the text between two pieces to them; what touches neither is answered, as pieces of their own."""
    first_of_file = before is None
    if before is not None:
        before.behind = units.pop(0).strip(SPACES)
    if after is not None and units and not units[-1].strip(SPACES):
        units.pop()  # the indentation of the piece
    groups = _groups(units)
    if not groups:
        return []
    kept = len(groups)  # as many stay where they are
    if after is not None and units[-1].strip(SPACES):
        kept -= 1
    if after is not None and after.entry is not None:
        kept = next((at for at, group in enumerate(groups) if any(map(_WAIVER.match, group))), kept)
    if after is not None:
        after.above = [line for group in groups[kept:] for line in (*group, "")][:-1]
    if before is not None and kept and units[0].strip(SPACES):
        before.below = groups.pop(0)
        kept -= 1
    alone = [Piece(above=group) for group in groups[:kept]]
    if first_of_file and after is not None and not alone and _FIRST_LINE.search(after.above[0]):
        alone = [Piece(above=[after.above.pop(0)])]
    return alone


def _groups(units: list[str]) -> list[list[str]]:
    """Runs of lines without a blank one between them."""
    groups: list[list[str]] = []
    blank = True
    for unit in units:
        if unit.strip(SPACES):
            if blank:
                groups.append([])
            groups[-1].append(unit)
        blank = not unit.strip(SPACES)
    return groups
