"""The formatter of .bib files: one law for the look of an entry, and nothing lost.

A text comes in and a text goes out, or the faults for which it is not touched. The law is told in
docs/manual/formats.md.
"""

from __future__ import annotations

import re

from ..bibtex import read_bibliography
from ..model import Bibliography, Fault, Place
from .encoding import line_end_of, with_even_lines
from .entries import Layout, written_entry
from .order import sorted_pieces
from .pieces import Piece, gaps_of, line_starts, open_comment, pieces_of
from .proof import LossError, prove

__all__ = ["LossError", "format_text"]

_MARK = "\ufeff"
_BEGINS = re.compile(r"@[ \t]*[A-Za-z]+\s*[{(]")
_STRING = re.compile(r"@[ \t]*string\s*[{(]\s*([^\s=]+)", re.I)


def format_text(path: str, text: str, fix: bool = False) -> str | tuple[Fault, ...]:
    """Format the text of a .bib file; the answer is the new text, or the faults for which it must not be touched.

    A byte-order mark and the kind of line ends stay. fix: content is mended too. Raises LossError, a bug of ours, if
    what was written does not say what was read.
    """
    if fix:
        text = with_even_lines(text)
    line_end = line_end_of(path, text)
    if isinstance(line_end, Fault):
        return (line_end,)
    mark = _MARK if text.startswith(_MARK) else ""
    plain = text.removeprefix(_MARK).replace(line_end, "\n")
    before = read_bibliography(path, plain)
    if faults := before.unread or _repeated(before) or _odd_text(plain, before):
        return faults
    written = _written(plain, before, fix)
    if written != plain:
        after = read_bibliography(path, written)
        if faults := prove(plain, before, written, after, fix):
            return faults
    return mark + written.replace("\n", line_end)


def _odd_text(text: str, read: Bibliography) -> tuple[Fault, ...]:
    """What stands between entries and would be read in another way if it were written anew."""
    gaps = gaps_of(text, read)
    if text.startswith(_MARK) or any(_MARK in gap for _at, gap in gaps):
        cure = "delete it; joining two files leaves one"
        return (
            _fault(read, text, text.index(_MARK), "a byte-order mark (U+FEFF) stands inside the file", cure),
        )
    for start, gap in gaps:
        if "@" not in gap:
            continue
        if (at := open_comment(text, start, gap)) >= 0:
            cure = "close it with a brace, or write % before each of its lines"
            return (_fault(read, text, at, "this @comment has no brace that closes it", cure),)
        line = gap.partition("\n")[0]
        mark = _BEGINS.search(gap)
        if (
            mark
            and mark.start() < len(line)
            and "%" in text[text.rfind("\n", 0, start) + 1 : start]
            and "%" not in line[: mark.start()]
        ):
            message = f"{mark[0]!r} stands in one line with an entry that has a %: some take it for a comment"
            return (_fault(read, text, start + mark.start(), message, "give it a line of its own"),)
    return ()


def _fault(read: Bibliography, text: str, at: int, message: str, cure: str) -> Fault:
    return Fault(Place(read.path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)), message, cure)


def _repeated(read: Bibliography) -> tuple[Fault, ...]:
    """Keys that two entries have: which of them counts depends on their order."""
    first: dict[str, Place] = {}
    faults = []
    for entry in read.entries:
        other = first.setdefault(entry.key, entry.head)
        if other != entry.head:
            message = f"{entry.key} is the key of another entry too, in line {other.line}"
            faults.append(
                Fault(entry.head, message, "give one of them another key", key=entry.key, notes=(other,))
            )
    return tuple(faults)


def _written(text: str, read: Bibliography, fix: bool) -> str:
    starts = line_starts(text)
    pieces = pieces_of(text, starts, read)
    strings = frozenset(
        name for piece in pieces if piece.entry is None and (name := _string_name(piece.core))
    )
    layout = Layout(text, starts, strings, fix)
    parts: list[str] = []
    before: Piece | None = None
    for piece in sorted_pieces(pieces):
        if before is not None:
            parts.append("\n" if piece.joined and before.is_block and piece.is_block else "\n\n")
        parts.append(_piece(piece, layout))
        before = piece
    return "".join(parts) + "\n" if parts else ""


def _piece(piece: Piece, layout: Layout) -> str:
    core = written_entry(piece.entry, layout) if piece.entry else piece.core
    if piece.behind:
        core = f"{core} {piece.behind}"
    return "\n".join([*piece.above, core, *piece.below] if core else piece.above)


def _string_name(core: str) -> str:
    match = _STRING.match(core)
    return match[1].lower() if match else ""
