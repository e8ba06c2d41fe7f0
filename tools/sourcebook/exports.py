"""All files that the exports of a library make, at the paths that they keep in the built HTML.

exports/library.*     the whole bibliography, and all claims as exports/claims.json and exports/claims.csv
sources/KEY.*         one entry
claims/NAME.*         one claim: as a record (.json), and as works to cite, its sources first
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from urllib.parse import quote

from .exporters import exporters
from .exporting.selection import About, Catalogue, Selection
from .model import Library

# The formats of works, with the suffix of their files beside a claim, where .json is the claim itself.
_WORKS = ("biblatex", "bibtex", "csl-json", "hayagriva", "ris")
_OF_A_WORK = ("biblatex", "csl-json", "hayagriva", "ris")
_BESIDE_A_CLAIM = {"csl-json": ".csl.json"}
_LONGEST = 100  # characters of a key in the name of a file


def export_files(library: Library, about: About) -> Iterator[tuple[str, str]]:
    """Yield the path, relative to the built HTML, and the text of each file.

    `about` says what the library is called and where it lies; `about.read_about` reads it. Nothing is written here.
    """
    catalogue = Catalogue(library, about)
    whole = catalogue.select()
    for name in _WORKS:
        yield f"exports/library{exporters()[name].suffix}", exporters()[name].write(whole)
    for name in ("claims-json", "claims-csv"):
        yield f"exports/claims{exporters()[name].suffix}", exporters()[name].write(whole)
    yield "exports/CITATION.cff", exporters()["citation-cff"].write(whole)
    for key in catalogue.works:
        yield from work_files(catalogue, key)
    for name in catalogue.named:
        yield from claim_files(catalogue, name)


def work_files(catalogue: Catalogue, key: str) -> Iterator[tuple[str, str]]:
    """The files of one entry."""
    yield from _files(f"sources/{file_name(key)}", catalogue.of_work(key), {})


def claim_files(catalogue: Catalogue, name: str) -> Iterator[tuple[str, str]]:
    """The files of one claim."""
    selection = catalogue.of_claim(name)
    stem = f"claims/{file_name(name)}"
    yield f"{stem}.json", exporters()["claims-json"].write(selection)
    yield from _files(stem, selection, _BESIDE_A_CLAIM)


def _files(stem: str, selection: Selection, suffixes: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in _OF_A_WORK:
        exporter = exporters()[name]
        yield f"{stem}{suffixes.get(name, exporter.suffix)}", exporter.write(selection)


def file_name(key: str) -> str:
    """A key as the name of a file, without its suffix: what no file system or address takes is percent-encoded.

    A key that is too long for a file is cut and told apart by a digest.
    """
    name = quote(key, safe="")
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST].rpartition('%')[0] or name[:_LONGEST]}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
