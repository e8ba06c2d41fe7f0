"""The pen of the Typst writer: strings, labels, and the state that the documents of one book share.

All text leaves as a Typst string literal (`#"..."`), so that no character of it can be markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

logger = logging.getLogger(__name__)

# A comment line of ours in the .typ file says where the lines below it come from: text cannot forge one,
# because a line break inside a string literal is written as an escape.
SOURCE_MARK = "//@ "
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029]')
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
# Nodes whose names are written by their own visitor, because nothing may stand before them in Typst.
_OWN_ANCHORS = (
    nodes.document,
    nodes.section,
    nodes.list_item,
    nodes.definition_list_item,
    nodes.term,
    nodes.field,
    nodes.row,
    nodes.entry,
    nodes.tgroup,
    nodes.thead,
    nodes.tbody,
    nodes.caption,
    nodes.legend,
    nodes.title,
    nodes.footnote,
    nodes.footnote_reference,
    nodes.citation,
    nodes.paragraph,
    nodes.attribution,
)

_MAY_DECLARE_LANGUAGE = (nodes.inline, nodes.emphasis, nodes.strong, nodes.paragraph, nodes.title_reference)


def quoted(text: str) -> str:
    """Write *text* as a Typst string literal."""
    return '"' + _SPECIAL.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"\\u{{{ord(character):x}}}"


def printed(text: str) -> str:
    """Write running text as Typst markup: white space collapses, as it does in the source languages."""
    flat = _SPACES.sub(" ", text)
    core = flat.strip(" ")
    if not core:
        return " " if flat else ""
    return (" " if flat[0] == " " else "") + "#" + quoted(core) + (" " if flat[-1] == " " else "")


def label_of(docname: str, name: str) -> str:
    """Give the label of a place: names are unique in one document only, so the document's name leads."""
    return f"{docname}#{name}"


@dataclass
class Book:
    """What the documents of one book share while they are written."""

    citation_keys: dict[str, str] = field(default_factory=dict)  # label of an entry -> its key
    labels: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)  # second name of a place -> its label
    wanted: dict[str, str] = field(default_factory=dict)  # label -> where it was first asked for
    parts: dict[str, str] = field(default_factory=dict)  # label of a chapter -> caption of its toctree
    faults: list[str] = field(default_factory=list)  # what stops the build, with its place
    abbreviations: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)  # documents
    level: int = 0  # of the last heading, for PDF/UA allows no skip

    def resolved(self, label: str) -> str | None:
        """Give the label that stands in the book for *label*, or None."""
        label = self.aliases.get(label, label)
        return label if label in self.labels else None


def place_of(node: nodes.Node) -> str:
    """Say where a node comes from, as `file:line`."""
    found: nodes.Node | None = node
    while found is not None and not (found.source and found.line):
        found = found.parent
    if found is None:
        return node.document.get("source", "?") if node.document else "?"
    return f"{found.source}:{found.line}"


class Scribe(SphinxTranslator):
    """Appends Typst to `body`; knows names and places, but no node."""

    def __init__(self, document: nodes.document, builder: Builder, book: Book, depth: int = 0) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self.book = book
        self.depth = depth
        self.docname: str = document.get("docname", "")
        self.part = ""  # caption of the toctree that this document is the first of
        self.verbatim = 0  # depth of code, where white space is kept
        self.note_end = -1  # length of the body just behind a footnote

    def put(self, *texts: str) -> None:
        """Append Typst markup."""
        self.body.extend(texts)

    def rendered(self, children: Iterable[nodes.Node]) -> str:
        """Write some nodes apart from the body and give the markup."""
        saved, self.body = self.body, []
        saved_end, self.note_end = self.note_end, -1
        for child in children:
            child.walkabout(self)
        markup, self.body, self.note_end = "".join(self.body), saved, saved_end
        return markup

    def content(self, children: Iterable[nodes.Node], before: str = "") -> str:
        """Write some nodes as a Typst content block."""
        return f"[{before}{self.rendered(children)}]"

    def anchors(self, node: nodes.Element) -> str:
        """Write the names of a node as invisible places, each name once in the whole book."""
        return "".join(f"#at({quoted(label)})" for label in self.new_labels(node))

    def new_labels(self, node: nodes.Element) -> list[str]:
        """Take the names of a node that are not yet labels of the book."""
        labels = self.labels_of(node)
        fresh = [label for label in dict.fromkeys(labels) if label not in self.book.labels]
        self.book.labels.update(fresh)
        return fresh

    def labels_of(self, node: nodes.Element) -> list[str]:
        """Give the labels of the names of a node."""
        names: list[str] = node.get("ids", [])
        return [label_of(self.docname, name) for name in names]

    def language(self, node: nodes.Element) -> str:
        """Give the language that a node declares (`lang`, or docutils' class `language-xx`)."""
        declared: str = node.get("lang", "")
        classes: list[str] = node.get("classes", [])
        named = [name.removeprefix("language-") for name in classes if name.startswith("language-")]
        return named[-1] if named else declared

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Put the marks that any node may need, then visit it."""
        if isinstance(node, nodes.Element):
            if isinstance(node, nodes.Body | nodes.title) and not isinstance(node.parent, nodes.TextElement):
                self.put(f"\n{SOURCE_MARK}{node.source}:{node.line}\n" if node.source and node.line else "")
            if not isinstance(node, _OWN_ANCHORS):
                self.put(self.anchors(node))
            if isinstance(node, _MAY_DECLARE_LANGUAGE) and self.language(node):
                node["typst-lang"] = True
                self.put(f"#in-language({quoted(self.language(node))})[")
        super().dispatch_visit(node)

    def dispatch_departure(self, node: nodes.Node) -> None:
        """Depart a node, then close what `dispatch_visit` opened."""
        super().dispatch_departure(node)
        if isinstance(node, nodes.Element) and node.get("typst-lang"):
            self.put("]")

    def warn(self, message: str, node: nodes.Node, subtype: str) -> None:
        """Say a warning at the place of a node."""
        logger.warning(message, location=node, type="typst", subtype=subtype)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Print what stands in an unknown node, and say so."""
        self.warn(f"unknown node {type(node).__name__!r}: its text is printed plain", node, "unknown_node")

    def unknown_departure(self, node: nodes.Node) -> None:
        """Close nothing: an unknown node opened nothing."""


def setting(scribe: Scribe, name: str) -> Any:
    """Read a value of conf.py that may belong to an extension that is not there."""
    return getattr(scribe.config, name, None)
