"""What the citation domain keeps between builds, packed so that a build which needs none of it unpacks none of it.

Sphinx pickles its environment whole and loads it whole, also when nothing has changed. Entries, citations and
formatted references are most of it; they travel as bytes and are opened when somebody asks.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pybtex.database import BibliographyData
from sphinxcontrib.bibtex.bibfile import BibFile
from sphinxcontrib.bibtex.directives import BibliographyKey
from sphinxcontrib.bibtex.roles import CitationRef

T = TypeVar("T")


class Packed(Generic[T]):
    """A value that is pickled to bytes once and unpickled when it is first asked for."""

    def __init__(self, value: T) -> None:
        self._value: T | None = value
        self._bytes = b""

    @property
    def value(self) -> T:
        """The value itself."""
        if self._value is None:
            self._value = pickle.loads(self._bytes)
        assert self._value is not None
        return self._value

    def __getstate__(self) -> bytes:
        """Pack."""
        if not self._bytes:
            self._bytes = pickle.dumps(self._value, pickle.HIGHEST_PROTOCOL)
        return self._bytes

    def __setstate__(self, state: bytes) -> None:
        """Keep packed."""
        self._value, self._bytes = None, state


class BibData:
    """Sphinxcontrib-bibtex's record of the same name, with its entries packed."""

    def __init__(self, encoding: str, bibfiles: dict[Path, BibFile], data: Packed[BibliographyData]) -> None:
        self.encoding = encoding
        self.bibfiles = bibfiles
        self._data = data

    @property
    def data(self) -> Any:
        """The entries of all files."""
        return self._data.value

    def with_files(self, bibfiles: dict[Path, BibFile]) -> BibData:
        """The same entries under other times of change."""
        return BibData(self.encoding, bibfiles, self._data)


class Refs:
    """The citations in the pages, page by page; to sphinxcontrib-bibtex a list that it appends to."""

    def __init__(self) -> None:
        self._pages: Packed[dict[str, list[CitationRef]]] = Packed({})

    def append(self, ref: CitationRef) -> None:
        """Note a citation."""
        pages = self._changing()
        pages.setdefault(ref.docname, []).append(ref)

    def update(self, docname: str, refs: Iterable[CitationRef]) -> None:
        """Take over the citations of a page that another process has read."""
        self._changing()[docname] = list(refs)

    def drop(self, docname: str) -> None:
        """Forget a page."""
        self._changing().pop(docname, None)

    def of(self, docname: str) -> list[CitationRef]:
        """The citations of a page, in their order."""
        return self._pages.value.get(docname, [])

    def __iter__(self) -> Iterator[CitationRef]:
        """All citations."""
        return (ref for refs in self._pages.value.values() for ref in refs)

    def __len__(self) -> int:
        """Count the citations."""
        return sum(map(len, self._pages.value.values()))

    def _changing(self) -> dict[str, list[CitationRef]]:
        if self._pages._bytes:
            self._pages = Packed(self._pages.value)
        return self._pages.value


class Made(NamedTuple):
    """An entry as it was formatted, with a digest of all that a page shows of it; `missing` is a style's complaint."""

    formatted: Any
    tooltip: Any
    tooltip_text: str | None
    digest: str
    missing: str = ""


MadeKey = tuple[str, str, str, str]
"""What a formatted entry depends on: style, style of tooltips, key and label."""


class Row(NamedTuple):
    """One line of a bibliography; `made` names the formatted entry."""

    citation_id: str
    bibliography: BibliographyKey
    key: str
    made: MadeKey


class Note(NamedTuple):
    """A warning of the formatting, kept so that a build in which nothing is formatted again still says it."""

    message: str
    docname: str
    line: int
    subtype: str


class Lists(NamedTuple):
    """All bibliographies as they were last made."""

    rows: list[Row]
    made: dict[MadeKey, Made]
    notes: list[Note]


def digest_of(*parts: object) -> str:
    """Digest what can be written down with `repr`."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def file_digest(path: Path) -> str:
    """Digest the content of a file; a file that cannot be read has none."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
    except OSError:
        return ""
