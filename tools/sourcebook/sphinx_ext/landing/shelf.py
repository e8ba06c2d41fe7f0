"""What landing pages and heads are made of: works and claims, each with how it is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from pybtex.plugin import find_plugin
from sphinx.util.osutil import relative_uri

from ...exporters import exporters
from ...exporting.entrywork import Work
from ...exporting.selection import About, Catalogue, PlacedClaim, Selection, page_work
from ...exports import file_name
from ...linkrecords import Link
from ...model import Library

# The files beside a landing page, each with its name for readers.
_OF_A_WORK = (("BibTeX", ".bib"), ("CSL-JSON", ".json"), ("RIS", ".ris"), ("Hayagriva", ".yaml"))
_OF_A_CLAIM = (
    ("JSON", ".json"),
    ("BibTeX", ".bib"),
    ("CSL-JSON", ".csl.json"),
    ("RIS", ".ris"),
    ("Hayagriva", ".yaml"),
)


@dataclass(frozen=True)
class Reference:
    """A work as a page cites it. address: of its landing page. markup: the entry, as a paper's .bib takes it."""

    key: str
    html: str
    address: str
    markup: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shelf:
    """The library of a build. `entries` are pybtex's, `style` is the bibliography's; `page_uri` gives the address of
    a page in the build by the path of its source, `links` are what the ledger knows of addresses."""

    library: Library
    about: About
    entries: Any
    style: Any
    page_uri: Any
    links: Mapping[str, Link]
    _references: dict[str, str] = field(default_factory=dict)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The works and claims."""
        return Catalogue(self.library, self.about)

    @cached_property
    def articles(self) -> dict[str, str]:
        """For each page that restates an article, the key of that."""
        return {page.path: page.article for page in self.library.pages if page.article}

    @cached_property
    def cited(self) -> dict[str, list[str]]:
        """For each page the keys that it cites, in the order in which it first does."""
        return {
            page.path: list(dict.fromkeys(c.key for c in page.citations if c.key in self.catalogue.works))
            for page in self.library.pages
        }

    def reference_html(self, key: str) -> str:
        """An entry in the style of the bibliography; its title alone if the build does not have it."""
        if key not in self._references:
            entry = self.entries.get(key)
            html = find_plugin("pybtex.backends", "html")()
            self._references[key] = (
                self.style.format_entry("", entry).text.render(html)
                if entry is not None
                else self.catalogue.works[key].title
            )
        return self._references[key]

    def reference(self, key: str, here: str) -> Reference:
        """A work as the page at the address `here` cites it."""
        stem = f"sources/{file_name(key)}"
        markup = exporters()["biblatex"].write(self.catalogue.of_work(key)).strip()
        return Reference(
            key,
            self.reference_html(key),
            relative_uri(here, f"{quoted(stem)}.html"),
            markup,
            tuple((name, relative_uri(here, quoted(stem) + suffix)) for name, suffix in _OF_A_WORK),
        )

    def claim_files(self, name: str, here: str) -> tuple[tuple[str, str], ...]:
        """The files beside the landing page of a claim."""
        stem = quoted(f"claims/{file_name(name)}")
        return tuple((shown, relative_uri(here, stem + suffix)) for shown, suffix in _OF_A_CLAIM)

    def claim_markup(self, claim: PlacedClaim) -> str:
        """A claim as an entry, with the sources that it rests on before it."""
        return exporters()["biblatex"].write(self.catalogue.of_claim(claim.name)).strip()

    def page_markup(self, title: str, path: str, address: str) -> str:
        """A page of the library as an entry."""
        work = page_work(title, path, address, self.about)
        return exporters()["biblatex"].write(Selection(self.about, (work,))).strip()

    def place_of(self, claim: PlacedClaim, here: str) -> str:
        """The address of a claim on its page."""
        return relative_uri(here, self.page_uri(claim.page)) + f"#claim-{claim.name}"

    def absolute(self, address: str) -> str:
        """An address below the library's own; empty if that is not known."""
        return f"{self.about.base}/{address}" if self.about.base else ""

    def originals(self, claim: PlacedClaim) -> list[Work]:
        """The works that a claim rests on, what the article cites before the article."""
        return [work for work in self.catalogue.of_claim(claim.name).works if work.key in claim.keys]

    @property
    def authors(self) -> str:
        """Who wrote the library, as readers write names."""
        return " and ".join(name.shown for name in self.about.authors)


def quoted(path: str) -> str:
    """The address of a file: what its name has percent-encoded is a per-cent sign of the name itself."""
    return quote(path)
