"""The outline of a library: of each file what the rules over the whole look at, and what others found in it alone.

A check needs no more than this of a file that has not changed, and it is a small part of what was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from .ahead import FARTHEST, may_lie_ahead
from .directives import JUDGED
from .entryfields import DATED, LOOKED, is_known
from .entrytypes import NAMING
from .links import is_plain
from .locators import is_public
from .marks import marks_field
from .model import Bibliography, Entry, Field, Finding, Library, Page, Record, Use
from .rules import all_rules

# What rules over the whole library read of an entry: what it names, whether it pins a held copy, and by what names it
# goes besides; unknown fields too, dates of which only the clock can say whether they lie ahead, and the marks by which
# the same work is told.
_KEPT = NAMING | {"ids", "sha256"}


class PageOutline(Record, frozen=True):
    """A page reduced to what concerns the rest of the library, and what was found in it alone.

    claims, cited, named: how many. bundles: the sets of keys that claims cite, each with the number of such claims.
    """

    page: Page
    findings: tuple[Finding, ...]
    claims: int
    cited: int
    named: int
    bundles: tuple[tuple[tuple[str, ...], int], ...]


class BibliographyOutline(Record, frozen=True):
    """A bibliography reduced in the same way. `private`: the keys of entries that do not resolve publicly."""

    bibliography: Bibliography
    findings: tuple[Finding, ...]
    private: tuple[str, ...]


class Outline(Record, frozen=True):
    """The outlines of all files, and the library that the rules over the whole look at."""

    pages: tuple[PageOutline, ...]
    bibliographies: tuple[BibliographyOutline, ...]
    library: Library

    @property
    def findings(self) -> Iterator[Finding]:
        """What was found in single pages and entries."""
        yield from (finding for page in self.pages for finding in page.findings)
        yield from (finding for bibliography in self.bibliographies for finding in bibliography.findings)


def outline_of(library: Library) -> Outline:
    """The outline of a library that was read whole."""
    pages = tuple(map(outline_of_page, library.pages))
    return Outline(pages, tuple(map(outline_of_bibliography, library.bibliographies)), library)


def outline_of_page(page: Page) -> PageOutline:
    """Run the rules over single pages, and reduce the page."""
    rules = [(rule.name, rule.of_page) for rule in all_rules().values() if rule.of_page]
    findings = tuple(Finding(name, fault) for name, of_page in rules for fault in of_page(page))
    bundles = Counter(tuple(sorted({c.key for c in claim.citations})) for claim in page.claims)
    return PageOutline(
        _reduced(page),
        findings,
        claims=len(page.claims),
        cited=sum(claim.sourced for claim in page.claims),
        named=sum(bool(claim.names) for claim in page.claims),
        bundles=tuple(sorted((keys, number) for keys, number in bundles.items() if keys)),
    )


def _reduced(page: Page) -> Page:
    return replace(
        page,
        claims=tuple(claim for claim in page.claims if not claim.sourced),
        notes=(),
        # one for each key; where a key turns out to be unknown, the page is read whole
        citations=tuple({citation.key: citation for citation in reversed(page.citations)}.values()),
        uses=tuple(filter(_concerns_others, page.uses)),
    )


def _concerns_others(use: Use) -> bool:
    """Whether a rule over the whole library may look at a use."""
    if use.kind in {"link", "image", "definition"}:
        return use.kind == "definition" or not is_plain(use)
    if use.kind == "directive":
        return use.name == "include" or use.name in JUDGED
    return use.kind in {"target", "footnote-text", "handle", "size", "lost"}


def outline_of_bibliography(bibliography: Bibliography) -> BibliographyOutline:
    """Run the rules over single entries, and reduce the entries."""
    rules = [(rule.name, rule.of_entry) for rule in all_rules().values() if rule.of_entry]
    entries = bibliography.entries
    findings = tuple(Finding(name, fault) for name, of in rules for entry in entries for fault in of(entry))
    private = tuple(entry.key for entry in entries if not is_public(entry))
    reduced = replace(bibliography, entries=tuple(map(_reduced_entry, entries)))
    return BibliographyOutline(reduced, findings, private)


def _reduced_entry(entry: Entry) -> Entry:
    return replace(entry, fields=(*filter(_concerns_library, entry.fields), marks_field(entry)))


def _concerns_library(field: Field) -> bool:
    if field.name in DATED:
        return may_lie_ahead(field.value, 0 if field.name in LOOKED else FARTHEST)
    return field.name in _KEPT or not is_known(field.name)
