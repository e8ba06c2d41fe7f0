"""Inline nodes in Typst: emphasis, code, links, citations, footnotes, formulas, raw text."""

from __future__ import annotations

import re

import tex2typst
from docutils import nodes

from .text import Scribe, label_of, place_of, printed, quoted

# What opens and closes around the children of a node that needs nothing else.
_AROUND = {
    "emphasis": ("#emph[", "]"),
    "strong": ("#strong[", "]"),
    "title_reference": ("#emph[", "]"),
    "literal_emphasis": ("#emph[", "]"),
    "literal_strong": ("#strong[", "]"),
    "manpage": ("#emph[", "]"),
    "superscript": ("#super[", "]"),
    "subscript": ("#sub[", "]"),
    "problematic": ("#emph[", "]"),
    "generated": ("", ""),
    "download_reference": ("", ""),
    "target": ("", ""),
}
# HTML in a MyST page that has a plain meaning in print; MyST itself writes some of it (`~~struck~~`).
HTML_TAGS = {
    "s": "#strike[",
    "del": "#strike[",
    "ins": "#underline[",
    "u": "#underline[",
    "sub": "#sub[",
    "sup": "#super[",
    "b": "#strong[",
    "strong": "#strong[",
    "i": "#emph[",
    "em": "#emph[",
    "mark": "#highlight[",
    "small": "#small-print[",
    "kbd": "#typed[",
    "span": "#[",
}
_OPENER = re.compile(r"<([a-z]+)(?:\s[^<>]*)?>", re.IGNORECASE)
_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
# Names that Sphinx itself declares for pages of HTML; a book has at most an index.
_HTML_ONLY = {"genindex#", "modindex#", "py-modindex#", "search#"}


def fold_html(document: nodes.document) -> None:
    """Make one inline node of an HTML tag, what follows, and its closing tag, when all are siblings."""
    for opener in list(document.findall(nodes.raw)):
        match = _OPENER.fullmatch(opener.astext().strip())
        tag = match[1].lower() if match else ""
        if "html" not in opener.get("format", "").split() or tag not in HTML_TAGS or opener.parent is None:
            continue
        siblings = opener.parent.children
        start = opener.parent.index(opener)
        for end in range(start + 1, len(siblings)):
            if isinstance(siblings[end], nodes.raw) and siblings[end].astext().strip() == f"</{tag}>":
                folded = nodes.inline("", "", *siblings[start + 1 : end], html=tag)
                opener.parent[start : end + 1] = [folded]
                break


class Inline(Scribe):
    """Visits what stands in a line."""

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Print text; white space is kept in code only."""
        self.put("#" + quoted(node.astext()) if self.verbatim else printed(node.astext()))

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Close nothing."""

    def visit_inline(self, node: nodes.Element) -> None:
        """Open an HTML tag that was folded; other inline nodes have no look of their own."""
        html = node.get("html")
        if "strike" in node.get("classes", ()):
            html = "s"
        node["typst-close"] = "]" if html else ""
        self.put(HTML_TAGS[html] if html else "")

    def depart_inline(self, node: nodes.Element) -> None:
        """Close it."""
        self.put(node["typst-close"])

    def visit_abbreviation(self, node: nodes.Element) -> None:
        """Print an abbreviation."""

    def depart_abbreviation(self, node: nodes.Element) -> None:
        """Say what it stands for where it is met first: paper has no tooltips."""
        meaning = node.get("explanation", "")
        if meaning and node.astext() not in self.book.abbreviations:
            self.book.abbreviations.add(node.astext())
            self.put(printed(f" ({meaning})"))

    def visit_literal(self, node: nodes.Element) -> None:
        """Print code in a line."""
        self.put(f"#raw({quoted(' '.join(node.astext().split()))})")
        raise nodes.SkipNode

    def visit_math(self, node: nodes.Element) -> None:
        """Print a formula in a line."""
        tex = node.astext()
        typst = self.typst_math(tex, node)
        self.put(f"#math.equation(alt: {quoted(tex)}, ${typst}$.body)" if typst else f"#raw({quoted(tex)})")
        raise nodes.SkipNode

    def typst_math(self, tex: str, node: nodes.Node) -> str:
        """Turn a formula of TeX into one of Typst; what cannot be turned is a warning and is printed as TeX."""
        try:
            return str(tex2typst.tex2typst(tex, non_strict=False)).strip()
        except Exception as error:
            reason = str(error).partition("\n")[0]
            self.warn(f"formula cannot be set ({reason}), its TeX is printed: {tex}", node, "math")
            return ""

    def visit_reference(self, node: nodes.Element) -> None:
        """Open a link, and mark the page when it leads to an entry of the bibliography."""
        label = self.internal_target(node)
        node["typst-close"] = "]"
        if label is not None:
            self.book.wanted.setdefault(label, "" if label in _HTML_ONLY else place_of(node))
            key = self.book.citation_keys.get(label)
            mark = f"#cited({quoted(key)})" if key else ""
            self.put(f"{mark}#go({quoted(label)})[")
        elif _EXTERNAL.match(node.get("refuri", "")):
            self.put(f"#link({quoted(node['refuri'])})[")
        else:
            node["typst-close"] = ""
            self.warn(
                f"link to {node.get('refuri')!r} leads nowhere in a PDF: its text is printed", node, "link"
            )

    def depart_reference(self, node: nodes.Element) -> None:
        """Close the link."""
        self.put(node["typst-close"])

    visit_number_reference = visit_reference
    depart_number_reference = depart_reference

    def internal_target(self, node: nodes.Element) -> str | None:
        """Give the label that a reference leads to when it stays in the book."""
        if "refid" in node:
            return label_of(self.docname, node["refid"])
        uri: str = node.get("refuri", "")
        if uri.startswith("#"):
            return label_of(self.docname, uri[1:])
        if uri.startswith("%"):
            docname, _, name = uri[1:].partition("#")
            return label_of(docname, name)
        return None

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Put the footnote at its reference: Typst brings it to the foot of the page."""
        note = self.document.ids.get(node.get("refid", ""))
        if not isinstance(note, nodes.footnote):
            self.warn("footnote reference leads to no footnote", node, "footnote")
            self.put(f"#super{self.content(node.children)}")
            raise nodes.SkipNode
        if self.body and self.body[-1].endswith(" ") and not self.body[-1].startswith(("\n", "//")):
            self.body[-1] = self.body[-1][:-1]
        self.put("#note-gap" if self.note_end == len(self.body) else "", self.anchors(node))
        label = label_of(self.docname, note["ids"][0])
        if label in self.book.labels:
            self.put(f"#footnote(label({quoted(label)}))")
        else:
            self.new_labels(note)
            self.book.aliases.update((label_of(self.docname, name), label) for name in note["ids"][1:])
            text = self.content([child for child in note.children if not isinstance(child, nodes.label)])
            self.put(f"#footnote[#h(0.2em){text[1:]}#label({quoted(label)})")
        self.note_end = len(self.body)
        raise nodes.SkipNode

    def visit_footnote(self, node: nodes.Element) -> None:
        """Print a footnote in its place only when nothing refers to it."""
        if any(label_of(self.docname, name) in self.book.labels for name in node["ids"]) or node["backrefs"]:
            raise nodes.SkipNode
        self.put("\n\n", self.anchors(node))

    def depart_footnote(self, node: nodes.Element) -> None:
        """Close nothing."""

    def visit_claim_anchor(self, node: nodes.Element) -> None:
        """Leave no more than the place of a claim, which every node with a name has already."""
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.raw) -> None:
        """Print raw Typst and HTML of a plain meaning; warn of what would be lost."""
        formats = node.get("format", "").split()
        if "typst" in formats:
            # The empty comment keeps what stands before from taking the raw text for its argument.
            self.put("/**/", node.astext(), "/**/")
        elif "html" in formats and self.known_html(node):
            pass
        elif not self.has_alternative(node):
            self.warn(f"raw {node.get('format')!r} is not printed: give a raw 'typst' beside it", node, "raw")
        raise nodes.SkipNode

    def known_html(self, node: nodes.raw) -> bool:
        """Print a line break, pass a comment by; say whether it was one of them."""
        html = node.astext().strip()
        if re.fullmatch(r"<br\s*/?>", html):
            self.put("#linebreak()")
            return True
        return not re.sub(r"(?s)<!--.*?-->", "", html).strip()

    def has_alternative(self, node: nodes.raw) -> bool:
        """Say whether another raw node beside this one, of another format, is printed in its stead."""
        siblings = node.parent.children
        at = node.parent.index(node)
        near = [siblings[place] for place in (at - 1, at + 1) if 0 <= place < len(siblings)]
        others = [other["format"].split() for other in near if isinstance(other, nodes.raw)]
        # HTML beside LaTeX speaks for both: it is printed, or warned of, itself.
        return any("typst" in other or ("html" in other and "html" not in node["format"]) for other in others)

    def visit_raw_latex(self, node: nodes.Node) -> None:
        """Pass by what the bibliography writes for LaTeX beside its plain text."""
        raise nodes.SkipNode

    def visit_image(self, node: nodes.Element) -> None:
        """Print a picture; one that says nothing to those who cannot see it stops the build."""
        uri = node["uri"]
        name = self.builder.images.get(uri)
        decorative = "decorative" in node.get("classes", ())
        if not node.get("alt", "").strip() and not decorative:
            self.book.faults.append(f"{place_of(node)}: picture {uri} has no alternative text: add `alt`")
        elif name is None:
            self.put(printed(node.get("alt", "")))
        else:
            self.put(self.picture(node, f"/{self.builder.imagedir}/{name}", decorative))
        raise nodes.SkipNode

    def picture(self, node: nodes.Element, path: str, decorative: bool) -> str:
        """Write the call that shows a picture."""
        sizes = "".join(
            f", {side}: {size}" for side in ("width", "height") if (size := length(node.get(side)))
        )
        alt = "none" if decorative else quoted(node["alt"])
        call = f"image({quoted(path)}, alt: {alt}{sizes})"
        if node.get("scale"):
            call = f"scale({int(node['scale'])}%, reflow: true, {call})"
        if decorative:
            call = f"pdf.artifact({call})"
        inside = isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1
        if inside:
            return f"#box({call})"
        side = {"center": "center", "right": "right"}.get(node.get("align", ""))
        return f"#align({side}, {call})" if side else f"#{call}"


def length(value: str | int | None) -> str:
    """Write a length of docutils (`50%`, `300px`, `10cm`, `300`) in Typst's units; unknown ones are left out."""
    match = re.fullmatch(r"\s*([0-9.]+)\s*(%|px|pt|cm|mm|in|em|pc|)\s*", str(value or ""))
    if not match:
        return ""
    number = float(match[1])
    unit = match[2] or "px"
    factor = {"px": (0.75, "pt"), "pc": (12.0, "pt")}.get(unit, (1.0, unit))
    return f"{number * factor[0]:g}{factor[1]}"


def _wrap(name: str, opening: str, closing: str) -> None:
    def visit(self: Inline, node: nodes.Node) -> None:
        self.put(opening)

    def depart(self: Inline, node: nodes.Node) -> None:
        self.put(closing)

    setattr(Inline, f"visit_{name}", visit)
    setattr(Inline, f"depart_{name}", depart)


for _name, (_opening, _closing) in _AROUND.items():
    _wrap(_name, _opening, _closing)
