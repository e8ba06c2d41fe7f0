"""Lists in Typst: bullets, numbers, terms, fields, options, and the entries of a bibliography."""

from __future__ import annotations

from docutils import nodes

from .text import Scribe, quoted, setting

_NUMBERS = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


def visible(node: nodes.Element) -> list[nodes.Node]:
    """Give the children of a node that leave something on paper."""
    return [child for child in node.children if not isinstance(child, nodes.Invisible | nodes.label)]


def is_tight(items: list[nodes.Node]) -> bool:
    """Say whether every item is one paragraph, with at most a list below it."""
    lists = (nodes.bullet_list, nodes.enumerated_list)
    for item in items:
        inside = visible(item) if isinstance(item, nodes.Element) else []
        if len(inside) > 2 or any(not isinstance(child, nodes.paragraph) for child in inside[:1]):
            return False
        if len(inside) == 2 and not isinstance(inside[1], lists):
            return False
    return True


def take_box(item: nodes.Element) -> str:
    """Take the tick box out of a task, where MyST leaves it as HTML; say in Typst whether it is ticked."""
    for raw in list(item.findall(nodes.raw)):
        if 'type="checkbox"' in raw.astext():
            raw.parent.remove(raw)
            return "true" if "checked=" in raw.astext() else "false"
    return "none"


class Lists(Scribe):
    """Visits lists."""

    def visit_bullet_list(self, node: nodes.Element) -> None:
        """Write a list of bullets; a list of tasks has boxes for bullets."""
        if "contains-task-list" not in node.get("classes", ()):
            self.write_list("list", node, "")
        boxes = [take_box(item) for item in node.children if isinstance(item, nodes.Element)]
        # Only a numbered list lets each item have a sign of its own.
        self.write_list(
            "enum", node, f", numbering: n => tick(({''.join(f'{box}, ' for box in boxes)}).at(n - 1))"
        )

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        """Write a numbered list with the numbers, the start and the signs of the source."""
        number = _NUMBERS.get(node.get("enumtype", "arabic"), "1")
        pattern = node.get("prefix", "") + number + (node.get("suffix") or ".")
        self.write_list("enum", node, f", start: {node.get('start', 1)}, numbering: {quoted(pattern)}")

    def write_list(self, function: str, node: nodes.Element, options: str) -> None:
        """Write the items of a list as the arguments of its function."""
        items = [child for child in node.children if isinstance(child, nodes.list_item)]
        tight = "true" if is_tight(list(items)) else "false"
        contents = [
            f"[{self.anchors(item)}{self.rendered(item.children)}{self.entry_mark(item)}]" for item in items
        ]
        self.put_list(node, f"#{function}(tight: {tight}{options}, {', '.join(contents)})")
        raise nodes.SkipNode

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Write terms and what they mean."""
        items = [
            self.definition(item) for item in node.findall(nodes.definition_list_item) if item.parent is node
        ]
        self.write_terms(node, items)

    def definition(self, item: nodes.Element) -> tuple[str, str]:
        """Write the terms of one item, with their classifiers, and its definitions."""
        terms: list[str] = []
        bodies: list[str] = []
        for child in item.children:
            if isinstance(child, nodes.term):
                terms.append(self.anchors(child) + self.rendered(child.children))
            elif isinstance(child, nodes.classifier):
                terms[-1] += f" #text(weight: 400)[(#emph{self.content(child.children)})]"
            else:
                bodies.append(self.rendered([child]))
        return self.anchors(item) + "#linebreak()".join(terms), "\n\n".join(bodies)

    def visit_definition(self, node: nodes.Element) -> None:
        """Write what a term means."""

    visit_field_body = visit_description = visit_definition

    def depart_definition(self, node: nodes.Element) -> None:
        """Close nothing."""

    depart_field_body = depart_description = depart_definition

    def visit_field_list(self, node: nodes.Element) -> None:
        """Write fields as terms."""
        fields = [field for field in node.children if isinstance(field, nodes.field)]
        pairs = [(self.rendered(field[0].children), self.rendered(field[1:])) for field in fields]
        self.write_terms(node, pairs)

    def visit_option_list(self, node: nodes.Element) -> None:
        """Write the options of a command as terms."""
        items = [item for item in node.children if isinstance(item, nodes.option_list_item)]
        self.write_terms(
            node, [(f"#raw({quoted(item[0].astext())})", self.rendered(item[1:])) for item in items]
        )

    def write_terms(self, node: nodes.Element, items: list[tuple[str, str]]) -> None:
        """Write pairs of a term and its text."""
        arguments = ", ".join(f"terms.item[{term}][{text}]" for term, text in items)
        self.put_list(node, f"#terms(tight: false, {arguments})")

    def put_list(self, node: nodes.Element, call: str) -> None:
        """Put a list, with space around it when it stands in no other."""
        inner = isinstance(node.parent, nodes.list_item | nodes.entry)
        self.put("\n" if inner else "\n#listed[", call, "\n" if inner else "]\n")
        raise nodes.SkipNode

    def visit_citation(self, node: nodes.Element) -> None:
        """Write an entry of a bibliography, which ends with the pages where it is cited."""
        label = next((child for child in node.children if isinstance(child, nodes.label)), None)
        wanted = label is not None and setting(self, "typst_bibliography_labels")
        shown = f", label: {self.content(label.children)}" if wanted and label is not None else ""
        texts = [child for child in node.children if child is not label]
        mark = self.entry_mark(node)
        body = "#parbreak()".join(
            self.rendered(text.children if isinstance(text, nodes.paragraph) else [text]) for text in texts
        )
        self.put(f"\n#bib-entry([{self.anchors(node)}{body}{mark}]{shown})\n")
        raise nodes.SkipNode

    def entry_mark(self, node: nodes.Element) -> str:
        """Write where an entry is cited; the pages are known to Typst alone."""
        keys = (self.book.citation_keys.get(label) for label in self.labels_of(node))
        key = next(filter(None, keys), None)
        return f"#back-references({quoted(key)}, {quoted(setting(self, 'typst_cited_on'))})" if key else ""
