"""The editors' note: our own voice, set apart from what the articles say."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util.docutils import SphinxDirective


class Editorial(SphinxDirective):
    """:::{editorial} ... ::: sets its body as an editors' note; no sentence of it is a claim."""

    has_content = True
    option_spec = {"name": directives.unchanged, "class": directives.class_option}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Make an admonition with our title and class."""
        classes = ["editorial", *self.options.get("class", [])]
        note = nodes.admonition("", classes=classes)
        note += nodes.title("", _("Editors’ note"))
        self.set_source_info(note)
        self.add_name(note)
        note += self.parse_content_to_nodes()
        return [note]


def setup(app: Sphinx) -> None:
    """Register the directive; called by the extension's own setup."""
    app.add_directive("editorial", Editorial)
