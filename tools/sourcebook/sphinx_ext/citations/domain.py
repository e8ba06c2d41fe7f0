"""The citation domain: that of sphinxcontrib-bibtex, made fast and kept fresh.

Fast: every look-up has an index, every entry is formatted once, and what did not change is not formatted again.
Fresh: pages are written again when what they show of an entry has changed, whichever page or file it changed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pybtex.database import BibliographyData
from pybtex.plugin import find_plugin
from sphinx.util import logging
from sphinxcontrib.bibtex.bibfile import get_mtime
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation, get_docnames
from sphinxcontrib.bibtex.style.referencing import format_references
from sphinxcontrib.bibtex.style.template import SphinxReferenceInfo

from ..style.labels import Shared
from .index import CitationIndex
from .lists import Bench, make_lists
from .store import BibData, Lists, Packed, Refs, digest_of, file_digest

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger("sphinxcontrib.bibtex.domain")  # its warnings, under its name
# Settings that a page takes in when it is read, and those that it takes in when it is written.
_READ = (
    "bibtex_default_style bibtex_cite_id bibtex_bibliography_id bibtex_bibliography_header bibtex_footcite_id"
    " bibtex_footbibliography_id bibtex_footbibliography_header bibtex_foot_reference_style"
)
_WRITTEN = "bibtex_tooltips bibtex_tooltips_style bibtex_reference_style bibtex_default_style"


class CitationDomain(BibtexDomain):
    """The domain `cite`."""

    data_version = BibtexDomain.data_version + 100
    initial_data = {  # noqa: RUF012  # Sphinx copies it for each environment
        "bibdata": BibData("", {}, Packed(BibliographyData())),
        "bibliographies": {},
        "citation_refs": Refs(),
        "links": {},  # page: targets of links of no domain, which may be keys
        "footnotes": {},  # page: keys
        "footnote_texts": {},  # key: digest of the text
        "rereading": set(),  # pages with lists that depend on the files already while they are read
        "files": {},  # path: digest
        "read_under": "",  # digest of the settings
        "lists": None,
        "lists_under": "",  # digest of files and settings
        "notes": [],  # the warnings of the lists, at hand without unpacking them, as are
        "objects": [],  # the objects of the inventory
        "pages": {},  # page: digest of what it shows of entries
    }
    written: dict[str, str] = {}  # noqa: RUF012  # set anew for each builder
    """The pages as the last finished build left them in the folder that this one writes to."""
    _touched = False
    _files_changed = False
    _index: CitationIndex | None = None
    _backrefs: tuple[str, dict[str, list[str]]] = ("", {})

    # What pages say while they are read

    @property
    def bibdata(self) -> BibData:  # type: ignore[override]  # it has the same attributes
        """The entries of the files."""
        bibdata: BibData = self.data["bibdata"]
        return bibdata

    @property
    def citation_refs(self) -> Refs:  # type: ignore[override]  # a list to those who append to it
        """The citations in the pages."""
        refs: Refs = self.data["citation_refs"]
        return refs

    def note_rereading(self, docname: str) -> None:
        """Note that a page has to be read again when the files change."""
        self.data["rereading"].add(docname)

    def note_footnotes(self, docname: str, keys: Iterable[str]) -> None:
        """Note that a page cites in footnotes, whose texts are made while it is read."""
        self.data["footnotes"].setdefault(docname, set()).update(keys)

    def note_links(self, docname: str, targets: set[str]) -> None:
        """Note the links of a page whose meaning is found only when it is written."""
        if targets:
            self.data["links"][docname] = targets

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._touched = True
        self.citation_refs.drop(docname)
        self.data["links"].pop(docname, None)
        self.data["footnotes"].pop(docname, None)
        self.data["rereading"].discard(docname)
        for name in [name for name in self.bibliographies if name.docname == docname]:
            del self.bibliographies[name]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self._touched = True
        self.bibliographies.update(
            {name: value for name, value in otherdata["bibliographies"].items() if name.docname in docnames}
        )
        for docname in docnames:
            self.citation_refs.update(docname, otherdata["citation_refs"].of(docname))
            for name in ("footnotes", "links"):
                if noted := otherdata[name].get(docname):
                    self.data[name][docname] = noted
        self.data["rereading"] |= otherdata["rereading"] & docnames

    # What changed since the last build

    @property
    def pages(self) -> dict[str, str]:
        """A digest of what each page shows of entries."""
        pages: dict[str, str] = self.data["pages"]
        return pages

    def check_files(self, paths: list[Path]) -> None:
        """Compare the files by content: a copy may keep an old time, and a touch changes nothing."""
        files = {str(path): file_digest(path) for path in paths}
        old = self.data["files"]
        same = list(files.items()) == list(old.items())
        self._files_changed = bool(old) and not same
        self.data["files"] = files
        bibdata = self.data["bibdata"]
        if same:
            times = {path: file._replace(mtime=get_mtime(path)) for path, file in bibdata.bibfiles.items()}
            self.data["bibdata"] = bibdata.with_files(times)
        else:
            self.data["bibdata"] = BibData("", {}, Packed(BibliographyData()))

    def take_bibdata(self) -> None:
        """Pack what sphinxcontrib-bibtex has just read, and let our styles look into it."""
        bibdata = self.data["bibdata"]
        if not isinstance(bibdata, BibData):
            self.data["bibdata"] = BibData(bibdata.encoding, bibdata.bibfiles, Packed(bibdata.data))
        Shared.open(lambda: self.bibdata.data.entries)

    def outdated(self) -> set[str]:
        """The pages that have to be read again, not only written."""
        under = digest_of([getattr(self.env.config, name) for name in _READ.split()])
        before, self.data["read_under"] = self.data["read_under"], under
        if before != under:
            return {name.docname for name in self.bibliographies} | set(self.data["footnotes"])
        if not self._files_changed:
            return set()
        old, new = self.data["footnote_texts"], self._footnote_texts()
        changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
        stale = {docname for docname, keys in self.data["footnotes"].items() if keys & changed}
        return stale.union(self.data["rereading"])

    def _footnote_texts(self) -> dict[str, str]:
        entries = self.bibdata.data.entries
        style = find_plugin("pybtex.style.formatting", self.env.config.bibtex_default_style)()
        keys = {key for keys in self.data["footnotes"].values() for key in keys if key in entries}
        return {
            key: digest_of(style.format_entry("", entries[key]).text, entries[key]) for key in sorted(keys)
        }

    def env_updated(self) -> Iterable[str]:
        """Make the lists when something has changed, and name the pages that show the change."""
        config = self.env.config
        under = digest_of(self.data["files"], [getattr(config, name) for name in _WRITTEN.split()])
        same = under == self.data["lists_under"]
        changed: set[str] = set()
        if self._touched or not same or self.data["lists"] is None:
            old = self.data["lists"].value if same and self.data["lists"] else None
            self.data["lists"] = Packed(make_lists(self._bench(old), self.bibliographies))
            self.data["lists_under"], self.data["notes"] = under, self._lists.notes
            texts = self.data["footnote_texts"] = self._footnote_texts()
            self._index, self._touched = None, False
            notes = {
                docname: [texts.get(key) for key in sorted(keys)]
                for docname, keys in self.data["footnotes"].items()
            }
            self.data["pages"] = self.index.pages(self.citation_refs, self.data["links"], notes)
            self.data["objects"] = list(self.index.objects())
            if not same:  # one page at least, so that Sphinx keeps what was read and made
                changed = {name.docname for name in list(self.bibliographies)[:1]}
        changed |= {docname for docname, shown in self.pages.items() if shown != self.written.get(docname)}
        for note in self.data["notes"]:
            place = (note.docname, note.line)
            logger.warning(note.message, location=place, type="bibtex", subtype=note.subtype)
        return sorted(changed)

    def _bench(self, old: Lists | None) -> Bench:
        config = self.env.config
        tooltips = config.bibtex_tooltips_style if config.bibtex_tooltips else None
        docnames = list(get_docnames(self.env))  # type: ignore[no-untyped-call]
        return Bench(self.bibdata, self.citation_refs, docnames, tooltips, old)

    # What pages show

    @property
    def _lists(self) -> Lists:
        return self.data["lists"].value if self.data["lists"] else Lists([], {}, [])

    @property
    def index(self) -> CitationIndex:
        """The way from a key on a page to its line in a list."""
        if self._index is None:
            self._index = CitationIndex(self._lists, self.bibliographies, self.bibdata)
        return self._index

    @property
    def citations(self) -> list[Citation]:
        """The lines of all lists."""
        return [self.index.citation(row) for row in self._lists.rows]

    def citations_of(self, name: BibliographyKey) -> list[Citation]:
        """The lines of one list."""
        rows = self.index.by_list.get(name, ())
        return [self.index.citation(self._lists.rows[number]) for number in rows]

    def backrefs(self, docname: str) -> Mapping[str, list[str]]:
        """The ids of the citations in a page, by key."""
        if self._backrefs[0] != docname:
            ids: dict[str, dict[str, None]] = {}
            for ref in self.citation_refs.of(docname):
                for target in ref.targets:
                    ids.setdefault(target.key, {})[ref.citation_ref_id] = None
            self._backrefs = (docname, {key: list(found) for key, found in ids.items()})
        return self._backrefs[1]

    def resolve_xref(  # type: ignore[override]  # sphinxcontrib-bibtex returns an inline of references
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Make the text of a citation."""
        targets = {found.key: found for found in parse_citation_targets(target)}
        for key in targets:
            if key not in self.index:
                message = f'could not find bibtex key "{key}"'
                logger.warning(message, location=node, type="bibtex", subtype="key_not_found")
        references = []
        rows = self.index.cited(targets, fromdocname)
        if getattr(self.reference_style, "keeps_order", False):
            rows = sorted(rows, key=lambda row: list(targets).index(row.key))
        for row in rows:
            pre, post = targets[row.key].pre, targets[row.key].post
            made, home = self._lists.made[row.made], row.bibliography.docname
            info = SphinxReferenceInfo(
                builder, fromdocname, home, row.citation_id, made.tooltip_text, pre, post
            )
            references.append((self.bibdata.data.entries[row.made[2]], made.formatted, info))
        text = format_references(self.reference_style, typ, references)
        return nodes.inline(target, "", *text.render(self.backend), classes=["bibtex-citation"])

    def resolve_any_xref(  # type: ignore[override]  # as above
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """Make the text of a citation that is written with the role `any`."""
        if not any(key.strip() in self.index for key in target.split(",")):
            return []
        return [("p", self.resolve_xref(env, fromdocname, builder, "p", target, node, contnode))]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Name each entry once, so that other projects can cite it; only when its id is stable."""
        objects: list[tuple[str, str, str, str, str, int]] = self.data["objects"]
        return objects if self.env.config.bibtex_cite_id else []
