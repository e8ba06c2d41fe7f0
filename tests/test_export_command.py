"""`sourcebook export`, and the files that the exports make in the built HTML."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sourcebook.about import read_about
from sourcebook.cli import main
from sourcebook.errors import UsageError
from sourcebook.exporters import exporters
from sourcebook.exporting.selection import About, Catalogue, permalink
from sourcebook.exports import export_files, file_name
from sourcebook.model import Bibliography, Entry, Field, Library, Place
from sourcebook.names import Name
from sourcebook.read import read_library
from sourcebook.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
PAGE = """---
article: reef2020why
---
# Why *the* reef

The reef is old {cite:p}`reef2020why,coral2019old` {claim}`reef-is-old`.
It is wide {cite:p}`coral2019old`.
Both hold {claim}`reef-both`:

- it is old {cite:p}`coral2019old`;
- it is wide {cite:p}`reef2020why`.
"""
BIB = """
@article{reef2020why, title = {Why the reef}, journaltitle = {The Sea}, date = {2020-01-02}, url = {https://example.org/r}}
@online{coral2019old, title = {Old coral}, organization = {Corals}, date = {2019}, url = {https://example.org/c}}
@xdata{house, publisher = {A house}}
"""
CFF = """
title: "A library of the sea"
version: 2.0
date-released: 2021-12-10
license: CC-BY-4.0
authors:
  - family-names: Berg
    given-names: Jan
    name-particle: van den
  - name: "Sea & Sons, Inc."
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"docs/articles/reef.md": PAGE, "bib/sea.bib": BIB, "CITATION.cff": CFF}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def catalogue(root: Path, address: str = "") -> Catalogue:
    settings = Settings(address=(address,) if address else ())
    return Catalogue(read_library(root, settings, cached=False), read_about(root, settings))


def export(root: Path, *arguments: str) -> int:
    return main(["export", *arguments, "--root", str(root)])


def test_the_whole_library_is_exported_to_standard_output(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert export(root, "csl-json") == 0
    assert [item["id"] for item in json.loads(capfd.readouterr().out)] == ["reef2020why", "coral2019old"]


def test_a_claim_comes_behind_its_sources_and_the_original_first(root: Path) -> None:
    items = json.loads(
        exporters()["csl-json"].write(catalogue(root, "https://example.org/lib/").select(["reef-is-old"]))
    )
    assert [item["id"] for item in items] == ["coral2019old", "reef2020why", "claim-reef-is-old"]
    assert items[2] == {
        "id": "claim-reef-is-old",
        "type": "webpage",
        "title": "Why the reef",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"},
            {"literal": "Sea & Sons, Inc."},
        ],
        "container-title": "A library of the sea",
        "issued": {"date-parts": [[2021, 12, 10]]},
        "version": "2.0",
        "note": "Claim reef-is-old: “The reef is old.”",
        "URL": "https://example.org/lib/claims/reef-is-old.html",
    }


def test_without_an_address_a_permalink_is_relative_and_that_is_said(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert export(root, "claims-json", "reef-is-old") == 0
    out, talk = capfd.readouterr()
    assert json.loads(out)["claims"][0]["permalink"] == "articles/reef.html#claim-reef-is-old"
    assert "no address is set" in talk
    assert export(root, "biblatex", "coral2019old", "--output", str(root / "x.bib")) == 0
    assert "(articles/reef.html\\#claim-reef-is-old)" in exporters()["biblatex"].write(
        catalogue(root).select(["reef-is-old"])
    )


def test_an_entry_is_exported_with_the_claims_that_rest_on_it(root: Path) -> None:
    selection = catalogue(root).select(["coral2019old"])
    assert [work.key for work in selection.works] == ["coral2019old"]
    assert [claim.name for claim in selection.claims] == ["reef-is-old", "", "reef-both", ""]
    assert [work.key for work in selection.sources] == ["reef2020why", "coral2019old"]


def test_a_claim_that_leads_into_a_list_rests_on_what_the_list_rests_on(root: Path) -> None:
    assert catalogue(root).named["reef-both"].keys == ("coral2019old", "reef2020why")


def test_a_name_that_is_neither_key_nor_claim_is_misuse(
    root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert export(root, "ris", "reef-is-odl") == 2
    talk = capfd.readouterr().err
    assert "'reef-is-odl' is neither a citation key nor a claim name" in talk
    assert "did you mean reef-is-old?" in talk
    assert export(root, "ris", "zzz") == 2
    assert "sourcebook cite" in capfd.readouterr().err


def test_an_unknown_format_is_misuse(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        export(root, "word")
    assert stopped.value.code == 2
    assert "csl-json" in capfd.readouterr().err


def test_what_could_not_be_exported_is_named(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with (root / "bib" / "sea.bib").open("a", encoding="utf-8") as file:
        file.write("@misc{broken, title = {x\n@misc{coral2019old, title = {Twice}}\n")
    assert export(root, "bibtex") == 1
    out, talk = capfd.readouterr()
    assert out.count("@") == 2
    assert "not exported: @misc{broken}" in talk
    assert "not exported: a second entry has the key coral2019old" in talk
    assert export(root, "bibtex", "coral2019old") == 0


def test_nothing_is_written_where_it_cannot_be(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert export(root, "ris", "--output", str(root / "missing" / "x.ris")) == 2
    assert "can't be written" in capfd.readouterr().err


def test_a_terminal_of_another_encoding_gets_utf_8(root: Path) -> None:
    (root / "bib" / "sea.bib").write_text(
        "@misc{a1, title = {Şahin}, url = {https://example.org}}", encoding="utf-8"
    )
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT / "tools")}
    command = [sys.executable, "-m", "sourcebook", "export", "ris", "--root", str(root)]
    assert "Şahin" in subprocess.run(command, env=env, capture_output=True, check=True).stdout.decode("utf-8")


def test_what_a_library_is_called_stands_in_one_file(root: Path) -> None:
    about = read_about(root, Settings())
    assert about == About(
        "A library of the sea",
        (Name("Berg", "Jan", "van den"), Name("Sea & Sons, Inc.", whole=True)),
        "2.0",
        "2021-12-10",
        "CC-BY-4.0",
    )
    (root / "CITATION.cff").unlink()
    assert read_about(root, Settings()).title == root.name
    (root / "conf.py").write_text('project = "P"\nauthor = "A"\nrelease = "1"\n', encoding="utf-8")
    assert read_about(root, Settings()) == About("P", (Name("A", whole=True),), "1", folder="")


@pytest.mark.parametrize("text", ["- a", "a: [", "\x00"])
def test_a_citation_file_that_is_none_is_misuse(root: Path, text: str) -> None:
    (root / "CITATION.cff").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"CITATION\.cff can't be read"):
        read_about(root, Settings())


@pytest.mark.parametrize("address", [("example.org",), ("javascript:x",), ("https://a.org", "https://b.org")])
def test_an_address_that_is_none_is_misuse(root: Path, address: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="address"):
        read_about(root, Settings(address=address))


def test_our_own_citation_file_says_what_conf_py_and_the_package_say() -> None:
    about = read_about(ROOT, read_settings(ROOT))
    conf = (ROOT / "docs" / "conf.py").read_text(encoding="utf-8")
    package = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'project = "{about.title}"' in conf
    assert f'author = "{about.authors[0].shown}"' in conf
    assert f'release = "{about.version}"' in conf
    assert f'\nversion = "{about.version}"' in package
    head = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    written = yaml.safe_load(exporters()["citation-cff"].write(catalogue(ROOT).select()))
    assert written.pop("references")
    assert written == head


def test_a_permalink_is_safe_in_an_address() -> None:
    assert permalink("a", "docs/x y/z.md", About()) == "x%20y/z.html#claim-a"
    assert permalink("a", "z.md", About(folder="")) == "z.html#claim-a"
    assert (
        permalink("a", "docs/z.md", About(address="https://example.org/l/"))
        == "https://example.org/l/claims/a.html"
    )


def test_every_entry_and_claim_has_its_files(root: Path) -> None:
    made = catalogue(root)
    files = dict(export_files(made.library, made.about))
    assert sorted(files) == sorted(
        [
            *(f"exports/library{suffix}" for suffix in (".bib", ".bibtex.bib", ".json", ".ris", ".yaml")),
            *("exports/claims.json", "exports/claims.csv", "exports/CITATION.cff"),
            *(
                f"sources/{key}{end}"
                for key in ("reef2020why", "coral2019old")
                for end in (".bib", ".json", ".ris", ".yaml")
            ),
            *(
                f"claims/{name}{end}"
                for name in ("reef-is-old", "reef-both")
                for end in (".json", ".csl.json", ".bib", ".ris", ".yaml")
            ),
        ]
    )
    assert [item["id"] for item in json.loads(files["sources/coral2019old.json"])] == ["coral2019old"]
    assert json.loads(files["claims/reef-is-old.json"])["claims"][0]["name"] == "reef-is-old"
    assert len(json.loads(files["claims/reef-is-old.csl.json"])) == 3
    assert files == dict(export_files(made.library, made.about))


def test_no_key_leads_out_of_its_folder() -> None:
    keys = [
        "../../x",
        "/etc/x",
        "a b",
        "..",
        "a\\b",
        "C:x",
        "x" * 5000,
        "x" * 4999 + "y",
        "%2e",
        "ключ",
        "?a#b",
    ]
    entries = tuple(Entry(key, "misc", (Field("title", "T", 1, 1),), Place("a.bib")) for key in keys)
    paths = [path for path, _ in export_files(Library((), (Bibliography("a.bib", entries),)), About())]
    assert len(set(paths)) == len(paths) == 8 + 4 * len(keys)
    for path in paths:
        folder, _, name = path.partition("/")
        assert folder in {"exports", "sources"}
        assert "/" not in name
        assert name not in {".", ".."}
        assert len(name) < 200
        assert name.isascii()
    assert file_name("smith2020sea") == "smith2020sea"
