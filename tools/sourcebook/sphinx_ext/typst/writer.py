"""Writes a book of Typst: the documents in the order of the toctrees, the index, what the template needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _

from .blocks import Blocks
from .inline import fold_html
from .text import Book, label_of, logger, printed, quoted

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

TEMPLATE = Path(__file__).with_name("template.typ")


class TypstTranslator(Blocks):
    """Turns one document, and those of its toctrees, into Typst."""

    def __init__(self, document: nodes.document, builder: Builder, book: Book, depth: int = 0) -> None:
        super().__init__(document, builder, book, depth)
        self.toctrees: list[tuple[int, addnodes.toctree]] = []  # with the depth of the section that holds it
        self.in_preface = self.docname == self.config.root_doc

    def visit_document(self, node: nodes.document) -> None:
        """Name the document itself when it has no heading that could bear its name."""
        if not any(isinstance(child, nodes.section) for child in node.children) or self.is_bare(node):
            self.book.labels.add(label_of(self.docname, ""))
            self.put(f"#at({quoted(label_of(self.docname, ''))})\n")

    def depart_document(self, node: nodes.document) -> None:
        """Write the documents of toctrees that stand in no section."""
        self.write_toctrees()

    def is_bare(self, document: nodes.document) -> bool:
        """Say whether the root has nothing to read but a title, which the title page has already."""
        if self.docname != self.config.root_doc:
            return False
        top = next((child for child in document.children if isinstance(child, nodes.section)), document)
        passed = (nodes.title, nodes.section, nodes.Invisible)
        rest = [child for child in top.children if not isinstance(child, passed)]
        return not any(child.astext().strip() for child in rest if not _is_toctree(child))

    def visit_section(self, node: nodes.Element) -> None:
        """Go a heading deeper; documents of a toctree come before the sections that follow it.

        The root is the preface: its own sections stay in it, before any document, until one holds a toctree.
        """
        node["typst-steps"] = 1
        if node.parent.parent is self.document and self.docname == self.config.root_doc:
            self.in_preface = self.in_preface and next(node.findall(addnodes.toctree), None) is None
            node["typst-steps"] = 2 if self.in_preface and not self.is_bare(self.document) else 1
        else:
            self.write_toctrees()
        self.depth += node["typst-steps"]

    def depart_section(self, node: nodes.Element) -> None:
        """Come back."""
        self.write_toctrees()
        self.depth -= node["typst-steps"]

    def visit_title(self, node: nodes.Element) -> None:
        """Leave the title of a bare root to the title page."""
        if node.parent.parent is self.document and self.is_bare(self.document):
            self.put(self.anchors(node.parent))
            raise nodes.SkipNode
        super().visit_title(node)

    def visit_toctree(self, node: addnodes.toctree) -> None:
        """Keep a toctree until the text of its section is written."""
        self.toctrees.append((self.depth, node))
        for title, target in node["entries"]:
            if re.match(r"https?://", target):
                self.put(f"\n\n#link({quoted(target)})[{printed(title or target)}]\n\n")
        raise nodes.SkipNode

    def write_toctrees(self) -> None:
        """Write the documents of the toctrees that were kept in the section at hand."""
        waiting = [toctree for depth, toctree in self.toctrees if depth == self.depth]
        self.toctrees = [kept for kept in self.toctrees if kept[0] != self.depth]
        for toctree in waiting:
            part = toctree.get("caption") or ""
            for docname in map(str, toctree["includefiles"]):
                if docname not in self.book.written:
                    self.put(write_document(self.builder, docname, self.book, max(0, self.depth), part))
                    part = ""


def _is_toctree(node: nodes.Node) -> bool:
    return isinstance(node, nodes.compound) and "toctree-wrapper" in node["classes"]


def write_document(builder: Builder, docname: str, book: Book, depth: int, part: str = "") -> str:
    """Write one document and what its toctrees lead to; it is resolved alone, so that names stay its own."""
    book.written.add(docname)
    doctree = builder.env.get_doctree(docname)
    doctree["docname"] = docname
    builder.env.resolve_references(doctree, docname, builder)
    builder.post_process_images(doctree)
    fold_html(doctree)
    for node in doctree.findall(nodes.Element):
        names: list[str] = node.get("ids", [])
        for name in names:
            doctree.ids.setdefault(name, node)
    translator = builder.create_translator(doctree, builder, book, depth)
    assert isinstance(translator, TypstTranslator)
    translator.part = part
    doctree.walkabout(translator)
    return "".join(translator.body)


def citation_keys(env: BuildEnvironment) -> dict[str, str]:
    """Find the entries of every bibliography: the label of each, and the key that all its copies share."""
    keys: dict[str, str] = {}
    for label, (docname, name, _line) in env.domains.citation_domain.citations.items():
        keys[label_of(docname, name)] = label
    if "cite" in env.domains:
        for citation in getattr(env.get_domain("cite"), "citations", ()):
            keys[label_of(citation.bibliography_key.docname, citation.citation_id)] = citation.key
    return keys


def write_index(builder: Builder, book: Book) -> str:
    """Write the index with the pages of each entry, or nothing when no entry leads into the book."""
    lines: list[str] = []
    for letter, entries in IndexEntries(builder.env).create_index(builder):
        written = [line for entry in entries for line in _index_lines(entry, book)]
        if written:
            lines += [f"#index-letter({quoted(letter)})", *written]
    if not lines:
        return ""
    book.labels.add("genindex#")
    title = str(_("Index"))
    heading = (
        f"#heading(level: 1, supplement: [#{quoted(title)}])[#{quoted(title)}]#label({quoted('genindex#')})"
    )
    return f"\n{heading}\n#columns(2, gutter: 2em)[#set text(size: 9.2pt)\n" + "\n".join(lines) + "]\n"


def _index_lines(entry: tuple[str, Any], book: Book) -> list[str]:
    name, (links, inner, _key) = entry
    lines = [_index_line(0, name, links, book), *(_index_line(1, sub, to, book) for sub, to in inner)]
    if not any(lines[1:]) and not lines[0].endswith(",))"):
        return []
    return [line for line in lines if line]


def _index_line(depth: int, name: str, links: list[tuple[str, str]], book: Book) -> str:
    labels = [book.resolved(uri.removeprefix("%")) for _main, uri in links]
    places = list(dict.fromkeys(quoted(label) for label in labels if label))
    if not places and links:
        return ""
    return f"#index-line({depth}, [{printed(name)}], ({''.join(f'{place},' for place in places)}))"


@dataclass(frozen=True)
class Meta:
    """What the template is told of the book; the names are those of the template."""

    title: str
    subtitle: str
    author: str
    authors: list[str]
    abstract: str
    version: str
    date: str
    keywords: list[str]
    description: str
    stamp: str  # Typst code: a datetime or none
    paper: str
    lang: str
    region: str
    fonts: list[str]
    mono: list[str]
    size: str
    contents: str
    depth: int

    def code(self, parts: dict[str, str]) -> str:
        """Write it as a Typst dictionary."""
        fields = [f"  {name}: {_value(name, value)},\n" for name, value in vars(self).items()]
        captions = "".join(f"{quoted(label)}: {quoted(caption)}, " for label, caption in parts.items())
        return f"(\n{''.join(fields)}  parts: ({captions or ':'}),\n)"


def _value(name: str, value: str | int | list[str]) -> str:
    if isinstance(value, list):
        return f"({''.join(f'{quoted(item)}, ' for item in value)})"
    if name in {"stamp", "size"} or isinstance(value, int):
        return str(value)
    return quoted(value) if value or name not in {"region", "description"} else "none"


def write_book(builder: Builder, meta: Meta, template: Path) -> tuple[str, list[str]]:
    """Write the whole book; give the Typst text and the faults that stop the build."""
    book = Book(citation_keys=citation_keys(builder.env), level=1)
    body = write_document(builder, builder.config.root_doc, book, depth=-1)
    body += write_index(builder, book)
    lost = [label for label in book.wanted if book.resolved(label) is None]
    for label in lost:
        if book.wanted[label]:
            message = f"link to {label!r}, which is not in the book: its text is printed"
            logger.warning(message, location=book.wanted[label], type="typst", subtype="link")
    second = "".join(f"{quoted(name)}: {quoted(label)}, " for name, label in book.aliases.items())
    absent = "".join(f"{quoted(label)}: none, " for label in lost)
    head = f"#let elsewhere = ({second + absent or ':'})\n#let meta = {meta.code(book.parts)}\n"
    text = f"{head}\n{template.read_text(encoding='utf-8')}\n#show: book.with(meta)\n{body}\n"
    return text, book.faults
