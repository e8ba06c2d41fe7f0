"""Connects the landing pages to a build: pages and files are written behind Sphinx's own, boxes and heads into them.

All of it is for HTML that is read as single pages (the builders html and dirhtml).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
from docutils import nodes
from pybtex.plugin import find_plugin
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from ...about import read_about
from ...exports import export_files, file_name
from ...linking.ledger import read_ledger
from ...linkrecords import ledger_path
from ...model import Library
from ...read import bibliography_paths
from ...settings import Settings
from ..citations.domain import CitationDomain
from ..citations.store import digest_of
from .head import head_of_page
from .render import cite_box, claim_page, moved_page, source_page
from .shelf import Shelf, quoted

_BUILDERS = frozenset(("html", "dirhtml"))


def is_landing(builder: Builder) -> bool:
    """Whether a builder makes landing pages."""
    return isinstance(builder, StandaloneHTMLBuilder) and builder.name in _BUILDERS


def claim_address(builder: Builder, docname: str, name: str) -> str:
    """Where the permalink of a claim leads from a page: its landing page, or its place where there is none."""
    if not is_landing(builder):
        return f"#claim-{name}"
    return relative_uri(builder.get_target_uri(docname), f"claims/{quoted(file_name(name))}.html")


class Landing:
    """The landing pages of one build."""

    def __init__(self) -> None:
        self.checked: tuple[Library, Settings, Path] | None = None
        self._shelf: Shelf | None = None
        self._titles: dict[str, str] = {}  # of the pages that can be cited: the checked ones

    def note_checked(self, app: Sphinx, library: Library, settings: Settings, root: Path) -> None:
        """Take what the gate has let through."""
        self.checked, self._shelf = (library, settings, root), None
        self._titles = {page.path: page.title for page in library.pages if page.checked}

    def shelf(self, app: Sphinx) -> Shelf | None:
        """The shelf of the build, made when it is first asked for; None if the build makes no landing pages."""
        if self._shelf is None and self.checked and is_landing(app.builder):
            library, settings, root = self.checked
            cite = cast("CitationDomain", app.env.get_domain("cite"))
            style = find_plugin("pybtex.style.formatting", app.config.bibtex_default_style)()
            self._shelf = Shelf(
                library,
                read_about(root, settings),
                cite.bibdata.data.entries,
                style,
                lambda path: app.builder.get_target_uri(docname_of(app, root, path)),
                read_ledger(ledger_path(root, bibliography_paths(root, settings))),
            )
        return self._shelf

    def complete(
        self,
        app: Sphinx,
        pagename: str,
        _template: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Put what makes a page citable into it: tags into its head, and a box to its end."""
        shelf = self.shelf(app)
        if shelf is None or doctree is None or not self.checked:
            return
        path = app.env.doc2path(pagename, base=True)
        name = Path(path).resolve().relative_to(self.checked[2]).as_posix()
        title = self._titles.get(name)
        if title is None:
            return
        here = app.builder.get_target_uri(pagename)
        language = app.config.language or "en"
        context["metatags"] = context.get("metatags", "") + head_of_page(title, name, language, shelf, here)
        context["body"] = context.get("body", "") + cite_box(title, name, here, shelf)

    def write(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the landing pages and the exports, unless the last build wrote just these."""
        shelf = self.shelf(app) if exception is None else None
        if shelf is None:
            return
        out, stamp = Path(app.outdir), Path(app.doctreedir, f"landing-{digest_of(str(app.outdir))}.json")
        language = app.config.language or "en"
        content = msgspec.msgpack.encode(shelf.library)
        wanted = digest_of(content, shelf.about, shelf.links, language, app.config.bibtex_default_style)
        if _read(stamp) == wanted and (out / "exports" / "library.bib").is_file():
            return
        for name, text in (*export_files(shelf.library, shelf.about), *_landing_pages(shelf, language)):
            _write_changed(out / name, text)
        stamp.write_text(json.dumps(wanted), encoding="utf-8")


def _landing_pages(shelf: Shelf, language: str) -> Iterator[tuple[str, str]]:
    for key, work in shelf.catalogue.works.items():
        here = f"sources/{file_name(key)}.html"
        yield here, source_page(work, quoted(here), language, shelf)
    for name, claim in shelf.catalogue.named.items():
        here = f"claims/{file_name(name)}.html"
        yield here, claim_page(claim, quoted(here), language, shelf)
    for renamed in shelf.library.renamed:
        here = f"claims/{file_name(renamed.old)}.html"
        yield here, moved_page(renamed.old, renamed.new, quoted(here), language, shelf)


def docname_of(app: Sphinx, root: Path, path: str) -> str:
    """Sphinx's name of a page of the library."""
    return app.env.path2doc(root / path) or path


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _write_changed(path: Path, text: str) -> None:
    """A file that is the same keeps its time, so that what is published again is what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        same = path.read_bytes() == text.encode()
    except OSError:
        same = False
    if not same:
        path.write_text(text, encoding="utf-8", newline="\n")


def link_sources(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Lead from each entry of a list to its landing page."""
    if not is_landing(app.builder):
        return
    here = app.builder.get_target_uri(docname)
    for item in doctree.findall(nodes.Element):
        key = item.get("citation_key") if isinstance(item, nodes.Element) else None
        if key is None:
            continue
        address = relative_uri(here, f"sources/{quoted(file_name(key))}.html")
        link = nodes.reference("", "Cite", refuri=address, internal=True, classes=["source-link"])
        last = item.children[-1]
        assert isinstance(last, nodes.Element)
        last += [nodes.Text(" "), link]


def setup(app: Sphinx) -> None:
    """Connect the landing pages; called by the extension's own setup."""
    landing = Landing()
    app.connect("sourcebook-checked", landing.note_checked)
    app.connect("html-page-context", landing.complete)
    app.connect("build-finished", landing.write)
    app.connect("doctree-resolved", link_sources)
    app.add_css_file("cite.css")
    app.add_js_file("cite.js", loading_method="defer")
