"""The small pieces of a reference: text with links, clauses joined to sentences, sentences to a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pybtex.richtext import HRef, Tag, Text

from ...tex import address_of, is_linkable, text_of

Piece = Any
"""A string or a piece of pybtex's rich text, which has no types."""

_LINK = re.compile(
    r"\\url\s*\{(?P<url>[^{}]*)\}|\\href\s*\{(?P<href>[^{}]*)\}\s*\{(?P<shown>[^{}]*)\}|(?P<bare>https?://[^\s{}<>\"]+)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…。！？]['\"”’»)]?$")


def italic(text: str) -> Piece:
    """Set a text in italics."""
    return Tag("em", text)


def link(address: str, shown: str = "") -> Piece:
    """Link an address, or print it when it is no web address."""
    if is_linkable(address):
        return HRef(address, shown or address)
    return f"{shown}: {address}" if shown else address


def rich_of(field: str) -> list[Piece]:
    r"""Decode a field in which addresses may stand, bare or as `\url{...}`, and link them."""
    pieces: list[Piece] = []
    end = 0
    for match in _LINK.finditer(field):
        pieces.append(_spaced(field[end : match.start()]))
        end = match.end()
        if match["bare"]:
            address = match["bare"].rstrip(".,;:!?)]'")
            end -= len(match["bare"]) - len(address)
            pieces.append(link(address_of(address)))
        else:
            pieces.append(
                link(address_of(match["url"] or match["href"] or ""), text_of(match["shown"] or ""))
            )
    pieces.append(_spaced(field[end:]))
    return [piece for piece in pieces if piece]


def _spaced(text: str) -> str:
    # text_of trims; next to a link the spaces at the ends are wanted
    body = text_of(text)
    if not body:
        return " " if text[:1].isspace() else ""
    return (" " if text[0].isspace() else "") + body + (" " if text[-1].isspace() else "")


def sentence(*clauses: Iterable[Piece] | str) -> list[Piece]:
    """Join clauses by commas and end them with a full stop, unless they end with a mark of their own."""
    pieces: list[Piece] = []
    for clause in clauses:
        parts = [part for part in ([clause] if isinstance(clause, str) else clause) if part]
        if parts:
            pieces += [", ", *parts] if pieces else parts
    return closed(pieces)


def closed(pieces: list[Piece]) -> list[Piece]:
    """End with a full stop what does not end a sentence by itself."""
    if not pieces:
        return []
    # an address that ends in a stop or a question mark still needs our own
    ends = not isinstance(pieces[-1], HRef) and _CLOSED.search("".join(str(piece) for piece in pieces))
    return pieces if ends else [*pieces, "."]


def paragraph(sentences: Iterable[list[Piece]]) -> Piece:
    """Set sentences one after another."""
    pieces: list[Piece] = []
    for said in sentences:
        if said:
            pieces += [" ", *said] if pieces else said
    return Text(*pieces)
