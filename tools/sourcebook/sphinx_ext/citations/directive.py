"""The bibliography directive and the transform that fills it in.

With stable ids (`bibtex_cite_id`) the directive need not make a node for every entry of the library on every page that
has a list: what the list holds is known later, and so are the ids. Without them, all is left to sphinxcontrib-bibtex.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from pybtex_docutils import Backend
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib.bibtex.directives import BibliographyDirective as StockDirective
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import Citation
from sphinxcontrib.bibtex.nodes import bibliography as bibliography_node
from sphinxcontrib.bibtex.transforms import node_text_transform

if TYPE_CHECKING:
    from .domain import CitationDomain

logger = logging.getLogger(__name__)
_LISTS = {"bullet", "enumerated", "citation"}


class Ids(dict[str, "nodes.Element"]):
    """Stands for the nodes of all entries; a node, which only carries its id, is made when it is asked for."""

    def __init__(self, template: str, count: int) -> None:
        super().__init__()
        self.template = template
        self.count = count

    def __missing__(self, key: str) -> nodes.Element:
        """Make the node of an entry."""
        raw = self.template.format(bibliography_count=self.count, key=key)
        return nodes.citation(ids=[nodes.make_id(raw)])

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what makes the ids, not the ids."""
        return Ids, (self.template, self.count)


class BibliographyDirective(StockDirective):
    """The directive `bibliography`."""

    def run(self) -> Sequence[nodes.Node]:
        """Note the list, and leave a node to be filled in."""
        if self._needs_all_nodes():
            self._domain.note_rereading(self.env.docname)
            return super().run()
        count = int(self.env.temp_data.get("bibtex_bibliography_count") or 0) + 1
        self.env.temp_data["bibtex_bibliography_count"] = count
        node = self._node(count)
        name = BibliographyKey(self.env.docname, node["ids"][0])
        self._domain.bibliographies[name] = self._value(Ids(self.config.bibtex_cite_id, count))
        header = self.config.bibtex_bibliography_header
        return [*(self.parse_text_to_nodes(header) if header else []), node]

    def _needs_all_nodes(self) -> bool:
        # without ids of their own, or where something else has one that looks like theirs
        prefix = self.config.bibtex_cite_id.partition("{")[0]
        taken = nodes.make_id(f"{prefix}x")[:-1]
        clash = not prefix or any(id_.startswith(taken) for id_ in self.state.document.ids)
        return clash or self.options.get("list", "citation") not in _LISTS

    def _value(self, ids: Ids) -> BibliographyValue:
        bibfiles = self._bibfiles()
        return BibliographyValue(
            line=self.lineno,
            bibfiles=bibfiles,
            style=self.options.get("style", self.config.bibtex_default_style),
            list_=self.options.get("list", "citation"),
            enumtype=self.options.get("enumtype", "arabic"),
            start=self.options.get("start", 1),
            labelprefix=self.options.get("labelprefix", ""),
            keyprefix=self.options.get("keyprefix", ""),
            filter_=self._get_filter(),
            citation_nodes=ids,
            keys=self._keys(bibfiles),
        )

    @property
    def _domain(self) -> CitationDomain:
        return cast("CitationDomain", self.env.get_domain("cite"))

    def _bibfiles(self) -> list[Path]:
        known = self._domain.bibdata.bibfiles
        if not self.arguments:
            return list(known)
        bibfiles = []
        for name in self.arguments[0].split():
            path = Path(self.env.relfn2path(name)[1]).resolve()
            if path in known:
                bibfiles.append(path)
            else:
                self._warn(f"{name} not found or not configured in bibtex_bibfiles", "bibfile_error")
        return bibfiles

    def _keys(self, bibfiles: list[Path]) -> list[str]:
        if self.content:  # whether a key is there is asked while the page is read
            self._domain.note_rereading(self.env.docname)
        keys = []
        for key in self.content:
            if any(key in self._domain.bibdata.bibfiles[path].keys for path in bibfiles):
                keys.append(key)
            else:
                self._warn(f'could not find bibtex key "{key}"', "key_not_found")
        return keys

    def _node(self, count: int) -> nodes.Element:
        id_ = nodes.make_id(self.config.bibtex_bibliography_id.format(bibliography_count=count))
        taken = id_ in self.state.document.ids
        if taken:
            self._warn(f"duplicate citation id {id_}", "duplicate_id")
        node = bibliography_node("", docname=self.env.docname, ids=[id_] if id_ and not taken else [])
        self.state.document.note_explicit_target(node, node)
        return node

    def _warn(self, message: str, subtype: str) -> None:
        logger.warning(message, location=(self.env.docname, self.lineno), type="bibtex", subtype=subtype)


class BibliographyTransform(SphinxPostTransform):
    """Fills the lists in; it runs before that of sphinxcontrib-bibtex, which then finds nothing left to do."""

    default_priority = 4
    backend = Backend()

    def run(self, **kwargs: Any) -> None:
        """Put the entries into each list of the page."""
        domain = cast("CitationDomain", self.env.get_domain("cite"))
        for node in list(self.document.findall(bibliography_node)):
            # not of the page that is written: a builder may join pages
            name = BibliographyKey(docname=node["docname"], id_=node["ids"][0])
            citations = domain.citations_of(name)
            value = domain.bibliographies[name]
            node.replace_self(self._list(domain, value, citations) if citations else nodes.target())

    def _list(
        self, domain: CitationDomain, value: BibliographyValue, citations: list[Citation]
    ) -> nodes.Element:
        filled: nodes.Element = nodes.container()
        if value.list_ == "enumerated":
            filled = nodes.enumerated_list(enumtype=value.enumtype, start=self._start(value, len(citations)))
        elif value.list_ == "bullet":
            filled = nodes.bullet_list()
        filled += [self._item(domain, value, citation) for citation in citations]
        return filled

    def _start(self, value: BibliographyValue, count: int) -> int:
        # a list may go on with the numbers of the one before it
        data = self.env.temp_data
        start = value.start if value.start >= 1 else int(data.get("bibtex_enum_count") or 1)
        data["bibtex_enum_count"] = start + count
        return start

    def _item(self, domain: CitationDomain, value: BibliographyValue, citation: Citation) -> nodes.Element:
        docname = citation.bibliography_key.docname
        class_ = nodes.citation if value.list_ == "citation" else nodes.list_item
        item: nodes.Element = class_(ids=[citation.citation_id])
        if value.list_ == "citation":
            if backrefs := domain.backrefs(docname).get(citation.key):
                item["backrefs"] = list(backrefs)
            item += nodes.label("", citation.formatted_entry.label, support_smartquotes=False)
        item += self.backend.paragraph(citation.formatted_entry)
        item["docname"] = docname
        item["citation_key"] = citation.key
        node_text_transform(item)
        return item
