"""Citations found by key, by page and by list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import Citation
from sphinxcontrib.bibtex.roles import CitationRef

from .store import BibData, Lists, Row, digest_of


class Found(NamedTuple):
    """Where a citation leads; `place` orders several that stand in one role."""

    place: int
    row: int


class CitationIndex:
    """All lists, and the way from a key on a page to the line that it cites.

    A key is looked for in the lists of its own page first, then in all. Of several lines the last is cited, but it
    stands in the place of the first: so sphinxcontrib-bibtex has it.
    """

    def __init__(
        self, lists: Lists, bibliographies: Mapping[BibliographyKey, BibliographyValue], bibdata: BibData
    ) -> None:
        self.lists = lists
        self.bibdata = bibdata
        self.by_list: dict[BibliographyKey, list[int]] = {}
        self._everywhere: dict[str, Found] = {}
        self._local: dict[tuple[str, str], Found] = {}
        for number, row in enumerate(lists.rows):
            self.by_list.setdefault(row.bibliography, []).append(number)
            if bibliographies[row.bibliography].list_ == "citation":
                local = (row.bibliography.docname, row.key)
                self._local[local] = Found(self._local.get(local, Found(number, 0)).place, number)
                self._everywhere[row.key] = Found(
                    self._everywhere.get(row.key, Found(number, 0)).place, number
                )

    def __contains__(self, key: str) -> bool:
        """Whether a list has a line for a key."""
        return key in self._everywhere

    def row(self, key: str, docname: str) -> Row | None:
        """The line that a key on a page cites."""
        found = self._local.get((docname, key)) or self._everywhere.get(key)
        return self.lists.rows[found.row] if found else None

    def cited(self, keys: Mapping[str, object], docname: str) -> list[Row]:
        """The lines that some keys on a page cite, in the order of the lists, those of the page first."""
        local = [found for key in keys if (found := self._local.get((docname, key)))]
        others = [
            found
            for key in keys
            if (docname, key) not in self._local and (found := self._everywhere.get(key))
        ]
        return [self.lists.rows[found.row] for found in sorted(local) + sorted(others)]

    def objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """One line for each key, for others to link to: that of the longest list, which is the library's own."""
        seen: set[str] = set()
        for numbers in sorted(self.by_list.values(), key=len, reverse=True):
            for row in (self.lists.rows[number] for number in numbers):
                if row.key in self._everywhere and row.key not in seen:
                    seen.add(row.key)
                    label = self.lists.made[row.made].formatted.label
                    yield row.key, label, "citation", row.bibliography.docname, row.citation_id, -1

    def pages(
        self, refs: Iterable[CitationRef], links: Mapping[str, set[str]], footnotes: Mapping[str, object]
    ) -> dict[str, str]:
        """Digest, for each page, all that it shows of entries."""
        shown: dict[str, list[object]] = {docname: [texts] for docname, texts in footnotes.items()}
        for ref in refs:
            for target in ref.targets:
                row = self.row(target.key, ref.docname)
                shown.setdefault(ref.docname, []).append((target.key, row and self._shown(row)))
        for docname, targets in links.items():
            if rows := [row for target in sorted(targets) if (row := self.row(target, docname))]:
                shown.setdefault(docname, []).append([self._shown(row) for row in rows])
        for name, numbers in self.by_list.items():
            shown.setdefault(name.docname, []).append(
                [self._shown(self.lists.rows[number]) for number in numbers]
            )
        return {docname: digest_of(parts) for docname, parts in shown.items()}

    def _shown(self, row: Row) -> tuple[str, str, str]:
        return row.citation_id, row.bibliography.docname, self.lists.made[row.made].digest

    def citation(self, row: Row) -> Citation:
        """The line as the record that sphinxcontrib-bibtex knows."""
        made = self.lists.made[row.made]
        entry = self.bibdata.data.entries[row.made[2]]
        return Citation(row.citation_id, row.bibliography, row.key, entry, made.formatted, made.tooltip)
