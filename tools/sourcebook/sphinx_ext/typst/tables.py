"""Tables in Typst: widths, spans, a head that is repeated on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from .text import Scribe, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator


def widths_of(table: nodes.Element, group: nodes.Element) -> str:
    """Write the widths of the columns: those that the source gives, else what the text needs."""
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    if "colwidths-given" in table.get("classes", ()):
        fractions = "".join(f"{spec.get('colwidth', 1)}fr, " for spec in specs)
        return f"({fractions})"
    return f"({'auto, ' * len(specs)})"


def rows_of(part: nodes.Element | None) -> Iterator[nodes.row]:
    """Give the rows of a head or a body."""
    for child in part.children if part is not None else ():
        if isinstance(child, nodes.row):
            yield child


def is_repeatable(head: nodes.Element | None) -> bool:
    """Say whether a head may stand on every page: a note or a name in it may stand only once."""
    if head is None:
        return True
    once = (nodes.footnote_reference, nodes.reference, nodes.target)
    return not any(isinstance(node, once) or node.get("ids") for node in head.findall(nodes.Element))


class Tables(Scribe):
    """Visits tables."""

    def visit_table(self, node: nodes.Element) -> None:
        """Write a table, in a figure when it has a title."""
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        groups = [child for child in node.children if isinstance(child, nodes.tgroup)]
        body = "".join(self.table_group(node, group) for group in groups)
        if title is not None:
            caption = self.content(title.children, self.number_of(node, "table"))
            body = f"\n#titled-table({caption})[{body}]\n"
        self.put(body)
        raise nodes.SkipNode

    def number_of(self, node: nodes.Element, kind: str) -> str:
        """Write the number that Sphinx's `numfig` gave to a figure or a table."""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = next((numbers[name] for name in node["ids"] if name in numbers), None)
        if number is None:
            return ""
        said = str(self.config.numfig_format.get(kind, "%s")) % ".".join(map(str, number))
        return f"#strong[#{quoted(said)}.] "

    def table_group(self, table: nodes.Element, group: nodes.Element) -> str:
        """Write the head and the body of a table."""
        head = next((child for child in group.children if isinstance(child, nodes.thead)), None)
        body = next((child for child in group.children if isinstance(child, nodes.tbody)), None)
        specs = [child for child in group.children if isinstance(child, nodes.colspec)]
        stubs = sum(1 for spec in specs if spec.get("stub"))
        repeat = "true" if is_repeatable(head) else "false"
        above = "".join(f"\n  {self.row(row, 0)}" for row in rows_of(head))
        below = "".join(f"\n  {self.row(row, stubs)}" for row in rows_of(body))
        return f"\n#rows({widths_of(table, group)}, ({above}), ({below}), repeat: {repeat})\n"

    def row(self, row: nodes.Element, stubs: int) -> str:
        """Write the cells of a row; the first ones are its own head when the table has stubs."""
        cells = [child for child in row.children if isinstance(child, nodes.entry)]
        is_head = isinstance(row.parent, nodes.thead)
        return " ".join(self.cell(cell, is_head or at < stubs) for at, cell in enumerate(cells))

    def cell(self, cell: nodes.Element, bold: bool) -> str:
        """Write a cell with its spans and its side."""
        options = ""
        if cell.get("morecols"):
            options += f"colspan: {cell['morecols'] + 1}, "
        if cell.get("morerows"):
            options += f"rowspan: {cell['morerows'] + 1}, "
        for side in ("center", "right"):
            if f"text-{side}" in cell.get("classes", ()):
                options += f"align: {side}, "
        text = self.content(cell.children, self.anchors(cell) + self.anchors(cell.parent))
        return f"table.cell({options}{f'strong{text}' if bold else text}),"
