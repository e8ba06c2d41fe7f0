"""The order of entries: by key, and for BibTeX's sake a parent behind its last child."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from ..model import Entry
from .pieces import Piece


def sorted_pieces(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with the entries of each section in order. Text that stands alone, or a string, ends a section."""
    section: list[Piece] = []
    for piece in pieces:
        if piece.entry is not None:
            section.append(piece)
            continue
        yield from _sorted(section)
        section = []
        yield piece
    yield from _sorted(section)


def _sorted(section: list[Piece]) -> list[Piece]:
    """By key without regard to capitals; but no entry stands before one whose `crossref` leads to it.

    BibTeX finds a parent only behind its children. Entries whose references go in a circle come last.
    """
    entries = [piece.entry for piece in section if piece.entry is not None]
    ranks = [(unicodedata.normalize("NFC", entry.key).casefold(), at) for at, entry in enumerate(entries)]
    parents = _parents(entries)
    if not parents:
        return [section[at] for _key, at in sorted(ranks)]
    children = [0] * len(section)
    for parent in parents.values():
        children[parent] += 1
    ready = [rank for rank in ranks if not children[rank[1]]]
    heapify(ready)
    order: list[int] = []
    while ready:
        at = heappop(ready)[1]
        order.append(at)
        if (parent := parents.get(at, -1)) >= 0:
            children[parent] -= 1
            if not children[parent]:
                heappush(ready, ranks[parent])
    left = set(range(len(section))).difference(order)
    order += [at for _key, at in sorted(ranks) if at in left]
    return [section[at] for at in order]


def _parents(entries: list[Entry]) -> dict[int, int]:
    """For each child the number of its parent, where that stands in the same section."""
    names = {entry.key.lower(): at for at, entry in enumerate(entries)}
    found: dict[int, int] = {}
    for at, entry in enumerate(entries):
        parent = names.get(entry.get("crossref").strip().lower())
        if parent is not None and parent != at:
            found[at] = parent
    return found
