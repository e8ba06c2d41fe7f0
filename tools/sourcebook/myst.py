"""A page of MyST as text: what it says, and what it makes use of, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from .blocks import Reader
from .model import Block, Fault, Use, Waiver
from .scan import character_uses, normal_lines, size_uses
from .spelling import may_misspell
from .tokens import make_parser

__all__ = ["Text", "make_parser", "read_text"]


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says: its front matter, its blocks of prose, its waivers, all else, and what could not be read."""

    front_matter: dict[str, object] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    unread: tuple[Fault, ...] = ()
    uses: tuple[Use, ...] = ()


def read_text(
    path: str, text: str, extensions: frozenset[str], cite_roles: frozenset[str] = frozenset()
) -> Text:
    """Read one page. Faults are in the answer; none is raised."""
    text = normal_lines(text)
    if too_large := tuple(size_uses(path, text)):
        return Text(uses=too_large)
    uses = list(character_uses(path, text))
    text = text.replace("\0", "\ufffd")
    md = make_parser(extensions)
    reader = Reader(md, path, text.split("\n"), cite_roles, may_misspell(text), uses)
    tokens = reader.parse(text, 0)
    if text.startswith("---") and tokens and tokens[0].type != "front_matter":
        reader.use("lost", "front matter", "", 0)
    reader.read(tokens, 0)
    return Text(
        reader.front_matter,
        tuple(reader.blocks),
        tuple(reader.waivers),
        tuple(reader.unread),
        tuple(reader.uses),
    )
