"""Footnote citations: noted by page, so that a page is read again when the text of one of its footnotes changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain
from sphinxcontrib.bibtex.foot_roles import FootCiteRole

if TYPE_CHECKING:
    from .domain import CitationDomain


class FootRole(FootCiteRole):
    """The role `footcite` and its kin."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Note the keys, then do as sphinxcontrib-bibtex does."""
        domain = cast("CitationDomain", self.env.get_domain("cite"))
        domain.note_footnotes(self.env.docname, (key.strip() for key in self.text.split(",")))
        return super().run()


class FootDomain(BibtexFootDomain):
    """The domain of footnote citations, with our role."""

    roles = {name: FootRole() for name in BibtexFootDomain.roles}  # noqa: RUF012  # Sphinx copies it for each domain
