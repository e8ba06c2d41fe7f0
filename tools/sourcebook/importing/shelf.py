"""The entries that a library has, and those that an import adds: a work is found before it is made anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..bibformat.fields import LAST, ORDER
from ..bibtex import read_bibliography
from ..exporting.entrytext import tex_of, write_entry
from ..finding.sameworks import identities
from ..folding import folded, words_of
from ..keys import propose_key
from ..model import Entry, Record
from ..names import read_names
from ..tex import text_of

# Values that stand in a .bib as they are: addresses and numbers, and names, which are in BibTeX's form already.
_AS_THEY_ARE = frozenset(
    "url urldate doi eprint eprinttype eprintclass isbn issn pages date author editor translator langid sha256 "
    "archiveurl archivedate crossref".split()
)
_OUTLETS = ("journaltitle", "journal", "organization", "institution", "publisher")
_ALIKE = 92  # of 100
_MAIN = ": "  # before a title that is known without its subtitle
_SHORTEST = 12  # letters of a title by which alone a work is known


class Wanted(Record, frozen=True):
    """A work that is to be cited. fields: pairs of a name and a value, plain text but for people, who are BibTeX's.

    seen: how it is named where it was read; line: where.
    """

    type: str
    fields: tuple[tuple[str, str], ...]
    seen: str = ""
    line: int = 0

    def get(self, name: str) -> str:
        """The value of a field, or an empty text."""
        return next((value for known, value in self.fields if known == name), "")


class Placed(Record, frozen=True):
    """A work with its key. how: `new`, or by what it was found. text: of a new entry, as it is written."""

    key: str
    wanted: Wanted
    how: str
    text: str = ""


@dataclass(slots=True)
class Shelf:
    """The entries by what tells a work: identities, notes and titles."""

    entries: list[Entry] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    by_mark: dict[str, str] = field(default_factory=dict)
    by_note: dict[str, str] = field(default_factory=dict)
    by_title: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry], keys: Iterable[str] = ()) -> Shelf:
        """A shelf with these entries; keys: also those of entries that can't be read."""
        shelf = cls(keys=set(keys))
        for entry in entries:
            shelf.put(entry)
        return shelf

    def put(self, entry: Entry) -> None:
        """Add an entry."""
        self.entries.append(entry)
        self.keys.add(entry.key)
        for mark, _words in identities(entry.type, ((f.name, f.value) for f in entry.fields)):
            self.by_mark.setdefault(mark, entry.key)
        if pinned := entry.get("sha256").strip():
            self.by_mark.setdefault(f"sha256:{pinned}", entry.key)
        if note := entry.get("note"):
            self.by_note.setdefault(text_of(note), entry.key)
        whole = text_of(entry.get("title"))
        for title in (_telling(whole), *(_MAIN + main for main in _main_titles(whole))):
            if title:
                self.by_title[title] = (*self.by_title.get(title, ()), entry)

    def copy(self) -> Shelf:
        """A shelf of its own with the same entries."""
        return Shelf(
            list(self.entries), set(self.keys), dict(self.by_mark), dict(self.by_note), dict(self.by_title)
        )

    def find(self, wanted: Wanted) -> tuple[str, str]:
        """The key of the entry that is this work, and by what it was found; empty texts if there is none."""
        marks = list(identities(wanted.type, wanted.fields))
        for mark, words in marks:
            if mark in self.by_mark:
                return self.by_mark[mark], words.partition(" ")[0]
        if (mark := f"sha256:{wanted.get('sha256')}") in self.by_mark:
            return self.by_mark[mark], "text"
        if not marks and (note := wanted.get("note")) and (key := self.by_note.get(" ".join(note.split()))):
            return key, "note"
        return (key, "title") if (key := self._by_title(wanted)) else ("", "")

    def _by_title(self, wanted: Wanted) -> str:
        """By a title that is the same, or nearly so, where nothing else speaks against it."""
        title = _telling(wanted.get("title"))
        if len(title) < _SHORTEST and not (title and _who(wanted)):
            return ""
        near = [entry for entry in self.by_title.get(title, ()) if _may_be(entry, wanted)]
        if not near and len(title) >= _SHORTEST:
            near = [
                entry for entry in self.by_title.get(_MAIN + title, ()) if _may_be(entry, wanted, sure=True)
            ]
        if not near and len(title) >= 2 * _SHORTEST:
            near = [
                entry
                for known in _closest(title, self.by_title)
                for entry in self.by_title[known]
                if _figures(known) == _figures(title) and _may_be(entry, wanted, nearly=True)
            ]
        return near[0].key if len({entry.key for entry in near}) == 1 else ""

    def place(self, wanted: Wanted) -> Placed:
        """Find a work, or make an entry of it, which is on the shelf from then on."""
        key, how = self.find(wanted)
        if key:
            return Placed(key, wanted, how)
        fields = [(name, _value(name, value)) for name, value in wanted.fields if value]
        fields.sort(key=lambda pair: ORDER.get(pair[0], LAST))
        key = propose_key(_entry(write_entry(wanted.type, "unnamed", fields)), frozenset(self.keys))
        text = write_entry(wanted.type, key, fields)
        self.put(_entry(text))
        return Placed(key, wanted, "new", text)


def _entry(text: str) -> Entry:
    (entry,) = read_bibliography("", text).entries
    return entry


def _value(name: str, value: str) -> str:
    return value if name in _AS_THEY_ARE else tex_of(value)


def _main_titles(title: str) -> list[str]:
    """The title without its subtitle, where it is long enough to be known by."""
    main, colon, _rest = title.partition(": ")
    return [folded_main] if colon and len(folded_main := _telling(main)) >= _SHORTEST else []


def _telling(title: str) -> str:
    return " ".join(words_of(title))


def _closest(title: str, known: Iterable[str]) -> list[str]:
    from rapidfuzz import fuzz, process  # loaded only when a title is not there letter by letter

    found = process.extract(title, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
    return [match for match, _score, _index in found]


def _may_be(entry: Entry, wanted: Wanted, sure: bool = False, nearly: bool = False) -> bool:
    """Whether nothing that both tell of differs: the year, the first author, the DOI, and mostly the address.

    sure: author or outlet must be told of by both. nearly: the titles are not quite the same. One work has several
    addresses now and then, so that another one is no difference where title and author are the same.
    """
    years = entry.get("date")[:4] or entry.get("year")[:4], wanted.get("date")[:4]
    people = _who_of(entry), _who(wanted)
    if any(all(pair) and pair[0] != pair[1] for pair in (years, people)):
        return False
    outlet = bare_outlet(next((value for name in _OUTLETS if (value := wanted.get(name))), ""))
    if sure and not (all(people) or (outlet and outlet == outlet_of(entry))):
        return False
    ours = _marks(entry.type, ((f.name, f.value) for f in entry.fields))
    theirs = _marks(wanted.type, wanted.fields)
    if "url" in ours and "url" in theirs and (nearly or not all(people)):
        return ours["url"] == theirs["url"]
    return "doi" not in ours or "doi" not in theirs or ours["doi"] == theirs["doi"]


def _marks(type_: str, fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {mark.partition(":")[0]: mark for mark, _words in identities(type_, fields)}


def _figures(title: str) -> list[str]:
    return [word for word in title.split() if any(char.isdigit() for char in word)]


def _who(wanted: Wanted) -> str:
    return _first(wanted.get("author") or wanted.get("editor"))


def _who_of(entry: Entry) -> str:
    return _first(entry.get("author") or entry.get("editor"))


def _first(people: str) -> str:
    names = read_names(people) if people else ()
    return folded(names[0].family) if names else ""


def outlet_of(entry: Entry) -> str:
    """The outlet of an entry, folded and without an article: `the New York Times` is `new york times`."""
    return bare_outlet(next((text_of(value) for name in _OUTLETS if (value := entry.get(name))), ""))


def bare_outlet(name: str) -> str:
    """A name of an outlet as names are compared."""
    words = [
        word for word in words_of(name) if word not in {"the", "der", "die", "le", "la", "il", "newspaper"}
    ]
    return _KNOWN_AS.get(" ".join(words), " ".join(words))


# The short names of outlets, as words_of gives them.
_KNOWN_AS = {
    "nyt": "new york times",
    "ny times": "new york times",
    "wapo": "washington post",
    "wsj": "wall street journal",
    "ft": "financial times",
    "ap": "associated press",
    "afp": "agence france presse",
    "scmp": "south china morning post",
    **dict.fromkeys(
        ("rferl", "rfe rl", "radiofreeeurope", "radio free europe"), "radio free europe radio liberty"
    ),
    "dw": "deutsche welle",
    "faz": "frankfurter allgemeine zeitung",
    "nzz": "neue zurcher zeitung",
    **dict.fromkeys(("aa", "anadolu", "anadolu ajansi"), "anadolu agency"),
    "voa": "voice of america",
    "usip": "u s institute of peace",
}
