"""Blocks in Typst: headings, paragraphs, quotations, notes, figures, code, formulas."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _, admonitionlabels

from .inline import Inline, length
from .lists import Lists, visible
from .tables import Tables
from .text import label_of, quoted

# Nodes that have no look of their own: their children are printed.
_PLAIN = (
    "compound",
    "container",
    "glossary",
    "desc",
    "hlist",
    "hlistcol",
    "acks",
)
# What opens and closes around the children of a block that needs nothing else.
_AROUND = {
    "rubric": ("\n#rubric[", "]\n"),
    "centered": ("\n#centred[", "]\n"),
    "legend": ("", ""),
    "desc_content": ("\n#indented[", "]\n"),
    "versionmodified": ("\n#version-note[", "]\n"),
    "decoration": ("", ""),
    "subtitle": ("\n#version-note[#emph[", "]]\n"),
    "production": ("", "#linebreak()"),
}
_SILENT = (
    "comment",
    "substitution_definition",
    "pending",
    "meta",
    "index",
    "highlightlang",
    "tabular_col_spec",
    "system_message",
    "colspec",
    "label",
)
# A paragraph alone in one of these is its text, not a block: no space around it, no indent.
_HOLDERS = (
    nodes.list_item,
    nodes.entry,
    nodes.definition,
    nodes.field_body,
    nodes.footnote,
    nodes.description,
)


def plain_text(node: nodes.Node) -> str:
    """Give the text of a title for the contents, where notes, links and names may not be repeated."""
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, nodes.footnote_reference | nodes.raw):
        return ""
    return "".join(plain_text(child) for child in node.children)


class Blocks(Inline, Lists, Tables):
    """Visits what stands in a block of its own."""

    def visit_title(self, node: nodes.Element) -> None:
        """Write a heading with its text for the contents beside it."""
        if not isinstance(node.parent, nodes.section):
            self.put(f"\n#rubric{self.content(node.children)}\n")
            raise nodes.SkipNode
        level = min(max(1, self.depth), self.book.level + 1)
        self.book.level = level
        label = self.heading_label(node.parent)
        number = self.section_number(node.parent)
        plain = number + " ".join(plain_text(node).split())
        text = self.content(node.children, f"#{quoted(number)}" if number else "")
        self.put(f"\n#heading(level: {level}, supplement: [#{quoted(plain)}]){text}#label({quoted(label)})\n")
        raise nodes.SkipNode

    def heading_label(self, section: nodes.Element) -> str:
        """Name a heading by the first name of its section; the others, and the document's, lead to it."""
        names = [label_of(self.docname, name) for name in section["ids"]]
        if label_of(self.docname, "") not in self.book.aliases:
            names.append(label_of(self.docname, ""))
        first, *others = names
        self.book.labels.add(first)
        self.book.aliases.update((other, first) for other in others)
        if self.part:
            self.book.parts[first] = self.part
            self.part = ""
        return first

    def section_number(self, section: nodes.Element) -> str:
        """Give the number of a section in a numbered toctree."""
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        first = section.parent is self.document
        found = next((numbers[key] for name in section["ids"] if (key := f"#{name}") in numbers), None)
        number = numbers.get("") if found is None and first else found
        return ".".join(map(str, number)) + "\u2002" if number else ""

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Write a paragraph."""
        siblings = visible(node.parent) if isinstance(node.parent, _HOLDERS) else []
        node["typst-break"] = "" if len(siblings) == 1 else "\n\n"
        self.put("" if node is next(iter(siblings), None) else "\n\n", self.anchors(node))

    def depart_paragraph(self, node: nodes.Element) -> None:
        """End the paragraph."""
        self.put(node["typst-break"])

    def visit_compact_paragraph(self, node: nodes.Element) -> None:
        """Write a paragraph of a table of contents."""
        self.visit_paragraph(node)

    def depart_compact_paragraph(self, node: nodes.Element) -> None:
        """End it."""
        self.depart_paragraph(node)

    def visit_block_quote(self, node: nodes.Element) -> None:
        """Write a quotation with the one who said it."""
        attributions = [child for child in node.children if isinstance(child, nodes.attribution)]
        rest = [child for child in node.children if child not in attributions]
        said = ", ".join(self.rendered(child.children) for child in attributions)
        text = self.content(rest)
        if self.language(node):
            text = f"[#in-language({quoted(self.language(node))}){text}]"
        option = f", attribution: [{said}]" if said else ""
        self.put(f"\n#quote(block: true{option}){text}\n")
        raise nodes.SkipNode

    def visit_attribution(self, node: nodes.Element) -> None:
        """Write an attribution that stands outside a quotation."""
        self.put("\n\n— ", self.anchors(node))

    def depart_attribution(self, node: nodes.Element) -> None:
        """End it."""
        self.put("\n\n")

    def write_note(self, function: str, node: nodes.Element, label: str, options: str = "") -> None:
        """Write a titled box: its own title when it has one, else *label*."""
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        rest = [child for child in node.children if child is not title]
        shown = (
            self.content(title.children) if title is not None else f"[#{quoted(label)}]" if label else "none"
        )
        self.put(f"\n#{function}({shown}{options}){self.content(rest)}\n")
        raise nodes.SkipNode

    def visit_admonition(self, node: nodes.Element) -> None:
        """Write a note; one of ours (class `editorial`) looks quieter than what is sourced."""
        classes: list[str] = node.get("classes", [])
        if "editorial" in classes:
            self.write_note("editorial", node, _("Editors’ note"))
        name = type(node).__name__
        kind = next((name for name in classes if name in admonitionlabels), name)
        self.write_note("callout", node, str(admonitionlabels.get(name, "")), f", kind: {quoted(kind)}")

    def visit_topic(self, node: nodes.Element) -> None:
        """Write a topic or a sidebar as a box in the column."""
        self.write_note("aside", node, "")

    visit_sidebar = visit_topic

    def visit_container(self, node: nodes.Element) -> None:
        """Write an editorial container as the note that it is; others have no look of their own."""
        if "editorial" in node.get("classes", ()):
            self.write_note("editorial", node, _("Editors’ note"))

    def depart_container(self, node: nodes.Element) -> None:
        """Close nothing."""

    def visit_caption(self, node: nodes.Element) -> None:
        """Write the title of a piece of code; a figure writes its own."""
        self.put(
            "\n#code-title", self.content(node.children, self.number_of(node.parent, "code-block")), "\n"
        )
        raise nodes.SkipNode

    def visit_figure(self, node: nodes.Element) -> None:
        """Write a picture with its caption and its legend."""
        options = ""
        body = []
        for child in node.children:
            if isinstance(child, nodes.caption):
                text = self.content(child.children, self.anchors(child) + self.number_of(node, "figure"))
                options += f", caption: {text}"
            elif isinstance(child, nodes.legend):
                options += f", legend: {self.content(child.children)}"
            else:
                body.append(child)
        if not any(image["uri"] in self.builder.images for image in node.findall(nodes.image)):
            # A figure of no picture must say itself what it shows.
            options += f", alt: {quoted(plain_text(node) or 'figure')}"
        if width := length(node.get("width")):
            options += f", width: {width}"
        self.put(f"\n#illustration({self.content(body)}{options})\n")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write code; its line breaks and spaces are kept."""
        if any(not isinstance(child, nodes.Text) for child in node.children):
            self.verbatim += 1
            self.put("\n#code", self.content(node.children), "\n")
            self.verbatim -= 1
            raise nodes.SkipNode
        language = node.get("language", "")
        options = f", lang: {quoted(language)}" if language and language not in {"default", "none"} else ""
        if node.get("linenos"):
            arguments: dict[str, int] = node.get("highlight_args", {})
            options += f", numbers: {arguments.get('linenostart', 1)}"
        self.put(f"\n#code({quoted(node.astext())}{options})\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_math_block(self, node: nodes.Element) -> None:
        """Write a formula on lines of its own, read aloud as its TeX."""
        tex = node.astext().strip()
        typst = self.typst_math(tex, node)
        number = f", number: {quoted(str(node['number']))}" if node.get("number") else ""
        if typst:
            self.put(f"\n#formula({quoted(tex)}, $ {typst} $.body{number})\n")
        else:
            self.put(f"\n#code({quoted(tex)})\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.Element) -> None:
        """Write verse; an inner block is indented."""
        inner = isinstance(node.parent, nodes.line_block)
        self.put("#indented[" if inner else "\n#verse[")

    def depart_line_block(self, node: nodes.Element) -> None:
        """End it."""
        self.put("]\n")

    def visit_line(self, node: nodes.Element) -> None:
        """Write a line of verse."""

    def depart_line(self, node: nodes.Element) -> None:
        """Break the line unless it is the last."""
        following = node.parent[node.parent.index(node) + 1 :]
        self.put("#linebreak()" if following and isinstance(following[0], nodes.line) else "")

    def visit_transition(self, node: nodes.Element) -> None:
        """Write a break between paragraphs; the one before MyST's footnotes has nothing to part here."""
        self.put("" if "footnotes" in node.get("classes", ()) else "\n#transition\n")
        raise nodes.SkipNode

    def visit_desc_signature(self, node: nodes.Element) -> None:
        """Write what a described object is called by."""
        self.put(f"\n#signature[#raw({quoted(node.astext())})]\n")
        raise nodes.SkipNode

    def visit_productionlist(self, node: nodes.Element) -> None:
        """Write a grammar as code."""
        self.put("\n#code(", self.content(node.children), ")\n")
        raise nodes.SkipNode

    def visit_start_of_file(self, node: addnodes.start_of_file) -> None:
        """Print a document that another extension has put inside this one."""

    def depart_start_of_file(self, node: addnodes.start_of_file) -> None:
        """Close nothing."""


def _fill(name: str, opening: str, closing: str, *, skipped: bool = False) -> None:
    def visit(self: Blocks, node: nodes.Node) -> None:
        self.put(opening)
        if skipped:
            raise nodes.SkipNode

    def depart(self: Blocks, node: nodes.Node) -> None:
        self.put(closing)

    setattr(Blocks, f"visit_{name}", visit)
    setattr(Blocks, f"depart_{name}", depart)


for _name, (_opening, _closing) in _AROUND.items():
    _fill(_name, _opening, _closing)
for _name in _PLAIN:
    if not hasattr(Blocks, f"visit_{_name}"):
        _fill(_name, "", "")
for _name in _SILENT:
    _fill(_name, "", "", skipped=True)
for _name in admonitionlabels:
    setattr(Blocks, f"visit_{_name}", Blocks.visit_admonition)
