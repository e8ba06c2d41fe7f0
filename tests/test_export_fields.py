"""Other programs read what we export: title, names, date and address of every work arrive as they are."""

from __future__ import annotations

import functools
import html
import json
import re
import shutil
import warnings
from pathlib import Path

import pytest
from msgspec.structs import replace

import typst
from clients.fields import Told, differences, told_by, told_in
from sourcebook.bibtex import read_bibliography
from sourcebook.exporters import exporters
from sourcebook.exporting.selection import About, Catalogue, Selection
from sourcebook.model import Library

ROOT = Path(__file__).parent.parent
STYLE = ROOT / "tests" / "clients" / "fields.csl"
FILES = [*sorted((ROOT / "bib").glob("*.bib")), ROOT / "tests" / "exports" / "works.bib"]
# What the style has no words for: years before year 1, seasons, a year that is none.
LEFT_OUT = {"ancient", "spring2019", "undated"}
# What Typst makes of a .bib file: the end of a range, letters of maths, no subtitle. Its own form, the YAML, has them.
_RANGE = "ito1999tides: date '1999-03' became '1999-04'"
_MATHS = (
    "ito1999tides: title 'Tides, 100% of them: Über H₂O & more' became 'Tides, 100% of them: Über 𝐻2𝑂 & more'"
)
_SUBTITLE = "strand2001meer: title 'Das Meer: Eine Reise' became 'Das Meer'"
TYPST_LIMITS = {
    ("biblatex", "works.bib"): [_RANGE, _MATHS, _SUBTITLE],
    ("bibtex", "works.bib"): [_RANGE, _MATHS],
}


@functools.cache
def works(path: Path) -> Selection:
    bibliography = read_bibliography(path.name, path.read_text(encoding="utf-8"))
    catalogue = Catalogue(Library(bibliographies=(bibliography,)), About())
    return catalogue.select(key for key in catalogue.works if key not in LEFT_OUT)


def wanted(path: Path, is_bib: bool = False) -> dict[str, Told]:
    return {work.key: told_by(work.entry, is_bib) for work in works(path).works}


def by_key(path: Path, lines: list[str]) -> dict[str, Told]:
    keys = [work.key for work in works(path).works]
    assert len(lines) == len(keys)
    return {key: told_in(line) for key, line in zip(keys, lines, strict=True)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["hayagriva", "biblatex", "bibtex"])
def test_typst_reads_every_work(name: str, path: Path, tmp_path: Path) -> None:
    exporter = exporters()[name]
    file = "works.yaml" if name == "hayagriva" else "works.bib"
    (tmp_path / file).write_text(exporter.write(works(path)), encoding="utf-8")
    shutil.copy(STYLE, tmp_path)
    source = f'#bibliography("{file}", full: true, style: "{STYLE.name}", title: none)'
    (tmp_path / "works.typ").write_text(source, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the form is young
        page = typst.compile(tmp_path / "works.typ", format="html").decode()
    lines = [html.unescape(re.sub("<[^>]+>", "", item)) for item in re.findall(r"<li>(.*?)</li>", page, re.S)]
    found = differences(wanted(path, file.endswith(".bib")), by_key(path, lines))
    assert found == TYPST_LIMITS.get((name, path.name), [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore")
def test_citeproc_reads_every_work(path: Path) -> None:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    source = CiteProcJSON(json.loads(exporters()["csl-json"].write(works(path))))
    style = CitationStylesStyle(str(STYLE), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for key in source:
        bibliography.register(Citation([CitationItem(key)]))
    lines = [str(item) for item in bibliography.bibliography()]
    assert differences(wanted(path), by_key(path, lines)) == []


def fields_of(name: str, key: str) -> str:
    """A work of the tests in one format, alone."""
    bibliography = read_bibliography("works.bib", FILES[-1].read_text(encoding="utf-8"))
    catalogue = Catalogue(Library(bibliographies=(bibliography,)), About())
    return exporters()[name].write(catalogue.select([key]))


TRANSLATED = {
    "biblatex": [
        "translator = {O'Brien, Séan and Ruiz, Jr, Ana María}",
        "origtitle = {{Das Meer: Eine Reise}}",
        "origdate = {2001}",
        "origlanguage = {german}",
    ],
    "bibtex": [
        "translator = {O'Brien, Séan and Ruiz, Jr, Ana María}",
        "Translation of Jörg von der Strand and Société des Mers, Paris, “Das Meer: Eine Reise”, Küstenverlag, 2001.",
        "Translated by Séan O'Brien and Ana María Ruiz, Jr.",
    ],
    "csl-json": ['"translator"', '"given": "Ana María"', '"original-title": "Das Meer: Eine Reise"', "2001"],
    "ris": [
        "A4  - O'Brien, Séan",
        "A4  - Ruiz, Ana María, Jr",
        "OP  - Translation of Jörg von der Strand",
        "2001.",
    ],
    "hayagriva": ['role: "translator"', 'given-name: "Séan"', "“Das Meer: Eine Reise”, Küstenverlag, 2001."],
    "citation-cff": ["translators:", 'given-names: "Séan"', "year-original: 2001", "“Das Meer: Eine Reise”"],
}


@pytest.mark.parametrize("name", TRANSLATED)
def test_translators_and_the_original_survive(name: str) -> None:
    text = fields_of(name, "strand2010sea")
    assert [wanted for wanted in TRANSLATED[name] if wanted not in text] == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_work_without_an_original_tells_of_none(name: str) -> None:
    assert not re.search("Translat|Reprint|Original:|orig[tdl]|year-original", fields_of(name, "gull2018"))


@pytest.mark.parametrize("name", ["biblatex", "bibtex"])
def test_no_style_can_lower_the_capitals_of_a_title(name: str) -> None:
    assert "title = {{The {NATO} Sea}}," in fields_of(name, "strand2010sea")


def test_related_works_are_named_only_where_they_stand_beside() -> None:
    assert "related = {strand2001meer}" in exporters()["biblatex"].write(works(FILES[-1]))
    assert "related" not in fields_of("biblatex", "strand2010sea")


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "hayagriva", "citation-cff"])
def test_a_dead_address_and_its_copy_both_arrive(name: str) -> None:
    text = fields_of(name, "reef2019")
    assert text.count("https://archive.example/1/https://example.org/reef")
    assert re.search(r"(?<!/1/)https://example\.org/reef", text)


def test_what_is_of_use_in_its_own_library_alone_stays_there() -> None:
    first = works(FILES[0])
    assert any(work.fields.get("sha256") for work in first.works)
    assert "sha256" not in exporters()["biblatex"].write(first) + exporters()["bibtex"].write(first)


def test_a_key_cannot_end_a_record() -> None:
    (work, *_) = works(FILES[-1]).works
    text = exporters()["ris"].write(Selection(About(), (replace(work, key="a\nER  - \nTY  - JOUR"),)))
    assert text.count("\r\nER  - \r\n") == 1
    assert len(text.splitlines()) == text.count("\r\n")
