"""Bibliographies made: which entries each one lists, in which order, under which labels, in which words.

The rules are those of sphinxcontrib-bibtex. It looks through all citations for each entry and through all entries for
each bibliography; here each question has an index, so that the work grows with the library and not with its square.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pybtex.plugin
from pybtex.database import Entry
from pybtex.richtext import Tag
from pybtex.style import FormattedEntry
from pybtex.style.template import FieldIsMissing
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import _FilterVisitor

from .store import BibData, Lists, Made, MadeKey, Note, Refs, Row, digest_of

_CITED, _CITED_HERE, _ALL = (ast.dump(ast.parse(text)) for text in ("cited", "docname in docnames", "True"))
_PLAINTEXT = pybtex.plugin.find_plugin("pybtex.backends", "plaintext")()


class Listed(NamedTuple):
    """An entry on its way into a list; `place` is its place in the files."""

    place: int
    key: str
    entry: Any


class Bench:
    """The indexes over entries and citations, and the formatting of each entry, done once."""

    def __init__(
        self, bibdata: BibData, refs: Refs, docnames: list[str], tooltip_style: str | None, old: Lists | None
    ) -> None:
        self.bibdata = bibdata
        self.refs = refs
        self.docnames = docnames
        self.tooltip_style = tooltip_style  # None: no tooltips; empty: in the style of the list
        self.old = old
        self.lists = Lists([], {}, [])
        self._styles: dict[str, Any] = {}
        self._entries: dict[tuple[Path, ...], dict[str, Listed]] = {}

    @cached_property
    def citing(self) -> dict[str, set[str]]:
        """The pages that cite a key."""
        pages: dict[str, set[str]] = {}
        for ref in self.refs:
            for target in ref.targets:
                pages.setdefault(target.key, set()).add(ref.docname)
        return pages

    @cached_property
    def rank(self) -> dict[str, int]:
        """The order in which keys are first cited, in the reading order of the pages."""
        rank: dict[str, int] = {}
        for docname in self.docnames:
            for ref in self.refs.of(docname):
                for target in ref.targets:
                    rank.setdefault(target.key, len(rank))
        return rank

    @cached_property
    def cited_in(self) -> dict[str, list[str]]:
        """The keys that a page cites."""
        keys: dict[str, list[str]] = {}
        for key, pages in self.citing.items():
            for docname in pages:
                keys.setdefault(docname, []).append(key)
        return keys

    def entries_of(self, bibfiles: list[Path]) -> dict[str, Listed]:
        """The entries of some files by their keys, in the order of the files."""
        name = tuple(bibfiles)
        if name not in self._entries:
            entries = self.bibdata.data.entries
            keys = [key for path in bibfiles for key in self.bibdata.bibfiles[path].keys]
            self._entries[name] = {
                (entry := entries[key]).key: Listed(place, entry.key, entry) for place, key in enumerate(keys)
            }
        return self._entries[name]

    def style(self, name: str) -> Any:
        """A formatting style, made once."""
        if name not in self._styles:
            self._styles[name] = pybtex.plugin.find_plugin("pybtex.style.formatting", name)()
        return self._styles[name]

    def listed(self, name: BibliographyKey, value: BibliographyValue) -> list[Entry]:
        """The entries of a bibliography: first the cited in the order of citation, then the others as in the file."""
        last = len(self.rank)
        chosen = list(self._chosen(name, value))
        chosen.sort(key=lambda item: (self.rank.get(value.keyprefix + item.key, last), item.place))
        return [item.entry for item in chosen]

    def _chosen(self, name: BibliographyKey, value: BibliographyValue) -> Iterator[Listed]:
        entries = self.entries_of(value.bibfiles)
        filter_ = ast.dump(value.filter_)
        if filter_ == _ALL:
            return iter(entries.values())
        if filter_ in (_CITED, _CITED_HERE):
            # the two usual filters ask for what the index knows, so that not every entry has to be asked
            keys = self.citing if filter_ == _CITED else self.cited_in.get(name.docname, ())
            start = len(value.keyprefix)
            wanted = {key[start:] for key in keys if key.startswith(value.keyprefix)} | set(value.keys)
            return (entries[key] for key in wanted if key in entries)
        return (item for item in entries.values() if self._passes(name, value, item))

    def _passes(self, name: BibliographyKey, value: BibliographyValue, item: Listed) -> bool:
        pages = self.citing.get(value.keyprefix + item.key, set())
        try:
            passes = _FilterVisitor(item.entry, name.docname, pages).visit(value.filter_)  # type: ignore[no-untyped-call]
        except ValueError as error:
            message = f"syntax error in :filter: expression; {error}"
            self.lists.notes.append(Note(message, name.docname, value.line, "filter_syntax_error"))
            passes = bool(pages)
        return bool(passes) or item.key in value.keys

    def make(self, name: BibliographyKey, value: BibliographyValue) -> Iterator[tuple[MadeKey, Made]]:
        """Sort, label and format the entries of a bibliography."""
        style = self.style(value.style)
        entries = style.sort(self.listed(name, value))
        for label, entry in zip(style.format_labels(entries), entries, strict=False):
            key, made = self._made(value.style, entry, value.labelprefix + label)
            if made.missing:
                self.lists.notes.append(Note(made.missing, name.docname, value.line, "missing_field"))
            yield key, made

    def _made(self, style: str, entry: Entry, label: str) -> tuple[MadeKey, Made]:
        key = (style, str(self.tooltip_style), str(entry.key), label)
        made = self.lists.made.get(key) or (self.old.made.get(key) if self.old else None)
        if made is None:
            made = self._format(style, entry, label)
        self.lists.made[key] = made
        return key, made

    def _format(self, style: str, entry: Entry, label: str) -> Made:
        try:
            formatted = self.style(style).format_entry(label, entry)
            tooltip = self._tooltip(style, entry, label, formatted)
        except FieldIsMissing as missing:
            shown = FormattedEntry(entry.key, Tag("b", str(missing)), label)
            return Made(shown, None, None, digest_of(entry, label), str(missing))
        text = tooltip.text.render(_PLAINTEXT).replace("\\url ", "") if tooltip else None
        return Made(formatted, tooltip, text, digest_of(entry, label, text, formatted.text))

    def _tooltip(self, style: str, entry: Entry, label: str, formatted: Any) -> Any:
        if self.tooltip_style is None:
            return None
        if self.tooltip_style in ("", style):
            return formatted
        return self.style(self.tooltip_style).format_entry(label, entry)


def make_lists(bench: Bench, bibliographies: dict[BibliographyKey, BibliographyValue]) -> Lists:
    """Make all bibliographies, page by page in the order in which a clean build reads the pages.

    Of several lists that have an entry the last is the one that is linked: it must not be another one after a page was
    read again, or when two processes read.
    """
    used_ids: dict[str, set[str]] = {}
    duplicates = Duplicates(bench.lists.notes)
    for name, value in sorted(bibliographies.items(), key=lambda item: item[0].docname):
        ids = used_ids.setdefault(name.docname, set())
        for made_key, made in bench.make(name, value):
            key = value.keyprefix + made.formatted.key
            bench.lists.rows.append(
                Row(_free_id(value.citation_nodes[key]["ids"][0], ids), name, key, made_key)
            )
            if value.list_ == "citation":
                duplicates.note(name, value, key, made.formatted)
    return bench.lists


def _free_id(id_: str, used: set[str]) -> str:
    # the second list of a page that shows the same entry, or a second key that differs in punctuation only
    free, count = id_, 1
    while free in used:
        count += 1
        free = f"b{count}-{id_}"
    used.add(free)
    return free


class Duplicates:
    """The warnings of sphinxcontrib-bibtex about keys and labels that stand twice."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.keys: set[str] = set()
        self.local: set[tuple[str, str]] = set()
        self.labels: dict[str, str] = {}

    def note(self, name: BibliographyKey, value: BibliographyValue, key: str, formatted: Any) -> None:
        """Take a line of a bibliography in."""
        if (name.docname, key) in self.local:
            self._warn(name, value, f'duplicate local citation for key "{key}"', "duplicate_local_citation")
        elif key in self.keys:
            self._warn(name, value, f'duplicate citation for key "{key}"', "duplicate_citation")
        self.keys.add(key)
        self.local.add((name.docname, key))
        first = self.labels.setdefault(formatted.label, formatted.key)
        if first != formatted.key:
            message = f'duplicate label "{formatted.label}" for keys "{first}" and "{formatted.key}"'
            self._warn(name, value, message, "duplicate_label")

    def _warn(self, name: BibliographyKey, value: BibliographyValue, message: str, subtype: str) -> None:
        self.notes.append(Note(message, name.docname, value.line, subtype))
